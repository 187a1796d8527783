"""The aligner's default way: many candidates, a learned estimate of each, the best ones that do not clash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.align.candidates import candidates
from compare.align.choose import chosen
from compare.align.judge import ALMOST, EDITED, JudgedBox, as_copy, copies, tokens_of
from compare.align.passages import uncrossed
from compare.align.quality import features, model
from compare.align.refine import kept_share, steps
from compare.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from compare.align.candidates import Candidate
    from compare.align.pair import Detail, TextPair
    from compare.align.refine import Box
    from compare.align.seeds import Seeds
    from compare.align.side import Side

    F64 = NDArray[np.float64]

_LEAST, _RATIO = 8, 20  # words of a rewrite on either side; times as long as one the other is (in PAN at most 16)
_REST = 0.3  # likeness of what is left, below which a passage is only the copies that it holds


@dataclass(frozen=True, slots=True)
class Examined:
    """The candidates of a pair, with all that is known of them."""

    candidates: list[Candidate]
    boxes: NDArray[np.int64]
    """int64[n, 4]: their token ranges."""
    kept: F64
    """Share of the tokens of both sides kept in order."""
    features: dict[str, F64]

    def table(self, names: Iterable[str]) -> F64:
        """The features by name: float64[n, names]."""
        return np.column_stack([self.features[name] for name in names])

    def chosen(self, estimate: F64) -> list[int]:
        """The places of those that stand as passages, by their estimated quality."""
        return chosen(self.boxes, estimate, self.kept)


def examined(pair: TextPair, detail: Detail) -> Examined:
    """The candidates of a pair, and what speaks for each."""
    every = candidates(pair, detail)
    boxes = np.array([candidate.box for candidate in every], np.int64).reshape(-1, 4)
    kept = np.array([kept_share(candidate.steps, candidate.box) for candidate in every])
    return Examined(every, boxes, kept, features(every, boxes, pair, detail))


def passages(pair: TextPair, detail: Detail) -> list[JudgedBox]:
    """The passages that are reuse."""
    weighed = examined(pair, detail)
    if not weighed.candidates:
        return []
    learned = model()
    estimate = learned.predict(weighed.table(learned.names))
    return [
        passage
        for place in weighed.chosen(estimate)
        for passage in _judged(weighed.candidates[place], float(estimate[place]), pair)
    ]


def _judged(candidate: Candidate, estimate: float, pair: TextPair) -> list[JudgedBox]:
    """A candidate with its kind, in parts where blocks changed places or a long stretch stands in one text alone."""
    a, b = pair.sides
    inside = _inside(candidate.box, pair)
    blocks = uncrossed(inside, a.lengths())
    if len(blocks) > 1:
        return [part for block in blocks for part in copies(steps(a, b, tokens_of(block, a, b)), a, b)]
    kept, parts = kept_share(candidate.steps, candidate.box), copies(candidate.steps, a, b)
    faithful = [part.is_faithful for part in parts]
    if any(faithful) and (all(faithful) if kept >= EDITED else _rest(candidate.box, parts, a, b) < _REST):
        return parts
    if kept >= EDITED:
        return [as_copy(candidate.steps)]
    if not _is_bounded(candidate.box):
        return parts
    return [JudgedBox(candidate.box, candidate.steps, Kind.REWRITTEN, min(ALMOST, max(kept, estimate)))]


def _is_bounded(box: Box) -> bool:
    """Whether each side is more than a phrase, and none is so much longer that the other cannot be made of it."""
    shorter, longer = sorted((box.a1 - box.a0, box.b1 - box.b0))
    return shorter >= _LEAST and longer <= _RATIO * shorter


def _rest(box: Box, copied: list[JudgedBox], a: Side, b: Side) -> float:
    """How alike the box is without the copies in it: share of the content words of the side with fewer."""
    left, right = np.zeros(len(a.ids), bool), np.zeros(len(b.ids), bool)
    left[box.a0 : box.a1], right[box.b0 : box.b1] = a.content[box.a0 : box.a1], b.content[box.b0 : box.b1]
    for copy in copied:
        left[copy.box.a0 : copy.box.a1] = right[copy.box.b0 : copy.box.b1] = False
    words_a, words_b = np.unique(a.ids[left]), np.unique(b.ids[right])
    return len(np.intersect1d(words_a, words_b)) / max(1, min(len(words_a), len(words_b)))


def _inside(box: Box, pair: TextPair) -> Seeds:
    """The seeds of the sentences that lie in the box by half or more."""
    middles = [(side.bounds[:-1] + side.bounds[1:]) / 2 for side in pair.sides]
    inside_a = (middles[0] >= box.a0) & (middles[0] <= box.a1)
    inside_b = (middles[1] >= box.b0) & (middles[1] <= box.b1)
    return pair.seeds.only(inside_a[pair.seeds.a] & inside_b[pair.seeds.b] & pair.seeds.reuse())
