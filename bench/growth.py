"""How `compare` grows, and the two hard collections: much alike, and one passage everywhere.

    python bench/growth.py SMALL_DIR LARGE_DIR [--runs 3] [--only dedup,identical,wire,edited]

SMALL_DIR and LARGE_DIR hold corpora of 50,000 and 100,000 documents; the rest is made from the small one.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gold import read_gold
from measure import COMPARE, Cost, child, corpus_file, machine, middle, table, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MANY = 100_000
ARTICLES = 3000
HOLDERS = 300
WIRE = (
    "The ferry operator said on Tuesday that it would suspend night crossings until the harbour authority had finished "
    "its inspection of the damaged breakwater, a step that local traders fear could cost the islands a third of their "
    "summer visitors. Engineers found cracks along forty metres of the wall after the storm of last week, and divers "
    "are to examine the foundations before any repair is put out to tender in the autumn."
)


def dedup(corpus: str, out: Path) -> Cost:
    """One run of `compare dedup`."""
    return child([*COMPARE, "dedup", corpus, "--output", str(out)])


def write_rows(path: Path, texts: Iterable[str]) -> str:
    """A corpus of its own, ids counted from 0."""
    with path.open("w", encoding="utf-8") as target:
        for number, text in enumerate(texts):
            target.write(json.dumps({"id": f"{number:06}", "text": text}, ensure_ascii=False) + "\n")
    return str(path)


def unlinked(folder: str) -> Iterator[str]:
    """The texts of a corpus that no edit links to another."""
    linked = read_gold(folder).family
    with Path(corpus_file(folder)).open(encoding="utf-8") as lines:
        yield from (row["text"] for row in map(json.loads, lines) if str(row["id"]) not in linked)


def cluster_sizes(out: Path) -> list[int]:
    """Members of each cluster, largest first."""
    with (out / "clusters.csv").open(newline="", encoding="utf-8") as lines:
        return sorted(Counter(row["cluster"] for row in csv.DictReader(lines)).values(), reverse=True)


def print_growth(folders: list[str], runs: int, work: Path) -> None:
    """CPU at two sizes, in turn, and their ratio."""
    turns = [
        [dedup(corpus_file(folder), work / f"{run}-{i}") for i, folder in enumerate(folders)] for run in range(runs)
    ]
    small, large = (middle(turn[i] for turn in turns) for i in range(2))
    ratio = middle(Cost(turn[1].cpu / turn[0].cpu, 0) for turn in turns).cpu
    rows: list[list[object]] = [
        [name, cost.cpu, f"{cost.peak:.0f}"] for name, cost in zip(folders, (small, large), strict=True)
    ]
    table(["corpus", "CPU s", "MB"], rows)
    print(f"CPU grows {ratio:.2f} × ({within(ratio, 2.3)}).\n")


def print_identical(folder: str, work: Path) -> None:
    """One text, again and again: half as many, and all."""
    text = next(unlinked(folder))
    rows: list[list[object]] = []
    for count in (MANY // 2, MANY):
        out = work / f"identical-{count}"
        cost = dedup(write_rows(work / f"identical-{count}.jsonl", (text for _ in range(count))), out)
        sizes = cluster_sizes(out)
        rows.append(
            [f"{count:,}", cost.cpu, f"{cost.peak:.0f}", within(cost.peak, 1000), f"{len(sizes)} of {sizes[:1]}"]
        )
    print("Identical documents:\n")
    table(["documents", "CPU s", "MB", "bar", "clusters"], rows)


def print_wire(folder: str, work: Path) -> None:
    """One wire paragraph in some of many otherwise unlike articles, by `compare run`."""
    texts = list(islice(unlinked(folder), ARTICLES))
    step = len(texts) // HOLDERS
    placed = (f"{text}\n\n{WIRE}" if i % step == 0 else text for i, text in enumerate(texts))
    out = work / "wire"
    cost = child([*COMPARE, "run", write_rows(work / "wire.jsonl", placed), "--output", str(out)])
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    held = sorted((len({one["id"] for one in passage["holders"]}) for passage in report["repeated"]), reverse=True)
    print(f"A wire paragraph in {HOLDERS} of {len(texts)} articles:")
    print(f"{cost.cpu:.1f} CPU s, {cost.peak:.0f} MB (`compare run`); ", end="")
    print(f"{len(held)} repeated passages; holders of the largest: {held[:5]}; {len(report['pairs'])} pairs.\n")


def lightly_edited(text: str, words: list[str], draw: random.Random) -> str:
    """A copy with 2 to 4 % of its words replaced by others."""
    found = text.split()
    for place in draw.sample(range(len(found)), max(1, round(len(found) * draw.uniform(0.02, 0.04)))):
        found[place] = draw.choice(words)
    return " ".join(found)


def print_edited(folder: str, work: Path) -> None:
    """Lightly edited copies of one article."""
    texts = list(islice(unlinked(folder), ARTICLES))
    text = next(one for one in texts if 200 < len(one.split()) < 400)  # noqa: PLR2004  # an article of usual length
    draw = random.Random(1)  # noqa: S311  # not for secrets
    words = sorted({word for one in texts[:200] for word in one.split() if word.isalpha()})
    copies = [lightly_edited(text, words, draw) for _ in range(HOLDERS)]
    out = work / "edited"
    cost = dedup(write_rows(work / "edited.jsonl", copies), out)
    sizes = cluster_sizes(out)
    print(f"{HOLDERS} lightly edited copies (`compare dedup`, {cost.cpu:.1f} CPU s): clusters of {sizes[:5]}.\n")


def main() -> None:
    """Print each part as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small")
    parser.add_argument("large")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="dedup,identical,wire,edited")
    options = parser.parse_args()
    parts = options.only.split(",")
    print(machine() + "\n")
    with tempfile.TemporaryDirectory(prefix="compare-bench-") as name:
        work = Path(name)
        if "dedup" in parts:
            print_growth([options.small, options.large], options.runs, work)
        for part, show in (("identical", print_identical), ("wire", print_wire), ("edited", print_edited)):
            if part in parts:
                show(options.small, work)


if __name__ == "__main__":
    main()
