"""A frame comes back as it was, with what `dedup` says of each row, whatever library it is of."""

from __future__ import annotations

from typing import Any

import pytest

import compare
from compare import CompareError
from compare.frames import deduplicate

LINE = "The ferry left the old harbour at nine with forty passengers and one goat, and nobody minded it."
COLUMNS: dict[str, list[Any]] = {
    "n": [30, 10, 20, 40],
    "body": [LINE, f"{LINE.upper()} Rain.", "No news.", None],
    "date": ["2024-01-02", "2024-01-01", "2024-01-01", "2024-01-01"],
}
NAMES = ("kept", "cluster", "kept_for", "verdict")
MARKED = [(False, 0, 10, "near-duplicate"), (True, 0, None, None), (True, -1, None, None), (True, -1, None, None)]
ROWS = [dict(zip(COLUMNS, values, strict=True)) for values in zip(*COLUMNS.values(), strict=True)]


def marked(frame: Any, **options: Any) -> Any:  # noqa: ANN401  # of any library
    return deduplicate(frame, text="body", id="n", **options)


def test_columns_and_rows_come_back_with_four_columns_more() -> None:
    table = marked(COLUMNS)
    assert {name: table[name] for name in COLUMNS} == COLUMNS
    assert list(zip(*(table[name] for name in NAMES), strict=True)) == MARKED
    rows = marked(iter(ROWS))
    assert [{name: row[name] for name in COLUMNS} for row in rows] == ROWS
    assert [tuple(row[name] for name in NAMES) for row in rows] == MARKED
    assert table["kept"] == compare.deduplicate(COLUMNS, text="body", id="n").keep.tolist()


def test_without_ids_a_row_falls_for_the_number_of_another() -> None:
    assert deduplicate({"text": COLUMNS["body"]}, keep="input")["kept_for"] == [None, 0, None, None]
    assert deduplicate([{"text": LINE}, {"text": LINE}])[1]["kept_for"] == 0


def test_what_is_no_frame_or_has_such_a_column_already_is_one_plain_line() -> None:
    for given in ([1, 2], "text", 3, [LINE]):
        with pytest.raises(TypeError):
            deduplicate(given)
    for options in ({}, {"prefix": "reuse_", "keep": "best"}, {"prefix": "reuse_", "drop": "some"}):
        with pytest.raises(CompareError) as raised:
            marked(marked(COLUMNS), **options)
        assert len(str(raised.value).splitlines()) == 1
    assert "reuse_kept" in marked(marked(COLUMNS), prefix="reuse_")


def test_pandas_keeps_index_types_and_ids_that_are_the_index() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.DataFrame(COLUMNS, index=["x", "x", "y", "z"]).astype({"body": "string"})
    answer = marked(frame)
    assert answer[list(COLUMNS)].equals(frame)
    assert [str(answer[name].dtype) for name in NAMES] == ["bool", "int64", "Int64", "string"]
    assert tuple(answer[list(NAMES)].iloc[0]) == MARKED[0]
    assert answer["kept_for"].isna().tolist() == [False, True, True, True]
    assert marked(frame.set_index("n"))["kept_for"].iloc[0] == 10
    assert str(marked(frame.astype({"n": "string"}))["kept_for"].dtype) == "string"


def test_polars_keeps_its_schema_and_stays_lazy_where_it_was() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = polars.DataFrame(COLUMNS, schema_overrides={"n": polars.UInt16})
    answer = marked(frame)
    assert answer.select(list(COLUMNS)).equals(frame)
    assert answer.select(NAMES).rows() == MARKED
    assert answer.schema["kept_for"] == polars.UInt16
    lazy = marked(frame.lazy())
    assert isinstance(lazy, polars.LazyFrame)
    assert lazy.collect().equals(answer)


def test_arrow_and_duckdb_keep_types_and_a_relation_stays_in_its_connection() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    table = pyarrow.table(COLUMNS)
    answer = marked(table)
    assert answer.select(list(COLUMNS)).equals(table)
    assert list(zip(*(answer[name].to_pylist() for name in NAMES), strict=True)) == MARKED
    connection = duckdb.connect()
    relation = connection.from_arrow(table)
    back = marked(relation)
    assert back.project(", ".join(NAMES)).fetchall() == MARKED
    assert back.types[: len(COLUMNS)] == relation.types
    assert relation.set_alias("own").join(back.filter("NOT kept").set_alias("fallen"), "n").fetchall()[0][0] == 30


def test_a_dataset_of_hugging_face_keeps_its_features() -> None:
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    features = datasets.Features(
        n=datasets.Value("int32"), body=datasets.Value("string"), date=datasets.Value("string")
    )
    dataset = datasets.Dataset.from_dict(COLUMNS, features=features)
    answer = marked(dataset)
    assert answer.select_columns(list(COLUMNS)).to_list() == ROWS
    assert list(zip(*(answer[name][:] for name in NAMES), strict=True)) == MARKED
    assert answer.features["kept_for"] == features["n"]
    with pytest.raises(TypeError, match="several tables"):
        marked(datasets.DatasetDict({"train": dataset}))
