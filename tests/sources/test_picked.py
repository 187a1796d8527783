"""Rows are given back in the library that they came in, whatever it is, by the methods that it has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from compare.model import Document
from compare.sources.picked import picked

FLAGS = np.array([True, False, True])


class Pandas:
    """A frame as pandas has it: places through `iloc`, and a `filter` that means something else."""

    columns = ("text",)

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows

    @property
    def iloc(self) -> Pandas:
        return self

    def __getitem__(self, places: Any) -> Pandas:  # noqa: ANN401  # an array
        return Pandas([self.rows[place] for place in places])

    def filter(self, *_: object) -> None:
        raise AssertionError

    def to_list(self) -> list[str]:
        return self.rows


class Polars:
    def __init__(self, rows: list[str]) -> None:
        self.rows = rows

    def gather_every(self) -> None:
        raise AssertionError

    def filter(self, flags: list[bool]) -> Polars:
        return Polars([row for row, flag in zip(self.rows, flags, strict=True) if flag])


class Arrow:
    column_names = ("text",)

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows

    def to_pylist(self) -> list[str]:
        return self.rows

    def select(self, *_: object) -> None:
        raise AssertionError

    def take(self, places: list[int]) -> Arrow:
        return Arrow([self.rows[place] for place in places])


class Dataset:
    """A dataset as Hugging Face has it, whose `take` gives the first rows."""

    column_names = ("text",)

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows

    def to_list(self) -> list[str]:
        return self.rows

    def take(self, *_: object) -> None:
        raise AssertionError

    def select(self, places: list[int]) -> Dataset:
        return Dataset([self.rows[place] for place in places])


@pytest.mark.parametrize("kind", [Pandas, Polars, Arrow, Dataset])
def test_a_table_of_a_library_gives_its_own_kind(kind: Any) -> None:  # noqa: ANN401  # any of them
    rest = picked(kind(["a", "b", "c"]), FLAGS)
    assert (type(rest), rest.rows) == (kind, ["a", "c"])
    assert picked(kind(["a", "b", "c"]), np.zeros(3, bool)).rows == []


def test_columns_rows_and_arrays_stay_what_they_are() -> None:
    rows: list[object] = [{"text": "a"}, "b", Document("c", "c")]
    kept = picked(rows, FLAGS)
    assert kept[0] is rows[0]
    assert kept[1] is rows[2]
    columns = picked({"text": ["a", "b", "c"], "n": np.array([1, 2, 3])}, FLAGS)
    assert (columns["text"], columns["n"].tolist()) == (["a", "c"], [1, 3])
    structured = np.array([(1, "a"), (2, "b"), (3, "c")], [("id", int), ("text", "U9")])
    assert picked(structured, FLAGS)["id"].tolist() == [1, 3]
