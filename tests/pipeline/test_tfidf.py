"""The vectors of a collection's texts, beside those of scikit-learn; and their cosines, in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array

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


def collection() -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Thirty texts by chance, an empty one among them."""
    draw = np.random.default_rng(7)
    lengths = draw.integers(0, 60, 30)
    lengths[3] = 0
    words = draw.zipf(1.4, int(lengths.sum())).astype(np.uint64)
    return words * np.uint64(0x9E3779B97F4A7C15), offsets_of(lengths)


def test_vectors_are_those_of_scikit_learn_to_the_last_bit() -> None:
    text = pytest.importorskip("sklearn.feature_extraction.text", reason="scikit-learn is not installed")
    tokens, offsets = collection()
    words, columns = np.unique(tokens, return_inverse=True)
    counts = csr_array((np.ones(len(tokens)), columns, offsets.copy()), shape=(30, len(words)))
    counts.sum_duplicates()
    theirs, ours = text.TfidfTransformer(sublinear_tf=True).fit_transform(counts), weights(tokens, offsets).rows
    assert (theirs.toarray() == ours.toarray()).all()


def test_cosines_of_some_pairs_are_those_of_the_vectors() -> None:
    tokens, offsets = collection()
    pairs = np.random.default_rng(8).integers(0, 30, (50, 2))
    every = tokens, offsets
    assert cosines(halves(tokens, offsets), every, pairs) == pytest.approx(weights(tokens, offsets).cosine(pairs))
