"""Place, date and agency with which a first sentence begins: "LONDON, March 11 (Reuters) – ", "(CNN) "."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compare.origin.agencies import alone, mentions
from compare.origin.dates import Written, dates_in
from compare.origin.tables import is_weekday, listed_words, month

if TYPE_CHECKING:
    from compare.model import Source

_LONGEST, _MOST_WORDS = 110, 12
_BRACKETS = (re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]"), re.compile(r"/([^/\n]{2,40})/"))
_BEHIND = re.compile(r"[ \t\u00a0]{0,2}[.:–—-]{1,3}[ \t\u00a0]{0,2}")
_DASH = re.compile(r"[ \t\u00a0.:–—―-]{0,6}")
_WITH_DASH = re.compile(
    r"([^()\[\]\n–—―:]{2,70}?)[ \t\u00a0.]{0,2}(?:[–—―]|--|(?<=[ \u00a0])-(?=[ \u00a0]))[ \t\u00a0–—―-]{0,3}"
)
_HAN = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{2,6}社|中新网)(?P<place>[\u4e00-\u9fff·]{2,10}?)(?P<day>\d{1,2}月)?\d{1,2}日(?:[\u4e00-\u9fff]{0,2}电|电)?"
)
_WORDS = re.compile(r"[^\W\d_][\w’'.·-]*")
_SIGNS = " \t\u00a0,;/.-–—*_"


class Dateline(NamedTuple):
    """A dateline: where it ends, its place, whom it names, and its date if it has a year."""

    stop: int
    place: str
    sources: tuple[Source, ...]
    date: Written | None


def dateline(line: str) -> Dateline | None:
    """The dateline that a line begins with, if text follows it. Bounded: it looks at the first 200 characters.

    >>> found = dateline("LOS ANGELES/PARIS, March 11, 2020 (Reuters) - The ferry sank.")
    >>> found.place, [source.name for source in found.sources], found.date.value
    ('LOS ANGELES/PARIS', ['Reuters'], '2020-03-11')
    >>> dateline("The agency (Reuters) - which he named - said no.")
    """
    begin = line[:200]
    return _with_agency(begin) or _chinese(begin) or _with_dash(begin)


def _with_agency(line: str) -> Dateline | None:
    """Place and agency in brackets or strokes, or a place, a dash and an agency: "МОСКВА, 11 мар — РИА Новости."."""
    for finder in _BRACKETS:
        bracket = finder.search(line, 0, _LONGEST)
        before = line[: bracket.start()] if bracket else ""
        if bracket and is_place(before) and (sources := alone(bracket[1])):
            dash = _DASH.match(line, bracket.end())
            stop = dash.end() if dash else bracket.end()
            return (
                Dateline(stop, _place(before), sources, next(dates_in(before), None)) if _goes_on(line, stop) else None
            )
    return _agency_behind(line)


def _agency_behind(line: str) -> Dateline | None:
    dashed = _WITH_DASH.match(line)
    named = next(mentions(line, 0, _LONGEST), None)
    if not named or not dashed:
        return None
    if named.span.start == 0 and named.span.stop >= len(dashed[1].rstrip()):  # "AFP - Text"
        return Dateline(dashed.end(), "", (named.source,), None) if _goes_on(line, dashed.end()) else None
    if named.span.start != dashed.end() or not is_place(dashed[1]):
        return None
    behind = _BEHIND.match(line, named.span.stop)
    if not behind or not _goes_on(line, behind.end()):
        return None
    return Dateline(behind.end(), _place(dashed[1]), (named.source,), next(dates_in(dashed[1]), None))


def _chinese(line: str) -> Dateline | None:
    """新华社北京6月26日电."""
    hit = _HAN.match(line.lstrip("（( \u3000"))
    sources = alone(hit["agency"]) if hit else ()
    if not hit or not sources:
        return None
    skipped = len(line) - len(line.lstrip("（( \u3000"))
    return Dateline(skipped + hit.end(), hit["place"], sources, None)


def _with_dash(line: str) -> Dateline | None:
    """A place in capitals, or of up to three words, before a dash: "WASHINGTON — ", "Beijing - "."""
    dashed = _WITH_DASH.match(line)
    if not dashed or not is_place(dashed[1]) or not _goes_on(line, dashed.end()):
        return None
    words = _WORDS.findall(dashed[1])
    named = [word for word in words if not (month(word) or is_weekday(word))]
    if not named or (not named[0].isupper() and len(named) > 3):  # noqa: PLR2004  # "St. Louis, Missouri"
        return None
    begins = line[dashed.end() : dashed.end() + 1]
    if not begins.isupper() and begins not in "\"“„«‘'":
        return None
    return Dateline(dashed.end(), _place(dashed[1]), (), next(dates_in(dashed[1]), None))


def is_place(text: str) -> bool:
    """Whether words can be a place and a date: few, with capitals, but for particles and months.

    >>> is_place("ST. LOUIS, Missouri, March 11"), is_place(""), is_place("The agency")
    (True, True, False)
    """
    words = _WORDS.findall(text)
    if len(words) > _MOST_WORDS or text.rstrip(_SIGNS)[-1:] in '!?:"”':
        return not words and not text.strip(_SIGNS)
    if text.upper() == text.lower():
        return len(text) <= 40  # noqa: PLR2004  # letters of a place where there are no capitals
    if words and words[0].lower() in listed_words("not_names") and words[0].lower() not in listed_words("name_parts"):
        return False
    return all(word[0].isupper() or _may_be_small(word) for word in words)


def _may_be_small(word: str) -> bool:
    return word.lower() in listed_words("name_parts") or month(word) > 0 or is_weekday(word)


def _place(text: str) -> str:
    """The place alone, without date."""
    date = next(dates_in(text), None)
    bare = text[: date.span.start] if date else text
    parts = [part.strip(_SIGNS) for part in bare.split(",")]
    named = [part for part in parts if part and not any(char.isdigit() for char in part) and not is_weekday(part)]
    return ", ".join(named)


def _goes_on(line: str, at: int) -> bool:
    return len(line) - at >= 12  # noqa: PLR2004  # letters of a sentence
