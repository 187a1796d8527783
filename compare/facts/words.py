"""Tokens as words: what is written, and what stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compare.model import Span, Tokens


class Word(NamedTuple):
    """A token as it is read: its number, its lower-case letters, where it stands, what stands before it."""

    token: int
    lower: str
    start: int
    stop: int
    gap: str


def read(text: str, tokens: Tokens, part: Span) -> list[Word]:
    """The words of a range of tokens; two tokens of one character (㎞) are one word."""
    words: list[Word] = []
    starts = tokens.starts[slice(*part)].tolist()
    stops = tokens.stops[slice(*part)].tolist()
    at = max(0, (starts or [0])[0] - 4)
    for index, (start, stop) in enumerate(zip(starts, stops, strict=True), part.start):
        gap = text[at:start]
        words.append(Word(index, text[start:stop].lower().replace("’", "'"), start, stop, gap))
        at = stop
    return words
