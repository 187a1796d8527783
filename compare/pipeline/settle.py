"""Who falls to whom, until nobody would among those that stay: what `dedup` keeps, it would keep again.

What has fallen may have hidden a pair. Two texts were joined only by way of a star's centre; or they shared only what
was boilerplate while all that held it stood. So those that stay are looked at again, where that can be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import among
from compare.pipeline.candidates import (
    Candidates,
    HolderRows,
    Likeness,
    between_groups,
    likeness_of,
    limits_of,
    propose,
    shares_enough,
)
from compare.pipeline.choosing import Fallen, Known, choose, joined, verified
from compare.pipeline.pairs import Counter, Scored, find_common, judged
from compare.pipeline.relations.edges import distinct
from compare.pipeline.relations.limits import HeldRows
from compare.pipeline.relations.meeting import pairs_from_buckets, pairs_from_fingerprints

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from compare.model import Verdict
    from compare.pipeline.cluster import KeepPolicy

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Choosing = Callable[[Scored, Counter, I64, Flags], Fallen]
    """Who falls among those that stay (bool[n]) by scored pairs, as they are counted, and the places of documents."""

RETURNS = 16
"""How often a document may come back before it stays for good: what makes sure that this ends (seen: twice)."""


def settle(
    scored: Scored, policy: KeepPolicy, counter: Counter, drop: frozenset[Verdict], choosing: Choosing | None = None
) -> Fallen:
    """Who falls to whom among the representatives of twins, by verdicts in `drop`; chosen by `choosing.choose`.

    Every document that falls was verified against one that stays; among those that stay nobody would fall.
    """
    place = _group_place(scored.twins.first, policy.place)
    stays = scored.twins.representatives & (counter.collection.lengths > 0)
    state = _Settled(stays, joined([]), np.empty(0, np.int64))
    first = scored
    while True:
        fallen = choosing(scored, counter, place, stays) if choosing else choose(scored, counter, place, drop)
        changed, released = state.take(fallen, Known.by(scored, counter), drop)
        if len(changed) == 0:
            return state.fallen
        again = _Again(first, changed, state.stays, counter)
        scored = again.scored(_beside(first.pairs, released, state.stays))
        first = replace(first, hidden=distinct(first.hidden, scored.hidden))


def _group_place(first: I64, place: I64) -> I64:
    """The best place among each representative's twins; of other documents, their own."""
    best, twins = place.copy(), np.flatnonzero(first != np.arange(len(first)))
    np.minimum.at(best, first[twins], place[twins])
    return best


def _beside(pairs: I64, documents: I64, stays: Flags) -> I64:
    """Some documents, and those that stay and stand in a pair with one of them: ascending."""
    rows = np.isin(pairs, documents).any(axis=1) & stays[pairs].all(axis=1)
    return np.union1d(documents, pairs[rows])


@dataclass(slots=True)
class _Settled:
    """What has fallen so far."""

    stays: Flags
    """bool[n]."""
    fallen: Fallen
    """All of it, by the documents that fell, ascending."""
    returned: I64
    """Who came back, as often: it had fallen to one that fell later, and does not fall to that one's keeper."""

    def take(self, fallen: Fallen, known: Known, drop: frozenset[Verdict]) -> tuple[I64, I64]:
        """Note what fell; what had fallen to it falls to its keeper or not at all. What changed, and who is back."""
        often, counts = np.unique(self.returned, return_counts=True)
        fallen = fallen.rows(~among(fallen.dropped, often[counts >= RETURNS]))
        self._note(fallen)
        orphans = self.fallen.rows(among(self.fallen.keeper, self.fallen.dropped))
        keepers = self.fallen.keeper[np.searchsorted(self.fallen.dropped, orphans.keeper)]
        moved, passes = verified(orphans.dropped, keepers, known, drop)
        self._note(moved)
        released = orphans.dropped[~passes]
        self.fallen = self.fallen.rows(~among(self.fallen.dropped, released))
        self.stays[released] = True
        self.returned = np.concatenate([self.returned, released])
        return np.union1d(fallen.dropped, released), released

    def _note(self, fallen: Fallen) -> None:
        """Put what fell in the place of what is known of the same documents."""
        old = self.fallen.rows(~among(self.fallen.dropped, np.sort(fallen.dropped)))
        both = joined([old, fallen])
        self.fallen = both.rows(np.argsort(both.dropped))
        self.stays[fallen.dropped] = False


@dataclass(frozen=True, slots=True)
class _Again:
    """A second look at documents, as if only those were there that stay."""

    first: Scored
    """All documents' pairs."""
    changed: I64
    """Documents that fell or came back since the last look."""
    stays: Flags
    counter: Counter

    @property
    def before(self) -> Likeness:
        """What all documents hold."""
        return self.first.common.likeness

    def scored(self, asked: I64) -> Scored:
        """The pairs that may be others now, and those among the documents asked for (ascending)."""
        collection, engine, settings = self.counter.collection, self.counter.engine, self.counter.settings
        frequent, buckets = (self._touched(rows) for rows in (self.before.frequent, self.before.buckets))
        documents = np.union1d(asked, self._shown_by(frequent))
        if not len(documents) and not len(frequent.keys) and not len(buckets.keys):
            return self.first.none()
        candidates = propose(collection, documents, engine, settings)
        likeness = self._likeness(candidates)
        across, _ = between_groups(collection, likeness.frequent, likeness.groups, engine, settings)
        shown = self.first.hidden[self.stays[self.first.hidden].all(axis=1)]
        touched = self._by_fingerprint(frequent), self._by_bucket(buckets)
        pairs = distinct(candidates.pairs, across, shown, *touched)
        common = find_common(collection, likeness.around(np.unique(pairs)), settings)
        return judged(pairs, self.first.twins, common, self.counter)

    def _touched(self, rows: HolderRows) -> HolderRows:
        """Of keys that a changed document holds, the rows of those that stay."""
        changed = np.zeros(len(self.stays), bool)
        changed[self.changed] = True
        keys = np.unique(rows.of(changed).keys)
        left = rows.of(self.stays)
        chosen = among(left.keys, keys)
        return HolderRows(left.keys[chosen], left.owners[chosen])

    def _shown_by(self, rows: HolderRows) -> I64:
        """The documents that hold what may be common no more, or what proposed a star and now proposes all pairs.

        There all that two of them share is counted anew: what a star leaves out may be the half that they lacked.
        """
        starred = np.unique(rows.where(self.counter.settings.pair_cap).keys)
        chosen = among(rows.keys, self.before.hot) | ~among(rows.keys, starred)
        return np.unique(rows.owners[chosen])

    def _likeness(self, candidates: Candidates) -> Likeness:
        """Who is alike, and what is hot, among those that stay; with new candidates beside the old ones."""
        alike = self.before.alike[self.stays[self.before.alike].all(axis=1)]
        alike = np.concatenate([alike, candidates.alike])
        candidates = replace(candidates, alike=alike, frequent=self.before.frequent.of(self.stays))
        return likeness_of(self.counter.collection, candidates, self.counter.engine, self.counter.settings)

    def _by_fingerprint(self, rows: HolderRows) -> I64:
        """Pairs that share enough of the touched fingerprints alone: what they share of others proposed them before."""
        collection, settings = self.counter.collection, self.counter.settings
        limits = replace(limits_of(collection.size, settings), min_shared=1, min_share=0.0, whole_share=0.0)
        held = HeldRows(rows.keys, rows.owners.astype(np.int32))
        proposals = pairs_from_fingerprints(self.counter.engine, held, collection.rank, limits)
        return proposals.pairs[shares_enough(collection, proposals, settings)]

    def _by_bucket(self, rows: HolderRows) -> I64:
        collection = self.counter.collection
        limits = limits_of(collection.size, self.counter.settings).without_ceiling()
        held = HeldRows(rows.keys, rows.owners.astype(np.int32))
        return pairs_from_buckets(self.counter.engine, held, collection.rank, limits).pairs
