"""All that is read off two texts before passages are sought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.align.cells import Cells, affordable, cells
from compare.align.runs import Runs, runs
from compare.align.seeds import Seeds, seeds
from compare.align.side import Side, Words, side, words
from compare.align.story import same_story
from compare.align.windows import supported

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text


@dataclass(frozen=True, slots=True)
class Detail:
    """What is known where all sentences can be compared with all."""

    words: Words
    cells: Cells
    shares: tuple[NDArray[np.float64], NDArray[np.float64]]
    """For each sentence of a and of b the share of its weight in the best window of the other text."""


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts with what they share."""

    sides: tuple[Side, Side]
    runs: Runs
    seeds: Seeds
    story: float
    """Cosine of the two texts' content words, in [0, 1]."""
    detail: Detail | None
    """None where the texts are too long to compare every sentence with every one."""


def paired(a: Text, b: Text) -> TextPair:
    """Two texts with tokens, looked at together."""
    places = np.unique(np.concatenate([a.tokens.hashes, b.tokens.hashes]), return_inverse=True)[1]
    sides = side(a, places[: len(a.tokens)]), side(b, places[len(a.tokens) :])
    shared = runs(sides[0].ids, sides[1].ids)
    by_sentence = cells(a, b) if affordable(a, b) else None
    detail = None
    if by_sentence is not None:
        both = words(*sides)
        detail = Detail(both, by_sentence, supported(both))
    return TextPair(sides, shared, seeds(a, b, shared, by_sentence), same_story(a, b), detail)
