"""Documents that share keys: groups of whole keys, stars of large ones, and the pairs that meet in enough groups.

Keys are taken in as many parts as memory asks for, and pairs are counted for as many documents at a time: no engine
needs more of it at once. All of it is sorted columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import PORTION, changes, leaders, offsets_of, within
from compare.pipeline.engines.base import HeldRows, Limits, Proposals
from compare.pipeline.engines.stages import DiskStage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Resources, Rows

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]

LOW = np.uint64(0xFFFFFFFF)
"""The larger document of a pair that is one number, the smaller in the high 32 bits: 64-bit numbers sort fastest."""
ROW, HELD = 48, 8
"""Bytes of memory that a row of a part takes at the most, and a document's place in a group."""


def proposals(rows: Rows, rank: I64, limits: Limits, resources: Resources) -> Proposals:
    """Pairs of documents that share enough keys, in about `memory` bytes beside those that are kept to the end.

    These are 4 bytes for each document that holds a key that others hold, and 12 for each such key.
    """
    sizes, groups = np.zeros(len(rank), np.int32), _Groups()
    for part in _parts(rows, resources):
        groups.add(part, sizes, limits)
    frequent = groups.frequent()
    stars, left_out = _stars_of(groups, sizes, rank, limits)
    starred = sum(map(len, groups.large_counts)) - left_out
    codes, shared = _met(*groups.with_edges(stars), (sizes, limits), resources.memory)
    return Proposals(pairs_of(codes), shared.astype(np.int64), *frequent, left_out, starred)


def _parts(rows: Rows, resources: Resources) -> Iterator[Rows]:
    """The rows, by the low bits of their keys if they are many: winnowed keys are minima, with uneven high bits."""
    count = 1 << max(0, (len(rows) * ROW // resources.memory).bit_length())
    if count == 1:
        yield rows
        return
    limit = resources.memory // (8 * count)
    stages = [(DiskStage(limit, resources.folder), DiskStage(limit, resources.folder)) for _ in range(count)]
    try:
        for keys, owners in rows.portions():
            low = keys & np.uint64(count - 1)
            for part, (of_keys, of_owners) in enumerate(stages):
                mine = low == part
                of_keys.append(keys[mine])
                of_owners.append(owners[mine].astype(np.uint32))
        for of_keys, of_owners in stages:
            yield HeldRows(of_keys.read(0, len(of_keys)), of_owners.read(0, len(of_owners)).view(np.int32))
            of_keys.close()
            of_owners.close()
    finally:
        for of_keys, of_owners in stages:
            of_keys.close()
            of_owners.close()


# --- groups of one key ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Groups:
    """The holders of keys with more than one, part by part: documents group after group, and their counts."""

    members: list[I32] = field(default_factory=list)
    counts: list[I32] = field(default_factory=list)
    large: list[I32] = field(default_factory=list)
    """The same of groups above the cap."""
    large_counts: list[I32] = field(default_factory=list)
    keys: list[U64] = field(default_factory=list)
    """Keys with many holders ..."""
    held: list[I32] = field(default_factory=list)
    """... how many ..."""
    holders: list[I32] = field(default_factory=list)
    """... and these."""

    def add(self, rows: Rows, sizes: I32, limits: Limits) -> None:
        """Put the groups of a part of the keys at the end, and count each document's keys in `sizes`."""
        most = min(limits.cap, limits.ceiling, limits.frequent)
        members, counts, large, large_counts, keys = kernels.groups(list(rows.portions()), sizes, most)
        many = large_counts > limits.frequent
        self.keys.append(keys[many])
        self.held.append(large_counts[many])
        self.holders.append(large[np.repeat(many, large_counts)])
        is_small = large_counts <= min(limits.cap, limits.ceiling)
        small = np.repeat(is_small, large_counts)
        self.members += [members, large[small]]
        self.counts += [counts, large_counts[is_small]]
        self.large.append(large[~small])
        self.large_counts.append(large_counts[~is_small])

    def with_edges(self, stars: U64) -> tuple[I32, I64]:
        """The members of small groups and, as groups of two, the documents of edges; and where each group begins."""
        ends = np.empty((len(stars), 2), np.int32)
        ends[:, 0], ends[:, 1] = stars >> np.uint64(32), stars & LOW
        counts = np.concatenate([*self.counts, np.full(len(stars), 2, np.int32)])
        return np.concatenate([*self.members, ends.ravel()]), offsets_of(counts)

    def frequent(self) -> tuple[U64, I64]:
        """The rows of keys with many holders, ascending."""
        keys, counts, holders = (np.concatenate(column) for column in (self.keys, self.held, self.holders))
        order = np.argsort(keys)
        starts = offsets_of(counts)[order]
        rows = np.repeat(starts, counts[order]) + within(counts[order])
        return np.repeat(keys[order], counts[order]), holders[rows].astype(np.int64)


# --- stars ---------------------------------------------------------------------------------------------------------


def _stars_of(groups: _Groups, sizes: I32, rank: I64, limits: Limits) -> tuple[U64, int]:
    """The star edges of large groups, and how many of these propose less than all of their documents."""
    counts, owners = np.concatenate(groups.large_counts), np.concatenate(groups.large)
    number = np.repeat(np.arange(len(counts)), counts)
    above = (counts > limits.ceiling)[number]
    share = np.bincount(owners[above], minlength=len(sizes)) / np.maximum(sizes, 1)
    chosen = ~above | (share[owners] >= limits.whole_share)
    left_out = len(np.unique(number[~chosen]))
    return _stars(number[chosen], owners[chosen], rank), left_out


def _stars(number: I64, owners: I32, rank: I64) -> U64:
    """For each group: its first document (by rank) with every other, and each with the one before."""
    codes = np.sort(number << 32 | rank[owners])
    number, owners = codes >> 32, np.argsort(rank)[codes & int(LOW)]
    start = changes(number)
    centre = owners[leaders(start)]
    later = ~start[1:] & ~start[:-1]  # the second member's edge to the one before it is its edge to the centre
    return np.concatenate([code_of(centre[~start], owners[~start]), code_of(owners[:-1][later], owners[1:][later])])


# --- pairs ---------------------------------------------------------------------------------------------------------


def _met(members: I32, bounds: I64, asked: tuple[I32, Limits], memory: int) -> tuple[U64, I32]:
    """The pairs that meet in enough groups, ascending, and in how many."""
    sizes, limits = asked
    counter, later = np.zeros(len(sizes), np.int32), kernels.later(members, bounds, len(sizes))
    parts = [(np.empty(0, np.uint64), np.empty(0, np.int32))]
    for begin, end in pairwise(_ranges(later, memory // (8 * HELD))):
        holdings, most = kernels.holdings(members, bounds, later[begin : end + 1], begin)
        room = max(PORTION, most)
        out, document = (np.empty(room, np.uint64), np.empty(room, np.int32)), begin
        while document < end:
            count, document = kernels.meetings(members, holdings, (begin, document), counter, out)
            codes, shared = out[0][:count], out[1][:count]
            enough = limits.asked(shared, (sizes[codes >> np.uint64(32)], sizes[codes & LOW]))
            parts.append((codes[enough], shared[enough]))
    codes, shared = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(codes)
    return codes[order], shared[order]


def _ranges(later: I64, most: int) -> list[int]:
    """Where to part documents so that those of a part have about `most` places in groups, from the first to the end."""
    ends = np.searchsorted(later, np.arange(most, int(later[-1]), most)).tolist()
    return sorted({0, *ends, len(later) - 1})


def code_of(a: NDArray[np.integer], b: NDArray[np.integer]) -> U64:
    """Pairs as one number each, the smaller first."""
    codes = np.minimum(a, b).astype(np.uint64)
    codes <<= np.uint64(32)
    codes |= _unsigned(np.maximum(a, b))
    return np.asarray(codes, np.uint64)


def pairs_of(codes: U64) -> I64:
    """The two documents of each number: int64[m, 2]."""
    return np.stack([codes >> np.uint64(32), codes & LOW], axis=1).astype(np.int64)


def _unsigned(numbers: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    """The same bits: document numbers are never negative."""
    return numbers.view(np.uint32 if numbers.itemsize == 4 else np.uint64)  # noqa: PLR2004
