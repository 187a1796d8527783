"""What is piped in is a table among others, called `-`, and gone when it was read."""

from __future__ import annotations

import errno
import gzip
import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documents_made import docx, paragraph, run

from compare.errors import InputError
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.piped import piped_in
from compare.sources.walk import plan

if TYPE_CHECKING:
    from collections.abc import Callable

READING = Reading(Settings(), Fields(), digest=False)
ROWS = b'{"id": 1, "text": "A pact."}\n{"id": 2, "text": "None."}\n'


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[bytes], None]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda raw: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (ROWS, "stdin.jsonl"),
        (gzip.compress(ROWS), "stdin.jsonl.gz"),
        (b'[{"id": 1, "text": "A pact."}]', "stdin.json"),
        (b'{"id": 1,\n "text": "A pact."}\n', "stdin.json"),
        (b"id,text\n1,A pact.\n", "stdin.csv"),
        (b"id\ttext\n1\tA pact.\n", "stdin.tsv"),
        (b"PAR1 and so on", "stdin.parquet"),
        (b"ARROW1\0\0 and so on", "stdin.arrow"),
        (b"text\nA pact without an id.\n", "stdin.csv"),
        (b"", "stdin.jsonl"),
    ],
)
def test_it_is_called_by_what_it_holds_and_is_gone_afterwards(
    pipe: Callable[[bytes], None], tmp_path: Path, raw: bytes, name: str
) -> None:
    pipe(raw)
    with piped_in(("-", "a.csv"), READING) as (path, other):
        (file,) = plan([path]).files
        assert (Path(path).read_bytes(), file.shown, file.id, file.target, other) == (raw, "-", name, name, "a.csv")
        assert file.named
    assert not list(tmp_path.iterdir())


def test_beside_a_file_of_its_name_it_has_a_folder_of_its_own_wherever_it_was_kept(
    pipe: Callable[[bytes], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("stdin.jsonl").write_bytes(ROWS)
    pipe(ROWS)
    with piped_in(("-", "stdin.jsonl", "-"), READING) as paths:
        assert [file.id for file in plan(paths).files] == ["-/stdin.jsonl", "stdin.jsonl"]


def test_without_it_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with piped_in(("./-", "a"), READING) as paths:
        assert paths == ("./-", "a")


def test_what_cannot_be_piped_in_is_one_plain_line(
    pipe: Callable[[bytes], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(ROWS)
    with pytest.raises(InputError, match=r"^-: more than 9 bytes are piped in"), piped_in(("-",), READING, most=9):
        pass
    with Terminal(io.BytesIO()) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        with pytest.raises(InputError, match=r"^-: standard input is a terminal"), piped_in(("-",), READING):
            pass
    for closed in (None, terminal):
        monkeypatch.setattr(sys, "stdin", closed)
        with pytest.raises(InputError, match=r"^-: standard input is closed"), piped_in(("-",), READING):
            pass
    assert not list(tmp_path.iterdir())


def test_where_there_is_no_room_the_folder_is_told(
    pipe: Callable[[bytes], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    pipe(ROWS)
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(InputError) as raised, piped_in(("-",), READING):
        pass
    assert str(raised.value) == f"-: cannot be put into {tmp_path}: No space left on device; TMPDIR names another"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"A pact.\n", "stdin.txt"),
        (b"{\\rtf1 A pact.}", "stdin.rtf"),
        (b"%PDF-1.7", "stdin.pdf"),
        (b"<!DOCTYPE html><p>A pact.</p>", "stdin.html"),
        (docx(paragraph(run("A pact."))), "stdin.docx"),
        (ROWS, "stdin.jsonl"),
    ],
)
def test_where_texts_may_come_it_is_a_text_a_document_or_a_table(
    pipe: Callable[[bytes], None], raw: bytes, name: str
) -> None:
    pipe(raw)
    with piped_in(("-",), READING, texts=True) as (path,):
        assert Path(path).name == name
