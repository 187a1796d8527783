"""The cosine of a collection's texts, with scikit-learn and without it."""

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


def test_cosines_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(7)
    lengths = draw.integers(0, 60, 30)
    offsets = offsets_of(lengths)
    tokens = draw.zipf(1.4, int(lengths.sum())).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    pairs = draw.integers(0, 30, (50, 2))
    every = tokens, offsets
    assert cosines(halves(tokens, offsets), every, pairs) == pytest.approx(weights(tokens, offsets).cosine(pairs))
