"""A column on disk when it outgrows memory: raw little-endian uint64 in a temporary file that has no name."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import offsets_of

if TYPE_CHECKING:
    from typing import IO

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]


GAP = 1024
"""Values between two wanted rows that are read along rather than skipped."""


class DiskStage:
    """Values in memory up to a limit of bytes, then in a file."""

    def __init__(self, limit: int, folder: str | None = None) -> None:
        self._limit, self._folder = limit, folder
        self._parts: list[U64] = []
        self._held = 0
        self._written = 0
        self._file: IO[bytes] | None = None

    def append(self, values: U64) -> None:
        """Add values at the end. Raises OSError when the disk is full."""
        self._parts.append(values)
        self._held += values.nbytes
        if self._held > self._limit:
            self._spill()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder, prefix="compare-")  # noqa: SIM115  # closed by close
        self._file.seek(0, 2)
        for part in self._parts:
            self._file.write(np.ascontiguousarray(part).data)
            self._written += len(part)
        self._parts, self._held = [], 0

    def read(self, start: int, stop: int, out: U64 | None = None) -> U64:
        """The values of a range as an array of their own, or in `out`, which must be as long."""
        result = np.empty(max(stop - start, 0), np.uint64) if out is None else out
        if self._file is None:
            if len(self._parts) > 1:
                self._parts = [np.concatenate(self._parts)]
            if len(result):
                result[:] = self._parts[0][start:stop]
            return result
        if self._parts:
            self._spill()
        self._file.seek(start * 8)
        got = self._file.readinto(result.data) if len(result) else 0  # type: ignore[attr-defined]
        if got != result.nbytes:
            raise OSError("a temporary file of compare ended too soon")
        return result

    def __len__(self) -> int:
        return self._written + self._held // 8

    def rows(self, bounds: I64, documents: I64) -> tuple[U64, I64, I64]:
        """The values of some rows (ascending) as a column with offsets, and the number of each row of it.

        Row d is `bounds[d]` to `bounds[d + 1]`. Neighbouring rows are read in one go, with what stands between them:
        up to `GAP` values.
        """
        apart = np.flatnonzero(bounds[documents[1:]] - bounds[documents[:-1] + 1] > GAP) + 1
        ranges = [(int(part[0]), int(part[-1]) + 1) for part in np.split(documents, apart)] if len(documents) else []
        numbers = np.concatenate([np.empty(0, np.int64), *(np.arange(first, last) for first, last in ranges)])
        offsets = offsets_of(bounds[numbers + 1] - bounds[numbers])
        column, at = np.empty(int(offsets[-1]), np.uint64), 0
        for first, last in ranges:
            start, stop = int(bounds[first]), int(bounds[last])
            self.read(start, stop, column[at : at + stop - start])
            at += stop - start
        return column, offsets, numbers

    def close(self) -> None:
        """Give the memory and the file back."""
        self._parts = []
        if self._file is not None:
            self._file.close()
