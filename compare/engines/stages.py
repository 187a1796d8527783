"""A column on disk when it outgrows memory: raw little-endian uint64 in a temporary file that has no name."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import IO

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]


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
        for part in self._parts:
            self._file.write(np.ascontiguousarray(part).data)
            self._written += len(part)
        self._parts, self._held = [], 0

    def read(self, start: int, stop: int) -> U64:
        """The values of a range, as an array of their own when they come from disk."""
        if self._file is None:
            if len(self._parts) > 1:
                self._parts = [np.concatenate(self._parts)]
            return self._parts[0][start:stop] if self._parts else np.empty(0, np.uint64)
        self._spill()
        self._file.seek(start * 8)
        result = np.empty(max(stop - start, 0), np.uint64)
        got = self._file.readinto(result.data) if len(result) else 0  # type: ignore[attr-defined]
        self._file.seek(0, 2)
        if got != result.nbytes:
            raise OSError("a temporary file of compare ended too soon")
        return result

    def __len__(self) -> int:
        return self._written + self._held // 8

    def close(self) -> None:
        """Give the memory and the file back."""
        self._parts = []
        if self._file is not None:
            self._file.close()
