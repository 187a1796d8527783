"""What the longest and the oddest pairs of texts cost: one process each, `compare.pair` on two texts of 1 MB.

    python bench/long_texts.py [--size 1000000]

The texts are made here from a seeded list of words; nothing is read.
"""

from __future__ import annotations

import argparse
import random
import sys
from typing import TYPE_CHECKING

from measure import child, machine, table

import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS, MEGABYTES = 5.0, 500.0
SENTENCE = "The council voted to close the bridge for repairs in May. "


def prose(size: int, seed: int) -> str:
    """Paragraphs of sentences of made-up words, some of them frequent (as in real text, the k-th weighs 1 / k)."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    syllables = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]
    words = ["".join(random.Random(k).choices(syllables, k=1 + k % 3)) for k in range(20_000)]  # noqa: S311
    drawn = chance.choices(words, [1 / (k + 1) for k in range(len(words))], k=size // 5)
    sentences = [" ".join(drawn[k : k + 18]).capitalize() + "." for k in range(0, len(drawn), 18)]
    return "\n\n".join(" ".join(sentences[k : k + 4]) for k in range(0, len(sentences), 4))[:size]


def shuffled(text: str) -> str:
    """The same paragraphs in another order."""
    parts = text.split("\n\n")
    random.Random(1).shuffle(parts)  # noqa: S311
    return "\n\n".join(parts)


def edited(text: str) -> str:
    """The text without every tenth word."""
    return " ".join(word for place, word in enumerate(text.split(" ")) if place % 10)


def coins(size: int, seed: int) -> str:
    """Two words by turns of a coin."""
    return " ".join(random.Random(seed).choices("ab", k=size // 2))  # noqa: S311


PAIRS: dict[str, Callable[[int], tuple[str, str]]] = {
    "two texts that share nothing": lambda n: (prose(n, 1), prose(n, 2)),
    "one without every tenth word": lambda n: (prose(n, 1), edited(prose(n, 1))),
    "paragraphs shuffled": lambda n: (prose(n, 1), shuffled(prose(n, 1))),
    "the same": lambda n: (prose(n, 1), prose(n, 1)),
    "no punctuation": lambda n: (prose(n, 1).replace(".", " "), prose(n, 2).replace(".", " ")),
    "a a a …": lambda n: ("a " * (n // 2), "a " * (n // 2 - 1000)),
    "one sentence many times": lambda n: (SENTENCE * (n // len(SENTENCE)), SENTENCE * (n // len(SENTENCE) - 1000)),
    "two words at random": lambda n: (coins(n, 1), coins(n, 2)),
    "one letter a line": lambda n: ("x\n" * (n // 2), "x y\n" * (n // 4)),
}


def rows(size: int) -> Iterator[list[object]]:
    """A process for each pair, less what making the texts costs."""
    for name in PAIRS:
        one = [sys.executable, __file__, "--size", str(size), "--only", name]
        whole, made = child(one), child([*one, "--made"])
        yield [name, whole.cpu - made.cpu, f"{whole.peak:.0f}"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters a text")
    parser.add_argument("--only", choices=PAIRS, help="compare this pair once and print nothing")
    parser.add_argument("--made", action="store_true", help="with --only: make its texts and do no more")
    options = parser.parse_args()
    if options.only:
        sides = PAIRS[options.only](options.size)
        if not options.made:
            compare.pair(*sides)
        return
    print(f"Two texts of {options.size:,} characters each; at most {SECONDS:g} s and {MEGABYTES:g} MB. {machine()}\n")
    table(["texts", "CPU s", "peak MB"], rows(options.size))


if __name__ == "__main__":
    main()
