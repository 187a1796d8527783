"""A policy from pairs that people marked: which one, how good it is on pairs held back, and what to mark next.

Families of policies are the named ones, and one number against a limit. On pairs held back only what was chosen without
them is judged; pairs that share a document are held back together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.gate.policy import COUNTS, read_policy
from compare.kernels.columns import components

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Pair = tuple[str, str]

LEAST = 10
"""Pairs of either mark: the interval of ten right of ten ends at 72 %."""
PARTS = 5
NAMED = ("near", "passage", "exact")
NUMBERS = ("containment", "own", "longest", "jaccard", "shared", "reused", "words", "kept")
"""In the order in which they are preferred where they are as good: first what words alone decide, which is faster."""
_NEAR_BEST = 0.1
"""How much worse than the best a family may be to have a vote on what is marked next."""
_Z = 1.959964
"""Of 95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of pairs, with the interval of Wilson (1927) that holds the true one in 95 cases of 100."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """In [0, 1]; 0 of none."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends, in [0, 1]: all of it where there is nothing to go by.

        >>> [round(end, 2) for end in Rate(9, 10).interval]
        [0.6, 0.98]
        """
        if not self.of:
            return 0.0, 1.0
        square, share = _Z * _Z / self.of, self.right / self.of
        middle = share + square / 2
        reach = sqrt(square * share * (1 - share) + square * square / 4)
        low, high = (middle - reach) / (1 + square), (middle + reach) / (1 + square)
        return low if self.right else 0.0, high if self.right < self.of else 1.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How often a policy is right when it names a pair, and how many of those marked as reuse it names."""

    precision: Rate
    recall: Rate


@dataclass(frozen=True, slots=True)
class Marked:
    """Pairs that people marked: a row each."""

    pairs: Sequence[Pair]
    reuse: Flags
    values: Mapping[str, NDArray[Any]]
    """What policies may ask of each pair, as columns."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """A policy, and what is known of it."""

    policy: str
    quality: Quality
    """On pairs held back."""
    named: Mapping[str, Quality]
    """Of the policies that go by a name, on all pairs: nothing was chosen for them."""
    reuse: int
    """Pairs marked as reuse ..."""
    pairs: int
    """... of so many."""
    parts: int
    """Parts that were held back in turn."""
    apart: bool
    """Whether no document stands in two parts."""
    next: tuple[Pair, ...]
    """Pairs to mark next, the most uncertain first."""
    asked: float = 0.0
    """The precision that was asked for."""


def tuned(marked: Marked, pool: Marked, precision: float = 0.0) -> Tuned:
    """The policy of the best F1, or with `precision` that which finds most of those that reach it.

    `pool` are pairs that nobody marked. Linear in the pairs, times the limits that are tried.

    Raises:
        InputError: too few pairs of either mark.
    """
    counts = int(marked.reuse.sum()), int((~marked.reuse).sum())
    if min(counts) < LEAST:
        few = f"of the marked pairs {counts[0]} are reuse and {counts[1]} are not"
        raise InputError(f"{few}; at least {LEAST} of each are needed to tune, and fifty are better")
    parts, apart = parts_of(marked)
    chosen = best(marked, np.ones(len(marked.pairs), bool), precision)
    quality = held_back(marked, parts, precision)
    plain = {name: quality_of(_held(name, marked), marked.reuse) for name in NAMED}
    return Tuned(
        chosen[0], quality, plain, counts[0], len(marked.pairs), int(parts.max()) + 1, apart,
        uncertain(marked, pool, precision), precision,
    )  # fmt: skip


def quality_of(named: Flags, reuse: Flags) -> Quality:
    """How good it is to name these pairs."""
    right = int((named & reuse).sum())
    return Quality(Rate(right, int(named.sum())), Rate(right, int(reuse.sum())))


def held_back(marked: Marked, parts: NDArray[np.int64], precision: float) -> Quality:
    """How good the policies are that are chosen on all parts but one, each on that one; all parts together."""
    named = np.zeros(len(parts), bool)
    for part in range(int(parts.max()) + 1):
        (policy,) = best(marked, parts != part, precision)[:1]
        named[parts == part] = _held(policy, marked)[parts == part]
    return quality_of(named, marked.reuse)


# --- which policy --------------------------------------------------------------------------------------------------


def best(marked: Marked, rows: Flags, precision: float) -> list[str]:
    """The best policy of each family on some rows, the best family first; those of the same worth in their order."""
    plain = np.array([_held(name, marked)[rows] for name in NAMED])
    worths = map(tuple, _worths(plain, marked.reuse[rows], precision).tolist())
    ranked = [*zip(worths, NAMED, strict=True), *(_with_limit(number, marked, rows, precision) for number in NUMBERS)]
    return [policy for _, policy in sorted(ranked, key=lambda family: family[0], reverse=True)]


def _with_limit(number: str, marked: Marked, rows: Flags, precision: float) -> tuple[tuple[float, ...], str]:
    """The limit of a number that is worth most, the middle one of those that are as good, and its worth."""
    values = marked.values[number][rows]
    limits = np.unique(values[values > 0]) if number in COUNTS else np.arange(1, 101) / 100
    if not len(limits):
        return (0.0, 0.0), f"{number} >= 1"
    worths = _worths(values >= limits[:, None], marked.reuse[rows], precision)
    most = max(map(tuple, worths.tolist()))
    equal = limits[(worths == most).all(axis=1)]
    return most, written(number, float(equal[(len(equal) - 1) // 2]))


def written(number: str, limit: float) -> str:
    """A number and its limit as a policy.

    >>> written("own", 0.21), written("longest", 40)
    ('own >= 21 %', 'longest >= 40')
    """
    return f"{number} >= {limit:g}" if number in COUNTS else f"{number} >= {limit * 100:g} %"


def _worths(named: Flags, reuse: Flags, precision: float) -> NDArray[np.float64]:
    """What is to be as large as may be, a row for each row of named pairs: the first number, then the second.

    F1; or recall where the precision is reached, and else precision.
    """
    right, count = (named & reuse).sum(axis=1), named.sum(axis=1)
    exact, recall = right / np.maximum(count, 1), right / max(int(reuse.sum()), 1)
    balance = 2 * right / np.maximum(count + reuse.sum(), 1)
    if not precision:
        return np.column_stack([balance, np.zeros(len(named))])
    return np.column_stack([np.where(exact >= precision, 1 + recall, exact), balance])


def _held(policy: str, marked: Marked) -> Flags:
    """Which pairs a policy names."""
    return np.broadcast_to(np.asarray(read_policy(policy).holds(marked.values), bool), len(marked.pairs))


# --- what is held back together ------------------------------------------------------------------------------------


def parts_of(marked: Marked) -> tuple[NDArray[np.int64], bool]:
    """A part for each pair, pairs that share a document in one, and whether that could be.

    Groups go one by one, the largest first, to the part with the fewest marked as reuse, then the fewest pairs. Where
    documents hang together so that fewer than two parts have both marks, pairs are parted alone.
    """
    groups = _groups(marked.pairs)
    parts = _dealt(groups, marked.reuse)
    mixed = [part for part in range(PARTS) if 0 < marked.reuse[parts == part].sum() < (parts == part).sum()]
    if len(mixed) == PARTS:
        return parts, True
    return _dealt(list(range(len(marked.pairs))), marked.reuse), False


def _dealt(groups: Sequence[int], reuse: Flags) -> NDArray[np.int64]:
    sizes, marks = Counter(groups), Counter(group for group, is_reuse in zip(groups, reuse, strict=True) if is_reuse)
    loads = [(0, 0, part) for part in range(PARTS)]
    place: dict[int, int] = {}
    for group in sorted(sizes, key=lambda one: (-marks[one], -sizes[one], one)):
        at = min(range(PARTS), key=lambda part: loads[part] if marks[group] else (loads[part][1], part, 0))
        place[group] = at
        loads[at] = loads[at][0] + marks[group], loads[at][1] + sizes[group], at
    return np.array([place[group] for group in groups], np.int64)


def _groups(pairs: Sequence[Pair]) -> list[int]:
    """A number for each pair, the same where they share a document, directly or through others."""
    numbers = {name: at for at, name in enumerate(dict.fromkeys(chain.from_iterable(pairs)))}
    edges = [(numbers[a], numbers[b]) for a, b in pairs]
    groups = components(edges, len(numbers))
    return [groups[a] for a, _ in edges]


# --- what to mark next ---------------------------------------------------------------------------------------------


def uncertain(marked: Marked, pool: Marked, precision: float) -> tuple[Pair, ...]:
    """Pairs on which the policies that are nearly as good as the best are divided, the most divided first.

    Query by committee (Seung, Opper & Sompolinsky 1992), with a policy of each family. Those on which all agree are
    left out.
    """
    every = np.ones(len(marked.pairs), bool)
    policies = best(marked, every, precision)
    worths = _worths(np.array([_held(policy, marked) for policy in policies]), marked.reuse, 0.0)[:, 0]
    able = [policy for policy, worth in zip(policies, worths, strict=True) if worth >= worths.max() - _NEAR_BEST]
    votes = np.sum([_held(policy, pool) for policy in able], axis=0, dtype=np.int64)
    margin = np.abs(2 * votes - len(able))
    divided = sorted((int(margin[row]), pair) for row, pair in enumerate(pool.pairs) if margin[row] < len(able))
    return tuple(pair for _, pair in divided)
