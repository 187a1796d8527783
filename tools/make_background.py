#!/usr/bin/env python3
"""Make `compare/data/background.bin`: in how many of many news texts each word stands, as `compare/events` reads it.

    python tools/make_background.py DATA/news-base.jsonl.xz compare/data/background.bin

The corpus holds a text a line: `{"text": "…"}`. Of a word the file has the high half of its folded hash and how often
it stands, rounded; words of fewer than `LEAST` texts are left out. No text and no order of words can be read from it.
The layout stands in `compare/events/background.py`. A new folding table changes the hashes: make it again.
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from compare.events.background import HIGH, MAGIC, STEPS
from compare.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LEAST = 5


def words(path: str) -> Iterator[NDArray[np.uint64]]:
    """The distinct words of each text."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield np.unique(tokenize(json.loads(line)["text"]).hashes)


def encoded(texts: list[NDArray[np.uint64]]) -> bytes:
    """The file."""
    hashes, holders = np.unique(np.concatenate(texts) >> HIGH, return_counts=True)
    kept = holders >= LEAST
    steps = np.rint(STEPS * np.log2(holders[kept])).astype(np.uint8)
    head = np.array([len(texts), LEAST, kept.sum()], "<u4")
    gaps = np.diff(hashes[kept], prepend=np.uint64(0))
    if gaps.max() >> np.uint64(24):
        raise ValueError("too few words: two of them lie further apart than three bytes tell")
    rows = gaps.astype("<u4").view(np.uint8).reshape(-1, 4).T[:3]
    return MAGIC + head.tobytes() + rows.tobytes() + steps.tobytes()


def main() -> None:
    """Read, count, write."""
    source, target = sys.argv[1:]
    Path(target).write_bytes(encoded(list(words(source))))


if __name__ == "__main__":
    main()
