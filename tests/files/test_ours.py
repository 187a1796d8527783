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


def test_no_file_of_somebody_else_is_replaced_and_no_input_is_written_into(here: Path) -> None:
    for command, name in (("run", "index.html"), ("dedup", "pairs.csv")):
        (here / command).mkdir()
        (here / command / name).write_text("My own.")
        line = f"--output {command} holds {name} of somebody else; name another folder"
        assert told(f"{command} in --output {command}") == line
        assert [(path.name, path.read_text()) for path in (here / command).iterdir()] == [(name, "My own.")]
    assert told("run in --output in") == "--output in is the input in; name another"


def test_results_replace_results_and_empty_files_and_leave_all_else(here: Path) -> None:
    (here / "out").mkdir()
    (here / "out" / "report.json").touch()
    (here / "out" / "notes.md").write_text(STORY)
    for command in ("run", "run", "dedup", "dedup"):
        assert told(f"{command} in --output out") == ""
    assert (here / "out" / "notes.md").read_text() == STORY


@pytest.mark.usefixtures("here")
def test_one_article_is_compared_with_nothing_and_says_so() -> None:
    ended = CliRunner().invoke(main, ["run", "in/a.txt", "--output", "out"])
    assert (ended.exit_code, ended.output.splitlines()[0]) == (0, "1 article: there is nothing to compare it with.")
    wrong = told("evidence out --pair a.txt c.txt")
    assert wrong.startswith("c.txt: no document of this report; it holds 1 article: a.txt")
