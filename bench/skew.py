"""`dedup` of corpora in which one thing is far larger than all others: what the largest part of a stage takes.

    python bench/skew.py [--documents 20000] [--engines disk,spark] [--cases even,giant,…]

Each part's CPU is taken where it is made. A row is a case and an engine, with the stage whose largest part takes most:
a cluster waits for that one when it has made all others. Memory is the largest resident set of one process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from measure import COMPARE, child, machine, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WATCH = """
import json, os, resource, time
from pathlib import Path
import compare.pipeline.engines.disk as disk
import compare.sources.spans as spans
spans.PART = int(os.environ["SKEW_PART"])
made = disk.made
def watched(stage, part, verb, tell):
    begun = time.process_time()
    made(stage, part, verb, tell)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = json.dumps([stage.name, part, time.process_time() - begun, peak]) + "\\n"
    file = os.open(os.environ["SKEW_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, line.encode())
    os.close(file)
disk.made = watched
"""
"""Is run by every Python process as it starts: it notes what each part takes."""
VOCABULARY = [f"{sign}{number:o}" for sign in "bdgklmprst" for number in range(4000)]
PART, GIANT, WORDS = 2 << 20, 50 << 20, 250
"""Bytes of a part of the inputs, and of the large document; words of the others."""


def words(chance: random.Random, count: int = WORDS) -> str:
    """Prose of words that nobody knows."""
    return " ".join(chance.choices(VOCABULARY, k=count)) + "."


def even(chance: random.Random, count: int) -> Iterator[str]:
    """Documents that are unlike."""
    return (words(chance) for _ in range(count))


def giant(chance: random.Random, count: int) -> Iterator[str]:
    """One of 50 MB beside them."""
    yield words(chance, GIANT // 6)
    yield from even(chance, count)


def sentence(chance: random.Random, count: int) -> Iterator[str]:
    """One sentence in every one of them."""
    shared = words(chance, 30)
    return (f"{shared} {text}" for text in even(chance, count))


def cluster(chance: random.Random, count: int) -> Iterator[str]:
    """Every third is the same article with other changes."""
    one = words(chance).split()
    for number, text in enumerate(even(chance, count)):
        copy = list(one)
        for _ in range(5):
            copy[chance.randrange(len(copy))] = f"x{chance.randrange(1 << 30)}"
        yield " ".join(copy) if number % 10 < 3 else text  # noqa: PLR2004  # three of ten


def equal(chance: random.Random, count: int) -> Iterator[str]:
    """All are one and the same."""
    return iter([words(chance)] * count)


CASES: dict[str, tuple[Callable[[random.Random, int], Iterator[str]], str]] = {
    "even": (even, "unlike documents"), "giant": (giant, "one of 50 MB beside them"),
    "sentence": (sentence, "one sentence in all of them"), "cluster": (cluster, "30 % are one cluster"),
    "equal": (equal, "all are equal"), "file": (even, "a file of nine in ten beside 1,000 small ones"),
}  # fmt: skip


def make(case: str, count: int, folder: Path) -> None:
    """Write a corpus: one file, or one and many small ones."""
    chance = random.Random(7)  # noqa: S311  # repeatable
    rows = [json.dumps({"id": number, "text": text}) + "\n"
            for number, text in enumerate(CASES[case][0](chance, count))]  # fmt: skip
    folder.mkdir()
    large = len(rows) * 9 // 10 if case == "file" else len(rows)
    (folder / "docs.jsonl").write_text("".join(rows[:large]), "utf-8")
    for number in range(1000 if large < len(rows) else 0):
        (folder / f"small{number:04}.jsonl").write_text("".join(rows[large + number :: 1000]), "utf-8")


def made_apart(case: str, count: int, folder: Path) -> None:
    """Write it in a process of its own: what this one held would count as its children's."""
    if not (maker := os.fork()):
        make(case, count, folder)
        os._exit(0)
    os.waitpid(maker, 0)


class Part(NamedTuple):
    """What a part took: CPU seconds, and MB of its process."""

    stage: str
    number: int
    cpu: float
    peak: int


def run(corpus: Path, folder: Path, words: Sequence[str]) -> tuple[float, list[Part]]:
    """MB of the program itself, and what its parts took."""
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    log, paths = folder / "log", os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    env = {"PYTHONPATH": paths, "SKEW_LOG": str(log), "SKEW_PART": str(PART)}
    cost = child([*COMPARE, "dedup", str(corpus), "--output", str(folder / "out"), *words], env)
    return cost.peak, [Part(*json.loads(line)) for line in log.read_text("utf-8").splitlines()]


def row(parts: Sequence[Part]) -> tuple[str, int, float, float, int]:
    """The stage whose largest part takes most: its name, parts, CPU of the largest and of the median; MB of a part."""
    stages = defaultdict[str, list[float]](list)
    for part in parts:
        stages[part.stage].append(part.cpu)
    name = max((name for name, cpu in stages.items() if len(cpu) > 1), key=lambda name: max(stages[name]))
    return name, len(stages[name]), max(stages[name]), median(stages[name]), max(part.peak for part in parts)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--engines", default="disk,spark")
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--memory", default="128MB")
    parser.add_argument("--stages", action="store_true", help="every stage of every run, to stderr")
    options = parser.parse_args()
    rows = list[list[object]]()
    for case in options.cases.split(","):
        with tempfile.TemporaryDirectory() as folder:
            made_apart(case, options.documents, Path(folder) / "in")
            for engine in options.engines.split(","):
                place = Path(folder) / engine
                place.mkdir()
                peak, parts = run(Path(folder) / "in", place, [
                    "--engine", engine, "--memory", options.memory, "--workers", "2", "--work", str(place / "work"),
                ])  # fmt: skip
                if options.stages:
                    tell(case, engine, parts)
                stage, count, most, middle, part_peak = row(parts)
                rows.append([CASES[case][1], engine, sum(part.cpu for part in parts), stage, count, most, middle,
                             most / max(middle, 0.01), f"{part_peak:,}", f"{peak:,.0f}"])  # fmt: skip
    print(machine(), f"{options.documents:,} documents, --memory {options.memory}.\n")
    table(["corpus", "engine", "CPU s of all parts", "stage of the largest one", "parts", "largest, s", "median, s",
           "times", "MB: a part", "the program"], rows)  # fmt: skip


def tell(case: str, engine: str, parts: Sequence[Part]) -> None:
    """Every stage: its parts, and the CPU of the median and the largest."""
    stages = defaultdict[str, list[Part]](list)
    for part in parts:
        stages[part.stage].append(part)
    for name, ours in stages.items():
        cpu, peak = [part.cpu for part in ours], max(part.peak for part in ours)
        line = f"{case} {engine} {name}: {len(ours)} parts, {median(cpu):.2f} s, at most {max(cpu):.2f} s, {peak} MB"
        print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
