"""Times of day: 3 p.m., 15:00, 15h30, 15.30 Uhr, noon, three o'clock, 下午3点; read to minutes in all that is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from compare.facts import tables
from compare.facts.spelled import han_or_digits
from compare.facts.values import Clock, Stated, stated
from compare.facts.words import gap_at, lower_at
from compare.model import Fact, Span
from compare.text.language import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word

_HOUR, _DAY, _NOON = 60, 24 * 60, 12 * 60
_HOURS, _HALF_DAY = 24, 12
_TOKEN = re.compile(r"(\d{1,2})(?:([h.])(\d{2})?)?([ap]m)?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_MINUTES = re.compile(r"([0-5]\d)([ap]m)?")
_HALVES = (("am", 0), ("pm", _NOON))
_BLANKS = frozenset({"", " ", "\u00a0", "\u202f", "\n"})


class _Hand(NamedTuple):
    """Hour and minutes as they are written, and where they end."""

    hour: int
    minute: int
    stop: int
    half: str = ""
    """"am" or "pm", where the letters stand in the token."""
    is_sure: bool = False
    """Whether it is written as only a time is: 15:30, 15h30, 3pm."""
    is_of_24: bool = False
    """Whether the hour is one of 24: 15, 03."""


def clock(words: Sequence[Word], at: int) -> Stated | None:
    """The time of day that begins at a word."""
    if not words[at].lower[0].isdigit() and words[at].lower not in _beginnings():
        return None
    if named := _named(words, at):
        return named
    past, place = tables.past().at(words, at) or (0, at)
    hand = _hand(words, place)
    if hand is None or hand.hour > _HOURS or not (hand.is_sure or past or lower_at(words, hand.stop) in _marks()):
        return _military(words, at)
    return _marked(words, Span(at, place), hand, past)


@cache
def _beginnings() -> frozenset[str]:
    """The words that a time may begin with."""
    named = (tables.clock(key).beginnings() for key in ("noon", "midnight"))
    figures = (*tables.numbers(), *tables.han(), *tables.han_places(), *tables.past().beginnings())
    return frozenset([*figures, *(word for words in named for word in words)])


@cache
def _marks() -> frozenset[str]:
    """The words that make a time of the figure before them."""
    marks = (tables.clock(key).beginnings() for key in ("am", "pm", "noon", "oclock", "hours"))
    return frozenset(word for words in marks for word in words)


def _named(words: Sequence[Word], at: int) -> Stated | None:
    """Noon, midnight."""
    for key, minutes in (("noon", _NOON), ("midnight", 0)):
        if name := tables.clock(key).at(words, at):
            zone, stop = _zone(words, name[1])
            return stated(Fact.TIME, words, Span(at, stop), Clock(frozenset({minutes}), zone))
    return None


def _hand(words: Sequence[Word], at: int) -> _Hand | None:
    return (_in_digits(words, at) or _in_words(words, at)) if at < len(words) else None


def _in_digits(words: Sequence[Word], at: int) -> _Hand | None:
    """15:30, 3:30pm, 15h30, 3pm; unsure: 15.30, 15h, 3."""
    token = _TOKEN.fullmatch(words[at].lower)
    if not token:
        return None
    hour, letter, minute, half = int(token[1]), token[2], int(token[3] or 0), token[4] or ""
    is_of_24 = token[1].startswith("0") or hour > _HALF_DAY
    behind = _MINUTES.fullmatch(lower_at(words, at + 1)) if not letter and gap_at(words, at + 1) == ":" else None
    if behind:
        is_longer = gap_at(words, at + 2) == ":"  # 2:05:33 is a duration
        return None if is_longer else _Hand(hour, int(behind[1]), at + 2, behind[2] or "", True, is_of_24)  # noqa: FBT003
    if minute >= _HOUR or (letter == "." and not token[3]):
        return None
    if not letter and (parted := _parted_minutes(words, at + 1)) is not None:
        return _Hand(hour, parted, at + 3, "", True, is_of_24)  # noqa: FBT003
    is_sure = bool(half) or (letter == "h" and bool(token[3] or _is_led(words, at)))
    return _Hand(hour, minute, at + 1, half, is_sure, is_of_24)


def _parted_minutes(words: Sequence[Word], at: int) -> int | None:
    """The minutes of 15 h 30."""
    if lower_at(words, at) not in listed("clock", "sign"):
        return None
    minutes = _MINUTES.fullmatch(lower_at(words, at + 1))
    return int(minutes[1]) if minutes else None


def _in_words(words: Sequence[Word], at: int) -> _Hand | None:
    lower = words[at].lower
    is_han = lower in tables.han() or lower in tables.han_places()
    value, stop = han_or_digits(words, at) if is_han else (tables.numbers().get(lower, Decimal(0)), at + 1)
    if not 0 < value <= _HOURS or value != int(value):
        return None
    return _Hand(int(value), 0, stop, is_of_24=value > _HALF_DAY)


def _is_led(words: Sequence[Word], at: int) -> bool:
    return lower_at(words, at - 1) in listed("clock", "at")


def _military(words: Sequence[Word], at: int) -> Stated | None:
    """1500 GMT, 1500 hours."""
    digits = _MILITARY.fullmatch(words[at].lower)
    if not digits:
        return None
    zone, stop = _zone(words, at + 1)
    stop = _adjacent(words, at + 1, "military") or stop
    minutes = frozenset({int(digits[1]) * _HOUR + int(digits[2])})
    return stated(Fact.TIME, words, Span(at, stop), Clock(minutes, zone)) if stop > at + 1 else None


def _marked(words: Sequence[Word], lead: Span, hand: _Hand, past: int) -> Stated | None:
    """A time with what stands before and behind it, or None if nothing makes it one."""
    before, first = _half_before(words, lead.start)
    behind, stop, is_marked = _behind(words, hand)
    if not (hand.is_sure or is_marked or past):
        hours = _adjacent(words, hand.stop, "hours") if _is_led(words, lead.start) else None
        if hours is None:
            return None
        stop = hours
    hand, stop = _minutes_behind(words, hand, stop)
    zone, stop = _zone(words, stop)
    value = Clock(_readings(hand, before or behind, past), zone)
    return _with_point(words, stated(Fact.TIME, words, Span(first, stop), value))


def _with_point(words: Sequence[Word], time: Stated) -> Stated:
    """The time with the last point of "p.m."."""
    last = next(word for word in words if word.token == time.tokens.stop - 1)
    if len(last.lower) > 1 or not last.after.startswith(".") or last.gap != ".":
        return time
    return replace(time, span=Span(time.span.start, time.span.stop + 1))


def _readings(hand: _Hand, half: str, past: int) -> frozenset[int]:
    """The minutes of the day that may be meant."""
    minutes = hand.hour * _HOUR + hand.minute + past
    if hand.is_of_24:
        return frozenset({minutes % _DAY})
    return frozenset((minutes % _NOON + shift) % _DAY for name, shift in _HALVES if half in {"", name})


def _half_before(words: Sequence[Word], at: int) -> tuple[str, int]:
    """Which half of the day ("am" or "pm") the words before the hour say, and where they begin."""
    for half, _ in _HALVES:
        if before := tables.clock(f"{half}_before").before(words, at):
            return half, before[1]
    return "", at


def _behind(words: Sequence[Word], hand: _Hand) -> tuple[str, int, bool]:
    """The half of the day, where the time ends, and whether a word makes it a time."""
    if hand.half:
        return hand.half, hand.stop, True
    for half, _ in _HALVES:
        if stop := _adjacent(words, hand.stop, half):
            return half, stop, True
    if hand.hour == _HALF_DAY and (stop := _adjacent(words, hand.stop, "noon")):
        return "pm", stop, True
    stop = _adjacent(words, hand.stop, "oclock")
    if stop is None:
        return "", hand.stop, False
    for half, _ in _HALVES:
        if end := _adjacent(words, stop, half):
            return half, end, True
    return "", stop, True


def _minutes_behind(words: Sequence[Word], hand: _Hand, at: int) -> tuple[_Hand, int]:
    """3点30分, 3点半."""
    if at == hand.stop or gap_at(words, at) != "":
        return hand, at
    if words[at].lower in listed("clock", "half"):
        return hand._replace(minute=_HOUR // 2), at + 1
    minute, stop = han_or_digits(words, at)
    if stop > at and minute < _HOUR and lower_at(words, stop) in listed("clock", "minutes"):
        return hand._replace(minute=int(minute)), stop + 1
    return hand, at


def _adjacent(words: Sequence[Word], at: int, key: str) -> int | None:
    """Where a phrase of `[clock]` ends that stands right here."""
    gap = gap_at(words, at)
    phrase = tables.clock(key).at(words, at) if gap in _BLANKS else None
    return phrase[1] if phrase else None


def _zone(words: Sequence[Word], at: int) -> tuple[frozenset[int], int]:
    """What the zone that stands here may be ahead of UTC, and where it ends."""
    gap = gap_at(words, at)
    zone = tables.zones().at(words, at) if gap is not None and gap.strip(" \u00a0.") in {"", "("} else None
    if not zone or not words[at].written[0].isupper():
        return frozenset(), at
    return zone
