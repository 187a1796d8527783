"""`deduplicate` reads what Python callers have, and never answers for something that it did not read."""

from __future__ import annotations

import datetime as dt
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import pytest

import compare
from compare.errors import CompareError, InputError
from compare.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
OTHER = "A choir of eighty singers from three villages will open the concert hall in June with a work of its own."
TEXTS = [TEXT, OTHER, TEXT.upper()]


class Column:
    """A column as libraries have it: iterable, with a method that gives plain values."""

    def __init__(self, values: list[Any], method: str) -> None:
        self.values, self.dtype = values, "object"
        setattr(self, method, lambda: list(values))

    def __iter__(self) -> Iterator[object]:
        return iter(map(Scalar, self.values))  # as Arrow does


class Scalar:
    def __init__(self, value: object) -> None:
        self.value = value


class Table:
    """A table as libraries have it: `columns` or `column_names`, and a column for a name."""

    def __init__(self, columns: dict[str, list[Any]], names: str = "columns", method: str = "tolist") -> None:
        self.held = {name: Column(values, method) for name, values in columns.items()}
        setattr(self, names, list(columns))

    def __getitem__(self, name: str) -> Column:
        return self.held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)  # as pandas does: the names


def clusters(given: Any, **named: Any) -> list[list[str]]:  # noqa: ANN401  # anything at all
    return [[member.id for member in cluster.members] for cluster in compare.deduplicate(given, **named)]


@pytest.mark.parametrize(
    ("names", "method"), [("columns", "tolist"), ("columns", "to_list"), ("column_names", "to_pylist")]
)
def test_a_table_is_read_by_its_columns(names: str, method: str) -> None:
    assert clusters(Table({"id": [30, 4, 12], "text": TEXTS, "n": [1, 2, 3]}, names, method)) == [["12", "30"]]
    assert clusters(Table({"text": TEXTS}, names, method)) == [["0", "2"]]
    assert clusters(Table({"body": TEXTS, "n": ["x", "y", "a"]}, names, method), text="body", id="n") == [["a", "x"]]


COLUMNS = {"id": [30, 4, 12], "text": TEXTS}
ROWS = [{"id": name, "text": text} for name, text in zip([30, 4, 12], TEXTS, strict=True)]


def test_columns_rows_texts_and_documents_are_read_and_may_be_mixed() -> None:
    assert clusters(COLUMNS) == clusters({"id": np.array([30, 4, 12]), "text": np.array(TEXTS)}) == [["12", "30"]]
    assert clusters({"text": Column(TEXTS, "tolist")}) == clusters(Column(TEXTS, "tolist")) == [["0", "2"]]
    assert clusters(ROWS) == clusters(iter(ROWS)) == clusters(row for row in ROWS) == [["12", "30"]]
    assert clusters([{"text": text} for text in TEXTS]) == clusters(TEXTS) == clusters(tuple(TEXTS)) == [["0", "2"]]
    assert clusters(np.array(TEXTS)) == clusters(dict(enumerate(TEXTS)).values()) == [["0", "2"]]
    assert clusters([Document("d", TEXT), TEXT, {"text": TEXT, "id": "r"}]) == [["1", "d", "r"]]
    structured = np.array(list(zip([30, 4, 12], TEXTS, strict=True)), [("id", int), ("text", "U200")])
    assert clusters(structured) == [["12", "30"]]
    assert clusters([]) == clusters({"text": []}) == []


def test_rows_of_a_database_and_columns_of_duckdb_are_read() -> None:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("CREATE TABLE t (id, text)")
    connection.executemany("INSERT INTO t VALUES (?, ?)", zip([30, 4, 12], TEXTS, strict=True))
    assert clusters(connection.execute("SELECT * FROM t")) == [["12", "30"]]
    duckdb = pytest.importorskip("duckdb")
    with pytest.raises(TypeError, match="one DuckDBPyRelation; give rows"):
        clusters(duckdb.sql("SELECT 1 AS id, 'a' AS text"))
    assert clusters(duckdb.sql("SELECT unnest([7, 3]) AS id, 'a pact' AS text").fetchnumpy()) == [["3", "7"]]


def test_an_index_of_the_name_of_the_id_is_it() -> None:
    table = Table({"text": TEXTS})
    table.index = Column(["c", "b", "a"], "tolist")  # type: ignore[attr-defined]  # as a DataFrame has it
    table.index.name = "id"  # type: ignore[attr-defined]
    assert clusters(table) == [["a", "c"]]


@pytest.mark.parametrize("nothing", [None, float("nan"), type("NAType", (), {})(), "", " "])
def test_a_row_without_text_is_no_document_and_takes_its_number(nothing: object) -> None:
    assert clusters({"text": [nothing, *TEXTS]}) == clusters(Table({"text": [nothing, *TEXTS]})) == [["1", "3"]]
    assert clusters([{"text": nothing}, *({"text": text} for text in TEXTS)]) == [["1", "3"]]
    with pytest.raises(InputError, match="no text in 2 rows"):
        clusters({"text": [nothing, nothing]})


def test_ids_are_what_they_are_called() -> None:
    for ids, expected in [
        ([np.int64(30), 4, np.uint8(12)], ["12", "30"]),
        ([None, "x", float("nan")], ["0", "2"]),
        ([-(10**5000), 4, 10**5000], ["-1" + "0" * 5000, "1" + "0" * 5000]),
        ([1.0, 2.0, 0.5], ["0.5", "1.0"]),
        ([UUID(int=9), "x", UUID(int=1)], [str(UUID(int=1)), str(UUID(int=9))]),
        ([Decimal("1.50"), "x", 10**30], ["1.50", str(10**30)]),
    ]:
        assert sorted(clusters({"id": ids, "text": TEXTS})[0]) == expected
    for wrong in (True, b"x", [1], {"a": 1}):
        with pytest.raises(TypeError, match="row 1: an id is"):
            clusters({"id": [1, wrong, 3], "text": TEXTS})


def test_the_earliest_dated_row_stays_as_in_a_table_of_the_command() -> None:
    for dates in (["2024-05-02", "", "2024-05-01"], [dt.date(2024, 5, 2), None, dt.date(2024, 5, 1)]):
        (cluster,) = compare.deduplicate({"id": ["a", "b", "c"], "text": TEXTS, "date": dates})
        assert (cluster.keep, cluster.reason) == ("c", "the earliest dated")


WRONG: dict[str, tuple[Any, str]] = {
    "a text": (TEXT, "list of texts"),
    "bytes": (b"text", "list of texts"),
    "a Document": (Document("a", TEXT), "list of texts"),
    "a path": (Path("corpus.jsonl"), "list of texts.* not "),
    "a number": (5, "list of texts.* not int"),
    "None": (None, "list of texts.* not NoneType"),
    "a set": (set(TEXTS), "no order"),
    "texts by id": ({"a": TEXT, "b": OTHER}, "no column 'text' among 'a', 'b'; .*text="),
    "splits": ({"train": COLUMNS}, "no column 'text' among 'train'"),
    "one row": ({"id": 1, "text": TEXT}, "'text' is one str; give rows in a list"),
    "columns of columns": ({"text": {0: TEXT, 1: OTHER}}, "not one column but a dict"),
    "columns of two lengths": ({"id": [1, 2], "text": TEXTS}, "2 values of 'id' for 3 of 'text'"),
    "a table without text": (Table({"id": [1], "body": [TEXT]}), "no column 'text' among 'id', 'body'; .*text="),
    "a table of numbers": (Table({"text": [1, 2]}), "row 0: a text is wanted, not int"),
    "a table of bytes": ({"text": [TEXT, b"x"]}, "row 1: a text is wanted, not bytes"),
    "tuples": ([(1, TEXT), (2, TEXT)], "not tuple .item 0."),
    "lists": (np.array([TEXTS, TEXTS]), "not list"),
    "a null among texts": ([TEXT, None], "not NoneType .item 1."),
    "a row without text": ([{"id": 1, "body": TEXT}], "row 0: no column 'text' among 'id', 'body'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_a_plain_type_error_that_says_what_to_give(name: str) -> None:
    given, message = WRONG[name]
    with pytest.raises(TypeError, match=message):
        compare.deduplicate(given)


def test_an_id_column_that_is_asked_for_must_be_there() -> None:
    with pytest.raises(TypeError, match="no column 'nid' among 'id', 'text'"):
        compare.deduplicate(COLUMNS, id="nid")
    with pytest.raises(TypeError, match="row 0: no column 'nid' among 'id', 'text'"):
        compare.deduplicate(ROWS, id="nid")


def test_a_repeated_id_names_both_places_and_the_way_out() -> None:
    for given in ({"id": [7, "x", "7"], "text": TEXTS}, [Document("7", TEXT), "a", {"id": 7, "text": OTHER}]):
        with pytest.raises(CompareError, match="duplicate id '7': items 0 and 2, counted from 0; give each"):
            compare.deduplicate(given)  # type: ignore[arg-type]  # of many types


def test_real_tables_are_read() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"id": [30, 4, 12, 5], "text": [*TEXTS, None]})
    assert clusters(frame) == clusters(frame.set_index("id")) == [["12", "30"]]
    assert clusters(frame["text"]) == clusters(frame[["text"]]) == [["0", "2"]]
    with pytest.raises(TypeError, match="not one column"):
        clusters(pandas.concat([frame, frame], axis=1))
    twice = frame.set_axis(["x", "x", "y", "y"])
    assert compare.deduplicate(twice).to_frame().equals(twice.iloc[1:])
    polars = pytest.importorskip("polars")
    other = polars.DataFrame({"id": [30, 4, 12, 5], "text": [*TEXTS, None]})
    assert compare.deduplicate(other).to_frame().equals(other[1:])
