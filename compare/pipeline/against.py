"""A corpus held against other documents, which always stay: what of it duplicates them, is part of them, or holds them.

Both are one collection, so that a pair gets the numbers that it has in the deduplication of both together: what is
common is common in all of it. The others come first wherever an order matters, so they are the centres of stars; their
own pairs are neither measured nor told.

Nothing is chosen between the two: a document falls if it was measured against one of the others and passes. What is
near one that fell is measured against the same one of the others, since a star may have hidden the pair. Of what is
left the corpus is deduplicated as it always is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.kernels.columns import among, changes, offsets_of, within
from compare.model import VERDICTS, Verdict
from compare.pipeline.candidates import limits_of
from compare.pipeline.choosing import Fallen, Known, choose, joined, verified
from compare.pipeline.clusters import clusters_of
from compare.pipeline.deduplicate import Deduplicated, gathered, repeated_ids
from compare.pipeline.engines.columns import Stretch
from compare.pipeline.pairs import Counter, Scored, expanded_counts, judged, score
from compare.pipeline.policy import DUPLICATES, joined_of
from compare.pipeline.score import Overlaps, falls_to, verdicts
from compare.pipeline.settle import settle
from compare.pipeline.twins import Twins, expand, twins_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.collection import Collection
    from compare.pipeline.deduplicate import Keeping, Noted, Source
    from compare.pipeline.engines.base import Engine
    from compare.pipeline.engines.columns import Values
    from compare.pipeline.policy import Preference
    from compare.pipeline.stating import Differing, Statements
    from compare.settings import Settings

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

CONTAINS = "contains"
"""What a document is called that holds one of the others, and more."""
_OWN, _FALLING, _OTHERS = np.arange(3, dtype=np.uint64)
"""Labels of documents that are no twins of each other: the corpus's, those of them that fall as copies, the others."""
BESIDE = 100
"""Holders of a frequent fingerprint among the others that each document with it is measured against, if all its
frequent ones are enough: a star shows a document one of them, and all of them stay."""
_MOST = 1 << 24
_MANY = (1 << 31) - 1
_HOLDING = frozenset({Verdict.NEAR_DUPLICATE, Verdict.CONTAINED})
"""What one of the others is of a document that holds it."""


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """The duplicates of a corpus among other documents: columns, a row a pair, by the corpus's id, then the other's."""

    documents: int
    """How many others there are."""
    pairs: I64
    """int64[m, 2]: a document of the corpus, then one of the others; each counted from 0."""
    overlaps: Overlaps
    ranks: NDArray[np.int8]
    contains: Flags
    """Which of the documents hold the other, and more: the verdict is `contained`, and it is the other that is."""
    falls: Flags
    """Whether the document falls for this one."""
    fallen: I64
    """The documents that fall for one of the others, ascending."""
    left_out: int = 0
    """Pairs of copies that a cap left out: each document is in a pair all the same."""
    facts: list[Differing] | None = None
    """What differs in each pair, from the other to the document; None where that was not asked."""

    @property
    def counts(self) -> dict[str, int]:
        """How many others there are, how many documents match one, and how many fall for one."""
        return {
            "documents": self.documents, "matched": len(np.unique(self.pairs[:, 0])), "fell": len(self.fallen)
        }  # fmt: skip

    @property
    def dropped_for(self) -> dict[int, str]:
        """For what each document falls: by its number, the strongest of its verdicts, or `contains`."""
        reasons: dict[int, tuple[int, str]] = {}
        for row in np.flatnonzero(self.falls).tolist():
            rank = int(self.ranks[row])
            label = CONTAINS if self.contains[row] else VERDICTS[rank].value
            number = int(self.pairs[row, 0])
            reasons[number] = min(reasons.get(number, (len(VERDICTS), "")), (rank + bool(self.contains[row]), label))
        return {number: label for number, (_, label) in reasons.items()}


def deduplicate_against(
    sources: tuple[Source, Source], settings: Settings, engine: Engine, keeping: Keeping
) -> Deduplicated:
    """The duplicates of a corpus, the first source, in itself and among others. Texts are let go batch by batch.

    Of the result all is the corpus's alone, but for `against`. Ids of the others may be equal to those of the corpus;
    their order decides which of several is told first, and nothing else.
    """
    collection, noted = gathered(sources, settings, engine, keeping)
    statements, own = noted.statements, len(noted.ids)
    collection, copies = _told_apart(collection, own, keeping)
    counter = Counter(collection, engine, settings, statements if keeping.different_stay else None)
    between = None if statements is None else replace(statements, known={})
    beside = _Beside(
        collection, own, keeping, copies, replace(counter, statements=between if keeping.different_stay else None)
    )
    scored = score(collection, engine, settings, asked=beside.asked)
    inside = beside.inside(scored)
    engine.resources.heard("choose", 0, 0)
    policy = noted.policy(keeping.keep, collection, joined_of(inside, keeping.drop))
    fallen = settle(scored, policy, counter, keeping.drop, beside.choose)
    held, twins = beside.told(scored, fallen, between), beside.left(scored.twins, fallen)
    clusters = clusters_of(fallen.rows(fallen.keeper < own), policy, collection, twins, keeping.drop)
    pairs = expand(inside.pairs, inside.twins, collection.rank, settings.twin_pairs)
    alone = first_of(collection, noted)
    return Deduplicated(
        alone, pairs, *expanded_counts(pairs, inside, counter), clusters,
        repeated_ids(collection, beside.shown(scored), engine, settings),
        {**scored.left_out, "twin_pairs": pairs.left_out + held.left_out},
        None if statements is None else statements.compared(alone, pairs.pairs, clusters),
        noted.order.unique,
        held,
    )  # fmt: skip


def first_of(collection: Collection, noted: Noted) -> Collection:
    """The documents of the first source, ranked among themselves; limits go by what it was a part of."""
    count = len(noted.ids)
    return replace(
        collection,
        ids=noted.ids,
        rank=noted.order.rank,
        bounds=collection.bounds[: count + 1],
        identity=Stretch(collection.identity, 0, 2 * count),
        fingerprint_bounds=collection.fingerprint_bounds[: count + 1],
        sides=collection.sides[:count],
        total=collection.size,
    )


class _Copies(NamedTuple):
    """Which documents have the words of one of the others."""

    whole: Values
    """int64[n]: the first of all documents with the same words, on either side."""
    ranks: NDArray[np.int8]
    """int8[own]: the rank of the verdict of each; that of `distinct` where none has its words."""


def _told_apart(collection: Collection, own: int, keeping: Keeping) -> tuple[Collection, _Copies]:
    """The collection with documents that are twins of none that stays or falls otherwise than they; and the copies."""
    whole = twins_of(collection).first
    copied = np.flatnonzero((whole[:own] >= own) & (collection.lengths[:own] > 0))
    exact = _have_signs(collection, whole, copied, own)
    ranks = np.full(own, Verdict.DISTINCT.rank, np.int8)
    ranks[copied] = np.where(exact, Verdict.IDENTICAL.rank, Verdict.NEAR_DUPLICATE.rank)
    sides = np.full(len(collection), _OTHERS, np.uint64)
    sides[:own] = np.where(np.isin(ranks, [verdict.rank for verdict in keeping.drop]), _FALLING, _OWN)
    return replace(collection, sides=sides), _Copies(whole, ranks)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A collection of which the documents from `own` on are held against the first ones, and stay."""

    collection: Collection
    own: int
    keeping: Keeping
    copies: _Copies
    counter: Counter
    """How pairs of both sides are counted."""

    @property
    def asked(self) -> Flags:
        """Which documents are the corpus's: bool[n]."""
        return np.asarray(np.arange(len(self.collection)) < self.own)

    def with_hidden(self, scored: Scored) -> Scored:
        """The pairs, and those of both sides that only stars hold: each document stands beside all holders at once."""
        held, owners = scored.common.likeness.frequent.rows()
        theirs, ours = owners >= self.own, owners < self.own
        keys, others = held[theirs], owners[theirs]
        order = np.lexsort((self.collection.rank[others], keys))
        keys, others = keys[order], others[order]
        first = np.searchsorted(keys, held[ours])
        counts = np.minimum(np.searchsorted(keys, held[ours], side="right") - first, BESIDE)
        counts = np.minimum(counts, max(1, _MOST // max(1, len(counts))))
        document = np.repeat(owners[ours], counts)
        codes = document << 32 | others[np.repeat(first, counts) + within(counts)]
        codes, shared = np.unique(codes, return_counts=True)
        pairs = np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1)
        smaller = np.diff(self.collection.fingerprint_bounds)[pairs].min(axis=1, initial=_MANY)
        enough = limits_of(self.collection.size, self.counter.settings).enough(shared, smaller)
        more = judged(pairs[enough & ~_among_pairs(pairs, scored.pairs)], scored.twins, scored.common, self.counter)
        return replace(
            scored, pairs=np.concatenate([scored.pairs, more.pairs]), overlaps=scored.overlaps.joined(more.overlaps),
            ranks=np.concatenate([scored.ranks, more.ranks]),
        )  # fmt: skip

    def inside(self, scored: Scored) -> Scored:
        """The pairs of the corpus alone, and its twins."""
        chosen = np.flatnonzero((scored.pairs < self.own).all(axis=1))
        return replace(scored.rows(chosen), twins=self._twins(scored.twins, ~self.asked))

    def shown(self, scored: Scored) -> Scored:
        """The same with what is common in documents of the corpus only."""
        holders = scored.common.holders[scored.common.holders < self.own]
        return replace(self.inside(scored), common=replace(scored.common, holders=holders))

    def left(self, twins: Twins, fallen: Fallen) -> Twins:
        """The twins of the corpus without what falls for one of the others."""
        return self._twins(twins, ~self.asked | self._gone(twins, fallen))

    def _gone(self, twins: Twins, fallen: Fallen) -> Flags:
        """Which documents fall for one of the others: a twin falls with the one that stands for it."""
        gone = np.zeros(len(self.collection), bool)
        gone[fallen.dropped[fallen.keeper >= self.own]] = True
        return np.asarray(gone[twins.first])

    def _twins(self, twins: Twins, alone: Flags) -> Twins:
        return Twins(np.where(alone, np.arange(len(alone), dtype=np.int32), twins.first))

    # --- who falls ---

    def choose(self, scored: Scored, counter: Counter, place: Preference, stays: Flags) -> Fallen:
        """Who falls to whom: first to the others, then in what is left of the corpus. As `choosing.choose`."""
        scored = self.with_hidden(scored)
        across, between = self._across(scored), Known.by(scored, self.counter)
        rows = [self._copies(stays), self._passing(across[stays[across].all(axis=1)], between, place)]
        while len(rows[-1].dropped):
            rows.append(self._passing(self._next(rows, scored, stays), between, place))
        fallen = _once(joined(rows))
        present = stays.copy()
        present[fallen.dropped] = False
        present[self.own :] = False
        rest = scored.rows(np.flatnonzero(present[scored.pairs].all(axis=1)))
        return joined([fallen, choose(rest, counter, place, self.keeping.drop)])

    def _across(self, scored: Scored) -> I64:
        """The pairs of duplicates of both sides, a document of the corpus first."""
        pairs = np.sort(scored.pairs[_is_duplicate(scored.ranks)], axis=1)
        return np.asarray(pairs[(pairs[:, 0] < self.own) & (pairs[:, 1] >= self.own)])

    def _copies(self, stays: Flags) -> Fallen:
        """Documents that fall since one of the others has their words."""
        falling = (self.collection.sides[: self.own] == _FALLING) & stays[: self.own]
        dropped = np.flatnonzero(falling)
        return Fallen(dropped, self.copies.whole[dropped], self.copies.ranks[dropped], np.ones(len(dropped)))

    def _passing(self, pairs: I64, between: Known, place: Preference) -> Fallen:
        """Which pairs' documents fall, each to the strongest, then the first of the others; copies are none of them."""
        pairs = pairs[self.copies.whole[pairs[:, 0]] != self.copies.whole[pairs[:, 1]]]
        fallen, passes = verified(pairs[:, 0], pairs[:, 1], between, self.keeping.drop)
        rows = [fallen]
        if self.keeping.contains:
            left = pairs[~passes]
            left = left[~verified(left[:, 0], left[:, 1], between, DUPLICATES)[1]]  # which is the other's part, too
            part, holds = verified(left[:, 1], left[:, 0], between, _HOLDING)
            rows.append(Fallen(left[holds, 0], left[holds, 1], part.ranks, part.shares))
        return _first_each(joined(rows), place)

    def _next(self, rows: list[Fallen], scored: Scored, stays: Flags) -> I64:
        """What is near the last ones that fell, with those of the others that these fell to."""
        gone = ~stays
        for row in rows:
            gone[row.dropped] = True
        edges = scored.pairs[_is_duplicate(scored.ranks) & (scored.pairs < self.own).all(axis=1)]
        edges = np.concatenate([edges, edges[:, ::-1]])
        edges = edges[among(edges[:, 0], np.sort(rows[-1].dropped)) & ~gone[edges[:, 1]]]
        keeper = np.zeros(len(gone), np.int64)
        keeper[rows[-1].dropped] = rows[-1].keeper
        return np.unique(np.stack([edges[:, 1], keeper[edges[:, 0]]], axis=1), axis=0)

    # --- what is told ---

    def told(self, scored: Scored, fallen: Fallen, statements: Statements | None) -> HeldAgainst:
        """Every pair of duplicates of both sides."""
        scored = self.with_hidden(scored)
        twins, counter = scored.twins, self.counter
        pairs = self._listed(scored, fallen)
        overlaps = Known.by(scored, counter).overlaps(pairs)
        ranks = verdicts(overlaps, np.zeros(len(pairs), bool), counter.settings)
        shown, rows, left_out = _crossed(pairs, twins, counter.settings.twin_pairs)
        order = np.lexsort((self.collection.rank[shown[:, 1]], self.collection.rank[shown[:, 0]]))
        shown, rows = shown[order], rows[order]
        fell = self._ranks_of_fallen(twins.first[shown], fallen)
        overlaps, ranks = overlaps.rows(rows), self._exact(shown, np.where(fell >= 0, fell, ranks[rows]))
        contains = self._contains(overlaps, ranks, fell >= 0)
        facts = None if statements is None else statements.of(shown)
        gone = self._gone(twins, fallen)
        falls = gone[shown[:, 0]] & ((fell >= 0) | self._may_fall(ranks, overlaps, facts))
        fallen_ones, count = np.flatnonzero(gone[: self.own]), len(self.collection) - self.own
        return HeldAgainst(
            count, shown - np.array([0, self.own]), overlaps, ranks, contains, falls, fallen_ones, left_out, facts
        )

    def _listed(self, scored: Scored, fallen: Fallen) -> I64:
        """Pairs of representatives, each once: those scored, those that were measured later, and equal texts."""
        twins = scored.twins
        copied = np.flatnonzero(self.copies.ranks < Verdict.DISTINCT.rank)
        later = fallen.keeper >= self.own
        return np.unique(np.concatenate([
            self._across(scored),
            np.stack([fallen.dropped[later], fallen.keeper[later]], axis=1),
            np.stack([twins.first[copied], self.copies.whole[copied]], axis=1),
        ]), axis=0)  # fmt: skip

    def _exact(self, pairs: I64, ranks: NDArray[np.int8]) -> NDArray[np.int8]:
        """The verdicts, with equal texts told from those in which signs differ."""
        equal = self.collection.are_equal(*pairs.T) & (
            self.collection.lengths[pairs[:, 0]] == self.collection.lengths[pairs[:, 1]]
        )
        return np.where(equal, Verdict.IDENTICAL.rank, ranks).astype(np.int8)

    def _contains(self, overlaps: Overlaps, ranks: NDArray[np.int8], fell: Flags) -> Flags:
        """Whether the document of each pair holds the other and more: more than what is common."""
        longer = (ranks == Verdict.CONTAINED.rank) & (overlaps.tokens[:, 0] > overlaps.tokens[:, 1])
        by_drop = falls_to(overlaps, self.counter.settings)[:, 0] | (fell & (not self.keeping.contains))
        return np.asarray(longer & ~by_drop)

    def _ranks_of_fallen(self, pairs: I64, fallen: Fallen) -> I64:
        """The rank by which a pair's document fell to the other, −1 if it did not: what is common had changed."""
        keeper, ranks = (np.full(len(self.collection), -1, np.int64) for _ in range(2))
        keeper[fallen.dropped], ranks[fallen.dropped] = fallen.keeper, fallen.ranks
        return np.where(keeper[pairs[:, 0]] == pairs[:, 1], ranks[pairs[:, 0]], -1)

    def _may_fall(self, ranks: NDArray[np.int8], overlaps: Overlaps, facts: list[Differing] | None) -> Flags:
        """Whether the document of each pair falls for the other, by the verdicts that are dropped."""
        sides = falls_to(overlaps, self.counter.settings)
        passes = sides[:, 0] & np.isin(ranks, [verdict.rank for verdict in self.keeping.drop])
        if self.keeping.contains:
            passes |= ~sides[:, 0] & sides[:, 1] & np.isin(ranks, [verdict.rank for verdict in _HOLDING])
        if self.keeping.different_stay and facts is not None:
            passes &= np.array([not answer.facts for answer in facts], bool)
        return np.asarray(passes)


def _among_pairs(pairs: I64, known: I64) -> Flags:
    """Which pairs, the smaller number first, are known in any order."""
    low, high = np.sort(known, axis=1).T
    return among(pairs[:, 0] << 32 | pairs[:, 1], np.sort(low << 32 | high))


def _have_signs(collection: Collection, whole: Values, copied: I64, own: int) -> Flags:
    """Which of some documents have not only the words of one of the others, but its signs too."""
    others = own + np.flatnonzero(among(whole[own:], np.unique(whole[copied])))
    rows = np.concatenate([others, copied])
    signs = collection.identities(rows)[:, 1]
    _, numbers = np.unique(np.stack([whole[rows].astype(np.uint64), signs]), axis=1, return_inverse=True)
    numbers = numbers.ravel()
    return among(numbers[len(others) :], np.unique(numbers[: len(others)]))


def _is_duplicate(ranks: NDArray[np.int8]) -> Flags:
    return np.isin(ranks, [verdict.rank for verdict in DUPLICATES])


def _first_each(fallen: Fallen, place: Preference) -> Fallen:
    """Of each document that falls the row with the strongest verdict, then the first keeper by `place`."""
    order = np.lexsort((place[fallen.keeper], fallen.ranks, fallen.dropped))
    return fallen.rows(order[changes(fallen.dropped[order])])


def _once(fallen: Fallen) -> Fallen:
    """Of each document that falls its first row."""
    _, first = np.unique(fallen.dropped, return_index=True)
    return fallen.rows(first)


def _crossed(pairs: I64, twins: Twins, cap: int) -> tuple[I64, I64, int]:
    """Pairs of documents for pairs of representatives, with the row of each, and how many are left out.

    Past `cap` each document of the corpus stands beside the representative of the others alone.
    """
    order = np.argsort(twins.first, kind="stable")
    bounds = offsets_of(np.bincount(twins.first, minlength=len(twins.first)))
    many = np.diff(bounds)[pairs]
    few = np.where(many.prod(axis=1) > cap, 1, many[:, 1])
    counts = many[:, 0] * few
    rows = np.repeat(np.arange(len(pairs)), counts)
    at = within(counts)
    left = order[bounds[pairs[rows, 0]] + at // few[rows]]
    right = order[bounds[pairs[rows, 1]] + at % few[rows]]
    single = few[rows] < many[rows, 1]
    right = np.where(single, pairs[rows, 1], right)
    return np.stack([left, right], axis=1), rows, int((many.prod(axis=1) - counts).sum())
