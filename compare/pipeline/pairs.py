"""From a collection to its scored pairs: propose (`candidates.py`), find what is common, measure, judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from compare.model import VERDICTS, Verdict
from compare.pipeline.candidates import between_groups, likeness_of, propose
from compare.pipeline.common import find_common
from compare.pipeline.relations.edges import distinct
from compare.pipeline.relations.join import in_parts, join
from compare.pipeline.saved import are_numbers, as_noted, check_fit, values_of
from compare.pipeline.score import (
    Overlaps,
    hidden_by_common,
    kept_counts,
    kept_matters,
    letters_matter,
    shared_counts,
    verdicts,
)
from compare.pipeline.twins import Twins, twins_of
from compare.text.letters import likenesses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.pipeline.collection import Collection
    from compare.pipeline.common import Common
    from compare.pipeline.engines.base import Engine, Out, Part
    from compare.pipeline.stating import Statements
    from compare.pipeline.twins import Expanded
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]


PAIR = 256
"""Bytes that a pair takes while it is measured."""
FEW = 16384
"""Pairs that are measured in one part, though another could be made beside it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Measured pairs of a collection, between representatives of twins: a before b by id, ascending by ids."""

    pairs: I64
    overlaps: Overlaps
    ranks: NDArray[np.int8]
    """Rank of each verdict, by tokens and shingles alone."""
    twins: Twins
    common: Common
    left_out: dict[str, int]
    hidden: I64
    """int64[m, 2]: pairs of no duplicates that may be some once less is common, in any order."""

    def rows(self, chosen: I64) -> Scored:
        """The same with some of its pairs."""
        return replace(self, pairs=self.pairs[chosen], overlaps=self.overlaps.rows(chosen), ranks=self.ranks[chosen])

    def none(self) -> Scored:
        """The same without any pair."""
        return self.rows(np.empty(0, np.int64))


def score(
    collection: Collection, engine: Engine, settings: Settings, extra: I64 | None = None, asked: Flags | None = None
) -> Scored:
    """All pairs of a collection that are worth a verdict; `extra` are further candidates (TF-IDF neighbours).

    With `extra`, `distinct` pairs stay: alignment may promote them. Without, they are let go. With `asked` (bool[n])
    only pairs with such a document, or with a twin of one, are there.
    """
    twins = twins_of(collection)
    pairs, common, left_out = _worth_measuring(collection, twins, engine, settings)
    if extra is not None and len(extra):
        stand_ins = twins.first[extra]
        pairs = distinct(pairs, stand_ins[stand_ins[:, 0] != stand_ins[:, 1]])
    if asked is not None:
        pairs = pairs[np.isin(pairs, twins.first[asked]).any(axis=1)]
    counter = Counter(collection, engine, settings)
    return replace(judged(pairs, twins, common, counter, distinct_too=extra is not None), left_out=left_out)


def _worth_measuring(
    collection: Collection, twins: Twins, engine: Engine, settings: Settings
) -> tuple[I64, Common, dict[str, int]]:
    """Candidate pairs, what is common, and what caps left out. What else was known of the pairs is let go."""
    chosen = np.flatnonzero(twins.representatives & (collection.lengths > 0))
    candidates = propose(collection, chosen, engine, settings)
    likeness = likeness_of(collection, candidates, engine, settings)
    across, over = between_groups(collection, candidates.frequent, likeness.groups, engine, settings)
    pairs = distinct(candidates.pairs, across) if len(across) else candidates.pairs
    common = find_common(collection, likeness, engine, settings)
    return pairs, common, candidates.left_out | {"fingerprints_above_ceiling": over}


def judged(pairs: I64, twins: Twins, common: Common, counter: Counter, *, distinct_too: bool = False) -> Scored:
    """Candidate pairs, measured and judged: without those that are `distinct`, unless these are wanted too.

    Of a collection of which only pairs that may fall are asked, also without those that are `derived`.
    """
    weakest = Verdict.DERIVED if counter.collection.falling else Verdict.DISTINCT
    limit = len(VERDICTS) if distinct_too else weakest.rank
    collection, portions = counter.collection, _parted(pairs, counter)
    unnamed, shingles = replace(counter, collection=collection.unnamed), common.shingles

    def verb(part: int, out: Out) -> None:
        mine = pairs[portions[part]]
        overlaps = unnamed.measured(mine, shingles)
        ranks = verdicts(overlaps, np.zeros(len(mine), bool), unnamed.settings)
        is_hidden = (ranks > Verdict.CONTAINED.rank) & hidden_by_common(overlaps, unnamed.settings)
        shown = np.flatnonzero(ranks < limit)
        out.append("hidden", mine[is_hidden].ravel())
        out.append("pairs", mine[shown].ravel())
        out.append("ranks", ranks[shown])
        overlaps.rows(shown).put(out)
        out.tell(len(portions[part]))

    parts = counter.engine.each("measure", len(portions), verb)
    hidden, shown_pairs = (_pairs_of(parts, name, len(collection)) for name in ("hidden", "pairs"))
    ranks, overlaps = values_of(parts, "ranks", np.int8), Overlaps.together(parts)
    check_fit(len(shown_pairs) == len(ranks) == len(overlaps) and are_numbers(ranks, limit))
    order, swap = orientation(shown_pairs, collection.rank)
    shown_pairs = np.where(swap[:, None], shown_pairs[:, ::-1], shown_pairs)[order]
    overlaps = overlaps.rows(order)
    return Scored(shown_pairs, overlaps.swapped(swap[order]), ranks[order], twins, common, {}, hidden)


def _parted(pairs: I64, counter: Counter) -> list[I32]:
    """The places of pairs in parts that are measured apart."""
    collection, resources = counter.collection, counter.engine.resources
    most = min(resources.share // (2 * PAIR), max(len(pairs) // resources.beside, _few(counter)))
    return in_parts(collection.tokens, collection.bounds, pairs, resources.share, most + 1)


def _few(counter: Counter) -> int:
    """Pairs that one part measures: what is sent to one may be sent to another again."""
    return FEW if counter.engine.resources.apart == 1 else 8 * FEW


def counted(pairs: I64, common: U64, counter: Counter, stage: str) -> Overlaps:
    """What `Counter.measured` counts; by parts where pairs are many."""
    if len(pairs) <= _few(counter):
        return counter.measured(pairs, common)
    portions, unnamed = _parted(pairs, counter), replace(counter, collection=counter.collection.unnamed)

    def verb(part: int, out: Out) -> None:
        unnamed.measured(pairs[portions[part]], common).put(out)

    overlaps = Overlaps.together(counter.engine.each(stage, len(portions), verb))
    check_fit(len(overlaps) == len(pairs))
    return overlaps.rows(np.argsort(np.concatenate(portions)))


def _pairs_of(parts: Sequence[Part], name: str, documents: int) -> I64:
    """Pairs of documents that parts put out: int64[m, 2]. Raises InputError."""
    values = values_of(parts, name, np.int64)
    check_fit(len(values) % 2 == 0 and are_numbers(values, documents))
    return values.reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts pairs of a collection's documents on an engine."""

    collection: Collection
    engine: Engine
    settings: Settings
    statements: Statements | None = None
    """Where a document that states other facts than another does not fall to it: what they state."""

    def measured(self, pairs: I64, common: U64) -> Overlaps:
        """All counts of some pairs, in the order and with the sides given; `kept` and `letters` where they decide.

        `common` are the shingles that are, ascending.
        """
        collection = self.collection
        verb = partial(shared_counts, common=common, settings=self.settings)
        share = self.engine.resources.share
        table = join(collection.tokens, collection.bounds, pairs, verb, share)
        overlaps = Overlaps.of(table, np.zeros(len(pairs), np.int32), collection.lengths[pairs])
        wanted = np.flatnonzero(kept_matters(overlaps, self.settings))
        if len(wanted):
            overlaps.kept[wanted] = join(collection.tokens, collection.bounds, pairs[wanted], kept_counts, share)
        asked = np.flatnonzero(letters_matter(overlaps, self.settings))
        if len(asked):
            alike = partial(likenesses, least=self.settings.near_letters)
            column, bounds = collection.letters, collection.letters.bounds
            with as_noted():
                overlaps.letters[asked] = join(column, bounds, pairs[asked], alike, share)
        return overlaps


def expanded_counts(pairs: Expanded, scored: Scored, counter: Counter) -> tuple[Overlaps, NDArray[np.int8]]:
    """The counts and verdicts of pairs with twins expanded: those of their representatives, and twins measured."""
    collection = counter.collection
    inside = pairs.rows < 0
    twin_counts = counted(pairs.pairs[inside], scored.common.shingles, counter, "twin-pairs")
    same = collection.are_equal(*pairs.pairs[inside].T)
    rows = pairs.rows.copy()
    rows[inside] = np.arange(len(scored.pairs), len(scored.pairs) + len(twin_counts))
    turned = np.zeros(len(rows), bool)
    turned[~inside] = scored.pairs[rows[~inside], 0] != scored.twins.first[pairs.pairs[~inside, 0]]
    ranks = np.concatenate([scored.ranks, verdicts(twin_counts, same, counter.settings)])[rows]
    return scored.overlaps.picked(twin_counts, rows).swapped(turned), ranks


def orientation(pairs: I64, rank: I64) -> tuple[I64, NDArray[np.bool_]]:
    """The order of pairs by the ids of their documents, the smaller id first; and which pairs have it second."""
    ranks = rank[pairs]
    low, high = ranks.min(axis=1, initial=len(rank)), ranks.max(axis=1, initial=0)
    return np.lexsort((high, low)), ranks[:, 0] > ranks[:, 1]
