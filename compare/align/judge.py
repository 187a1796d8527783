"""From passages to judged ones: boundaries, kind and similarity, or nothing where the evidence is thin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.align.refine import Box, Step, around, steps, trimmed
from compare.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from compare.align.passages import Passage
    from compare.align.prepare import Text

EDITED = 0.6  # share of tokens kept from which a word diff is readable
FUNCTION_WORD = 0.25  # what a function word weighs against a content word
_FEW = 6.0  # weighed tokens kept in order that verbatim or edited passages need at least: a sentence, not a phrase
_LONE_COSINE = 0.6  # what a single pair of sentences must reach to be a rewrite and not two reports of one fact
_LONE_SHARE = 0.5
_SENTENCES = 2  # or else so many sentences on each side ...
_SHARE = 0.3  # ... and this share of the content words of each side found in the other
_LENGTH = 15.0  # ... and this many weighed tokens on each side
_ALMOST = 0.999


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with its token ranges, its steps, what it is and how alike its sides are."""

    box: Box
    steps: list[Step]
    kind: Kind
    similarity: float


@dataclass(frozen=True, slots=True)
class _Side:
    """A text as the judge sees it: ids and running weights of its tokens."""

    ids: NDArray[np.int64]
    content: NDArray[np.bool_]
    weights: NDArray[np.float64]
    bounds: NDArray[np.int64]


def judged(
    found: Iterable[Passage], a: Text, b: Text, ids: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> list[Judged]:
    """The passages that are reuse: verbatim, edited or rewritten."""
    left, right = _side(a, ids[0]), _side(b, ids[1])
    kept = [_judge(passage, left, right) for passage in found]
    return [one for one in kept if one is not None]


def _side(text: Text, ids: NDArray[np.int64]) -> _Side:
    weights = np.concatenate([[0.0], np.cumsum(np.where(text.content, 1.0, FUNCTION_WORD))])
    return _Side(ids, text.content, weights, text.bounds)


def _judge(passage: Passage, a: _Side, b: _Side) -> Judged | None:
    whole = Box(
        int(a.bounds[passage.a[0]]),
        int(a.bounds[passage.a[1] + 1]),
        int(b.bounds[passage.b[0]]),
        int(b.bounds[passage.b[1] + 1]),
    )
    every = steps(a.ids, b.ids, whole)
    best = trimmed(every, a.weights, b.weights)
    if not best:
        return None
    box = around(best)
    kept = sum(step.box.a1 - step.box.a0 for step in best if step.kind == "equal")
    similarity = 2 * kept / (box.a1 - box.a0 + box.b1 - box.b0)
    if similarity >= EDITED:
        return _copied(Judged(box, best, Kind.VERBATIM if similarity == 1 else Kind.EDITED, similarity), a)
    return _rewritten(passage, Judged(whole, every, Kind.REWRITTEN, similarity), a, b)


def _copied(one: Judged, a: _Side) -> Judged | None:
    """The passage if what is kept in order is more than a phrase."""
    kept = sum(a.weights[step.box.a1] - a.weights[step.box.a0] for step in one.steps if step.kind == "equal")
    return one if kept >= _FEW else None


def _rewritten(passage: Passage, one: Judged, a: _Side, b: _Side) -> Judged | None:
    """The passage if it is too much to be two reports of one fact."""
    cosine = float(passage.seeds.cosine.max())
    share = _shares(one.box, a, b)
    lone = passage.a[0] == passage.a[1] or passage.b[0] == passage.b[1]
    least = min(a.weights[one.box.a1] - a.weights[one.box.a0], b.weights[one.box.b1] - b.weights[one.box.b0])
    if lone and (cosine < _LONE_COSINE or min(share) < _LONE_SHARE):
        return None
    if min(share) < _SHARE or least < _LENGTH:
        return None
    similarity = min(_ALMOST, max(one.similarity, (share[0] + share[1]) / 2))
    return Judged(one.box, one.steps, one.kind, similarity)


def _shares(box: Box, a: _Side, b: _Side) -> tuple[float, float]:
    """Share of the distinct content words of each side that stand in the other."""
    words_a = np.unique(a.ids[box.a0 : box.a1][a.content[box.a0 : box.a1]])
    words_b = np.unique(b.ids[box.b0 : box.b1][b.content[box.b0 : box.b1]])
    both = len(np.intersect1d(words_a, words_b, assume_unique=True))
    return both / max(1, len(words_a)), both / max(1, len(words_b))
