"""Which of many new texts are held already, by the index or by one another: proposed by keys, and then measured.

Nothing is loaded to say what is common, as a question about one text does: a fingerprint is common here that more
contents hold than may, those not counted that are alike to a text that holds it. All else is as in `dedup`: a text
falls if it was measured against a document that stays, and nearly all of it is there. It never falls for its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare import kernels
from compare.index.postings import DamagedError, Postings, ascending, grouped
from compare.index.proposed import Proposed, by_buckets, by_fingerprints, by_words, drowned, most_in_a_bucket, strongest
from compare.index.rows import contents_of, stored_texts
from compare.index.schema import HOLDERS
from compare.index.segments import BANDS, FINGERPRINTS, fetch
from compare.index.store import select, total
from compare.kernels.columns import within
from compare.model import VERDICTS, Verdict
from compare.pipeline.candidates import common_limit, limits_of
from compare.pipeline.collection import Batch, collect, tokens_of
from compare.pipeline.engines.choose import opened
from compare.pipeline.pairs import Counter
from compare.pipeline.score import falls_to, verdicts
from compare.text.tokens import readable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.index.prepare import Identity, Sketches
    from compare.settings import Settings

    I64 = NDArray[np.int64]
    U64 = NDArray[np.uint64]
    Connection = sqlite3.Connection

ROUNDS = (0, 4, 28)
"""Sources that a text is measured against: the first four, then, if it fell for none of them, the others."""
TOGETHER = 1 << 24
"""Bytes of stored text that are measured together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """New texts, each with a name of its own."""

    names: Sequence[str]
    bodies: Sequence[str]
    sketches: Sketches


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A text that something else holds."""

    name: str
    source: str
    """The document that holds it."""
    verdict: Verdict
    """`identical`, `near-duplicate` or `contained`."""
    share: float
    """How much of its own text is there, 0 to 1."""


class _Held(NamedTuple):
    """By what a text falls for a source, the strongest first."""

    rank: int
    lack: float
    """What of the text is not there."""
    source: int


# --- among texts of the index --------------------------------------------------------------------------------------


def held_by_index(connection: Connection, asked: Asked, settings: Settings) -> dict[int, Duplicate]:
    """By its place each text that a document of the index holds; a document of the text's own name does not count.

    Raises:
        DamagedError: what is stored cannot have been written by us.
    """
    new = asked.sketches
    postings = fetch(connection, FINGERPRINTS, ascending(new.fingerprints))
    size = total(connection, "documents") + len(asked.names)
    limits = limits_of(size, settings)
    common_from = common_limit(size, settings)
    alike, asked_prints = by_fingerprints(new, postings, (common_from, limits.ceiling))
    texts = drowned(new, postings, limits.ceiling, limits.whole_share)
    buckets = fetch(connection, BANDS, ascending(new.buckets[texts].ravel()))
    in_buckets = by_buckets(new, buckets, settings)
    search = _Search.begun(connection, asked, settings, ([alike, in_buckets], asked_prints))
    family = alike.rows(alike.strength >= settings.near_containment * search.larger(alike))
    sizes = np.maximum(_counts(family, new), most_in_a_bucket(new, buckets))
    common = _hot(new, postings, sizes, common_from)
    held = search.copies()
    for low, high in pairwise(ROUNDS):
        held |= search.measured(search.proposed(held, low, high), common)
    names = _names(connection, sorted({best.source for best in held.values()}))
    return {
        text: Duplicate(asked.names[text], names[best.source], VERDICTS[best.rank], round(1 - best.lack, 6))
        for text, best in held.items()
    }


def _names(connection: Connection, documents: list[int]) -> dict[int, str]:
    names = dict(
        select(connection, "SELECT number, name FROM documents WHERE number IN ({})", documents, tuple[int, str])
    )
    if len(names) < len(documents):
        raise DamagedError("a list of holders names a text that no document has")
    return names


@dataclass(frozen=True, slots=True)
class _Search:
    """Texts beside what an index has near them."""

    connection: Connection
    asked: Asked
    settings: Settings
    same: Mapping[Identity, int]
    """The contents of the texts' own words."""
    pairs: Proposed
    """Texts and contents, strongest first."""
    heads: Mapping[int, int]
    """The document of each content ..."""
    prints: Mapping[int, int]
    """... and how many fingerprints it has."""
    absent: Mapping[int, int]
    """Documents that have the name of a text, with its place."""

    @classmethod
    def begun(
        cls, connection: Connection, asked: Asked, settings: Settings, proposed: tuple[list[Proposed], I64]
    ) -> _Search:
        """Look up what is proposed, by so many fingerprints of each text."""
        parts, prints = proposed
        same = contents_of(connection, [identity for identity in asked.sketches.identities if identity[1]])
        numbers = ascending(np.concatenate([*(part.sources for part in parts), np.array([*same.values()], np.int64)]))
        sql = "SELECT number, document, identity, tokens, fingerprints FROM contents WHERE number IN ({})"
        rows = sorted(select(connection, sql, numbers.tolist(), tuple[int, int, int, int, int]))
        if len(rows) < len(numbers):
            raise DamagedError("a list of holders names a text that is not there")
        identities, words = (np.array([row[column] for row in rows], np.int64) for column in (2, 3))
        parts = [
            by_words(part, asked.sketches, words[np.searchsorted(numbers, part.sources)], prints) for part in parts
        ]
        pairs = strongest(parts, (numbers, identities), ROUNDS[-1])
        places = {name: place for place, name in enumerate(asked.names)}
        sql = "SELECT number, name FROM documents WHERE name IN ({})"
        absent = {number: places[name] for number, name in select(connection, sql, list(places), tuple[int, str])}
        heads, held = ({row[0]: row[column] for row in rows} for column in (1, 4))
        return cls(connection, asked, settings, same, pairs, heads, held, absent)

    def larger(self, pairs: Proposed) -> I64:
        """The fingerprints of that one of each pair that has more."""
        sources = np.array([self.prints[source] for source in pairs.sources.tolist()], np.int64)
        return np.maximum(sources, np.diff(self.asked.sketches.bounds)[pairs.texts])

    def copies(self) -> dict[int, _Held]:
        """The texts whose words a content has."""
        new = self.asked.sketches
        copied = {
            text: self._source(text, self.same[one]) for text, one in enumerate(new.identities) if one in self.same
        }
        sql = "SELECT number, surface FROM documents WHERE number IN ({})"
        surfaces = dict(select(self.connection, sql, sorted({*copied.values()} - {0}), tuple[int, int]))
        ranks = {True: Verdict.IDENTICAL.rank, False: Verdict.NEAR_DUPLICATE.rank}
        return {
            text: _Held(ranks[surfaces.get(document) == new.surfaces[text]], 0.0, document)
            for text, document in copied.items()
            if document
        }

    def _source(self, text: int, content: int) -> int:
        """A document of a content that has not the name of the text; 0 if there is none."""
        document = self.heads[content]
        if self.absent.get(document) != text:
            return document
        sql = f"SELECT number FROM {HOLDERS} WHERE content IN ({{}}) ORDER BY number LIMIT 2"  # noqa: S608
        numbers = [number for (number,) in select(self.connection, sql, [content], tuple[int])]
        return next((number for number in numbers if number != document), 0)

    def proposed(self, held: Mapping[int, _Held], low: int, high: int) -> Proposed:
        """The pairs from the lowth to the highth of each text that has not fallen."""
        rank = within(np.bincount(self.pairs.texts, minlength=len(self.asked.names)))
        free = np.array([text not in held for text in range(len(self.asked.names))], bool)
        return self.pairs.rows(free[self.pairs.texts] & (rank >= low) & (rank < high))

    def measured(self, pairs: Proposed, common: U64) -> dict[int, _Held]:
        """What each text falls for."""
        columns = zip(pairs.texts.tolist(), pairs.sources.tolist(), strict=True)
        rows = [(text, document) for text, content in columns if (document := self._source(text, content))]
        held: dict[int, _Held] = {}
        for part in self._portions(rows):
            numbers = sorted({document for _, document in part})
            texts = stored_texts(self.connection, numbers)
            if len(texts) < len(numbers):
                raise DamagedError("a document without a file or a text")
            sources = {document: readable(*article) for document, article in texts.items()}
            for text, best in judged(part, self.asked.bodies, sources, common, self.settings):
                held[text] = min(held.get(text, best), best)
        return held

    def _portions(self, rows: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        """Pairs whose stored texts are some megabytes."""
        sql = "SELECT number, bytes FROM texts WHERE number IN ({})"
        sizes = dict(select(self.connection, sql, sorted({document for _, document in rows}), tuple[int, int]))
        part, room = list[tuple[int, int]](), TOGETHER
        for row in rows:
            part.append(row)
            room -= sizes.get(row[1], 0)
            if room < 0:
                yield part
                part, room = [], TOGETHER
        if part:
            yield part


# --- among one another ---------------------------------------------------------------------------------------------


def held_by_another(asked: Asked, places: Sequence[int], settings: Settings) -> dict[int, Duplicate]:
    """By its place each of some texts that one before it holds which is itself held by none."""
    part = asked.sketches.chosen(places)
    rows = range(len(places))
    first: dict[tuple[int, int], int] = {}
    twins = [first.setdefault(identity, row) if identity[1] else row for row, identity in enumerate(part.identities)]
    prints = grouped(*part.fingerprint_rows(rows, rows))
    limits = common_limit(len(places), settings), limits_of(len(places), settings).ceiling
    alike, asked_prints = by_fingerprints(part, prints, limits)
    buckets = grouped(*part.bucket_rows(rows, rows))
    in_buckets = by_buckets(part, buckets, settings)
    is_first = np.array([twin == row for row, twin in enumerate(twins)], bool)
    words = np.array([tokens for _, tokens in part.identities], np.int64)
    parts = [one.rows((one.sources < one.texts) & is_first[one.texts] & is_first[one.sources])
             for one in (alike, in_buckets)]  # fmt: skip
    parts = [by_words(one, part, words[one.sources], asked_prints) for one in parts]
    every = np.arange(len(places))
    pairs = strongest(parts, (every, every), ROUNDS[-1])
    bodies = [asked.bodies[place] for place in places]
    counts = np.diff(part.bounds)
    family = alike.rows(
        alike.strength >= settings.near_containment * np.maximum(counts[alike.texts], counts[alike.sources])
    )
    sizes = np.maximum(_counts(family, part), most_in_a_bucket(part, buckets))
    common = _hot(part, prints, sizes, limits[0])
    listed = list(zip(pairs.texts.tolist(), pairs.sources.tolist(), strict=True))
    falls: dict[int, list[_Held]] = {}
    for row, best in judged(listed, bodies, dict(enumerate(bodies)), common, settings):
        falls.setdefault(row, []).append(best)
    return {
        places[row]: Duplicate(
            asked.names[places[row]], asked.names[places[best.source]], VERDICTS[best.rank], round(1 - best.lack, 6)
        )
        for row, best in _in_turn(twins, part.surfaces, falls)
    }


def _in_turn(
    twins: Sequence[int], surfaces: Sequence[int], falls: Mapping[int, list[_Held]]
) -> Iterator[tuple[int, _Held]]:
    """Text by text, what it falls for among those before it that have not fallen; a twin as the first of its kind."""
    fallen: dict[int, _Held] = {}
    for row, twin in enumerate(twins):
        standing = [best for best in falls.get(row, ()) if best.source not in fallen]
        if twin != row:
            verdict = Verdict.IDENTICAL if surfaces[row] == surfaces[twin] else Verdict.NEAR_DUPLICATE
            fallen[row] = fallen.get(twin, _Held(verdict.rank, 0.0, twin))
        elif standing:
            fallen[row] = min(standing)
        if row in fallen:
            yield row, fallen[row]


# --- measuring -----------------------------------------------------------------------------------------------------


def judged(
    pairs: Sequence[tuple[int, int]], bodies: Sequence[str], sources: Mapping[int, str], common: U64, settings: Settings
) -> Iterator[tuple[int, _Held]]:
    """Which of some pairs' texts fall for their source. `common` are fingerprints that many texts hold, ascending."""
    if not pairs:
        return
    texts, others = (sorted({pair[side] for pair in pairs}) for side in (0, 1))
    read = [*(bodies[text] for text in texts), *(sources[other] for other in others)]
    place = [{number: at for at, number in enumerate(numbers)} for numbers in (texts, others)]
    rows = np.array([(place[0][text], len(texts) + place[1][other]) for text, other in pairs], np.int64)
    with opened(settings, workers=1) as engine:
        collection = collect([Batch([str(at) for at in range(len(read))], read)], engine, settings, narrow=True)
        around = np.empty(0, np.uint64)
        if len(common):
            shingled = kernels.shingles(*tokens_of(collection, np.arange(len(texts))), settings.shingle)
            around = np.unique(kernels.around(*shingled, common, settings.window)[0])
        overlaps = Counter(collection, engine, settings).measured(rows, around)
    ranks = verdicts(overlaps, np.zeros(len(rows), bool), settings)
    falls = falls_to(overlaps, settings)[:, 0] & (ranks <= Verdict.CONTAINED.rank)
    shares = np.round(overlaps.containment[:, 0], 6)
    for row in np.flatnonzero(falls).tolist():
        text, other = pairs[row]
        yield text, _Held(int(ranks[row]), 1 - float(shares[row]), other)


def _counts(pairs: Proposed, new: Sketches) -> I64:
    """In how many pairs each text is."""
    return np.bincount(pairs.texts, minlength=len(new.identities))


def _hot(new: Sketches, postings: Postings, family: I64, limit: int) -> U64:
    """Fingerprints that more than `limit` contents hold which are of no family with a text that holds it; ascending.

    `family` says of each text how many are alike to it.
    """
    keys, counts = postings.keys[postings.counts > limit], postings.counts[postings.counts > limit]
    place = np.searchsorted(keys, new.fingerprints)
    there = np.flatnonzero(place < len(keys))
    there = there[keys[place[there]] == new.fingerprints[there]]
    largest = np.zeros(len(keys), np.int64)
    np.maximum.at(largest, place[there], np.repeat(family, np.diff(new.bounds))[there])
    return np.sort(keys[counts - largest > limit].view(np.uint64))
