"""What is measured of pairs of documents: each pair with the rows of both, as many at a time as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from compare.pipeline.engines.columns import Column, Rowed, Values

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
    for rows in in_blocks(bounds, pairs, share // column.dtype.itemsize):
        values = verb(*_gathered(column, bounds, pairs[rows]))
        if result is None:
            result = cast("Measured", np.empty((len(pairs), *values.shape[1:]), values.dtype))
        result[rows] = values
    return cast("Measured", np.empty(0, np.int64)) if result is None else result


def in_parts(column: Column, bounds: I64, pairs: I64, share: int, most: int) -> list[I32]:
    """The places of pairs in parts of so many at the most, so that `join` reads each two blocks for one part only.

    Few blocks are put together, up to so many pairs.
    """
    parts: list[I32] = []
    waiting: list[I32] = []
    count = 0
    for rows in in_blocks(bounds, pairs, share // column.dtype.itemsize):
        for piece in np.array_split(rows, len(rows) // most + 1):
            if count and count + len(piece) > most:
                parts.append(np.concatenate(waiting))
                waiting, count = [], 0
            waiting.append(piece)
            count += len(piece)
    return [*parts, np.concatenate(waiting)]


def in_blocks(bounds: I64, pairs: I64, values: int) -> Iterator[I32]:
    """The places of pairs whose documents stand in the same two blocks of documents: each is read once with another."""
    blocks = _blocks(bounds, values)
    a, b = ((np.searchsorted(blocks, side, side="right") - 1).astype(np.int32) for side in pairs.T)
    # a pair of blocks as one number, in either order: each is read once, with all pairs that need it
    code = np.minimum(a, b) * np.int32(len(blocks)) + np.maximum(a, b)
    order = np.argsort(code, kind="stable").astype(np.int32)  # half the memory of what waits for its turn
    yield from np.split(order, np.flatnonzero(np.diff(code[order])) + 1)


def _blocks(bounds: I64, values: int) -> I64:
    """The first document of each block: int64[blocks], ascending from 0.

    One block if there are at most so many values, else blocks of half as many, since two are in memory at a time.
    """
    number = bounds[:-1] // max(values // 2, 1) if bounds[-1] > values else np.zeros(len(bounds) - 1, np.int64)
    return np.flatnonzero(np.concatenate([np.ones(min(1, len(number)), bool), number[1:] != number[:-1]]))


def _gathered(column: Rowed, bounds: I64, pairs: I64) -> tuple[Values, I64, I64]:
    """The values of the documents of some pairs as a column with offsets, and the pairs by their place in it."""
    wanted = np.zeros(len(bounds) - 1, bool)
    wanted[pairs] = True
    values, offsets, numbers = column.rows(bounds, np.flatnonzero(wanted))
    place = np.empty(len(wanted), np.int64)
    place[numbers] = np.arange(len(numbers))
    return values, offsets, place[pairs]
