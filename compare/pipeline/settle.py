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
    Likeness,
    between_groups,
    fingerprint_counts,
    likeness_of,
    limits_of,
    propose,
)
from compare.pipeline.choosing import Fallen, Known, choose, joined, verified
from compare.pipeline.common import find_common
from compare.pipeline.pairs import Counter, Scored, judged
from compare.pipeline.policy import Preference
from compare.pipeline.relations.edges import distinct
from compare.pipeline.relations.held import documents_of
from compare.pipeline.relations.meeting import pairs_of_groups, put_all_groups
from compare.pipeline.saved import are_numbers, as_noted, check_fit, values_of
from compare.pipeline.twins import Groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from compare.model import Verdict
    from compare.pipeline.engines.base import Out, Part
    from compare.pipeline.policy import KeepPolicy
    from compare.pipeline.relations.held import Held, KeyGroups
    from compare.pipeline.relations.limits import Limits

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Choosing = Callable[[Scored, Counter, Preference, Flags], Fallen]
    """Who falls among those that stay (bool[n]) by scored pairs, as they are counted, and the places of documents."""

RETURNS = 16
"""How often a document may come back before it stays for good: what makes sure that this ends (seen: twice)."""


def settle(
    scored: Scored, policy: KeepPolicy, counter: Counter, drop: frozenset[Verdict], choosing: Choosing | None = None
) -> Fallen:
    """Who falls to whom among the representatives of twins, by verdicts in `drop`; chosen by `choosing.choose`.

    Every document that falls was verified against one that stays; among those that stay nobody would fall.
    """
    place = Preference(policy, Groups.of(scored.twins, counter.collection.rank))
    stays = scored.twins.representatives & (counter.collection.lengths > 0)
    state = _Settled(stays, joined([]), np.empty(0, np.int64))
    first = scored
    while True:
        fallen = choosing(scored, counter, place, stays) if choosing else choose(scored, counter, place, drop)
        changed, released = state.take(fallen, scored, counter, drop)
        if len(changed) == 0:
            return state.fallen
        again = _Again(first, changed, state.stays, counter)
        scored = again.scored(_beside(first.pairs, released, state.stays))
        first = replace(first, hidden=distinct(first.hidden, scored.hidden))


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

    def take(self, fallen: Fallen, scored: Scored, counter: Counter, drop: frozenset[Verdict]) -> tuple[I64, I64]:
        """Note what fell; what had fallen to it falls to its keeper or not at all. What changed, and who is back."""
        often, counts = np.unique(self.returned, return_counts=True)
        fallen = fallen.rows(~among(fallen.dropped, often[counts >= RETURNS]))
        self._note(fallen)
        orphans = self.fallen.rows(among(self.fallen.keeper, self.fallen.dropped))
        keepers = self.fallen.keeper[np.searchsorted(self.fallen.dropped, orphans.keeper)]
        known = Known.by(scored if len(keepers) else scored.none(), counter)  # as a rule there is nothing to look up
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
        alike, once = self._limits()
        frequent = self._touched(self.before.frequent, alike, "touched")
        buckets = self._touched(self.before.buckets, once, "touched-buckets")
        documents = np.union1d(asked, _shown_in(frequent, len(collection)))
        if not len(documents) and not any(_rows_in(part) for part in (*frequent, *buckets)):
            return self.first.none()
        candidates = propose(collection, documents, engine, settings)
        likeness = self._likeness(candidates)
        across, _ = between_groups(collection, likeness.frequent, likeness.groups, engine, settings)
        shown = self.first.hidden[self.stays[self.first.hidden].all(axis=1)]
        touched = self._by_fingerprint(frequent, alike), self._by_bucket(buckets, once)
        pairs = distinct(candidates.pairs, across, shown, *touched)
        common = find_common(collection, likeness.around(np.unique(pairs), engine), engine, settings)
        return judged(pairs, self.first.twins, common, self.counter)

    def _limits(self) -> tuple[Limits, Limits]:
        """When a touched fingerprint proposes pairs, and a touched bucket."""
        collection, settings = self.counter.collection, self.counter.settings
        limits = limits_of(collection.size, settings, falling=collection.falling)
        once = replace(limits, min_shared=1, min_share=0.0, falling=False)
        return replace(limits, whole_share=0.0), once.without_ceiling()

    def _touched(self, held: Held, limits: Limits, stage: str) -> list[Part]:
        """Of keys that a changed document holds, the groups of those that stay; and which of these are `shown` by it.

        Shown are those that hold what may be common no more, or what proposed a star and now proposes all pairs. There
        all that two of them share is counted anew: what a star leaves out may be the half that they lacked.
        """
        changed, stays, hot = np.zeros(len(self.stays), bool), self.stays, self.before.hot
        changed[self.changed] = True
        cap = self.counter.settings.pair_cap

        def verb(groups: KeyGroups, out: Out) -> None:
            left = groups.where(groups.with_any(changed)).of(stays)
            put_all_groups(left, limits, out)
            seen = left.where(among(left.keys, hot) | (left.counts <= cap))
            out.append("shown", documents_of(seen, len(stays)))
            out.note("rows", len(left.members))

        return held.each(self.counter.engine, stage, verb)

    def _likeness(self, candidates: Candidates) -> Likeness:
        """Who is alike, and what is hot, among those that stay; with new candidates beside the old ones."""
        alike = self.before.alike[self.stays[self.before.alike].all(axis=1)]
        alike = np.concatenate([alike, candidates.alike])
        candidates = replace(candidates, alike=alike, frequent=self.before.frequent.of(self.stays))
        return likeness_of(self.counter.collection, candidates, self.counter.engine, self.counter.settings)

    def _by_fingerprint(self, parts: list[Part], limits: Limits) -> I64:
        """Pairs that share enough of the touched fingerprints alone: what they share of others proposed them before."""
        collection, engine = self.counter.collection, self.counter.engine
        known = fingerprint_counts(collection), collection.rank
        return pairs_of_groups(engine, parts, known, limits, "fingerprints").pairs

    def _by_bucket(self, parts: list[Part], limits: Limits) -> I64:
        collection = self.counter.collection
        known = np.full(len(collection), collection.bands, np.int32), collection.rank
        return pairs_of_groups(self.counter.engine, parts, known, limits, "buckets").pairs


def _shown_in(parts: list[Part], documents: int) -> I64:
    """The documents that are shown, ascending. Raises InputError if they are none."""
    shown = values_of(parts, "shown", np.int32)
    check_fit(are_numbers(shown, documents))
    return np.unique(shown).astype(np.int64)


def _rows_in(part: Part) -> int:
    with as_noted():
        return int(part.facts["rows"])
