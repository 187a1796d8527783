"""The desk: how long a draft takes to be held against an archive, and what memory that needs.

    python bench/desk.py ARCHIVE.index CORPUS.jsonl [--drafts 40] [--characters 5000]

Drafts are made of the corpus (`{"text": …}` a line) with a fixed seed: half of an article, then half of another, a word
in twenty changed, cut to so many characters. Each is asked once of a desk that runs as a process of its own; the page
of its answer is fetched as well, as a browser does.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
import urllib.request
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from measure import machine, table, within

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 16
READ = 20_000
"""Articles of the corpus that drafts are made of."""
WANTED = 1000
"""Milliseconds."""


def drafts(corpus: Path, count: int, characters: int) -> Iterator[str]:
    """So many drafts."""
    chance = random.Random(SEED)  # noqa: S311  # repeatable
    with corpus.open(encoding="utf-8") as lines:
        found = [json.loads(line)["text"] for line in islice(lines, READ)]
    for _ in range(count):
        one, other = chance.choice(found), chance.choice(found)
        words = (one[: len(one) // 2] + " " + other[len(other) // 2 :]).split()
        words = [word if chance.random() > 0.05 else chance.choice(words) for word in words]  # noqa: PLR2004
        while sum(map(len, words)) + len(words) < characters:
            words += chance.choice(found).split()[:200]
        yield " ".join(words)[:characters]


def asked(address: str, text: str) -> tuple[float, float]:
    """Milliseconds until a draft is answered, and until its page is there."""
    started = time.perf_counter()
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(f"{address}api/query", body, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310  # our own desk
        page = json.load(answer)["page"]
    answered = time.perf_counter()
    with urllib.request.urlopen(address + page) as answer:  # noqa: S310  # likewise
        answer.read()
    return (answered - started) * 1000, (time.perf_counter() - started) * 1000


def memory(process: int) -> float:
    """MB of the largest resident set of a process, as Linux has it."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--drafts", type=int, default=40)
    parser.add_argument("--characters", type=int, default=5000)
    given = parser.parse_args()
    texts = [*drafts(given.corpus, given.drafts + 1, given.characters)]
    command = [sys.executable, "-P", "-m", "compare", "desk", "--no-browser", "--archive", str(given.archive)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:  # noqa: S603  # our own program
        assert desk.stdout  # noqa: S101  # asked for
        address = desk.stdout.readline().strip()
        first, *times = (asked(address, text) for text in texts)
        peak = memory(desk.pid)
        desk.kill()
    print(f"{machine()} {given.drafts} drafts of {given.characters:,} characters against {given.archive.name}.\n")
    answers, pages = (sorted(column) for column in zip(*times, strict=True))
    late = int(len(pages) * 0.95)
    rows = [
        ("the first one answered, ms", first[0], ""),
        ("answered, p50, ms", median(answers), ""),
        ("answered, p95, ms", answers[late], within(answers[late], WANTED)),
        ("with its page, p50, ms", median(pages), ""),
        ("with its page, p95, ms", pages[late], within(pages[late], WANTED)),
        ("largest resident set, MB", peak, ""),
    ]
    table(["what", "figure", "aim"], rows)


if __name__ == "__main__":
    main()
