"""The cosine of a collection's texts, with SciPy and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

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


def test_weights_are_those_of_scikit_learn() -> None:
    tokens, offsets = np.array([7, 7, 7, 8, 7, 9, 8, 9, 9], np.uint64), np.array([0, 4, 6, 9, 9])
    of_1_9 = [[0.902750, 0.430165, 0], [0.707107, 0, 0.707107], [0, 0.508542, 0.861037], [0, 0, 0]]
    assert weights(tokens, offsets).rows.toarray() == pytest.approx(np.array(of_1_9), abs=1e-6)
    assert offsets.tolist() == [0, 4, 6, 9, 9]


def test_cosines_are_the_same_either_way() -> None:
    draw = np.random.default_rng(7)
    lengths = draw.integers(0, 60, 30)
    offsets = offsets_of(lengths)
    tokens = draw.zipf(1.4, int(lengths.sum())).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    pairs = draw.integers(0, 30, (50, 2))
    every = tokens, offsets
    assert cosines(halves(tokens, offsets), every, pairs) == pytest.approx(weights(tokens, offsets).cosine(pairs))
