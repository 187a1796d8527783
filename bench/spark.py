"""`dedup --engine spark` beside `disk`: CPU of all processes, what goes from part to part, the driver's memory.

    python bench/spark.py DOCS.jsonl… [--master 'local-cluster[2,1,1024]']

Each corpus is cleaned by both, and must give the same bytes. With two corpora or more of one kind, a line through the
smallest and the largest tells what a run costs at all, and what each document adds.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from measure import COMPARE, machine, table

if TYPE_CHECKING:
    from collections.abc import Sequence

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PAUSE = 0.25
"""Seconds between two looks at the processes: what one does in its last ones is not seen."""


@dataclass(slots=True)
class Family:
    """What a process and all that came of it took, as `/proc` tells while they live."""

    cpu: dict[int, float] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)
    written: dict[int, int] = field(default_factory=dict)
    workers: set[int] = field(default_factory=set)
    """Those that make parts for Spark."""
    peak: int = 0
    """Bytes: the largest resident set of the first of them."""

    def look(self, first: int) -> None:
        """Take note of all that live."""
        parents = dict(_parents())
        for process in list(parents):
            if _descends(process, first, parents):
                self._note(process, first)

    def _note(self, process: int, first: int) -> None:
        try:
            place = Path(f"/proc/{process}")
            times = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            counts = dict(line.split(": ") for line in (place / "io").read_text("utf-8").splitlines())
            words = (place / "cmdline").read_bytes()
            if process == first:
                status = (place / "status").read_text("utf-8")
                self.peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) << 10
        except (OSError, StopIteration):
            return
        self.cpu[process] = (int(times[11]) + int(times[12])) / TICKS
        self.read[process], self.written[process] = int(counts["rchar"]), int(counts["wchar"])
        if b"pyspark.daemon" in words:
            self.workers.add(process)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took."""

    documents: int
    cpu: float
    wall: float
    peak: int
    """Bytes of the driver."""
    read: int
    """Bytes that workers read, less the corpus itself, which is read to be sketched and again to be kept ..."""
    written: int
    """... and wrote, less what is kept."""


def _parents() -> list[tuple[int, int]]:
    """Each process with the one that started it."""
    found = []
    for name in os.listdir("/proc"):  # noqa: PTH208  # often
        try:
            if name.isdigit():
                fields = Path(f"/proc/{name}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                found.append((int(name), int(fields[1])))
        except OSError:
            continue
    return found


def _descends(process: int, first: int, parents: dict[int, int]) -> bool:
    while process > 1 and process != first:
        process = parents.get(process, 0)
    return process == first


def run(corpus: Path, output: Path, words: Sequence[str]) -> Taken:
    """Clean a corpus; what that took. Exits if it fails."""
    family, begun = Family(), time.perf_counter()
    command = [*COMPARE, "dedup", str(corpus), "--output", str(output), *words]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)  # noqa: S603  # our own command
        while process.poll() is None:
            family.look(process.pid)
            time.sleep(PAUSE)
        if process.returncode:
            said.seek(0)
            sys.exit(said.read().decode(errors="replace"))
    with corpus.open("rb") as lines:
        documents = sum(1 for _ in lines)
    read, written = (sum(counts[worker] for worker in family.workers) for counts in (family.read, family.written))
    taken, kept = time.perf_counter() - begun, sum(path.stat().st_size for path in (output / "kept").rglob("*"))
    shared = read - 2 * corpus.stat().st_size, written - kept
    return Taken(documents, sum(family.cpu.values()), taken, family.peak, *shared)


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same bytes."""
    files = [
        [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()] for folder in (one, other)
    ]
    return files[0] == files[1] and all(filecmp.cmp(one / name, other / name, shallow=False) for name in files[0])


def compared(corpus: Path, master: str, memory: str, folder: Path) -> tuple[Taken, Taken]:
    """What `disk` and `spark` take. Exits if they differ."""
    common = ["--memory", memory]
    disk = run(corpus, folder / "disk", [*common, "--engine", "disk"])
    words = ["--engine", "spark", "--master", master, "--work", str(folder / "work")]
    spark = run(corpus, folder / "spark", [*common, *words])
    if not same(folder / "disk", folder / "spark"):
        sys.exit(f"{corpus}: the engines differ")
    return disk, spark


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="DOCS.jsonl")
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    parser.add_argument("--memory", default="512MB")
    options = parser.parse_args()
    rows, taken = list[list[object]](), list[Taken]()
    for corpus in options.corpora:
        with tempfile.TemporaryDirectory() as folder:
            disk, spark = compared(corpus, options.master, options.memory, Path(folder))
        taken.append(spark)
        rows.append([
            f"{spark.documents:,}", disk.cpu, spark.cpu, disk.wall, spark.wall, disk.peak >> 20, spark.peak >> 20,
            f"{spark.read / spark.documents:,.0f}", f"{spark.written / spark.documents:,.0f}",
        ])  # fmt: skip
        print(f"{corpus}: the same bytes", file=sys.stderr, flush=True)
    print(machine(), f"Spark on {options.master}.\n")
    table(["documents", "CPU s: disk", "spark", "wall s: disk", "spark", "MB: disk", "driver",
           "from part to part, B a document: read", "written"], rows)  # fmt: skip
    taken.sort(key=lambda one: one.documents)
    first, last = taken[0], taken[-1]
    if (more := last.documents - first.documents) > 0:
        each = (last.cpu - first.cpu) / more
        print(f"A run {first.cpu - each * first.documents:.0f} CPU s, a document {each * 1000:.3f} ms more; "
              f"read {(last.read - first.read) / more:,.0f} B, written {(last.written - first.written) / more:,.0f} B; "
              f"the driver's memory {(last.peak - first.peak) / more:,.0f} B.")  # fmt: skip


if __name__ == "__main__":
    main()
