"""What jobs write in one way: scores of pairs to six places, and summaries as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from compare.pipeline.saved import unfit
from compare.sources.tables.rows import is_unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from compare.model import Skipped
    from compare.pipeline.score import Overlaps


def rounded_scores(overlaps: Overlaps) -> list[NDArray[np.float64]]:
    """Jaccard, containment of a and of b, own containment of both, to 6 places: five columns."""
    columns = overlaps.jaccard, *overlaps.containment.T, *overlaps.own_containment.T
    return [np.round(column, 6) for column in columns]


def score_cells(overlaps: Overlaps) -> list[Iterable[str]]:
    """The same as cells of CSV."""
    return [map(repr, column.astype(float).tolist()) for column in rounded_scores(overlaps)]


def utf8_of(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines of a table as bytes. Raises InputError where they cannot be: no file that was read has such ids."""
    try:
        yield from map(str.encode, lines)
    except UnicodeEncodeError as error:
        raise unfit() from error


def summary_bytes(record: Mapping[str, object], skipped: Iterable[Skipped]) -> bytes:
    """A summary as JSON: of a skip its path, its reason, and whether it could not be read."""
    listed = [{"path": skip.path, "reason": skip.reason, "unread": is_unread(skip)} for skip in skipped]
    return msgspec.json.format(msgspec.json.encode({**record, "skipped": listed}), indent=1) + b"\n"
