"""What two texts share in notices alone, such as rights lines and boxes of links: nobody's own, in a pair's scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import among

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text

    U64 = NDArray[np.uint64]
    Flags = NDArray[np.bool_]


def notice_shingles(texts: tuple[Text, Text], notices: tuple[Flags, Flags], shingle: int) -> U64:
    """The shingles that both texts hold, and in notices (bool[tokens]) alone: ascending uint64[n]. O(n log n)."""
    if not (notices[0].any() and notices[1].any()):
        return np.empty(0, np.uint64)
    (inside_a, outside_a), (inside_b, outside_b) = (
        _parted(text.tokens.hashes, flags, shingle) for text, flags in zip(texts, notices, strict=True)
    )
    both = np.intersect1d(inside_a, inside_b)
    return both[~(among(both, outside_a) | among(both, outside_b))]


def _parted(hashes: U64, flags: Flags, shingle: int) -> tuple[U64, U64]:
    """The shingles that stand in notices as a whole, and the others: each ascending."""
    shingled, _ = kernels.shingles(hashes, np.array([0, len(hashes)], np.int64), shingle)
    size = min(shingle, len(hashes))
    sums = np.concatenate([[0], np.cumsum(flags)])
    inside = sums[size:] - sums[: len(sums) - size] == size
    return np.unique(shingled[inside]), np.unique(shingled[~inside])
