"""What a stretch of text states in figures, dates and units: read word by word, with where it stands.

A figure is read in every way that it can be meant: "1.000" is a thousand and one, so that no locale makes a drift.
Weak: ordinals in words, fractions in words, "a dozen", and number words of languages that `lexicon.py` does not have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.facts import lexicon
from compare.facts.words import Word, read
from compare.kernels.columns import among
from compare.model import Fact, Span
from compare.text.tokens import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Tokens

_DIGITS = re.compile(r"(\d[\d.,:'’٫٬]{0,40}?)([^\W\d_]{0,4})")
_THREE = re.compile(r"\d{3}")
_SEPARATED = re.compile("[  \u2009\u202f]")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2,4})")
_CURRENCY = "$€£¥₽₹₺₴₩"
_BEFORE = re.compile(rf"([{_CURRENCY}])[ \u00a0*_]?\Z")
_AFTER = re.compile(rf"[ \u00a0\u202f*_]?(°[CF]\b|[%‰{_CURRENCY}])")
_MINUS = re.compile(rf"[\s(][-−][{_CURRENCY}]?\Z|\A−\Z")
_FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_WRITTEN_OUT = {f"{top}{slash}{bottom}": (top, bottom) for top, bottom in _FRACTIONS.values() for slash in "/⁄"}
_DIGIT = re.compile(rf"(?<!\d)\d|[{''.join(_FRACTIONS)}]")
_AHEAD = 10  # words after its first one that a fact may take
_SHORT = 4  # letters from which a unit counts without a figure
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_DAYS, _MONTHS = 31, 12


class Unit(NamedTuple):
    """A unit and its words or sign in the text."""

    dimension: str
    key: str
    span: Span


class Date(NamedTuple):
    """Parts of a date; 0 where a part is not said."""

    weekday: int = 0
    day: int = 0
    month: int = 0
    year: int = 0


class Number(NamedTuple):
    """A figure in all its readings, before its scale ("million") and with it."""

    values: frozenset[Decimal]
    base: frozenset[Decimal]
    scale: Span | None
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact: the tokens it needs, its words, and what they mean."""

    what: Fact
    tokens: Span
    span: Span
    value: Number | Date | Unit


def facts(text: str, tokens: Tokens, part: Span) -> list[Stated]:
    """Numbers with their units, dates, and units that stand alone, in order; no word is in two of them. Linear."""
    stated: list[Stated] = []
    window, words = Span(part.start, part.start), list[Word]()
    for token in _promising(text, tokens, part):
        if stated and token < stated[-1].tokens.stop:
            continue
        if min(token + _AHEAD, part.stop) > window.stop:
            window = Span(max(part.start, token - 1), min(part.stop, token + 3 * _AHEAD))
            words = read(text, tokens, window)
        at = token - window.start
        if fact := _date(words, at) or _number(text, words, at) or _unit_alone(text, words, at):
            stated.append(fact)
    return stated


def _promising(text: str, tokens: Tokens, part: Span) -> list[int]:
    """The tokens that a fact may begin with: digits, and the words of the tables."""
    hashes, starts = tokens.hashes[slice(*part)], tokens.starts[slice(*part)]
    if not len(hashes):
        return []
    begin, end = int(starts[0]), int(tokens.stops[part.stop - 1])
    digits = np.array([begin + digit.start() for digit in _DIGIT.finditer(text[begin:end])], np.int64)
    flags = among(hashes, _beginnings())
    places = np.minimum(np.searchsorted(starts, digits), len(starts) - 1)
    flags[places[starts[places] == digits]] = True
    return (part.start + np.flatnonzero(flags)).tolist()


@lru_cache(maxsize=1)
def _beginnings() -> NDArray[np.uint64]:
    """The folded hashes of the words that a fact may begin with, sorted."""
    units = [re.split(r"[ .]", unit)[0] for unit in lexicon.UNITS if len(unit) >= _SHORT]
    han = [*lexicon.HAN, *lexicon.HAN_SCALES, *"星礼禮周週"]
    words = [*lexicon.WEEKDAYS, *lexicon.MONTHS, *lexicon.NUMBERS, *lexicon.SCALES]
    return vocabulary([*words, *units, *han])


# --- dates ---------------------------------------------------------------------------------------------------------


def _date(words: Sequence[Word], at: int) -> Stated | None:
    word = words[at]
    if word.lower in lexicon.WEEKDAYS:
        return _stated_date(words, at, at + 1, Date(weekday=lexicon.WEEKDAYS[word.lower]))
    return _numeric_date(words, at) or _date_in_words(words, at) or _han_date(words, at) or _year_alone(words, at)


def _stated_date(words: Sequence[Word], at: int, stop: int, value: Date) -> Stated:
    last = words[stop - 1]
    return Stated(Fact.DATE, Span(words[at].token, last.token + 1), Span(words[at].start, last.stop), value)


def _numeric_date(words: Sequence[Word], at: int) -> Stated | None:
    """2024-05-03, 3.5.2024, 3/5/2024."""
    if date := _DAY_MONTH_YEAR.fullmatch(words[at].lower):
        day, month, year = map(int, date.groups())
        return _stated_date(words, at, at + 1, Date(0, day, month, year))
    three = words[at : at + 3]
    gaps = [word.gap for word in three[1:]]
    parts = [_small(word) for word in three]
    if gaps not in (["-", "-"], ["/", "/"]) or not all(parts):
        return None
    first, second, third = parts
    if _is_year(first):
        return _stated_date(words, at, at + 3, Date(0, third, second, first))
    return _stated_date(words, at, at + 3, Date(0, first, second, third)) if _is_year(third) else None


def _small(word: Word) -> int:
    """The value of up to four digits with or without an ordinal's letters (5, 5th, 1er), or 0."""
    digits = _DIGITS.fullmatch(word.lower)
    number = digits[1] if digits else ""
    return int(number) if number.isdecimal() and len(number) <= 4 else 0  # noqa: PLR2004  # a year's digits


def _is_year(value: int) -> bool:
    return _FIRST_YEAR <= value <= _LAST_YEAR


def _date_in_words(words: Sequence[Word], at: int) -> Stated | None:
    """5 May 2024, 5. Mai, 5 de mayo de 2024, May 5, March."""
    day, place = _small(words[at]), at
    if day:
        place = _past_links(words, at + 1)
    if place >= len(words) or words[place].lower not in lexicon.MONTHS or day > _DAYS:
        return None
    month, stop = lexicon.MONTHS[words[place].lower], place + 1
    following = _small(words[stop]) if stop < len(words) and _close(words[stop]) else 0
    if not day and 0 < following <= _DAYS:
        day, stop = following, stop + 1
    year, stop = _year_after(words, stop)
    if not (day or year) and words[place].lower in lexicon.UNSURE_MONTHS and not _in_mid_sentence(words, place):
        return None
    return _stated_date(words, at, stop, Date(0, day, month, year))


def _close(word: Word) -> bool:
    return word.gap.strip() in {"", ",", "."} and "\n\n" not in word.gap


def _past_links(words: Sequence[Word], at: int) -> int:
    return at + 1 if at < len(words) and words[at].lower in lexicon.DATE_LINKS else at


def _year_after(words: Sequence[Word], at: int) -> tuple[int, int]:
    """The year that follows and where it ends; 0 and `at` if none does."""
    place = _past_links(words, at)
    year = _small(words[place]) if place < len(words) and _close(words[place]) else 0
    return (year, place + 1) if _is_year(year) else (0, at)


def _in_mid_sentence(words: Sequence[Word], at: int) -> bool:
    """Whether an unsure month follows a word that leads to a date."""
    return at > 0 and words[at].gap == " " and words[at - 1].lower in lexicon.BEFORE_YEAR | {"next", "last", "this"}


def _year_alone(words: Sequence[Word], at: int) -> Stated | None:
    year = _small(words[at]) if len(words[at].lower) == 4 else 0  # noqa: PLR2004  # a year's digits
    if not _is_year(year):
        return None
    before = words[at - 1].lower if at else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    led = before in lexicon.BEFORE_YEAR or before in lexicon.MONTHS or after in lexicon.AFTER_YEAR
    return _stated_date(words, at, at + 1, Date(year=year)) if led and after not in lexicon.UNITS else None


_HAN_PARTS = {"年": "year", "月": "month", "日": "day", "号": "day", "號": "day"}
_HAN_WEEK = {char: place for place, char in enumerate("一二三四五六日", 1)} | {"天": 7}


def _han_date(words: Sequence[Word], at: int) -> Stated | None:
    """2024年5月3日, 五月三日, 星期一, 周一."""
    if words[at].lower in "星礼禮周週":
        return _han_weekday(words, at)
    parts: dict[str, int] = {}
    stop = at
    while stop < len(words):
        value, unit = _han_or_digits(words, stop)
        part = _HAN_PARTS.get(words[unit].lower, "") if value and unit < len(words) else ""
        if not part or part in parts or (part == "year" and not _is_year(value)):
            break
        parts[part], stop = value, unit + 1
    return _stated_date(words, at, stop, Date(**parts)) if parts else None


def _han_weekday(words: Sequence[Word], at: int) -> Stated | None:
    place = at + 1 if words[at].lower in "周週" else at + 2
    if place >= len(words) or (place == at + 2 and words[at + 1].lower not in "期拜"):
        return None
    day = _HAN_WEEK.get(words[place].lower, 0)
    return _stated_date(words, at, place + 1, Date(weekday=day)) if day else None


def _han_or_digits(words: Sequence[Word], at: int) -> tuple[int, int]:
    if small := _small(words[at]):
        return small, at + 1
    value, stop = _han_number(words, at)
    return int(value or 0), stop


# --- numbers -------------------------------------------------------------------------------------------------------


def _number(text: str, words: Sequence[Word], at: int) -> Stated | None:
    """A figure in digits or words with its scale and its unit."""
    values, stop = _figure(words, at)
    if not values:
        return None
    scale, scaled = _scale(words, stop)
    if stop == at and scaled == at:
        return None
    unit, end = _unit(text, words, at, scaled)
    if _MINUS.search(words[at].gap):
        values = frozenset(-value for value in values)
    product = frozenset(value * scale for value in values)
    first, last = words[at], words[scaled - 1]
    named = Span(words[stop].start, last.stop) if scaled > stop else None
    return Stated(
        Fact.NUMBER,
        Span(first.token, words[end - 1].token + 1),
        Span(first.start, last.stop),
        Number(product, values, named, unit),
    )


def _figure(words: Sequence[Word], at: int) -> tuple[frozenset[Decimal], int]:
    """The readings of the figure that starts here and where it ends; {1} and `at` for a scale alone ("millions")."""
    word = words[at].lower
    if fraction := _fraction(words, at):
        return frozenset({fraction[0]}), fraction[1]
    if digits := _DIGITS.fullmatch(word):
        return _with_fraction(words, *_in_digits(words, at, digits))
    if word in lexicon.HAN or word == "十":
        value, stop = _han_number(words, at)
        return frozenset({Decimal(value)}), stop
    if word in lexicon.NUMBERS:
        return _in_words(words, at)
    return (frozenset({Decimal(1)}), at) if word in lexicon.SCALES and len(word) > 1 else (frozenset(), at)


def _in_digits(words: Sequence[Word], at: int, digits: re.Match[str]) -> tuple[frozenset[Decimal], int]:
    figure, stop = digits[1], at + 1
    if figure.isdecimal() and len(figure) <= 3 and not digits[2]:  # noqa: PLR2004  # 4 200 000
        while stop < len(words) and _SEPARATED.fullmatch(words[stop].gap) and _THREE.fullmatch(words[stop].lower):
            figure += words[stop].lower
            stop += 1
    if figure.isdecimal() and stop < len(words) and words[stop].gap == ":" and words[stop].lower.isdecimal():  # 10:30
        figure, stop = f"{figure}:{words[stop].lower}", stop + 1
    values = readings(figure)
    return frozenset(value * lexicon.SCALES.get(digits[2], 1) for value in values), stop


def _fraction(words: Sequence[Word], at: int) -> tuple[Decimal, int] | None:
    """The value of ½ or 1/2 and where it ends, if one stands here."""
    if at >= len(words):
        return None
    lower, stop = words[at].lower, at + 1
    if stop < len(words) and words[stop].gap == "/":  # two tokens, unlike 1⁄2
        lower, stop = f"{lower}/{words[stop].lower}", stop + 1
    parts = _FRACTIONS.get(lower) or _WRITTEN_OUT.get(lower)
    return (Decimal(parts[0]) / Decimal(parts[1]), stop) if parts else None


def _with_fraction(words: Sequence[Word], values: frozenset[Decimal], stop: int) -> tuple[frozenset[Decimal], int]:
    """A figure with the fraction that follows it: 4½, 4 ½, 4 1/2, 4-1/2."""
    fraction = _fraction(words, stop)
    if not fraction or not (words[stop].gap in {"", "-"} or _SEPARATED.fullmatch(words[stop].gap)):
        return values, stop
    return frozenset(value + fraction[0] for value in values), fraction[1]


def readings(figure: str) -> frozenset[Decimal]:
    """What a figure may mean, with points and commas as decimal signs or between thousands.

    >>> sorted(map(str, readings("1.000"))), sorted(map(str, readings("4,2"))), sorted(map(str, readings("1.234,5")))
    (['1', '1000'], ['4.2'], ['1234.5'])
    """
    marks = re.sub(r"\d", "", figure).replace("’", "'")
    plain = re.sub(r"\D", "", figure)
    values = set()
    if not marks or (len(set(marks)) == 1 and re.fullmatch(r"\d{1,3}(?:\D\d{3})+", figure)):
        values.add(Decimal(plain))
    if marks and (len(marks) == 1 or marks[-1] not in marks[:-1]):
        fraction = len(re.split(r"\D", figure)[-1])
        values.add(Decimal(plain) / Decimal(10) ** fraction)
    return frozenset(values or {Decimal(plain)})


def _in_words(words: Sequence[Word], at: int) -> tuple[frozenset[Decimal], int]:
    """Twenty-three, two hundred and five, treinta y tres; a scale from a thousand up is read by the caller."""
    total, stop = lexicon.NUMBERS[words[at].lower], at + 1
    while stop < len(words):
        lower, room = words[stop].lower, _room(total)
        place = stop + 1 if lower in lexicon.AND and room and stop + 1 < len(words) else stop
        value = lexicon.NUMBERS.get(words[place].lower, 0)
        if lexicon.SCALES.get(lower) == 100 and total < 100:  # noqa: PLR2004  # hundreds
            total, stop = total * 100, stop + 1
        elif 0 < value < room and words[place].gap in {" ", "-", "\n"}:
            total, stop = total + value, place + 1
        else:
            break
    return frozenset({Decimal(total)}), stop


def _room(total: int) -> int:
    """Below what a following number word is a part of this number: 20 has room for 3, 200 for 35."""
    if total % 100 == 0:
        return 100
    return 10 if total % 10 == 0 and total > 10 else 0  # noqa: PLR2004  # tens


def _han_number(words: Sequence[Word], at: int) -> tuple[int, int]:
    """The value of a run of Chinese numerals and where it ends."""
    total = section = digit = 0
    stop = at
    while stop < len(words) and (stop == at or not words[stop].gap):
        char = words[stop].lower
        if char in lexicon.HAN:
            digit = digit * 10 + lexicon.HAN[char]
        elif (scale := lexicon.HAN_SCALES.get(char, 0)) >= 10_000:  # noqa: PLR2004  # 万, 亿
            total, section, digit = (total + section + digit) * scale, 0, 0
        elif scale:
            section, digit = section + (digit or 1) * scale, 0
        else:
            break
        stop += 1
    return total + section + digit, stop


def _scale(words: Sequence[Word], at: int) -> tuple[Decimal, int]:
    """The product of the scales that follow a figure, and where they end."""
    product, stop = Decimal(1), at
    while stop < len(words) and words[stop].lower in lexicon.SCALES and words[stop].gap.strip() in {"", "-"}:
        product, stop = product * lexicon.SCALES[words[stop].lower], stop + 1
        if stop - at == 3:  # noqa: PLR2004  # a hundred thousand million
            break
    return product, stop


# --- units ---------------------------------------------------------------------------------------------------------


def _unit(text: str, words: Sequence[Word], at: int, stop: int) -> tuple[Unit | None, int]:
    """The unit before or after a figure, and where the figure ends with its unit."""
    if before := _BEFORE.search(words[at].gap):
        return _sign(before[1], words[at].start - len(words[at].gap) + before.start(1)), stop
    suffix = _DIGITS.fullmatch(words[stop - 1].lower)
    if suffix and suffix[2] in lexicon.UNITS:
        last = words[stop - 1]
        return Unit(*lexicon.UNITS[suffix[2]], Span(last.start + suffix.start(2), last.stop)), stop
    end = words[stop - 1].stop
    if after := _AFTER.match(text, end, end + 4):
        taken = stop + 1 if after[1][0] == "°" and len(after[1]) > 1 else stop
        return _sign(after[1].lower(), after.start(1)), min(taken, len(words))
    return _unit_word(text, words, stop)


def _sign(sign: str, at: int) -> Unit:
    return Unit(*lexicon.UNITS[sign], Span(at, at + len(sign)))


def _unit_word(text: str, words: Sequence[Word], at: int) -> tuple[Unit | None, int]:
    """The longest unit of up to three words (or characters) here."""
    for stop in range(min(at + 3, len(words)), at, -1):
        if any(word.gap.strip() not in {"", "-", "."} for word in words[at:stop]):
            continue
        span = Span(words[at].start, words[stop - 1].stop)
        unit = lexicon.UNITS.get(" ".join(text[slice(*span)].lower().replace(".", " ").split()))
        if unit:
            return Unit(*unit, span), stop
    return None, at


def _unit_alone(text: str, words: Sequence[Word], at: int) -> Stated | None:
    unit, stop = _unit_word(text, words, at)
    if unit is None or unit.span.stop - unit.span.start < _SHORT:
        return None
    return Stated(Fact.UNIT, Span(words[at].token, words[stop - 1].token + 1), unit.span, unit)
