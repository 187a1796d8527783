"""What speaks against two stretches stating one fact: they count one thing otherwise, or are but dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.align.stopwords import is_calendar
from compare.events.named import word
from compare.facts.read import facts
from compare.facts.values import Number

if TYPE_CHECKING:
    from decimal import Decimal

    from compare.align.prepare import Text
    from compare.model import Span

_DATES = 0.5  # share of tokens that are dates and figures, from which a stretch is a date line


def count_otherwise(a: Text, b: Text, tokens: tuple[Span, Span]) -> bool:
    """Whether both count one thing, in figures or words, and no count agrees: "12 magazines", "31 magazines"."""
    first, second = _counts(a, tokens[0]), _counts(b, tokens[1])
    return any(not first[counted] & second[counted] for counted in first.keys() & second.keys())


def _counts(text: Text, tokens: Span) -> dict[object, frozenset[Decimal]]:
    """How many there are of what is counted: of a unit, or of the word behind a number."""
    counts: dict[object, frozenset[Decimal]] = {}
    for fact in facts(text.text, text.tokens, tokens):
        number, behind = fact.value, fact.tokens.stop
        if not isinstance(number, Number) or number.is_ordinal or number.is_year:
            continue
        counted: object = None
        if number.unit is not None:
            counted = number.unit.dimension, number.unit.key
        elif behind < tokens.stop and text.content[behind] and not text.figures[behind]:
            counted = word(text, behind)
        if counted is not None:
            counts[counted] = counts.get(counted, frozenset()) | number.values
    return counts


def is_date_line(text: Text, tokens: Span) -> bool:
    """Whether a stretch is mostly dates and figures: a time stamp states nothing."""
    part = slice(*tokens)
    return (
        bool((is_calendar(text.tokens.hashes[part]) | text.figures[part]).mean() >= _DATES)
        if part.stop > part.start
        else True
    )
