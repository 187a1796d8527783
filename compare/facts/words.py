"""Tokens as words: what is written, and what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.model import Span, Tokens

_NEAR = 4  # code points before the first word, and after each


class Word(NamedTuple):
    """A token as it is read: its number, its lower-case letters, where it stands, what stands around it."""

    token: int
    lower: str
    start: int
    stop: int
    gap: str
    """What stands between the word before and this one."""
    written: str
    after: str


def read(text: str, tokens: Tokens, part: Span) -> list[Word]:
    """The words of a range of tokens; two tokens of one character (㎞) are one word."""
    words: list[Word] = []
    starts = tokens.starts[slice(*part)].tolist()
    stops = tokens.stops[slice(*part)].tolist()
    at = max(0, (starts or [0])[0] - _NEAR)
    for index, (start, stop) in enumerate(zip(starts, stops, strict=True), part.start):
        written = text[start:stop]
        lower = written.lower().replace("’", "'")
        words.append(Word(index, lower, start, stop, text[at:start], written, text[stop : stop + _NEAR]))
        at = stop
    return words


def lower_at(words: Sequence[Word], at: int) -> str:
    """The lower-case letters of a word, or nothing outside of the words."""
    return words[at].lower if 0 <= at < len(words) else ""


def gap_at(words: Sequence[Word], at: int) -> str | None:
    """What stands before a word, or None outside of the words."""
    return words[at].gap if 0 < at < len(words) else None
