"""gaoya on word 5-grams: gaoya_pairs.py DOCS.jsonl PAIRS.csv.

Its best use: the analyser in Rust, bulk insertion and bulk queries on all cores, the bands of its own S-curve.
"""

from __future__ import annotations

import sys

from common import PERMUTATIONS, THRESHOLD, rows, write
from gaoya.minhash import MinHashStringIndex

BATCH = 4096


def pairs(path: str) -> set[tuple[int, int]]:
    """Pairs of row numbers whose estimate reaches the threshold."""
    texts = [row.text for row in rows(path)]
    index = MinHashStringIndex(
        jaccard_threshold=THRESHOLD,
        num_bands=None,
        band_size=None,
        num_hashes=PERMUTATIONS,
        lowercase=True,
        ngram_range=(5, 5),
        id_container="smallvec",
    )
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    found: set[tuple[int, int]] = set()
    for start in range(0, len(texts), BATCH):
        answers = index.par_bulk_query(texts[start : start + BATCH])
        found.update((here, there) for here, held in enumerate(answers, start) for there in held if here < there)
    return found


if __name__ == "__main__":
    corpus, target = sys.argv[1:]
    ids = [row.id for row in rows(corpus)]
    write(target, ((ids[a], ids[b]) for a, b in sorted(pairs(corpus))))
