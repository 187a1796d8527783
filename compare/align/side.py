"""Two texts as the aligner sees them together: words numbered alike on both sides, with their weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.align import Layout, SentenceWords

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text

FUNCTION_WORD = 0.25  # what a function word weighs against a content word
_POINTS = 0x110000  # code points that there are
FINE = 256  # whole-number weights are in parts of this


@dataclass(frozen=True, slots=True)
class Side:
    """Columns over the tokens of a text (`bounds`: over its sentences)."""

    ids: NDArray[np.int64]
    """int64[tokens]: equal tokens of both texts have equal ids."""
    spelling: str | list[int]
    """The ids as a text of one character a token, which RapidFuzz reads four times as fast as a list."""
    content: NDArray[np.bool_]
    weights: list[float]
    """Running sums, one more than there are tokens: a list, since a few at a time are read of it."""
    bounds: NDArray[np.int64]
    owner: NDArray[np.int64]
    """int64[tokens]: the sentence of each token."""

    def lengths(self) -> NDArray[np.float64]:
        """Weighed tokens of each sentence."""
        return np.diff([self.weights[token] for token in self.bounds.tolist()])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of both texts, and where they stand.

    A word weighs its inverse sentence frequency over the sentences *of the two texts*: the words of the shared story
    weigh little, the words that mark one fact keep their weight.
    """

    weights: NDArray[np.int64]
    """int64[words]"""
    content: NDArray[np.uint8]
    """uint8[words]: 1 for a content word."""
    a: Layout
    b: Layout


def side(text: Text, ids: NDArray[np.int64]) -> Side:
    """A text as the judge sees it, with its token ids."""
    weights = [0.0, *np.cumsum(np.where(text.content, 1.0, FUNCTION_WORD)).tolist()]
    return Side(ids, _spelling(ids), text.content, weights, text.bounds, text.owner)


def _spelling(ids: NDArray[np.int64]) -> str | list[int]:
    if int(ids.max(initial=0)) >= _POINTS:
        return [int(word) for word in ids.tolist()]
    return ids.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")  # ids that are surrogates' are ids too


def words(a: Side, b: Side) -> Words:
    """The words of both sides by sentence, each with its weight. O(n log n)."""
    size = 1 + int(max(a.ids.max(initial=-1), b.ids.max(initial=-1)))
    rows = _rows(a), _rows(b)
    holders = sum(np.bincount(row.words, minlength=size) for row in rows)
    content = np.zeros(size, np.uint8)
    content[a.ids] = a.content
    content[b.ids] = b.content
    isf = np.log1p((len(a.bounds) + len(b.bounds) - 2) / np.maximum(holders, 1))
    # whole numbers: their sums are the same in any order, in the compiled kernel too
    weights = np.rint(FINE * isf * np.where(content, 1.0, FUNCTION_WORD)).astype(np.int64)
    return Words(weights, content, *(_layout(text, row, weights) for text, row in zip((a, b), rows, strict=True)))


def _rows(text: Side) -> SentenceWords:
    size = 1 + int(text.ids.max(initial=0))
    cells = np.unique(text.owner * size + text.ids)
    return SentenceWords(cells % size, np.searchsorted(cells, np.arange(len(text.bounds)) * size))


def _layout(text: Side, rows: SentenceWords, weights: NDArray[np.int64]) -> Layout:
    sums = np.concatenate([[0], np.cumsum(weights[rows.words])])
    return Layout(text.ids, rows, np.diff(sums[rows.starts]))
