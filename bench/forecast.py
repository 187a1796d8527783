"""What `dedup --plan` says beside what the run then takes: one row a corpus. It is how the table of costs is measured.

    python bench/forecast.py CORPUS… [--memory BYTES]

A plan that holds is within its range of time, and within a quarter of memory and disk. Memory is that of all processes
of the run together, shared pages once, and disk is what they have in a folder for temporary files of their own, and
hold open without a name: both as they are seen ten times a second (Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from measure import COMPARE, machine, table

from compare.jobs.dedup import Corpus
from compare.jobs.forecast import planned
from compare.pipeline.forecast import within
from compare.settings import Settings

MEGA = 1e6


def processes(first: int) -> list[int]:
    """A process and its children."""
    with suppress(OSError):
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split())]
    return [first]


def memory_of(process: int) -> int:
    """Bytes of a process, its share of those that it has with others."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0


def deleted(process: int) -> int:
    """Bytes on the disk of files without a name that a process holds open."""
    size = 0
    with suppress(OSError):
        for descriptor in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                if str(descriptor.readlink()).endswith("(deleted)"):
                    size += os.stat(descriptor).st_blocks * 512  # noqa: PTH116  # what is behind the link
    return size


def within_folder(folder: Path) -> int:
    """Bytes on the disk of all files of a folder."""
    size = 0
    for inside, _, names in os.walk(folder):  # which passes over what goes meanwhile
        for name in names:
            with suppress(OSError):
                size += os.stat(f"{inside}/{name}").st_blocks * 512  # noqa: PTH116  # names are strings
    return size


def ran(corpus: str, memory: int, folder: Path) -> tuple[dict[str, float], int, int]:
    """What a run took by its own account, bytes of memory and of temporary files at the most."""
    timings, most = folder / "timings.json", [0, 0]
    words = [*COMPARE, "dedup", corpus, "--output", str(folder / "out"), "--timings", str(timings), "--allow-unread"]
    (temporary := folder / "temporary").mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    started = [*words, "--set", f"memory={memory}"]
    with subprocess.Popen(started, stdout=subprocess.DEVNULL, env=environment) as process:  # noqa: S603
        while process.poll() is None:
            members = processes(process.pid)
            seen = sum(map(memory_of, members)), within_folder(temporary) + sum(map(deleted, members))
            most = [max(pair) for pair in zip(most, seen, strict=True)]
            time.sleep(0.1)
    if process.returncode:
        sys.exit(f"{corpus}: ended with {process.returncode}")
    return json.loads(timings.read_bytes()), most[0], most[1]


def row(corpus: str, memory: int) -> list[object]:
    """One corpus: planned and measured."""
    settings = Settings(memory=memory)
    with tempfile.TemporaryDirectory() as folder:
        plan = planned(Corpus((corpus,), Path(folder)), settings).forecast
        took, peak, temporary = ran(corpus, memory, Path(folder))
    documents = next(stage["steps"] for stage in took["stages"] if stage["stage"] == "reading")  # type: ignore[attr-defined]
    low, high = within(plan.cpu)
    pairs = (plan.memory, peak), (plan.temporary, temporary)
    times = f"{low:.1f}–{high:.1f} / {took['cpu']:.1f}", f"{plan.wall:.1f} / {took['wall']:.1f}"
    return [
        Path(corpus).name,
        f"{plan.documents:,} / {documents:,}",
        *times,
        *(f"{about / MEGA:.0f} / {real / MEGA:.0f}" for about, real in pairs),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    parser.add_argument("--memory", type=int, default=Settings().memory)
    chosen = parser.parse_args()
    print(f"Planned / measured. {machine()}\n")
    head = ["corpus", "documents", "CPU s", "wall s", "memory, MB", "temporary, MB"]
    table(head, [row(corpus, chosen.memory) for corpus in chosen.corpora])


if __name__ == "__main__":
    main()
