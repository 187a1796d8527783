"""Real articles as the suite of facts reads them: parts, chance that is the same everywhere, paragraphs, sentences."""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

PARTS = ("dev", "test")
"""An article's part is `PARTS[crc32(its id) % 2]`: develop on the first, report the second."""
LEVELS = ("Advanced", "Intermediate", "Elementary")
_SENTENCE_END = re.compile(r"""(?<=[.!?])["”’']?\s+(?=["“‘A-Z])|\n\s*\n""")
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


class Place(NamedTuple):
    """A half-open range of code points."""

    start: int
    stop: int

    def near(self, start: int, stop: int) -> bool:
        """Whether another range meets or touches it."""
        return start <= self.stop and self.start <= stop


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a newsroom."""

    id: str
    text: str
    source: str
    date: str


def newsroom(folder: str, part: str = "all") -> list[Article]:
    """The articles of `newsroom-dev.jsonl.xz` in a folder, those of one part (`dev`, `test`) or all, by id."""
    rows = [json.loads(line) for line in _lines(folder, "newsroom-dev.jsonl.xz")]
    articles = [Article(row["id"], row["text"], row["source"], row["date"]) for row in rows]
    return sorted((one for one in articles if part in {"all", part_of(one.id)}), key=lambda one: one.id)


def rewrites(folder: str, part: str = "all") -> list[dict[str, str]]:
    """The texts of each OneStop article by level; numbers are even: `test` are those whose half is, `dev` the rest."""
    articles: dict[int, dict[str, str]] = {}
    for row in map(json.loads, _lines(folder, "onestop-dev.jsonl")):
        articles.setdefault(int(row["article"]), {})[row["level"]] = row["text"]
    return [texts for number, texts in sorted(articles.items()) if part in {"all", ("test", "dev")[number // 2 % 2]}]


def _lines(folder: str, name: str) -> list[str]:
    path = Path(folder, name)
    if not path.is_file():
        sys.exit(f"{path} is missing: see bench/README.md for where to get it")
    raw = path.read_bytes()
    return (lzma.decompress(raw) if name.endswith(".xz") else raw).decode().splitlines()


def part_of(name: str) -> str:
    """Which part an article is in, by its id.

    >>> part_of("01kkkrpZGTG5XkyB"), part_of("0LLsU188glBD55OA")
    ('test', 'dev')
    """
    return PARTS[crc32(name.encode()) % 2]


def chance(*names: str) -> random.Random:
    """Chance that hangs on names alone."""
    return random.Random(crc32("\n".join(names).encode()))  # noqa: S311  # a sample


def in_chance_order(articles: list[Article], name: str) -> list[Article]:
    """The articles in an order that hangs on the name, the same everywhere."""
    return sorted(articles, key=lambda one: (crc32(f"{name}\n{one.id}".encode()), one.id))


def key_of(text: str) -> str:
    """What a text is called in the labels: the first 16 digits of its SHA-256."""
    return sha256(text.encode()).hexdigest()[:16]


def paragraphs(text: str) -> list[Place]:
    r"""Runs of lines without an empty one.

    >>> [text[a:b] for text in ["One.\n\nTwo\nthree. "] for a, b in paragraphs(text)]
    ['One.', 'Two\nthree.']
    """
    return [Place(run.start(), run.start() + len(run[0].rstrip())) for run in _PARAGRAPH.finditer(text)]


def sentences(text: str) -> list[Place]:
    """Where sentences stand, roughly: the bench has its own eyes.

    >>> [text[a:b] for text in ["It rose. It fell, he said."] for a, b in sentences(text)]
    ['It rose.', 'It fell, he said.']
    """
    bounds = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)]
    places = (Place(a, a + len(text[a:b].rstrip())) for a, b in pairwise(bounds))
    return [place for place in places if place.stop > place.start]


def around(places: list[Place], at: int) -> Place | None:
    """The range that holds a position."""
    return next((place for place in places if place.start <= at <= place.stop), None)


def context(text: str, place: tuple[int, int], width: int = 90) -> str:
    """The words around a place on one line, the place itself in brackets.

    >>> context("The toll rose to 340 on Friday.", (17, 20), 9)
    '… rose to [340] on Frida…'
    """
    start, stop = place
    before, after = text[max(0, start - width) : start], text[stop : stop + width]
    marked = f"{'…' * (start > width)}{before}[{text[start:stop]}]{after}{'…' * (stop + width < len(text))}"
    return " ".join(marked.split())
