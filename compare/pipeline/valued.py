"""What a policy may ask of a document, as it is read: when it was published, and whether its value is a number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    I64 = NDArray[np.int64]

UNDATED = int(np.iinfo(np.int64).max)


def instant(text: str) -> int:
    """Seconds since 1970 of an ISO 8601 date or date and time (UTC where no zone is said), `UNDATED` for other text.

    >>> instant("1970-01-02"), instant("1970-01-01T01:00+01:00"), instant("Tuesday") == UNDATED
    (86400, 0, True)
    """
    if not text:
        return UNDATED
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return UNDATED
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return (date - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


def instants(texts: Sequence[str]) -> I64:
    """The same of several."""
    return np.fromiter(map(instant, texts), np.int64, len(texts))


def are_numeric(values: Iterable[str]) -> bool:
    """Whether all values that are none but empty are numbers."""
    return all(number_of(value) is not None for value in values if value)


def number_of(value: str) -> Decimal | None:
    """A decimal number, or none: Decimal, since 30-digit ids and 0.1 are to stay what they are."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
