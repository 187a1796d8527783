"""What is read for an index, under which names, and what tells that a file has changed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.index.reading import UNFINISHED, FileState, IndexNames, digest_of, documents_of, named_files, state_of
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.text.tokens import body

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_named_from_the_folder_of_the_index_which_is_none_of_them(index: Path, folder: Path) -> None:
    named, skipped = named_files([str(folder.parent), str(folder / "03.txt")], IndexNames(index))
    assert [file.name for file in named] == [f"articles/{number:02}.txt" for number in range(25)]
    assert [item for item in skipped if item.lost] == []
    assert IndexNames(index).below(str(folder), "articles/03.txt")
    assert not IndexNames(index).below(str(folder), "articles2/03.txt")


def test_a_file_of_another_size_or_time_may_have_changed(folder: Path) -> None:
    ((file,), _) = named_files([str(folder / "03.txt")], IndexNames(folder / "a.index"))
    state = state_of(file.file)
    assert state is not None
    assert state.same_place(replace(state, sha256=b"other"))
    assert not state.same_place(replace(state, size=state.size + 1))
    assert not state.same_place(replace(state, mtime_ns=state.mtime_ns + 1))
    assert not state.same_place(UNFINISHED)
    os.utime(folder / "03.txt", ns=(5, 5))
    assert state_of(file.file) == FileState(state.size, 5, b"")
    assert digest_of(file.file) == hashlib.sha256((folder / "03.txt").read_bytes()).digest()
    (folder / "03.txt").unlink()
    assert (state_of(file.file), digest_of(file.file)) == (None, b"")


def test_rows_are_named_after_their_table_and_an_id_stands_once(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text('{"id": "x", "text": "one"}\n{"text": "two"}\n{"id": "y"}\n')
    ((file,), _) = named_files([str(table)], IndexNames(tmp_path / "a.index"))
    rows = list(documents_of(file, Settings()))
    assert [row.id for row in rows if isinstance(row, Document)] == ["t.jsonl#x", "t.jsonl:2"]
    assert sum(isinstance(row, Skipped) for row in rows) == 1
    table.write_text('{"id": "x", "text": "one"}\n{"id": "x", "text": "two"}\n')
    with pytest.raises(InputError, match="duplicate id"):
        list(documents_of(file, Settings()))


def test_a_row_is_read_as_it_was_meant(tmp_path: Path) -> None:
    table, said = tmp_path / "t.jsonl", "&quot;We will merge,&quot; said the firm &amp; its rival &#8212; on Monday."
    table.write_text(json.dumps({"id": "1", "text": said}), "utf-8")
    ((file,), _) = named_files([str(table)], IndexNames(tmp_path / "a.index"))
    (row,) = documents_of(file, Settings())
    assert isinstance(row, Document)
    assert len(row.meant) == 4
    assert "amp" not in body(row)
