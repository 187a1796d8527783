"""Of candidates that claim the same words the best one stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.judge import EDITED, FAITHFUL

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 0.42  # estimated quality of a passage
LENGTH = 0.12  # exponent of a candidate's tokens in its rank: of two that are about as good the more complete one
COPY = EDITED  # share of tokens kept in order of a copy, and ...
PLAIN, SENTENCE = FAITHFUL, 24  # ... of one that needs no estimate, given so many tokens: the model knows no sentences
_SLACK = 0.1  # share of the smaller one that two neighbours may have in common


def chosen(boxes: NDArray[np.int64], score: NDArray[np.float64], kept: NDArray[np.float64]) -> list[int]:
    """Which boxes (int64[n, 4] token ranges) stand as passages, best first.

    `score` is the estimated quality, `kept` the share of tokens kept in order, each in [0, 1]. What overlaps a better
    one falls, but two copies may share one side: a caption printed twice is two passages.
    """
    size = (boxes[:, 1::2] - boxes[:, ::2]).sum(axis=1)
    good, plain = score >= LEAST, (kept >= PLAIN) & (kept * size >= 2 * SENTENCE)
    rank = np.where(good, score * size**LENGTH, kept * size)
    waiting, copies = good | plain, kept >= COPY
    out = []
    for place in np.lexsort((*boxes.T[::-1], -rank, ~good)).tolist():
        if waiting[place]:
            out.append(place)
            taken = _overlapping(boxes, boxes[place])
            waiting &= ~np.where(copies & copies[place], taken.all(axis=1), taken.any(axis=1))
    return out


def _overlapping(boxes: NDArray[np.int64], taken: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each box and the other one share more than a little, by side: bool[n, 2]."""
    shared = np.minimum(boxes[:, 1::2], taken[1::2]) - np.maximum(boxes[:, ::2], taken[::2])
    smaller = np.minimum(boxes[:, 1::2] - boxes[:, ::2], taken[1::2] - taken[::2])
    return np.asarray(shared > _SLACK * smaller)
