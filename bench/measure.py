"""Run a command as a process of its own, say what it cost, print tables. Imports nothing heavy.

A child's peak is at least what its parent held when it was started, so the parent stays small.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COMPARE = [sys.executable, "-P", "-m", "compare"]
"""The product as it is installed, not as it lies in the current folder (a checkout has no compiled kernels)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one whole process took."""

    cpu: float
    """User and system seconds of the process and of the children it waited for."""
    peak: float
    """MB: the largest resident set of one process."""
    written: float = 0
    """MB that it wrote to the disk, as the kernel counts them."""


def child(command: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. Exits with what it said when it failed (2 and above; 1 means findings)."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **(env or {})})  # noqa: S603  # our own command
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in {0, 1}:
            said.seek(0)
            sys.exit(f"{' '.join(command)}\nended with {process.returncode}:\n{said.read().decode(errors='replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, usage.ru_oublock * 512 / 1e6)


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of the CPU seconds, and the largest peak."""
    listed = list(costs)
    return Cost(median(cost.cpu for cost in listed), max(cost.peak for cost in listed))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print Markdown; floats with two decimals.

    >>> table(["tool", "CPU s"], [["ours", 1.234]])
    | tool | CPU s |
    |---|---|
    | ours | 1.23 |
    <BLANKLINE>
    """
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")
    print()


def machine() -> str:
    """One line on where the figures come from."""
    return f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {platform.system()}."


def within(value: float, bar: float) -> str:
    """How a figure stands to the most that it may be.

    >>> within(0.25, 0.2)
    'over 0.2'
    """
    return f"{'≤' if value <= bar else 'over'} {bar:g}"


def corpus_file(folder: str) -> str:
    """`docs.jsonl` of a corpus folder; exits when there is none."""
    path = Path(folder) / "docs.jsonl"
    if not path.is_file():
        sys.exit(f"{path} is missing: see bench/README.md for how a corpus is made")
    return str(path)
