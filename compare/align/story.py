"""Whether two texts tell of one story, by their words alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from compare.align.prepare import Text


@lru_cache(maxsize=1)
def same_story(a: Text, b: Text) -> float:
    """Cosine of the documents' content words, repeats damped: in [0, 1], 0 for a text without content words.

    Two sentences are read differently in one story and in two: "charged with murder" is a fact of one, a phrase in two.
    """
    words, places = np.unique(
        np.concatenate([a.tokens.hashes[a.content], b.tokens.hashes[b.content]]), return_inverse=True
    )
    size = int(a.content.sum())
    left = np.log1p(np.bincount(places[:size], minlength=len(words)))
    right = np.log1p(np.bincount(places[size:], minlength=len(words)))
    # 1e-9: a text without content words has the length 0, and 0 / 1e-9 is 0
    return float(left @ right / max(1e-9, float(np.linalg.norm(left) * np.linalg.norm(right))))
