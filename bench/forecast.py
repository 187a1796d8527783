"""What `dedup --plan` says beside what the run then takes: one row a corpus. It is how the table of costs is measured.

    python bench/forecast.py CORPUS… [--memory BYTES]

A plan that holds is within its range of time, and within a quarter of memory and disk. Disk is what the run holds open
and unnamed, looked at ten times a second (Linux).
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


def deleted(process: int) -> int:
    """Bytes on the disk of files without a name that a process holds open."""
    size = 0
    with suppress(OSError):
        for descriptor in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                if str(descriptor.readlink()).endswith("(deleted)"):
                    size += os.stat(descriptor).st_blocks * 512  # noqa: PTH116  # what is behind the link
    return size


def ran(corpus: str, memory: int, folder: Path) -> tuple[dict[str, float], int]:
    """What a run took, by its own account, and the bytes of temporary files at the most."""
    timings, temporary = folder / "timings.json", 0
    words = [*COMPARE, "dedup", corpus, "--output", str(folder / "out"), "--timings", str(timings), "--allow-unread"]
    with subprocess.Popen([*words, "--set", f"memory={memory}"], stdout=subprocess.DEVNULL) as process:  # noqa: S603
        while process.poll() is None:
            temporary = max(temporary, deleted(process.pid))
            time.sleep(0.1)
    if process.returncode:
        sys.exit(f"{corpus}: ended with {process.returncode}")
    return json.loads(timings.read_bytes()), temporary


def row(corpus: str, memory: int) -> list[object]:
    """One corpus: planned and measured."""
    settings = Settings(memory=memory)
    with tempfile.TemporaryDirectory() as folder:
        plan = planned(Corpus((corpus,), Path(folder)), settings).forecast
        took, temporary = ran(corpus, memory, Path(folder))
    documents = next(stage["steps"] for stage in took["stages"] if stage["stage"] == "reading")  # type: ignore[attr-defined]
    low, high = within(plan.cpu)
    pairs = (plan.memory, took["peak"]), (plan.temporary, temporary)
    counts = f"{plan.documents:,} / {documents:,}", f"{low:.1f}–{high:.1f} / {took['cpu']:.1f}"
    return [Path(corpus).name, *counts, *(f"{about / MEGA:.0f} / {real / MEGA:.0f}" for about, real in pairs)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    parser.add_argument("--memory", type=int, default=Settings().memory)
    chosen = parser.parse_args()
    print(f"Planned / measured. {machine()}\n")
    head = ["corpus", "documents", "CPU s", "memory, MB", "temporary, MB"]
    table(head, [row(corpus, chosen.memory) for corpus in chosen.corpora])


if __name__ == "__main__":
    main()
