"""Property tests: no clock fails them, CI tries other examples for each commit, the header says how to repeat them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chance import FIXED
from hypothesis import HealthCheck, settings

import compare

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
TEST = """\
from hypothesis import given, strategies as st

@given(st.integers())
def test_tries(number):
    with open("tried", "a") as file:
        print(number, file=file)
"""
Try = tuple[str, str, list[str]]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def tried(tmp_path: Path) -> Callable[..., Try]:
    """Run a property test under our conftest: the seed of the header, where it is from, and the examples."""
    shutil.copytree(HERE / "support", tmp_path / "tests" / "support")
    shutil.copy(HERE / "conftest.py", tmp_path / "tests")
    (tmp_path / "tests" / "test_any.py").write_text(TEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = tests/support\n")
    paths = {"PYTHONPATH": str(Path(compare.__file__).parent.parent), "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    env = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("GIT_")} | paths

    def run(*words: str, ci: bool = False) -> Try:
        (tmp_path / "tried").unlink(missing_ok=True)
        shutil.rmtree(tmp_path / ".hypothesis", ignore_errors=True)
        command = [sys.executable, "-P", "-m", "pytest", "-p", "no:cacheprovider", "tests", *words]
        ended = subprocess.run(
            command, cwd=tmp_path, env=env | ({"CI": "true"} if ci else {}), capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        header = re.search(r"--hypothesis-seed=(\d+) repeats them \((.*)\)", ended.stdout)
        assert header
        return header[1], header[2], (tmp_path / "tried").read_text().splitlines()

    return run


def commit(folder: Path, message: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgSign=false"]
    for words in (["init", "-q"], [*who, "commit", "-q", "--allow-empty", "-m", message]):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S607  # the git of PATH


def test_ci_tries_other_examples_for_each_commit_and_the_same_ones_again(
    tried: Callable[..., Try], tmp_path: Path
) -> None:
    commit(tmp_path, "first")
    first = tried(ci=True)
    assert first[1].startswith("of commit ")
    assert tried(ci=True) == first
    commit(tmp_path, "second")
    second = tried(ci=True)
    assert second[0] != first[0]
    assert second[2] != first[2]
    assert tried(f"--hypothesis-seed={first[0]}") == (first[0], "as it was given", first[2])


def test_ci_without_a_commit_takes_a_fixed_seed(tried: Callable[..., Try]) -> None:
    assert tried(ci=True)[:2] == (FIXED, "fixed: no commit is here")


def test_elsewhere_each_run_tries_its_own_examples_and_says_their_seed(tried: Callable[..., Try]) -> None:
    first, second = tried(), tried()
    assert first[1] == second[1] == "by chance"
    assert first[0] != second[0]
    assert first[2] != second[2]


def test_no_clock_fails_a_property_and_no_profile_stops_it_from_trying_new_examples() -> None:
    house = settings.get_profile("house")
    assert (house.deadline, house.derandomize, house.print_blob) == (None, False, True)
    assert HealthCheck.too_slow in house.suppress_health_check
    pages = [page for page in HERE.rglob("test_*.py") if page != Path(__file__)]
    assert [page.name for page in pages if "deadline=" in page.read_text("utf-8")] == []
