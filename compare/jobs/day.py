"""What day it is: the one place that asks a clock."""

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
