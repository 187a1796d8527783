"""From a collection to its scored pairs: propose, measure, find what is common, measure again, judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.collection import Collection, bucket_rows, fingerprint_rows
from compare.columns import offsets_of
from compare.engines.base import Limits
from compare.score import Overlaps, is_near, kept_counts, kept_matters, shared_counts, verdicts
from compare.twins import Twins, twins_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.engines.base import Engine
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, and the fingerprints that many documents hold."""

    pairs: I64
    hot_keys: U64
    hot_owners: I64
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Common:
    """Shingles that stand in many documents that are otherwise unlike."""

    shingles: U64
    """Ascending."""
    holders: I64
    """The documents that may hold some of them, ascending."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Measured pairs of a collection, between representatives of twins: a before b by id, ascending by ids."""

    pairs: I64
    overlaps: Overlaps
    ranks: NDArray[np.int8]
    """Rank of each verdict, by tokens and shingles alone."""
    twins: Twins
    common: Common
    dropped: dict[str, int]


def propose(collection: Collection, twins: Twins, engine: Engine, settings: Settings) -> Candidates:
    """Candidate pairs from bands and fingerprints, among representatives."""
    chosen = twins.representatives & (collection.lengths > 0)
    ceiling = max(settings.ceiling_least, int(settings.ceiling_share * len(collection)))
    limits = Limits(
        settings.pair_cap, ceiling, common_limit(len(collection), settings),
        settings.min_shared, settings.min_share, settings.long_shared,
    )  # fmt: skip
    rows = fingerprint_rows(collection, chosen)
    by_fingerprint = engine.pairs_from_fingerprints(*rows, collection.rank, limits)
    by_bucket = engine.pairs_from_buckets(*bucket_rows(collection, chosen), collection.rank, limits)
    dropped = {
        "fingerprints_above_ceiling": by_fingerprint.left_out,
        "fingerprints_as_stars": by_fingerprint.starred,
        "buckets_above_ceiling": by_bucket.left_out,
        "buckets_as_stars": by_bucket.starred,
    }
    pairs = engine.distinct(by_fingerprint.pairs, by_bucket.pairs)
    return Candidates(pairs, by_fingerprint.frequent_keys, by_fingerprint.frequent_owners, dropped)


def common_limit(documents: int, settings: Settings) -> int:
    """Holders above which a shingle is common: max(10, .1 % of the collection) by default.

    >>> from compare.settings import Settings
    >>> common_limit(3_000, Settings()), common_limit(100_000, Settings())
    (10, 100)
    """
    return max(settings.common_least, int(settings.common_share * documents))


def score(collection: Collection, engine: Engine, settings: Settings, extra: I64 | None = None) -> Scored:
    """All pairs of a collection that are worth a verdict; `extra` are further candidates (TF-IDF neighbours)."""
    twins = twins_of(collection)
    candidates = propose(collection, twins, engine, settings)
    pairs = candidates.pairs
    if extra is not None and len(extra):
        stand_ins = twins.first[extra]
        pairs = engine.distinct(pairs, stand_ins[stand_ins[:, 0] != stand_ins[:, 1]])
    counter = Counter(collection, engine, settings)
    overlaps = counter.counts(pairs, nothing_common())
    alike = engine.components(pairs[is_near(overlaps, settings)], len(collection))
    common = find_common(collection, candidates, alike, engine, settings)
    overlaps = counter.with_kept(pairs, counter.recounted(pairs, overlaps, common))
    pairs, overlaps = oriented(pairs, overlaps, collection.rank)
    ranks = verdicts(overlaps, np.zeros(len(pairs), bool), settings)
    return Scored(pairs, overlaps, ranks, twins, common, candidates.dropped)


def nothing_common() -> Common:
    """What a pair alone, or a collection without boilerplate, has in common with others."""
    return Common(np.empty(0, np.uint64), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts pairs of a collection's documents on an engine."""

    collection: Collection
    engine: Engine
    settings: Settings

    def counts(self, pairs: I64, common: Common) -> Overlaps:
        """All counts but `kept`, which is 0."""
        collection = self.collection
        verb = partial(shared_counts, common=common.shingles, settings=self.settings)
        table = self.engine.join(collection.tokens, collection.bounds, pairs, verb)
        own = self.own_sizes(np.unique(pairs), common)[pairs]
        sizes = collection.lengths[pairs], collection.distinct[pairs], own
        return Overlaps(*table.T, np.zeros(len(pairs), np.int64), *sizes)

    def own_sizes(self, documents: I64, common: Common) -> I64:
        """Distinct shingles of each document, of some `documents` only those that are not common."""
        own = self.collection.distinct.copy()
        for part in portions(documents) if len(common.shingles) else []:
            tokens, offsets = texts_of(self.collection, part)
            own[part] = kernels.sizes(*kernels.shingles(tokens, offsets, self.settings.shingle), common.shingles)
        return own

    def recounted(self, pairs: I64, overlaps: Overlaps, common: Common) -> Overlaps:
        """The counts with what is common told apart: only pairs that hold some are counted again."""
        held = np.zeros(len(self.collection), bool)
        held[common.holders] = True
        again = np.flatnonzero(held[pairs].any(axis=1))
        if len(again) == 0 or len(common.shingles) == 0:
            return overlaps
        found = self.counts(pairs[again], common)
        own_shared, own_longest, own = overlaps.own_shared.copy(), overlaps.own_longest.copy(), overlaps.own.copy()
        own_shared[again], own_longest[again], own[again] = found.own_shared, found.own_longest, found.own
        return replace(overlaps, own_shared=own_shared, own_longest=own_longest, own=own)

    def with_kept(self, pairs: I64, overlaps: Overlaps) -> Overlaps:
        """The counts with `kept` where it can decide."""
        wanted = np.flatnonzero(kept_matters(overlaps, self.settings))
        kept = overlaps.kept.copy()
        if len(wanted):
            kept[wanted] = self.engine.join(self.collection.tokens, self.collection.bounds, pairs[wanted], kept_counts)
        return replace(overlaps, kept=kept)

    def measured(self, pairs: I64, common: Common) -> Overlaps:
        """All counts of pairs that nothing proposed, in the order and with the sides given."""
        return self.with_kept(pairs, self.counts(pairs, common))


def portions(documents: I64) -> list[I64]:
    """Documents in portions whose texts fit in memory."""
    return np.array_split(documents, len(documents) // 4096 + 1)


def find_common(
    collection: Collection, candidates: Candidates, alike: I64, engine: Engine, settings: Settings
) -> Common:
    """Shingles around frequent fingerprints that more than the limit of unlike groups hold."""
    limit = common_limit(len(collection), settings)
    hot = _held_by_many(candidates.hot_keys, alike[candidates.hot_owners], limit)
    holders = np.unique(candidates.hot_owners[np.isin(candidates.hot_keys, hot)])
    if len(holders) == 0:
        return Common(np.empty(0, np.uint64), holders)
    shingled, owners = [], []
    for part in portions(holders):
        found, offsets = _around(collection, part, hot, settings)
        shingled.append(found)
        owners.append(np.repeat(alike[part], np.diff(offsets)))
    return Common(_held_by_many(np.concatenate(shingled), np.concatenate(owners), limit), holders)


def _around(collection: Collection, documents: I64, hot: U64, settings: Settings) -> tuple[U64, I64]:
    tokens, offsets = texts_of(collection, documents)
    return kernels.around(*kernels.shingles(tokens, offsets, settings.shingle), hot, settings.window)


def texts_of(collection: Collection, documents: I64) -> tuple[U64, I64]:
    """The tokens of some documents, in the order given, as a flat column with offsets."""
    wanted, back = np.unique(documents, return_inverse=True)
    column, offsets, numbers = collection.tokens.rows(collection.bounds, wanted)
    place = np.searchsorted(numbers, wanted)[back]
    lengths = np.diff(offsets)[place]
    result, bounds = np.empty(int(lengths.sum()), np.uint64), offsets_of(lengths)
    for start, stop, at in zip(offsets[place].tolist(), (offsets[place] + lengths).tolist(), bounds.tolist(), strict=False):
        result[at : at + stop - start] = column[start:stop]
    return result, bounds


def _held_by_many(keys: U64, groups: I64, limit: int) -> U64:
    """Keys that stand in more than `limit` different groups, ascending."""
    order = np.lexsort((groups, keys))
    keys, groups = keys[order], groups[order]
    new = np.ones(len(keys), bool)
    new[1:] = (keys[1:] != keys[:-1]) | (groups[1:] != groups[:-1])
    values, counts = np.unique(keys[new], return_counts=True)
    return values[counts > limit]


def oriented(pairs: I64, overlaps: Overlaps, rank: I64) -> tuple[I64, Overlaps]:
    """Pairs with the smaller id first, in the order of the ids, and their counts with the sides changed likewise."""
    ranks = rank[pairs]
    swap = ranks[:, 0] > ranks[:, 1]
    low, high = ranks.min(axis=1, initial=len(rank)), ranks.max(axis=1, initial=0)
    order = np.lexsort((high, low))
    return np.where(swap[:, None], pairs[:, ::-1], pairs)[order], overlaps.swapped(swap).rows(order)
