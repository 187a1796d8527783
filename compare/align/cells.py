"""How much each sentence of a agrees with each sentence of b.

The weight of a gram is its inverse sentence frequency over the sentences *of the two documents*: the words of the
shared story weigh little, the words that mark one fact keep their weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.align import products

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text

MAX_CELLS = 1_000_000  # sentences of a × sentences of b up to which all pairs are compared ...
_MAX_PRODUCTS = 100_000_000  # ... likewise gram by gram: about half a second of one core
_FINE = 256  # inverse sentence frequencies are whole numbers of such parts, and ...
_FINE_COUNT = 16  # ... the damping of repeats is of these


@dataclass(frozen=True, slots=True)
class Cells:
    """float64[sentences of a, sentences of b], each in [0, 1]."""

    cosine: NDArray[np.float64]
    dice: NDArray[np.float64]


@lru_cache(maxsize=1)
def affordable(a: Text, b: Text) -> bool:
    """Whether all pairs of sentences can be compared."""
    if len(a.sentences) * len(b.sentences) > MAX_CELLS:
        return False
    most = min(len(a.grams.hashes) * len(b.sentences), len(b.grams.hashes) * len(a.sentences))
    return most <= _MAX_PRODUCTS or _products(a.grams.hashes, b.grams.hashes) <= _MAX_PRODUCTS


def _products(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> int:
    """Pairs of sentences that hold a gram, over all grams."""
    shared = np.intersect1d(a, b)
    held_a, held_b = (np.searchsorted(x, shared, side="right") - np.searchsorted(x, shared) for x in (a, b))
    return int(held_a @ held_b)


@lru_cache(maxsize=1)
def cells(a: Text, b: Text) -> Cells:
    """Cosine and Dice of every pair of sentences, by the grams of their content words.

    Inverse sentence frequency with repeats damped as 1 + ln count (Manning, Raghavan & Schütze, ch. 6.4.1).
    """
    sizes = len(a.sentences), len(b.sentences)
    holders = np.arange(sum(sizes) + 1)
    # whole numbers: their sums are the same in any order, so that (b, a) and the compiled kernel agree to the last bit
    isf = np.rint(_FINE * np.log1p(sum(sizes) / np.maximum(holders, 1))).astype(np.int64)
    most = max(int(t.grams.counts.max(initial=1)) for t in (a, b))
    damped = np.rint(_FINE_COUNT * (1 + np.log(np.maximum(np.arange(most + 1), 1)))).astype(np.int64)
    sums = products(a.grams, b.grams, sizes, isf, damped)
    lengths = np.sqrt(sums.squares_a.astype(np.float64))[:, None] * np.sqrt(sums.squares_b.astype(np.float64))
    masses = sums.mass_a[:, None] + sums.mass_b
    return Cells(
        np.minimum(1.0, sums.dots / np.where(lengths > 0, lengths, 1.0)), 2 * sums.shared / np.maximum(masses, 1)
    )
