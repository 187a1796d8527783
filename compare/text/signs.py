"""Signs that cling to words: a span of words with its quotation mark, its full stop, its currency."""

from __future__ import annotations

from compare.model import Span

VALUES = "$€£¥₽₹₺₴₩§#°%‰′″"
"""Signs that say of what a figure is."""
_OPENING, _CLOSING = "“‘„«‹\"'([−±" + VALUES, "”’»›\"')].,;:!?…。！？" + VALUES


def with_signs(text: str, span: Span) -> Span:
    """A span of words with the signs that cling to it: an opening quotation mark, a full stop.

    >>> with_signs("He said: “We won.”", Span(10, 16))
    Span(start=9, stop=18)
    """
    start, stop = span
    while start < stop and start and text[start - 1] in _OPENING:
        start -= 1
    while start < stop < len(text) and text[stop] in _CLOSING:
        stop += 1
    return Span(start, stop)
