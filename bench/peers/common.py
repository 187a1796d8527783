"""What all peers share: the same reader, the same threshold, the same output, so that only the tools differ."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PERMUTATIONS = 128
THRESHOLD = 0.5
"""Estimated Jaccard from which a pair is reported: what `compare` sets its bands to."""
SEED = 1


class Row(msgspec.Struct):
    """One line of a corpus."""

    id: int | str
    text: str


def rows(path: str) -> Iterator[Row]:
    """The documents in the order of the file, decoded with the fastest reader at hand."""
    decoder = msgspec.json.Decoder(Row)
    with Path(path).open("rb") as lines:
        for line in lines:
            yield decoder.decode(line)


def words(text: str) -> list[str]:
    """Lower-cased words between white space: what the peers' own examples do."""
    return text.lower().split()


def grams(text: str) -> list[str]:
    """Runs of five words, each as one string; a shorter text is one run.

    >>> grams("a b c d e F")
    ['a b c d e', 'b c d e f']
    """
    found = words(text)
    return list(map(" ".join, zip(found, found[1:], found[2:], found[3:], found[4:], strict=False))) or [
        " ".join(found)
    ]


def write(path: str, pairs: Iterable[tuple[int | str, int | str]]) -> None:
    """Write `a,b`."""
    with Path(path).open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(("a", "b"))
        writer.writerows(pairs)
