"""Boxes that may be passages: clusters of seeds at two strengths, what sums up what, each also cut to its best part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.align.passages import cluster_ranges
from compare.align.refine import Box, Step, around, kept, steps, trimmed
from compare.align.windows import summaries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.pair import Detail, TextPair
    from compare.align.side import Side

STRENGTHS = ((0.33, 0.33), (0.25, 0.25))
"""Cosine and Dice from which a pair of sentences is a seed; likelier and more complete passages."""
MOST = 500
"""Ranges looked at, the largest first: what two books of a thousand pages have in common is bounded like this."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Token ranges with the steps from one side to the other."""

    box: Box
    steps: list[Step]

    @property
    def kept(self) -> int:
        """Tokens kept in order."""
        return kept(self.steps)


def candidates(pair: TextPair, detail: Detail) -> list[Candidate]:
    """Boxes that may be passages, by token range, each once."""
    a, b = pair.sides
    strong = [pair.seeds.at_least(*limits) for limits in STRENGTHS]
    ranges = {extent for seeds in strong for extent in cluster_ranges(seeds, a.lengths(), b.lengths())}
    ranges.update(summaries(detail.cells, detail.shares))
    largest = sorted(ranges, key=lambda extent: ((extent[0] - extent[1]) * (extent[3] - extent[2]), extent))[:MOST]
    out: dict[Box, Candidate] = {}
    for extent in largest:
        box = Box(*a.bounds[[extent[0], extent[1]]].tolist(), *b.bounds[[extent[2], extent[3]]].tolist())
        whole = Candidate(box, steps(a, b, box))
        out.setdefault(box, whole)
        best = trimmed(whole.steps, a.weights, b.weights)
        if best:
            out.setdefault(around(best), Candidate(around(best), best))
    return [out[box] for box in sorted(out)]


def sentence_ranges(boxes: NDArray[np.int64], a: Side, b: Side) -> NDArray[np.int64]:
    """int64[n, 8]: the boxes with the sentences that they touch, half-open, as the kernel `evidence` wants them."""
    touched = [
        a.owner[boxes[:, 0]], a.owner[boxes[:, 1] - 1] + 1, b.owner[boxes[:, 2]], b.owner[boxes[:, 3] - 1] + 1,
    ]  # fmt: skip
    return np.ascontiguousarray(np.column_stack([boxes, *touched]))
