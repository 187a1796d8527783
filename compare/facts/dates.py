"""Dates: in figures in both orders, in words, weekdays, years, seasons, decades."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from compare.facts import tables
from compare.facts.figures import DIGITS
from compare.facts.spelled import han_or_digits, spelled
from compare.facts.values import Date, Day, Stated, stated
from compare.facts.words import gap_at, lower_at
from compare.model import Fact, Span
from compare.text.language import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_DECADE = re.compile(r"((?:1[5-9]|20)?\d0)'?([^\W\d_]{1,2})?")
_DASHES = frozenset({"-", "–", "/", "‐", "‑"})
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_DAYS, _MONTHS, _DECADE_YEARS, _CENTURY = 31, 12, 10, 100
_RECENT = 30  # the twenties may be those of this century
_DIGITS_OF_YEAR = 4
_PLURAL = "s"


def date(words: Sequence[Word], at: int) -> Stated | None:
    """The date, weekday, year, season or decade that begins at a word."""
    word = words[at].lower
    if word in tables.weekdays():
        return _stated(words, Span(at, at + 1), Day(weekday=tables.weekdays()[word]))
    if _begins_han_week(word):
        return _han_weekday(words, at)
    if word[0].isdigit():
        if figures := _numeric(words, at) or _season(words, at):
            return figures
    elif word not in _beginnings():
        return None
    return _decade(words, at) or _in_words(words, at) or _han(words, at) or _year_alone(words, at)


@cache
def _beginnings() -> frozenset[str]:
    """The words that a date may begin with."""
    return frozenset([
        *tables.months(), *tables.decades(), *tables.ordinals(), *_tens(), *tables.han(), *tables.han_places(),
    ])  # fmt: skip


def _stated(words: Sequence[Word], taken: Span, *readings: Day) -> Stated:
    return stated(Fact.DATE, words, taken, Date(frozenset(readings)))


# --- figures -------------------------------------------------------------------------------------------------------


def _numeric(words: Sequence[Word], at: int) -> Stated | None:
    """2024-05-03, 3.5.2024, 3/5/2024, 3/5/24."""
    if dotted := _DAY_MONTH_YEAR.fullmatch(words[at].lower):
        days = _valid([Day(0, int(dotted[1]), int(dotted[2]), _full_year(dotted[3]))])
        stop = at + 2 if lower_at(words, at + 1) in listed("dates", "after_year") else at + 1
        return _stated(words, Span(at, stop), *days) if days else None
    gaps = [word.gap for word in words[at + 1 : at + 3]]
    if gaps not in (["-", "-"], ["/", "/"]) or gap_at(words, at + 3) in _DASHES:
        return None
    digits = [word.lower for word in words[at : at + 3]]
    if not all(part.isdecimal() for part in digits):
        return None
    days = _valid(_orders(digits, is_slashed=gaps[0] == "/"))
    return _stated(words, Span(at, at + 3), *days) if days else None


def _orders(digits: list[str], *, is_slashed: bool) -> list[Day]:
    """Year first, or day and month in both orders."""
    first, second, third = map(int, digits)
    if len(digits[0]) == _DIGITS_OF_YEAR:
        return [Day(0, third, second, first)]
    if len(digits[2]) == _DIGITS_OF_YEAR or (is_slashed and len(digits[2]) == 2):  # noqa: PLR2004  # 3/5/24
        year = _full_year(digits[2])
        return [Day(0, first, second, year), Day(0, second, first, year)]
    return []


def _full_year(digits: str) -> int:
    """The year of two or four digits."""
    year = int(digits)
    return year if len(digits) == _DIGITS_OF_YEAR else year + (2000 if year < 50 else 1900)  # noqa: PLR2004


def _valid(days: list[Day]) -> list[Day]:
    return [day for day in days if 0 < day.day <= _DAYS and 0 < day.month <= _MONTHS and is_year(day.year)]


def is_year(value: int) -> bool:
    """Whether a figure may be a year that news speaks of."""
    return _FIRST_YEAR <= value <= _LAST_YEAR


def _season(words: Sequence[Word], at: int) -> Stated | None:
    """2019-20, 2019/20, 2019–2020."""
    year, gap, until = _year_at(words, at), gap_at(words, at + 1), lower_at(words, at + 1)
    if not year or gap not in _DASHES or not until.isdecimal() or gap_at(words, at + 2) in {"-", "/"}:
        return None
    last = int(until) + (year - year % _CENTURY if len(until) == 2 else 0)  # noqa: PLR2004  # 20 of 2019-20
    if len(until) == 2 and last < year and last % _CENTURY == 0:  # noqa: PLR2004  # 1999-00
        last += _CENTURY
    return _stated(words, Span(at, at + 2), Day(year=year, until=last)) if year < last <= _LAST_YEAR else None


def _year_at(words: Sequence[Word], at: int) -> int:
    """The year in four plain digits here, or 0."""
    lower = lower_at(words, at)
    for ending in listed("dates", "possessive"):
        lower = lower.removesuffix(ending)
    return int(lower) if len(lower) == _DIGITS_OF_YEAR and lower.isdecimal() and is_year(int(lower)) else 0


def _decade(words: Sequence[Word], at: int) -> Stated | None:
    """The 1990s, the '90s, nineties, 1990er Jahre, années 90, 90-е, 90年代."""
    lower = words[at].lower
    if lower in tables.decades():
        return _decade_of(words, Span(at, at + 1), tables.decades()[lower])
    if lower in tables.han():
        value, stop = han_or_digits(words, at)
        is_decade = value % _DECADE_YEARS == 0 and 0 < value < _CENTURY and _spells(words, stop, "after_decade")
        return _decade_of(words, Span(at, stop + 2), int(value)) if is_decade else None
    digits = _DECADE.fullmatch(lower)
    stop = _decade_stop(words, at, digits[2] or "") if digits else at
    return _decade_of(words, Span(at, stop), int(digits[1])) if digits and stop > at else None


def _decade_stop(words: Sequence[Word], at: int, suffix: str) -> int:
    """Where a decade ends that is written with this suffix; `at` if nothing makes it one."""
    suffixes = listed("dates", "decade_suffixes")
    if suffix:
        return at + 1 if suffix == _PLURAL or suffix in suffixes else at
    if gap_at(words, at + 1) == "-" and lower_at(words, at + 1) in suffixes:
        return at + 2
    if _spells(words, at + 1, "after_decade"):
        return at + 3
    return at + 1 if lower_at(words, at - 1) in listed("dates", "before_decade") else at


def _spells(words: Sequence[Word], at: int, key: str) -> bool:
    """Whether the two characters here are one of a table's words."""
    return "".join(word.lower for word in words[at : at + 2]) in listed("dates", key)


def _decade_of(words: Sequence[Word], taken: Span, value: int) -> Stated | None:
    if value >= _CENTURY:
        decade = Day(year=value, until=value + _DECADE_YEARS - 1)
        is_unsure = "'" in words[taken.start].lower  # 1990's is a year's as well
        return _stated(words, taken, decade, *([Day(year=value)] if is_unsure else []))
    centuries = (1900, 2000) if value < _RECENT else (1900,)
    return _stated(words, taken, *(Day(year=c + value, until=c + value + _DECADE_YEARS - 1) for c in centuries))


# --- words ---------------------------------------------------------------------------------------------------------


def _in_words(words: Sequence[Word], at: int) -> Stated | None:
    """5 May 2024, 5. Mai, 5 de mayo de 2024, the 21st of August, May 5, March."""
    day, place = _day(words, at)
    if day:
        place = _past_links(words, place)
    month = tables.months().get(lower_at(words, place), 0)
    if not month or not _is_month(words, place, is_sure=day > 0):
        return None
    stop = place + 1
    if not day:
        day, stop = _day_behind(words, stop)
    year, stop = _year_behind(words, stop)
    if not (day or year) and words[place].lower in listed("dates", "unsure") and not _in_mid_sentence(words, place):
        return None
    return _stated(words, Span(at, stop), Day(0, day, month, year))


def _day(words: Sequence[Word], at: int) -> tuple[int, int]:
    """The day of the month before its name and where it ends; 0 and `at` if none stands here."""
    if day := _small(words[at]):
        return (day, at + 1) if day <= _DAYS else (0, at)
    figure = spelled(words, at) if words[at].lower in tables.ordinals() or words[at].lower in _tens() else None
    if figure and figure.is_ordinal and max(figure.values) <= _DAYS:
        return int(max(figure.values)), figure.stop
    return 0, at


@cache
def _tens() -> frozenset[str]:
    return frozenset(word for word, value in tables.numbers().items() if value in {20, 30})


def _small(word: Word) -> int:
    """The value of up to two digits with or without an ordinal's letters (5, 5th, 1er), or 0."""
    digits = DIGITS.fullmatch(word.lower)
    if not digits or not digits[1].isdecimal() or len(digits[1]) > 2:  # noqa: PLR2004  # a day's digits
        return 0
    return int(digits[1]) if not digits[2] or digits[2] in listed("numbers", "ordinal_suffixes") else 0


def _is_month(words: Sequence[Word], at: int, *, is_sure: bool) -> bool:
    """Whether a month's word is one: "may" is none, and "May" between figures is."""
    word = words[at]
    if word.lower in listed("dates", "capital") and not word.written[0].isupper():
        return False
    return not is_sure or _is_close(word)


def _day_behind(words: Sequence[Word], at: int) -> tuple[int, int]:
    day = _small(words[at]) if at < len(words) and _is_close(words[at]) else 0
    return (day, at + 1) if 0 < day <= _DAYS and not words[at].after.startswith((":", "%", " %")) else (0, at)


def _is_close(word: Word) -> bool:
    return word.gap.strip() in {"", ",", ".", ".,"} and "\n\n" not in word.gap


def _past_links(words: Sequence[Word], at: int) -> int:
    return at + 1 if lower_at(words, at) in listed("dates", "links") else at


def _year_behind(words: Sequence[Word], at: int) -> tuple[int, int]:
    """The year that follows and where it ends; 0 and `at` if none does."""
    place = _past_links(words, at)
    year = _year_at(words, place) if place < len(words) and _is_close(words[place]) else 0
    if not year:
        return 0, at
    return year, place + 2 if lower_at(words, place + 1) in listed("dates", "after_year") else place + 1


def _in_mid_sentence(words: Sequence[Word], at: int) -> bool:
    """Whether an unsure month follows a word that leads to a month."""
    return gap_at(words, at) == " " and words[at - 1].lower in listed("dates", "before_month")


def _short_year(words: Sequence[Word], at: int) -> int:
    """The year of '69, or 0."""
    lower, gap = words[at].lower, words[at].gap
    return _full_year(lower) if len(lower) == 2 and lower.isdecimal() and gap in {" '", " ’"} else 0  # noqa: PLR2004


def _year_alone(words: Sequence[Word], at: int) -> Stated | None:
    year = _year_at(words, at) or _short_year(words, at)
    if not year:
        return None
    before, after = lower_at(words, at - 1), lower_at(words, at + 1)
    is_led = before in listed("dates", "before_year") or before in tables.months()
    is_led = is_led or after in listed("dates", "after_year")
    unit = tables.units().at(words, at + 1) if after not in listed("dates", "after_year") else None
    return _stated(words, Span(at, at + 1), Day(year=year)) if is_led and not unit else None


# --- Chinese -------------------------------------------------------------------------------------------------------


def _begins_han_week(char: str) -> bool:
    return char in listed("dates", "week") or any(word[0] == char for word in listed("dates", "week_of_two"))


def _han_weekday(words: Sequence[Word], at: int) -> Stated | None:
    """星期一, 周一."""
    place = at + 2 if _spells(words, at, "week_of_two") else at + 1
    if place == at + 1 and words[at].lower not in listed("dates", "week"):
        return None
    day = tables.han_weekdays().get(lower_at(words, place), 0)
    return _stated(words, Span(at, place + 1), Day(weekday=day)) if day else None


def _han(words: Sequence[Word], at: int) -> Stated | None:
    """2024年5月3日, 五月三日."""
    parts: dict[str, int] = {}
    stop = at
    while stop < len(words):
        value, place = han_or_digits(words, stop)
        part = tables.han_dates().get(lower_at(words, place), "") if place > stop and value else ""
        if not part or part in parts or (part == "year" and not is_year(int(value))):
            break
        parts[part], stop = int(value), place + 1
    return _stated(words, Span(at, stop), Day(**parts)) if parts else None
