"""How `compare` grows, and the hard collections: much alike, in chains, one passage everywhere; and a gate.

    python bench/growth.py SMALL_DIR LARGE_DIR [--runs 3] [--only dedup,skew,wire,edited,alike,against]

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
COPIES = (10, 1_001, 1_100, 30_000)
CHAINS = (3_000, 12_000)
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


def identical(texts: list[str], count: int) -> Iterator[str]:
    """One text, again and again."""
    return (texts[0] for _ in range(count))


def third_with_wire(texts: list[str], count: int) -> Iterator[str]:
    """One wire paragraph at the end of a third of otherwise unlike texts."""
    return (f"{text}\n\n{WIRE}" if i % 3 == 0 else text for i, text in enumerate(texts[:count]))


def chain(texts: list[str], count: int) -> Iterator[str]:
    """Versions of 100 words, each three words further along."""
    draw = random.Random(2)  # noqa: S311  # not for secrets
    pool = texts[0].split()
    words = [draw.choice(pool) + str(draw.randrange(10**4)) for _ in range(3 * count + 100)]
    return (" ".join(words[3 * n : 3 * n + 100]) for n in range(count))


def digest(texts: list[str], count: int) -> Iterator[str]:
    """Unlike texts, and one that holds all of them."""
    yield from texts[:count]
    yield "\n\n".join(texts[:count])


SKEWED = (
    ("identical documents", identical, MANY),
    ("a wire paragraph in a third", third_with_wire, MANY // 3),
    ("a chain", chain, MANY // 3),
    ("and a digest of all", digest, MANY // 5),
)
"""Hard shapes with the documents of the larger one; 20,000 of 1.5 kB make a digest of 30 MB."""


def print_skew(folder: str, work: Path) -> None:
    """Each hard shape with half as many documents and with all: seconds a document may grow by a quarter."""
    texts = list(islice(unlinked(folder), MANY // 3))
    rows: list[list[object]] = []
    for name, made, largest in SKEWED:
        sizes = (min(largest, len(texts) if made is not identical else largest) // 2 * part for part in (1, 2))
        costs: list[Cost] = []
        for count in sizes:
            costs.append(dedup(write_rows(work / "skew.jsonl", made(texts, count)), work / "skew"))
            growth = costs[-1].cpu / costs[0].cpu
            rows.append([name, f"{count:,}", costs[-1].cpu, f"{costs[-1].peak:.0f}", growth, within(growth, 2.5)])
            print(rows[-1], flush=True)
    print("Hard shapes (`compare dedup`):\n")
    table(["", "documents", "CPU s", "MB", "CPU grows", "bar"], rows)


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


def changed(text: str, draw: random.Random) -> str:
    """A copy with two words changed."""
    found = text.split()
    for place in draw.sample(range(len(found)), 2):
        found[place] = f"word{draw.randrange(10**6)}"
    return " ".join(found)


def print_alike(folder: str, work: Path) -> None:
    """Near copies of one text in any number, and chains of versions; and what a second run drops of what was kept."""
    texts = list(islice(unlinked(folder), ARTICLES))
    text = next(one for one in texts if 290 < len(one.split()) < 310)  # noqa: PLR2004  # as in the report of the fault
    draw = random.Random(2)  # noqa: S311  # not for secrets
    words = [draw.choice(text.split()) + str(draw.randrange(10**4)) for _ in range(3 * max(CHAINS) + 100)]
    made = {f"{count:,} near copies": [changed(text, draw) for _ in range(count)] + texts for count in COPIES}
    made |= {f"a chain of {count:,}": [" ".join(words[3 * n : 3 * n + 100]) for n in range(count)] for count in CHAINS}
    rows: list[list[object]] = []
    for name, documents in made.items():
        first, again = (work / f"{name}-{run}" for run in ("first", "again"))
        cost = dedup(write_rows(work / "alike.jsonl", documents), first)
        dedup(str(first / "kept" / "alike.jsonl"), again)
        summaries = [json.loads((out / "summary.json").read_text("utf-8")) for out in (first, again)]
        fallen = [one["dropped_documents"] for one in summaries]
        rows.append([name, f"{len(documents):,}", cost.cpu, f"{cost.peak:.0f}", *(f"{count:,}" for count in fallen)])
    print("Texts alike (`compare dedup`), and `compare dedup` of what it kept:\n")
    table(["", "documents", "CPU s", "MB", "fall", "fall again"], rows)


def print_against(folder: str, work: Path) -> None:
    """`compare check A --against B`, beside `compare dedup` of A and B together."""
    with Path(corpus_file(folder)).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    rows: list[list[object]] = []
    for count in (10_000, len(texts) - 1000):
        parts = [write_rows(work / "a.jsonl", texts[1000 : 1000 + count]), write_rows(work / "b.jsonl", texts[:1000])]
        checked = child([*COMPARE, "check", parts[0], "--against", parts[1]])
        union = dedup(write_rows(work / "union.jsonl", texts[: 1000 + count]), work / f"union-{count}")
        ratio = checked.cpu / union.cpu
        rows.append([f"{count:,} × 1,000", checked.cpu, f"{checked.peak:.0f}", union.cpu, ratio, within(ratio, 3)])
    print("A check against others, beside the deduplication of both:\n")
    table(["", "check, CPU s", "MB", "dedup, CPU s", "ratio", "bar"], rows)


def main() -> None:
    """Print each part as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small")
    parser.add_argument("large")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="dedup,skew,wire,edited,alike,against")
    options = parser.parse_args()
    parts = options.only.split(",")
    print(machine() + "\n")
    with tempfile.TemporaryDirectory(prefix="compare-bench-") as name:
        work = Path(name)
        if "dedup" in parts:
            print_growth([options.small, options.large], options.runs, work)
        for part, show in (
            ("skew", print_skew),
            ("wire", print_wire),
            ("edited", print_edited),
            ("alike", print_alike),
            ("against", print_against),
        ):
            if part in parts:
                show(options.small, work)


if __name__ == "__main__":
    main()
