"""By which policy a document stays, and the clusters that come of it: who falls to whom, `choosing.py` finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from compare.model import VERDICTS, Cluster, Member, Verdict
from compare.pipeline.relations.edges import components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.pipeline.choosing import Fallen
    from compare.pipeline.collection import Collection
    from compare.pipeline.pairs import Scored
    from compare.pipeline.twins import Twins

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

DUPLICATES = frozenset(verdict for verdict in Verdict if verdict.is_duplicate)
"""Verdicts for which a document may fall."""


@dataclass(frozen=True, slots=True)
class KeepPolicy:
    """Which document stays: the first by `keys`."""

    keys: tuple[I64, ...]
    """Columns of int64[n], the most important first; the smaller value stays. The last one is the rank of the id."""
    names: tuple[str, ...]
    """Why a document stays when that key decides: "the earliest", "the longest" ..."""

    @property
    def place(self) -> I64:
        """Each document's place in the order of preference: int64[n]."""
        place = np.empty(len(self.keys[-1]), np.int64)
        place[np.lexsort(self.keys[::-1])] = np.arange(len(place))
        return place

    def why(self, kept: int, rival: int) -> str:
        """The name of the first key in which two documents differ."""
        return next(name for key, name in zip(self.keys, self.names, strict=True) if key[kept] != key[rival])


@dataclass(frozen=True, slots=True)
class Facts:
    """What a policy may ask of n documents."""

    rank: I64
    words: I64
    published: Sequence[str]
    """ISO 8601 dates, or dates and times; anything else counts as undated."""
    values: Sequence[str]
    """The field that `--keep FIELD` names; empty where a document has none."""
    joined: I64 | None = None
    """A label of each document: those of one may fall to each other. None: any may."""

    def instants(self, *, is_newest: bool = False) -> I64:
        """When each was published, `UNDATED` where no document of its family says when.

        What has no date takes that of its family that is looked for last: the latest, with `is_newest` the earliest.
        So a date that one of two alone has decides nothing between them, and of several dated ones the right one stays.
        """
        dates = np.fromiter(map(instant, self.published), np.int64, len(self.published))
        undated = dates == UNDATED
        if self.joined is None or not undated.any() or undated.all():
            return dates
        last = np.full(int(self.joined.max()) + 1, UNDATED if is_newest else -UNDATED, np.int64)
        pick = np.minimum if is_newest else np.maximum
        pick.at(last, self.joined[~undated], dates[~undated])
        last[last == -UNDATED] = UNDATED
        return np.where(undated, last[self.joined], dates)


POLICIES = ("first", "longest", "newest", "input")
"""The names of policies; any other is that of a field."""


def policy_of(keep: str, facts: Facts) -> KeepPolicy:
    """The policy of a name: `first` (the default), `longest`, `newest`, `input`, else the field's largest value.

    `first` keeps the earliest dated, then the longest, then the smallest id; the others fall back on the same. A date
    decides nothing against a document that has none (`Facts.instants`). `input` keeps what was read first: documents
    are numbered in the order read.
    """
    earliest, longest = (facts.instants(), "the earliest dated"), (-facts.words, "the longest")
    smallest = (facts.rank, "the smallest id")
    read = (np.arange(len(facts.rank)), "the first read")
    first = {"first": [], "longest": [longest], "newest": [], "input": [read]}.get(keep)
    if keep == "newest":
        newest = facts.instants(is_newest=True)
        first = [(np.where(newest == UNDATED, UNDATED, -newest), "the newest dated")]
    if first is None:
        first = [(_descending(facts.values), f"the highest {keep}")]
    keys = [*first, earliest, longest, smallest]
    return KeepPolicy(tuple(key for key, _ in keys), tuple(name for _, name in keys))


def joined_of(scored: Scored, drop: frozenset[Verdict]) -> I64:
    """A label of each document: those that verdicts in `drop` join, directly or through others, have one."""
    chosen = np.isin(scored.ranks, [verdict.rank for verdict in drop])
    return components(scored.pairs[chosen], len(scored.twins.first))[scored.twins.first]


UNDATED = np.iinfo(np.int64).max


def instant(text: str) -> int:
    """Seconds since 1970 of an ISO 8601 date or date and time (UTC where no zone is said), `UNDATED` for other text.

    >>> instant("1970-01-02"), instant("1970-01-01T01:00+01:00"), instant("Tuesday") == UNDATED
    (86400, 0, True)
    """
    if not text:
        return int(UNDATED)
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return int(UNDATED)
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return (date - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


def _descending(values: Sequence[str]) -> I64:
    """Places of values from the largest down, as numbers where all of them are, else as text; empty ones last."""
    numbers = [_number(value) for value in values]
    if any(value and number is None for value, number in zip(values, numbers, strict=True)):
        ordered = sorted(set(values) - {""}, reverse=True)
        place = {value: index for index, value in enumerate(ordered)}
        return np.array([place.get(value, len(place)) for value in values], np.int64)
    distinct = sorted({number for number in numbers if number is not None}, reverse=True)
    places = {number: index for index, number in enumerate(distinct)}
    return np.array([len(places) if number is None else places[number] for number in numbers], np.int64)


def _number(value: str) -> Decimal | None:
    """A decimal number, or none: Decimal, since 30-digit ids and 0.1 are to stay what they are."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


# --- clusters, with twins expanded ---------------------------------------------------------------------------------


def expanded_clusters(
    fallen: Fallen, policy: KeepPolicy, collection: Collection, twins: Twins, drop: frozenset[Verdict]
) -> tuple[Cluster, ...]:
    """Clusters of documents in the order of the ids of those that stay. A document alone makes none."""
    writer = _Writer(fallen, policy, collection, drop, policy.place)
    groups, below = grouped(twins.first), grouped(fallen.keeper, least=1)
    heads = (set(below) | set(groups)) - set(fallen.dropped.tolist())
    ranked = [writer.cluster(head, groups, below.get(head, [])) for head in heads]
    clusters = [(rank, cluster) for rank, cluster in ranked if len(cluster.members) > 1]
    return tuple(cluster for _, cluster in sorted(clusters, key=itemgetter(0)))


def grouped(labels: I64, least: int = 2) -> dict[int, list[int]]:
    """The places of each label that stands at `least` so often: most documents of a corpus have no twin.

    >>> grouped(np.array([7, 8, 7])), grouped(np.array([7, 8, 7]), least=1)
    ({7: [0, 2]}, {7: [0, 2], 8: [1]})
    """
    often = np.bincount(labels)[labels] >= least if len(labels) else labels
    groups: dict[int, list[int]] = {}
    for place in np.flatnonzero(often).tolist():
        groups.setdefault(int(labels[place]), []).append(place)
    return groups


@dataclass(frozen=True, slots=True)
class _Writer:
    fallen: Fallen
    policy: KeepPolicy
    collection: Collection
    drop: frozenset[Verdict]
    place: I64

    def cluster(self, head: int, groups: dict[int, list[int]], rows: list[int]) -> tuple[int, Cluster]:
        """The cluster of one representative, with the rank of the document that stays: the best of its twins."""
        group = groups.get(head, [head])
        kept = min(group, key=self.place.__getitem__)
        twins = {document: self._twin(document, kept, head) for document in group if document != kept}
        dropped = {document: member for document, member in twins.items() if member is not None}
        for row in rows:
            first = int(self.fallen.dropped[row])
            dropped |= {document: self._member(document, kept, row) for document in groups.get(first, [first])}
        reason = self._why(kept, list(dropped))
        name = self.collection.ids[kept]
        rank = self.collection.rank
        fallen = [dropped[document] for document in sorted(dropped, key=rank.__getitem__)]
        return int(rank[kept]), Cluster(name, reason, (Member(name, name, "", reason), *fallen))

    def _twin(self, document: int, kept: int, head: int) -> Member | None:
        """A twin of the one that stays, unless their verdict is not to be dropped."""
        ids, identity = self.collection.ids, self.collection.identity
        same = bool((identity[document] == identity[kept]).all())
        verdict = Verdict.IDENTICAL if same else Verdict.NEAR_DUPLICATE
        if verdict not in self.drop:
            return None
        reason = f"identical to {ids[kept]}" if same else f"near-duplicate of {ids[kept]}: the same words, other signs"
        return Member(ids[document], ids[kept], ids[head] if document != head else "", reason, verdict)

    def _member(self, document: int, kept: int, row: int) -> Member:
        ids, first = self.collection.ids, int(self.fallen.dropped[row])
        verdict = VERDICTS[int(self.fallen.ranks[row])]
        place = "contained in" if verdict is Verdict.CONTAINED else f"{verdict.value} of"
        share = f"own containment {self.fallen.shares[row]:.2f}"
        twin = ids[first] if document != first else ""
        return Member(ids[document], ids[kept], twin, f"{place} {ids[kept]}: {share}", verdict)

    def _why(self, kept: int, dropped: list[int]) -> str:
        """Why this document stays: what tells it from the next best, or that a better one is part of it."""
        if not dropped:
            return "alone"
        rival = min(dropped, key=self.place.__getitem__)
        return "holds the others" if self.place[rival] < self.place[kept] else self.policy.why(kept, rival)
