"""Flat columns with offsets, in NumPy: what the compiled kernels leave to Python because it is rare or vectorised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Counts = NDArray[np.int64] | NDArray[np.int32]

PORTION = 1 << 20
"""Rows that a step with several temporary columns takes at a time: they stay in the processor's cache."""
_SIEVE = np.uint64((1 << 18) - 1)
"""The low bits of a hash, which are well spread."""


def offsets_of(counts: Counts) -> I64:
    """Offsets of a flat column from the number of values of each row: int64[n + 1].

    >>> offsets_of(np.array([2, 0, 1])).tolist()
    [0, 2, 2, 3]
    """
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])


def owners_of(offsets: I64) -> I64:
    """The row of each value of a flat column.

    >>> owners_of(np.array([0, 2, 2, 3])).tolist()
    [0, 0, 2]
    """
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def changes(*columns: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Which rows of sorted columns differ from the row before; the first one does.

    >>> changes(np.array([1, 1, 2]), np.array([5, 6, 6])).tolist()
    [True, True, True]
    """
    result = np.ones(len(columns[0]), bool)
    if len(result):
        result[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return result


def leaders(start: NDArray[np.bool_]) -> I64:
    """The place of the row that begins each row's group, from the flags of such rows.

    >>> leaders(np.array([True, False, True, False])).tolist()
    [0, 0, 2, 2]
    """
    return np.asarray(np.maximum.accumulate(np.where(start, np.arange(len(start)), 0)), np.int64)


def unsplit(mask: NDArray[np.bool_]) -> I64:
    """The order that brings rows back which were split by a mask, those that have it first.

    >>> unsplit(np.array([False, True, False])).tolist()
    [1, 0, 2]
    """
    return np.argsort(np.concatenate([np.flatnonzero(mask), np.flatnonzero(~mask)]))


def components(pairs: Iterable[Iterable[int]], count: int) -> list[int]:
    """The smallest number in each number's connected component. Near linear, in plain Python: for few pairs.

    >>> components([(3, 4), (1, 3)], 6)
    [0, 1, 2, 1, 1, 5]
    """
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return [root(number) for number in range(count)]


def within(counts: Counts) -> I64:
    """The number of each value within its row, from 0, given how many values each row has.

    >>> within(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.arange(int(counts.sum())) - np.repeat(offsets_of(counts)[:-1], counts)


def among(values: NDArray[np.integer], wanted: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which values stand in `wanted`, which is ascending. O(n log m).

    >>> among(np.array([5, 6], np.uint64), np.array([1, 6], np.uint64)).tolist()
    [False, True]
    """
    if len(wanted) == 0:
        return np.zeros(len(values), bool)
    place = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
    return np.asarray(wanted[place] == values)


def places_among(values: U64, wanted: U64) -> I64:
    """The places of hashes that stand in `wanted` (ascending), a portion at a time.

    For long columns of which few do: a sieve lets few through to the search.

    >>> places_among(np.array([5, 6, 4], np.uint64), np.array([4, 6], np.uint64)).tolist()
    [1, 2]
    """
    sieve = np.zeros(int(_SIEVE) + 1, bool)
    sieve[wanted & _SIEVE] = True
    parts = [np.empty(0, np.int64)]
    for start in range(0, len(values), PORTION):
        portion = values[start : start + PORTION]
        places = np.flatnonzero(sieve[portion & _SIEVE])
        parts.append(places[among(portion[places], wanted)] + start)
    return np.concatenate(parts)


def repetitive_pair(left: U64, right: U64, common: U64) -> tuple[int, int, int, int]:
    """Shared, own shared, longest and longest own run of two texts that repeat themselves: O(n log² n)."""
    both = np.intersect1d(left, right)
    own = np.setdiff1d(both, common, assume_unique=True)
    longest = longest_common_run(left, right, common[:0])
    return len(both), len(own), longest, longest_common_run(left, right, common) if len(common) else longest


def longest_common_run(left: U64, right: U64, without: U64) -> int:
    """The longest run of values in both texts, none of them in `without`, by bisection over its length.

    >>> columns = [np.array(values, np.uint64) for values in ([1, 2, 3, 4], [9, 2, 3, 4], [4])]
    >>> longest_common_run(*columns)
    2
    """
    clear = [~np.isin(part, without) for part in (left, right)]
    low, high = 0, min(len(left), len(right))
    while low < high:
        length = (low + high + 1) // 2
        of_left, of_right = (
            run_hashes(part, length)[all_set(flags, length)] for part, flags in zip((left, right), clear, strict=True)
        )
        low, high = (length, high) if _meet(of_left, of_right) else (low, length - 1)
    return low


def _meet(left: U64, right: U64) -> bool:
    """Whether a value stands in both. Sorting numbers is several times as fast as NumPy's own set operations."""
    return bool(among(np.sort(left), np.sort(right)).any())


def run_hashes(values: U64, length: int) -> U64:
    """A hash of every run of `length` values: uint64[n − length + 1], by doubling. O(n log length)."""
    power, width, covered = values, 1, 0
    result = np.zeros(len(values) - length + 1, np.uint64)
    while covered < length:
        if length & width:
            # an odd multiplier loses no bit; without one, runs with their halves exchanged would be equal
            result = scrambled(result * np.uint64(0x9E3779B97F4A7C15) + power[covered : covered + len(result)])
            covered += width
        if covered < length:
            power = scrambled(power[:-width] * np.uint64(0x9E3779B97F4A7C15) + power[width:])
            width *= 2
    return result


def scrambled(values: U64) -> U64:
    """Spread each value's bits: the first half of MurmurHash3's 64-bit finaliser."""
    return (values ^ values >> np.uint64(33)) * np.uint64(0xFF51AFD7ED558CCD)


def all_set(flags: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Which runs of `length` flags are all set.

    >>> all_set(np.array([True, True, False, True]), 2).tolist()
    [True, False, False]
    """
    total = offsets_of(flags.astype(np.int64))
    return np.asarray(total[length:] - total[:-length] == length)
