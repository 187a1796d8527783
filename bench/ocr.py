"""Scanned newspapers against their transcriptions: does `dedup` find that they are one article?

    python bench/ocr.py OCR.csv.xz [--words 60]

The file is BLN600 in part: rows of `Sample ID`, `OCR Text`, `Ground Truth` and `CER` (see bench/README.md). The rows of
a sample are joined; samples of fewer words are left out. All texts go into one `dedup`, so that what is joined wrongly
shows. A pair of two samples is wrong unless their transcriptions are duplicates themselves: papers printed each other.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from measure import machine, table

import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BANDS = (0, 0.01, 0.05, 0.1, 0.15, 0.2, 1.01)
"""Shares of characters that were misread, by which the samples are told apart."""
BAR, BAR_BAND = 0.97, 0.1
"""Share of the pairs with fewer misread characters that must be found."""
SCAN, TRUE = " scan", " true"


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as it was read by machine, as it was written, and how many of its characters were misread."""

    name: str
    scan: str
    true: str
    errors: float


def samples(path: str, words: int) -> list[Sample]:
    """The samples of a file that have so many words."""
    rows = defaultdict(list)
    csv.field_size_limit(1 << 24)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[row["Sample ID"]].append(row)
    read = (_joined(name, parts) for name, parts in sorted(rows.items()))
    return [sample for sample in read if len(sample.true.split()) >= words]


def _joined(name: str, rows: Sequence[Mapping[str, str]]) -> Sample:
    scan, true = ("\n".join(row[column] for row in rows) for column in ("OCR Text", "Ground Truth"))
    lengths = [len(row["Ground Truth"]) for row in rows]
    errors = sum(float(row["CER"]) * length for row, length in zip(rows, lengths, strict=True))
    return Sample(name, scan, true, errors / max(1, sum(lengths)))


def joined_names(read: Iterable[Sample]) -> set[frozenset[str]]:
    """The pairs of texts that a `dedup` of all scans and transcriptions joins into one cluster."""
    texts = [{"id": sample.name + SCAN, "text": sample.scan} for sample in read]
    texts += [{"id": sample.name + TRUE, "text": sample.true} for sample in read]
    clusters = compare.deduplicate(texts)
    return {frozenset(pair) for group in clusters for pair in combinations([one.id for one in group.members], 2)}


def print_table(read: Sequence[Sample], joined: set[frozenset[str]]) -> None:
    """What is found, by the share of misread characters."""
    found = {one.name for one in read if frozenset((one.name + SCAN, one.name + TRUE)) in joined}
    rows = []
    for low, high in pairwise(BANDS):
        names = [sample.name for sample in read if low <= sample.errors < high]
        hits = len(found.intersection(names))
        rows.append([f"{low:.0%}–{min(high, 1):.0%}", len(names), hits, f"{hits / max(1, len(names)):.3f}"])
    table(["characters misread", "articles", "found", "share"], rows)
    below = [sample.name for sample in read if sample.errors < BAR_BAND]
    share = len(found.intersection(below)) / max(1, len(below))
    print(f"Under {BAR_BAND:.0%}: {share:.3f} of {len(below)} (bar: {BAR}). Of all {len(read)}: {len(found)}.\n")


def print_wrong(joined: set[frozenset[str]]) -> None:
    """Pairs of two samples in one cluster, whose transcriptions are not in one."""
    across = [sorted(pair) for pair in joined if len({name.rsplit(" ", 1)[0] for name in pair}) > 1]
    true = {frozenset(name.rsplit(" ", 1)[0] for name in pair) for pair in across if all(TRUE in name for name in pair)}
    wrong = [pair for pair in across if frozenset(name.rsplit(" ", 1)[0] for name in pair) not in true]
    print(f"Clusters of two articles: {len(true)} printed twice, {len(wrong)} wrong pairs.")
    for pair in sorted(wrong):
        print("-", " and ".join(pair))


def main() -> None:
    """Read, deduplicate, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--words", type=int, default=60)
    options = parser.parse_args()
    read = samples(options.file, options.words)
    if not read:
        sys.exit(f"{options.file}: no sample of {options.words} words")
    print(f"{options.file}: {machine()}\n")
    joined = joined_names(read)
    print_table(read, joined)
    print_wrong(joined)


if __name__ == "__main__":
    main()
