"""What is skipped says whether an article may be missing for it: `check` fails closed by that."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compare.model import Skipped
from compare.settings import Settings
from compare.sources.read import read
from compare.sources.walk import DEPTH, plan

if TYPE_CHECKING:
    from collections.abc import Callable

BAD = {
    "binary.md": b"\0",
    "broken.txt": b"\xef\xbb\xbf\xff",
    "controls.text": b"\x01\x02\xff",
    "large.markdown": b"x" * 201,
    "bodies.csv": b"id,body\n1,x\n",
    "wide.csv": b"text\na\nb,c\n",
    "short.csv": b"id,text\n1\n",
    "quoted.csv": b'text\n"a\n',
    "wide.jsonl": b"\xff\xfea\0",
    "json.jsonl": b"{\n",
    "type.jsonl": b'{"text": 1}\n',
    "id.jsonl": b'{"id": [], "text": "x"}\n',
    "missing.ndjson": b'{"body": "x"}\n',
    "encoding.jsonl": b'{"text": "\xff"}\n',
    "long.jsonl": b'{"text": "' + b"x" * 201 + b'"}\n',
}
HARMLESS = {
    "a.png": b"x",
    "none": b"x",
    "a.md.gz": b"x",
    "empty.md": b"",
    "blank.txt": b" \n",
    "empty.csv": b"text\n",
    "empty.jsonl": b"",
    "row.jsonl": b'{"text": ""}\n{"text": null}\n',
    "row.csv": b'id,text\n1,""\n',
}


def skips(*paths: Path, tracked: frozenset[str] = frozenset()) -> list[Skipped]:
    items = read(paths, Settings(max_bytes=200), tracked=tracked)
    return [item for item in items if isinstance(item, Skipped)]


def lost(*paths: Path, tracked: frozenset[str] = frozenset()) -> list[str]:
    return [Path(item.path).name for item in skips(*paths, tracked=tracked) if item.lost]


@pytest.fixture
def one_type(tmp_path: Path) -> Callable[[str], Path]:
    def made(name: str) -> Path:
        (tmp_path / name).write_bytes((BAD | HARMLESS)[name])
        return tmp_path / name

    return made


@pytest.mark.parametrize("name", BAD)
def test_an_article_or_a_row_that_cannot_be_read_is_lost(name: str, one_type: Callable[[str], Path]) -> None:
    path = one_type(name)
    assert [item.lost for item in skips(path)] == [item.lost for item in skips(path.parent)] == [True]


@pytest.mark.parametrize("name", HARMLESS)
def test_other_types_and_empty_ones_in_a_folder_are_no_loss(name: str, one_type: Callable[[str], Path]) -> None:
    found = skips(one_type(name).parent)
    assert found
    assert not any(item.lost for item in found)


@pytest.mark.parametrize("name", ["a.md.gz", "empty.md", "blank.txt", "empty.csv", "empty.jsonl"])
def test_a_file_that_was_named_and_skipped_is_lost_whatever_the_reason(
    name: str, one_type: Callable[[str], Path]
) -> None:
    assert lost(one_type(name)) == [name]


def test_a_parquet_file_that_is_none_is_lost(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    assert lost(tmp_path) == ["a.parquet"]


def test_what_only_has_the_name_of_an_article_is_lost(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "away.csv").symlink_to("/etc/hostname")
    (tmp_path / "nowhere.md").symlink_to("gone.md")
    (tmp_path / "self.md").symlink_to("self.md")
    assert sorted(lost(tmp_path)) == ["away.csv", "nowhere.md", "pipe.md", "self.md"]
    assert lost(tmp_path / "pipe") == ["pipe"]


def test_a_link_to_a_file_that_is_read_anyway_is_no_loss(tmp_path: Path) -> None:
    for name in ("x/a.md", "y/b.md", "x/.c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    for name, target in {"same.md": "a.md", "other.md": "../y/b.md", "hidden.md": ".c.md"}.items():
        (tmp_path / "x" / name).symlink_to(target)
    assert sorted(lost(tmp_path / "x")) == ["hidden.md", "other.md"]
    assert lost(tmp_path / "x", tmp_path / "y") == ["hidden.md"]
    assert lost(tmp_path, tracked=frozenset({str(tmp_path.resolve() / "x/.c.md")})) == []


def test_a_folder_that_cannot_be_read_or_is_too_deep_is_lost_and_a_loop_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a/again").mkdir(parents=True)
    (tmp_path / "a/shut").mkdir()
    inner = tmp_path / "a"
    for _ in range(DEPTH + 1):
        inner /= "d"
        inner.mkdir()
    real, scan = os.stat, os.scandir
    again = real(tmp_path / "a")
    monkeypatch.setattr(os, "stat", lambda path, **more: again if str(path).endswith("again") else real(path, **more))
    monkeypatch.setattr(os, "scandir", lambda path: _shut() if str(path).endswith("shut") else scan(path))
    found = {Path(item.path).name: item.lost for item in plan([tmp_path / "a"]).skipped}
    assert found == {"shut": True, "d": True, "again": False}


def test_a_folder_that_a_pattern_cannot_look_into_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/x.md", "shut/x.md", "x.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: _shut() if str(path).endswith("shut") else scan(path))
    for pattern in ("*/*.md", "**/*.md"):
        files, skipped = plan([tmp_path / pattern])
        assert "a/x.md" in [os.path.relpath(file.path, tmp_path) for file in files]
        assert [(item.path, item.lost) for item in skipped] == [(str(tmp_path / "shut"), True)]


def _shut() -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_article_without_permission_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    (tmp_path / "a.md").chmod(stat.S_IWUSR)
    assert lost(tmp_path) == ["a.md"]
