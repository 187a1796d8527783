"""The installed command as a process of its own, which is how users meet it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from examples import examples
from hypothesis import settings

import compare

if TYPE_CHECKING:
    from collections.abc import Callable

# A job in the background (`&`, nohup) ignores signals, and so would all that it starts: the tests' programs hear them.
for number, answer in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, answer)
settings.register_profile("house", max_examples=examples(100))
settings.load_profile("house")

ROOT = Path(__file__).parent.parent
INSTALLED = "TOX_ENV_NAME" in os.environ
"""Under tox the package is a wheel in the environment; elsewhere it may be the source folder."""


def started(*words: object, **changes: str) -> subprocess.CompletedProcess[str]:
    """`compare` with some words and a changed environment; output as UTF-8 text."""
    settings = {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent), "TERM": "xterm", **changes}
    cwd = settings.pop("CWD", None)
    command = [sys.executable, "-P", "-m", "compare", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=settings, cwd=cwd, check=False, timeout=120
    )


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Start `compare` with some words; environment variables and CWD as keywords."""
    return started


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PATH in which `compare` and `compare-text` stand."""
    if INSTALLED:
        return Path(sys.executable).parent
    folder = tmp_path_factory.mktemp("bin")
    source = shlex.quote(str(Path(compare.__file__).parent.parent))
    for name in ("compare", "compare-text"):
        words = f'PYTHONPATH={source} exec {shlex.quote(sys.executable)} -P -m compare "$@"'
        (folder / name).write_text(f"#!/bin/sh\n{words}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def seeds_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `compare run seeds/` writes, made once, as the committed `reports/` were: from the repository's root."""
    folder = tmp_path_factory.mktemp("seeds") / "reports"
    ended = started("run", "seeds/", "--output", folder, CWD=str(ROOT))
    assert (ended.returncode, ended.stderr) == (0, "")
    return folder
