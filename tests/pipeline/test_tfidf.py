"""Weights and cosines of a collection's texts, beside scikit-learn's."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfTransformer

from compare.kernels.columns import offsets_of
from compare.pipeline.tfidf import cosines, weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


def halves(
    tokens: NDArray[np.uint64], offsets: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """A collection's texts in two blocks."""
    half = len(offsets) // 2
    yield tokens[: offsets[half]], offsets[: half + 1]
    yield tokens[offsets[half] :], offsets[half:] - offsets[half]


def collection() -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """The tokens of 30 texts, where each begins, and 50 pairs of them."""
    draw = np.random.default_rng(7)
    lengths = draw.integers(0, 60, 30)
    tokens = draw.zipf(1.4, int(lengths.sum())).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return tokens, offsets_of(lengths), draw.integers(0, 30, (50, 2))


def test_weights_are_those_of_scikit_learn() -> None:
    tokens, offsets, _ = collection()
    words, columns = np.unique(tokens, return_inverse=True)
    counts = [np.bincount(columns[start:stop], minlength=len(words)) for start, stop in pairwise(offsets)]
    theirs = TfidfTransformer(sublinear_tf=True).fit_transform(csr_array(np.array(counts, float)))
    ours = weights(tokens, offsets)
    assert ours.words.tolist() == words.tolist()
    assert ours.rows.toarray() == pytest.approx(theirs.toarray(), rel=1e-14)


@pytest.mark.parametrize("texts", [0, 3])
def test_a_collection_without_a_word_has_no_weights(texts: int) -> None:
    found = weights(np.zeros(0, np.uint64), np.zeros(texts + 1, np.int64))
    assert (found.rows.shape, found.rows.nnz) == ((texts, 0), 0)


def test_cosines_of_some_pairs_are_those_of_the_whole_collection() -> None:
    tokens, offsets, pairs = collection()
    every = tokens, offsets
    assert cosines(halves(tokens, offsets), every, pairs) == pytest.approx(weights(tokens, offsets).cosine(pairs))
