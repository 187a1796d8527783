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
from compare.kernels.columns import PORTION, among, changes, leaders, offsets_of, places_among
from compare.pipeline.engines.base import Limits, Proposals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Rows

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]

LOW = np.uint64(0xFFFFFFFF)
"""The larger document of a pair that is one number, the smaller in the high 32 bits: 64-bit numbers sort fastest."""
ROW, HELD = 56, 12
"""Bytes of memory that a row of a part takes at the most, and a document's place in a group."""


def proposals(rows: Rows, rank: I64, limits: Limits, memory: int) -> Proposals:
    """Pairs of documents that share enough keys, in about `memory` bytes beside those that are kept to the end."""
    sizes, groups = np.zeros(len(rank), np.int32), _Groups()
    parts = 1 << max(0, (len(rows) * ROW // memory).bit_length())
    for part in range(parts):
        keys, owners = _part(rows, part, parts)
        sizes += np.bincount(owners, minlength=len(rank)).astype(np.int32)
        groups.add(keys, owners, len(rank), limits)
    stars, left_out = _stars_of(groups, sizes, rank, limits)
    ends = np.stack([stars >> np.uint64(32), stars & LOW], axis=1).astype(np.int32)
    bounds = offsets_of(np.concatenate([*groups.counts, np.full(len(stars), 2)]))
    codes, shared = _met(np.concatenate([*groups.members, ends.ravel()]), bounds, (sizes, limits), memory)
    starred = sum(map(len, groups.large_counts)) - left_out
    return Proposals(pairs_of(codes), shared.astype(np.int64), *groups.frequent(), left_out, starred)


def _part(rows: Rows, part: int, parts: int) -> tuple[U64, I32]:
    """The rows whose keys' low bits are those of a part: winnowed keys are minima, whose high bits are not even."""
    if parts > 1:
        portions = [_of_part(*portion, part, parts) for portion in rows.portions()]
        return np.concatenate([keys for keys, _ in portions]), np.concatenate([owners for _, owners in portions])
    keys, owners, filled = np.empty(len(rows), np.uint64), np.empty(len(rows), np.int32), 0
    for some_keys, some_owners in rows.portions():
        stop = filled + len(some_keys)
        keys[filled:stop], owners[filled:stop], filled = some_keys, some_owners, stop
    return keys, owners


def _of_part(keys: U64, owners: I32, part: int, parts: int) -> tuple[U64, I32]:
    mine = keys & np.uint64(parts - 1) == part
    return keys[mine], owners[mine]


# --- groups of one key ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Groups:
    """The holders of keys with more than one, part by part: documents group after group, and their counts."""

    members: list[I32] = field(default_factory=list)
    counts: list[I64] = field(default_factory=list)
    large: list[I32] = field(default_factory=list)
    """The same of groups above the cap."""
    large_counts: list[I64] = field(default_factory=list)
    keys: list[U64] = field(default_factory=list)
    """Keys with many holders, a row for each ..."""
    holders: list[I64] = field(default_factory=list)
    """... and these."""

    def add(self, keys: U64, owners: I32, documents: int, limits: Limits) -> None:
        """Put the groups of a part of the keys at the end."""
        sorted_rows = _SortedRows(keys, owners, documents)
        is_small = sorted_rows.counts <= min(limits.cap, limits.ceiling)
        members, rows = sorted_rows.owners(sorted_rows.codes), np.repeat(is_small, sorted_rows.counts)
        self.members.append(members[rows])
        self.counts.append(sorted_rows.counts[is_small])
        self.large.append(members[~rows])
        self.large_counts.append(sorted_rows.counts[~is_small])
        frequent, holders = sorted_rows.frequent(keys, owners, limits.frequent)
        self.keys.append(frequent)
        self.holders.append(holders)

    def frequent(self) -> tuple[U64, I64]:
        """The rows of keys with many holders, ascending."""
        keys, holders = np.concatenate(self.keys), np.concatenate(self.holders)
        order = np.lexsort((holders, keys)) if len(self.keys) > 1 else slice(None)
        return keys[order], holders[order]


class _SortedRows:
    """Rows of (key, owner), a number each: the key's high bits, then the owner; sorted, without keys of one owner.

    One plain sort of one column is three times faster than sorting an index. Two keys that agree in their high bits
    (of 100,000 documents about one case, of 300,000 four) are told apart before: all but one get bits of their own.
    """

    __slots__ = ("bits", "codes", "counts", "moved", "starts")

    def __init__(self, keys: U64, owners: I32, documents: int) -> None:
        self.bits = np.uint64(max(documents - 1, 1).bit_length())
        self.moved = _ambiguous(keys, self.bits)
        codes = keys >> self.bits
        if len(self.moved):
            places = np.flatnonzero(among(keys, self.moved))
            codes[places] = _unused(codes, len(self.moved))[np.searchsorted(self.moved, keys[places])]
        codes <<= self.bits
        codes |= _unsigned(owners)
        codes.sort()
        same = _same(codes, self.bits)
        repeated = np.zeros(len(codes), bool)
        repeated[1:] |= same
        repeated[:-1] |= same
        self.codes = codes[repeated]
        change = np.flatnonzero(~_same(self.codes, self.bits)) + 1
        self.starts = np.concatenate([np.zeros(min(1, len(self.codes)), np.int64), change])
        self.counts = np.diff(self.starts, append=len(self.codes))

    def owners(self, codes: U64) -> I32:
        """The document of each row."""
        return (codes & (np.uint64(1) << self.bits) - np.uint64(1)).astype(np.int32)

    def frequent(self, keys: U64, owners: I32, least: int) -> tuple[U64, I64]:
        """The rows of keys with more than `least` holders, ascending, from the rows that were sorted."""
        prefixes = self.codes[self.starts[self.counts > least]] >> self.bits
        prefixes = np.union1d(prefixes, self.moved >> self.bits) if len(self.moved) else prefixes
        if len(prefixes) == 0:
            return np.empty(0, np.uint64), np.empty(0, np.int64)
        rows = places_among(keys, prefixes, self.bits)
        keys, holders = keys[rows], owners[rows].astype(np.int64)
        order = np.lexsort((holders, keys))
        keys, holders = keys[order], holders[order]
        counts = np.unique(keys, return_counts=True)[1]
        many = np.repeat(counts > least, counts)
        return keys[many], holders[many]


def _ambiguous(keys: U64, bits: np.uint64) -> U64:
    """Keys that have the high bits of a smaller one, ascending."""
    ordered = np.sort(keys)
    low, high = ordered[:-1], ordered[1:]
    return np.unique(high[_same(ordered, bits) & (low != high)])


def _unused(prefixes: U64, count: int) -> U64:
    """So many numbers that are no prefix, ascending."""
    end, numbers = count, np.empty(0, np.uint64)
    while len(numbers) < count:
        end *= 2
        numbers = np.setdiff1d(np.arange(end, dtype=np.uint64), prefixes[prefixes < end])
    return numbers[:count]


def _same(codes: U64, bits: np.uint64) -> NDArray[np.bool_]:
    """Whether each row's key is the next one's."""
    result = np.empty(max(len(codes) - 1, 0), bool)
    for start in range(0, len(result), PORTION):
        stop = min(start + PORTION, len(result))
        np.equal((codes[start:stop] ^ codes[start + 1 : stop + 1]) >> bits, 0, out=result[start:stop])
    return result


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
    order = np.lexsort((rank[owners], number))
    number, owners = number[order], owners[order]
    start = changes(number)
    centre = owners[leaders(start)]
    later = ~start[1:] & ~start[:-1]  # the second member's edge to the one before it is its edge to the centre
    return np.concatenate([code_of(centre[~start], owners[~start]), code_of(owners[:-1][later], owners[1:][later])])


# --- pairs ---------------------------------------------------------------------------------------------------------


def _met(members: I32, bounds: I64, asked: tuple[I32, Limits], memory: int) -> tuple[U64, I32]:
    """The pairs that meet in enough groups, ascending, and in how many."""
    sizes, limits = asked
    counter = np.zeros(len(sizes), np.int32)
    parts = [(np.empty(0, np.uint64), np.empty(0, np.int32))]
    ranges = np.linspace(0, len(sizes), 2 + 16 * HELD * len(members) // memory, dtype=np.int64).tolist()
    for begin, end in pairwise(ranges):
        holdings = kernels.holdings(members, bounds, begin, end)
        room = max(PORTION, _most(holdings[1], holdings[2]))
        out, document = (np.empty(room, np.uint64), np.empty(room, np.int32)), begin
        while document < end:
            count, document = kernels.meetings(members, holdings, (begin, document), counter, out)
            codes, shared = out[0][:count], out[1][:count]
            enough = limits.asked(shared, (sizes[codes >> np.uint64(32)], sizes[codes & LOW]))
            parts.append((codes[enough], shared[enough]))
    codes, shared = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(codes)
    return codes[order], shared[order]


def _most(later: I32, offsets: I64) -> int:
    """How many documents one of them meets at the most, each counted as often as they meet."""
    total = np.concatenate([np.zeros(1, np.int64), np.cumsum(later, dtype=np.int64)])
    return int(np.diff(total[offsets]).max(initial=0))


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
