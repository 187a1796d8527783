"""TF-IDF over tokens with scikit-learn's weighting: 1 + ln tf, smooth idf, unit length.

It proposes pairs that share no shingles (rewritten, same story) and decides nothing. Its counts say too which words
are rare in the collection (`compare/events`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.ending import SCIPY, need
from compare.events.rarity import Rarity
from compare.kernels.columns import among, changes, owners_of

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    words: U64
    """The word of each column, ascending."""

    @property
    def rarity(self) -> Rarity:
        """In how many documents each word stands."""
        return Rarity(self.words, np.bincount(self.rows.indices, minlength=len(self.words)), self.documents)

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

    words, columns = np.unique(tokens, return_inverse=True)
    count = len(offsets) - 1
    rows = csr_array((np.ones(len(tokens)), columns, offsets.copy()), shape=(count, int(columns.max(initial=-1)) + 1))
    rows.sum_duplicates()  # in place, offsets too
    if 0 in rows.shape:
        return Weights(rows, count, words)
    return Weights(csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(rows)), count, words)


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


def cosines(blocks: Iterable[tuple[U64, I64]], texts: tuple[U64, I64], pairs: I64) -> F64:
    """The cosine of some pairs of a collection's texts, as `weights` has it, without scikit-learn: float64[m].

    `blocks` are the tokens of all n texts, some texts at a time, flat and with offsets; `texts` those of the pairs,
    int64[m, 2], which are places among them. idf is ln((1 + n) / (1 + df)) + 1 over all n texts. O(tokens), in the
    memory of a block and of `texts`, however many texts there are.
    """
    if len(pairs) == 0:
        return np.zeros(0)
    tokens, offsets = texts
    vocabulary = np.unique(tokens)
    holders, documents = _document_frequencies(blocks, vocabulary)
    idf = np.log((1 + documents) / (1 + holders)) + 1
    vectors = [_vector(tokens[start:stop], vocabulary, idf) for start, stop in pairwise(offsets.tolist())]
    return np.array([_cosine(vectors[a], vectors[b]) for a, b in pairs.tolist()])


def rarity(blocks: Iterable[tuple[U64, I64]], vocabulary: U64) -> Rarity:
    """In how many texts of a collection each word of a vocabulary (ascending) stands."""
    return Rarity(vocabulary, *_document_frequencies(blocks, vocabulary))


def _document_frequencies(blocks: Iterable[tuple[U64, I64]], vocabulary: U64) -> tuple[I64, int]:
    """In how many texts each word of a vocabulary (ascending) stands, and how many texts there are."""
    holders, documents = np.zeros(len(vocabulary), np.int64), 0
    place = _Places(vocabulary)
    for tokens, offsets in blocks:
        owners = owners_of(offsets).astype(np.uint64)
        columns, at = place.of(tokens)
        # (word, text) in one number: sorting these is several times as fast as a sort by two columns
        codes = columns.astype(np.uint64) << np.uint64(32) | owners[at]
        codes.sort()
        holders += np.bincount((codes[changes(codes)] >> np.uint64(32)).astype(np.int64), minlength=len(vocabulary))
        documents += len(offsets) - 1
    return holders, documents


class _Places:
    """Where tokens stand in a vocabulary: a table of their low bits tells of nearly all, and the rest are searched.

    A search alone took most of the time of a check of 100,000 texts.
    """

    def __init__(self, vocabulary: U64) -> None:
        self.vocabulary = vocabulary
        # 8 to 16 slots a word, so that few words (an eighth by chance) share one
        self.mask = np.uint64((1 << max(16, len(vocabulary).bit_length() + 3)) - 1)
        self.table = np.full(int(self.mask) + 1, -1)
        self.table[vocabulary & self.mask] = np.arange(len(vocabulary))

    def of(self, tokens: U64) -> tuple[I64, I64]:
        """The places in the vocabulary of those tokens that are there, and the places of these among the tokens."""
        columns = self.table[tokens & self.mask]
        at = np.flatnonzero(columns >= 0)
        columns = columns[at]
        others = np.flatnonzero(self.vocabulary[columns] != tokens[at])
        columns[others] = np.searchsorted(self.vocabulary, tokens[at[others]])
        present = self.vocabulary[np.minimum(columns, len(self.vocabulary) - 1)] == tokens[at]
        return columns[present], at[present]


def _vector(tokens: U64, vocabulary: U64, idf: F64) -> tuple[I64, F64]:
    """A text's columns, ascending, and its weight in each."""
    columns, counts = np.unique(np.searchsorted(vocabulary, tokens), return_counts=True)
    return columns, (1 + np.log(counts)) * idf[columns]


def _cosine(first: tuple[I64, F64], second: tuple[I64, F64]) -> float:
    """The cosine of two sparse vectors."""
    (a, left), (b, right) = first, second
    length = float(np.sqrt((left @ left) * (right @ right)))
    return min(float(left[among(a, b)] @ right[among(b, a)]) / length, 1.0) if length else 0.0


def neighbours(weighed: Weights, settings: Settings) -> I64:
    """For each document its nearest others above the limit: int64[m, 2] with repeats, ties to the smaller number.

    A product of the vectors without the commonest words, `BLOCK` rows at a time: at most 5,000² / 2 cosines.
    """
    rows = _without_common(weighed.rows)
    turned = rows.T.tocsr()
    starts = range(0, rows.shape[0], BLOCK)
    parts = [_nearest(rows[start : start + BLOCK] @ turned, start, settings) for start in starts]
    return np.concatenate([np.empty((0, 2), np.int64), *parts])


def _nearest(block: csr_array, start: int, settings: Settings) -> I64:
    """The nearest others of the documents from `start` on, given the cosines of each with all."""
    owners = np.repeat(np.arange(start, start + block.shape[0]), np.diff(block.indptr))
    near = np.flatnonzero((block.data >= settings.neighbour_cosine) & (block.indices != owners))
    owners, others, alike = owners[near], block.indices[near].astype(np.int64), block.data[near]
    order = np.lexsort((others, -alike, owners))
    owners, others = owners[order], others[order]
    turn = np.arange(len(owners)) - np.searchsorted(owners, owners)
    first = turn < settings.neighbours
    return np.column_stack([owners[first], others[first]])


def _without_common(rows: csr_array) -> csr_array:
    holders = np.bincount(rows.indices, minlength=rows.shape[1])
    keep = holders <= max(COMMON_LEAST, COMMON_SHARE * rows.shape[0])
    return rows[:, np.flatnonzero(keep)]
