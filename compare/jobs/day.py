"""What day it is, or is said to be: the one place that asks a clock."""

from __future__ import annotations

import datetime as dt
import os

from compare.errors import SettingsError


def today() -> str:
    """The day as an ISO 8601 date: SOURCE_DATE_EPOCH's where that is set. Raises SettingsError if it is no number."""
    return epoch_day() or dt.datetime.now(tz=dt.UTC).date().isoformat()


def epoch_day() -> str:
    """The day of SOURCE_DATE_EPOCH as an ISO 8601 date; empty where it is not set. Raises SettingsError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return ""
    try:
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise SettingsError(f"SOURCE_DATE_EPOCH={epoch[:40]!r}: it must be seconds since 1970") from None


def now() -> str:
    """The time in ISO 8601 with its zone, to the second; its day is that of the clock, whatever is said of `today`."""
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")


def last_day(text: str, option: str) -> str:
    """A date up to which an entry counts, or nothing. Raises SettingsError where it is none, or past."""
    day = day_given(text, option)
    if day and day < today():
        raise SettingsError(f"{option} {day} is past: the entry would allow nothing")
    return day


def day_given(text: str, option: str) -> str:
    """The ISO 8601 date that is given to an option, or nothing. Raises SettingsError, which names the option.

    >>> day_given(" 2027-03-31 ", "--date"), day_given("", "--date")
    ('2027-03-31', '')
    """
    day = text.strip()
    try:
        is_date = not day or dt.date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_date = False
    if not is_date:
        raise SettingsError(f"{option} {text[:40]!a}: write it as a date, as in {option} 2027-03-31")
    return day
