"""Exact runs that no passage holds: a block that was moved out of a longer passage, a caption printed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.judge import PHRASE, JudgedBox, copied
from compare.align.refine import Box, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.align.pair import TextPair
    from compare.align.runs import Runs

_LEAST = 24  # tokens of a run outside all passages: shorter ones are often set phrases
_MOST = 2000  # runs looked at: texts of two words share a hundred thousand
_WHOLE = 0.9  # share of a run that must be outside, and of a passage that another copy of it must hold


def leftovers(pair: TextPair, taken: list[JudgedBox]) -> list[JudgedBox]:
    """Exact runs outside the passages, and those that are one of the passages again; the longest first."""
    a, b = pair.sides
    covered = _held(taken, 0, len(a.ids)), _held(taken, 1, len(b.ids))
    out = []
    for box in _outside(pair.runs, covered):
        shares = covered[0][box.a0 : box.a1].mean(), covered[1][box.b0 : box.b1].mean()
        free = [share <= 1 - _WHOLE for share in shares]
        if (all(free) and box.a1 - box.a0 >= _LEAST) or (any(free) and _again(box, taken, free.index(True))):
            copy = copied([Step("equal", box)], a)
            out += [copy] if copy else []
            covered[0][box.a0 : box.a1] = covered[1][box.b0 : box.b1] = True
    return out


def _outside(runs: Runs, covered: tuple[NDArray[np.bool_], NDArray[np.bool_]]) -> Iterator[Box]:
    """The longest runs that are more than a phrase and stand outside the passages on a side."""
    sums = [np.concatenate([[0], np.cumsum(flags)]) for flags in covered]
    inside = [side[at + runs.length] - side[at] for side, at in zip(sums, (runs.a, runs.b), strict=True)]
    wanted = np.flatnonzero((np.minimum(*inside) <= (1 - _WHOLE) * runs.length) & (runs.length >= PHRASE))
    order = wanted[np.lexsort((runs.b[wanted], runs.a[wanted], -runs.length[wanted]))][:_MOST]
    for a, b, length in zip(*(column[order].tolist() for column in runs), strict=True):
        yield Box(a, a + length, b, b + length)


def _again(box: Box, taken: list[JudgedBox], side: int) -> bool:
    """Whether the box holds, on the side that is not `side`, most of a passage: its words stand on `side` once more."""
    begin, end = box[2 - 2 * side : 4 - 2 * side]
    spans = (passage.box[2 - 2 * side : 4 - 2 * side] for passage in taken)
    return any(min(end, stop) - max(begin, start) >= _WHOLE * (stop - start) for start, stop in spans)


def _held(taken: list[JudgedBox], side: int, size: int) -> NDArray[np.bool_]:
    """Which tokens of a side the passages keep."""
    covered = np.zeros(size, bool)
    for passage in taken:
        for step in passage.steps:
            if step.kind == "equal":
                covered[step.box[2 * side] : step.box[2 * side + 1]] = True
    return covered
