"""Sentences that sum up: one of them carries the facts of several on the other side, so no single pair is alike.

What is measured is how much of a sentence stands in the best window of the other text, and candidates are the
sentences that are supported so, against what supports them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.align import support

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.cells import Cells
    from compare.align.side import Words
    from compare.kernels.align import Layout

WIDTH = 5  # sentences of a window
SUPPORTED = 0.35  # share of a sentence's weight in one window (true summaries: .8 in the median, others .2)
_GAP = 2  # sentences from one that is supported to the next
_PARTNER, _NEAR_BEST = 0.15, 0.6  # cosine of a supporting sentence, and its share of the best one's

Range = tuple[int, int, int, int]
"""Sentences of a and of b: two half-open ranges."""


def supported(words: Words) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each sentence of a and of b the share of its weight in the best window of the other text, in [0, 1]."""
    return _share(words.a, words.b, words), _share(words.b, words.a, words)


def _share(own: Layout, opposite: Layout, words: Words) -> NDArray[np.float64]:
    return np.asarray(support(own.rows, opposite.rows, words.weights, WIDTH) / np.maximum(own.mass, 1))


def summaries(cells: Cells, shares: tuple[NDArray[np.float64], NDArray[np.float64]]) -> list[Range]:
    """Ranges of supported sentences against what supports them, trimmed and whole, and against the other text whole."""
    one_way = [*_one_way(cells.cosine, shares[0])]
    turned = [(c, d, a, b) for a, b, c, d in _one_way(cells.cosine.T, shares[1])]
    return [*one_way, *turned]


def _one_way(cosine: NDArray[np.float64], share: NDArray[np.float64]) -> list[Range]:
    rows = np.flatnonzero(share > SUPPORTED)
    edges = [0, *(np.flatnonzero(np.diff(rows) > _GAP) + 1).tolist(), len(rows)]
    groups = [rows[start:stop] for start, stop in pairwise(edges) if stop - start > 1]
    return [extent for group in groups for extent in _ranges(cosine[group], int(group[0]), int(group[-1]) + 1)]


def _ranges(block: NDArray[np.float64], first: int, stop: int) -> list[Range]:
    """The sentences `first` to `stop` - 1 against all their partners, most of them, and the other text whole."""
    best = block.max(axis=1, keepdims=True)
    partners = np.flatnonzero((block >= np.maximum(_PARTNER, _NEAR_BEST * best)).any(axis=0))
    if len(partners) < 2:  # noqa: PLR2004  # one partner sums up nothing
        return []
    tenth = len(partners) // 10
    spans = ((partners[0], partners[-1]), (partners[tenth], partners[-1 - tenth]), (0, block.shape[1] - 1))
    return [(first, stop, int(low), int(high) + 1) for low, high in spans]
