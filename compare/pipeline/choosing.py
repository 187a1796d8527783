"""Who falls to whom by the pairs of a collection: each component of duplicates apart, so that many may choose at once.

A document is dropped only if it was verified against the one that stays and nearly all of it is there; a chain
A ~ B ~ C drags in no unlike C, and a container never falls to its part.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import among, changes, leaders, offsets_of, unsplit, within
from compare.model import VERDICTS
from compare.pipeline.relations.edges import components
from compare.pipeline.saved import are_numbers, check_fit, values_of
from compare.pipeline.score import falls_to, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Verdict
    from compare.pipeline.engines.base import Out, Part
    from compare.pipeline.pairs import Counter, Scored
    from compare.pipeline.policy import Preference
    from compare.pipeline.score import Overlaps

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

PAIR = 256
"""Bytes that a pair takes while it is chosen by."""
FEW = 65536
"""Pairs of duplicates by which one part chooses, though another could choose beside it: .4 CPU s ..."""
FEW_TEXTS = 256
"""... and where what their texts state is compared: .7 CPU s, which threads of one process cannot do at once."""


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

    def put(self, out: Out) -> None:
        """Put out all of them."""
        for item in fields(self):
            out.append(item.name, getattr(self, item.name))

    @classmethod
    def together(cls, parts: Sequence[Part], documents: int) -> Fallen:
        """Those of all parts of a collection of so many documents. Raises InputError."""
        dropped, keeper = (values_of(parts, name, np.int64) for name in ("dropped", "keeper"))
        ranks, shares = values_of(parts, "ranks", np.int8), values_of(parts, "shares", np.float64)
        check_fit(len(dropped) == len(keeper) == len(ranks) == len(shares))
        check_fit(are_numbers(dropped, documents) and are_numbers(keeper, documents))
        check_fit(len(np.unique(dropped)) == len(dropped) and not np.isin(keeper, dropped).any())
        check_fit(are_numbers(ranks, len(VERDICTS)) and ((shares >= 0) & (shares <= 1)).all())
        return cls(dropped, keeper, ranks, shares)


def joined(rows: Sequence[Fallen]) -> Fallen:
    """All of some parts."""
    empty = np.empty(0, np.int64)
    rows = [Fallen(empty, empty, empty.astype(np.int8), empty.astype(np.float64)), *rows]
    return Fallen(*(np.concatenate([getattr(row, item.name) for row in rows]) for item in fields(Fallen)))


def choose(scored: Scored, counter: Counter, place: Preference, drop: frozenset[Verdict]) -> Fallen:
    """Who falls to whom by the pairs whose verdict is in `drop`; in no order.

    `place` orders documents by preference. In every component the document that stays is chosen by it among
    those that are not part of another; its neighbours are measured against it, and those of each one that falls; who
    passes falls; the rest repeats. Many pairs are dealt to parts, a component to one of them.
    """
    wanted = np.isin(scored.ranks, [verdict.rank for verdict in drop])
    count, resources = int(np.count_nonzero(wanted)), counter.engine.resources
    if not count:
        return joined([])
    places = np.zeros_like(scored.pairs)
    places[wanted] = place[scored.pairs[wanted]]
    asked = _Asked(scored.pairs, places, wanted, scored.overlaps, scored.common.shingles)
    few = FEW_TEXTS if counter.statements else FEW
    parts = -(-count // min(resources.share // PAIR + 1, max(-(-count // resources.beside), few)))
    return _in_parts(asked, counter, drop, parts) if parts > 1 else _chosen(asked, counter, drop)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Pairs of which some are of duplicates, with what is known of each."""

    pairs: I64
    places: I64
    """int64[m, 2]: those of their documents, where they are wanted."""
    wanted: Flags
    """Which may make a document fall."""
    overlaps: Overlaps
    common: U64
    """Shingles that are common, ascending."""

    def rows(self, chosen: I64) -> _Asked:
        """Some of the pairs."""
        overlaps = self.overlaps.rows(chosen)
        return _Asked(self.pairs[chosen], self.places[chosen], self.wanted[chosen], overlaps, self.common)

    def dealt(self, parts: int) -> list[I64]:
        """The rows of at most so many parts: all pairs inside of a component in one, components in their order."""
        documents, numbered = np.unique(self.pairs, return_inverse=True)
        numbered = numbered.reshape(-1, 2)
        labels = components(numbered[self.wanted], len(documents))[numbered]
        rows = np.flatnonzero(labels[:, 0] == labels[:, 1])
        rows = rows[np.argsort(labels[rows, 0], kind="stable")]
        part = leaders(changes(labels[rows, 0])) * parts // len(rows)
        return np.split(rows, np.flatnonzero(changes(part))[1:])


def _in_parts(asked: _Asked, counter: Counter, drop: frozenset[Verdict], parts: int) -> Fallen:
    """The same in so many parts. What they compared the facts of is known from then on."""
    portions, statements = asked.dealt(parts), counter.statements
    bare = replace(counter, collection=counter.collection.unnamed, statements=statements and statements.afresh)

    def verb(part: int, out: Out) -> None:
        own = replace(bare, statements=bare.statements and bare.statements.afresh)
        _chosen(asked.rows(portions[part]), own, drop).put(out)
        if own.statements:
            out.note("stated", own.statements.learned)
        out.tell(len(portions[part]))

    made = counter.engine.each("choose", len(portions), verb)
    if statements:
        for part in made:
            statements.learn(part.facts.get("stated"))
    return Fallen.together(made, len(counter.collection))


def _chosen(asked: _Asked, counter: Counter, drop: frozenset[Verdict]) -> Fallen:
    """The same in this process. Every edge is walked at most twice: linear, but for what each round looks at."""
    known, pairs = Known.of(asked.pairs, asked.overlaps, asked.common, counter), asked.pairs[asked.wanted]
    falls = falls_to(asked.overlaps.rows(np.flatnonzero(asked.wanted)), counter.settings)
    documents, first, back = np.unique(pairs, return_index=True, return_inverse=True)
    back = back.reshape(-1, 2)
    network, labels = _Network.of(back, falls & ~falls[:, ::-1]), components(back, len(documents))
    order = np.lexsort((asked.places[asked.wanted].ravel()[first], labels))
    rows: list[Fallen] = []
    while len(order):
        heads = order[network.free[order]]
        heads = heads[changes(labels[heads])]
        heads = heads if len(heads) else order[:1]  # parts in a ring, which no rule makes
        rows += _falling(network, documents, heads, known, drop)
        order = order[network.joined[order]]
    return joined(rows)


def _falling(network: _Network, documents: I64, heads: I64, known: Known, drop: frozenset[Verdict]) -> Iterator[Fallen]:
    """What falls to one document of each component, in waves: its neighbours, then those of each one that falls."""
    network.leave(heads)
    keepers, tried = heads, np.zeros(len(documents), bool)
    leavers = heads
    while True:
        keepers, members = network.around(leavers, keepers, tried)
        if len(members) == 0:
            return
        tried[members] = True
        fallen, passes = verified(documents[members], documents[keepers], known, drop)
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


@dataclass(frozen=True, slots=True)
class Known:
    """The counts of pairs: those already measured, and on demand those that nothing proposed."""

    pairs: I64
    measured: Overlaps
    common: U64
    """Shingles that are common, ascending."""
    counter: Counter
    codes: I64
    """The pairs as numbers, ascending, ..."""
    order: I64
    """... and the row of each."""

    @classmethod
    def of(cls, pairs: I64, measured: Overlaps, common: U64, counter: Counter) -> Known:
        """From measured pairs, in any order."""
        codes = _codes(pairs)
        order = np.argsort(codes)
        return cls(pairs, measured, common, counter, codes[order], order)

    @classmethod
    def by(cls, scored: Scored, counter: Counter) -> Known:
        """From the pairs of a collection."""
        return cls.of(scored.pairs, scored.overlaps, scored.common.shingles, counter)

    def overlaps(self, pairs: I64) -> Overlaps:
        """The counts of pairs, with the sides given."""
        codes = _codes(pairs)
        is_known = among(codes, self.codes)
        old = self.order[np.searchsorted(self.codes, codes[is_known])]
        measured = self.measured.rows(old).swapped(self.pairs[old, 0] != pairs[is_known, 0])
        new = self.counter.measured(pairs[~is_known], self.common)
        return measured.picked(new, unsplit(is_known))


def _codes(pairs: I64) -> I64:
    # one number a pair, whichever side comes first: document numbers are below 2³¹
    return np.asarray(pairs.min(axis=1, initial=1 << 31) << 32 | pairs.max(axis=1, initial=0))


def verified(members: I64, keepers: I64, known: Known, drop: frozenset[Verdict]) -> tuple[Fallen, Flags]:
    """Which members may fall to their keeper."""
    pairs = np.stack([members, keepers], axis=1)
    overlaps, settings = known.overlaps(pairs), known.counter.settings
    ranks = verdicts(overlaps, np.zeros(len(pairs), bool), settings)
    passes = falls_to(overlaps, settings)[:, 0] & np.isin(ranks, [verdict.rank for verdict in drop])
    statements = known.counter.statements
    if statements is not None:
        passes[passes] = [not answer.facts for answer in statements.of(pairs[passes])]
    shares = overlaps.own_containment[passes, 0]
    return Fallen(members[passes], keepers[passes], ranks[passes], shares), passes
