"""The pairs of a collection, scored and aligned: all that may matter, or those that a scope asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from compare import kernels
from compare.align.align import align
from compare.align.marks.boilerplate import with_boilerplate
from compare.events.same import Seen, same_event
from compare.events.stated import stating_one_fact
from compare.gate.policy import metadata, strength
from compare.model import VERDICTS, Comparison, Document, Holder, Kind, Repeated, Span, Verdict
from compare.pipeline.collection import tokens_of
from compare.pipeline.comparison import WordScores, comparison
from compare.pipeline.house import LEAST
from compare.pipeline.minhash import estimate
from compare.pipeline.pairs import Counter, Scored, expanded_counts, score
from compare.pipeline.ready import Folder, Reading
from compare.pipeline.repeated import passages
from compare.pipeline.score import Overlaps, with_kept, with_letters
from compare.pipeline.telling import Row, asked, may_matter, of_one_house, worth_aligning
from compare.pipeline.tfidf import Weights, cosines, neighbours, rarity, weights
from compare.pipeline.twins import expand, expand_asked
from compare.text.coverage import counting
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.events.rarity import Rarity
    from compare.events.same import SameEvent, Side
    from compare.model import Match
    from compare.pipeline.collection import Collection
    from compare.pipeline.engines.base import Engine
    from compare.pipeline.ready import Ready
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

BLOCK = 1024
"""Texts whose words are counted at a time."""
Progress = Callable[[str, int], None]
"""Hears of each stage and of its steps."""
Wanted = Callable[[Mapping[str, Any]], Any]
"""Says of columns of the pairs' numbers, named as in `policy.BY_WORDS`, which pairs are wanted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which pairs of a collection are asked for."""

    asked: frozenset[str] | None = None
    """Ids: only pairs with such a document. None: all pairs."""
    wanted: Wanted | None = None
    """Where tokens and shingles alone decide what is wanted: only these pairs are aligned, and TF-IDF proposes none.
    None: everything that alignment may promote is."""
    total: int = 0
    """Documents of the whole that those at hand are a part of, as an index hands them out. 0: they are all."""
    most: int = 0
    """Wanted pairs that are aligned at the most, the strongest by words. 0: all of them."""
    first: Wanted | None = None
    """Which of the wanted ones come before all others, however strong these are."""
    always: frozenset[frozenset[str]] = frozenset()
    """Pairs of ids that are aligned beside these if they are wanted."""
    proposed: tuple[tuple[str, str], ...] = ()
    """Pairs of ids that are measured, whatever else is: an index proposes them, and has no ceiling for near copies."""
    telling: bool = False
    """Whether pairs that can be nothing but distinct are left out."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of a collection, aligned; those that are `distinct` after all among them."""

    comparisons: tuple[Comparison, ...]
    """Strongest first, then by ids."""
    left_out: Mapping[str, int]
    """What a cap left out, by name, with counts."""


def _proposed(vectors: Weights | None, settings: Settings) -> tuple[I64, dict[str, int]]:
    """TF-IDF neighbours as candidate pairs, unless they are not asked for or the collection is too large for them."""
    if vectors is None or vectors.documents > settings.neighbour_documents:
        return np.empty((0, 2), np.int64), {"documents_without_neighbours": vectors.documents if vectors else 0}
    return neighbours(vectors, settings), {"documents_without_neighbours": 0}


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Scored pairs, twins told apart."""

    pairs: I64
    overlaps: Overlaps
    ranks: NDArray[np.int8]

    def numbers(self) -> dict[str, Any]:
        """Columns of what is known of each pair by words, named as policies name them; and `own_longest`."""
        overlaps = self.overlaps
        values: dict[str, Any] = {"verdict": strength(self.ranks), "jaccard": overlaps.jaccard}
        for name, both in (("containment", overlaps.containment), ("own", overlaps.own_containment)):
            values |= {name: both.max(axis=1, initial=0), f"{name}_a": both[:, 0], f"{name}_b": both[:, 1]}
        counts = ("shared", "longest", "own_longest")
        return values | {name: getattr(overlaps, name) for name in counts}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Rows of the candidates that are to be aligned, with the cosine of each; and what was left out."""

    rows: I64
    cosine: NDArray[np.float64]
    rarity: Rarity
    """Of the words of their documents, at least."""
    left_out: int = 0

    def listed(self, candidates: _Candidates, settings: Settings) -> Iterator[Row]:
        """Each row with what is known of its pair."""
        counts, pairs = candidates.overlaps.rows(self.rows), map(tuple, candidates.pairs[self.rows].tolist())
        known = (
            candidates.ranks[self.rows] == Verdict.DISTINCT.rank,
            of_one_house(counts, settings),
            may_matter(counts, self.cosine, settings),
        )
        columns = (column.tolist() for column in known)
        yield from map(Row, self.rows.tolist(), pairs, self.cosine.tolist(), *columns)


def _likeliest(candidates: _Candidates, vectors: Weights, settings: Settings) -> _Chosen:
    """All that are `derived` or stronger, and the others that share words; of far too many those most alike."""
    cosine = vectors.cosine(candidates.pairs)
    reuse = candidates.ranks < Verdict.DISTINCT.rank
    weak = ~reuse & (
        (cosine >= settings.neighbour_cosine) | (candidates.overlaps.own_longest >= settings.proposing_run)
    )
    rows = np.flatnonzero(weak)
    rows = rows[np.argsort(-cosine[rows], kind="stable")]
    kept = rows[: settings.weak_pairs]
    chosen = np.sort(np.concatenate([np.flatnonzero(reuse), kept]))
    return _Chosen(chosen, cosine[chosen], vectors.rarity, len(rows) - len(kept))


def _fields(documents: Sequence[Document], pairs: I64) -> dict[str, Any]:
    """Columns of what the metadata of each pair's documents say, named as policies name them."""
    each = [metadata(document, document) for document in documents]
    columns = {name: np.array([values[name] for values in each], object) for name in (each[0] if each else ())}
    return {name: column[pairs[:, int(name.endswith("_b"))]] for name, column in columns.items()}


class _Known(dict[str, Any]):
    """Columns of the pairs' numbers. Those of the metadata are made where a policy asks for one."""

    def __init__(self, numbers: Mapping[str, Any], documents: Sequence[Document], pairs: I64) -> None:
        super().__init__(numbers)
        self._of = documents, pairs

    def __missing__(self, name: str) -> Any:  # noqa: ANN401  # a column
        fields = _fields(*self._of)
        self.update(fields)
        return fields[name]


def _wanted(candidates: _Candidates, documents: Sequence[Document], scope: Scope) -> tuple[I64, int]:
    """Rows of the pairs that a scope wants, ascending, the strongest if they are too many; how many it left out."""
    ids = [document.id for document in documents]
    numbers = _Known(candidates.numbers(), documents, candidates.pairs)
    rows = np.flatnonzero(scope.wanted(numbers)) if scope.wanted else np.empty(0, np.int64)
    if not scope.most or len(rows) <= scope.most:
        return rows, 0
    keys = [-numbers[name][rows] for name in ("shared", "own_longest", "verdict")]
    keys += [~np.asarray(scope.first(numbers), bool)[rows]] if scope.first else []
    rows = rows[np.lexsort(keys)]
    names = (frozenset((ids[a], ids[b])) for a, b in candidates.pairs[rows].tolist())
    always = np.fromiter((pair in scope.always for pair in names), bool, len(rows))
    chosen = np.concatenate([rows[always], rows[~always][: scope.most]])
    return np.sort(chosen), len(rows) - len(chosen)


@dataclass(frozen=True, slots=True)
class Job:
    """A collection whose pairs are scored and aligned."""

    documents: Sequence[Document]
    collection: Collection
    settings: Settings
    engine: Engine
    progress: Progress

    @property
    def counter(self) -> Counter:
        """Counts pairs of the collection."""
        return Counter(self.collection, self.engine, self.settings)

    def compared(self, scope: Scope) -> tuple[Scored, Compared]:
        """The pairs of a scope; and all that was scored for them."""
        collection = self.collection
        vectors = None if scope.wanted else weights(*self._texts())
        near, without = _proposed(vectors, self.settings)
        near = np.concatenate([near, self._places(scope.proposed)])
        self.progress("scoring pairs", len(near))
        asked = None if scope.asked is None else np.array([name in scope.asked for name in collection.ids])
        scored = score(collection, self.engine, self.settings, near, asked)
        spread = partial(expand_asked, asked=asked) if asked is not None else expand
        pairs = spread(scored.pairs, scored.twins, collection.rank, self.settings.twin_pairs)
        candidates = _Candidates(pairs.pairs, *expanded_counts(pairs, scored, self.counter))
        chosen = self._chosen(candidates, vectors, scope)
        self.progress("aligning passages", len(chosen.rows))
        place = dict(zip(collection.ids, collection.rank.tolist(), strict=True))
        comparisons = sorted(
            self._comparisons(candidates, chosen, scored, telling=scope.telling),
            key=lambda pair: (pair.verdict.rank, place[pair.a], place[pair.b]),
        )
        left_out = {**scored.left_out, **without, "twin_pairs": pairs.left_out, "pairs_not_aligned": chosen.left_out}
        return scored, Compared(tuple(comparisons), left_out)

    def _places(self, proposed: Sequence[tuple[str, str]]) -> I64:
        """Pairs of ids as pairs of numbers."""
        number = {name: place for place, name in enumerate(self.collection.ids)} if proposed else {}
        return np.array([(number[a], number[b]) for a, b in proposed], np.int64).reshape(-1, 2)

    def _texts(self) -> tuple[U64, I64]:
        return tokens_of(self.collection, np.arange(len(self.collection)))

    def _chosen(self, candidates: _Candidates, vectors: Weights | None, scope: Scope) -> _Chosen:
        """What is worth aligning: the likeliest pairs by their cosine, or those that the scope wants."""
        if vectors is not None:
            return _likeliest(candidates, vectors, self.settings)
        rows, left_out = _wanted(candidates, self.documents, scope)
        pairs = candidates.pairs[rows]
        documents, places = np.unique(pairs, return_inverse=True)
        texts = tokens_of(self.collection, documents)
        cosine = cosines(self._blocks(), texts, places.reshape(pairs.shape))
        return _Chosen(rows, cosine, rarity(self._blocks() if len(rows) else [], np.unique(texts[0])), left_out)

    def _blocks(self) -> Iterator[tuple[U64, I64]]:
        """The tokens of all texts, some texts at a time."""
        bounds = self.collection.bounds
        for start in range(0, len(self.collection), BLOCK):
            part = bounds[start : start + BLOCK + 1]
            yield self.collection.tokens.read(int(part[0]), int(part[-1])), part - part[0]

    def _comparisons(
        self, candidates: _Candidates, chosen: _Chosen, scored: Scored, *, telling: bool
    ) -> Iterator[Comparison]:
        """The chosen pairs, aligned; if they are to be telling, without those that can be nothing but distinct."""
        folder = Folder(scored.common.shingles, chosen.rarity, self.settings)
        rows = list(chosen.listed(candidates, self.settings))
        reading = Reading(self.documents, folder, asked(rows) if telling else [])
        strong = [row for row in rows if not (telling and row.is_weak)]
        yield from self._aligned(strong, reading, candidates)
        if telling:
            outlines = reading.outlines()
            yield from self._aligned(list(worth_aligning(reading.rows, outlines, self.settings)), reading, candidates)

    def _aligned(self, rows: Sequence[Row], reading: Reading, candidates: _Candidates) -> Iterator[Comparison]:
        for row, sides in reading.sides(rows):
            counts = candidates.overlaps.rows(np.array([row.row]))
            verdict = VERDICTS[int(candidates.ranks[row.row])]
            alike = float(estimate(sides[0].signature, sides[1].signature))
            yield self._comparison(row, WordScores(verdict, counts, alike, row.cosine), sides, reading.folder.common)
            self.progress("", 1)

    def _comparison(self, row: Row, scores: WordScores, sides: tuple[Ready, Ready], common: U64) -> Comparison:
        a, b = sides
        texts = a.text, b.text
        matches = with_boilerplate(align(*texts, self.settings), texts, (a.boilerplate, b.boilerplate))
        overlaps = with_kept(scores.overlaps, a.text.tokens.hashes, b.text.tokens.hashes)
        if scores.verdict.rank <= Verdict.NEAR_DUPLICATE.rank:
            overlaps = with_letters(overlaps, a.text.text, b.text.text, self.settings)
        notices = a.boilerplate.notice, b.boilerplate.notice
        scores = replace(scores, overlaps=overlaps).of_their_own(texts, common, notices, self.settings)
        if has_related(matches):
            matches = stating_one_fact(matches, a.side, b.side)
        if not is_settled(scores, matches):
            seen = Seen(row.one_house, support=row.support)
            scores = replace(scores, event=self._event(a.side, b.side, seen, matches))
        return comparison((a.document, b.document), scores, texts, matches, self.settings)

    def _event(self, a: Side, b: Side, seen: Seen, matches: Sequence[Match]) -> SameEvent:
        """Whether both report one event: what two sentences state decides where the facts alone do not."""
        limit = self.settings.same_story
        event = same_event(a, b, limit, seen)
        if event.likelihood < limit and has_related(matches):
            return same_event(a, b, limit, replace(seen, stated=True))
        return event

    def repeated(self, scored: Scored) -> tuple[Repeated, ...]:
        """Repeated passages with every holder and where it stands there; then those that are one source's."""
        common, house = scored.common, self.collection.house
        documents = np.flatnonzero(np.isin(scored.twins.first, common.holders))
        many = np.setdiff1d(common.shingles, house, assume_unique=True)
        return (*self._repeated(documents, many), *self._of_house(house))

    def _of_house(self, house: U64) -> Iterator[Repeated]:
        """House style, passage by passage, with its source."""
        if len(house):
            for passage in self._repeated(np.flatnonzero(self.collection.lengths), house, LEAST):
                number = self.collection.ids.index(passage.holders[0].id)
                yield replace(passage, source=self.documents[number].source)

    def _repeated(self, documents: I64, shingles: U64, least: int | None = None) -> list[Repeated]:
        """Passages of some shingles in some documents; the text is the longest holder's."""
        collection = self.collection
        documents = documents[np.argsort(collection.rank[documents])]
        repeats = []
        for runs in passages([tokens_of(collection, documents)], shingles, self.settings, least):
            holders = tuple(self._holder(int(documents[run.document]), run.start, run.stop) for run in runs)
            longest = max(range(len(runs)), key=lambda index: (runs[index].stop - runs[index].start, -index))
            text = self.documents[documents[runs[longest].document]].text
            start, stop = holders[longest].span
            repeats.append(Repeated(text[start:stop], runs[longest].stop - runs[longest].start, holders))
        return repeats

    def _holder(self, number: int, start: int, stop: int) -> Holder:
        document = self.documents[number]
        tokens = kernels.tokens(body(document))
        return Holder(document.id, Span(int(tokens.starts[start]), int(tokens.stops[stop - 1])))


def is_settled(scores: WordScores, matches: Sequence[Match]) -> bool:
    """Whether a pair is reuse by its words and has a passage to show: no event makes it anything else."""
    return scores.verdict.is_reuse and any(match.counts for match in counting(matches))


def has_related(matches: Sequence[Match]) -> bool:
    """Whether two sentences of a pair state one fact."""
    return any(match.kind is Kind.RELATED for match in matches)
