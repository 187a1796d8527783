"""Which pairs of a collection are worth measuring: those that share a band or enough fingerprints. Linear.

A fingerprint in very many texts is either boilerplate, and proposes nothing, or the texts are copies of each other, in
any number, and it proposes all of them: what tells the two apart is how much of a text such fingerprints are, and of
how many texts that are otherwise unlike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import among
from compare.pipeline.collection import Collection, bucket_rows, fingerprint_rows
from compare.pipeline.relations.components import labels_of
from compare.pipeline.relations.edges import distinct
from compare.pipeline.relations.held import documents_of
from compare.pipeline.relations.join import join
from compare.pipeline.relations.limits import Limits
from compare.pipeline.relations.meeting import (
    pairs_from_buckets,
    pairs_from_fingerprints,
    pairs_of_groups,
    put_all_groups,
)
from compare.pipeline.saved import are_numbers, check_fit, column_in, together
from compare.pipeline.score import kept_bounded, kept_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part
    from compare.pipeline.relations.held import Held, KeyGroups
    from compare.pipeline.relations.limits import Proposals
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, and what their fingerprints say already."""

    pairs: I64
    alike: I64
    """Pairs that share so many fingerprints that they are near-duplicates of each other, or nearly so."""
    unsure: I64
    """Pairs that share fewer: versions of one text, or unlike texts with a passage in common."""
    frequent: Held
    """Fingerprints that propose stars, or may be of what is common."""
    buckets: Held
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
        by_fingerprint.frequent, by_bucket.frequent, left_out,
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

    frequent: Held
    """Fingerprints with many holders."""
    buckets: Held
    """Buckets with many holders."""
    alike: I64
    """int64[m, 2]: pairs of texts that are alike, or versions of one."""
    groups: I32
    """int32[n]: the number of the group of each document, joined by these pairs."""
    hot: U64
    """Fingerprints that more groups hold than may without being common, ascending ..."""
    holders: I64
    """... and the documents that hold them, ascending."""

    def around(self, documents: I64, engine: Engine) -> Likeness:
        """The same with only those hot fingerprints that some documents hold."""
        asked, here = np.zeros(len(self.groups), bool), self.hot
        asked[documents] = True

        def verb(groups: KeyGroups, out: Out) -> None:
            hot = groups.where(among(groups.keys, here))
            _put_held(hot.where(hot.with_any(asked)), len(asked), out)

        parts = self.frequent.each(engine, "around", verb) if len(here) else []
        hot, holders = _held_in(parts, len(self.groups))
        return replace(self, hot=hot, holders=holders)


def likeness_of(collection: Collection, candidates: Candidates, engine: Engine, settings: Settings) -> Likeness:
    """Documents joined by pairs that are alike; where many hold something, versions of one text too."""
    limit = common_limit(collection.size, settings)
    alike, frequent = candidates.alike, candidates.frequent
    groups = labels_of(engine, alike, len(collection))
    hot, holders = _held_by_many(frequent, groups, limit, engine, "hot")
    if len(holders):
        alike = np.concatenate([alike, _versions(collection, candidates.unsure, holders, engine, settings)])
        groups = labels_of(engine, alike, len(collection))
        hot, holders = _held_by_many(frequent, groups, limit, engine, "hot-versions")
    return Likeness(frequent, candidates.buckets, alike, groups, hot, holders)


def _versions(collection: Collection, unsure: I64, documents: I64, engine: Engine, settings: Settings) -> I64:
    """Pairs of versions of one text among some documents: edits broke shingles, but most tokens stand in order."""
    asked = np.zeros(len(collection), bool)
    asked[documents] = True
    pairs = unsure[asked[unsure].all(axis=1)]
    lengths = collection.lengths[pairs]
    least = settings.version_kept * lengths.max(axis=1, initial=0)
    able = (lengths.min(axis=1, initial=NEVER) >= least) & kept_bounded(lengths)
    if not able.any():
        return pairs[:0]
    pairs = pairs[able]
    kept = join(collection.tokens, collection.bounds, pairs, kept_counts, engine.resources.share)
    return np.asarray(pairs[kept >= least[able]], np.int64)


def _held_by_many(held: Held, labels: I32, limit: int, engine: Engine, stage: str) -> tuple[U64, I64]:
    """Keys whose holders have more than `limit` labels, and these holders, both ascending."""

    def verb(groups: KeyGroups, out: Out) -> None:
        large = groups.where(groups.counts > limit)
        _put_held(large.where(large.labelled(labels).counts > limit), len(labels), out)

    return _held_in(held.each(engine, stage, verb), len(labels))


def _put_held(groups: KeyGroups, documents: int, out: Out) -> None:
    """Put out some keys, and who holds one of them."""
    out.append("hot", groups.keys)
    out.append("holders", documents_of(groups, documents))


def _held_in(parts: Sequence[Part], documents: int) -> tuple[U64, I64]:
    """All these keys and holders, ascending. Raises InputError."""
    holds = np.zeros(documents, bool)
    for part in parts:
        holders = together([part], "holders", np.int32)
        check_fit(are_numbers(holders, documents))
        holds[holders] = True
    return np.sort(together(parts, "hot", np.uint64)), np.flatnonzero(holds)


def between_groups(
    collection: Collection, frequent: Held, groups: I32, engine: Engine, settings: Settings
) -> tuple[I64, int]:
    """Candidate pairs of groups for the fingerprints above the ceiling that few groups hold, each by one document.

    A text with 30,000 copies is no boilerplate to the one that holds it: the copies count once. Also how many
    fingerprints are left out all the same.
    """
    limits = limits_of(collection.size, settings, falling=collection.falling)
    if not any(len(column_in(part, "above", np.int32)) for part in frequent.parts):
        return np.empty((0, 2), np.int64), 0
    first = _first_by_rank(groups, collection.rank)[groups]
    every = replace(limits, frequent=NEVER, whole_share=inf)

    def verb(held: KeyGroups, out: Out) -> None:
        put_all_groups(held.where(held.counts > limits.ceiling).labelled(first), every, out)

    parts = frequent.each(engine, "between", verb)
    proposals = pairs_of_groups(engine, parts, (fingerprint_counts(collection), collection.rank), every, "between")
    return proposals.pairs, proposals.left_out


def fingerprint_counts(collection: Collection) -> I32:
    """How many fingerprints each document has."""
    return np.diff(collection.fingerprint_bounds).astype(np.int32)


def _first_by_rank(groups: I32, rank: I64) -> I32:
    """For each group's number its document with the smallest id."""
    first = np.zeros(len(groups), np.int32)
    order = np.argsort(-rank)
    first[groups[order]] = order  # the smallest rank is written last
    return first
