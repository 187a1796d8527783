"""Interrupt commands at random times over their whole run, from the start of the interpreter to its end.

    python bench/hazards/interrupt.py [--count 200] [--seed 1] [--command FILE]

Right is 130 with one line, or the command's own end where the signal came too late. What the interpreter does before
the first statement of ours is counted apart: it may die of the signal without a word, or show a traceback of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from hazards.world import COMPARE, JOBS, contents, environment, fresh, newsroom, temporaries
from measure import machine, table

LINE = b"compare: interrupted\n"
COMMANDS = {
    "--version": ("--version",),
    "diff": ("diff", "articles/001.md", "articles/002.md"),
    **{
        name: JOBS[name].words
        for name in ("run", "dedup of files", "check --report", "accept", "index build", "index add")
    },
}


@dataclass(slots=True)
class Tally:
    """How a command ended, interrupted."""

    told: int = 0
    """130, with the line."""
    ended: int = 0
    """It had done its work."""
    silent: int = 0
    """Died of the signal before the interpreter knew of any."""
    starting: int = 0
    """A traceback of the interpreter's own start, before our first statement."""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """How often, by which chance, and what is interrupted."""

    count: int = 200
    seed: int = 1
    program: tuple[str, ...] = tuple(COMPARE)
    twice: int = 4
    """Every so manieth time a second interrupt follows at once."""


def interrupts(name: str, template: Path, folder: Path, plan: Plan) -> Tally:
    """Interrupt a command at random times."""
    chance, tally = random.Random(f"{plan.seed} {name}"), Tally()  # noqa: S311  # seeded
    job, command = JOBS.get(name), [*plan.program, *COMMANDS[name]]
    writes = job.writes if job and not name.startswith("index") else ()
    seconds, codes = lasting(command, fresh(template, folder))
    after = contents(folder, writes)
    for number in range(plan.count):
        place = fresh(template, folder) if job else folder
        before = contents(place, writes)
        code, err = interrupted(command, place, seconds * chance.random(), twice=not (number + 1) % plan.twice)
        if left := [one for one in temporaries(place) if ".compare-" in one]:  # SQLite's own go when it is next opened
            tally.problems.append(f"left {left}")
        if contents(place, writes) not in [before, after]:
            tally.problems.append(f"{code}, and another result")
        count_one(tally, code, err, codes)
    return tally


def count_one(tally: Tally, code: int, err: bytes, codes: set[int]) -> None:
    """Where an end belongs."""
    if (code, err) == (130, LINE):
        tally.told += 1
    elif code in codes and not err:
        tally.ended += 1
    elif code == -signal.SIGINT and not err:
        tally.silent += 1
    elif b"Traceback" in err and not ours(err):
        tally.starting += 1
    else:
        tally.problems.append(f"{code} {err[-500:].decode(errors='replace')}")


def ours(err: bytes) -> bool:
    """Whether a traceback has come to a statement of ours: a line of `compare/` other than its import."""
    return any(b"/compare/" in line and b"site-packages/compare.pth" not in line for line in err.splitlines())


def lasting(command: list[str], place: Path) -> tuple[float, set[int]]:
    """How long a command takes where nobody disturbs it, and its code."""
    times, codes = [], set()
    for _ in range(3):
        start = time.monotonic()
        codes.add(subprocess.run(command, cwd=place, env=environment(), capture_output=True, check=False).returncode)  # noqa: S603  # ours
        times.append(time.monotonic() - start)
    return sorted(times)[1], codes


def interrupted(command: list[str], place: Path, wait: float, *, twice: bool) -> tuple[int, bytes]:
    """Start a command, interrupt its process group after a time; its code and what it said on stderr."""
    process = subprocess.Popen(  # noqa: S603  # our own command
        command, cwd=place, env=environment(), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(wait)
    for _ in range(1 + twice):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def main() -> None:
    """All commands, in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", default="", help="an installed script, in place of `python -m compare`")
    options = parser.parse_args()
    rows: list[list[object]] = []
    problems: list[str] = []
    program = (options.command,) if options.command else tuple(COMPARE)
    with tempfile.TemporaryDirectory(prefix="hazards-") as folder:
        template = newsroom(Path(folder) / "template", options.seed)
        for name in COMMANDS:
            tally = interrupts(name, template, Path(folder) / "place", Plan(options.count, options.seed, program))
            rows.append([
                name, options.count, tally.told, tally.ended, tally.silent, tally.starting, len(tally.problems)
            ])  # fmt: skip
            problems += [f"{name}: {problem}" for problem in tally.problems]
    print(f"{' '.join(program)}, seed {options.seed}. {machine()}\n")
    head = [
        "command",
        "interrupts",
        "130, one line",
        "had ended",
        "died silently",
        "interpreter's traceback",
        "problems",
    ]
    table(head, rows)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
