from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.read import read

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()
READING = Reading(SETTINGS, Fields(), digest=False)


def test_kept_lines_come_out_byte_for_byte(tmp_path: Path) -> None:
    kept = [b'{"id":  "007","text":"\\u00e9", "x":1e400 }\r\n', b'{"text": "t", "id": 8.0}']
    no_document = [b"not JSON\n", b'{"id": "007"}\n']
    lines = [b"\xef\xbb\xbf", kept[0], no_document[0], b'{"id": 9, "text": "t"}\n', no_document[1], b"\n", kept[1]]
    (tmp_path / "docs.jsonl").write_bytes(b"".join(lines))
    written, uncompared = write_kept([tmp_path / "docs.jsonl"], {"007", "8.0"}, tmp_path / "out", READING)
    assert written == [tmp_path / "out/docs.jsonl"]
    assert written[0].read_bytes() == b"".join([*lines[:3], *lines[4:]])
    assert uncompared == 2


def test_kept_csv_records_come_out_byte_for_byte_below_their_header(tmp_path: Path) -> None:
    head, one, broken, three = b'"text";id\r\n', b'"a\r\n""b""";1\n', b'"c"x;2\n', b"=1+1;3\r\n"
    (tmp_path / "docs.csv").write_bytes(head + one + broken + three)
    write_kept([tmp_path / "docs.csv"], lambda id_: id_ != "3", tmp_path / "out", READING)
    assert (tmp_path / "out/docs.csv").read_bytes() == head + one + broken
    write_kept([tmp_path / "docs.csv"], {"3"}, tmp_path / "out", READING)
    assert (tmp_path / "out/docs.csv").read_bytes() == head + broken + three


def test_kept_files_of_a_folder_are_copied_and_earlier_copies_of_dropped_ones_go(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "in" / "out"
    (source / "sub").mkdir(parents=True)
    for name, data in {"a.md": b"\xef\xbb\xbfa\r\n", "sub/b.md": b"b", "c.md": b"c", "d.md": b"\0"}.items():
        (source / name).write_bytes(data)
    written, uncompared = write_kept([source], lambda _: True, out, READING)
    assert written == [out / "in/a.md", out / "in/c.md", out / "in/d.md", out / "in/sub/b.md"]
    assert uncompared == 1
    assert (out / "in/a.md").read_bytes() == b"\xef\xbb\xbfa\r\n"
    (out / "in/c.md").write_bytes(b"edited by hand")
    assert write_kept([source], {"a.md"}, out, READING).files == [out / "in/a.md", out / "in/d.md"]
    assert not (out / "in/sub/b.md").exists()
    assert (out / "in/c.md").read_bytes() == b"edited by hand"


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text('{"id": 1, "text": "t"}\n')
    with pytest.raises(InputError, match="would be overwritten"):
        write_kept([tmp_path / "docs.jsonl"], set(), tmp_path, READING)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/docs.jsonl").symlink_to(tmp_path / "docs.jsonl")
    with pytest.raises(InputError, match="would be overwritten"):
        write_kept([tmp_path / "docs.jsonl"], set(), tmp_path / "out", READING)
    (tmp_path / "sub/sub").mkdir(parents=True)
    (tmp_path / "sub/sub/a.md").write_text("a")
    for output in (tmp_path, tmp_path / "sub"):
        with pytest.raises(InputError, match="would be overwritten"):
            write_kept([tmp_path / "sub"], set(), output, READING)
    kept = write_kept([tmp_path / "sub/sub"], {"a.md"}, tmp_path / "x/..", READING)
    assert kept.files == [tmp_path / "x/../sub/a.md"]


def test_lines_known_to_be_no_documents_need_not_be_judged_again(tmp_path: Path) -> None:
    bad = [b'{"id": 1, "text": ""}\n', b"not JSON\n", b'{"id": []}\n']
    lines = [b'{"text": "no id"}\n', *bad[:2], b'{"id": 2, "text": "t"}\n', bad[2]]
    (tmp_path / "docs.jsonl").write_bytes(b"".join(lines))
    skipped = {item.path for item in read([tmp_path / "docs.jsonl"], SETTINGS) if isinstance(item, Skipped)}
    judged = write_kept([tmp_path / "docs.jsonl"], {"1"}, tmp_path / "judged", READING)
    known = write_kept([tmp_path / "docs.jsonl"], {"1"}, tmp_path / "known", READING, skipped)
    assert known.files[0].read_bytes() == judged.files[0].read_bytes() == b"".join([bad[0], bad[1], bad[2]])
    assert known.uncompared == judged.uncompared == 3


def test_tables_of_one_name_do_not_meet_in_the_output(tmp_path: Path) -> None:
    for number, folder in enumerate(["old", "new"]):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "docs.jsonl").write_text(f'{{"id": {number}, "text": "t"}}\n')
    inputs = [tmp_path / "old/docs.jsonl", tmp_path / "new/docs.jsonl"]
    written = write_kept(inputs, {"0", "1"}, tmp_path / "out", READING)
    assert written.files == [tmp_path / "out/old/docs.jsonl", tmp_path / "out/new/docs.jsonl"]


def test_a_failure_leaves_the_old_output(tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text('{"id": 1, "text": "t"}\n')
    write_kept([tmp_path / "docs.jsonl"], {"1"}, tmp_path / "out", READING)

    def failing(_: str) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_kept([tmp_path / "docs.jsonl"], failing, tmp_path / "out", READING)
    assert (tmp_path / "out/docs.jsonl").read_bytes() == (tmp_path / "docs.jsonl").read_bytes()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["docs.jsonl"]


def test_kept_parquet_rows_keep_order_and_all_columns(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path, out = tmp_path / "a[1]'s.parquet", tmp_path / "out"
    numbers = list(range(10))
    rows = {"id": numbers[::-1], "text": [f"text {number}" for number in numbers], "more": [[n] for n in numbers]}
    parquet.write_table(arrow.table(rows), path)
    (written,), _ = write_kept([path], {"8", "2"}, out, READING)
    assert [item.id for item in read([written], SETTINGS) if isinstance(item, Document)] == ["8", "2"]
    assert parquet.read_table(written)["more"].to_pylist() == [[1], [7]]
