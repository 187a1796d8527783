#!/usr/bin/env python3
"""Break promises of the README and the glossary one by one, and see that the tests of their folder notice.

    python3 tools/mutants.py [--only WORDS] > table.md

The mutants stand in `tools/mutants.toml`: a promise, the file that keeps it, the text there and what breaks it, the
folder of tests that must fail. Each goes into a copy of the package (kernels as they are built), never into the
sources. The end is 1 where one survives, where its text is not in its file exactly once, or where tests fail anyway.

mutmut 3 and cosmic-ray 8 install, with 24 packages, but mutate every line: hours here, and no promise beside a mutant.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".toml")
EXAMPLES = "0.25"
"""Share of the examples of property tests that are tried, from one seed: who kills a mutant kills it every time."""
SECONDS = 300
"""A run of tests that takes longer is not finished: what hangs is not noticed."""
_FAILED = re.compile(r"^FAILED (?:\S*/)?([\w.]+\.py)::test_(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One promise, and how it is broken."""

    promise: str
    file: str
    """From the root of the repository."""
    old: str
    new: str
    tests: str
    """The folder whose tests must fail."""

    @property
    def mirror(self) -> Path:
        """The test file of the module's own name, which is tried before the whole folder."""
        return ROOT / self.tests / f"test_{Path(self.file).stem}.py"

    def applied(self, source: str) -> str:
        """The source with the promise broken.

        Raises:
            ValueError: the text to be replaced does not stand there exactly once.
        """
        if source.count(self.old) != 1:
            raise ValueError(f"{self.file}: {source.count(self.old)} times, not once: {self.old!r}")
        return source.replace(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one mutant: the test that failed first, or why none did."""

    killer: str
    seconds: float
    problem: str = ""


def mutants(words: str) -> list[Mutant]:
    """Those of the table whose promise, file or folder of tests holds some words."""
    every = [Mutant(**row) for row in tomllib.loads(TABLE.read_text("utf-8"))["mutant"]]
    return [mutant for mutant in every if words in f"{mutant.promise}\n{mutant.file}\n{mutant.tests}"]


def failures(package: Path, tests: Path) -> list[str]:
    """Which test of a folder or file fails first with this copy of the package; none where all pass.

    Raises:
        ValueError: the tests could not be run, or are not finished in time.
    """
    changes = {"PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1", "TEST_EXAMPLES": EXAMPLES}
    state = {**os.environ, **changes, "HYPOTHESIS_STORAGE_DIRECTORY": str(package / "hypothesis")}
    options = ("-x", "-q", "-rf", "--no-header", "--tb=no", "-p", "no:cacheprovider", "--hypothesis-seed=0")
    command = [sys.executable, "-P", "-m", "pytest", *options, str(tests)]
    try:
        ended = subprocess.run(  # noqa: S603  # our own tests
            command, cwd=ROOT, env=state, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"{tests.relative_to(ROOT)}: not finished after {SECONDS} seconds") from None
    failed = [
        f"`{file}` {test.removeprefix('test_').replace('_', ' ')}" for file, test in _FAILED.findall(ended.stdout)
    ]
    if bool(failed) is not (ended.returncode == 1):
        raise ValueError(f"{tests.relative_to(ROOT)}: ended with {ended.returncode}: {ended.stdout[-300:]}")
    return failed


def tried(mutant: Mutant, package: Path) -> Outcome:
    """What the tests say of one mutant; the copy is as it was afterwards."""
    target, began = package / mutant.file, time.monotonic()
    source = target.read_text("utf-8")
    places = [mutant.mirror] if mutant.mirror.exists() else []
    try:
        target.write_text(mutant.applied(source), "utf-8")
        killers = (name for place in (*places, ROOT / mutant.tests) for name in failures(package, place))
        killer, problem = next(killers, ""), ""
    except ValueError as error:
        killer, problem = "", str(error)
    finally:
        target.write_text(source, "utf-8")
    return Outcome(killer, time.monotonic() - began, problem or ("" if killer else "survives"))


def copied(folder: Path) -> Path:
    """A copy of the package in a folder, which stands where Python looks for it.

    Raises:
        SystemExit: Python takes another package.
    """
    shutil.copytree(ROOT / "compare", folder / "compare", ignore=shutil.ignore_patterns("__pycache__"))
    asked = [sys.executable, "-P", "-c", "import compare; print(compare.__file__)"]
    state = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    taken = subprocess.run(asked, env=state, capture_output=True, encoding="utf-8", check=True)  # noqa: S603
    if not taken.stdout.startswith(str(folder)):
        raise SystemExit(f"Python takes {taken.stdout.strip()}, not the copy in {folder}")
    return folder


def lines(chosen: Sequence[Mutant], package: Path) -> Iterator[tuple[str, bool]]:
    """The rows of the table as they come, each with whether it is as it should be."""
    for tests in sorted({mutant.tests for mutant in chosen}):
        if failed := failures(package, ROOT / tests):
            raise SystemExit(f"{tests} fails without any mutant: {failed[0]}")
    yield "| promise | where | killed by | s |\n|---|---|---|---|", True
    for mutant in chosen:
        outcome = tried(mutant, package)
        where = mutant.file.removeprefix("compare/")
        killer = outcome.killer or f"**{outcome.problem}**"
        yield f"| {mutant.promise} | `{where}` | {killer} | {outcome.seconds:.1f} |", not outcome.problem


def main() -> int:
    """Try all mutants, or some; 1 if one is not killed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--only", default="", metavar="WORDS", help="mutants whose promise, file or tests hold this")
    chosen = mutants(reader.parse_args().only)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for line, right in lines(chosen, copied(Path(folder))):
            print(line, flush=True)
            wrong += not right
    print(f"\n{len(chosen) - wrong} of {len(chosen)} mutants are killed.")
    return bool(wrong) or not chosen


if __name__ == "__main__":
    sys.exit(main())
