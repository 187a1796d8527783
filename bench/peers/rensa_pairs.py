"""The rensa recipes: rensa_pairs.py words|sets|grams|gram-sets DOCS.jsonl PAIRS.csv.

`words` and `grams` are the fastest way found: tokens go in as lists (MinHash is blind to repetitions, and a Python
set costs more than the sketch), all signatures into one matrix, and only rows that share a band with another become
objects, which are queried and verified. `sets` and `gram-sets` are the way of rensa's own examples: a set of strings
and an object for each document, everything queried. Both ways report the same pairs.
"""

from __future__ import annotations

import sys
from itertools import compress
from typing import TYPE_CHECKING

from common import PERMUTATIONS, SEED, THRESHOLD, grams, rows, words, write
from rensa import RMinHash, RMinHashLSH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BANDS = 16
"""Of 8 rows each. With 32 bands of 4, rensa finds more (at 10,000 documents .85 of all for .68, at a precision of
.995) and takes 1.7 × the time there, 10 × at 100,000."""


def verified(sketches: list[RMinHash], ids: list[int | str]) -> Iterator[tuple[int | str, int | str]]:
    """Pairs that share a band and whose estimate reaches the threshold."""
    index = RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
    index.insert_many(sketches)
    for here, found in enumerate(index.query_all(sketches)):
        for there in found:
            if there > here and sketches[here].jaccard(sketches[there]) >= THRESHOLD:
                yield ids[here], ids[there]


def by_matrix(path: str, tokens: Callable[[str], Iterable[str]]) -> Iterator[tuple[int | str, int | str]]:
    """Signatures of all as a matrix; objects for the flagged rows only, from a second reading."""
    ids: list[int | str] = []

    def sets() -> Iterator[Iterable[str]]:
        for row in rows(path):
            ids.append(row.id)
            yield tokens(row.text)

    matrix = RMinHash.digest_matrix_from_token_sets(sets(), PERMUTATIONS, SEED)
    flags = RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS).query_duplicate_flags_matrix_one_shot(matrix)
    again = (tokens(row.text) for row in compress(rows(path), flags))
    return verified(RMinHash.from_token_sets(again, PERMUTATIONS, SEED), list(compress(ids, flags)))


def by_objects(path: str, tokens: Callable[[str], Iterable[str]]) -> Iterator[tuple[int | str, int | str]]:
    """One pass, a set of tokens and an object for each document."""
    ids: list[int | str] = []

    def sets() -> Iterator[set[str]]:
        for row in rows(path):
            ids.append(row.id)
            yield set(tokens(row.text))

    return verified(RMinHash.from_token_sets(sets(), PERMUTATIONS, SEED), ids)


RECIPES = {
    "words": (by_matrix, words),
    "sets": (by_objects, words),
    "grams": (by_matrix, grams),
    "gram-sets": (by_objects, grams),
}

if __name__ == "__main__":
    recipe, corpus, target = sys.argv[1:]
    way, tokeniser = RECIPES[recipe]
    write(target, way(corpus, tokeniser))
