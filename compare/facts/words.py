"""Tokens as words: what is written, and what stands around it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.model import Span, Tokens

NEAR = 4  # code points that are read before the first word and after each
_PARTED = "\0"


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


_WORD: Callable[[tuple[object, ...]], Word] = partial(tuple.__new__, Word)
"""A word from its fields: the quickest way, as there are many."""


def read(text: str, tokens: Tokens, part: Span) -> list[Word]:
    """The words of a range of tokens; two tokens of one character (㎞) are one word."""
    return words_at(text, tokens.starts[slice(*part)].tolist(), tokens.stops[slice(*part)].tolist(), part.start)


def words_at(text: str, starts: Sequence[int], stops: Sequence[int], first: int) -> list[Word]:
    """The words that stand between these places; `first` is the number of their first token."""
    if not starts:
        return []
    gaps = [text[start:stop] for start, stop in zip([max(0, starts[0] - NEAR), *stops[:-1]], starts, strict=True)]
    after = [text[stop : stop + NEAR] for stop in stops]
    written = [text[start:stop] for start, stop in zip(starts, stops, strict=True)]
    lower = _PARTED.join(written).lower().replace("’", "'").split(_PARTED)
    columns = zip(range(first, first + len(starts)), lower, starts, stops, gaps, written, after, strict=True)
    return list(map(_WORD, columns))


def lower_at(words: Sequence[Word], at: int) -> str:
    """The lower-case letters of a word, or nothing outside of the words."""
    return words[at].lower if 0 <= at < len(words) else ""


def gap_at(words: Sequence[Word], at: int) -> str | None:
    """What stands before a word, or None outside of the words."""
    return words[at].gap if 0 < at < len(words) else None
