"""The installed command as a process of its own, which is how users meet it."""

from __future__ import annotations

import atexit
import os
import shlex
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chance import Seed, chosen_seed
from examples import examples
from hypothesis import HealthCheck, settings
from warm import Start, Warm

import compare

if TYPE_CHECKING:
    from collections.abc import Callable

# A job in the background (`&`, nohup) ignores signals, and so would all that it starts: the tests' programs hear them.
for number, answer in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, answer)
# Where CI is set, Hypothesis loads a profile that tries the same examples for ever: ours has another parent.
settings.register_profile(
    "house",
    settings.get_profile("default"),
    max_examples=examples(100),
    deadline=None,  # a busy machine is slow at times
    suppress_health_check=[HealthCheck.too_slow],  # likewise
    derandomize=False,
    print_blob=True,
)
settings.load_profile("house")

ROOT = Path(__file__).parent.parent
SOURCE = str(Path(compare.__file__).parent.parent)
SEED = "hypothesis_seed"
ORIGIN = pytest.StashKey[str]()
INSTALLED = "TOX_ENV_NAME" in os.environ
"""Under tox the package is a wheel in the environment; elsewhere it may be the source folder."""


@pytest.hookimpl(tryfirst=True)  # before Hypothesis reads its option
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of the property tests, unless the command line says one."""
    given = config.getoption(SEED)
    seed = chosen_seed(ROOT) if given is None else Seed(given, "as it was given")
    config.stash[ORIGIN] = seed.origin
    setattr(config.option, SEED, seed.number)


def pytest_report_header(config: pytest.Config) -> str:
    """The seed, and how to repeat what it tried."""
    return f"property tests: pytest --hypothesis-seed={config.getoption(SEED)} repeats them ({config.stash[ORIGIN]})"


@cache
def loaded() -> Warm:
    """The process that starts others, from the first one on."""
    process = Warm(SOURCE)
    atexit.register(process.close)
    return process


def started(*words: object, **changes: str) -> subprocess.CompletedProcess[str]:
    """`compare` with some words and a changed environment, or a program of one's own; output as UTF-8 text."""
    settings = {**os.environ, "PYTHONPATH": SOURCE, "TERM": "xterm", **changes}
    cwd, code = settings.pop("CWD", None), settings.pop("CODE", "")
    if sys.platform == "linux" and loaded().serves(settings):
        return loaded().run(Start([*map(str, words)], settings, cwd or str(Path.cwd()), code))
    command = [sys.executable, "-P", *(["-c", code] if code else ["-m", "compare"]), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=settings, cwd=cwd, check=False, timeout=120
    )


@pytest.fixture(scope="session")
def warm() -> Warm:
    """A process that has loaded its libraries, for tests that start programs of their own."""
    if sys.platform != "linux":
        pytest.skip("descriptors are handed over in messages, as Linux does")
    return loaded()


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Start `compare` with some words; environment variables, CWD and CODE, another program, as keywords."""
    return started


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PATH in which `compare` and `compare-text` stand."""
    if INSTALLED:
        return Path(sys.executable).parent
    folder = tmp_path_factory.mktemp("bin")
    source = shlex.quote(SOURCE)
    for name in ("compare", "compare-text"):
        words = f'PYTHONPATH={source} exec {shlex.quote(sys.executable)} -P -m compare "$@"'
        (folder / name).write_text(f"#!/bin/sh\n{words}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory, commands: Path) -> tuple[Path, tuple[int, ...]]:
    """A folder for PATH in which `compare` begins as a copy of the loaded process, and what a shell hands on to it."""
    if sys.platform != "linux":
        return commands, ()
    folder, control = tmp_path_factory.mktemp("asking"), loaded().control.fileno()
    words = shlex.join([sys.executable, "-IS", str(ROOT / "tests/support/asked.py"), str(control)])
    (folder / "compare").write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    (folder / "compare").chmod(0o755)
    return folder, (control,)


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


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of `compare[documents]` can be imported."""
    from compare.documents import guarded  # noqa: PLC0415  # a test that needs no documents does not wait for it

    for name in ("resiliparse.extract.html2text", "pypdfium2"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(guarded, "_READER", guarded.Reader())
