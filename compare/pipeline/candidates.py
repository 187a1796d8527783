"""Which pairs of a collection are worth measuring: those that share a band or enough fingerprints. Linear.

A fingerprint in very many texts is either boilerplate, and proposes nothing, or the texts are copies of each other, in
any number, and it proposes all of them: what tells the two apart is how much of a text such fingerprints are, and of
how many texts that are otherwise unlike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import among, changes
from compare.pipeline.collection import Collection, bucket_rows, fingerprint_rows
from compare.pipeline.relations.edges import components, distinct
from compare.pipeline.relations.join import join
from compare.pipeline.relations.limits import HeldRows, Limits
from compare.pipeline.relations.meeting import pairs_from_buckets, pairs_from_fingerprints
from compare.pipeline.score import kept_bounded, kept_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine
    from compare.pipeline.relations.limits import Proposals
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class HolderRows:
    """Keys that many documents hold, one row a holder: by key, then by holder."""

    keys: U64
    owners: I64

    def of(self, documents: Flags) -> HolderRows:
        """The rows of some documents: bool[n]."""
        chosen = documents[self.owners]
        return HolderRows(self.keys[chosen], self.owners[chosen])

    def where(self, least: int) -> HolderRows:
        """The rows of keys with more than `least` holders."""
        _, place, counts = np.unique(self.keys, return_inverse=True, return_counts=True)
        chosen = counts[place] > least
        return HolderRows(self.keys[chosen], self.owners[chosen])


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, and what their fingerprints say already."""

    pairs: I64
    alike: I64
    """Pairs that share so many fingerprints that they are near-duplicates of each other, or nearly so."""
    unsure: I64
    """Pairs that share fewer: versions of one text, or unlike texts with a passage in common."""
    frequent: HolderRows
    """Fingerprints that propose stars, or may be of what is common."""
    buckets: HolderRows
    """Buckets that propose stars."""
    left_out: dict[str, int]


def propose(collection: Collection, documents: I64, engine: Engine, settings: Settings) -> Candidates:
    """Candidate pairs among some documents (ascending), from bands and fingerprints."""
    limits = limits_of(collection.size, settings, falling=collection.falling)
    fingerprints, buckets = fingerprint_rows(collection, documents), bucket_rows(collection, documents)
    by_fingerprint = pairs_from_fingerprints(engine, fingerprints, collection.rank, limits)
    by_bucket = pairs_from_buckets(engine, buckets, collection.rank, limits.without_ceiling())
    left_out = {
        "fingerprints_as_stars": by_fingerprint.starred,
        "buckets_as_stars": by_bucket.starred,
    }
    alike, unsure = _alike(collection, by_fingerprint, settings)
    return Candidates(
        distinct(by_fingerprint.pairs, by_bucket.pairs), alike, unsure,
        HolderRows(by_fingerprint.frequent_keys, by_fingerprint.frequent_owners),
        HolderRows(by_bucket.frequent_keys, by_bucket.frequent_owners), left_out,
    )  # fmt: skip


def limits_of(documents: int, settings: Settings, *, falling: bool = False) -> Limits:
    """When a fingerprint proposes pairs in a collection of so many documents; with `falling`, pairs that may fall."""
    return Limits(
        cap=settings.pair_cap,
        ceiling=max(settings.ceiling_least, int(settings.ceiling_share * documents)),
        frequent=min(settings.pair_cap, common_limit(documents, settings)),
        min_shared=settings.min_shared,
        min_share=settings.min_share,
        long_shared=settings.long_shared,
        whole_share=settings.whole_share,
        falling=falling,
    )


def common_limit(documents: int, settings: Settings) -> int:
    """Holders above which a shingle is common: max(10, .1 % of the collection) by default.

    >>> from compare.settings import Settings
    >>> common_limit(3_000, Settings()), common_limit(100_000, Settings())
    (10, 100)
    """
    return max(settings.common_least, int(settings.common_share * documents))


def _alike(collection: Collection, proposals: Proposals, settings: Settings) -> tuple[I64, I64]:
    """The pairs that are alike by their fingerprints alone, and those that may be."""
    sizes = np.diff(collection.fingerprint_bounds)[proposals.pairs].max(axis=1, initial=0)
    alike = proposals.shared >= settings.near_containment * sizes
    unsure = ~alike & (proposals.shared >= settings.kept_floor * sizes)
    return proposals.pairs[alike], proposals.pairs[unsure]


# --- groups of texts that are alike ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likeness:
    """What many documents hold, and which documents are alike, so that they count once."""

    frequent: HolderRows
    """Fingerprints with many holders."""
    buckets: HolderRows
    """Buckets with many holders."""
    alike: I64
    """int64[m, 2]: pairs of texts that are alike, or versions of one."""
    groups: I64
    """int64[n]: the number of the group of each document, joined by these pairs."""
    hot: U64
    """Fingerprints that more groups hold than may without being common, ascending ..."""
    holders: I64
    """... and the documents that hold them, ascending."""

    def around(self, documents: I64) -> Likeness:
        """The same with only those hot fingerprints that some documents hold."""
        asked = np.zeros(len(self.groups), bool)
        asked[documents] = True
        hot = self.hot[among(self.hot, np.unique(self.frequent.of(asked).keys))]
        return replace(self, hot=hot, holders=np.unique(self.frequent.owners[among(self.frequent.keys, hot)]))


def likeness_of(collection: Collection, candidates: Candidates, engine: Engine, settings: Settings) -> Likeness:
    """Documents joined by pairs that are alike; where many hold something, versions of one text too."""
    limit = common_limit(collection.size, settings)
    alike, frequent = candidates.alike, candidates.frequent
    groups = components(alike, len(collection))
    hot, holders = _held_by_many(frequent, groups, limit)
    if len(holders):
        alike = np.concatenate([alike, _versions(collection, candidates.unsure, holders, engine, settings)])
        groups = components(alike, len(collection))
        hot, holders = _held_by_many(frequent, groups, limit)
    return Likeness(frequent, candidates.buckets, alike, groups, hot, holders)


def _versions(collection: Collection, unsure: I64, documents: I64, engine: Engine, settings: Settings) -> I64:
    """Pairs of versions of one text among some documents: edits broke shingles, but most tokens stand in order."""
    pairs = unsure[np.isin(unsure, documents).all(axis=1)]
    lengths = collection.lengths[pairs]
    least = settings.version_kept * lengths.max(axis=1, initial=0)
    able = (lengths.min(axis=1, initial=NEVER) >= least) & kept_bounded(lengths)
    if not able.any():
        return pairs[:0]
    pairs = pairs[able]
    kept = join(collection.tokens, collection.bounds, pairs, kept_counts, engine.resources.share)
    return np.asarray(pairs[kept >= least[able]], np.int64)


def _held_by_many(rows: HolderRows, groups: I64, limit: int) -> tuple[U64, I64]:
    """Fingerprints that more than `limit` groups hold, and the documents that hold them, both ascending."""
    hot = in_many(rows.keys, groups[rows.owners], limit)
    return hot, np.unique(rows.owners[np.isin(rows.keys, hot)])


def in_many(keys: U64, groups: I64, limit: int) -> U64:
    """Keys that stand in more than `limit` different groups, ascending."""
    members, counts, shared = kernels.groups([(keys, groups.astype(np.int32))], limit)[2:]
    number = np.repeat(np.arange(len(counts)), counts)
    different = np.bincount(number[changes(number, members)], minlength=len(counts))
    return np.sort(shared[different > limit])


def between_groups(
    collection: Collection, frequent: HolderRows, groups: I64, engine: Engine, settings: Settings
) -> tuple[I64, int]:
    """Candidate pairs of groups for the fingerprints above the ceiling that few groups hold, each by one document.

    A text with 30,000 copies is no boilerplate to the one that holds it: the copies count once. Also how many
    fingerprints are left out all the same.
    """
    limits = limits_of(collection.size, settings, falling=collection.falling)
    above = frequent.where(limits.ceiling)
    if len(above.keys) == 0:
        return np.empty((0, 2), np.int64), 0
    first = _first_by_rank(groups, collection.rank)[groups[above.owners]]
    order = np.lexsort((first, above.keys))
    keys, first = above.keys[order], first[order]
    once = changes(keys, first)
    every = replace(limits, frequent=NEVER, min_shared=1, min_share=0.0, whole_share=2.0, falling=False)
    rows = HeldRows(keys[once], first[once].astype(np.int32))
    proposals = pairs_from_fingerprints(engine, rows, collection.rank, every)
    return proposals.pairs[shares_enough(collection, proposals, settings)], proposals.left_out


def shares_enough(collection: Collection, proposals: Proposals, settings: Settings) -> Flags:
    """Which pairs share enough of all the fingerprints of the smaller text, where only some were asked for."""
    sizes = np.diff(collection.fingerprint_bounds)[proposals.pairs]
    limits = limits_of(collection.size, settings, falling=collection.falling)
    return limits.asked(proposals.shared, (sizes[:, 0], sizes[:, 1]))


def _first_by_rank(groups: I64, rank: I64) -> I64:
    """For each group's number its document with the smallest id."""
    first = np.zeros(len(groups), np.int64)
    order = np.argsort(-rank)
    first[groups[order]] = order  # the smallest rank is written last
    return first
