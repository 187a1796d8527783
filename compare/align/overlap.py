"""Passages that claim the same words: the heaviest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.judge import FAITHFUL, JudgedBox, as_copy
from compare.align.refine import Box, Step, joined, kept_share, steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.side import Side

_MOST = 0.5
FEW = 4  # tokens on either side between two copies that are one, ...
_NEAR = 32  # passages before one, of which it may go on with one
_FAR = 200  # ... or so many, of which nearly all are equal: a passage that crosses them had them


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
    """The passages, copies made one that overlap in the same words, or with few or nearly equal words between them."""
    out: list[JudgedBox] = []
    for passage in sorted(passages, key=lambda passage: passage.box):
        near = range(max(0, len(out) - _NEAR), len(out))
        longer = ((place, _continued(out[place], passage, a, b)) for place in near)
        place, every = next(((place, every) for place, every in longer if every), (len(out), passage.steps))
        out[place : place + 1] = [as_copy(joined(iter(every))) if place < len(out) else passage]
    return out


def _continued(before: JudgedBox, passage: JudgedBox, a: Side, b: Side) -> list[Step]:
    """The steps of a copy and of one that goes on with it in both texts; none where it does not."""
    if not (before.is_copy and passage.is_copy):
        return []
    gap = Box(before.box.a1, passage.box.a0, before.box.b1, passage.box.b0)
    sizes = gap.a1 - gap.a0, gap.b1 - gap.b0
    if max(sizes) < 0:
        rest = _beyond(passage.steps, before.box)
        return [*before.steps, *rest] if rest else []
    if min(sizes) < 0 or not 0 < max(sizes) <= _FAR:
        return []
    between = steps(a, b, gap)
    is_near = max(sizes) <= FEW or kept_share(between, gap) >= FAITHFUL
    return [*before.steps, *between, *passage.steps] if is_near else []


def _beyond(every: list[Step], box: Box) -> list[Step]:
    """The steps behind the end of a box, if an equal one crosses it there or begins there; else none."""
    for place, step in enumerate(every):
        ahead = box.a1 - step.box.a0
        if step.kind == "equal" and ahead == box.b1 - step.box.b0 and 0 <= ahead < step.box.a1 - step.box.a0:
            rest = step._replace(box=step.box._replace(a0=box.a1, b0=box.b1))
            return [rest, *every[place + 1 :]]
    return []


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
