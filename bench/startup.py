"""CPU seconds of the light commands, beside the most that they may take.

python bench/startup.py [--seeds seeds] [--runs 5]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from measure import COMPARE, child, machine, middle, table, within

ARTICLES = ("harbour-wire.md", "harbour-daily.md")


def main() -> None:
    """Every command once, then every command again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default=str(Path(__file__).parent.parent / "seeds"))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    two = [str(Path(options.seeds) / name) for name in ARTICLES]
    with tempfile.TemporaryDirectory(prefix="compare-bench-") as folder:
        output = ["--output", str(Path(folder) / "reports")]
        commands: dict[str, tuple[list[str], float]] = {
            "compare --version": (["--version"], 0.2),
            "compare diff A B": (["diff", *two], 0.8),
            "compare run A B": (["run", *two, *output], 3),
            "compare run seeds/": (["run", options.seeds, *output], 5),
        }
        turns = [
            {name: child([*COMPARE, *words]) for name, (words, _) in commands.items()} for _ in range(options.runs)
        ]
    print(f"{options.runs} runs in turn. {machine()}\n")
    rows: list[list[object]] = []
    for name, (_, bar) in commands.items():
        costs = [turn[name] for turn in turns]
        cost = middle(costs)
        rows.append([name, min(one.cpu for one in costs), cost.cpu, within(cost.cpu, bar), f"{cost.peak:.0f}"])
    table(["command", "best CPU s", "median CPU s", "bar", "MB"], rows)


if __name__ == "__main__":
    main()
