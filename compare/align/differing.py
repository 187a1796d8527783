"""The facts that differ between a text and nearly the same one, without an alignment: one diff of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.judge import as_copy
from compare.align.marks.capitals import Capitals
from compare.align.marks.drift.read import drifts
from compare.align.refine import Box, Step, steps, trimmed
from compare.align.side import side

if TYPE_CHECKING:
    from compare.align.prepare import Text
    from compare.model import Drift

_BRIEF = 8  # tokens of a change at an end of both texts that is no other text beside the one: a place, a date


def differing(a: Text, b: Text) -> tuple[Drift, ...]:
    """The facts that surely differ, by their place in a. For texts that are versions of one, or one part of the other.

    >>> from compare.align.prepare import prepare
    >>> a, b = prepare("It counted 391 new cases last week."), prepare("It counted 744 new cases last week.")
    >>> [(a.text[slice(*drift.a)], b.text[slice(*drift.b)]) for drift in differing(a, b)]
    [('391', '744')]
    """
    if not len(a.tokens) or not len(b.tokens):
        return ()
    ids = np.unique(np.concatenate([a.tokens.hashes, b.tokens.hashes]), return_inverse=True)[1]
    sides = side(a, ids[: len(a.tokens)]), side(b, ids[len(a.tokens) :])
    every = steps(*sides, Box(0, len(a.tokens), 0, len(b.tokens)))
    best = _with_ends(every, trimmed(every, sides[0].weights, sides[1].weights))
    if not best:
        return ()
    match = as_copy(best).match(a.tokens, b.tokens)
    return tuple(drift for drift in drifts(match, (a, b), Capitals(a, b)) if drift.sure)


def _with_ends(every: list[Step], best: list[Step]) -> list[Step]:
    """The stretch with what both texts begin or end with instead of each other, where that is brief."""
    if not best:
        return []
    before, behind = every[0], every[-1]
    starts = [before] if len(every) > 1 and every[1] is best[0] and _is_brief(before) else []
    ends = [behind] if len(every) > 1 and every[-2] is best[-1] and _is_brief(behind) else []
    return [*starts, *best, *ends]


def _is_brief(step: Step) -> bool:
    return max(step.box.a1 - step.box.a0, step.box.b1 - step.box.b0) <= _BRIEF
