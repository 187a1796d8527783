"""Columns of a stage's parts as those of one whole; texts among them as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from msgspec import ValidationError

from compare.errors import InputError
from compare.kernels.columns import PORTION, offsets_of
from compare.pipeline.engines.columns import Joined, all_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import DTypeLike, NDArray

    from compare.pipeline.engines.base import Out, Part
    from compare.pipeline.engines.columns import Column, Values

    I64 = NDArray[np.int64]


HELD = 1 << 14
"""Texts up to which a list has them: they take a megabyte, and whoever has them asks no engine that is closed."""
MOST = 1e15
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
    return all_of(column_of(parts, name, dtype))


def flags_of(column: Column) -> NDArray[np.bool_]:
    """All flags of a column, in memory."""
    return np.asarray(all_of(column).view(np.uint8) != 0)  # any byte may stand in a file


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


def values_at(column: Column | Values, places: I64) -> Values:
    """Some values of a column, in the order asked for: read a portion at a time, and none where nothing is asked."""
    if isinstance(column, np.ndarray):
        return np.asarray(column[places])
    found = np.empty(len(places), column.dtype)
    order = np.argsort(places)
    ends = np.searchsorted(places[order], np.arange(0, len(column) + PORTION, PORTION))
    for number in np.flatnonzero(np.diff(ends)).tolist():
        rows, start = order[ends[number] : ends[number + 1]], number * PORTION
        found[rows] = column.read(start, min(start + PORTION, len(column)))[places[rows] - start]
    return found


def rows_of(parts: Sequence[Part], name: str, dtype: DTypeLike = np.uint64) -> tuple[Column, I64]:
    """A column with as many values a document as stand in another one: with where each begins. Raises InputError."""
    lengths = values_of(parts, f"{name}.lengths", np.int64)
    check_fit(lengths.min(initial=0) >= 0 and lengths.sum(dtype=np.float64) < MOST)
    return column_of(parts, name, dtype), offsets_of(lengths)


def documents_in(parts: Sequence[Part]) -> int:
    """How many documents some parts have, by their ids. Raises InputError."""
    return len(column_of(parts, "ids.lengths", np.int32))


def append_strings(out: Out, name: str, texts: Sequence[str]) -> None:
    """Put out texts: their bytes, and how many each has."""
    letters, lengths = encoded(texts)
    out.append(name, letters)
    out.append(f"{name}.lengths", lengths)


def encoded(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """The bytes of texts, and how many each has.

    >>> encoded(["a", "é"])[0].tobytes().decode(), encoded(["a", "é"])[1].tolist()
    ('aé', [1, 2])
    """
    whole = "".join(texts)
    if whole.isascii():
        raw, lengths = whole.encode("ascii"), map(len, texts)
    else:
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        raw, lengths = b"".join(parts), map(len, parts)
    return np.frombuffer(raw, np.uint8), np.fromiter(lengths, np.int32, len(texts))


class Texts(Sequence[str]):
    """Texts of documents in the parts in which they were put out, for those who ask for some: none of them is held."""

    def __init__(self, parts: Sequence[tuple[Column, Column]]) -> None:
        """With the letters of each part, and how many each text has."""
        self.parts = parts
        self.firsts = offsets_of(np.array([len(lengths) for _, lengths in parts], np.int64))

    def __len__(self) -> int:
        return int(self.firsts[-1])

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        places = np.arange(len(self))[place]
        return self.some(places) if isinstance(place, slice) else self.some(places.reshape(1))[0]

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self.parts)):
            yield from self.of_part(number)

    def of_part(self, number: int) -> list[str]:
        """All texts of a part. Raises InputError if they are none."""
        return self._some(number, np.arange(len(self.parts[number][1])))

    def some(self, documents: I64) -> list[str]:
        """Those of some documents, in the order given. Raises InputError if they are none."""
        wanted, back = np.unique(documents, return_inverse=True)
        ends, texts = np.searchsorted(wanted, self.firsts), list[str]()
        for number in np.flatnonzero(np.diff(ends)).tolist():
            texts += self._some(number, wanted[ends[number] : ends[number + 1]] - self.firsts[number])
        return [texts[place] for place in back.tolist()]

    def _some(self, number: int, places: I64) -> list[str]:
        """Those at some places of a part, ascending."""
        letters, lengths = self.parts[number][0], all_of(self.parts[number][1])
        check_fit(lengths.min(initial=0) >= 0 and lengths.sum(dtype=np.float64) == len(letters))
        raw, offsets, numbers = letters.rows(offsets_of(lengths), places)
        place = np.searchsorted(numbers, places)
        with as_noted():
            return _decoded(raw.tobytes(), offsets[place], offsets[place + 1])


def texts_of(parts: Sequence[Part], name: str) -> Texts:
    """The texts of all parts, which stay where they are. Raises InputError."""
    there = [part for part in parts if f"{name}.lengths" in part.columns]  # all of them may be empty, without letters
    letters = [column_of([part], name, np.uint8) for part in there]
    return Texts(
        [(one, column_in(part, f"{name}.lengths", np.int32)) for one, part in zip(letters, there, strict=True)]
    )


def held(texts: Texts) -> Sequence[str]:
    """The same; as a list, where there are few."""
    return list(texts) if len(texts) <= HELD else texts


def some_of(texts: Sequence[str], documents: I64) -> list[str]:
    """The texts of some documents, in the order given."""
    return texts.some(documents) if isinstance(texts, Texts) else [texts[document] for document in documents.tolist()]


def _decoded(raw: bytes, starts: I64, stops: I64) -> list[str]:
    ends = zip(starts.tolist(), stops.tolist(), strict=True)
    return [raw[start:stop].decode("utf-8", "surrogatepass") for start, stop in ends]
