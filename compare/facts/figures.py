"""Figures in digits: every way that one can be meant, so that no notation makes a difference.

One separator and three digits behind it are thousands, whatever the separator: 4.200 is no 4.2, and 10,000 no 10. With
a point, and no zero at the end, it may be a decimal as well: 1.234.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from compare.facts.measures import signs
from compare.facts.tables import scales
from compare.facts.words import gap_at, lower_at
from compare.text.language import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word

DIGITS = re.compile(r"(\d[\d.,:'’٫٬]{0,40}?)([^\W\d_]{0,4})")
_GROUPED = re.compile(r"\d{1,3}(\D)\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
_APOSTROPHES = frozenset("'’")
_POINT, _ARABIC_POINT = ".", "٫"
_THREE = re.compile(r"\d{3}")
_LAST_THREE = re.compile(r"\d{3}[.,]\d{1,2}")
_LEADING_POINT = re.compile(r"[\s($£€]\.\Z")
_PLAIN = re.compile(r"\d{1,3}")
_RAISED_END = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]{1,2}\Z")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
SEPARATED = re.compile("[ \u00a0\u2009\u202f]")
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_WRITTEN_OUT = {f"{top}{slash}{bottom}": (top, bottom) for top, bottom in FRACTIONS.values() for slash in "/⁄"}


class Figure(NamedTuple):
    """A figure without scale and unit: its readings, where it ends, what one of its last digit is worth."""

    values: frozenset[Decimal]
    stop: int
    step: Decimal = Decimal(1)
    is_ordinal: bool = False
    is_share: bool = False
    """A fraction of a whole: half, a third, one in four."""
    is_plain: bool = False
    """Digits without separator."""
    suffix: str = ""
    """Letters behind the digits, in the same token: a scale's or a unit's."""
    is_alone: bool = False
    """No figure at all, but a scale follows: "millions"."""


def figure(words: Sequence[Word], at: int) -> Figure | None:
    """The figure in digits that begins at a word; None if none does, or the word is a code."""
    lower = words[at].lower
    if not lower[0].isnumeric():
        return None
    if fraction := fraction_at(words, at):
        return Figure(frozenset({fraction[0]}), fraction[1], Decimal("0.01"), is_share=True)
    plain = _RAISED_END.sub("", lower)
    digits = DIGITS.fullmatch(plain)
    if not digits:
        return None
    if digits[2] and digits[1][-1] in _APOSTROPHES:  # 2019's
        digits = DIGITS.fullmatch(digits[1][:-1]) or digits
    if digits[2]:
        return _suffixed(words[at], at, *digits.groups())
    return _in_digits(words, at, digits[1], lower[len(plain) :])


def _in_digits(words: Sequence[Word], at: int, digits: str, raised: str) -> Figure:
    """A figure of plain digits: with others behind it, with a power, with a point before it (.50)."""
    if raised:
        return _power(Figure(readings(digits), at + 1, step_of(digits)), raised)
    if _LEADING_POINT.search(words[at].gap) and digits.isdecimal():
        value = Decimal(digits).scaleb(-len(digits))
        return Figure(frozenset({value}), at + 1, Decimal(1).scaleb(-len(digits)))
    return _raised(words, with_fraction(words, _grouped(words, at, digits)))


def _suffixed(word: Word, at: int, digits: str, suffix: str) -> Figure | None:
    """A figure with letters: a scale (5k), an ordinal's (5th), a unit's (5km); None for others (5G)."""
    values, step = readings(digits), step_of(digits)
    if suffix in listed("numbers", "ordinal_suffixes") and digits.isdecimal():
        return Figure(values, at + 1, is_ordinal=True)
    if suffix in scales() or suffix in signs() or suffix in _LETTERS:
        is_small = len(suffix) > 1 or word.written.islower() or suffix in _LETTERS
        return Figure(values, at + 1, step, suffix=suffix) if is_small else None
    return None


_LETTERS = frozenset("mbtk")
"""They may be a scale behind a currency, in capitals too."""


def _grouped(words: Sequence[Word], at: int, digits: str) -> Figure:
    """4 200 000 is one figure."""
    stop, plain = at + 1, digits.isdecimal()
    if _PLAIN.fullmatch(digits):
        while stop < len(words) and SEPARATED.fullmatch(words[stop].gap) and _THREE.fullmatch(words[stop].lower):
            digits += words[stop].lower
            stop += 1
        if stop < len(words) and SEPARATED.fullmatch(words[stop].gap) and _LAST_THREE.fullmatch(words[stop].lower):
            digits, stop = digits + words[stop].lower, stop + 1
    return Figure(readings(digits), stop, step_of(digits), is_plain=plain and stop == at + 1)


def fraction_at(words: Sequence[Word], at: int) -> tuple[Decimal, int] | None:
    """The value of ½ or 1/2 and where it ends, if one stands here."""
    if at >= len(words):
        return None
    lower, stop = words[at].lower, at + 1
    if not lower[0].isnumeric():
        return None
    if gap_at(words, stop) == "/":  # two tokens, unlike 1⁄2
        lower, stop = f"{lower}/{words[stop].lower}", stop + 1
    parts = FRACTIONS.get(lower) or _WRITTEN_OUT.get(lower)
    if not parts or gap_at(words, stop) == "/":
        return None
    return (Decimal(parts[0]) / Decimal(parts[1]), stop)


def with_fraction(words: Sequence[Word], whole: Figure) -> Figure:
    """A figure with the fraction that follows it: 4½, 4 ½, 4 1/2, 4-1/2."""
    fraction = fraction_at(words, whole.stop)
    gap = gap_at(words, whole.stop)
    if not fraction or gap is None or not (gap in {"", "-"} or SEPARATED.fullmatch(gap)):
        return whole
    return Figure(frozenset(value + fraction[0] for value in whole.values), fraction[1], Decimal("0.01"))


def _raised(words: Sequence[Word], plain: Figure) -> Figure:
    """A power of ten (10⁵), or a figure with a note's mark or another power behind it (3¹): both are read."""
    raised = lower_at(words, plain.stop)
    if gap_at(words, plain.stop) != "" or not _RAISED.fullmatch(raised) or len(raised) > 2:  # noqa: PLR2004
        return plain
    return _power(plain._replace(stop=plain.stop + 1), raised)


def _power(plain: Figure, raised: str) -> Figure:
    if plain.values != {Decimal(10)}:
        return plain
    return plain._replace(values=frozenset({Decimal(10) ** int(unicodedata.normalize("NFKC", raised))}))


def readings(digits: str) -> frozenset[Decimal]:
    """What digits may mean, with points and commas as decimal signs or between thousands.

    >>> sorted(map(str, readings("1.000"))), sorted(map(str, readings("4,2"))), sorted(map(str, readings("1.234,5")))
    (['1000'], ['4.2'], ['1234.5'])
    >>> sorted(map(str, readings("1.234"))), sorted(map(str, readings("10,000"))), sorted(map(str, readings("0.125")))
    (['1.234', '1234'], ['10000'], ['0.125'])
    """
    if digits.isdecimal():
        return frozenset({Decimal(digits)})
    digits = digits.rstrip(".,:'’٫٬")
    marks = re.sub(r"\d", "", digits).replace("’", "'")
    plain = Decimal(re.sub(r"\D", "", digits))
    decimals = len(re.split(r"\D", digits)[-1])
    decimal = plain.scaleb(-decimals)
    if not marks or (len(marks) > 1 and marks[-1] in marks[:-1]):
        return frozenset({plain})
    if marks == _ARABIC_POINT or digits[0] in "0٠" or not _GROUPED.fullmatch(digits):
        return frozenset({decimal})
    is_sure = marks != _POINT or unicodedata.decimal(digits[-1]) == 0
    return frozenset({plain} if is_sure else {plain, decimal})


def step_of(digits: str) -> Decimal:
    """What one of the last digit is worth, by the first reading: 0.1 of 4.2, 1 of 4,200.

    >>> str(step_of("4.2")), str(step_of("4,200"))
    ('0.1', '1')
    """
    values = readings(digits)
    if digits.isdecimal() or len(values) > 1:
        return Decimal(1)
    exponent = next(iter(values)).as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)
