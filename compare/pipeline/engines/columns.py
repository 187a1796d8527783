"""Columns of numbers, in memory or on disk: as they grow, as they were saved, and several one after the other."""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from compare.files.remote import open_remote
from compare.kernels.columns import offsets_of, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO

    from numpy.typing import NDArray

    from compare.files.remote import Remote

    Values = NDArray[Any]
    """Of one type of numbers."""
    I64 = NDArray[np.int64]


GAP = 256
"""Values between two wanted rows that are read along rather than skipped."""
_POSITIONAL = hasattr(os, "preadv")


class Rowed(Protocol):
    """Rows of values, of which some are asked for."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of what type the values are."""

    def rows(self, bounds: I64, documents: I64) -> tuple[Values, I64, I64]:
        """At least the values of some rows (ascending) as a column with offsets, and the number of each row of it."""


class Column(Rowed, Protocol):
    """Values one after the other."""

    def read(self, start: int, stop: int, out: Values | None = None) -> Values:
        """The values of a range as an array of their own, or in `out`, which must be as long."""

    def __len__(self) -> int:
        """How many values there are."""


def all_of(column: Column) -> Values:
    """All values of a column."""
    return column.read(0, len(column))


class _Readable:
    """A column that has rows since it can be read."""

    dtype: np.dtype[Any]

    def read(self, start: int, stop: int, out: Values | None = None) -> Values:
        """The values of a range as an array of their own, or in `out`, which must be as long."""
        raise NotImplementedError

    def rows(self, bounds: I64, documents: I64) -> tuple[Values, I64, I64]:
        """At least the values of some rows (ascending) as a column with offsets, and the number of each row of it.

        Row d is `bounds[d]` to `bounds[d + 1]`. Neighbouring rows are read in one go, with what stands between them:
        up to `GAP` values.
        """
        apart = np.flatnonzero(bounds[documents[1:]] - bounds[documents[:-1] + 1] > GAP)
        firsts = documents[np.concatenate([np.zeros(min(1, len(documents)), np.int64), apart + 1])]
        lasts = documents[np.concatenate([apart, np.full(min(1, len(documents)), len(documents) - 1)])]
        counts = lasts + 1 - firsts
        numbers = np.repeat(firsts, counts) + within(counts)
        offsets = offsets_of(bounds[numbers + 1] - bounds[numbers])
        column, at = np.empty(int(offsets[-1]), self.dtype), 0
        for start, stop in zip(bounds[firsts].tolist(), bounds[lasts + 1].tolist(), strict=True):
            self.read(start, stop, column[at : at + stop - start])
            at += stop - start
        return column, offsets, numbers


class Scratch(_Readable):
    """A column that grows: in memory up to a limit of bytes, then in a temporary file that has no name."""

    def __init__(self, limit: int, folder: str | None = None) -> None:
        self._limit, self._folder = limit, folder
        self._parts: list[Values] = []
        self._starts = [0]
        """Of each part in memory, and of what comes next."""
        self.dtype: np.dtype[Any] = np.dtype(np.uint64)
        self._file: IO[bytes] | None = None

    def append(self, values: Values) -> None:
        """Add values at the end, all of one type. Raises OSError when the disk is full."""
        self.dtype = values.dtype
        self._parts.append(values)
        self._starts.append(self._starts[-1] + len(values))
        if (self._starts[-1] - self._starts[0]) * self.dtype.itemsize > self._limit:
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
        result = np.empty(max(stop - start, 0), self.dtype) if out is None else out
        if self._file is None:
            self._copy(start, result)
            return result
        if self._parts:
            self._spill()
        _read_at(self._file, start * self.dtype.itemsize, result)
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

    def __reduce__(self) -> tuple[Callable[[Values], Scratch], tuple[Values]]:
        """What it holds: another process has that in memory."""
        return _filled, (self.read(0, len(self)),)

    def close(self) -> None:
        """Give the memory and the file back."""
        self._parts = []
        if self._file is not None:
            self._file.close()


def _filled(values: Values) -> Scratch:
    column = Scratch(values.nbytes)
    column.append(values)
    return column


class SavedColumn(_Readable):
    """A column in a file of raw numbers. The file stays open once a part of it was read: few are read in parts."""

    def __init__(self, path: str, dtype: np.dtype[Any], count: int) -> None:
        self.path, self.dtype, self._count = path, dtype, count
        self._file: IO[bytes] | None = None

    def read(self, start: int, stop: int, out: Values | None = None) -> Values:
        """The values of a range as an array of their own, or in `out`, which must be as long."""
        result = np.empty(max(stop - start, 0), self.dtype) if out is None else out
        if len(result) == self._count:
            with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123  # a name
                _read_at(file, 0, result)
        elif len(result):
            if self._file is None:
                self._file = open(self.path, "rb", buffering=0)  # noqa: PTH123, SIM115  # closed by close
            _read_at(self._file, start * self.dtype.itemsize, result)
        return result

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[type[SavedColumn], tuple[str, np.dtype[Any], int]]:
        """Where it is saved: another process opens the file itself."""
        return SavedColumn, (self.path, self.dtype, self._count)

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._file is not None:
            self._file.close()
            self._file = None


class RemoteColumn(_Readable):
    """A column in a file of raw numbers that is read by its address."""

    def __init__(self, address: str, dtype: np.dtype[Any], count: int) -> None:
        self.address, self.dtype, self._count = address, dtype, count
        self._file: Remote | None = None

    def read(self, start: int, stop: int, out: Values | None = None) -> Values:
        """The values of a range as an array of their own, or in `out`, which must be as long."""
        result = np.empty(max(stop - start, 0), self.dtype) if out is None else out
        if len(result):
            self._file = self._file or open_remote(self.address)
            self._file.fill(start * self.dtype.itemsize, result.view(np.uint8).data)
        return result

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[type[RemoteColumn], tuple[str, np.dtype[Any], int]]:
        """Where it is saved, as above."""
        return RemoteColumn, (self.address, self.dtype, self._count)

    def close(self) -> None:
        """Let the file go, if it is open."""
        if self._file is not None:
            self._file.close()
            self._file = None


Saved = SavedColumn | RemoteColumn


class Stretch(_Readable):
    """A range of a column. Raises ValueError where there is none."""

    def __init__(self, column: Column, start: int, stop: int) -> None:
        if not 0 <= start <= stop <= len(column):
            raise ValueError(start, stop)
        self.column, self.start, self.stop, self.dtype = column, start, stop, column.dtype

    def read(self, start: int, stop: int, out: Values | None = None) -> Values:
        """The values of a range as an array of their own, or in `out`, which must be as long."""
        return self.column.read(self.start + start, self.start + stop, out)

    def __len__(self) -> int:
        return self.stop - self.start


class Joined(_Readable):
    """Columns of one type, one after the other."""

    def __init__(self, columns: Sequence[Column], dtype: np.dtype[Any]) -> None:
        self._columns, self.dtype = columns, dtype
        self._starts = offsets_of(np.array([len(column) for column in columns], np.int64)).tolist()

    def read(self, start: int, stop: int, out: Values | None = None) -> Values:
        """The values of a range as an array of their own, or in `out`, which must be as long."""
        result = np.empty(max(stop - start, 0), self.dtype) if out is None else out
        place, filled = bisect_right(self._starts, start) - 1, 0
        if start < stop <= self._starts[place + 1]:
            return self._columns[place].read(start - self._starts[place], stop - self._starts[place], result)
        while filled < len(result):
            inside = start + filled - self._starts[place]
            count = min(len(self._columns[place]) - inside, len(result) - filled)
            self._columns[place].read(inside, inside + count, result[filled : filled + count])
            filled, place = filled + count, place + 1
        return result

    def __len__(self) -> int:
        return int(self._starts[-1])


def _read_at(file: IO[bytes], place: int, out: Values) -> None:
    """Fill an array from a place of a file; where the system can, without a common position of all processes."""
    filled = os.preadv(file.fileno(), [out.data], place) if _POSITIONAL else 0  # nearly always all of it
    while filled < out.nbytes:
        rest = out.view(np.uint8)[filled:].data
        if _POSITIONAL:
            count = os.preadv(file.fileno(), [rest], place + filled)
        else:
            file.seek(place + filled)
            count = file.readinto(rest)  # type: ignore[attr-defined]
        if not count:
            raise OSError("a temporary file of compare ended too soon")
        filled += count
