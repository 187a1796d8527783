"""Passages that claim the same words: the heaviest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.judge import Judged

_MOST = 0.5


def resolved(found: list[Judged]) -> list[Judged]:
    """The passages, heaviest first, without those that lie mostly inside a heavier one on both sides.

    What stands twice in b and once in a is two matches: there only one side overlaps.
    """
    ordered = sorted(found, key=lambda one: (-_weight(one), one.box))
    boxes = np.array([one.box for one in ordered], np.int64).reshape(-1, 4)
    stays = np.ones(len(ordered), bool)
    for place in range(len(ordered)):
        if stays[place]:
            stays[place + 1 :] &= ~_inside(boxes[place + 1 :], boxes[place])
    return [one for one, kept in zip(ordered, stays.tolist(), strict=True) if kept]


def _weight(one: Judged) -> float:
    return one.similarity * (one.box.a1 - one.box.a0 + one.box.b1 - one.box.b0)


def _inside(boxes: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which boxes lie mostly inside the other one, on both sides."""
    shared = np.minimum(boxes[:, 1::2], other[1::2]) - np.maximum(boxes[:, ::2], other[::2])
    return np.asarray((shared > _MOST * (boxes[:, 1::2] - boxes[:, ::2])).all(axis=1))
