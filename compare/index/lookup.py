"""What a few new texts are to be compared with: their candidates, and the documents that say what is common."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from compare.errors import InputError
from compare.index.postings import DamagedError, Postings
from compare.index.prepare import sketches
from compare.index.rows import contents_of, stored, stored_texts
from compare.index.schema import HOLDERS
from compare.index.segments import BANDS, FINGERPRINTS, fetch
from compare.index.store import check_totals, checked, reader, select, total
from compare.index.texts import check_size, true_size
from compare.kernels.columns import among, offsets_of, within
from compare.pipeline.candidates import common_limit, limits_of
from compare.pipeline.minhash import banding
from compare.text.tokens import body
from compare.wording.escape import shown

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from numpy.typing import NDArray

    from compare.index.prepare import Sketches
    from compare.model import Document
    from compare.pipeline.relations.limits import Limits
    from compare.settings import Settings

    I64 = NDArray[np.int64]

CANDIDATES = 10_000
"""Documents that one text may have as candidates: an archive's thousands of near copies of one text are all seen."""
BUCKET = 10_000
"""Texts that may be candidates of one text by their bands alone: all fingerprints that they share are too frequent."""
SIZED = 200_000
"""Texts sharing few fingerprints whose own number of them is looked up, for one text: a small one may yet qualify."""
DOCUMENTS = 20_000
"""Documents that are loaded in all, beside the candidates."""
TEXT = 256 * 1024 * 1024
"""Bytes of text that are loaded in all."""
_NO_DOCUMENT = "a list of holders names a text that no document has"
TOGETHER = 1 << 23
"""Characters that are sketched together."""
_PROSE = 8
"""Prose unpacks to three times its bytes; a text that is left out for a size of more than this many is looked into."""
_LOOKED_INTO = 256 * 1024 * 1024
"""Bytes that are unpacked for that, one after the other; .3 s."""


SIZES = """
SELECT texts.number, bytes, length(text), CASE WHEN name = path THEN files.size ELSE -1 END
FROM texts JOIN documents ON documents.number = texts.number JOIN files ON files.number = file
WHERE texts.number IN ({})
"""
"""The last one is the size of an article's file."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The indexed documents that some new texts need to be judged as if everything were there."""

    documents: tuple[Document, ...]
    """By name, which is their id. `path` is that of the file, from the index's folder."""
    pairs: tuple[tuple[int, str], ...]
    """The place of a text among those asked about, and a document that it may share a passage with."""
    total: int
    """Documents in the index, without those to be treated as absent."""
    left_out: Mapping[str, int]
    """What a cap left out, by name, with counts; `compare.model.UNSEEN` are those that may hide a source."""
    absent: int = 0
    """Documents that are there and were to be treated as absent."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index opened for reading: one state of it, whatever is written meanwhile."""

    connection: sqlite3.Connection
    settings: Settings

    def __len__(self) -> int:
        """Documents in it."""
        return total(self.connection, "documents")

    def neighbourhood(self, bodies: Sequence[str], without: AbstractSet[str] = frozenset()) -> Neighbourhood:
        """The candidates of some texts, and all holders of what many documents hold, ordered by name.

        Where a cap leaves some out, the strongest of each text come before the second strongest of any.

        `bodies` are as `compare.text.tokens.body` gives them; documents named in `without` are treated as absent.

        Raises:
            InputError: the index is damaged (inside `open_index`).
        """
        search = _Search.begun(self, bodies, without)
        lists = search.candidates()
        ranked = dict(row for rank in zip_longest(*lists) for row in rank if row)
        chosen = search.loaded(ranked, "index_candidates")
        hot = search.hot(list(chosen.values()))
        more = search.holders(hot, len(chosen), np.array(list(ranked.values()), np.int64))
        documents = chosen | search.loaded(more, "index_holders_of_common")
        ordered = tuple(sorted(documents.values(), key=lambda document: document.id))
        pairs = ((text, chosen[number].id) for text, rows in enumerate(lists) for number, _ in rows if number in chosen)
        return Neighbourhood(ordered, tuple(sorted(pairs)), search.total, dict(search.left_out), len(search.absent))


@contextmanager
def open_index(path: Path, settings: Settings) -> Iterator[Index]:
    """An index for reading; it must have been built with these settings.

    Raises:
        InputError: it is missing, not an index, cut off, damaged, or of another version or other settings. Inside the
            block, too: not all damage shows at once.
    """
    with reader(path, settings) as connection:
        check_totals(connection)
        yield Index(connection, settings)


@contextmanager
def open_archive(path: Path, settings: Settings) -> Iterator[Index]:
    """The same of an index that is asked for sources. Raises InputError as above, and where it holds none."""
    with open_index(path, settings) as index:
        if not len(index):
            raise InputError(f"{shown(path)}: the index holds no document; put some in with `compare index add`")
        yield index


@dataclass(slots=True)
class _Search:
    """One question to the index."""

    connection: sqlite3.Connection
    settings: Settings
    new: Sketches
    absent: frozenset[int]
    """Numbers of documents that do not count ..."""
    gone: I64
    """... and of contents that no other document has, ascending."""
    total: int
    keys: I64
    """The fingerprints of the new texts, ascending ..."""
    owners: I64
    """... and how many of these hold each."""
    postings: Postings
    room: int
    """Bytes of text that may still be loaded."""
    left_out: dict[str, int]

    @classmethod
    def begun(cls, index: Index, bodies: Sequence[str], without: AbstractSet[str]) -> _Search:
        """What everything else needs."""
        connection, new = index.connection, sketches(bodies, index.settings)
        absent, gone = _absent(connection, without)
        keys, owners = np.unique(new.fingerprints, return_counts=True)
        postings = _present(fetch(connection, FINGERPRINTS, keys), gone)
        left_out = dict.fromkeys(
            ("index_keys_above_ceiling", "index_bucket_texts", "index_small_texts", "index_candidates",
             "index_holders_of_common"), 0,
        )  # fmt: skip
        total = len(index) - len(absent)
        return cls(
            connection, index.settings, new, absent, gone, total, keys, owners, postings, TEXT, left_out
        )  # fmt: skip

    # --- candidates

    def candidates(self) -> list[list[tuple[int, int]]]:
        """Documents (number, content) that are candidates of each text, the strongest first."""
        ceiling = self._limits.ceiling
        self.left_out["index_keys_above_ceiling"] = int(np.count_nonzero(self.postings.counts > ceiling))
        starts = offsets_of(self.postings.counts)
        buckets = _present(fetch(self.connection, BANDS, np.unique(self.new.buckets)), self.gone)
        same = contents_of(self.connection, [identity for identity in self.new.identities if identity[1]])
        lists = []
        for text, identity in enumerate(self.new.identities):
            strength = self._strength(text, starts, ceiling, buckets)
            if identity in same and not among(np.array([same[identity]]), self.gone).any():
                strength[same[identity]] = inf  # the same words: no cap leaves that out
            lists.append(self._documents(sorted(strength, key=lambda content: (-strength[content], content))))
        return lists

    def _strength(self, text: int, starts: I64, ceiling: int, buckets: Postings) -> dict[int, float]:
        """The contents that a text may share a passage with, and how much they seem to share."""
        shared = self._shared(text, starts, ceiling)
        alike = self._alike(text, buckets)
        only = sorted(alike.keys() - shared.keys(), key=lambda content: (-alike[content], content))
        self.left_out["index_bucket_texts"] += max(len(only) - BUCKET, 0)
        strength = dict(shared) | {content: alike[content] for content in only[:BUCKET]}
        return strength | {content: max(shared[content], alike[content]) for content in shared.keys() & alike.keys()}

    @property
    def _limits(self) -> Limits:
        """When a fingerprint proposes pairs, as if the new texts stood in the index."""
        return limits_of(self.total + self._texts, self.settings)

    @property
    def _texts(self) -> int:
        return len(self.new.identities)

    def _shared(self, text: int, starts: I64, ceiling: int) -> dict[int, float]:
        """Contents that share enough fingerprints with a text, and how many."""
        own = self.new.fingerprints[self.new.bounds[text] : self.new.bounds[text + 1]]
        rows = _places(self.postings, own)
        rows = rows[self.postings.counts[rows] <= ceiling]
        counts = self.postings.counts[rows]
        holders = self.postings.numbers[np.repeat(starts[rows], counts) + within(counts)]
        contents, shared = np.unique(holders, return_counts=True)
        order = np.lexsort((contents, -shared))
        contents, shared = contents[order], shared[order]
        enough = self._limits.enough(shared, np.full_like(shared, len(own)))
        unsure = np.flatnonzero(~enough)
        self.left_out["index_small_texts"] += max(len(unsure) - SIZED, 0)
        enough[self._of_small_texts(contents, shared, unsure[:SIZED], len(own))] = True
        return dict(zip(contents[enough].tolist(), shared[enough].tolist(), strict=True))

    def _of_small_texts(self, contents: I64, shared: I64, unsure: I64, own: int) -> I64:
        """Which of the unsure rows share enough for a text that is as small as theirs."""
        sql = "SELECT number, fingerprints FROM contents WHERE number IN ({})"
        sizes = dict(select(self.connection, sql, contents[unsure].tolist(), tuple[int, int]))
        if len(sizes) < len(unsure):
            raise DamagedError("a list of holders names a text that is not there")
        smaller = np.minimum([sizes[content] for content in contents[unsure].tolist()], own)
        return unsure[self._limits.enough(shared[unsure], smaller)]

    def _alike(self, text: int, buckets: Postings) -> dict[int, float]:
        """Contents in a bucket of a text, with the fingerprints that they share by what their bands say."""
        if not self.new.identities[text][1]:
            return {}
        rows = _places(buckets, self.new.buckets[text])
        starts = offsets_of(buckets.counts)
        inside = [buckets.numbers[starts[row] : starts[row + 1]] for row in rows.tolist()]
        contents, times = np.unique(np.concatenate([self.gone[:0], *inside]), return_counts=True)
        bands, height = banding(self.settings.lsh_threshold, self.settings.permutations)
        jaccard = (times / bands) ** (1 / height)
        own = self.new.bounds[text + 1] - self.new.bounds[text]
        return dict(zip(contents.tolist(), (jaccard * own).tolist(), strict=True))

    def _documents(self, contents: list[int]) -> list[tuple[int, int]]:
        """Documents (number, content) in the order of contents, the first of each before its twins: `CANDIDATES`."""
        chosen = contents[:CANDIDATES]
        sql = f"SELECT content, number FROM {HOLDERS} WHERE content IN ({{}}) ORDER BY content, number"  # noqa: S608
        holders: dict[int, list[int]] = {}
        for content, number in select(self.connection, sql, chosen, tuple[int, int]):
            if number not in self.absent:
                holders.setdefault(content, []).append(number)
        if len(holders) < len(chosen):
            raise DamagedError(_NO_DOCUMENT)
        candidates = [(holders[content][0], content) for content in chosen]
        candidates += [(number, content) for content in chosen for number in holders[content][1:]]
        self.left_out["index_candidates"] += len(contents) - len(chosen) + max(len(candidates) - CANDIDATES, 0)
        return candidates[:CANDIDATES]

    # --- what is common

    def hot(self, candidates: Sequence[Document]) -> Postings:
        """The fingerprints of the new texts and of their candidates that more than the limit hold, with the holders."""
        limit = common_limit(self.total, self.settings)
        many = self.postings.counts + self.owners[among(self.keys, self.postings.keys)] > limit
        of_new = _chosen(self.postings, many)
        fingerprints = [
            np.unique(sketches(part, self.settings).fingerprints) for part in _portions(map(body, candidates))
        ]
        every = np.unique(np.concatenate([self.keys[:0], *fingerprints]))
        others = every[~among(every, self.keys)]
        of_candidates = _present(fetch(self.connection, FINGERPRINTS, others, limit), self.gone)
        of_candidates = _chosen(of_candidates, of_candidates.counts > limit)
        return Postings(*(np.concatenate(both) for both in zip(of_new, of_candidates, strict=True)))

    def holders(self, hot: Postings, loaded: int, candidates: I64) -> dict[int, int]:
        """One document of each content that holds something common, with the content, as many as may be loaded.

        The first holders of each fingerprint come before the second ones, so that none is starved by a larger one.
        """
        numbers, place = hot.numbers, within(hot.counts)
        order = np.lexsort((numbers, place))
        _, first = np.unique(numbers[order], return_index=True)
        wanted = numbers[order][np.sort(first)]
        wanted = wanted[~among(wanted, np.unique(candidates))]
        room = max(DOCUMENTS - loaded, 0)
        self.left_out["index_holders_of_common"] += max(len(wanted) - room, 0)
        sql = f"SELECT min(number), content FROM {HOLDERS} WHERE content IN ({{}}) GROUP BY content"  # noqa: S608
        if self.absent:  # the smallest may be one of these: all are looked at, the smallest last
            sql = f"SELECT number, content FROM {HOLDERS} WHERE content IN ({{}}) ORDER BY number DESC"  # noqa: S608
        rows = select(self.connection, sql, wanted[:room].tolist(), tuple[int, int])
        documents = {content: number for number, content in rows if number not in self.absent}
        if len(documents) < len(wanted[:room]):
            raise DamagedError(_NO_DOCUMENT)
        return {documents[content]: content for content in wanted[:room].tolist()}

    # --- documents

    def loaded(self, numbers: Iterable[int], cap: str) -> dict[int, Document]:
        """Documents as far as there is room, in this order; one that does not fit is passed over, and the next tried.

        What is left out is counted.
        """
        wanted = list(numbers)
        sizes = self._sizes(wanted)
        fitting = []
        for number in wanted:
            size = sizes[number][0]
            if size <= min(self.room, self.settings.max_bytes):
                fitting.append(number)
                self.room -= size
        self._prove({number: sizes[number] for number in sorted(set(wanted) - set(fitting))})
        self.left_out[cap] += len(wanted) - len(fitting)
        return self._read(fitting)

    def _sizes(self, numbers: list[int]) -> dict[int, tuple[int, int]]:
        """The size of each text, and that of what is stored of it."""
        sizes = select(self.connection, SIZES, numbers, tuple[int, int, int, int])
        if len(sizes) < len(numbers):
            raise DamagedError("a document without a file or a text")
        for _, size, packed_size, article in sizes:
            check_size(size, packed_size, article)
        return {number: (size, packed_size) for number, size, packed_size, _ in sizes}

    def _prove(self, left: Mapping[int, tuple[int, int]]) -> None:
        """Raise DamagedError if a text is left out for a size that it does not have."""
        doubtful = [number for number, (size, packed_size) in left.items() if size > _PROSE * packed_size]
        room = _LOOKED_INTO
        for number in doubtful:
            rows = self.connection.execute("SELECT text FROM texts WHERE number = ?", (number,)).fetchall()
            size = left[number][0]
            room -= size
            if room < 0:  # what is not looked into stays counted as left out
                return
            if true_size(checked(rows, tuple[bytes])[0][0], size) != size:
                raise DamagedError("a text does not have the size that is stored with it")

    def _read(self, numbers: list[int]) -> dict[int, Document]:
        rows = stored(self.connection, "number", numbers)
        texts = stored_texts(self.connection, numbers)
        if len(rows) < len(numbers) or len(texts) < len(numbers):
            raise DamagedError("a document without a file or a text")
        return {row.number: row.document(texts[row.number]) for row in rows}


def _portions(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts some at a time: a sketch takes ten times the memory of its text and more."""
    part, room = [], TOGETHER
    for text in texts:
        part.append(text)
        room -= len(text)
        if room < 0:
            yield part
            part, room = [], TOGETHER
    if part:
        yield part


def _absent(connection: sqlite3.Connection, names: AbstractSet[str]) -> tuple[frozenset[int], I64]:
    """The numbers of the documents of some names, and the contents that only these have, ascending."""
    sql = "SELECT number, content FROM documents WHERE name IN ({})"
    rows = select(connection, sql, sorted(names), tuple[int, int])
    absent = frozenset(number for number, _ in rows)
    sql = f"SELECT number, content FROM {HOLDERS} WHERE content IN ({{}})"  # noqa: S608
    sharing = select(connection, sql, sorted({content for _, content in rows}), tuple[int, int])
    stay = {content for number, content in sharing if number not in absent}
    return absent, np.array(sorted({content for _, content in rows} - stay), np.int64)


def _places(postings: Postings, wanted: I64) -> I64:
    """Where those of some keys stand that are there, ascending."""
    wanted = np.unique(wanted)
    return np.searchsorted(postings.keys, wanted[among(wanted, postings.keys)])


def _present(postings: Postings, gone: I64) -> Postings:
    """Postings without some numbers. Keys that nobody holds then stay, with none."""
    if not len(gone) or not len(postings.keys):
        return postings
    kept = ~among(postings.numbers, gone)
    counts = np.bincount(postings.owners[kept], minlength=len(postings.keys))
    return Postings(postings.keys, counts, postings.numbers[kept])


def _chosen(postings: Postings, which: NDArray[np.bool_]) -> Postings:
    return Postings(postings.keys[which], postings.counts[which], postings.numbers[np.repeat(which, postings.counts)])
