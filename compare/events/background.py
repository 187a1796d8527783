"""How rare words are in news at large: what two documents alone are too few to tell.

`data/background.bin`, made by `tools/make_background.py`: `MAGIC`, then as little-endian uint32 the texts counted, the
fewest texts that a listed word stands in, the words; of each word, ascending, how much the high half of its hash is
above the one before, in three bytes: all lowest bytes, all next ones, all highest; then a byte a word, `STEPS` times
the binary logarithm of its texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    F64 = NDArray[np.float64]

MAGIC = b"CMPBG\x00\x00\x02"
STEPS = 16
HIGH = np.uint64(32)
"""Bits of a hash that are not kept."""
_HEAD = len(MAGIC) + 3 * 4
_UNLISTED = 0.3  # of the fewest texts of a listed word: what an unlisted one is taken to stand in


@dataclass(frozen=True, slots=True)
class Background:
    """Words and the share of texts that each stands in."""

    words: NDArray[np.uint32]
    """The high halves of their hashes, ascending."""
    shares: F64
    """The share of each, then that of words that are not listed."""

    def of(self, hashes: U64) -> F64:
        """The share of all texts that each word stands in: float64[n], never 0."""
        return self.shares[self._places(hashes)]

    def lists(self, hashes: U64) -> NDArray[np.bool_]:
        """Which words are listed: most words of a text whose language the background knows."""
        return self._places(hashes) < len(self.words)

    def _places(self, hashes: U64) -> NDArray[np.int64]:
        high = (hashes >> HIGH).astype(np.uint32)
        places = np.searchsorted(self.words, high)
        listed = self.words[np.minimum(places, len(self.words) - 1)] == high
        return np.where(listed, places, len(self.words))


@cache
def background() -> Background:
    """The background that the package holds."""
    raw = files("compare.data").joinpath("background.bin").read_bytes()
    return decoded(raw)


def decoded(raw: bytes) -> Background:
    """The background of a file's bytes."""
    if not raw.startswith(MAGIC):
        raise ValueError("background.bin is of another version: make it with tools/make_background.py")
    texts, least, count = np.frombuffer(raw, "<u4", 3, len(MAGIC)).tolist()
    low, middle, high, steps = np.frombuffer(raw, np.uint8, 4 * count, _HEAD).reshape(4, -1)
    words = np.cumsum(low + (middle.astype(np.uint32) << 8) + (high.astype(np.uint32) << 16), dtype=np.uint32)
    holders = np.append(np.exp2(steps / STEPS), _UNLISTED * least)
    return Background(words, holders / texts)
