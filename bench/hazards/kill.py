"""Kill -9 every command that writes, at random times or before every single change to the disk, and look at the rest.

    python bench/hazards/kill.py [--count 50] [--seed 1] [--every-step]

After each kill: what is there can be read; a result is the old one whole, or the new one whole, or says by the absence
of its summary that it is not finished; no accepted entry is lost; an index is sound. The next run succeeds, leaves
nothing temporary, and writes the bytes of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))
from hazards.world import COMPARE, JOBS, contents, ended, environment, fresh, newsroom, temporaries
from measure import machine, table

if TYPE_CHECKING:
    from hazards.world import Job

STEPS = """
import os, signal, sys
left = int(sys.argv.pop(1))
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
WRITES = os.O_CREAT | os.O_WRONLY | os.O_RDWR
def watch(event, words):
    global left
    if event in CHANGES or (event == "open" and isinstance(words[2], int) and words[2] & WRITES):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
from compare.__main__ import entry
entry()
"""
"""A program that kills itself before the nth change to the disk that Python makes."""


@dataclass(slots=True)
class Tally:
    """What became of the kills of one command."""

    tries: int = 0
    hits: int = 0
    old: int = 0
    new: int = 0
    unfinished: int = 0
    left: int = 0
    """Kills after which something temporary was there, to be taken away by the next run."""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Case:
    """A job, the folder it is to be run in, and what is there before and after it if nobody disturbs it."""

    name: str
    job: Job
    template: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    seconds: float


def case(name: str, template: Path, folder: Path) -> Case:
    """Run a job once, undisturbed."""
    job, place = JOBS[name], fresh(template, folder)
    before = contents(place, job.writes)
    start = time.monotonic()
    first = ended(job.words, place)
    seconds = time.monotonic() - start
    if first.code not in job.codes or temporaries(place):
        sys.exit(f"{name}: {first} {temporaries(place)}")
    return Case(name, job, template, before, contents(place, job.writes), seconds)


def kills(one: Case, folder: Path, count: int, seed: int) -> Tally:
    """Kill a job's whole process group at random times until so many kills have hit; half of them late in the job."""
    chance, tally, seconds = random.Random(f"{seed} {one.name}"), Tally(), one.seconds  # noqa: S311  # seeded
    while tally.hits < count and tally.tries < 6 * count:
        place = fresh(one.template, folder)
        wait = seconds * (chance.random() if tally.tries % 2 else chance.uniform(0.6, 1.05))
        process = subprocess.Popen(  # noqa: S603  # our own command
            [*COMPARE, *one.job.words], cwd=place, env=environment(), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
        tally.tries += 1
        if process.wait() == -signal.SIGKILL:
            tally.hits += 1
            judge(one, place, tally)
        else:
            seconds *= 0.97  # the machine has less to do than when the time was taken
    return tally


def steps(one: Case, folder: Path, stride: int = 1, first: int = 0) -> Tally:
    """Kill a job before each of the changes that it makes to the disk (or before every `stride`th)."""
    tally, step = Tally(), first
    while True:
        place = fresh(one.template, folder)
        code = stepped([str(step), *one.job.words], place)
        tally.tries += 1
        if code != -signal.SIGKILL:
            return tally
        tally.hits += 1
        judge(one, place, tally)
        step += stride


def stepped(words: list[str], place: Path) -> int:
    """Run a job up to a change to the disk; its code."""
    command = [sys.executable, "-P", "-c", STEPS, *words]
    run = subprocess.run(  # noqa: S603  # our own command
        command, cwd=place, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return run.returncode


def judge(one: Case, place: Path, tally: Tally) -> None:
    """Look at what a kill left, run the job again, and look at that."""
    left = contents(place, one.job.writes)
    tally.left += bool(temporaries(place))
    state = state_of(one, left)
    tally.old += state == "old"
    tally.new += state == "new"
    tally.unfinished += state == "unfinished"
    problems = [*unreadable(left), *([state] if state.startswith("mixed") else []), *lost(one, left)]
    if one.job.writes[0].endswith(".index"):
        sound = ended(("index", "verify", "--index", one.job.writes[0]), place)
        problems += [f"not sound: {sound}"] if sound.code else []
    again = ended(one.job.words, place)
    gone = b"not in the index" in again.err and one.name == "index remove"  # it had been removed just before
    if again.code not in one.job.codes and not gone:
        problems.append(f"the next run: {again}")
    if temporaries(place):
        problems.append(f"left: {temporaries(place)}")
    problems += differs(one, place)
    tally.problems += [f"kill {tally.hits}: {problem}" for problem in problems]


def state_of(one: Case, left: dict[str, bytes]) -> str:
    """Which result stands there: `old`, `new`, `unfinished`, or, of several files, a mixture."""
    if left == one.after:
        return "new"
    if left == one.before:
        return "old"
    if one.job.writes[0].endswith(".index"):
        return "other"  # documents of some transactions; `verify` says whether it is sound
    if any(name not in left for name in one.job.vouching):
        return "unfinished"
    return f"mixed: {sorted(name for name in left if left[name] not in (one.before.get(name), one.after.get(name)))}"


def unreadable(left: dict[str, bytes]) -> list[str]:
    """The files that cannot be read as what they are."""
    problems = []
    for name, data in left.items():
        try:
            if name.endswith((".json", ".sarif")):
                json.loads(data)
            elif name.endswith(".toml"):
                tomllib.loads(data.decode())
        except ValueError as error:
            problems.append(f"{name}: {error}")
    return problems


def lost(one: Case, left: dict[str, bytes]) -> list[str]:
    """Accepted entries that were there, or an older file, and are gone."""
    problems = [f"gone: {name}" for name in one.before if name not in left and not one.job.vouching]
    for name in left if one.name == "accept" else ():
        entries = [tomllib.loads(data[name].decode()).get("accepted", []) for data in (one.before, left)]
        problems += [f"{name}: entries lost"] if not all(entry in entries[1] for entry in entries[0]) else []
    return problems


def differs(one: Case, place: Path) -> list[str]:
    """How what a next run wrote differs from what an undisturbed one wrote: in bytes; an index in its rows."""
    now = contents(place, one.job.writes)
    if one.job.writes[0].endswith(".index"):
        rows = [held(place / one.job.writes[0]), held_bytes(one.after[one.job.writes[0]])]
        return [] if rows[0] == rows[1] else ["other documents in the index"]
    names = sorted(name for name in now.keys() | one.after.keys() if now.get(name) != one.after.get(name))
    return [f"other bytes: {names}"] if names else []


def held(path: Path) -> list[tuple[str, bytes]]:
    """The documents of an index."""
    connection = sqlite3.connect(path)
    try:
        return sorted(connection.execute("SELECT name, sha256 FROM documents").fetchall())
    finally:
        connection.close()


def held_bytes(data: bytes) -> list[tuple[str, bytes]]:
    """The documents of an index that is not on the disk any more."""
    with tempfile.TemporaryDirectory(prefix="hazards-") as folder:
        path = Path(folder) / "an.index"
        path.write_bytes(data)
        return held(path)


def main() -> None:
    """All commands, in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--every-step", action="store_true", help="before each change to the disk, instead of at random"
    )
    options = parser.parse_args()
    rows: list[list[object]] = []
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hazards-") as name:
        template = newsroom(Path(name) / "template", options.seed)
        for job in JOBS:
            one = case(job, template, Path(name) / "place")
            place = Path(name) / "place"
            tally = steps(one, place) if options.every_step else kills(one, place, options.count, options.seed)
            rows.append([
                job, tally.tries, tally.hits, tally.old, tally.new, tally.unfinished, tally.left, len(tally.problems)
            ])  # fmt: skip
            problems += [f"{job}: {problem}" for problem in tally.problems]
    print(f"Seed {options.seed}. {machine()}\n")
    table(["command", "runs", "killed", "old whole", "new whole", "unfinished", "left something", "problems"], rows)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
