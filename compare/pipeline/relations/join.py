"""What is measured of pairs of documents: each pair with the rows of both, as many at a time as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from compare.pipeline.engines.columns import Rowed, Values

    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]

Measured = TypeVar("Measured", bound="NDArray[np.number]")
"""A row of numbers a pair."""


def join(column: Rowed, bounds: I64, pairs: I64, verb: Callable[[Values, I64, I64], Measured], share: int) -> Measured:
    """`verb(values, offsets, pairs)` with the rows of both documents of each pair: one row of results a pair.

    Document d has the values `bounds[d]` to `bounds[d + 1]`; inside the verb documents are renumbered, and the values
    are the verb's own, to write over. At most about `share` bytes of values are there at a time.
    """
    result: Measured | None = None
    for rows in in_parts(column, bounds, pairs, share, len(pairs)):
        values = verb(*_gathered(column, bounds, pairs[rows]))
        if result is None:
            result = cast("Measured", np.empty((len(pairs), *values.shape[1:]), values.dtype))
        result[rows] = values
    return cast("Measured", np.empty(0, np.int64)) if result is None else result


def in_parts(column: Rowed, bounds: I64, pairs: I64, share: int, most: int) -> list[I32]:
    """The places of pairs in parts of so many at the most, whose documents have about `share` bytes of values.

    They go by their documents, so that those of one part have many in common: as long as a part is too large it is cut
    in two. By pairs of blocks of documents, each was read 2.6 times in 100,000 made texts, now 1.2 times.
    """
    lengths, values = np.diff(bounds), share // column.dtype.itemsize
    if len(pairs) <= most and bounds[-1] <= values:
        return [np.arange(len(pairs), dtype=np.int32)]
    parts: list[I32] = []
    waiting = [np.lexsort((pairs[:, 1], pairs[:, 0])).astype(np.int32)]
    while waiting:
        rows = waiting.pop()
        if len(rows) <= max(most, 1) and _fit(pairs[rows], lengths, values):
            parts.append(rows)
        else:
            waiting += [rows[len(rows) // 2 :], rows[: len(rows) // 2]]
    return parts


def _fit(pairs: I64, lengths: I64, values: int) -> bool:
    """Whether the documents of some pairs have at most so many values, or there is one pair alone."""
    if len(pairs) <= 1 or lengths[pairs].sum() <= values:
        return True
    return int(lengths[np.unique(pairs)].sum()) <= values


def _gathered(column: Rowed, bounds: I64, pairs: I64) -> tuple[Values, I64, I64]:
    """The values of the documents of some pairs as a column with offsets, and the pairs by their place in it."""
    wanted = np.zeros(len(bounds) - 1, bool)
    wanted[pairs] = True
    values, offsets, numbers = column.rows(bounds, np.flatnonzero(wanted))
    place = np.empty(len(wanted), np.int64)
    place[numbers] = np.arange(len(numbers))
    return values, offsets, place[pairs]
