"""Units of figures: signs and codes before them, signs and words behind, and units that stand alone."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from compare.facts.measures import currencies, signs
from compare.facts.tables import units, units_alone
from compare.facts.values import Stated, Unit, stated
from compare.facts.words import gap_at
from compare.model import Fact, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word

_LETTERS = frozenset("mtghlм")
"""Letters that are a unit where they stand alone behind a figure."""
_CODE = 3  # letters of a currency's code
_GAPS = frozenset({"", "-", ".", "‐", "‑"})
_MONEY = "money"


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"([{''.join(currencies())}])[ \u00a0*_]?\Z")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0\u202f*_]?(° ?[CFcf]\b|[°℃℉%％‰{''.join(currencies())}])")


def unit_before(words: Sequence[Word], at: int) -> tuple[Unit | None, int]:
    """The currency before an amount ($5, US$5, USD 5), and the first word that it takes."""
    gap = words[at].gap
    sign = _before().search(gap) if gap != " " else None
    if at and not sign:
        return _code_before(words, at)
    if not sign:
        return None, at
    start = words[at].start - len(gap) + sign.start(1)
    if at and sign.start(1) == 0:
        country = words[at - 1]
        if unit := signs().get(country.lower + sign[1]):
            return Unit(*unit, Span(country.start, start + 1)), at - 1
    return Unit(*signs()[sign[1]], Span(start, start + 1)), at


def _code_before(words: Sequence[Word], at: int) -> tuple[Unit | None, int]:
    word, gap = words[at - 1], words[at].gap
    unit = signs().get(word.lower) if word.lower.isalpha() else None
    if not unit or unit[0] != _MONEY or gap not in {"", " ", "\u00a0", ".", ". "} or not _is_written_so(word):
        return None, at
    return Unit(*unit, Span(word.start, word.stop)), at - 1


def unit_behind(words: Sequence[Word], stop: int) -> tuple[Unit | None, int]:
    """The unit right behind the words of a figure, and where the figure ends with it."""
    last = words[stop - 1]
    if sign := _after().match(last.after):
        taken = stop + 1 if sign[1][0] == "°" and len(sign[1]) > 1 else stop
        return _sign(sign[1].replace(" ", "").lower(), last.stop + sign.start(1)), min(taken, len(words))
    return unit_words(words, stop)


def _sign(sign: str, at: int) -> Unit:
    return Unit(*signs()[sign.replace("％", "%")], Span(at, at + len(sign)))


def unit_words(words: Sequence[Word], at: int) -> tuple[Unit | None, int]:
    """The unit in words that begins at a word, and where it ends."""
    gap = gap_at(words, at)
    phrase = units().at(words, at) if gap is not None and gap.strip() in _GAPS and gap.count("\n") < 2 else None  # noqa: PLR2004
    if not phrase or not _is_written_so(words[at]):
        return None, at
    return Unit(*phrase[0], Span(words[at].start, words[phrase[1] - 1].stop)), phrase[1]


def _is_written_so(word: Word) -> bool:
    """Whether a letter is a unit's, and a code a currency's."""
    if len(word.lower) == 1 and word.lower.isascii():
        return word.written in _LETTERS
    if len(word.lower) == _CODE and signs().get(word.lower, ("",))[0] == _MONEY:
        return word.written.isupper()
    return True


def unit_alone(words: Sequence[Word], at: int) -> Stated | None:
    """A unit without a figure, with what stands before it: "dollars", "Australian dollars"."""
    phrase = units().at(words, at) if words[at].lower in units_alone() else None
    if not phrase:
        return None
    stop = phrase[1]
    value, first = units().ending(words, stop) or (phrase[0], at)
    first, value = (first, value) if first < at else (at, phrase[0])
    return stated(Fact.UNIT, words, Span(first, stop), Unit(*value, Span(words[first].start, words[stop - 1].stop)))
