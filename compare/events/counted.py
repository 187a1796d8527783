"""Figures with what they count: the unit, the currency, the noun behind or the word before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from compare.align.stopwords import is_calendar
from compare.events.named import goes_on, is_free, word
from compare.facts.read import facts
from compare.facts.values import Number
from compare.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.align.prepare import Text

TELLING = Decimal(1000)  # a number from which on it may stand alone ...
_DIGITS = 3  # ... if it has so many digits before its zeros
_BEFORE, _BEHIND = 2, 5  # tokens that are read around a figure


class Counted(NamedTuple):
    """A figure in a text: what both texts must have in common, and where it stands."""

    meaning: tuple[object, ...]
    token: int
    """Of what is counted."""
    tokens: Span
    span: Span
    """Characters."""


def counted(text: Text, place: int) -> Iterator[Counted]:
    """The readings of the figure at a token, the most telling first; none of a time, a list's number, an age."""
    begin, end = text.bounds[text.owner[place]], text.bounds[text.owner[place] + 1]
    part = Span(max(int(begin), place - _BEFORE), min(int(end), place + _BEHIND))
    for fact in facts(text.text, text.tokens, part):
        number = fact.value
        if not fact.tokens.start <= place < fact.tokens.stop or not isinstance(number, Number) or number.is_ordinal:
            continue
        if not all(is_free(text, token) for token in range(*fact.tokens)):
            return
        yield from _readings(text, fact.tokens, fact.span, number)


def _readings(text: Text, tokens: Span, span: Span, number: Number) -> Iterator[Counted]:
    values, last = number.values, tokens.stop - 1
    unit = number.unit
    if unit is not None:
        whole = Span(min(span.start, unit.span.start), max(span.stop, unit.span.stop))
        if "-" not in text.text[slice(*whole)]:  # an age: "27-year-old"
            yield Counted((values, unit.dimension, unit.key), last, tokens, whole)
        return
    noun = last + 1
    if goes_on(text, last) and text.text[span.stop] != "-" and _counts(text, noun):
        whole = Span(span.start, int(text.tokens.stops[noun]))
        yield Counted((values, word(text, noun)), noun, Span(tokens.start, noun + 1), whole)
    before = tokens.start - 1
    is_number_of = number.base != {value.to_integral_value() for value in number.base} or _is_capital(text, before)
    if before >= 0 and is_number_of and goes_on(text, before) and _counts(text, before):
        whole = Span(int(text.tokens.starts[before]), span.stop)
        yield Counted((word(text, before), values), before, Span(before, tokens.stop), whole)
    if min(values) >= TELLING and not number.is_year and _digits(min(values)) >= _DIGITS:
        yield Counted((values,), last, tokens, span)


def _counts(text: Text, token: int) -> bool:
    """Whether a token is a word that a figure may stand beside."""
    hashes = text.tokens.hashes[token : token + 1]
    return bool(text.content[token]) and not text.figures[token] and not is_calendar(hashes)[0] and is_free(text, token)


def _is_capital(text: Text, token: int) -> bool:
    return text.text[int(text.tokens.starts[token])].isupper()


def _digits(value: Decimal) -> int:
    return len(str(int(value)).rstrip("0"))
