"""What a stretch of text states in figures, dates, times and units: read word by word, with where it stands.

    tokens ──► those that a fact may begin with ──► the words around each ──► the first reading that fits

A figure is read in every way that it can be meant, and so is a date. Weak: a number across two sentences, spelled
figures of a thousand and more in one German word, times in words ("twenty past three").
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from compare.facts import tables
from compare.facts.clock import clock
from compare.facts.codes import code, no_fact
from compare.facts.dates import date
from compare.facts.figures import FRACTIONS
from compare.facts.numbers import number
from compare.facts.units import unit_alone
from compare.facts.values import Stated as Stated  # noqa: PLC0414  # the noun of this module
from compare.facts.values import moved
from compare.facts.words import NEAR, Word, words_at
from compare.kernels.columns import among
from compare.model import Span
from compare.text.language import words as listed
from compare.text.tokens import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Tokens

_DIGIT = re.compile(rf"[\d{''.join(FRACTIONS)}](?:(?<=\d)\d+)?")  # one class first: it is searched fast
_AHEAD = 6  # words after its first one that are read for a fact ...
_FAR = 24  # ... and for one that reaches so far
_BACK = 4  # words before it that say how it is meant
_KEPT = 8192  # readings that are kept: those of a few texts, .5 kB each


def facts(text: str, tokens: Tokens, part: Span) -> list[Stated]:
    """Numbers with their units, dates, times, codes and units that stand alone, in order. Linear.

    No token is in two of them.
    """
    stated: list[Stated] = []
    window, free = Span(part.start, part.start), part.start
    for token in _promising(text, tokens, part):
        if token < free:
            continue
        if min(token + _AHEAD, part.stop) > window.stop:
            window = Span(max(part.start, token - _BACK), min(part.stop, token + _AHEAD + 1))
        fact, stop = _fact_at(text, tokens, window, token)
        if stop > window.stop - _BACK and window.stop < part.stop:
            window = Span(max(part.start, token - _BACK), min(part.stop, token + _FAR))
            fact, stop = _fact_at(text, tokens, window, token)
        if fact:
            stated.append(_behind(fact, free))
        free = max(free, stop)
    return stated


def _fact_at(text: str, tokens: Tokens, window: Span, token: int) -> tuple[Stated | None, int]:
    """The fact that begins at a token, or none, and up to which token the words need not be read again."""
    starts, stops = tokens.starts[slice(*window)].tolist(), tokens.stops[slice(*window)].tolist()
    begin = max(0, starts[0] - NEAR)
    place = begin - 1 if begin else 0  # only what stands at the start of a text stands at 0 among these words
    first, last = tuple([at - place for at in starts]), tuple([at - place for at in stops])
    fact, stop = _fact_among(text[begin : stops[-1] + NEAR], first, last, token - window.start)
    return fact and moved(fact, window.start, place), window.start + stop


@lru_cache(maxsize=_KEPT)
def _fact_among(part: str, starts: tuple[int, ...], stops: tuple[int, ...], at: int) -> tuple[Stated | None, int]:
    """The fact that begins with one of some words, and where it ends. Texts that share wording ask for it again."""
    padded = part if starts[0] <= NEAR else f" {part}"
    return _fact_or_none(words_at(padded, starts, stops, 0), at)


def _fact_or_none(words: Sequence[Word], at: int) -> tuple[Stated | None, int]:
    """The fact that begins at a word, or none, and up to where the words need not be read again."""
    if not words[at].lower.isalpha() and (stop := no_fact(words, at)):
        return None, stop
    fact = _fact(words, at)
    return fact, fact.tokens.stop - words[0].token if fact else at


def _fact(words: Sequence[Word], at: int) -> Stated | None:
    return clock(words, at) or date(words, at) or code_or_number(words, at) or unit_alone(words, at)


def code_or_number(words: Sequence[Word], at: int) -> Stated | None:
    """A figure; where a word with digits is none, or a name is glued to it, a code."""
    if _is_glued_to_name(words, at):
        return code(words, at) or number(words, at)
    return number(words, at) or code(words, at)


def _is_glued_to_name(words: Sequence[Word], at: int) -> bool:
    return words[at].gap in {"-", "‐", "‑"} and at > 0 and words[at - 1].written[0].isupper()


def _behind(fact: Stated, free: int) -> Stated:
    """The fact without tokens that are another's."""
    if fact.tokens.start >= free:
        return fact
    return Stated(fact.what, Span(free, fact.tokens.stop), fact.span, fact.value)


def _promising(text: str, tokens: Tokens, part: Span) -> list[int]:
    """The tokens that a fact may begin with: those with digits, and the words of the tables."""
    hashes, starts = tokens.hashes[slice(*part)], tokens.starts[slice(*part)]
    if not len(hashes):
        return []
    begin, end = int(starts[0]), int(tokens.stops[part.stop - 1])
    digits = np.array([begin + digit.start() for digit in _DIGIT.finditer(text[begin:end])], np.int64)
    places = np.searchsorted(starts, digits, "right") - 1
    flags = among(hashes, _beginnings())
    flags[places[digits < tokens.stops[slice(*part)][places]]] = True
    return (part.start + np.flatnonzero(flags)).tolist()


@cache
def _beginnings() -> NDArray[np.uint64]:
    """The folded hashes of the words that a fact may begin with, sorted."""
    listed_words = (
        [word for key in ("week", "week_of_two") for word in listed("dates", key)],
        [word for key in ("ordinal_before", "half_more", "hundred") for word in listed("numbers", key)],
        [
            *tables.han(),
            *tables.han_places(),
            *tables.numbers(),
            *tables.scales(),
            *tables.ordinals(),
            *tables.romans(),
        ],
        [*tables.fractions().beginnings(), *tables.fractions_after_article().beginnings(), *tables.units_alone()],
        [*tables.weekdays(), *tables.months(), *tables.decades(), *tables.past().beginnings()],
        [*tables.clock("noon").beginnings(), *tables.clock("midnight").beginnings()],
    )
    return vocabulary({word[0] if ord(word[0]) >= _HAN else word for group in listed_words for word in group})


_HAN = 0x3400
