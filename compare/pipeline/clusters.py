"""Clusters of duplicates in columns, with twins expanded: which document stays, which fall to it, and why."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import among, changes, offsets_of, owners_of
from compare.model import VERDICTS, Cluster, Member, Verdict
from compare.pipeline.saved import some_of
from compare.pipeline.twins import Groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.choosing import Fallen
    from compare.pipeline.collection import Collection
    from compare.pipeline.policy import KeepPolicy
    from compare.pipeline.twins import Twins

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Members:
    """Documents that fall, in columns."""

    documents: I64
    twins: I64
    """The equal text that stood for each one in the comparison; −1 if it stood for itself."""
    ranks: NDArray[np.int8]
    """The verdict that it is dropped by."""
    shares: NDArray[np.float64]
    """Its own containment in the one that stays; −1 of a twin of that one."""

    def rows(self, chosen: I64 | slice) -> Members:
        """Some of them."""
        return Members(*(getattr(self, item.name)[chosen] for item in fields(self)))

    def joined(self, more: Members) -> Members:
        """These, then `more`."""
        both = ([getattr(part, item.name) for part in (self, more)] for item in fields(self))
        return Members(*map(np.concatenate, both))


@dataclass(frozen=True, slots=True)
class Clusters:
    """Documents that fall, by the one that they fall to: in the order of the ids of both."""

    kept: I64
    """The document of each cluster that stays ..."""
    reasons: Sequence[str]
    """... why it does ..."""
    bounds: I64
    """... and where those that fall to it begin."""
    members: Members

    def __len__(self) -> int:
        return len(self.kept)

    @property
    def owners(self) -> I64:
        """The number of the cluster of each document that falls."""
        return owners_of(self.bounds)

    def portions(self, size: int) -> list[slice]:
        """Where to part them, so that about so many documents fall in each."""
        ends = np.searchsorted(self.bounds, np.arange(size, int(self.bounds[-1]) + size, size)).clip(max=len(self))
        edges = np.unique([0, *ends.tolist()]).tolist()
        return [slice(start, stop) for start, stop in pairwise(edges)]

    def told(self, ids: Sequence[str], part: slice = slice(None)) -> Iterator[Cluster]:
        """Some of them with all their members, by the ids of documents."""
        start, stop, _ = part.indices(len(self))
        bounds = self.bounds[start : stop + 1]
        members, kept = self.members.rows(slice(bounds[0], bounds[-1])), some_of(ids, self.kept[start:stop])
        names = some_of(ids, members.documents)
        is_twin = members.twins != _NOBODY
        twins = iter(some_of(ids, members.twins[is_twin]))
        rows = zip(names, is_twin.tolist(), members.ranks.tolist(), members.shares.tolist(), strict=True)
        for name, reason, count in zip(kept, self.reasons[start:stop], np.diff(bounds).tolist(), strict=True):
            fallen = (
                Member(own, name, next(twins) if has_twin else "", _why(name, VERDICTS[rank], share), VERDICTS[rank])
                for own, has_twin, rank, share in (next(rows) for _ in range(count))
            )
            yield Cluster(name, reason, (Member(name, name, "", reason), *fallen))


def _why(kept: str, verdict: Verdict, share: float) -> str:
    """Why a document falls to another."""
    if share < 0:
        same = verdict is Verdict.IDENTICAL
        return f"identical to {kept}" if same else f"near-duplicate of {kept}: the same words, other signs"
    place = "contained in" if verdict is Verdict.CONTAINED else f"{verdict.value} of"
    return f"{place} {kept}: own containment {share:.2f}"


def clusters_of(
    fallen: Fallen, policy: KeepPolicy, collection: Collection, twins: Twins, drop: frozenset[Verdict]
) -> Clusters:
    """Who falls to whom, twins with those that stand for them. A document alone makes no cluster."""
    groups, rank = Groups.of(twins, collection.rank), collection.rank
    heads = np.setdiff1d(np.union1d(fallen.keeper, groups.firsts), fallen.dropped)
    members, counts = groups.around(heads)
    bounds = offsets_of(counts)
    owner = owners_of(bounds)
    kept = members[np.lexsort((policy.places(members), owner))[bounds[:-1]]]
    equal, owners = _equal(members, heads[owner], kept[owner], collection, drop)
    below, under = _below(fallen.rows(among(fallen.keeper, heads)), groups)
    found = equal.joined(below)
    staying = kept[np.concatenate([owner[owners], np.searchsorted(heads, under)])]
    order = np.lexsort((rank[found.documents], rank[staying]))
    found, staying = found.rows(order), staying[order]
    firsts = np.flatnonzero(changes(staying))
    kept, bounds = staying[firsts], np.append(firsts, len(staying))
    return Clusters(kept, _reasons(policy, kept, found.documents, bounds), bounds, found)


def _equal(
    members: I64, heads: I64, kept: I64, collection: Collection, drop: frozenset[Verdict]
) -> tuple[Members, I64]:
    """The twins that fall to the best of them, given who stood for each one, and the row of each."""
    same = collection.are_equal(members, kept)
    ranks = np.where(same, Verdict.IDENTICAL.rank, Verdict.NEAR_DUPLICATE.rank).astype(np.int8)
    rows = np.flatnonzero((members != kept) & np.isin(ranks, [verdict.rank for verdict in drop]))
    members, heads = members[rows], heads[rows]
    twins = np.where(members == heads, _NOBODY, heads)
    return Members(members, twins, ranks[rows], np.full(len(rows), -1.0)), rows


def _below(fallen: Fallen, groups: Groups) -> tuple[Members, I64]:
    """What fell after it was compared, with its twins, and what each fell to."""
    members, counts = groups.around(fallen.dropped)
    stood = np.repeat(fallen.dropped, counts)
    twins = np.where(members == stood, _NOBODY, stood)
    ranks, shares = np.repeat(fallen.ranks, counts), np.repeat(fallen.shares, counts)
    return Members(members, twins, ranks, shares), np.repeat(fallen.keeper, counts)


def _reasons(policy: KeepPolicy, kept: I64, members: I64, bounds: I64) -> list[str]:
    """Why each document stays: what tells it from the next best, or that a better one is part of it."""
    places = policy.places(np.concatenate([kept, members]))
    own, others = places[: len(kept)], places[len(kept) :]
    best = np.lexsort((others, owners_of(bounds)))[bounds[:-1]]
    whys, is_part = policy.whys(kept, members[best]), others[best] < own
    return ["holds the others" if part else why for part, why in zip(is_part.tolist(), whys, strict=True)]
