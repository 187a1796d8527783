"""datasketch on word 5-grams: datasketch_pairs.py DOCS.jsonl PAIRS.csv.

Its best use: `bulk` with hashes of our own (a word is hashed once, a 5-gram is a polynomial of five, made by NumPy), so
that its hashing costs nothing; bands of its own optimiser; no check for double keys.
"""

from __future__ import annotations

import operator
import sys
import zlib
from typing import TYPE_CHECKING

import numpy as np
from common import PERMUTATIONS, SEED, THRESHOLD, rows, words, write
from datasketch import MinHash, MinHashLSH

if TYPE_CHECKING:
    from collections.abc import Iterator

POWERS = np.array([pow(0x9E3779B1, power, 1 << 32) for power in range(5)], np.uint32)


class WordHashes(dict[str, int]):
    """CRC-32 of each word, once."""

    def __missing__(self, word: str) -> int:
        value = self[word] = zlib.crc32(word.encode())
        return value


def hashed_grams(path: str, ids: list[int | str]) -> Iterator[list[int]]:
    """32-bit hashes of each document's 5-grams; `ids` is filled on the way."""
    known = WordHashes()
    for row in rows(path):
        ids.append(row.id)
        found = words(row.text)
        column = np.zeros(max(len(found), 5), np.uint32)
        column[: len(found)] = [known[word] for word in found]
        size = len(column) - 4
        yield sum(column[shift : shift + size] * POWERS[shift] for shift in range(5)).tolist()


def pairs(path: str) -> Iterator[tuple[int | str, int | str]]:
    """Pairs that share a band and whose estimate reaches the threshold."""
    ids: list[int | str] = []
    sketches = MinHash.bulk(hashed_grams(path, ids), num_perm=PERMUTATIONS, seed=SEED, hashfunc=operator.index)
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for key, sketch in enumerate(sketches):
        index.insert(key, sketch, check_duplication=False)
    for here, sketch in enumerate(sketches):
        for there in index.query(sketch):
            if there > here and sketch.jaccard(sketches[there]) >= THRESHOLD:
                yield ids[here], ids[there]


if __name__ == "__main__":
    corpus, target = sys.argv[1:]
    write(target, pairs(corpus))
