"""What a fact may be: a number, a range, a date, a time of day, a unit, a code. Nouns only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Fact, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word


class Hedge(Enum):
    """How a number is meant."""

    NONE = 0
    ABOUT = 1
    OVER = 2
    UNDER = 3
    OPEN = 4
    """So many or more: "thousands"."""


class Unit(NamedTuple):
    """A unit and its words or sign in the text."""

    dimension: str
    """Two dimensions are parted by a slash where the word may be of either: "mass/money"."""
    key: str
    span: Span

    def is_also(self, dimension: str) -> bool:
        """Whether it may be of a dimension that may be two."""
        return bool(set(self.dimension.split("/")) & set(dimension.split("/")))


class Number(NamedTuple):
    """A figure in all its readings, before its scale ("million") and with it."""

    values: frozenset[Decimal]
    base: frozenset[Decimal]
    scale: Span | None = None
    unit: Unit | None = None
    hedge: Hedge = Hedge.NONE
    step: Decimal = Decimal(1)
    """What one of its last digit is worth: of 2.5 million 100,000."""
    is_ordinal: bool = False
    is_year: bool = False
    """Whether it may be a year: four plain digits."""


class Range(NamedTuple):
    """Figures that belong together: 10 to 15, 2-1, 9/11."""

    parts: tuple[Number, ...]


class Day(NamedTuple):
    """Parts of a date; 0 where a part is not said. `until` is the last year of a season or a decade."""

    weekday: int = 0
    day: int = 0
    month: int = 0
    year: int = 0
    until: int = 0


class Date(NamedTuple):
    """A date in all its readings: 3/5/2024 is one of May or of March."""

    readings: frozenset[Day]


class Clock(NamedTuple):
    """A time of day in all its readings, in minutes, and what its zone may be ahead of UTC; no zone: empty."""

    minutes: frozenset[int]
    zone: frozenset[int] = frozenset()


class Code(NamedTuple):
    """A model or road number, a virus: letters and digits in capitals, without what parts them."""

    letters: str


Value = Number | Range | Date | Clock | Unit | Code


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact: the tokens it needs, its words, and what they mean."""

    what: Fact
    tokens: Span
    span: Span
    value: Value


def moved(fact: Stated, tokens: int, characters: int) -> Stated:
    """The fact so many tokens and characters further on in its text."""
    return Stated(fact.what, _by(fact.tokens, tokens), _by(fact.span, characters), _value_by(fact.value, characters))


def _by(span: Span, places: int) -> Span:
    return Span(span.start + places, span.stop + places)


def _value_by(value: Value, places: int) -> Value:
    """A value with the spans of its scale and unit moved."""
    if isinstance(value, Number):
        return _number_by(value, places)
    if isinstance(value, Range):
        return Range(tuple(_number_by(part, places) for part in value.parts))
    return value._replace(span=_by(value.span, places)) if isinstance(value, Unit) else value


def _number_by(number: Number, places: int) -> Number:
    scale, unit = number.scale, number.unit
    if scale is None and unit is None:
        return number
    return number._replace(scale=scale and _by(scale, places), unit=unit and unit._replace(span=_by(unit.span, places)))


def stated(what: Fact, words: Sequence[Word], taken: Span, value: Value) -> Stated:
    """A fact of a range of words, with all of them as its span."""
    first, last = words[taken.start], words[taken.stop - 1]
    return Stated(what, Span(first.token, last.token + 1), Span(first.start, last.stop), value)
