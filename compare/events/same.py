"""Whether two texts report one event: a learned sum of what they have in common, and the facts that show it.

The factors are those of a logistic regression, trained by `bench/train_events.py` and shipped in `data/events.json`;
docs/method.md has the data and the figures. Dates of publication count only where both are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING

import msgspec

from compare.events.facts import facts_in_common, of_the_event
from compare.events.features import features, shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.align.prepare import Text
    from compare.events.weighed import Weighed
    from compare.model import SharedFact

ENOUGH, ENOUGH_ALONE = 4.5, 25.0  # rarity of the facts in common, together: in a folder, and of two texts alone
FEWEST_ALONE = 3  # facts in common of two texts alone; in a folder that is believed one strong one will do
NEAR, A_DAY, FARTHEST = 2, 0.6, 60  # days apart that mean nothing; what each further one takes off; and up to which
STATED = 2.0  # what a fact that two sentences of two texts alone state adds
BELIEVED = 0.85  # of a folder that is as good as any: 570 texts
SUPPORT = 3.5  # what all of the others of the event add, and none of them takes off, in a large folder
_ISO_DATE = 10  # characters


@dataclass(frozen=True, slots=True)
class SameEvent:
    """How likely it is that two texts report one event, and what shows it."""

    likelihood: float
    """In [0, 1]; 0 without enough facts in common."""
    facts: tuple[SharedFact, ...] = ()


class Model(msgspec.Struct, frozen=True):
    """What each figure counts, plain and times how far the folder is believed."""

    version: int
    constant: float
    trust: float
    figures: dict[str, tuple[float, float]]


@cache
def _model() -> Model:
    raw = files("compare.data").joinpath("events.json").read_bytes()
    return msgspec.json.decode(raw, type=Model)


@dataclass(frozen=True, slots=True)
class Outline:
    """What must be known of a text to say how likely it is that another one reports its event."""

    weighed: Weighed
    published: str = ""
    """An ISO 8601 date, or empty."""
    source: str = ""
    """Who published it, or empty."""


@dataclass(frozen=True, slots=True)
class Side:
    """A text made ready to be held against any number of others."""

    text: Text
    weighed: Weighed
    source: str = ""
    """Who published it, or empty."""

    @property
    def outline(self) -> Outline:
        """The same without the text."""
        return Outline(self.weighed, self.text.published, self.source)


@dataclass(frozen=True, slots=True)
class Seen:
    """What else is known of a pair."""

    one_house: bool = False
    """Whether both have furniture of one source."""
    stated: bool = False
    """Whether two of their sentences state one fact."""
    support: float = 0.0
    """Whether what reports the event of the one reports that of the other too: see `support.supports`."""


NOTHING = Seen()


def same_event(a: Side, b: Side, limit: float, seen: Seen = NOTHING) -> SameEvent:
    """How likely it is that both report one event; the facts only from a limit on."""
    likelihood = likelihood_of(a.outline, b.outline, seen)
    if likelihood < limit:
        return SameEvent(likelihood)
    facts = facts_in_common((a, b), shared(a.weighed.profile, b.weighed.profile))
    doubt = max(0.0, 1 - a.weighed.trust / BELIEVED)
    least = ENOUGH + (ENOUGH_ALONE - ENOUGH) * doubt
    enough = len(facts) >= round(FEWEST_ALONE * doubt) and sum(fact.rarity for fact in facts) >= least
    return SameEvent(likelihood, of_the_event(facts, (a, b))) if enough else SameEvent(0.0)


def likelihood_of(a: Outline, b: Outline, seen: Seen = NOTHING) -> float:
    """How likely it is that both report one event, in [0, 1], whatever facts show it."""
    one_source = seen.one_house or (a.source == b.source != "")
    named = features(a.weighed, b.weighed, one_source=one_source)
    return likely(named, a.weighed.trust, seen, days_apart(a.published, b.published))


def likely(named: Mapping[str, float], trust: float, seen: Seen = NOTHING, apart: int | None = None) -> float:
    """The likelihood of one event by the figures of a pair, and by how many days the two are apart if that is known.

    That two sentences state one fact counts where no folder tells whether the fact is the topic's.
    """
    model = _model()
    total = model.constant + model.trust * trust
    total += sum(named[name] * (plain + trusted * trust) for name, (plain, trusted) in model.figures.items())
    total -= A_DAY * max(0, min(FARTHEST, apart or 0) - NEAR)
    total += STATED * (1 - trust) * seen.stated + SUPPORT * trust * seen.support
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


def supported(likelihood: float, trust: float, support: float) -> float:
    """A likelihood with what the neighbours of both texts say."""
    odds = likelihood / max(1e-12, 1 - likelihood) * exp(SUPPORT * trust * support)
    return odds / (1 + odds)


def days_apart(a: str, b: str) -> int | None:
    """Days between two ISO 8601 dates, or none where one of them is no such date.

    >>> days_apart("2024-03-01", "2024-02-27T10:00Z"), days_apart("2024-03-01", "")
    (3, None)
    """
    try:
        return abs((date.fromisoformat(a[:_ISO_DATE]) - date.fromisoformat(b[:_ISO_DATE])).days)
    except ValueError:
        return None
