"""What texts say of themselves, against what people read: titles, bylines, dates, agencies; and relations of pairs.

    python bench/heads.py DATA [--show] [--relations]

DATA holds newsroom-dev.jsonl.xz and ecbplus.jsonl (see bench/README.md). 200 articles:

- 100 of the newsroom, written as a content system would export them: title, byline and date line above the text, in one
  of a dozen layouts (by a checksum of the text). Title and day are the record's, names are drawn; who supplied the text
  was read;
- 100 of ECB+ as they were printed, their tokens joined again; all of it was read.

`labels/heads.csv` has a text by its SHA-256, the part, the line (of those not blank, from 0; below 0 from the end) and
a day or an agency where that is what was read. `labels/relations.csv` has the relation of two texts that was said and
whether it is right.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import lzma
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from measure import table

from compare.model import Document
from compare.origin.described import described

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = Path(__file__).parent / "labels"
PARTS = ("title", "byline", "date", "agency")
FIRST = "Ana Leo Jane John Maria Zeke Kevin Laura David Rebecca Omar Priya Wei Ingrid Jean-Paul J.D. Mary".split()  # noqa: SIM905
LAST = (
    "Roth",
    "Quist",
    "O'Brien",
    "Smith",
    "van der Berg",
    "de la Cruz",
    "Miller",
    "Kapur",
    "Chen",
    "Müller",
    "al-Masri",
)
OUTLETS = ("CNN", "Fox News", "Politico", "USA TODAY")
DAYS = ("%B %-d, %Y", "%b. %-d, %Y", "%-d %B %Y", "%Y-%m-%d", "%A, %B %-d, %Y", "%b %-d, %Y 3:45 PM ET", "%Y/%m/%d")
LAYOUTS = (
    "{title}\n\nBy {name}\n{day}\n\n", "{title}\nBy {name}\n\nPublished {day}\n\n", "{title}\n{name}\n{day}\n\n",
    "{title}\n{day}\n\n", "{title}\n\n{name}, {outlet}\n\n{day}\n", "{day}\n\n{title}\n\nBy {name}\n\n",
    "{title}\nBy {name} | {outlet} | {day}\n\n", "Title: {title}\nAuthor: {name}\nDate: {day}\n\n",
    "{title}\n\nBY {upper}, Staff Writer\n\nPosted: {day}\n\n", "{title}\n\nBy {name}, {outlet} • {day}\n\n",
    "{title}\r\n\r\nBy {name}\r\nUpdated {day}\r\n\r\n", "{title}\n\nBy {name}, {day}\n\n",
)  # fmt: skip


class Said(NamedTuple):
    """What a text says of itself."""

    title: str
    byline: str
    date: str
    agency: frozenset[str]


def labels() -> dict[str, list[dict[str, str]]]:
    """What was read of each text."""
    by_text: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (LABELS / "heads.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            by_text[row["text"]].append(row)
    return by_text


def key(text: str) -> str:
    """A text by its hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def exported(row: dict[str, str], read: list[dict[str, str]]) -> tuple[str, Said]:
    """An article of the newsroom as a system exports it, and what stands in it."""
    number = int(key(row["text"]), 16)
    layout, day = LAYOUTS[number % len(LAYOUTS)], date.fromisoformat(row["date"])
    name = f"{FIRST[number // 16 % len(FIRST)]} {LAST[number // 512 % len(LAST)]}"
    slots = {
        "title": row["title"].strip(),
        "name": name,
        "upper": name.upper(),
        "outlet": OUTLETS[number // 64 % len(OUTLETS)],
    }
    above = layout.format(**slots, day=day.strftime(DAYS[number // 4096 % len(DAYS)]))
    agencies = frozenset(label["value"] for label in read if label["part"] == "agency")
    has_name = "{name}" in layout or "{upper}" in layout
    return above + row["text"], Said(slots["title"], name if has_name else "", row["date"], agencies)


def joined(text: str) -> str:
    """A text of tokens parted by blanks, as it was printed."""
    for pattern, by in (
        (r" ([.,;:!?%)\]’])", r"\1"), (r"([(\[$]) ", r"\1"), (r" (-|/|_) ", r"\1"), (r"(\d)([:.,]) (\d)", r"\1\2\3"),
        (r"\b([ap])\.? ?m\b\.?", r"\1m"), (r": //", "://"), (r"(\w)\. (com|org|net|co|uk)\b", r"\1.\2"),
    ):  # fmt: skip
        text = re.sub(pattern, by, text)
    return text.replace("``", '"').replace("''", '"').replace(" 's", "'s")


def printed(text: str, read: list[dict[str, str]]) -> tuple[str, Said]:
    """An article of ECB+ as it was printed, and what was read in it."""
    text = joined(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    by_part = {label["part"]: label for label in read}
    title = lines[int(by_part["title"]["line"])] if "title" in by_part else ""
    agencies = frozenset(label["value"] for label in read if label["part"] == "agency")
    return text, Said(title, "", by_part["date"]["value"] if "date" in by_part else "", agencies)


def articles(data: Path) -> Iterator[tuple[str, str, Said]]:
    """The suite, text and gold of each article."""
    by_text = labels()
    with lzma.open(data / "newsroom-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if key(row["text"]) in by_text:
                yield "exported .txt", *exported(row, by_text[key(row["text"])])
    with (data / "ecbplus.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if key(row["text"]) in by_text:
                yield "as printed", *printed(row["text"], by_text[key(row["text"])])


def plain(text: str) -> str:
    """A title or a name without signs and case."""
    return re.sub(r"\W+", "", text.casefold())


def counted(data: Path, *, show: bool) -> dict[tuple[str, str], Counter[str]]:
    """How often each part was there, said, and said rightly."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for suite, text, gold in articles(data):
        told = described(Document("a", text))
        said = Said(told.title, told.author, told.published, frozenset(told.agencies))
        for part in PARTS:
            there, named = getattr(gold, part), getattr(said, part)
            if part == "agency":
                numbers = {"there": len(there), "said": len(named), "right": len(there & named)}
            else:
                numbers = {
                    "there": bool(there),
                    "said": bool(named),
                    "right": bool(there) and plain(there) == plain(named),
                }
            counts[suite, part].update(numbers)
            if show and (there or named) and not numbers["right"]:
                print(f"{suite} {part}: read {there!r}, said {named!r}")
    return counts


def related(data: Path) -> Counter[str]:
    """What is said of the newsroom's pairs of reuse: `named` or `unclear`; of those named, `right` and `unread`."""
    import compare  # noqa: PLC0415  # NumPy and the rest, where it is asked

    with (LABELS / "relations.csv").open(encoding="utf-8") as lines:
        read = {(row["text_a"], row["text_b"], row["relation"]): row["right"] == "1" for row in csv.DictReader(lines)}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "newsroom.jsonl"
        path.write_bytes(lzma.decompress((data / "newsroom-dev.jsonl.xz").read_bytes()))
        report = compare.run(path)
    keys = {document.id: key(document.text) for document in report.documents}
    counts: Counter[str] = Counter()
    for pair in report.comparisons:
        if pair.relation is None or pair.relation == "unclear":
            counts["unclear"] += pair.relation is not None
            continue
        ends = sorted((keys[pair.a], keys[pair.b]))
        right = read.get((ends[0], ends[1], pair.relation.value))
        counts.update(named=1, right=int(right is True), unread=int(right is None))
    return counts


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", action="store_true", help="What is wrong or missed.")
    parser.add_argument("--relations", action="store_true", help="The relations of the newsroom's pairs instead.")
    options = parser.parse_args()
    if options.relations:
        counts, names = related(options.data), ["named", "unclear", "right", "unread"]
        return table(names, [[counts[name] for name in names]])
    counts = counted(options.data, show=options.show)
    for part in PARTS:
        counts["all", part] = sum((found for (_, name), found in counts.items() if name == part), Counter())
    rows = [
        [suite, part, found["there"], found["said"], found["right"], found["right"] / max(1, found["said"]),
         found["right"] / max(1, found["there"])]
        for (suite, part), found in sorted(counts.items(), key=lambda item: (item[0][0] == "all", item[0][0]))
    ]  # fmt: skip
    return table(["articles", "part", "there", "said", "right", "precision", "recall"], rows)


if __name__ == "__main__":
    main()
