"""Whether `same-story` is one event: ECB+ as one folder, and a newsroom's articles by their dates.

    python bench/events.py DATA_FOLDER

DATA_FOLDER holds ecbplus.jsonl and newsroom-dev.jsonl.xz (see bench/README.md). The odd ECB+ topics are kept back: no
factor was learned from them. Of the newsroom's pairs those of two articles of the kept half (a checksum of the id) are.
"""

from __future__ import annotations

import argparse
import zlib
from dataclasses import replace
from datetime import date
from itertools import combinations
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from corpora import json_lines
from measure import machine, table

from compare import Document, Settings, Verdict
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.plan import compare_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = 10
_ISO_DATE = 10


class Named(NamedTuple):
    """A pair that a run names: places in the folder, and the verdict."""

    a: int
    b: int
    verdict: Verdict


def named(documents: Sequence[Document]) -> tuple[list[Named], float]:
    """The pairs of a folder, and the CPU seconds that they took."""
    begun = process_time()
    report = compare_documents(documents, [], Settings(), MemoryEngine())
    place = {document.id: number for number, document in enumerate(documents)}
    return [Named(place[one.a], place[one.b], one.verdict) for one in report.comparisons], process_time() - begun


def ecb_rows(rows: Sequence[dict[str, str]]) -> list[list[object]]:
    """Precision and recall of `same-story` or stronger on pairs of one event."""
    pairs, _ = named([Document(row["id"], row["text"]) for row in rows])
    events = [row["event_cluster"] for row in rows]
    odd = [int(row["topic"]) % 2 for row in rows]
    out: list[list[object]] = []
    for part, halves in (("all", {0, 1}), ("even (tuned)", {0}), ("odd (kept)", {1})):
        inside = [place for place, half in enumerate(odd) if half in halves]
        gold = sum(events[a] == events[b] for a, b in combinations(inside, 2))
        told = [pair for pair in pairs if odd[pair.a] in halves and odd[pair.b] in halves]
        right = sum(events[pair.a] == events[pair.b] for pair in told)
        out.append([part, len(told), f"{right / max(1, len(told)):.3f}", f"{right / max(1, gold):.3f}"])
    return out


def newsroom_rows(rows: Sequence[dict[str, str]]) -> list[list[object]]:
    """How many pairs are named, and how many of the dated ones are days apart, the dates hidden and shown."""
    hidden = [Document(row["id"], row["text"]) for row in rows]
    sourced = [replace(text, source=row["source"]) for text, row in zip(hidden, rows, strict=True)]
    dated = [replace(text, published=row["date"][:_ISO_DATE]) for text, row in zip(sourced, rows, strict=True)]
    named_by = (("text alone", hidden), ("and source", sourced), ("and date", dated))
    return [[what, *_newsroom_row(texts, rows)] for what, texts in named_by]


def _newsroom_row(texts: Sequence[Document], rows: Sequence[dict[str, str]]) -> list[object]:
    pairs, seconds = named(texts)
    days = [date.fromisoformat(row["date"][:_ISO_DATE]).toordinal() if row["date"] else 0 for row in rows]
    kept = [zlib.crc32(row["id"].encode()) % 2 == 1 for row in rows]
    story = [pair for pair in pairs if pair.verdict is Verdict.SAME_STORY]
    apart = [
        (abs(days[pair.a] - days[pair.b]), kept[pair.a] and kept[pair.b])
        for pair in story
        if days[pair.a] and days[pair.b]
    ]
    shares = [_share(apart, least) for least in (2, DAYS)]
    own = [_share([one for one in apart if one[1]], least) for least in (2, DAYS)]
    return [len(story), *shares, *own, f"{seconds:.1f}"]


def _share(apart: Sequence[tuple[int, bool]], least: int) -> str:
    return f"{100 * sum(days > least for days, _ in apart) / max(1, len(apart)):.1f} %"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    options = parser.parse_args()
    print(f"{machine()}\n\nECB+ as one folder, `same-story` or stronger (bar: precision .90, recall .80, kept half):\n")
    table(["topics", "pairs named", "precision", "recall"], ecb_rows(json_lines(options.folder, "ecbplus.jsonl")))
    print("newsroom-dev, `same-story` (bar: 200 named; over ten days apart 15 %, dates shown 2 %):\n")
    head = ["the tool sees", "pairs named", "> 2 days", "> 10 days", "kept: > 2", "kept: > 10", "CPU s"]
    table(head, newsroom_rows(json_lines(options.folder, "newsroom-dev.jsonl.xz")))


if __name__ == "__main__":
    main()
