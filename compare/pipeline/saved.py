"""Columns of a stage's parts as those of one whole; texts among them as numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.kernels.columns import offsets_of
from compare.pipeline.engines.columns import Joined, all_of

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """A column of all parts, and more after it, in memory, where it is never twice. One part at least has it."""
    columns = [part.columns[name] for part in parts if name in part.columns]
    rest = np.empty(0, columns[0].dtype) if more is None else more
    result, filled = np.empty(sum(map(len, columns)) + len(rest), columns[0].dtype), 0
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
    """Put out texts: their bytes, and how many characters each has."""
    letters = "".join(texts).encode("utf-8", "surrogatepass")
    out.append(name, np.frombuffer(letters, np.uint8))
    out.append(f"{name}.lengths", np.fromiter(map(len, texts), np.int32, len(texts)))


def strings_of(parts: Sequence[Part], name: str) -> list[str]:
    """The texts of all parts. Raises InputError if they are none."""
    texts: list[str] = []
    for part in parts:
        if name in part.columns:
            texts += _texts(part, name)
    return texts


def _texts(part: Part, name: str) -> list[str]:
    lengths = part.all(f"{name}.lengths")
    if not lengths.any():
        return [""] * len(lengths)
    try:
        letters = part.all(name).tobytes().decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise unfit() from error
    offsets = offsets_of(lengths)
    if lengths.min(initial=0) < 0 or offsets[-1] != len(letters):
        raise unfit()
    return [letters[start:stop] for start, stop in pairwise(offsets.tolist())]
