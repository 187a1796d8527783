"""A part of a file stands for all of it: whole rows, none twice, of the start, the middle and the end."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from typing import TYPE_CHECKING

import pytest

from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.glimpse import Glimpse, glimpse, spread
from compare.sources.walk import plan

if TYPE_CHECKING:
    from pathlib import Path

READING = Reading(Settings(), Fields(), digest=False)
ROWS = [{"id": str(number), "text": f"Row {number} of the list. " * (1 + number % 5)} for number in range(2000)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def seen(path: Path, most: int) -> Glimpse:
    return glimpse(plan([path]).files[0], most, READING)


def numbers(part: Glimpse) -> list[int]:
    return [int(text.split()[1]) for text in part.texts]


def table() -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "text"])
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


def test_lines_are_seen_at_the_start_in_the_middle_and_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    part = seen(tmp_path / "a.jsonl", 9000)
    rows = numbers(part)
    assert rows == sorted(set(rows))
    assert rows[0] == 0
    assert rows[-1] == 1999
    assert any(900 < row < 1100 for row in rows)
    assert len(rows) < 200
    assert part.size == part.rows == sum(len(LINES.splitlines(keepends=True)[row]) for row in rows)
    assert not part.skipped


@pytest.mark.parametrize("most", [1, 50, len(LINES) - 1, len(LINES), 10 * len(LINES)])
def test_however_much_is_asked_no_row_comes_twice(most: int, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    part = seen(tmp_path / "a.jsonl", most)
    rows = numbers(part)
    assert not part.skipped
    assert rows == sorted(set(rows))
    assert rows[0] == 0
    assert len(rows) == 2000 or most < len(LINES)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", gzip.compress(LINES)),
        ("a.jsonl.bz2", bz2.compress(LINES)),
        ("a.jsonl.xz", lzma.compress(LINES)),
        ("a.csv", table()),
        ("a.json", json.dumps(ROWS).encode()),
        ("a.jsonl", b"\xff\xfe" + LINES.decode().encode("utf-16-le")),
    ],
)
def test_of_other_files_the_start_is_seen_and_says_how_many_there_are(
    name: str, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    whole = seen(tmp_path / name, 10 * len(LINES))
    assert (whole.documents, whole.size) == (2000, len(content))
    part = seen(tmp_path / name, 60_000)
    assert 100 < part.documents < 2000
    assert abs(part.documents * len(content) / part.size / 2000 - 1) < 0.2


@pytest.mark.parametrize("kind", ["parquet", "file", "stream"])
def test_a_table_of_columns_says_itself_how_many_rows_it_has(kind: str, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    rows, path = arrow.Table.from_pylist(ROWS), tmp_path / ("a.parquet" if kind == "parquet" else "a.arrow")
    if kind == "parquet":
        pytest.importorskip("pyarrow.parquet").write_table(rows, path)
    else:
        make = arrow.ipc.new_file if kind == "file" else arrow.ipc.new_stream
        with make(str(path), rows.schema) as writer:
            writer.write_table(rows, max_chunksize=100)
    part = seen(path, 5000)
    assert numbers(part) == list(range(len(part.texts)))
    assert 0 < len(part.texts) < 500
    size = path.stat().st_size
    assert (part.documents, part.size) == (2000, size) if kind == "parquet" else part.size < size
    assert abs(part.documents * size / part.size / 2000 - 1) < 0.1


def test_an_article_is_one_document_and_what_is_none_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    (tmp_path / "c.jsonl").write_text("not a row\n")
    (tmp_path / "d.csv").write_text("a,b\n1,2\n")
    parts = [glimpse(file, 1000, READING) for file in plan([tmp_path]).files]
    assert [part.documents for part in parts] == [1, 0, 0, 0]
    assert [len(part.skipped) for part in parts] == [0, 1, 1, 1]


def test_some_of_many_are_the_first_the_middle_and_the_last() -> None:
    assert spread(range(101), 3) == [0, 50, 100]
    assert spread(range(9), 9) == list(range(9))
    assert spread(range(10_000), 9)[4] == 4999
