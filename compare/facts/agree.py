"""Whether two facts say the same, and how two of one thing differ.

Two say the same as far as both say it: a date without a year, a number without a unit. A rounded number says the same
as the exact one where its writer shows that it is rounded: by a hedge ("about 4,200"), by a scale ("2.5 million"), or
by fewer decimals (26 % and 26.4 %). A time agrees in any zone, an amount in any unit.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from compare.facts.measures import measures
from compare.facts.values import Clock, Code, Date, Day, Hedge, Number, Range, Unit
from compare.model import Fact, Span

if TYPE_CHECKING:
    from collections.abc import Hashable

    from compare.facts.values import Stated, Value

Difference = tuple[Fact, Span, Span]
"""What differs, and its words on both sides."""

_CONVERTED, _CONVERTED_ROUNDLY = 0.05, 0.12  # by which a converted amount may be off, and one that is a round figure
_HEDGED, _ROUNDED = Decimal("0.1"), Decimal("0.05")
_FINE = Decimal("0.025")  # by which a figure with fewer decimals may be off
_BEYOND = Decimal("1.5")  # times of "more than": beyond it another figure would have been said
_MANY = 100  # times a thousand that "thousands" may be
_DEGREES, _RISE = 0.6, 0.1
_DAY = 24 * 60
_WHOLE = "whole"
_NAMED_ALWAYS = frozenset({"money", "share"})


def keys(fact: Stated) -> frozenset[Hashable]:
    """What a fact can be found again by where it moved: its readings."""
    value = fact.value
    if isinstance(value, Number):
        return frozenset(value.values)
    if isinstance(value, Range):
        return frozenset({tuple(frozenset(part.values) for part in value.parts)})
    if isinstance(value, Date):
        years = {Decimal(day.year) for day in value.readings if day == Day(year=day.year)}
        return frozenset([*value.readings, *years])
    if isinstance(value, Clock):
        return frozenset((Fact.TIME, minute) for minute in value.minutes)
    return frozenset({value.key if isinstance(value, Unit) else value})


def is_one_value(a: Stated, b: Stated) -> bool:
    """Whether two facts are exactly the same, in whatever notation: 10 percent, 10%; 9 November, Nov. 9."""
    units = [_unit_keys(fact.value) for fact in (a, b)]
    return a.what is b.what and units[0] == units[1] and not keys(a).isdisjoint(keys(b))


def _unit_keys(value: Value) -> tuple[str, ...]:
    """The units of the figures of a value; a row has the last one's where its first say none."""
    parts = value.parts if isinstance(value, Range) else (value,)
    units = [part.unit.key if isinstance(part, Number) and part.unit else "" for part in parts]
    return tuple(unit or units[-1] for unit in units)


def agrees(a: Stated, b: Stated) -> bool:
    """Whether two facts state the same, as far as both state it; a number's unit apart."""
    return _agree(a.value, b.value) or _agree_across(a.value, b.value) or _agree_across(b.value, a.value)


def differences(a: Stated, b: Stated) -> tuple[Difference, ...]:
    """How two facts of one thing differ; empty if they do not, or cannot be about one thing."""
    value_a, value_b = a.value, b.value
    if isinstance(value_a, Number) and isinstance(value_b, Number):
        return _numbers_differ(a, b, value_a, value_b)
    if isinstance(value_a, Unit) and isinstance(value_b, Unit):
        return _units_differ(value_a, value_b)
    if agrees(a, b) and Range in {type(value_a), type(value_b)}:
        pairs = zip(_units_of(value_a, value_b), _units_of(value_b, value_a), strict=True)
        differing = (_units_differ(unit_a, unit_b) for unit_a, unit_b in pairs if unit_a and unit_b)
        return next(filter(None, differing), ())
    if agrees(a, b) or not _is_one_thing(value_a, value_b):
        return ()
    return ((a.what if a.what is b.what else Fact.NUMBER, a.span, b.span),)


def _units_of(value: Value, opposite: Value) -> list[Unit | None]:
    """The unit of each figure of a row if both are rows, else the one for all of them."""
    if isinstance(value, Range):
        units = [part.unit for part in value.parts]
        return units if isinstance(opposite, Range) else units[-1:]
    return [value.unit if isinstance(value, Number) else None]


def _is_one_thing(a: Value, b: Value) -> bool:
    """Whether two facts that disagree can be about one thing."""
    if isinstance(a, Clock) and isinstance(b, Clock):
        return bool(a.zone) == bool(b.zone)
    if isinstance(a, Date) and isinstance(b, Date):
        return any(_both(x, y) for x, y in product(a.readings, b.readings))
    if isinstance(a, Code) and isinstance(b, Code):
        return _shape(a.letters) == _shape(b.letters) or _letters(a) == _letters(b)
    if isinstance(a, Range) and isinstance(b, Range):
        return _is_one_dimension(a.parts[0].unit, b.parts[0].unit)
    if isinstance(a, Number) or isinstance(b, Range):
        a, b = b, a
    if isinstance(a, Range) and isinstance(b, Number):
        return _is_one_dimension(a.parts[0].unit, b.unit) and not b.is_ordinal
    return isinstance(a, Date) and isinstance(b, Number) and _may_be_date(a, b)


def _may_be_date(date: Date, number: Number) -> bool:
    """Whether a number may stand for a date: another year, or a day that became thousands."""
    if _years_alone(date):
        return number.is_year
    return any(Decimal(day.day * 1000) in number.values for day in date.readings if day.day)


# --- the same ------------------------------------------------------------------------------------------------------


def _agree(a: Value, b: Value) -> bool:
    """Whether two facts of one kind state the same."""
    if isinstance(a, Number) and isinstance(b, Number):
        return _numbers_agree(a, b)
    if isinstance(a, Date) and isinstance(b, Date):
        return any(_days_agree(x, y) for x, y in product(a.readings, b.readings))
    if isinstance(a, Clock) and isinstance(b, Clock):
        return _clocks_agree(a, b)
    if isinstance(a, Unit) and isinstance(b, Unit):
        return a.is_also(b.dimension) and _is_one_key(a.key, b.key)
    if isinstance(a, Range) and isinstance(b, Range):
        return len(a.parts) == len(b.parts) and all(map(_numbers_agree, a.parts, b.parts))
    return isinstance(a, Code) and a == b


def _agree_across(a: Value, b: Value) -> bool:
    """Whether a fact of one kind states the same as a number, in other notation or as a part of it."""
    if not isinstance(b, Number):
        return False
    if isinstance(a, Date):
        return any(Decimal(year) in b.values for year in _years_alone(a))
    if isinstance(a, Clock):
        return bool(b.values & _figures_of(a))
    if isinstance(a, Range):
        return _is_in_range(a, b)
    digits = "".join(char if char.isdecimal() else " " for char in a.letters).split() if isinstance(a, Code) else []
    return any(Decimal(figure) in b.values for figure in digits)


def _figures_of(clock: Clock) -> set[Decimal]:
    """How a time may be written as a plain figure: 3, 15, 1500."""
    hours = {minute // 60 for minute in clock.minutes} | {minute // 60 % 12 or 12 for minute in clock.minutes}
    return set(map(Decimal, hours | {minute // 60 * 100 + minute % 60 for minute in clock.minutes}))


def _is_in_range(row: Range, number: Number) -> bool:
    """Whether a number lies between the figures of a row, or a share is that of its two: 2 of 3."""
    ends = [max(part.values) for part in row.parts]
    if number.unit and number.unit.key == _WHOLE and len(ends) == 2 and ends[1]:  # noqa: PLR2004
        return any(abs(ends[0] / ends[1] - value) < number.step for value in number.values)
    return any(min(ends) <= value <= max(ends) for value in number.values)


def _years_alone(date: Date) -> list[int]:
    return [day.year for day in date.readings if day == Day(year=day.year)]


def _days_agree(a: Day, b: Day) -> bool:
    both = _both(a, b)
    return bool(both) and all(x == y for x, y in both) and (a.until == b.until or not (a.until and b.until))


def _both(a: Day, b: Day) -> list[tuple[int, int]]:
    """The parts that both dates state."""
    return [(x, y) for x, y in zip(a[:-1], b[:-1], strict=True) if x and y]


def _clocks_agree(a: Clock, b: Clock) -> bool:
    if a.minutes & b.minutes and (not (a.zone and b.zone) or a.zone & b.zone):
        return True
    return bool(a.zone and b.zone and _in_utc(a) & _in_utc(b))


def _in_utc(clock: Clock) -> set[int]:
    return {(minute - zone) % _DAY for minute, zone in product(clock.minutes, clock.zone)}


# --- numbers -------------------------------------------------------------------------------------------------------


def _numbers_agree(a: Number, b: Number) -> bool:
    if a.values & b.values:
        return not _is_another_amount(a, b)
    if a.unit and b.unit and a.unit.key != b.unit.key and _is_converted(a, b):
        return True
    if a.base & b.base and a.scale is None and b.scale is None and a.values != b.values:
        return False
    return any(_is_rounded(x, y, a, b) for x, y in product(a.values, b.values))


def _is_another_amount(a: Number, b: Number) -> bool:
    """Whether equal figures are of two units that differ in size alone: 25 percent and 25 of a whole."""
    return bool(a.unit and b.unit and _WHOLE in (a.unit.key, b.unit.key) and a.unit.key != b.unit.key)


def _is_converted(a: Number, b: Number) -> bool:
    """Whether two amounts are the same in other units."""
    return any(abs(x - y) <= limit for x, y, limit in _amounts(a, b))


def _amounts(a: Number, b: Number) -> list[tuple[float, float, float]]:
    """Both amounts in the base of their dimension, in all readings, and how much they may be apart."""
    if not (a.unit and b.unit):
        return []
    shared = set(a.unit.dimension.split("/")) & set(b.unit.dimension.split("/"))
    amounts = []
    for dimension in shared:
        scales = product(measures(dimension, a.unit.key), measures(dimension, b.unit.key))
        for (scale_a, scale_b), x, y in product(scales, a.values, b.values):
            base_a, base_b = (float(v) * s.factor + s.shift for v, s in ((x, scale_a), (y, scale_b)))
            grain = 0.0 if x == y else max(float(_grain(x)) * scale_a.factor, float(_grain(y)) * scale_b.factor)
            amounts.append((base_a, base_b, _apart(dimension, max(abs(base_a), abs(base_b)), grain)))
            if dimension == "heat":  # a rise of so many degrees
                amounts.append((float(x) * scale_a.factor, float(y) * scale_b.factor, _RISE))
    return amounts


def _apart(dimension: str, amount: float, grain: float) -> float:
    """How far from an amount the same one may be in other units, if its last digit that is no zero is worth `grain`."""
    if dimension == "heat":
        return _DEGREES
    return max(_CONVERTED * amount, min(grain / 2, _CONVERTED_ROUNDLY * amount))


def _is_rounded(x: Decimal, y: Decimal, a: Number, b: Number) -> bool:
    """Whether one of two figures is the other, rounded, and says so by a hedge, a scale or its decimals."""
    if a.is_ordinal or b.is_ordinal or (x < 0) != (y < 0):
        return False
    hedges = {a.hedge, b.hedge}
    if hedges == {Hedge.OVER, Hedge.UNDER}:  # more than 100, up to 120: both may be true
        return x <= y if a.hedge is Hedge.OVER else y <= x
    if hedges.isdisjoint({Hedge.NONE, Hedge.OPEN}):  # who copies the hedge copies the figure
        return bool(a.scale) != bool(b.scale) and _is_near(x, y, max(a.step, b.step), _ROUNDED)
    if hedges != {Hedge.OPEN} and (_is_within(x, y, a) or _is_within(y, x, b)):
        return True
    return _is_coarser(x, y, a, b) or _is_coarser(y, x, b, a)


def _is_within(x: Decimal, y: Decimal, number: Number) -> bool:
    """Whether y is what a number that is read as x may stand for by its hedge."""
    hedge, grain = number.hedge, max(_grain(x), number.step)
    if hedge is Hedge.ABOUT:
        return _is_near(x, y, grain, _HEDGED)
    if hedge is Hedge.OVER:
        return x <= y < min(x + grain, x * _BEYOND)
    if hedge is Hedge.UNDER:
        return max(x - grain, x / _BEYOND) < y <= x
    return hedge is Hedge.OPEN and x <= y < x * _MANY


def _is_near(x: Decimal, y: Decimal, grain: Decimal, share: Decimal) -> bool:
    return abs(x - y) <= grain / 2 and abs(x - y) <= share * max(abs(x), abs(y))


def _grain(value: Decimal) -> Decimal:
    """What one of the last digit that is no zero is worth: 100 of 4,200, a tenth of 2.5."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _is_coarser(x: Decimal, y: Decimal, a: Number, b: Number) -> bool:
    """Whether x, with a scale or with fewer decimals, is y rounded."""
    if a.step <= b.step or abs(x - y) > a.step / 2:
        return False
    if a.scale and not b.scale:
        return abs(x - y) <= _ROUNDED * abs(y)
    return abs(x - y) <= _FINE * abs(y)


# --- how numbers differ --------------------------------------------------------------------------------------------


def _numbers_differ(a: Stated, b: Stated, number_a: Number, number_b: Number) -> tuple[Difference, ...]:
    unit_a, unit_b = number_a.unit, number_b.unit
    if not _is_one_dimension(unit_a, unit_b) or number_a.is_ordinal != number_b.is_ordinal:
        return ()
    if unit_a and unit_b and unit_a.key != unit_b.key and _is_converted(number_a, number_b):
        return ()
    units = _units_differ(unit_a, unit_b) if unit_a and unit_b else ()
    if agrees(a, b):
        return units
    if number_a.base & number_b.base and number_a.scale and number_b.scale:
        return ((Fact.UNIT, number_a.scale, number_b.scale), *units)
    return ((Fact.NUMBER, a.span, b.span), *units)


def _is_one_dimension(a: Unit | None, b: Unit | None) -> bool:
    """Whether two units may measure one thing; money and shares say what they are, so a bare count is none."""
    if a is None or b is None:
        unit = a or b
        return unit is None or unit.dimension not in _NAMED_ALWAYS
    return a.is_also(b.dimension)


def _units_differ(a: Unit, b: Unit) -> tuple[Difference, ...]:
    if not a.is_also(b.dimension) or _is_one_key(a.key, b.key) or _WHOLE in (a.key, b.key):
        return ()
    return ((Fact.UNIT, a.span, b.span),)


def _is_one_key(a: str, b: str) -> bool:
    """Whether two units may be one: a dollar, and the Australian one."""
    return a == b or a.startswith(f"{b}_") or b.startswith(f"{a}_")


# --- codes ---------------------------------------------------------------------------------------------------------


def _letters(code: Code) -> str:
    return "".join(char for char in code.letters if not char.isdecimal())


def _shape(letters: str) -> str:
    """Runs of digits and of letters: LC40LE830U is A0A0A."""
    signs = ["0" if char.isdecimal() else "A" for char in letters]
    return "".join(sign for place, sign in enumerate(signs) if not place or sign != signs[place - 1])
