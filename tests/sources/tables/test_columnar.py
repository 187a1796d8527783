"""Parquet and Arrow: what is read of them, and that what stays has the types, metadata and codec that it had."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from compare.errors import MissingExtraError
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.read import read, read_batches
from compare.sources.tables import arrowfiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
SETTINGS = Settings()
DAY = datetime(2024, 6, 26, 18, 23, tzinfo=UTC)


def reading(**fields: Any) -> Reading:  # noqa: ANN401
    return Reading(SETTINGS, Fields(**fields), digest=False)


def table() -> Any:  # noqa: ANN401
    """Three rows of every type that comes back as another one from libraries with types of their own."""
    nested = [{"doc": {"text": f"Nested {n}.", "tags": ["x"]}} for n in range(3)]
    columns = {
        "id": arrow.array([1, 2, 3], arrow.uint32()),
        "text": arrow.array(["one", None, "three"], arrow.large_string()),
        "language": arrow.array(["en", "de", "en"]).dictionary_encode(),
        "small": arrow.array(["a", "b", "a"]).cast(arrow.dictionary(arrow.int8(), arrow.large_string())),
        "published": arrow.array([DAY] * 3, arrow.timestamp("ms", "Europe/Berlin")),
        "seconds": arrow.array([1, 2, 3], arrow.timestamp("s")),
        "nanoseconds": arrow.array([1000, 2000, 3000], arrow.timestamp("ns")),
        "price": arrow.array([Decimal("1.10")] * 3, arrow.decimal128(10, 2)),
        "huge": arrow.array([Decimal("1.10")] * 3, arrow.decimal256(50, 2)),
        "meta": arrow.array(nested),
        "lists": arrow.array([[{"a": 1}], [], None], arrow.list_(arrow.struct([("a", arrow.int16())]))),
        "fixed": arrow.array([[1, 2]] * 3, arrow.list_(arrow.int32(), 2)),
        "map": arrow.array([[("k", 1)]] * 3, arrow.map_(arrow.string(), arrow.int8())),
        "time": arrow.array([1, 2, 3], arrow.time32("ms")),
        "duration": arrow.array([1, 2, 3], arrow.duration("ms")),
        "null": arrow.nulls(3),
        "view": arrow.array(["a", "b", "c"], arrow.string_view()),
    }
    schema = arrow.schema([arrow.field(name, column.type, name != "id") for name, column in columns.items()])
    return arrow.table(columns, schema=schema.with_metadata({b"huggingface": b"{}"}))


def ipc(new: Callable[..., Any], opened: Callable[..., Any], codec: str | None) -> Any:  # noqa: ANN401
    def write(rows: Any, path: Path) -> None:  # noqa: ANN401
        with new(str(path), rows.schema, options=arrow.ipc.IpcWriteOptions(compression=codec)) as writer:
            writer.write_table(rows, max_chunksize=2)

    return write, lambda path: opened(str(path)).read_all()


FORMATS = {
    "a.parquet": (lambda rows, path: parquet.write_table(rows, path, row_group_size=2), parquet.read_table),
    "zstd.parquet": (lambda rows, path: parquet.write_table(rows, path, compression="zstd"), parquet.read_table),
    "a.arrow": ipc(arrow.ipc.new_stream, arrow.ipc.open_stream, None),
    "zstd.arrow": ipc(arrow.ipc.new_stream, arrow.ipc.open_stream, "zstd"),
    "a.feather": ipc(arrow.ipc.new_file, arrow.ipc.open_file, "lz4"),
}


def both(path: Path, **fields: Any) -> tuple[dict[str, Document], list[Skipped]]:  # noqa: ANN401
    items = list(read([path], SETTINGS, fields=Fields(**fields)))
    documents = {item.id: item for item in items if isinstance(item, Document)}
    return documents, [item for item in items if isinstance(item, Skipped)]


@pytest.mark.parametrize("name", FORMATS)
def test_columns_are_read_and_what_stays_has_its_types(name: str, tmp_path: Path) -> None:
    write, opened = FORMATS[name]
    write(table(), tmp_path / name)
    documents, skipped = both(tmp_path / name)
    assert {id_: (one.text, one.language, one.published) for id_, one in documents.items()} == {
        "1": ("one", "en", "2024-06-26T18:23:00+00:00"),
        "3": ("three", "en", "2024-06-26T18:23:00+00:00"),
    }
    assert skipped == [Skipped(f"{tmp_path / name}:2", "no text")]
    (written,), uncompared = write_kept([tmp_path / name], {"3"}, tmp_path / "out", reading())
    before, after = opened(tmp_path / name), opened(written)
    assert uncompared == 1
    assert after.schema.equals(before.schema, check_metadata=True)
    assert after.to_pylist() == before.to_pylist()[1:]
    assert (written.stat().st_size < (tmp_path / name).stat().st_size) is True
    (same,), _ = write_kept([tmp_path / name], {"1", "3"}, tmp_path / "out", reading())
    assert same.read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_a_path_leads_into_columns_and_several_texts_are_one(name: str, tmp_path: Path) -> None:
    write, _ = FORMATS[name]
    rows = table().append_column("meta.doc.tag", arrow.array(["this very name", "", "y"]))
    write(rows, tmp_path / name)
    documents, skipped = both(tmp_path / name, text="meta.doc.text")
    assert ([one.text for one in documents.values()], skipped) == (["Nested 0.", "Nested 1.", "Nested 2."], [])
    documents, _ = both(tmp_path / name, text="text", joined=("meta.doc.tag", "meta.doc.text"), id="meta.doc.text")
    assert documents["Nested 0."].text == "one\n\nthis very name\n\nNested 0."
    assert documents["Nested 1."].text == "Nested 1."
    for wrong in ("meta.doc", "meta.doc.none", "meta.doc.tags", "lists.a", "id"):
        (skip,) = both(tmp_path / name, text=wrong, id="")[1]
        wanted, _, instead = skip.reason.partition(" among ")
        assert (wanted, skip.lost) == (f'no column "{wrong}" of text', True)
        assert instead.startswith('"id", "text", ')
    assert both(tmp_path / name, id="meta")[1][0].reason == "the id is neither a string nor a number"


def test_how_values_are_stored_in_parquet_stays(tmp_path: Path) -> None:
    rows, path = table(), tmp_path / "a.parquet"
    for options in ({"store_schema": False}, {"use_deprecated_int96_timestamps": True}, {"compression": "none"},
                    {"store_decimal_as_integer": True}, {"use_compliant_nested_type": False}):  # fmt: skip
        parquet.write_table(rows, path, **options)
        (written,), _ = write_kept([path], {"3"}, tmp_path / "out", reading())
        before, after = parquet.ParquetFile(path), parquet.ParquetFile(written)
        assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
        for number in range(len(before.schema.names)):
            sides = before.schema.column(number), after.schema.column(number)
            assert len({(one.path, one.physical_type, str(one.logical_type)) for one in sides}) == 1
        assert len({side.metadata.row_group(0).column(0).compression for side in (before, after)}) == 1


def test_row_groups_stay_within_those_that_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = arrow.table({"id": range(5000), "text": [f"text {n}" for n in range(5000)]})
    parquet.write_table(rows, tmp_path / "a.parquet", row_group_size=2000)
    stays = reading(), lambda id_: int(id_) % 7
    (written,), _ = write_kept([tmp_path / "a.parquet"], stays[1], tmp_path / "out", stays[0])
    meta = parquet.ParquetFile(written).metadata
    assert [meta.row_group(number).num_rows for number in range(meta.num_row_groups)] == [2000, 2000, 285]
    assert parquet.read_table(written)["id"].to_pylist() == [number for number in range(5000) if number % 7]
    monkeypatch.setattr(arrowfiles, "MOST", 1)
    (written,), _ = write_kept([tmp_path / "a.parquet"], stays[1], tmp_path / "out", stays[0])
    assert parquet.ParquetFile(written).metadata.num_row_groups > 3


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_a_compressed_file_of_columns_is_kept_so(name: str, tmp_path: Path) -> None:
    write, opened = FORMATS[name]
    write(table(), tmp_path / name)
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress((tmp_path / name).read_bytes()))
    assert list(both(path)[0]) == ["1", "3"]
    (written,), _ = write_kept([path], {"1"}, tmp_path / "out", reading())
    (tmp_path / name).write_bytes(gzip.decompress(written.read_bytes()))
    assert opened(tmp_path / name)["id"].to_pylist() == [1, 2]
    path.write_bytes(path.read_bytes()[:-20])
    assert both(path)[1] == [Skipped(str(path), "damaged: the compressed stream is cut off", lost=True)]


def test_all_rows_may_fall(tmp_path: Path) -> None:
    for name, (write, opened) in FORMATS.items():
        write(table().slice(0, 1), tmp_path / name)
        (written,), _ = write_kept([tmp_path / name], set(), tmp_path / "out", reading())
        assert opened(written).num_rows == 0
        assert opened(written).schema.equals(opened(tmp_path / name).schema, check_metadata=True)


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files_are_told_and_kept_whole(name: str, tmp_path: Path) -> None:
    write, _ = FORMATS[name]
    write(table(), tmp_path / name)
    raw = (tmp_path / name).read_bytes()
    for number in range(40):
        at = len(raw) * number // 40
        broken = raw[:at] if number % 2 else raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]
        (tmp_path / name).write_bytes(broken)
        items, kinds = both(tmp_path / name)
        assert all(skip.reason for skip in kinds)
        (written,), _ = write_kept([tmp_path / name], set(items) - {"1"}, tmp_path / "out", reading())
        assert written.read_bytes() == broken or items


def test_a_stream_that_is_cut_off_between_batches_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.arrow"
    FORMATS["a.arrow"][0](table(), path)
    path.write_bytes(path.read_bytes()[:-8])
    documents, skipped = both(path)
    assert list(documents) == ["1", "3"]
    assert skipped[-1] == Skipped(str(path), "cut off: the Arrow stream does not end", lost=True)
    (written,), _ = write_kept([path], {"1"}, tmp_path / "out", reading())
    assert written.read_bytes() == path.read_bytes()


def test_bytes_that_are_no_text_cost_their_row_alone(tmp_path: Path) -> None:
    texts = arrow.array([b"one", b"t\xffo"]).view(arrow.string())
    parquet.write_table(arrow.table({"id": ["a", "b"], "text": texts}), tmp_path / "a.parquet")
    documents, (skip,) = both(tmp_path / "a.parquet")
    assert (list(documents), skip.path, skip.lost) == (["a"], f"{tmp_path}/a.parquet:2", True)
    assert skip.reason.startswith("not valid UTF-8")


def test_the_field_that_decides_is_read_beside(tmp_path: Path) -> None:
    parquet.write_table(table(), tmp_path / "a.parquet")
    for extra, values in {
        "price": ["1.10", "1.10"],
        "id": ["1", "3"],
        "text": ["one", "three"],
        "none": ["", ""],
    }.items():
        (batch,) = read_batches([tmp_path / "a.parquet"], SETTINGS, fields=Fields(extra=extra))
        assert batch.values == values


def test_without_pyarrow_it_is_one_plain_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"^Parquet needs an optional package: .*\[parquet\]'$"):
        both(tmp_path / "a.parquet")
