"""Corpora of a million documents, unlike or with shared sentences: what growth is measured on.

    python bench/make_million.py unlike|shared DOCS.jsonl OUT.jsonl [--documents 1000000] [--seed 1]

DOCS.jsonl is a made corpus (bench/README.md), whose sentences are drawn from. `unlike`: the words of each sentence are
put in another order, so that hardly any two documents have five words in a row in common. `shared`: of sentences made
so, each stands in seven documents. In both, one document in twenty is a copy of an earlier one: whole, with a word in
twenty changed, or one half of it. Lines are written as they are made: memory is that of the sentences.
"""

from __future__ import annotations

import argparse
import json
import random
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = 10
"""Of a document: 1.7 kB, as of news."""
HOLDERS = 7
RECENT = 5000
"""Documents that a copy is drawn from."""
SAMPLE = 20_000
"""Documents that sentences are drawn from."""


def sentences_of(path: str) -> list[list[str]]:
    """The words of sentences of 8 words or more."""
    with Path(path).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, SAMPLE)]
    parts = (part.split() for text in texts for part in text.split(". "))
    return [words for words in parts if len(words) >= 8]  # noqa: PLR2004


def new_sentence(pool: list[list[str]], rng: random.Random) -> str:
    """A sentence that nobody wrote."""
    words = rng.choice(pool).copy()
    rng.shuffle(words)
    return " ".join(words) + "."


def plain_texts(kind: str, pool: list[list[str]], rng: random.Random) -> Iterator[list[str]]:
    """Documents as lists of sentences, none of them a copy."""
    held: list[str] = []
    while True:
        if kind == "unlike":
            yield [new_sentence(pool, rng) for _ in range(SENTENCES)]
            continue
        if len(held) < RECENT * SENTENCES:
            held += [sentence for _ in range(RECENT * SENTENCES) for sentence in [new_sentence(pool, rng)] * HOLDERS]
            rng.shuffle(held)
        yield [held.pop() for _ in range(SENTENCES)]


def copied(text: list[str], rng: random.Random) -> list[str]:
    """A copy of a document: whole, edited, or a half."""
    way = rng.randrange(3)
    if way == 0:
        return text
    if way == 1:
        return text[: len(text) // 2]
    words = " ".join(text).split()
    for _ in range(len(words) // 20):
        words[rng.randrange(len(words))] = rng.choice(words)
    return [" ".join(words)]


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["unlike", "shared"])
    parser.add_argument("docs")
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311  # a corpus, no secret
    plain = plain_texts(options.kind, sentences_of(options.docs), rng)
    recent: list[list[str]] = []
    with options.out.open("w", encoding="utf-8") as out:
        for number in range(options.documents):
            text = copied(rng.choice(recent), rng) if recent and number % 20 == 19 else next(plain)  # noqa: PLR2004
            if len(recent) < RECENT:
                recent.append(text)
            else:
                recent[rng.randrange(RECENT)] = text
            out.write(json.dumps({"id": number, "text": " ".join(text)}) + "\n")


if __name__ == "__main__":
    main()
