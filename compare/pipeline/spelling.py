"""Texts letter by letter, which few pairs ask for: kept beside a collection, or read again from where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.kernels.columns import offsets_of
from compare.text.letters import packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.columns import Column

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

ReadAgain = Callable[[list[int]], list[str]]
"""Gives the texts of documents once more, by their numbers, ascending."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """The texts of a collection as a column of packed ones: see `letters.packed`."""

    held: Column
    """Those that cannot be read again ..."""
    bounds: I64
    """... and where each document's begins: int64[n + 1]."""
    readable: Flags
    """bool[n]: which documents are read again."""
    again: ReadAgain
    longest: int
    """Code points above which there is nothing of a text."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """As `letters.packed` has it."""
        return np.dtype(np.uint64)

    def rows(self, _bounds: I64, documents: I64) -> tuple[U64, I64, I64]:
        """At least the texts of some documents (ascending), as `Stage.rows` gives them."""
        is_readable = self.readable[documents]
        column, offsets, numbers = self.held.rows(self.bounds, documents[~is_readable])
        wanted = documents[is_readable]
        more, lengths = packed(self.again(wanted.tolist()), self.longest)
        both = np.concatenate([np.diff(offsets), lengths])
        return np.concatenate([column, more]), offsets_of(both), np.concatenate([numbers, wanted])


def length_of(texts: list[str], longest: int) -> I64:
    """About how many numbers texts take that are not packed."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return np.where(lengths <= longest, (lengths + 7) // 8, 0)
