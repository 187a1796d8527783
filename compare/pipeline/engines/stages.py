"""A column on disk when it outgrows memory: raw little-endian numbers in a temporary file that has no name."""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.kernels.columns import offsets_of, within

if TYPE_CHECKING:
    from typing import IO

    from numpy.typing import NDArray

    Values = NDArray[Any]
    """Of uint64, or uint32."""
    I64 = NDArray[np.int64]


GAP = 1024
"""Values between two wanted rows that are read along rather than skipped."""


class DiskStage:
    """Values in memory up to a limit of bytes, then in a file."""

    def __init__(self, limit: int, folder: str | None = None) -> None:
        self._limit, self._folder = limit, folder
        self._parts: list[Values] = []
        self._starts = [0]
        """Of each part in memory, and of what comes next."""
        self._dtype: np.dtype[Any] = np.dtype(np.uint64)
        self._file: IO[bytes] | None = None

    def append(self, values: Values) -> None:
        """Add values at the end, all of one type. Raises OSError when the disk is full."""
        self._dtype = values.dtype
        self._parts.append(values)
        self._starts.append(self._starts[-1] + len(values))
        if (self._starts[-1] - self._starts[0]) * self._dtype.itemsize > self._limit:
            self._spill()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder, prefix="compare-")  # noqa: SIM115  # closed by close
        self._file.seek(0, 2)
        for part in self._parts:
            self._file.write(np.ascontiguousarray(part).data)
        self._file.flush()
        self._parts, self._starts = [], self._starts[-1:]

    def read(self, start: int, stop: int, out: Values | None = None) -> Values:
        """The values of a range as an array of their own, or in `out`, which must be as long."""
        result = np.empty(max(stop - start, 0), self._dtype) if out is None else out
        if self._file is None:
            self._copy(start, result)
            return result
        if self._parts:
            self._spill()
        _fill(self._file.fileno(), start * self._dtype.itemsize, result)
        return result

    def _copy(self, start: int, out: Values) -> None:
        """Fill `out` from the parts in memory: they are never put together, which would take as much again."""
        place, filled = bisect_right(self._starts, start) - 1, 0
        while filled < len(out):
            inside = start + filled - self._starts[place]
            part = self._parts[place][inside : inside + len(out) - filled]
            out[filled : filled + len(part)] = part
            filled, place = filled + len(part), place + 1

    def __len__(self) -> int:
        return self._starts[-1]

    def rows(self, bounds: I64, documents: I64) -> tuple[Values, I64, I64]:
        """The values of some rows (ascending) as a column with offsets, and the number of each row of it.

        Row d is `bounds[d]` to `bounds[d + 1]`. Neighbouring rows are read in one go, with what stands between them:
        up to `GAP` values.
        """
        apart = np.flatnonzero(bounds[documents[1:]] - bounds[documents[:-1] + 1] > GAP)
        firsts = documents[np.concatenate([np.zeros(min(1, len(documents)), np.int64), apart + 1])]
        lasts = documents[np.concatenate([apart, np.full(min(1, len(documents)), len(documents) - 1)])]
        counts = lasts + 1 - firsts
        numbers = np.repeat(firsts, counts) + within(counts)
        offsets = offsets_of(bounds[numbers + 1] - bounds[numbers])
        column, at = np.empty(int(offsets[-1]), self._dtype), 0
        for start, stop in zip(bounds[firsts].tolist(), bounds[lasts + 1].tolist(), strict=True):
            self.read(start, stop, column[at : at + stop - start])
            at += stop - start
        return column, offsets, numbers

    def close(self) -> None:
        """Give the memory and the file back."""
        self._parts = []
        if self._file is not None:
            self._file.close()


def _fill(file: int, at: int, out: Values) -> None:
    """Fill an array from a place of a file: one call where two of a buffered file took four times as long."""
    got = os.preadv(file, [out.data], at) if len(out) else 0
    while got < out.nbytes:
        more = os.preadv(file, [out.view(np.uint8).data[got:]], at + got)
        if not more:
            raise OSError("a temporary file of compare ended too soon")
        got += more
