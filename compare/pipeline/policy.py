"""Which of two documents stays: asked of those that are in a pair or have a twin, and no date of any other is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import among, offsets_of
from compare.model import Verdict
from compare.pipeline.relations.edges import components
from compare.pipeline.saved import some_of, values_at
from compare.pipeline.valued import UNDATED, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.columns import Column
    from compare.pipeline.pairs import Scored
    from compare.pipeline.twins import Groups

    I64 = NDArray[np.int64]
    Integers = NDArray[np.integer]

DUPLICATES = frozenset(verdict for verdict in Verdict if verdict.is_duplicate)
"""Verdicts for which a document may fall."""
POLICIES = ("first", "longest", "newest", "input")
"""The names of policies; any other is that of a field."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Documents that may fall to each other, directly or through others; one that is not here is joined to none."""

    documents: I64
    """Ascending ..."""
    labels: I64
    """... and a number of each: those of one are joined."""


def joined_of(scored: Scored, drop: frozenset[Verdict]) -> Joined:
    """The documents that verdicts in `drop` join, and their twins."""
    pairs = scored.pairs[np.isin(scored.ranks, [verdict.rank for verdict in drop])]
    later = scored.twins.later
    edges = np.concatenate([pairs, np.stack([later, scored.twins.first[later]], axis=1)])
    documents, numbers = np.unique(edges, return_inverse=True)
    return Joined(documents, components(numbers.reshape(-1, 2), len(documents)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a policy may ask of documents."""

    rank: Integers
    bounds: Integers
    """Where the words of each document begin, and end."""
    instants: Column | I64
    """When each was published (`instant`)."""
    values: Sequence[str]
    """The field that `--keep FIELD` names; empty where a document has none."""
    numeric: bool = True
    """Whether all of these are numbers."""
    joined: Joined | None = None
    """Which documents may fall to each other. None: any may."""

    def dates(self, documents: I64, *, is_newest: bool = False) -> I64:
        """When some were published, `UNDATED` where no document of its family says when.

        What has no date takes that of its family that is looked for last: the latest, with `is_newest` the earliest.
        So a date that one of two alone has decides nothing between them, and of several dated ones the right one stays.
        """
        dates, undated = values_at(self.instants, documents), UNDATED
        if self.joined is None:
            return dates
        rows = np.flatnonzero((dates == undated) & among(documents, self.joined.documents))
        if not len(rows):
            return dates
        family = self.joined.labels[np.searchsorted(self.joined.documents, documents[rows])]
        dates[rows] = self._last(is_newest=is_newest)[family]
        return dates

    def _last(self, *, is_newest: bool) -> I64:
        """The date of each family that is looked for last, by its label; `UNDATED` where it has none."""
        joined = self.joined or Joined(np.empty(0, np.int64), np.empty(0, np.int64))
        known = values_at(self.instants, joined.documents)
        dated = known != UNDATED
        last = np.full(len(known), UNDATED if is_newest else -UNDATED, np.int64)
        pick = np.minimum if is_newest else np.maximum
        pick.at(last, joined.labels[dated], known[dated])
        last[last == -UNDATED] = UNDATED
        return last


@dataclass(frozen=True, slots=True)
class KeepPolicy:
    """Which document stays, by name: `first` (the default), `longest`, `newest`, `input`, else a field's largest value.

    `first` keeps the earliest dated, then the longest, then the smallest id; the others fall back on the same. A date
    decides nothing against a document that has none (`Facts.dates`). `input` keeps what was read first: documents are
    numbered in the order read.
    """

    keep: str
    facts: Facts

    def keys(self, documents: I64) -> dict[str, Integers]:
        """What it goes by, the most important first, by why a document stays when it decides: the smaller one stays."""
        facts = self.facts
        first = {"the earliest dated": facts.dates(documents)}
        last = {
            "the longest": facts.bounds[documents] - facts.bounds[documents + 1],
            "the smallest id": facts.rank[documents],
        }
        if self.keep == "longest":
            return {"the longest": last["the longest"], **first, **last}
        if self.keep == "input":
            return {"the first read": documents, **first, **last}
        if self.keep == "newest":
            newest = facts.dates(documents, is_newest=True)
            first = {"the newest dated": np.where(newest == UNDATED, UNDATED, -newest), **first}
        elif self.keep != "first":
            values = _descending(some_of(facts.values, documents), numeric=facts.numeric)
            first = {f"the highest {self.keep}": values, **first}
        return first | last

    def places(self, documents: I64) -> I64:
        """The places of some documents among them in the order of preference."""
        place = np.empty(len(documents), np.int64)
        place[np.lexsort([*self.keys(documents).values()][::-1])] = np.arange(len(place))
        return place

    def whys(self, kept: I64, rivals: I64) -> list[str]:
        """By what each of some documents is preferred to another."""
        keys = self.keys(np.concatenate([kept, rivals]))
        names = list(keys)
        unlike = [key[: len(kept)] != key[len(kept) :] for key in keys.values()]
        return [names[place] for place in np.argmax(unlike, axis=0).tolist()]


@dataclass(frozen=True, slots=True)
class Preference:
    """How much representatives of twins are preferred: each as the best of its twins."""

    policy: KeepPolicy
    groups: Groups

    def __getitem__(self, documents: I64) -> I64:
        """Numbers of some documents, to be held against each other: of two the smaller one stays."""
        if not documents.size:
            return documents
        wanted, back = np.unique(documents, return_inverse=True)
        members, counts = self.groups.around(wanted)
        best = np.minimum.reduceat(self.policy.places(members), offsets_of(counts)[:-1])
        return np.asarray(best[back.reshape(documents.shape)], np.int64)


def _descending(values: Sequence[str], *, numeric: bool) -> I64:
    """Places of values from the largest down, as numbers where all of them are, else as text; empty ones last."""
    if not numeric:
        ordered = sorted(set(values) - {""}, reverse=True)
        place = {value: index for index, value in enumerate(ordered)}
        return np.array([place.get(value, len(place)) for value in values], np.int64)
    numbers = [number_of(value) for value in values]
    distinct = sorted({number for number in numbers if number is not None}, reverse=True)
    places = {number: index for index, number in enumerate(distinct)}
    return np.array([len(places) if number is None else places[number] for number in numbers], np.int64)
