"""Who is quoted: precision and recall of the speakers that `compare/quotations/` names, against quotations read by us.

    python bench/speakers.py NEWSROOM [--show]

NEWSROOM is newsroom-dev.jsonl.xz (see bench/README.md). The labels are `bench/labels/speakers.csv`: a text by its
SHA-256, the span of a quotation, and that of the name which the text gives its speaker; no span where it gives none: a
pronoun, a role, an organisation. They are quotations of texts with even numbers, at most one of each text in a part;
rules were made on the odd ones, and mended by what `dev` showed. A speaker is right when the last words of both names
are the same.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import lzma
from pathlib import Path
from typing import NamedTuple

from measure import table

from compare.align.prepare import Text, prepare
from compare.model import Span

LABELS = Path(__file__).parent / "labels" / "speakers.csv"
AROUND = 120
PARTS = ("dev", "test")


class Label(NamedTuple):
    """A quotation that was read."""

    quotation: Span
    speaker: Span | None
    part: str


class Answer(NamedTuple):
    """What is said of one: the label's name and ours, each empty where nobody is named."""

    read: str
    named: str
    around: str
    part: str

    @property
    def is_right(self) -> bool:
        """Whether we name somebody, and the one who was read."""
        return bool(self.named) and self.named.split()[-1:] == self.read.split()[-1:]


def labels(path: Path) -> dict[str, list[Label]]:
    """The labels of each text."""
    by_text: dict[str, list[Label]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            speaker = Span(int(row["speaker_start"]), int(row["speaker_stop"])) if row["speaker_start"] else None
            label = Label(Span(int(row["start"]), int(row["stop"])), speaker, row["part"])
            by_text.setdefault(row["sha256"], []).append(label)
    return by_text


def answer(text: Text, label: Label) -> Answer:
    """What we say of a quotation that was read; one that is not found has no speaker."""
    start, stop = label.quotation
    numbers = [number for number, span in enumerate(text.quotations) if span.start < stop and start < span.stop]
    named = text.speakers.of(numbers[0]) if numbers else None
    around = f"{text.text[max(0, start - AROUND) : start]}⟦…⟧{text.text[stop : stop + AROUND]}".replace("\n", "¶")
    names = [text.text[slice(*span)] if span else "" for span in (label.speaker, named)]
    return Answer(names[0], names[1], around, label.part)


def answers(newsroom: Path) -> list[Answer]:
    """What we say of every quotation that was read."""
    by_text = labels(LABELS)
    given = []
    with lzma.open(newsroom, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            read = by_text.get(hashlib.sha256(text.encode()).hexdigest(), [])
            given += [answer(prepare(text), label) for label in read]
    return given


def row(part: str, given: list[Answer]) -> list[object]:
    """The figures of a part."""
    named, read, right = (
        sum(map(bool, column)) for column in zip(*((a.named, a.read, a.is_right) for a in given), strict=True)
    )
    return [part, len(given), read, named, right, right / max(1, named), right / max(1, read)]


def main() -> None:
    """Print the table, and with --show what is wrong and what is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsroom", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    given = answers(options.newsroom)
    table(
        ["part", "quotations", "with a name", "named", "right", "precision", "recall"],
        [row(part, [one for one in given if one.part == part]) for part in PARTS],
    )
    for one in given if options.show else []:
        if not one.is_right and (one.named or one.read):
            print(f"read {one.read!r}, named {one.named!r}: {one.around}")


if __name__ == "__main__":
    main()
