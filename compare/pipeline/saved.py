"""Columns of a stage's parts as those of one whole; texts among them as numbers."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import ValidationError

from compare.errors import InputError
from compare.kernels.columns import offsets_of
from compare.pipeline.engines.columns import Joined, all_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import DTypeLike, NDArray

    from compare.pipeline.engines.base import Out, Part
    from compare.pipeline.engines.columns import Column, Values

    I64 = NDArray[np.int64]


_MOST = 1e15
"""Values of a column, at the most: no disk has more."""


def unfit() -> InputError:
    """What is wrong with columns that cannot be of one run."""
    return InputError("what was saved of an earlier run does not fit together; remove its folder")


def check_fit(is_fit: object) -> None:
    """Refuse columns that nobody has put out so: a kernel, which looks at no bounds, must not see them.

    Raises InputError.
    """
    if not is_fit:
        raise unfit()


@contextmanager
def as_noted() -> Iterator[None]:
    """Take facts for what was noted. Raises InputError where they are something else."""
    try:
        yield
    except (IndexError, KeyError, OverflowError, TypeError, ValueError, ValidationError) as error:
        raise unfit() from error


def are_numbers(values: Values, count: int) -> bool:
    """Whether all values are numbers of so many documents."""
    return not len(values) or (int(values.min()) >= 0 and int(values.max()) < count)


def column_in(part: Part, name: str, dtype: DTypeLike) -> Column:
    """A column of a part. Raises InputError if it has none of that type."""
    column = part.columns.get(name)
    if column is None or column.dtype != dtype:
        raise unfit()
    return column


def column_of(parts: Sequence[Part], name: str, dtype: DTypeLike = np.uint64) -> Column:
    """A column of all parts, which stays where it is; a part without documents may have none. Raises InputError."""
    columns = [column_in(part, name, dtype) for part in parts if name in part.columns]
    return columns[0] if len(columns) == 1 else Joined(columns, np.dtype(dtype))


def values_of(parts: Sequence[Part], name: str, dtype: DTypeLike) -> NDArray[Any]:
    """A column of all parts, in memory. Raises InputError."""
    values = all_of(column_of(parts, name, dtype))
    return values.view(np.uint8) != 0 if values.dtype == np.bool_ else values  # any byte may stand in a file


def together(parts: Sequence[Part], name: str, dtype: DTypeLike, more: Values | None = None) -> Values:
    """A column of all parts, and more after it, in memory, where it is never twice. Raises InputError."""
    columns = [column_in(part, name, dtype) for part in parts if name in part.columns]
    rest = np.empty(0, dtype) if more is None else more
    result, filled = np.empty(sum(map(len, columns)) + len(rest), dtype), 0
    for column in columns:
        column.read(0, len(column), result[filled : filled + len(column)])
        filled += len(column)
    result[filled:] = rest
    return result


def rows_of(parts: Sequence[Part], name: str, dtype: DTypeLike = np.uint64) -> tuple[Column, I64]:
    """A column with as many values a document as stand in another one: with where each begins. Raises InputError."""
    lengths = values_of(parts, f"{name}.lengths", np.int64)
    check_fit(lengths.min(initial=0) >= 0 and lengths.sum(dtype=np.float64) < _MOST)
    return column_of(parts, name, dtype), offsets_of(lengths)


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
    lengths = all_of(column_in(part, f"{name}.lengths", np.int32))
    with as_noted():
        letters = all_of(column_in(part, name, np.uint8)).tobytes().decode("utf-8", "surrogatepass")
    offsets = offsets_of(lengths)
    check_fit(lengths.min(initial=0) >= 0 and offsets[-1] == len(letters))
    return [letters[start:stop] for start, stop in pairwise(offsets.tolist())]
