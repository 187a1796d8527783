"""Which of two texts was published first, where both say when; nothing is decided by a date that one side alone has."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from compare.vocabulary import Provenance

if TYPE_CHECKING:
    from compare.model import Document

_YEAR, _MONTH, _DAY = 4, 7, 10  # characters of ISO 8601


_APART, _NEXT = timedelta(days=2), timedelta(days=1)
"""Between two days from which the one was surely first; and between two of one outlet."""


class First(NamedTuple):
    """The earlier side, `a` or `b`, and why; or neither, and why not."""

    side: str
    why: str


class _Days(NamedTuple):
    """The days between which a text was published."""

    start: date
    stop: date


def first_of(a: Document, b: Document) -> First:
    """The earlier of two documents by their days of publication, or by their times where both have zones.

    A page's day may be that of another zone, or the one after that of its text: two days in a row decide nothing, but
    of one outlet that says both in one way; its times without zones are those of one clock.

    >>> from compare.model import Document
    >>> days = ("2020-05-04", "2020-05", "2020-06-02")
    >>> texts = [Document(day, "", published=day) for day in days]
    >>> first_of(texts[2], texts[0]).side, first_of(texts[0], texts[1]).side, first_of(texts[1], texts[2]).side
    ('b', '', 'a')
    """
    if missing := [name for name, side in (("a", a), ("b", b)) if not _days(side)]:
        return First("", f"no date of {' and '.join(missing)} is known")
    if any(side.published_from == Provenance.UPDATE for side in (a, b)):
        return First("", "a date is that of an update alone")
    days = _days(a), _days(b)
    of_one = _is_of_one_clock(a, b)
    times = _times(a, b, of_one=of_one)
    if times and times[0] != times[1]:
        return _earlier(a, b, times[0] < times[1])
    apart = days[1].start - days[0].stop, days[0].start - days[1].stop  # type: ignore[union-attr]  # both are there
    least = _NEXT if of_one else _APART
    if max(apart) >= least:
        return _earlier(a, b, apart[0] >= least)
    return First("", "both may be of one day or of two that follow each other")


def _is_of_one_clock(a: Document, b: Document) -> bool:
    """Whether one outlet says in one way when it published both."""
    sources = [" ".join(side.source.casefold().split()) for side in (a, b)]
    return bool(sources[0]) and sources[0] == sources[1] and a.published_from == b.published_from


def _earlier(a: Document, b: Document, is_a: bool) -> First:  # noqa: FBT001  # private
    both = (a, b) if is_a else (b, a)
    words = [f"{side.published} ({side.published_from})" if side.published_from else side.published for side in both]
    return First("a" if is_a else "b", f"{words[0]} is before {words[1]}")


def date_of(document: Document) -> str:
    """The date of a document where it is one; nothing where it cannot be read.

    >>> from compare.model import Document
    >>> date_of(Document("a", "", published="2024-05")), date_of(Document("a", "", published="2024-13-45"))
    ('2024-05', '')
    """
    return document.published if _days(document) else ""


def _days(document: Document) -> _Days | None:
    """The days that a date may mean; None if it is none."""
    text = document.published
    try:
        if len(text) == _YEAR:
            return _Days(date(int(text), 1, 1), date(int(text), 12, 31))
        if len(text) == _MONTH:
            start = date.fromisoformat(f"{text}-01")
            return _Days(start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        day = datetime.fromisoformat(text).date()
    except ValueError:
        return None
    return _Days(day, day)


def _times(a: Document, b: Document, *, of_one: bool) -> tuple[datetime, datetime] | None:
    """When both were published, where both have a zone, or neither has one and one clock told both."""
    times = _time(a.published), _time(b.published)
    if not times[0] or not times[1]:
        return None
    zones = {bool(time.tzinfo) for time in times if time}
    return (times[0], times[1]) if zones == {True} or (of_one and zones == {False}) else None


def _time(text: str) -> datetime | None:
    """A time of day, or None; midnight is what a day alone is written as."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.hour or time.minute else None
