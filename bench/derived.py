"""What a run over a real newsroom calls reuse, by labels: which pairs an editor should look at.

    python bench/derived.py DATA [--part all|dev|test] [--show word|new]

DATA holds newsroom-dev.jsonl.xz (see README.md). The labels are `labels/derived.csv`: both texts by hash, and one word.

`look`: one article has words of the other that an editor would want to see. `quotation`: only what somebody said and
both quote. `boilerplate`: house style, credits, links, galleries. `other`: anything else.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from articles import key_of, newsroom
from measure import machine, table

from compare.model import Document
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.plan import compare_documents
from compare.settings import Settings

if TYPE_CHECKING:
    from compare.model import Report

LABELS = Path(__file__).parent / "labels" / "derived.csv"
NEW = "new"
"""What is printed of a pair that nobody has read."""


def labels() -> dict[frozenset[str], str]:
    """The word for each pair of texts that was read."""
    with LABELS.open(newline="", encoding="utf-8") as lines:
        return {frozenset((row["text_a"], row["text_b"])): row["word"] for row in csv.DictReader(lines)}


def reuse(report: Report) -> list[tuple[str, str, str]]:
    """The ids of each pair that is called reuse, with its word."""
    read, texts = labels(), {document.id: key_of(document.text) for document in report.documents}
    pairs = [(pair.a, pair.b) for pair in report.comparisons if pair.verdict.is_reuse]
    return [(a, b, read.get(frozenset((texts[a], texts[b])), NEW)) for a, b in pairs]


def main() -> None:
    """A row for each word; then the pairs that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--part", default="all", choices=("all", "dev", "test"))
    parser.add_argument("--show", default="", help="print the pairs with this word, or those that nobody has read: new")
    options = parser.parse_args()
    articles = newsroom(options.folder, options.part)
    documents = [Document(one.id, one.text, source=one.source, published=one.date) for one in articles]
    pairs = reuse(compare_documents(documents, [], Settings(), MemoryEngine()))
    counts = Counter(word for *_, word in pairs)
    print(f"{len(articles)} articles, {len(pairs)} pairs called reuse. {machine()}\n")
    table(["word", "pairs", "share"], ([word, count, count / len(pairs)] for word, count in counts.most_common()))
    for a, b, word in pairs:
        if word == options.show:
            print(f"{word}: {a} {b}")


if __name__ == "__main__":
    main()
