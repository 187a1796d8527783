"""Which documents are duplicates of each other, and which one stays.

A document is dropped only if it was verified against the one that stays and nearly all of it is there; a chain
A ~ B ~ C drags in no unlike C, and a container never falls to its part.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import among, changes, offsets_of, unsplit, within
from compare.pipeline.relations.edges import components
from compare.pipeline.score import falls_to, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Verdict
    from compare.pipeline.pairs import Counter, Scored
    from compare.pipeline.policy import Preference
    from compare.pipeline.score import Overlaps

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fallen:
    """Representatives that fall to another: columns, one row a dropped representative."""

    dropped: I64
    keeper: I64
    ranks: NDArray[np.int8]
    """The verdict of the two."""
    shares: NDArray[np.float64]
    """Own containment of the dropped one in the one that stays."""

    def rows(self, chosen: Flags | I64) -> Fallen:
        """Some of them."""
        return Fallen(*(getattr(self, item.name)[chosen] for item in fields(self)))


def choose(measured: Known, place: Preference, drop: frozenset[Verdict]) -> Fallen:
    """Who falls to whom by the known pairs whose verdict is in `drop`.

    `place` orders documents by preference. In every component the document that stays is chosen by it among
    those that are not part of another; its neighbours are measured against it, and those of each one that falls; who
    passes falls; the rest repeats. Every edge is walked at most twice: linear, but for what each round looks at.
    """
    scored, counter = measured.scored, measured.counter
    wanted = np.isin(scored.ranks, [verdict.rank for verdict in drop])
    pairs = scored.pairs[wanted]
    if len(pairs) == 0:
        return joined([])
    falls = falls_to(scored.overlaps, counter.settings)[wanted]
    documents, back = np.unique(pairs, return_inverse=True)
    network = _Network.of(back.reshape(-1, 2), falls & ~falls[:, ::-1])
    labels = components(pairs, len(counter.collection))[documents]
    order = np.lexsort((place[documents], labels))
    rows: list[Fallen] = []
    while len(order):
        heads = order[network.free[order]]
        heads = heads[changes(labels[heads])]
        heads = heads if len(heads) else order[:1]  # parts in a ring, which no rule makes
        rows += _falling(network, documents, heads, measured, drop)
        order = order[network.joined[order]]
    return joined(rows)


def _falling(
    network: _Network, documents: I64, heads: I64, measured: Known, drop: frozenset[Verdict]
) -> Iterator[Fallen]:
    """What falls to one document of each component, in waves: its neighbours, then those of each one that falls."""
    network.leave(heads)
    keepers, tried = heads, np.zeros(len(documents), bool)
    leavers = heads
    while True:
        keepers, members = network.around(leavers, keepers, tried)
        if len(members) == 0:
            return
        tried[members] = True
        fallen, passes = verified(documents[members], documents[keepers], measured, drop)
        yield fallen
        keepers, leavers = keepers[passes], members[passes]
        network.leave(leavers)


@dataclass(slots=True)
class _Network:
    """Documents, numbered from 0, joined by pairs of duplicates; they leave one by one."""

    bounds: I64
    """Where each one's neighbours begin: int64[m + 1] ..."""
    neighbours: I64
    """... and these, ascending."""
    holds: Flags
    """Which of these are part of it."""
    present: Flags
    degree: I64
    """Neighbours that are present."""
    holders: I64
    """Those of them that it is part of."""

    @classmethod
    def of(cls, pairs: I64, parts: Flags) -> _Network:
        """From pairs and which side of each, if one, is only part of the other: bool[m, 2]."""
        both = np.concatenate([pairs, pairs[:, ::-1]])
        holds = np.concatenate([parts[:, 1], parts[:, 0]])
        order = np.lexsort((both[:, 1], both[:, 0]))
        count = int(pairs.max()) + 1
        degree = np.bincount(both[:, 0], minlength=count)
        holders = np.bincount(both[holds, 1], minlength=count)
        return cls(offsets_of(degree), both[order, 1], holds[order], np.ones(count, bool), degree, holders)

    @property
    def joined(self) -> Flags:
        """Which are present and have a neighbour that is."""
        return np.asarray(self.present & (self.degree > 0))

    @property
    def free(self) -> Flags:
        """Which of these are part of no other that is present."""
        return np.asarray(self.joined & (self.holders == 0))

    def leave(self, leavers: I64) -> None:
        """Take some away."""
        self.present[leavers] = False
        rows, _ = self._rows(leavers)
        np.subtract.at(self.degree, self.neighbours[rows], 1)
        np.subtract.at(self.holders, self.neighbours[rows[self.holds[rows]]], 1)

    def around(self, middle: I64, labels: I64, tried: Flags) -> tuple[I64, I64]:
        """Neighbours that are present and were not tried, each once, after the label of the one in the middle."""
        rows, counts = self._rows(middle)
        members, labels = self.neighbours[rows], np.repeat(labels, counts)
        chosen = self.present[members] & ~tried[members]
        members, first = np.unique(members[chosen], return_index=True)
        return labels[chosen][first], members

    def _rows(self, numbers: I64) -> tuple[I64, I64]:
        counts = self.bounds[numbers + 1] - self.bounds[numbers]
        return np.repeat(self.bounds[numbers], counts) + within(counts), counts


class Known:
    """The counts of pairs: those already measured, and on demand those that nothing proposed."""

    def __init__(self, scored: Scored, counter: Counter) -> None:
        self.scored, self.counter = scored, counter
        codes = _codes(scored.pairs)
        self.order = np.argsort(codes)
        self.codes = codes[self.order]

    def overlaps(self, pairs: I64) -> Overlaps:
        """The counts of pairs, with the sides given."""
        codes = _codes(pairs)
        is_known = among(codes, self.codes)
        old = self.order[np.searchsorted(self.codes, codes[is_known])]
        measured = self.scored.overlaps.rows(old).swapped(self.scored.pairs[old, 0] != pairs[is_known, 0])
        new = self.counter.measured(pairs[~is_known], self.scored.common)
        return measured.joined(new).rows(unsplit(is_known))


def _codes(pairs: I64) -> I64:
    # one number a pair, whichever side comes first: document numbers are below 2³¹
    return np.asarray(pairs.min(axis=1, initial=1 << 31) << 32 | pairs.max(axis=1, initial=0))


def verified(members: I64, keepers: I64, measured: Known, drop: frozenset[Verdict]) -> tuple[Fallen, Flags]:
    """Which members may fall to their keeper."""
    pairs = np.stack([members, keepers], axis=1)
    overlaps, settings = measured.overlaps(pairs), measured.counter.settings
    ranks = verdicts(overlaps, np.zeros(len(pairs), bool), settings)
    passes = falls_to(overlaps, settings)[:, 0] & np.isin(ranks, [verdict.rank for verdict in drop])
    statements = measured.counter.statements
    if statements is not None:
        passes[passes] = [not answer.facts for answer in statements.of(pairs[passes])]
    shares = overlaps.own_containment[passes, 0]
    return Fallen(members[passes], keepers[passes], ranks[passes], shares), passes


def joined(rows: Sequence[Fallen]) -> Fallen:
    """All of some parts."""
    empty = np.empty(0, np.int64)
    rows = [Fallen(empty, empty, empty.astype(np.int8), empty.astype(np.float64)), *rows]
    return Fallen(
        np.concatenate([row.dropped for row in rows]),
        np.concatenate([row.keeper for row in rows]),
        np.concatenate([row.ranks for row in rows]),
        np.concatenate([row.shares for row in rows]),
    )
