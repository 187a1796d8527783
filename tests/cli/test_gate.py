"""What the gate has not seen it does not pass, whatever the reason is; unless somebody says that it may."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from documents_made import docx, lines, paragraph, pdf
from documents_made import run as words

import compare
from compare.cli import main
from compare.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

STORY = (
    "Forty singers filled the chapel on Sunday for a concert that nobody had advertised. "
    "The choir had meant it as a rehearsal, but the doors stood open and people walking home came in.\n"
)
OTHER = "A school garden in Mill Street grew nine kinds of beans this summer and sold them at the gate, a guide says.\n"
UNREAD = {
    "copy.pdf": pdf(lines([STORY])),
    "copy.html": f"<p>{STORY}</p>".encode(),
    "copy.docx": docx(paragraph(words(STORY)))[:200],
    "copy.txt": b"\0\1\2\3" * 99,
}
COMMANDS = ("check", "audit", "accept --all --reason wire", "corrections a.txt b.txt --against", "leaks a.txt", "dedup")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with two articles, and two in a folder below."""
    for name, text in (("a.txt", STORY), ("b.txt", OTHER), ("in/c.txt", STORY.upper()), ("in/d.txt", OTHER)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("name", UNREAD)
def test_an_article_that_cannot_be_read_beside_others_ends_every_judgement(name: str, here: Path) -> None:
    (here / "in" / name).write_bytes(UNREAD[name])
    for command in COMMANDS:
        asked = [*command.split(), "in", *["--output", "out"] * (command == "dedup")]
        ended = CliRunner().invoke(main, asked)
        assert isinstance(ended.exception, InputError), command
        assert f"in/{name}: " in str(ended.exception)
        assert "\n" not in str(ended.exception)
        allowed = CliRunner().invoke(main, [*asked, "--allow-unread"])
        assert isinstance(allowed.exception, SystemExit | None), command
        assert allowed.exit_code != InputError.exit_code, command
    with pytest.raises(InputError, match=name):
        compare.check("in")
    assert [skip.path for skip in compare.check("in", allow_unread=True).skipped] == [f"in/{name}"]


@pytest.mark.parametrize(
    "command",
    [
        "check in --against nothing",
        "check in --against b.txt --against nothing",
        "check in --against empty.index",
        "dedup in --output out --against b.txt nothing",
        "corrections a.txt b.txt --against in nothing",
        "leaks b.txt nothing a.txt",
        "query a.txt --index empty.index",
        "query --each a.txt --index empty.index",
    ],
)
def test_what_is_held_against_nothing_is_not_held_against_anything(command: str, here: Path) -> None:
    (here / "nothing").mkdir()
    (here / "nothing" / "a.png").write_bytes(b"\x89PNG")
    if "index" in command:
        compare.Index.build("empty.index", "a.txt").remove("a.txt")
    ended = CliRunner().invoke(main, command.split())
    assert isinstance(ended.exception, InputError)
    assert re.match("nothing to read in nothing: nothing/a.png|empty.index: the index holds no", str(ended.exception))
    assert not (here / "out").exists()


@pytest.mark.usefixtures("without_extra")
def test_the_settings_say_for_good_that_what_cannot_be_read_may_be_left_out(here: Path) -> None:
    (here / "in" / "copy.pdf").write_bytes(UNREAD["copy.pdf"])
    (here / "compare.toml").write_text("allow_unread = true\n", "utf-8")
    assert CliRunner().invoke(main, ["check", "in"]).exit_code == 0


def test_a_log_without_findings_says_so(here: Path) -> None:
    (here / "in" / "c.txt").unlink()
    clean = CliRunner().invoke(main, ["check", "in", "--report", "github=-"])
    assert (clean.exit_code, clean.stdout) == (0, "")
    assert clean.stderr == "No findings. 1 article checked against 1.\n"
