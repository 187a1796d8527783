"""Passages that claim the same words: the heaviest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.judge import JudgedBox, as_copy
from compare.align.refine import Box, joined, steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.side import Side

_MOST = 0.5
FEW = 4  # tokens on either side between two copies that are one


def resolved(passages: list[JudgedBox]) -> list[JudgedBox]:
    """The passages, heaviest first, without those that lie mostly inside a heavier one on both sides.

    What stands twice in b and once in a is two matches: there only one side overlaps.
    """
    ordered = sorted(passages, key=lambda passage: (-_weight(passage), passage.box))
    boxes = np.array([passage.box for passage in ordered], np.int64).reshape(-1, 4)
    stays = np.ones(len(ordered), bool)
    for place in range(len(ordered)):
        if stays[place]:
            stays[place + 1 :] &= ~_inside(boxes[place + 1 :], boxes[place])
    return [passage for passage, kept in zip(ordered, stays.tolist(), strict=True) if kept]


def bridged(passages: list[JudgedBox], a: Side, b: Side) -> list[JudgedBox]:
    """The passages, copies that follow one another with a few other words between them made one."""
    out: list[JudgedBox] = []
    for passage in sorted(passages, key=lambda passage: passage.box):
        place = next((place for place, before in enumerate(out) if _is_parted(before, passage)), None)
        if place is None:
            out.append(passage)
        else:
            begin, end = out[place].box, passage.box
            between = steps(a, b, Box(begin.a1, end.a0, begin.b1, end.b0))
            out[place] = as_copy(joined(iter([*out[place].steps, *between, *passage.steps])))
    return out


def _is_parted(before: JudgedBox, passage: JudgedBox) -> bool:
    """Whether two copies stand side by side in both texts but for a few words, which differ."""
    if not (before.is_copy and passage.is_copy):
        return False
    gaps = passage.box.a0 - before.box.a1, passage.box.b0 - before.box.b1
    return min(gaps) >= 0 and 0 < max(gaps) <= FEW


def adjoined(passages: list[JudgedBox]) -> list[JudgedBox]:
    """The passages, each once, copies that follow one another at once on both sides made one."""
    out: list[JudgedBox] = []
    once = {passage.box: passage for passage in reversed(passages)}
    for passage in sorted(once.values(), key=lambda passage: passage.box):
        last = out[-1] if out else None
        if last and last.is_copy and passage.is_copy and (last.box.a1, last.box.b1) == (passage.box.a0, passage.box.b0):
            out[-1] = as_copy(joined(iter([*last.steps, *passage.steps])))
        else:
            out.append(passage)
    return out


def _weight(passage: JudgedBox) -> float:
    return passage.similarity * (passage.box.a1 - passage.box.a0 + passage.box.b1 - passage.box.b0)


def _inside(boxes: NDArray[np.int64], outer: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which boxes lie mostly inside the other one, on both sides."""
    shared = np.minimum(boxes[:, 1::2], outer[1::2]) - np.maximum(boxes[:, ::2], outer[::2])
    return np.asarray((shared > _MOST * (boxes[:, 1::2] - boxes[:, ::2])).all(axis=1))
