"""Passages by fixed limits alone: for texts too short or too long for the learned estimate, and on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.judge import ALMOST, LENGTH, JudgedBox, copies, is_long_copy, tokens_of
from compare.align.passages import passages as clusters
from compare.align.refine import kept_share, steps
from compare.align.split import apart
from compare.model import Kind

if TYPE_CHECKING:
    from compare.align.passages import SentenceBox
    from compare.align.refine import Box
    from compare.align.seeds import Seeds
    from compare.align.side import Side

_LONE_COSINE = 0.6  # what a single pair of sentences must reach to be a rewrite and not two reports of one fact
_LONE_SHARE = 0.5
_SHARE = 0.3  # or else, with two sentences or more a side, share of the content words of each side found in the other
_LONG = 40.0  # weighed tokens on each side from which that share suffices; a headline and lede are shorter ...
_SHORT_SHARE = 0.45  # ... and two reports of one event agree in them
_SUPPORT = 0.7  # of the seeded sentences, below which what is kept in order is only a part of the passage


def passages(seeds: Seeds, a: Side, b: Side) -> list[JudgedBox]:
    """The passages that are reuse: verbatim, edited or rewritten."""
    whole = clusters(seeds, a.lengths(), b.lengths())
    return [judged for passage in whole for part in apart(passage, a, b) for judged in _judge(part, a, b)]


def _judge(passage: SentenceBox, a: Side, b: Side) -> list[JudgedBox]:
    whole = tokens_of(passage, a, b)
    every = steps(a, b, whole)
    copied = copies(every, a, b)
    if copied and (any(is_long_copy(copy, a) for copy in copied) or _support(passage.seeds, copied, a, b) >= _SUPPORT):
        return copied
    rewritten = _rewritten(passage, JudgedBox(whole, every, Kind.REWRITTEN, kept_share(every, whole)), a, b)
    return [rewritten] if rewritten else copied


def _support(seeds: Seeds, copied: list[JudgedBox], a: Side, b: Side) -> float:
    """Share of the tokens of the seeded sentences that lie inside the copies, on the side where it is less."""
    sides = (
        (a.bounds, seeds.a, [(copy.box.a0, copy.box.a1) for copy in copied]),
        (b.bounds, seeds.b, [(copy.box.b0, copy.box.b1) for copy in copied]),
    )
    shares = []
    for bounds, seeded, ranges in sides:
        rows = np.unique(seeded)
        begin, end = bounds[rows], bounds[rows + 1]
        inside = sum(np.maximum(0, np.minimum(end, stop) - np.maximum(begin, start)).sum() for start, stop in ranges)
        shares.append(float(inside / (end - begin).sum()))
    return min(shares)


def _rewritten(passage: SentenceBox, judged: JudgedBox, a: Side, b: Side) -> JudgedBox | None:
    """The passage if it is too much to be two reports of one fact."""
    cosine = float(passage.seeds.cosine.max())
    share = _shares(judged.box, a, b)
    lone = passage.a[0] == passage.a[1] or passage.b[0] == passage.b[1]
    least = min(
        a.weights[judged.box.a1] - a.weights[judged.box.a0], b.weights[judged.box.b1] - b.weights[judged.box.b0]
    )
    if lone and (cosine < _LONE_COSINE or min(share) < _LONE_SHARE):
        return None
    if least < LENGTH or min(share) < (_SHARE if least >= _LONG else _SHORT_SHARE):
        return None
    similarity = min(ALMOST, max(judged.similarity, (share[0] + share[1]) / 2))
    return JudgedBox(judged.box, judged.steps, judged.kind, similarity)


def _shares(box: Box, a: Side, b: Side) -> tuple[float, float]:
    """Share of the distinct content words of each side that stand in the other."""
    words_a = np.unique(a.ids[box.a0 : box.a1][a.content[box.a0 : box.a1]])
    words_b = np.unique(b.ids[box.b0 : box.b1][b.content[box.b0 : box.b1]])
    both = len(np.intersect1d(words_a, words_b, assume_unique=True))
    return both / max(1, len(words_a)), both / max(1, len(words_b))
