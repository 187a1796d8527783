"""What a text says that another report of its event would say too: names, figures, dates, words beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from compare.align.stopwords import is_calendar
from compare.facts import tables
from compare.facts.read import facts
from compare.facts.values import Date
from compare.kernels.columns import among
from compare.model import Span
from compare.text.tokens import signs_that, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.facts.values import Day

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LEAD = 100  # tokens in which news says what happened
_BESIDE = 3  # tokens from a word to the next one of its pair: "governor of Minnesota"
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, odd
_RUN = 4
IN_LEAD = 3.0
EVERY, NAMES, LEAD_WORDS, FIGURES = range(4)
"""Kinds of words: all of them, names, those of the lead, figures that are no years."""
_AROUND = 4  # tokens beside a month in which its day and year stand
_YEAR_DIGITS = 4
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Terms:
    """Distinct words, or pairs of words, of a text, by their hashes; columns of one length."""

    hashes: U64
    """Ascending."""
    counts: I32
    first: I32
    """The token at which each stands first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One text, read once, however many it is compared with."""

    words: Terms
    """Content words without those of dates."""
    kinds: Flags
    """bool[4, words]: which of them are of a kind: `EVERY`, `NAMES`, `LEAD_WORDS`, `FIGURES`."""
    pairs: Terms
    """Content words that stand beside each other."""
    parts: NDArray[np.int32]
    """int32[pairs, 2]: the places of their words among the words."""
    seconds: I32
    """The token of the second word, where the pair stands first."""
    quoted: Terms
    """Runs of `_RUN` tokens inside quotation marks."""
    weekdays: NDArray[np.float64]
    """float64[8]: how often each is named, from 1 for Monday; those of the lead count more."""
    days: Mapping[Day, Span]
    """Dates with a day and a month, with the tokens where each stands first."""
    years: frozenset[int]
    length: int
    """Tokens."""
    aside: Flags
    """bool[tokens]: furniture, and what many texts hold: no evidence."""

    @property
    def names(self) -> Flags:
        """Which words begin with a capital inside a sentence at least half of the time."""
        return np.asarray(self.kinds[NAMES])

    @property
    def figures(self) -> Flags:
        """Which words begin with a digit and are no year."""
        return np.asarray(self.kinds[FIGURES])


def profile(text: Text, aside: Flags | None = None) -> Profile:
    """The profile of a prepared text, but for tokens that are set aside (bool[tokens]). Linear, but for sorts."""
    hashes = text.tokens.hashes
    years = _years(text)
    aside = np.zeros(len(hashes), bool) if aside is None else aside
    usable = text.content & ~is_calendar(hashes) & ~aside
    usable[years] = False
    kept = np.flatnonzero(usable)
    words, inverse = _terms(hashes[kept], kept)
    pairs, seconds = _pairs(text, kept)
    at = np.searchsorted(kept, np.column_stack([pairs.first, seconds]))
    return Profile(
        words=words,
        kinds=_kinds(text, kept, words, inverse),
        pairs=pairs,
        parts=inverse[at].astype(np.int32),
        seconds=seconds,
        quoted=_quoted(text, aside),
        weekdays=weekdays_of(np.where(aside, 0, hashes)),
        days=_days(text, aside),
        years=frozenset(int(text.text[text.tokens.starts[at] : text.tokens.stops[at]]) for at in years.tolist()),
        length=len(hashes),
        aside=aside,
    )


def _kinds(text: Text, kept: I64, words: Terms, inverse: I64) -> Flags:
    """Of what kinds each word is: bool[4, words]."""
    inside, count = _inside(text)[kept], len(words.hashes)
    capital = np.bincount(inverse, capitals(text)[kept] & inside, count)
    names = (capital * 2 >= np.maximum(1, np.bincount(inverse, inside, count))) & ~text.figures[words.first]
    figures = np.bincount(inverse, text.figures[kept], count) > 0
    return np.stack([np.ones(count, bool), names, words.first < LEAD, figures])


def _terms(hashes: U64, places: I64) -> tuple[Terms, I64]:
    distinct, first, inverse, counts = np.unique(hashes, return_index=True, return_inverse=True, return_counts=True)
    return Terms(distinct, counts.astype(np.int32), places[first].astype(np.int32)), inverse


def _inside(text: Text) -> Flags:
    """Which tokens do not begin a sentence."""
    flags = np.ones(len(text.tokens), bool)
    flags[text.bounds[:-1]] = False
    return flags


def capitals(text: Text) -> Flags:
    """Which tokens begin with a capital."""
    return signs_that(str.isupper, text.text, text.tokens.starts)


def _pairs(text: Text, kept: I64) -> tuple[Terms, I32]:
    """The pairs of kept tokens that stand near each other in a sentence, and the second token of each."""
    left, right = kept[:-1], kept[1:]
    near = (right - left <= _BESIDE) & (text.owner[left] == text.owner[right])
    left, right = left[near], right[near]
    hashes = text.tokens.hashes
    terms, _ = _terms((hashes[left] * _MIX) ^ hashes[right], left)
    return terms, right[np.searchsorted(left, terms.first)].astype(np.int32)


def _quoted(text: Text, aside: Flags) -> Terms:
    places = np.flatnonzero(text.quoted & ~aside)
    first = places[: 1 - _RUN] if len(places) >= _RUN else places[:0]
    first = first[places[_RUN - 1 :] - first == _RUN - 1] if len(first) else first
    mixed = np.zeros(len(first), np.uint64)
    for step in range(_RUN):
        mixed = mixed * _MIX ^ text.tokens.hashes[first + step]
    return _terms(mixed, first)[0]


def _years(text: Text) -> I64:
    """The tokens that are years."""
    tokens = text.tokens
    figures = np.flatnonzero(text.figures & (tokens.stops - tokens.starts == _YEAR_DIGITS))
    said = [text.text[tokens.starts[at] : tokens.stops[at]] for at in figures.tolist()]
    return figures[[word.isdecimal() and int(word) in _YEARS for word in said]] if said else figures


@cache
def _weekday_hashes() -> dict[int, int]:
    return {int(vocabulary([word])[0]): day for word, day in tables.weekdays().items() if len(vocabulary([word])) == 1}


@cache
def _weekday_words() -> U64:
    return np.array(sorted(_weekday_hashes()), np.uint64)


def weekdays_of(hashes: U64) -> NDArray[np.float64]:
    """How often each weekday is named, from 1 for Monday; in the lead more: float64[8]."""
    days = np.zeros(8)
    known = _weekday_hashes()
    for place in np.flatnonzero(among(hashes, _weekday_words())).tolist():
        days[known[int(hashes[place])]] += IN_LEAD if place < LEAD else 1
    return days


@cache
def _months() -> U64:
    return vocabulary(tables.months())


def _beside(flags: Flags, places: I64) -> Flags:
    """Which places have a token with a flag within a few tokens."""
    sums = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(sums[np.minimum(places + _AROUND, len(flags))] > sums[np.maximum(places - _AROUND, 0)])


def _days(text: Text, aside: Flags) -> dict[Day, Span]:
    """Dates with a day and a month that can be read in one way only; what has no figure beside it is none ("may")."""
    tokens, free = text.tokens, 0
    days: dict[Day, Span] = {}
    months = np.flatnonzero(among(tokens.hashes, _months()) & ~aside)
    for place in months[_beside(text.figures, months)].tolist():
        part = Span(max(free, place - _AROUND), min(len(tokens), place + _AROUND))
        for fact in facts(text.text, tokens, part) if part.start < part.stop else ():
            if isinstance(fact.value, Date) and len(fact.value.readings) == 1:
                (day,) = fact.value.readings
                if day.day and day.month:
                    days.setdefault(day, fact.tokens)
                    free = max(free, fact.tokens.stop)
    return days
