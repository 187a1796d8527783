"""A run over thousands of real articles, a part of them made from others: what it takes and what it writes."""

from __future__ import annotations

import json
import lzma
import random
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Cost, child, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 4
STAGES = Path(__file__).with_name("stages.py")
AIMS = {5000: (20, 700, 20), 20_000: (80, 1500, 60)}
"""CPU s, MB of the largest resident set, MB written, at the most."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took and wrote."""

    cost: Cost
    stages: dict[str, float]
    files: int
    size: float
    """MB of them."""

    def rows(self, documents: int) -> Iterator[tuple[str, float, str]]:
        """The figures, each with its aim."""
        cpu, peak, written = AIMS.get(documents, (0, 0, 0))
        yield "CPU s", self.cost.cpu, within(self.cost.cpu, cpu) if cpu else ""
        yield from ((f"… {stage}", spent, "") for stage, spent in self.stages.items())
        yield "largest resident set, MB", self.cost.peak, within(self.cost.peak, peak) if peak else ""
        yield "written, MB", self.size, within(self.size, written) if written else ""
        yield "files", float(self.files), ""


def sample(path: Path, usual: range, count: int) -> list[str]:
    """So many articles in an order by chance: those of a usual length as far as they reach, then others of the file."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["text"] for line in lines]
    found.sort(key=lambda text: len(text) not in usual)
    enough = max(count, sum(len(text) in usual for text in found))
    found = list(islice(found, enough))
    random.Random(SEED).shuffle(found)  # noqa: S311  # repeatable
    if len(found) < count:
        sys.exit(f"{path} holds {len(found)} articles; {count} are asked for")
    return found[:count]


def ran(rows: Sequence[str], folder: Path) -> Run:
    """`compare run` over texts, titled by their numbers, in a process of its own."""
    articles, reports, figures = folder / "docs.jsonl", folder / "reports", folder / "figures.json"
    made = ({"id": f"article-{i:05}", "title": f"Article {i}", "text": text} for i, text in enumerate(rows))
    articles.write_text("".join(json.dumps(row) + "\n" for row in made), "utf-8")
    cost = child([sys.executable, "-P", str(STAGES), str(figures), "run", str(articles), "--output", str(reports)])
    sizes = [path.stat().st_size for path in reports.iterdir()]
    return Run(cost, json.loads(figures.read_bytes()), len(sizes), sum(sizes) / 1e6)
