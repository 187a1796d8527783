"""Signs that cling to words: a quotation mark, a full stop, a currency; and the words without them."""

from __future__ import annotations

import re
import unicodedata

from compare.model import Span

VALUES = "$€£¥₽₹₺₴₩§#°%‰′″"
"""Signs that say of what a figure is."""
_LETTERS = re.compile(rf"[^\W_]+|[{VALUES}]")
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


def letters(text: str) -> list[str]:
    """The words of a text as they are written, and the signs of its figures; no other signs, no case, nothing hidden.

    >>> letters("Don’t co\u00adoperate") == letters("DON'T cooperate")
    True
    """
    seen = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf")
    return _LETTERS.findall(seen.lower())
