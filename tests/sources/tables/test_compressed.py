"""Tables in compressed files: read as if they were not, written back so; nothing of a damaged one is lost."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from compare.errors import MissingExtraError
from compare.files import packed as module
from compare.files.packed import Packing, open_unpacked, packed
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.read import read

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()
READING = Reading(SETTINGS, Fields(), digest=False)
ROWS = [{"id": f"r{number}", "text": f"Text {number},\nof two lines."} for number in range(60)]
BODIES = {
    "a.jsonl": "".join(json.dumps(row) + "\n" for row in ROWS),
    "a.json": json.dumps(ROWS, indent=1),
    "a.csv": "id,text\r\n" + "".join(f'{row["id"]},"{row["text"]}"\r\n' for row in ROWS),
    "a.tsv": "id\ttext\n" + "".join(f"{row['id']}\t{row['text'][:7]}\n" for row in ROWS),
}


def stored(path: Path, packing: Packing | None, body: bytes) -> bytes:
    if packing is Packing.ZSTD:
        pytest.importorskip("zstandard")
    with packed(path, packing) as stream:
        stream.write(body)
    return path.read_bytes()


def content(path: Path) -> bytes:
    with open_unpacked(str(path), follow=True) as stream:
        return stream.read()


def both(path: Path) -> tuple[list[str], list[Skipped]]:
    items = list(read([path], SETTINGS))
    return [item.id for item in items if isinstance(item, Document)], [i for i in items if isinstance(i, Skipped)]


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    ("packing", "encoding"), [*((packing, "utf-8") for packing in Packing), (Packing.BZIP2, "utf-16")]
)
def test_a_compressed_table_is_read_and_kept_as_it_is(
    name: str, packing: Packing, encoding: str, tmp_path: Path
) -> None:
    body, source, out = BODIES[name].encode(encoding), tmp_path / "in", tmp_path / "out"
    source.mkdir()
    plain, file = source / name, source / f"{name}{packing.value}"
    plain.write_bytes(body)
    raw = stored(file, packing, body)
    assert both(file) == both(plain) == ([row["id"] for row in ROWS], [])
    for known in (None, frozenset[str]()):
        written = write_kept([plain, file], lambda id_: id_ != "r3", out, READING, known).files
        assert [path.name for path in written] == [name, file.name]
        assert content(written[1]) == content(written[0]) != body
        assert write_kept([file], lambda _: True, out, READING, known).files[0].read_bytes() == raw


def test_compression_is_told_by_content_and_found_in_folders(tmp_path: Path) -> None:
    body = BODIES["a.jsonl"].encode()
    for name in ("a.jsonl", "part-0.gz", "b.txt.gz"):
        (tmp_path / name).write_bytes(gzip.compress(body.replace(b'"r', f'"{name} '.encode())))
    (tmp_path / "c.jsonl.gz").write_bytes(body)
    (tmp_path / "prose.gz").write_bytes(gzip.compress(b"It is prose."))
    ids, skipped = both(tmp_path)
    assert len(ids) == 4 * len(ROWS)
    assert skipped == [Skipped(f"{tmp_path}/prose.gz", "compressed; unpack it first")]


@pytest.mark.parametrize("packing", Packing)
@pytest.mark.parametrize("name", BODIES)
def test_of_a_damaged_file_what_was_read_stays_said_and_nothing_is_lost(
    name: str, packing: Packing, tmp_path: Path
) -> None:
    plain = BODIES[name]
    half = plain.rindex("Text 41") + 6 if packing is Packing.GZIP else len(plain)
    raw = stored(tmp_path / name, packing, plain[:half].encode())
    damaged = raw[:-9] if packing is Packing.GZIP else raw + b"something else that follows"
    (tmp_path / name).write_bytes(damaged)
    ids, skipped = both(tmp_path / name)
    assert ids[:41] == [row["id"] for row in ROWS[:41]]
    assert len(ids) in {41, 60}
    assert [(skip.path, skip.lost) for skip in skipped] == [(str(tmp_path / name), True)]
    assert skipped[0].reason.startswith("damaged: ")
    (written,), uncompared = write_kept([tmp_path / name], {"r0"}, tmp_path / "out", READING)
    assert (written.read_bytes(), uncompared > 0) == (damaged, True)


def test_a_bomb_is_one_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST", 1 << 18)
    for name in ("a.jsonl.gz", "a.csv.gz", "a.json.gz"):
        start = {"a.csv.gz": b"id,text\n1,", "a.json.gz": b'[{"id": 1, "text": "'}.get(name, b'{"id": 1, "text": "')
        (tmp_path / name).write_bytes(gzip.compress(start + bytes(18 << 20)))
        (skip,) = read([tmp_path / name], SETTINGS)
        reason = "a compressed file that expands more than 1000 times is not read; unpack it first"
        assert skip == Skipped(str(tmp_path / name), reason, lost=True)


def test_zstandard_without_its_package_ends_where_a_table_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.sys, "version_info", (3, 13))
    monkeypatch.setitem(module.sys.modules, "zstandard", None)
    (tmp_path / "other.zst").write_bytes(b"\x28\xb5\x2f\xfd....")
    assert both(tmp_path) == ([], [Skipped(f"{tmp_path}/other.zst", "compressed; unpack it first")])
    for path in (tmp_path / "other.zst", tmp_path):
        (tmp_path / "a.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfd....")
        with pytest.raises(MissingExtraError):
            both(path)
