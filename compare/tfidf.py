"""TF-IDF over tokens with scikit-learn's weighting: 1 + ln tf, smooth idf, unit length.

It proposes pairs that share no shingles (rewritten, same story) and names `same-story`; it decides nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.columns import among, owners_of
from compare.ending import SCIPY, need

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    F64 = NDArray[np.float64]

BLOCK = 256
COMMON_SHARE = 0.2
COMMON_LEAST = 20
"""Words in more than 20 documents and a fifth of all propose no neighbours; they count in the cosine all the same."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Unit TF-IDF vectors of a collection, one row a document."""

    rows: csr_array
    documents: int
    """The collection that the idf is of: recorded, since a cosine means nothing without it."""

    def cosine(self, pairs: I64) -> F64:
        """The cosine of each pair of rows, in [0, 1]: float64[m]."""
        parts = [np.zeros(0)]
        for start in range(0, len(pairs), 4096):
            part = pairs[start : start + 4096]
            product = self.rows[part[:, 0]].multiply(self.rows[part[:, 1]])
            parts.append(np.asarray(product.sum(axis=1)).ravel())
        return np.minimum(np.concatenate(parts), 1.0)


def weights(tokens: U64, offsets: I64) -> Weights:
    """The TF-IDF vectors of texts given as token hashes (scikit-learn's `TfidfTransformer`, `sublinear_tf`)."""
    need(SCIPY)
    from scipy.sparse import csr_array  # noqa: PLC0415  # heavy
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415  # 2 CPU s: collections alone pay

    columns = np.unique(tokens, return_inverse=True)[1]
    count = len(offsets) - 1
    rows = csr_array((np.ones(len(tokens)), columns, offsets), shape=(count, int(columns.max(initial=-1)) + 1))
    rows.sum_duplicates()
    if 0 in rows.shape:
        return Weights(rows, count)
    return Weights(csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(rows)), count)


def pair_cosine(a: U64, b: U64) -> float:
    """The cosine of two texts as a collection of their own, without scikit-learn: in [0, 1], 0 for an empty text.

    idf is ln((1 + n) / (1 + df)) + 1 with n = 2: 1 for a word of both, 1.405 for a word of one.

    >>> words = np.array([1, 2, 3], np.uint64)
    >>> round(pair_cosine(words, words), 6), pair_cosine(words, np.array([4], np.uint64))
    (1.0, 0.0)
    """
    vocabulary, columns = np.unique(np.concatenate([a, b]), return_inverse=True)
    counts = [np.bincount(part, minlength=len(vocabulary)) for part in (columns[: len(a)], columns[len(a) :])]
    tf = [1 + np.log(np.maximum(count, 1)) for count in counts]
    idf = np.log(3 / (1 + (counts[0] > 0) + (counts[1] > 0))) + 1
    left, right = (np.where(count > 0, part * idf, 0) for count, part in zip(counts, tf, strict=True))
    length = float(np.sqrt((left @ left) * (right @ right)))
    return min(float(left @ right) / length, 1.0) if length else 0.0


def cosines(tokens: U64, offsets: I64, pairs: I64) -> F64:
    """The cosine of some pairs of a collection's texts, as `weights` has it, without scikit-learn: float64[m].

    idf is ln((1 + n) / (1 + df)) + 1 over all n texts. O(tokens log tokens), however few the pairs.
    """
    if len(pairs) == 0:
        return np.zeros(0)
    vocabulary = np.unique(np.concatenate([tokens[offsets[row] : offsets[row + 1]] for row in np.unique(pairs)]))
    owners = owners_of(offsets)
    known = among(tokens, vocabulary)
    codes = owners[known] * len(vocabulary) + np.searchsorted(vocabulary, tokens[known])
    cells, counts = np.unique(codes, return_counts=True)
    rows, columns = np.divmod(cells, len(vocabulary))
    documents = len(offsets) - 1
    idf = np.log((1 + documents) / (1 + np.bincount(columns, minlength=len(vocabulary)))) + 1
    values = (1 + np.log(counts)) * idf[columns]
    bounds = np.searchsorted(rows, np.arange(documents + 1))
    return np.array([_cosine(columns, values, bounds[pair], bounds[pair + 1]) for pair in pairs])


def _cosine(columns: I64, values: F64, starts: I64, stops: I64) -> float:
    """The cosine of two sparse rows."""
    (a, left), (b, right) = ((columns[x:y], values[x:y]) for x, y in zip(starts, stops, strict=True))
    length = float(np.sqrt((left @ left) * (right @ right)))
    both = among(a, b)
    return min(float(left[both] @ right[among(b, a)]) / length, 1.0) if length else 0.0


def neighbours(found: Weights, settings: Settings) -> I64:
    """For each document its nearest others above the limit: int64[m, 2] with repeats, ties to the smaller number.

    A product of the vectors without the commonest words, `BLOCK` rows at a time: at most 5,000² / 2 cosines.
    """
    rows = _without_common(found.rows)
    turned = rows.T.tocsr()
    parts = [np.empty((0, 2), np.int64)]
    for start in range(0, rows.shape[0], BLOCK):
        block = (rows[start : start + BLOCK] @ turned).toarray()
        numbers = np.arange(start, start + len(block))
        block[numbers - start, numbers] = 0
        nearest = np.argsort(-block, axis=1, kind="stable")[:, : settings.neighbours]
        near = np.take_along_axis(block, nearest, axis=1) >= settings.neighbour_cosine
        parts.append(np.stack([np.repeat(numbers, near.sum(axis=1)), nearest[near]], axis=1))
    return np.concatenate(parts)


def _without_common(rows: csr_array) -> csr_array:
    held = np.bincount(rows.indices, minlength=rows.shape[1])
    keep = held <= max(COMMON_LEAST, COMMON_SHARE * rows.shape[0])
    return rows[:, np.flatnonzero(keep)]
