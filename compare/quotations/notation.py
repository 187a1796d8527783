"""What is no change of quoted words: another way to write them, and a cut or a change that is shown as one."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from compare.text.language import values, words
from compare.text.spelling import is_one_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CUT = re.compile(r"…|\.\s?\.\s?\.|\[\s?\]")
_IN_BRACKETS = re.compile(r"[^\w]*[\[(].*[\])][^\w]*|[^\w]*…[^\w]*|[^\w]*\.\s?\.\s?\.[^\w]*", re.DOTALL)
_MASK = re.compile(r"[*—–_-]+")
_LETTERS = re.compile(r"[^\W_]+")
_SPELT = 5  # letters of a word from which its spelling may be of another country


def shows_a_cut(gap: str) -> bool:
    """Whether what stands between two words says that others were left out there.

    >>> shows_a_cut(" … "), shows_a_cut(" . . . "), shows_a_cut(", ")
    (True, True, False)
    """
    return bool(_CUT.search(gap))


def is_bracketed(stretch: str) -> bool:
    """Whether all words of a stretch stand in brackets, or an ellipsis is all that it holds.

    >>> is_bracketed(" [the mayor] "), is_bracketed(" … "), is_bracketed(" with (")
    (True, True, False)
    """
    return bool(_IN_BRACKETS.fullmatch(stretch))


def is_notation(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two stretches of words are the same words, written otherwise. Words that only fill a pause are none.

    >>> is_notation(["health", "care"], ["healthcare"]), is_notation(["color"], ["colour"]), is_notation(["red"], [])
    (True, True, False)
    """
    a, b = ([word for word in map(_plain, side) if word not in words("speech", "fillers")] for side in (first, second))
    letters = ["".join(_LETTERS.findall("".join(side))) for side in (a, b)]
    if letters[0] == letters[1] or not _expansions(a).isdisjoint(_expansions(b)):
        return True
    a, b = ([word.rstrip("'") for word in side] for side in (a, b))
    if len(a) == len(b) and all(x == y or _is_spelling(x, y) for x, y in zip(a, b, strict=True)):
        return True
    return len(first) == len(second) and all(map(_is_name_alike, first, second))


def _is_name_alike(first: str, second: str) -> bool:
    """Whether two words are one, or in capitals one name in two spellings: Kiev, Kyiv."""
    (name, _, owner), (opposite, _, that) = _plain(first).partition("'"), _plain(second).partition("'")
    if name == opposite and owner == that:
        return True
    return first[:1].isupper() and second[:1].isupper() and owner == that and is_one_spelling(name, opposite)


def is_masked(first: str, second: str) -> bool:
    """Whether one of two stretches is the other with letters masked: f—, sh*t.

    >>> is_masked(" the f— off", " the fool off"), is_masked(" the f— off", " the off")
    (True, False)
    """
    return any(_is_mask(*sides) for sides in ((first, second), (second, first)))


def _is_mask(masked: str, plain: str) -> bool:
    if not _MASK.search(masked):
        return False
    parts = [re.escape("".join(_LETTERS.findall(part.casefold()))) for part in _MASK.split(masked)]
    return bool(any(parts) and re.fullmatch(r"\w+".join(parts), "".join(_LETTERS.findall(plain.casefold()))))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").replace("‘", "'")


def _expansions(side: Sequence[str]) -> set[str]:
    """The words with every contraction written out in each way, without blanks."""
    written = {" ".join(side)}
    for short, long in _pairs("contractions"):
        written |= {_ending_with(short).sub(f" {long}", spoken) for spoken in written if short in spoken}
    return {"".join(_LETTERS.findall(spoken)) for spoken in written}


@cache
def _ending_with(short: str) -> re.Pattern[str]:
    """A contraction at the end of a word."""
    return re.compile(rf"{re.escape(short)}(?!\w)")


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
