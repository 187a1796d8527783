"""Every command that writes, on a disk that fills up: the old result stays whole, and the next run succeeds.

    python bench/hazards/disk.py [--steps 12]

A small file system in memory is mounted where that is permitted (it takes root); else `RLIMIT_FSIZE` stands for it,
which fails every write past a size.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))
from hazards.world import JOBS, contents, ended, fresh, newsroom, temporaries
from measure import machine, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZE = 24 << 20
"""Bytes of the small disk."""


@dataclass(slots=True)
class Tally:
    """What became of a command as the room shrank."""

    worked: int = 0
    refused: int = 0
    problems: list[str] = field(default_factory=list)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A small file system at a folder; whether it could be mounted."""
    folder.mkdir(parents=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    permitted = hasattr(os, "geteuid") and os.geteuid() == 0
    mounted = permitted and subprocess.run(words, capture_output=True, check=False).returncode == 0  # noqa: S603
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)  # noqa: S603, S607


def fills(name: str, template: Path, disk: Path, rooms: list[int], *, mounted: bool) -> Tally:
    """A job with ever less room (bytes), and once more when there is room again."""
    job, tally = JOBS[name], Tally()
    place = fresh(template, disk / "place")
    right = ended(job.words, place)
    after = contents(place, job.writes)
    for room in rooms:
        place = fresh(template, disk / "place")
        before = contents(place, job.writes)
        ballast = fill(disk, room) if mounted else None
        found = ended(job.words, place, before=None if mounted else limited(room))
        left = contents(place, job.writes)
        if ballast:
            ballast.unlink()
        tally.worked += found.code == right.code
        tally.refused += found.code != right.code
        whole = name.startswith("index") or left == (after if found.code == right.code else before)
        plain = found.code == right.code or (
            found.code == 2 and found.err.startswith(b"compare: ") and found.err.count(b"\n") == 1  # noqa: PLR2004
        )
        again = ended(job.words, place)
        sound = not name.startswith("index") or ended(("index", "verify", "--index", job.writes[0]), place).code == 0
        right_again = name.startswith("index") or contents(place, job.writes) == after
        gone = b"not in the index" in again.err and found.code == 0  # a row that was removed
        fine = (again.code in job.codes or gone) and not temporaries(place) and right_again and sound
        wrong = {"no plain line": not plain, "the old result": not whole, "the next run": not fine}
        tally.problems += [
            f"{room} bytes: {label}: {found.code} {found.err[-200:]!r} then {again.code} {again.err[-200:]!r}"
            for label, is_wrong in wrong.items()
            if is_wrong
        ]
    return tally


def fill(disk: Path, room: int) -> Path:
    """A file that leaves so many bytes free."""
    state = os.statvfs(disk)
    ballast = disk / "ballast"
    ballast.write_bytes(b"\0" * min(max(state.f_bavail * state.f_frsize - room, 0), SIZE))
    return ballast


def limited(room: int) -> Callable[[], None]:
    """Fail writes past so many bytes of a file."""
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))


def rooms_for(steps: int) -> list[int]:
    """Bytes that are free: none, and then twice as many each time from a page on."""
    return [0, *(4096 << step for step in range(steps - 1))]


def main() -> None:
    """All commands, in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=12)
    options = parser.parse_args()
    rows: list[list[object]] = []
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hazards-") as folder, small_disk(Path(folder) / "disk") as mounted:
        template = newsroom(Path(folder) / "template")
        for name in JOBS:
            tally = fills(name, template, Path(folder) / "disk", rooms_for(options.steps), mounted=mounted)
            rows.append([name, options.steps, tally.worked, tally.refused, len(tally.problems)])
            problems += [f"{name}, {problem}" for problem in tally.problems]
    print(f"{'A file system in memory' if mounted else 'RLIMIT_FSIZE'}. {machine()}\n")
    table(["command", "sizes", "worked", "refused", "problems"], rows)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
