"""Columns of a stage's parts as those of one whole; texts among them as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from compare.errors import InputError
from compare.kernels.columns import PORTION, offsets_of
from compare.pipeline.engines.columns import Joined, all_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import DTypeLike, NDArray

    from compare.pipeline.engines.base import Out, Part
    from compare.pipeline.engines.columns import Column, Values

    I64 = NDArray[np.int64]


def unfit() -> InputError:
    """What is wrong with columns that cannot be of one run."""
    return InputError("what was saved of an earlier run does not fit together; remove its folder")


def column_of(parts: Sequence[Part], name: str, dtype: DTypeLike = np.uint64) -> Column:
    """A column of all parts, which stays where it is; a part without documents may have none."""
    columns = [part.columns[name] for part in parts if name in part.columns]
    return (
        columns[0]
        if len(columns) == 1
        else Joined(columns, np.dtype(getattr(columns[0], "dtype", dtype) if columns else dtype))
    )


def values_of(parts: Sequence[Part], name: str, dtype: DTypeLike) -> NDArray[Any]:
    """A column of all parts, in memory."""
    return all_of(column_of(parts, name, dtype)).astype(dtype, copy=False)


def together(parts: Sequence[Part], name: str, more: Values | None = None) -> Values:
    """A column of all parts, and more after it, in memory, where it is never twice. A part has it, or more is given."""
    columns = [part.columns[name] for part in parts if name in part.columns]
    rest = np.empty(0, columns[0].dtype) if more is None else more
    result, filled = np.empty(sum(map(len, columns)) + len(rest), rest.dtype), 0
    for column in columns:
        column.read(0, len(column), result[filled : filled + len(column)])
        filled += len(column)
    result[filled:] = rest
    return result


def rows_of(parts: Sequence[Part], name: str) -> tuple[Column, I64]:
    """A column with as many values a document as stand in another one: with where each begins. Raises InputError."""
    lengths = values_of(parts, f"{name}.lengths", np.int64)
    if lengths.min(initial=0) < 0:
        raise unfit()
    return column_of(parts, name), offsets_of(lengths)


def append_strings(out: Out, name: str, texts: Sequence[str]) -> None:
    """Put out texts: their bytes, and how many each has."""
    whole = "".join(texts)
    if whole.isascii():
        raw, lengths = whole.encode("ascii"), map(len, texts)
    else:
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        raw, lengths = b"".join(parts), map(len, parts)
    out.append(name, np.frombuffer(raw, np.uint8))
    out.append(f"{name}.lengths", np.fromiter(lengths, np.int32, len(texts)))


def strings_of(parts: Sequence[Part], name: str) -> Sequence[str]:
    """The texts of all parts: a list, where there are few (of four million it would take 250 MB).

    Raises InputError if they are none.
    """
    lengths = values_of(parts, f"{name}.lengths", np.int32)
    raw = values_of(parts, name, np.uint8).tobytes()
    texts = Strings(raw, offsets_of(lengths))
    if lengths.min(initial=0) < 0 or texts.offsets[-1] != len(raw):
        raise unfit()
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise unfit() from error
    return texts.portion(0) if len(texts) <= PORTION else texts


class Strings(Sequence[str]):
    """Texts in their bytes, in a fifth of a list's memory: each is made as it is asked for.

    >>> ids = Strings("ab😀".encode(), np.array([0, 1, 1, 2, 6]))
    >>> ids[3], ids[-1], list(ids), ids[1:3]
    ('😀', '😀', ['a', '', 'b', '😀'], ['', 'b'])
    """

    __slots__ = ("offsets", "raw")

    def __init__(self, raw: bytes, offsets: I64) -> None:
        self.raw, self.offsets = raw, offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        start, stop = self.offsets[range(len(self))[place] :][:2].tolist()
        return self.raw[start:stop].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        for first in range(0, len(self), PORTION):
            yield from self.portion(first)

    def portion(self, first: int) -> list[str]:
        """The texts from one on, up to `PORTION` of them. Four times as fast as one by one."""
        offsets = self.offsets[first : first + PORTION + 1]
        raw = self.raw[int(offsets[0]) : int(offsets[-1])]
        if not raw:
            return [""] * (len(offsets) - 1)
        ends = pairwise((offsets - offsets[0]).tolist())
        if raw.isascii():
            whole = raw.decode("ascii")
            return [whole[start:stop] for start, stop in ends]
        return [raw[start:stop].decode("utf-8", "surrogatepass") for start, stop in ends]
