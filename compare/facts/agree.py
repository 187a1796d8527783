"""Whether two facts say the same, and how two of one thing differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.facts.read import Date, Number, Unit
from compare.model import Fact, Span

if TYPE_CHECKING:
    from collections.abc import Hashable

    from compare.facts.read import Stated

Difference = tuple[Fact, Span, Span]
"""What differs, and its words on both sides."""


def keys(fact: Stated) -> frozenset[Hashable]:
    """What a fact can be found again by."""
    if isinstance(fact.value, Number):
        return frozenset(fact.value.values)
    return frozenset([fact.value if isinstance(fact.value, Date) else fact.value.key])


def agrees(a: Stated, b: Stated) -> bool:
    """Whether two facts state the same, as far as both state it; a number's unit apart."""
    value_a, value_b = a.value, b.value
    if isinstance(value_a, Number) and isinstance(value_b, Number):
        return bool(value_a.values & value_b.values) or bool(
            value_a.base & value_b.base and not (value_a.scale and value_b.scale)
        )
    if isinstance(value_a, Date) and isinstance(value_b, Date):
        both = _both(value_a, value_b)
        return bool(both) and all(x == y for x, y in both)
    return isinstance(value_a, Unit) and isinstance(value_b, Unit) and value_a.key == value_b.key


def _both(date_a: Date, date_b: Date) -> list[tuple[int, int]]:
    """The parts that both dates state."""
    return [(x, y) for x, y in zip(date_a, date_b, strict=True) if x and y]


def differences(a: Stated, b: Stated) -> tuple[Difference, ...]:
    """How two facts of one thing differ; empty if they do not, or cannot be about one thing."""
    value_a, value_b = a.value, b.value
    if isinstance(value_a, Number) and isinstance(value_b, Number):
        return _numbers_against(a, b, value_a, value_b)
    if isinstance(value_a, Date) and isinstance(value_b, Date):
        return ((Fact.DATE, a.span, b.span),) if any(x != y for x, y in _both(value_a, value_b)) else ()
    if isinstance(value_a, Unit) and isinstance(value_b, Unit):
        return _units_against(value_a, value_b)
    return ()


def _numbers_against(a: Stated, b: Stated, number_a: Number, number_b: Number) -> tuple[Difference, ...]:
    if number_a.unit and number_b.unit and number_a.unit.dimension != number_b.unit.dimension:
        return ()
    units = _units_against(number_a.unit, number_b.unit) if number_a.unit and number_b.unit else ()
    if agrees(a, b):
        return units
    if number_a.base & number_b.base and number_a.scale and number_b.scale:
        return ((Fact.UNIT, number_a.scale, number_b.scale), *units)
    return ((Fact.NUMBER, a.span, b.span), *units)


def _units_against(unit_a: Unit, unit_b: Unit) -> tuple[Difference, ...]:
    if unit_a.dimension != unit_b.dimension or unit_a.key == unit_b.key:
        return ()
    return ((Fact.UNIT, unit_a.span, unit_b.span),)
