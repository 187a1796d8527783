"""Documents with equal folded tokens: collapsed before anything is compared, expanded again in every output."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import PORTION, among, changes, leaders, offsets_of, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from compare.pipeline.collection import Collection
    from compare.pipeline.engines.columns import Values

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Twins:
    """Groups of documents with equal folded tokens."""

    first: Values
    """int32[n]: the document of the group with the smallest id, which stands for it in every comparison."""

    @property
    def representatives(self) -> NDArray[np.bool_]:
        """Which documents stand for themselves."""
        return np.asarray(self.first == np.arange(len(self.first), dtype=np.int32))

    @property
    def later(self) -> I64:
        """Those for which another one stands, ascending."""
        return np.flatnonzero(~self.representatives)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of two or more."""

    firsts: I64
    """The representative of each, ascending ..."""
    bounds: I64
    """... where its documents begin ..."""
    members: I64
    """... and these, in the order of their ids."""

    @classmethod
    def of(cls, twins: Twins, rank: I64) -> Groups:
        """Of documents with such ranks."""
        later = twins.later
        firsts, counts = np.unique(twins.first[later].astype(np.int64), return_counts=True)
        members = np.concatenate([firsts, later])
        return cls(firsts, offsets_of(counts + 1), members[np.lexsort((rank[members], twins.first[members]))])

    def around(self, representatives: I64) -> tuple[I64, I64]:
        """The documents of the group of each one, itself where it has no twin; and how many they are."""
        if not len(self.firsts):
            return representatives, np.ones(len(representatives), np.int64)
        place = np.minimum(np.searchsorted(self.firsts, representatives), len(self.firsts) - 1)
        several = self.firsts[place] == representatives
        counts = np.where(several, np.diff(self.bounds)[place], 1)
        inside = np.where(np.repeat(several, counts), np.repeat(self.bounds[place], counts) + within(counts), 0)
        return np.where(np.repeat(several, counts), self.members[inside], np.repeat(representatives, counts)), counts

    def named(self) -> dict[int, list[int]]:
        """The documents of each, by its representative."""
        parts = np.split(self.members, self.bounds[1:-1])
        return dict(zip(self.firsts.tolist(), (part.tolist() for part in parts), strict=True)) if len(parts[0]) else {}


def twins_of(collection: Collection) -> Twins:
    """Collapse equal folded texts. Texts without tokens stay alone."""
    first, likely = np.arange(len(collection), dtype=np.int32), _likely(collection)
    words, *signs = collection.told_apart(likely)
    lengths = collection.lengths[likely]
    order = np.lexsort([collection.rank[likely], lengths, *signs, words])
    new = changes(*(column[order] for column in (words, lengths, *signs))) | (lengths[order] == 0)
    first[likely[order]] = likely[order][leaders(new)]
    return Twins(first)


def _likely(collection: Collection) -> I64:
    """The documents of whose hash another one has the low half, ascending: no more of all hashes is held at a time."""
    count = len(collection)
    portions = [slice(start, min(start + PORTION, count)) for start in range(0, count, PORTION)]
    halves = np.empty(count, np.uint32)
    for part in portions:
        halves[part] = collection.identity.read(2 * part.start, 2 * part.stop)[::2]
    several = np.sort(halves)
    several = several[1:][several[1:] == several[:-1]]
    found = (part.start + np.flatnonzero(among(halves[part], several)) for part in portions)
    return np.concatenate([np.empty(0, np.int64), *found])


@dataclass(frozen=True, slots=True)
class Expanded:
    """Pairs of documents, twins told apart, in the order of their ids and with the smaller id first."""

    pairs: I64
    rows: I64
    """The row of the representatives' pair that each stands for; −1 for a pair of twins."""
    left_out: int
    """Pairs that the cap on a group's pairs left out."""


def expand(pairs: I64, twins: Twins, rank: I64, cap: int) -> Expanded:
    """Pairs of representatives as pairs of documents, and the pairs inside each group of twins.

    A group of twins, or a pair of two groups, gives all its pairs up to `cap`; past it, the representatives' alone
    (inside a group: each twin with the representative, up to `cap`).
    """
    members = Groups.of(twins, rank).named()
    plain = _plain(pairs, members)
    expanded: list[list[int]] = []
    left_out = 0
    for row, (a, b) in zip(np.flatnonzero(~plain).tolist(), pairs[~plain].tolist(), strict=True):
        both = [[left, right, row] for left in members.get(a, [a]) for right in members.get(b, [b])]
        expanded += both if len(both) <= cap else [[a, b, row]]
        left_out += len(both) - 1 if len(both) > cap else 0
    for group in members.values():
        inside = _inside(group, cap)
        left_out += len(group) * (len(group) - 1) // 2 - len(inside)
        expanded += inside
    rest = np.array(expanded, np.int64).reshape(-1, 3)
    rows = np.concatenate([np.flatnonzero(plain), rest[:, 2]])
    return _in_order(np.concatenate([pairs[plain], rest[:, :2]]), rows, rank, left_out)


def expand_asked(pairs: I64, twins: Twins, rank: I64, cap: int, asked: Flags) -> Expanded:
    """The same, but only pairs with a document that is asked for: bool[n].

    Past `cap` each of these stands in a pair with the representative of the other group, or of its own: none is lost.
    """
    members = Groups.of(twins, rank).named()
    plain = _plain(pairs, members)
    expanded: list[tuple[int, int, int]] = []
    left_out = 0
    wanted = set(np.flatnonzero(asked).tolist())
    for row, count, every, few in _asked_groups(pairs, np.flatnonzero(~plain), members, wanted):
        chosen = [(a, b, row) for a, b in (every if count <= cap else few) if a in wanted or b in wanted]
        left_out += count - len(chosen)
        expanded += chosen
    plain &= asked[pairs].any(axis=1)
    rest = np.array(expanded, np.int64).reshape(-1, 3)
    rows = np.concatenate([np.flatnonzero(plain), rest[:, 2]])
    return _in_order(np.concatenate([pairs[plain], rest[:, :2]]), rows, rank, left_out)


def _asked_groups(
    pairs: I64, rows: I64, members: dict[int, list[int]], wanted: set[int]
) -> Iterator[tuple[int, int, Pairs, Pairs]]:
    """For each of these rows, then each group: its row, its wanted pairs counted, all its pairs, and a few of them."""
    for row, (a, b) in zip(rows.tolist(), pairs[rows].tolist(), strict=True):
        left, right = members.get(a, [a]), members.get(b, [b])
        free = sum(member not in wanted for member in left) * sum(member not in wanted for member in right)
        few = {(member, right[0]) for member in left if member in wanted} | {
            (left[0], member) for member in right if member in wanted
        }
        yield row, len(left) * len(right) - free, product(left, right), sorted(few)
    for group in members.values():
        free = comb(sum(member not in wanted for member in group), 2)
        few = {(group[0], member) for member in group[1:] if member in wanted or member == group[1]}
        yield -1, comb(len(group), 2) - free, combinations(group, 2), sorted(few)


def _plain(pairs: I64, members: dict[int, list[int]]) -> Flags:
    """Which pairs are of two documents without twins: bool[m]."""
    return np.asarray(~np.isin(pairs, np.array(list(members), np.int64)).any(axis=1))


def _inside(group: list[int], cap: int) -> list[list[int]]:
    """Pairs of one group: all of them up to the cap, else its first document with the next ones."""
    if len(group) * (len(group) - 1) // 2 <= cap:
        return [[a, b, -1] for place, a in enumerate(group) for b in group[place + 1 :]]
    return [[group[0], member, -1] for member in group[1 : cap + 1]]


def _in_order(pairs: I64, rows: I64, rank: I64, left_out: int) -> Expanded:
    ranks = rank[pairs]
    pairs = np.where((ranks[:, 0] > ranks[:, 1])[:, None], pairs[:, ::-1], pairs)
    order = np.lexsort((rank[pairs[:, 1]], rank[pairs[:, 0]]))
    return Expanded(pairs[order], rows[order], left_out)
