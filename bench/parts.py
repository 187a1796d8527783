"""`dedup` in parts: what a second process buys, and whether `--memory` is kept. One row a corpus and a size.

    python bench/parts.py CORPUS… [--memory 512MB,…] [--workers 1,2]

Memory is the largest resident set of one process; a copy counts what it shares with the first one. Wall time means
something on an idle machine only.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from measure import COMPARE, child, machine, table

BAR = 1.3
"""Times as much as it was given that a run may take."""


def run(corpus: str, memory: str, workers: str) -> tuple[float, float, float]:
    """Wall and CPU seconds and MB."""
    with tempfile.TemporaryDirectory() as folder:
        timings = Path(folder) / "timings.json"
        command = [*COMPARE, "dedup", corpus, "--output", f"{folder}/out", "--timings", str(timings)]
        cost = child([*command, "--memory", memory, "--workers", workers, "--allow-unread"])
        return json.loads(timings.read_bytes())["wall"], cost.cpu, cost.peak


def megabytes(size: str) -> float:
    """A size that ends with MB or GB."""
    return float(size[:-2]) * (1000 if size.endswith("GB") else 1)


def main() -> None:  # noqa: D103
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--memory", default="512MB")
    parser.add_argument("--workers", default="1,2")
    given = parser.parse_args()
    print(machine())
    rows = []
    for corpus in given.corpora:
        for memory in given.memory.split(","):
            costs = {workers: run(corpus, memory, workers) for workers in given.workers.split(",")}
            walls = " / ".join(f"{wall:.1f}" for wall, _, _ in costs.values())
            cpus = " / ".join(f"{cpu:.1f}" for _, cpu, _ in costs.values())
            peak = max(peak for _, _, peak in costs.values())
            first, *_, last = (wall for wall, _, _ in costs.values())
            kept = "yes" if peak <= BAR * megabytes(memory) else "no"
            rows.append([corpus, memory, cpus, walls, last / first, f"{peak:.0f}", peak / megabytes(memory), kept])
    head = [f"wall, {given.workers.replace(',', ' / ')} workers", "last / first", "peak MB", "/ memory", f"≤ {BAR}"]
    table(["corpus", "memory", "CPU s", *head], rows)


if __name__ == "__main__":
    main()
