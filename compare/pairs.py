"""From a collection to its scored pairs: propose, find what is common, measure, judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.collection import Collection, bucket_rows, fingerprint_rows
from compare.columns import changes, offsets_of
from compare.engines.base import Limits
from compare.model import Verdict
from compare.score import Overlaps, kept_bounded, kept_counts, kept_matters, shared_counts, verdicts
from compare.twins import Twins, twins_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.engines.base import Engine
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, and what their fingerprints say already."""

    pairs: I64
    alike: I64
    """Pairs that share so many fingerprints that they are near-duplicates of each other, or nearly so."""
    unsure: I64
    """Pairs that share fewer: versions of one text, or unlike texts with a passage in common."""
    hot_keys: U64
    """Fingerprints that many documents hold, one row a holder ..."""
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
    ceiling = max(settings.ceiling_least, int(settings.ceiling_share * collection.size))
    limits = Limits(
        settings.pair_cap, ceiling, common_limit(collection.size, settings),
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
    sizes = np.diff(collection.fingerprint_bounds)[by_fingerprint.pairs].max(axis=1, initial=0)
    alike = by_fingerprint.shared >= settings.near_containment * sizes
    unsure = ~alike & (by_fingerprint.shared >= settings.kept_floor * sizes)
    pairs = engine.distinct(by_fingerprint.pairs, by_bucket.pairs)
    found = by_fingerprint.pairs
    return Candidates(
        pairs, found[alike], found[unsure], by_fingerprint.frequent_keys, by_fingerprint.frequent_owners, dropped
    )


def common_limit(documents: int, settings: Settings) -> int:
    """Holders above which a shingle is common: max(10, .1 % of the collection) by default.

    >>> from compare.settings import Settings
    >>> common_limit(3_000, Settings()), common_limit(100_000, Settings())
    (10, 100)
    """
    return max(settings.common_least, int(settings.common_share * documents))


def score(
    collection: Collection, engine: Engine, settings: Settings, extra: I64 | None = None, asked: Flags | None = None
) -> Scored:
    """All pairs of a collection that are worth a verdict; `extra` are further candidates (TF-IDF neighbours).

    With `extra`, `distinct` pairs stay: alignment may promote them. Without, they are let go. With `asked` (bool[n])
    only pairs with such a document, or with a twin of one, are there.
    """
    twins = twins_of(collection)
    candidates = propose(collection, twins, engine, settings)
    pairs = candidates.pairs
    if extra is not None and len(extra):
        stand_ins = twins.first[extra]
        pairs = engine.distinct(pairs, stand_ins[stand_ins[:, 0] != stand_ins[:, 1]])
    if asked is not None:
        pairs = pairs[np.isin(pairs, twins.first[asked]).any(axis=1)]
    common = find_common(collection, candidates, engine, settings)
    overlaps = Counter(collection, engine, settings).measured(pairs, common)
    ranks = verdicts(overlaps, np.zeros(len(pairs), bool), settings)
    if extra is None:
        shown = np.flatnonzero(ranks < Verdict.DISTINCT.rank)
        pairs, overlaps, ranks = pairs[shown], overlaps.rows(shown), ranks[shown]
    order, swap = orientation(pairs, collection.rank)
    pairs = np.where(swap[:, None], pairs[:, ::-1], pairs)[order]
    return Scored(pairs, overlaps.swapped(swap).rows(order), ranks[order], twins, common, candidates.dropped)


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts pairs of a collection's documents on an engine."""

    collection: Collection
    engine: Engine
    settings: Settings

    def measured(self, pairs: I64, common: Common) -> Overlaps:
        """All counts of some pairs, in the order and with the sides given; `kept` where it can decide."""
        collection = self.collection
        verb = partial(shared_counts, common=common.shingles, settings=self.settings)
        table = self.engine.join(collection.tokens, collection.bounds, pairs, verb)
        overlaps = Overlaps.of(table, np.zeros(len(pairs), np.int32), collection.lengths[pairs])
        wanted = np.flatnonzero(kept_matters(overlaps, self.settings))
        if len(wanted):
            overlaps.kept[wanted] = self.engine.join(collection.tokens, collection.bounds, pairs[wanted], kept_counts)
        return overlaps


def portions(documents: I64) -> list[I64]:
    """Documents in portions whose texts fit in memory."""
    return np.array_split(documents, len(documents) // 4096 + 1)


def find_common(collection: Collection, candidates: Candidates, engine: Engine, settings: Settings) -> Common:
    """Shingles around frequent fingerprints that more than the limit of unlike groups hold.

    Documents joined by pairs that are alike, or versions of one text, are one group: they count once.
    """
    limit = common_limit(collection.size, settings)
    alike = engine.components(candidates.alike, len(collection))
    hot, holders = _hot(candidates, alike, limit)
    if len(holders):
        joined = np.concatenate([candidates.alike, _versions(collection, candidates, holders, engine, settings)])
        alike = engine.components(joined, len(collection))
        hot, holders = _hot(candidates, alike, limit)
    if len(holders) == 0:
        return Common(np.empty(0, np.uint64), holders)
    shingled, owners = [], []
    for part in portions(holders):
        found, offsets = _around(collection, part, hot, settings)
        shingled.append(found)
        owners.append(np.repeat(alike[part], np.diff(offsets)))
    return Common(_held_by_many(np.concatenate(shingled), np.concatenate(owners), limit), holders)


def _hot(candidates: Candidates, groups: I64, limit: int) -> tuple[U64, I64]:
    """Fingerprints that more than `limit` groups hold, and the documents that hold them, both ascending."""
    hot = _held_by_many(candidates.hot_keys, groups[candidates.hot_owners], limit)
    holders: I64 = np.unique(candidates.hot_owners[np.isin(candidates.hot_keys, hot)])
    return hot, holders


def _versions(collection: Collection, candidates: Candidates, holders: I64, engine: Engine, settings: Settings) -> I64:
    """Pairs of versions of one text among `holders`: edits broke their shingles, but most tokens stand in order."""
    pairs = candidates.unsure[np.isin(candidates.unsure, holders).all(axis=1)]
    lengths = collection.lengths[pairs]
    least = settings.version_kept * lengths.max(axis=1, initial=0)
    able = (lengths.min(axis=1, initial=1 << 62) >= least) & kept_bounded(lengths)
    if not able.any():
        return pairs[:0]
    pairs = pairs[able]
    kept = engine.join(collection.tokens, collection.bounds, pairs, kept_counts)
    return np.asarray(pairs[kept >= least[able]], np.int64)


def _around(collection: Collection, documents: I64, hot: U64, settings: Settings) -> tuple[U64, I64]:
    tokens, offsets = texts_of(collection, documents)
    shingled, bounds = kernels.shingles(tokens, offsets, settings.shingle)
    return kernels.around(shingled, bounds, hot, settings.window)


def texts_of(collection: Collection, documents: I64) -> tuple[U64, I64]:
    """The tokens of some documents, in the order given, as a flat column with offsets."""
    wanted, back = np.unique(documents, return_inverse=True)
    column, offsets, numbers = collection.tokens.rows(collection.bounds, wanted)
    place = np.searchsorted(numbers, wanted)[back]
    lengths = np.diff(offsets)[place]
    result, bounds = np.empty(int(lengths.sum()), np.uint64), offsets_of(lengths)
    for start, size, at in zip(offsets[place].tolist(), lengths.tolist(), bounds[:-1].tolist(), strict=True):
        result[at : at + size] = column[start : start + size]
    return result, bounds


def _held_by_many(keys: U64, groups: I64, limit: int) -> U64:
    """Keys that stand in more than `limit` different groups, ascending."""
    order = np.lexsort((groups, keys))
    keys, groups = keys[order], groups[order]
    values, counts = np.unique(keys[changes(keys, groups)], return_counts=True)
    return values[counts > limit]


def orientation(pairs: I64, rank: I64) -> tuple[I64, NDArray[np.bool_]]:
    """The order of pairs by the ids of their documents, the smaller id first; and which pairs have it second."""
    ranks = rank[pairs]
    low, high = ranks.min(axis=1, initial=len(rank)), ranks.max(axis=1, initial=0)
    return np.lexsort((high, low)), ranks[:, 0] > ranks[:, 1]
