"""Exact runs: stretches of the same tokens in the same order on both sides, wherever sentences are split."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.kernels.columns import among, changes, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE = 5
MANY = 16  # above this many pairs of places, a shingle's k-th place in a goes with its k-th in b alone: linear
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, odd, as in `kernels/align/grams.py`
_SHIFT = np.uint64(29)  # brings a product's high bits, which depend on all tokens, down among the low ones


class Runs(NamedTuple):
    """Columns int64[n], by a then b: `length` tokens from `a` on equal those from `b` on, and no longer run does."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    length: NDArray[np.int64]


def runs(a: NDArray[np.int64], b: NDArray[np.int64]) -> Runs:
    """All shared runs of five tokens or more, of two columns of token ids. O(n log n).

    >>> found = runs(np.arange(9), np.array([7, 7, 1, 2, 3, 4, 5, 6, 0]))
    >>> [column.tolist() for column in found]
    [[1], [2], [6]]
    """
    at_a, at_b = _places(_shingles(a), _shingles(b))
    shared = run_together(at_a, at_b, SHINGLE)
    by_place = np.lexsort((shared.b, shared.a))
    return Runs(*(column[by_place] for column in shared))


def run_together(at_a: NDArray[np.int64], at_b: NDArray[np.int64], shingle: int) -> Runs:
    """The runs that equal shingles at these pairs of places make up, by their distance, then by place."""
    order = np.lexsort((at_a, at_b - at_a))
    at_a, at_b = at_a[order], at_b[order]
    new = np.ones(len(at_a), dtype=bool)
    new[1:] = (np.diff(at_b - at_a) != 0) | (np.diff(at_a) > shingle)
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(at_a)) - 1 if len(first) else first
    return Runs(at_a[first], at_b[first], at_a[last] - at_a[first] + shingle)


def _shingles(ids: NDArray[np.int64]) -> NDArray[np.uint64]:
    count = max(0, len(ids) - SHINGLE + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashes = (hashes ^ ids[offset : offset + count].astype(np.uint64)) * _MIX
        hashes ^= hashes >> _SHIFT
    return hashes


def _places(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of places with the same shingle. Most of b's stand nowhere in a, and are let go first."""
    order_a = np.argsort(a, kind="stable")
    held = np.flatnonzero(among(b, a[order_a]))
    order_b = held[np.argsort(b[held], kind="stable")]
    shared = b[order_b][changes(b[order_b])]
    from_a, held_a = _holders(a[order_a], shared)
    from_b, held_b = _holders(b[order_b], shared)
    few = held_a * held_b <= MANY
    pairs = np.where(few, held_a * held_b, np.minimum(held_a, held_b))
    step = within(pairs)
    few, width = np.repeat(few, pairs), np.repeat(held_b, pairs)
    nth_a = np.where(few, step // np.maximum(width, 1), step)
    nth_b = np.where(few, step % np.maximum(width, 1), step)
    return order_a[np.repeat(from_a, pairs) + nth_a], order_b[np.repeat(from_b, pairs) + nth_b]


def _holders(ordered: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each wanted value begins in the ordered column, and how often it stands there."""
    begin = np.searchsorted(ordered, wanted)
    return begin, np.searchsorted(ordered, wanted, side="right") - begin


def chain(runs: Runs) -> Runs:
    """The longest chain (in tokens) of runs that cross nowhere, each cut where it overlaps the one before."""
    keep = heaviest_chain(runs.b, runs.length)
    a, b, length = runs.a[keep], runs.b[keep], runs.length[keep]
    reach_a, reach_b = np.maximum.accumulate(a + length), np.maximum.accumulate(b + length)
    cut = np.zeros(len(a), dtype=np.int64)
    cut[1:] = np.maximum(0, np.maximum(reach_a[:-1] - a[1:], reach_b[:-1] - b[1:]))
    left = length - cut
    return Runs((a + cut)[left > 0], (b + cut)[left > 0], left[left > 0])


def heaviest_chain(values: NDArray[np.int64], weights: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indices of a strictly increasing subsequence with the greatest sum of weights. O(n log n).

    Keeps the staircase of (value, best sum that ends at it), both rising (Jacobson & Vo 1992).

    >>> heaviest_chain(np.array([5, 1, 2, 6]), np.array([9, 1, 1, 1])).tolist()
    [0, 3]
    """
    ends: list[int] = []
    sums: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (value, weight) in enumerate(zip(values.tolist(), weights.tolist(), strict=True)):
        place = bisect_left(ends, value)
        total = weight + (sums[place - 1] if place else 0)
        before.append(holders[place - 1] if place else -1)
        beaten = place
        while beaten < len(ends) and sums[beaten] <= total:
            beaten += 1
        if beaten > place or place == len(ends) or ends[place] != value:
            ends[place:beaten], sums[place:beaten], holders[place:beaten] = [value], [total], [index]
    kept, at = [], holders[-1] if holders else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return np.array(kept[::-1], dtype=np.int64)
