"""Signatures carried to datasketch, whose LSH keeps them in memory, Redis or Cassandra."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

SCHEME = "affine32"
"""datasketch's name for the permutations that the kernels use."""


def to_datasketch(rows: Iterable[NDArray[np.uint32]], seed: int = 1, *, lean: bool = False) -> list[Any]:
    """Rows of `MinHashVectorizer` as `datasketch.MinHash` (`lean`: as `LeanMinHash`), a row each.

    They are what datasketch 2 makes of the same shingles' hashes under its scheme `affine32`, bit for bit, so they go
    into its LSH beside each other and estimate the same Jaccard. `seed` is the vectorizer's. Signatures that datasketch
    makes of words by itself hash other bytes, and are of no use beside these.

    >>> from compare.sklearn import MinHashVectorizer
    >>> rows = MinHashVectorizer().transform(["A pact was signed.", "a PACT was signed"])
    >>> a, b = to_datasketch(rows)
    >>> float(a.jaccard(b))
    1.0
    """
    from datasketch import LeanMinHash, MinHash  # noqa: PLC0415  # 1 CPU s

    made = [MinHash(seed=seed, scheme=SCHEME, hashvalues=row) for row in rows]
    return [LeanMinHash(minhash) for minhash in made] if lean else made
