"""How much it says that a text holds a word: little of a word of news at large, little of one of the folder's topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.events.background import background

if TYPE_CHECKING:
    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    F64 = NDArray[np.float64]

PAIR = 2
"""Texts of a pair: what only they hold is no topic."""
UNSEEN = 60
"""Texts that a folder is taken to have besides, without the word: three texts are no sample."""
HALF = 100
"""Texts of a folder that is believed as much as the background."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many texts of a folder each word stands."""

    words: U64
    """Ascending."""
    holders: I64
    texts: int

    @property
    def trust(self) -> float:
        """How far the folder's own frequencies are believed: 0 for two texts alone, towards 1 for many."""
        return (self.texts - PAIR) / (self.texts - PAIR + HALF) if self.texts > PAIR else 0.0

    def surprise(self, hashes: U64) -> tuple[F64, F64]:
        """−ln of the share of texts that hold each word: in the background, and in whichever holds more."""
        plain = -np.log(background().of(hashes))
        if self.texts <= PAIR or not len(self.words):
            return plain, plain
        places = np.minimum(np.searchsorted(self.words, hashes), len(self.words) - 1)
        holders = np.where(self.words[places] == hashes, self.holders[places], 0)
        share = np.maximum(holders - PAIR, 0) / (self.texts - PAIR + UNSEEN)
        return plain, np.minimum(plain, -np.log(np.maximum(share, 1e-9)))


ALONE = Rarity(np.empty(0, np.uint64), np.empty(0, np.int64), PAIR)
"""Of two texts and no others."""
