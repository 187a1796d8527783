"""A text as the judge of passages sees it: token ids and weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text

FUNCTION_WORD = 0.25  # what a function word weighs against a content word


@dataclass(frozen=True, slots=True)
class Side:
    """Columns over the tokens of a text (`bounds`: over its sentences)."""

    ids: NDArray[np.int64]
    """int64[tokens]: equal tokens of both texts have equal ids."""
    content: NDArray[np.bool_]
    weights: NDArray[np.float64]
    """float64[tokens + 1]: running sums."""
    bounds: NDArray[np.int64]

    def lengths(self) -> NDArray[np.float64]:
        """Weighed tokens of each sentence."""
        return np.diff(self.weights[self.bounds])


def side(text: Text, ids: NDArray[np.int64]) -> Side:
    """A text as the judge sees it, with its token ids."""
    weights = np.concatenate([[0.0], np.cumsum(np.where(text.content, 1.0, FUNCTION_WORD))])
    return Side(ids, text.content, weights, text.bounds)
