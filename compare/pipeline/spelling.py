"""Texts letter by letter, which few pairs ask for: kept beside a collection, or read again from where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.kernels.columns import offsets_of
from compare.pipeline.engines.columns import all_of
from compare.pipeline.saved import MOST, check_fit, flags_of, values_at
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
    """The texts of a collection as a column of packed ones (`letters.packed`), all of it where it was put out."""

    held: Column
    """Those that cannot be read again, one after the other ..."""
    lengths: Column
    """... how many numbers each takes, and about as many each that can ..."""
    readable: Column
    """... and which can."""
    again: ReadAgain | None
    longest: int
    """Code points above which there is nothing of a text."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """As `letters.packed` has it."""
        return np.dtype(np.uint64)

    @property
    def bounds(self) -> I64:
        """Where each text would begin, if all were held: int64[n + 1]. Raises InputError."""
        return offsets_of(self._lengths())

    def _lengths(self) -> I64:
        lengths = np.asarray(all_of(self.lengths), np.int64)
        check_fit(lengths.min(initial=0) >= 0 and lengths.sum(dtype=np.float64) < MOST)
        return lengths

    def rows(self, _bounds: I64, documents: I64) -> tuple[U64, I64, I64]:
        """At least the texts of some documents (ascending), as `Stage.rows` gives them."""
        if self.again is None:
            return self._kept(documents)
        is_readable = values_at(self.readable, documents) != 0
        column, offsets, numbers = self._kept(documents[~is_readable])
        wanted = documents[is_readable]
        more, lengths = packed(self.again(wanted.tolist()), self.longest)
        both = np.concatenate([np.diff(offsets), lengths])
        return np.concatenate([column, more]), offsets_of(both), np.concatenate([numbers, wanted])

    def _kept(self, documents: I64) -> tuple[U64, I64, I64]:
        """The rows of some that are held."""
        if not len(documents):
            return np.empty(0, np.uint64), offsets_of(documents), documents
        lengths = self._lengths()
        if self.again is not None:
            lengths[flags_of(self.readable)] = 0
        bounds = offsets_of(lengths)
        check_fit(len(self.held) == bounds[-1])
        return self.held.rows(bounds, documents)


def length_of(texts: list[str], longest: int) -> I64:
    """About how many numbers texts take that are not packed."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return np.where(lengths <= longest, (lengths + 7) // 8, 0)
