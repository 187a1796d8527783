"""Passages that claim the same words: the heaviest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.align.judge import Judged
    from compare.align.refine import Box

_MOST = 0.5


def resolved(found: list[Judged]) -> list[Judged]:
    """The passages, heaviest first, without those that lie mostly inside a heavier one on both sides.

    What stands twice in b and once in a is two matches: there only one side overlaps.
    """
    kept: list[Judged] = []
    for one in sorted(found, key=lambda one: (-_weight(one), one.box)):
        if not any(_inside(one.box, other.box) for other in kept):
            kept.append(one)
    return kept


def _weight(one: Judged) -> float:
    return one.similarity * (one.box.a1 - one.box.a0 + one.box.b1 - one.box.b0)


def _inside(box: Box, other: Box) -> bool:
    shared_a = min(box.a1, other.a1) - max(box.a0, other.a0)
    shared_b = min(box.b1, other.b1) - max(box.b0, other.b0)
    return shared_a > _MOST * (box.a1 - box.a0) and shared_b > _MOST * (box.b1 - box.b0)
