"""The date of a text: in a line above it, in its file's name or its address, with how exactly it is said.

A date counts with its year only. Figures such as 03/04/2020 are a date where one order is possible, or where the
language of the text knows one order alone.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Precision, Span
from compare.origin.tables import WORD, is_weekday, listed_words, month, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_NAME = 500
_YEARS = range(1600, 2101)
_GAP = r"[ \t\u00a0\u202f]{0,3}[.,/]{0,2}[ \t\u00a0\u202f]{0,3}"
_OF = r"(?:(?:de|of|del|v\.|g\.)[ \t\u00a0]{1,2})?"
_NAME = rf"(?P<month>{WORD}{{3,12}})(?:/{WORD}{{3,14}})?"
_ORDINAL = r"(?:st|nd|rd|th|ST|ND|RD|TH|er|º|ª|\.)?"
_FIGURES = re.compile(
    r"(?<![\d.])(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"(?:[T ]{1,2}(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?\d{2}(?:\.\d{1,9})?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?![\d/-])"
    r"|(?<![\d./-])(?P<first>\d{1,2})(?P<between>[-/.] ?)(?P<second>\d{1,2})(?P=between)(?P<last>\d{4})(?![\d/-])"
    r"|(?P<han_year>\d{4})年(?P<han_month>\d{1,2})月(?:(?P<han_day>\d{1,2})日)?"
)
_WORDS = re.compile(
    rf"(?<![\w/])(?P<day>\d{{1,2}}){_ORDINAL}{_GAP}{_OF}{_NAME}{_GAP}{_OF}(?P<year>\d{{4}})(?![\d])"
    rf"|(?<!\w){_NAME.replace('month', 'name')}{_GAP}(?P<number>\d{{1,2}}){_ORDINAL}{_GAP}(?P<behind>\d{{4}})(?!\d)"
    rf"|(?<!\w){_NAME.replace('month', 'only')}{_GAP}{_OF}(?P<alone>\d{{4}})(?!\d)"
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[012]?\d)[ ]?[:.h][ ]?(?P<minute>[0-5]\d)(?:[ ]?:[ ]?[0-5]\d)?"
    r"[ ]{0,2}(?P<half>[ap])?(?:[ ]?\.?[ ]?m\b\.?)?(?![\d:])"
    r"|(?<![\d:])(?P<only>1?\d)[ ]?(?P<noon>[ap])\.?m\b\.?",
    re.IGNORECASE,
)
_BARE_CLOCK = r"(?<!\d)[0-2]\d[0-5]\d[ ]?{}"  # "1911 GMT"
_UNSURE = re.compile(r"(?<![\d./-])\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/-])")
_NO_YEAR = re.compile(
    rf"(?<!\w)(?:(?P<before>{WORD}{{3,12}}){_GAP}\d{{1,2}}{_ORDINAL}|\d{{1,2}}{_ORDINAL}{_GAP}(?P<after>{WORD}{{3,12}}))(?!\w)"
)
_OFFSET = re.compile(r"(?:GMT|UTC)?[ ]?[+-]\d{2}:?\d{2}\b")
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)([-_./ ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![0-9a-f])(?!-\d\d:)"
)
_IN_FOLDERS = re.compile(r"(?:^|/)((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/|$)")
_IN_WORDS = re.compile(rf"/((?:19|20)\d\d)/({WORD}{{3}})/(\d{{1,2}})/")
_SIGNS = " \t\u00a0\u202f|·•,;:.()[]@–—-/\\'"


class Written(NamedTuple):
    """A date as it is written: ISO 8601 as far as it is said, how exactly, and where."""

    value: str
    precision: Precision
    span: Span


def dates_in(text: str, language: str = "") -> Iterator[Written]:
    """Every sure date with a year in a short text, in order.

    >>> [date.value for date in dates_in("Jan. 5, 2020 | 6. Mai 2019, 13/04/2018, 03/04/2018, 2017年5月")]
    ['2020-01-05', '2019-05-06', '2018-04-13', '2017-05']
    """
    both = [*_FIGURES.finditer(text), *_WORDS.finditer(text)]
    reach = 0
    for hit in sorted(both, key=lambda hit: hit.start()):
        parts = _parts(hit, language)
        if parts and hit.start() >= reach and (written := _written(parts, Span(*hit.span()))):
            reach = hit.end()
            yield written


def _parts(hit: re.Match[str], language: str) -> tuple[int, int, int, str] | None:
    """Year, month, day (0: not said) and time of what looks like a date; None if it isn't sure."""
    part = hit.groupdict()
    if part.get("first"):
        order = _order(int(part["first"]), int(part["second"]), part["between"], language)
        return (int(part["last"]), *order, "") if order else None
    if part.get("han_year"):
        return int(part["han_year"]), int(part["han_month"]), int(part["han_day"] or 0), ""
    if "sign" in part:
        time = f"T{part['hour']}:{part['minute']}{_zone(part['zone'])}" if part["hour"] else ""
        return int(part["year"]), int(part["month"]), int(part["day"]), time
    for name, day, year in (("month", "day", "year"), ("name", "number", "behind"), ("only", "", "alone")):
        if part[name]:
            return int(part[year]), month(part[name]), int(part[day]) if day else 0, ""
    return None


def _zone(written: str | None) -> str:
    if not written or written == "Z":
        return "+00:00" if written else ""
    return written if ":" in written else f"{written[:3]}:{written[3:]}"


def _order(first: int, second: int, sign: str, language: str) -> tuple[int, int] | None:
    """Month and day of two figures, if one order alone is possible."""
    tag = language.lower()
    if sign.strip() == "." or first > 12 or first == second:  # noqa: PLR2004  # months of a year
        return second, first
    if second > 12:  # noqa: PLR2004  # likewise
        return first, second
    if tag in listed_words("month_first"):
        return first, second
    return (second, first) if {tag, tag.partition("-")[0]} & listed_words("day_first") else None


def _written(parts: tuple[int, int, int, str], span: Span) -> Written | None:
    """The date if there is such a day."""
    year, month_, day, time = parts
    if year not in _YEARS or not 0 < month_ <= 12:  # noqa: PLR2004  # months of a year
        return None
    if not day:
        return Written(f"{year:04}-{month_:02}", Precision.MONTH, span)
    try:
        written = date(year, month_, day).isoformat()
    except ValueError:
        return None
    return Written(written + time, Precision.TIME if time else Precision.DAY, span)


def with_time(written: Written, text: str) -> Written:
    """A date with the time of day that stands beside it in a line, if there is one.

    >>> line = "Jun 26, 2024, 06:23 PM"
    >>> with_time(next(dates_in(line)), line).value
    '2024-06-26T18:23'
    """
    if written.precision is not Precision.DAY:
        return written
    start, stop = written.span
    for clock in (_CLOCK.search(text, stop, stop + 24), _CLOCK.search(text, max(0, start - 24), start)):
        if clock and (time := _time(clock)):
            span = Span(min(start, clock.start()), max(stop, clock.end()))
            return Written(f"{written.value}T{time}", Precision.TIME, span)
    return written


def _time(clock: re.Match[str]) -> str:
    hour, minute = int(clock["hour"] or clock["only"]), int(clock["minute"] or 0)
    if half := (clock["half"] or clock["noon"]):
        hour = hour % 12 + 12 * (half.lower() == "p")
    return f"{hour:02}:{minute:02}" if hour < 24 else ""  # noqa: PLR2004  # hours of a day


def rest_of(text: str, taken: list[Span]) -> str:
    """What a line says beside its dates: without times, weekdays, zones and labels such as "published".

    >>> line = "Published: Monday, Jan. 5, 2020 at 3:04 p.m. EST"
    >>> rest_of(line, [date.span for date in dates_in(line)])
    ''
    """
    parts, at = [], 0
    for start, stop in taken:
        parts.append(text[at:start])
        at = stop
    bare = pattern("zones", _BARE_CLOCK).sub(" ", " ".join([*parts, text[at:]]))
    bare = _CLOCK.sub(" ", _OFFSET.sub(" ", bare))
    for key in ("published", "updated", "zones", "at"):
        bare = pattern(key).sub(" ", bare)
    return " ".join(
        word for word in re.split(rf"[{re.escape(_SIGNS)}]+", bare) if word and not is_weekday(word, is_cut=True)
    )


def is_date_alone(text: str) -> bool:
    """Whether a short text is a date and nothing else, if one whose day or year isn't sure.

    >>> is_date_alone("Posted 2/3/2009 11:11 PM"), is_date_alone("Mar. 8, 5:46 PM EST"), is_date_alone("2 dead")
    (True, True, False)
    """
    taken = [Span(*hit.span()) for hit in _UNSURE.finditer(text)]
    taken += [Span(*hit.span()) for hit in _NO_YEAR.finditer(text) if month(hit["before"] or hit["after"])]
    return bool(taken) and not rest_of(text, sorted(taken))


def in_name(name: str) -> str:
    """The day in the name of a file, of its folders, or in an address: ISO 8601, or nothing.

    >>> in_name("2024-06-26-pact.txt"), in_name("news/20240626_pact.md"), in_name("https://a.org/2013/nov/26/x")
    ('2024-06-26', '2024-06-26', '2013-11-26')
    >>> in_name("2024-13-01.txt"), in_name("1234567890.txt")
    ('', '')
    """
    name = name[-_LONGEST_NAME:]
    leaf = name if "://" in name else name.rpartition("/")[2]
    days = {day for hit in _IN_NAME.finditer(leaf) if (day := _day(hit[1], hit[3], hit[4]))}
    days = days or {day for hit in _IN_FOLDERS.finditer(name) if (day := _day(hit[1], hit[2], hit[3]))}
    days |= {day for hit in _IN_WORDS.finditer(name) if (day := _day(hit[1], str(month(hit[2])), hit[3]))}
    return days.pop() if len(days) == 1 else ""


def _day(year: str, month_: str, day: str) -> str:
    try:
        return date(int(year), int(month_), int(day)).isoformat()
    except ValueError:
        return ""
