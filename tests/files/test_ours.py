"""What compare writes goes to a folder of its own, and never over what somebody else wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from compare.cli import main
from compare.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

STORY = "Forty singers filled the chapel on Sunday for a concert that nobody had advertised, the office said.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with one of two articles."""
    for name in ("in/a.txt", "in/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} {STORY}", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(command: str) -> str:
    ended: Result = CliRunner().invoke(main, command.split())
    assert ended.exception is None or isinstance(ended.exception, InputError), ended.output
    return str(ended.exception or "")


def test_a_folder_of_other_files_is_not_filled(here: Path) -> None:
    (here / "notes").mkdir()
    (here / "notes" / "mine.md").write_text(STORY)
    for command in ("run", "dedup"):
        assert told(f"{command} in --output notes").startswith("--output notes holds other files, as mine.md; ")
    assert told("run in --output in") == "--output in is the input in; name another"
    assert [path.name for path in (here / "notes").iterdir()] == ["mine.md"]


def test_an_empty_folder_and_one_of_results_are_written_to_whatever_else_is_hidden_there(here: Path) -> None:
    (here / "out").mkdir()
    (here / "out" / "log.txt").touch()
    (here / "out" / ".gitignore").write_text("*")
    for command in ("run", "run", "dedup", "run"):
        assert told(f"{command} in --output out") == ""
    (here / "out" / "report.json").unlink()
    (here / "out" / "index.html").write_text("My own.")
    assert told("run in --output out") == "--output out holds index.html of somebody else; name another folder"
    assert (here / "out" / "index.html").read_text() == "My own."


def test_one_article_is_compared_with_nothing_and_takes_no_reports_place(here: Path) -> None:
    assert told("run in --output out") == ""
    before = (here / "out" / "report.json").read_bytes()
    lone = told("run in/a.txt --output out")
    assert lone == "1 article, a.txt: there is nothing to compare it with; name another"
    (here / "in" / "b.txt").write_bytes(b"\0\1\2\3" * 99)
    assert told("run in --output out").endswith("name another; not read: in/b.txt: binary")
    assert (here / "out" / "report.json").read_bytes() == before
    wrong = told("evidence out --pair a.txt c.txt")
    assert wrong.startswith("c.txt: no document of this report; it holds 2 articles: a.txt, b.txt; did you mean")
