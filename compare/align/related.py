"""Pairs of sentences that state the same fact without one being made from the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.refine import Box

if TYPE_CHECKING:
    from compare.align.judge import Judged
    from compare.align.prepare import Text
    from compare.align.seeds import Seeds

PLAIN = 0.22  # cosine from which two sentences plainly share a fact
MUTUAL = 0.15  # the same for two that are each other's best
_NEAR_BEST = 0.5  # a sentence's other partners must reach this share of its best one
_WORDS = 4  # content words that a sentence must hold to state a fact


def related(found: Seeds, a: Text, b: Text, taken: list[Judged]) -> list[tuple[Box, float]]:
    """Token ranges and cosine of the related pairs outside the passages that are `taken`."""
    if not len(found.a):
        return []
    best_a, best_b = np.zeros(len(a.sentences)), np.zeros(len(b.sentences))
    np.maximum.at(best_a, found.a, found.cosine)
    np.maximum.at(best_b, found.b, found.cosine)
    mutual = np.minimum(found.cosine / best_a[found.a], found.cosine / best_b[found.b])
    plain = (found.cosine >= PLAIN) & (mutual >= _NEAR_BEST)
    kept = plain | ((found.cosine >= MUTUAL) & (mutual >= 1))
    words_a = np.bincount(a.owner, weights=a.content, minlength=len(a.sentences))
    words_b = np.bincount(b.owner, weights=b.content, minlength=len(b.sentences))
    kept &= (words_a[found.a] >= _WORDS) & (words_b[found.b] >= _WORDS)
    pairs = found.only(kept)
    boxes = [
        (Box(*a.bounds[[i, i + 1]].tolist(), *b.bounds[[j, j + 1]].tolist()), cosine)
        for i, j, cosine in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.cosine.tolist(), strict=True)
    ]
    return [(box, min(0.999, cosine)) for box, cosine in boxes if not any(_within(box, one.box) for one in taken)]


def _within(box: Box, taken: Box) -> bool:
    """Whether either side of the pair stands in a passage already matched."""
    return (box.a0 < taken.a1 and taken.a0 < box.a1) or (box.b0 < taken.b1 and taken.b0 < box.b1)
