from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.wording.csv import csv_cell, csv_lines, inert

CELLS = st.text(
    st.one_of(st.sampled_from('=+-@\t\r\n",;\x1f a'), st.characters(codec="utf-8", exclude_characters="\0"))
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=20))
def test_every_value_comes_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    text = "".join(csv_lines(("id", "=x"), rows))
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [tuple(row) for row in read] == [("id", "=x"), *rows]


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20))
def test_columns_are_written_as_their_cells_are(rows: list[tuple[str, str]]) -> None:
    lines = list(csv_lines(("a", "b"), rows))[1:]
    assert lines == [f"{csv_cell(a)},{csv_cell(b)}\n" for a, b in rows]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_as_a_formula_is_quoted_and_unaltered(start: str) -> None:
    assert csv_cell(f"{start}1+1") == f'"{start}1+1"'


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", " =", "\u00a0-", "a;=", "a\t@", "a\n+"]
)
def test_a_cell_for_people_has_an_apostrophe_before_a_formula_and_loses_nothing(start: str) -> None:
    told = inert(f"{start}1+1")
    assert told.replace("'", "", 1) == f"{start}1+1"
    assert told[0] == "'" or start[0] == "a"


def test_a_cell_for_people_that_is_no_formula_is_left_as_it_is() -> None:
    for text in ("007", "a=b", "0.5", "a, -b", "near or longest >= 60", "5 → -5 (number)", ""):
        assert inert(text) == text
    begun = time.process_time()
    assert len(inert("\n" * 100_000 + ";" * 100_000 + " " * 100_000)) < 400_000
    assert time.process_time() - begun < 2


def test_an_ordinary_cell_is_left_as_it_is() -> None:
    assert [csv_cell(text) for text in ("007", "a=b", "naïve", "")] == ["007", "a=b", "naïve", ""]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="has not 2 cells"):
        list(csv_lines(("a", "b"), [("1",)]))
