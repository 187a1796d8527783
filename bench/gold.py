"""What stands in a corpus's `gold.jsonl`, and how well reported pairs agree with it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]
REUSE = ("identical", "near-duplicate", "contained", "derived")
"""The verdicts that count as found, from the strongest down."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Which document was made from which, by which class of edit."""

    classes: Mapping[Pair, str]
    family: Mapping[str, str]
    """Each linked document's family: all that were made from one, at any remove, are one family."""

    def right(self, pair: Pair) -> bool:
        """Whether both are of one family."""
        return pair[0] in self.family and self.family[pair[0]] == self.family.get(pair[1])


def pair_of(a: object, b: object) -> Pair:
    """Two ids, the smaller string first.

    >>> pair_of(10, 9)
    ('10', '9')
    """
    first, second = sorted((str(a), str(b)))
    return first, second


def read_gold(folder: str) -> Gold:
    """The links of a corpus folder."""
    classes: dict[Pair, str] = {}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    with (Path(folder) / "gold.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            classes[pair_of(row["id"], row["source"])] = row["class"]
            parent[root(str(row["id"]))] = root(str(row["source"]))
    return Gold(classes, {name: root(name) for name in list(parent)})


def read_pairs(path: Path) -> dict[Pair, str]:
    """Reported pairs with their verdict; a table without verdicts says `pair` of each."""
    with path.open(newline="", encoding="utf-8") as lines:
        return {pair_of(row["a"], row["b"]): row.get("verdict") or "pair" for row in csv.DictReader(lines)}


def found(pairs: Mapping[Pair, str]) -> dict[Pair, str]:
    """The pairs that count: all of a peer's, ours from `derived` up."""
    return {pair: verdict for pair, verdict in pairs.items() if verdict in {*REUSE, "pair"}}


def precision(pairs: Mapping[Pair, str], gold: Gold) -> float:
    """Share of the pairs whose two documents are of one family; 1 for no pairs."""
    return sum(map(gold.right, pairs)) / len(pairs) if pairs else 1.0


def recall(pairs: Mapping[Pair, str], gold: Gold) -> dict[str, float]:
    """Share of the links of each class that are among the pairs, and of `all`."""
    links = Counter(gold.classes.values())
    hits = Counter(kind for pair, kind in gold.classes.items() if pair in pairs)
    shares = {kind: hits[kind] / links[kind] for kind in links}
    return {**shares, "all": hits.total() / links.total()}


def verdicts(pairs: Mapping[Pair, str], gold: Gold) -> dict[str, Counter[str]]:
    """For each class of edit, how many of its links got which verdict; `none` is not reported."""
    counted: dict[str, Counter[str]] = {}
    for pair, kind in gold.classes.items():
        counted.setdefault(kind, Counter())[pairs.get(pair, "none")] += 1
    return counted
