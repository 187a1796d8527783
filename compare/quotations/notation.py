"""What is no change of quoted words: another way to write them, and a cut or a change that is shown as one."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CUT = re.compile(r"…|\.\s?\.\s?\.|\[|\]")
_LETTERS = re.compile(r"[^\W_]+")
_SPELT = 5  # letters of a word from which its spelling may be of another country


def shows_a_cut(gap: str) -> bool:
    """Whether what stands there says that words were left out or put in: an ellipsis, brackets.

    >>> shows_a_cut(" … "), shows_a_cut(", [the mayor] "), shows_a_cut(", ")
    (True, True, False)
    """
    return bool(_CUT.search(gap))


def is_notation(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two stretches of words are the same words, written otherwise. Words that only fill a pause are none.

    >>> is_notation(["health", "care"], ["healthcare"]), is_notation(["color"], ["colour"]), is_notation(["red"], [])
    (True, True, False)
    """
    a, b = ([word for word in map(_plain, side) if word not in words("speech", "fillers")] for side in (first, second))
    if "".join(a) == "".join(b):
        return True
    if _expanded(a) == _expanded(b):
        return True
    return len(a) == len(b) and all(x == y or _is_spelling(x, y) for x, y in zip(a, b, strict=True))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").replace("‘", "'")


def _expanded(side: Sequence[str]) -> str:
    """The words with every contraction written out, without blanks."""
    spoken = " ".join(side)
    for short, long in _pairs("contractions"):
        spoken = re.sub(rf"{re.escape(short)}\b", f" {long}", spoken)
    return "".join(_LETTERS.findall(spoken))


def _is_spelling(first: str, second: str) -> bool:
    """Whether two words are one in the spellings of two countries."""
    if min(len(first), len(second)) < _SPELT:
        return (first, second) in _words_alike() or (second, first) in _words_alike()
    for (old, new), (x, y) in product(_pairs("spellings"), ((first, second), (second, first))):
        if old in x and x.replace(old, new) == y:
            return True
    return (first, second) in _words_alike() or (second, first) in _words_alike()


@cache
def _pairs(key: str) -> tuple[tuple[str, str], ...]:
    return tuple(_read(key))


@cache
def _words_alike() -> frozenset[tuple[str, str]]:
    return frozenset(_read("written_otherwise"))


def _read(key: str) -> Iterator[tuple[str, str]]:
    """The pairs of all languages under a key: `short=long`, a blank in them written as an underscore."""
    for value in values("speech", key):
        for entry in value.split():
            short, _, long = entry.partition("=")
            yield short.replace("_", " "), long.replace("_", " ")
