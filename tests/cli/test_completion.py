"""The scripts that complete our commands, in a shell that runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.cli.completion import command

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]


def script(*words: str) -> str:
    ended = CliRunner().invoke(command, words)
    assert (ended.exit_code, ended.stderr) == (0, "")
    return ended.stdout


def proposed(run: Run, words: str) -> list[str]:
    """What the command proposes for the last of some words, as bash asks it."""
    asked = {"_COMPARE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    ended = run(**asked)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -o nosort -F _compare_completion compare"),
        ("zsh", "#compdef compare"),
        ("fish", "complete --no-files --command compare --arguments"),
    ],
)
def test_each_shell_gets_its_script(shell: str, line: str) -> None:
    assert line in script(shell)
    assert "_COMPARE_COMPLETE=" + shell in script(shell)
    assert "--command compare-text" in script("fish", "--name", "compare-text")


def test_another_shell_is_refused_and_the_help_says_how_to_begin() -> None:
    assert CliRunner().invoke(command, ["tcsh"]).exit_code == 2
    assert 'eval "$(compare completion bash)"' in CliRunner().invoke(command, ["--help"]).stdout


def test_commands_and_options_are_proposed_by_their_beginning(run: Run) -> None:
    assert "plain,dedup" in proposed(run, "compare de")
    assert "plain,diff" not in proposed(run, "compare de")
    assert "plain,--output" in proposed(run, "compare run --ou")


@pytest.mark.parametrize("name", ["run", "diff", "dedup", "repeats"])
def test_paths_are_left_to_the_shell(name: str, run: Run) -> None:
    assert proposed(run, f"compare {name} see") == ["file,see"]
    assert name in main.list_commands(None)  # type: ignore[arg-type]  # unused


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
@pytest.mark.parametrize("name", ["compare", "compare-text"])
def test_bash_completes_a_command(name: str, tmp_path: Path) -> None:
    ours = tmp_path / name
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m compare "$@"\n', "utf-8")
    ours.chmod(0o755)
    function = f"_{name.replace('-', '_')}_completion"
    asks = f'COMP_WORDS=({name} ded); COMP_CWORD=1; {function} {name}; echo "${{COMPREPLY[@]}}"; complete -p {name}'
    bash = ["bash", "--norc", "-c", f"{script('bash', '--name', name)}\n{asks}"]
    path = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(Path(compare.__file__).parents[1])}
    ended = subprocess.run(bash, capture_output=True, text=True, check=True, env={**os.environ, **path})
    assert ended.stdout.splitlines() == ["dedup", f"complete -o nosort -F {function} {name}"]
