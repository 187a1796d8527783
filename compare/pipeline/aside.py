"""What two texts share in notices alone, such as rights lines and boxes of links: nobody's own, in a pair's scores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import among
from compare.model import VERDICTS, Verdict
from compare.pipeline.score import Overlaps, shared_counts, verdicts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.pipeline.comparison import WordScores
    from compare.settings import Settings

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


def without(scores: WordScores, texts: tuple[Text, Text], aside: U64, common: U64, settings: Settings) -> WordScores:
    """The scores of a `derived` pair as if the shingles in `aside` were common, too. Both are ascending.

    Stronger verdicts stand by what they keep of the whole text.
    """
    if scores.verdict is not Verdict.DERIVED or not len(aside):
        return scores
    a, b = (text.tokens.hashes for text in texts)
    offsets, pair = np.array([0, len(a), len(a) + len(b)], np.int64), np.array([[0, 1]], np.int64)
    table = shared_counts(np.concatenate([a, b]), offsets, pair, np.union1d(common, aside), settings)
    own = Overlaps.of(table.astype(np.int64), scores.overlaps.kept, np.array([[len(a), len(b)]]))
    verdict = VERDICTS[int(verdicts(own, np.zeros(1, bool), settings)[0])]
    return replace(scores, verdict=max(verdict, scores.verdict, key=lambda each: each.rank), overlaps=own)
