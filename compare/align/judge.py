"""From passages to judged ones: boundaries, kind and similarity, or nothing where the evidence is thin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.align.passages import passages
from compare.align.refine import Box, Step, around, characters, extended, kept_share, operations, steps, trimmed
from compare.align.split import apart, parts
from compare.model import Kind, Match

if TYPE_CHECKING:
    from compare.align.passages import Passage
    from compare.align.seeds import Seeds
    from compare.align.side import Side
    from compare.model import Tokens

EDITED = 0.6  # share of tokens kept from which a word diff is readable
_FEW = 8.0  # weighed tokens kept in order that verbatim or edited passages need at least: a sentence, not a phrase
PHRASE, _FEWER = 12, 0.75  # or so many tokens kept, function words and all, with this share of the weight
_LONE_COSINE = 0.6  # what a single pair of sentences must reach to be a rewrite and not two reports of one fact
_LONE_SHARE = 0.5
_SHARE = 0.3  # or else, with two sentences or more a side, share of the content words of each side found in the other
_LENGTH = 20.0  # ... and this many weighed tokens on each side
_LONG = 40.0  # weighed tokens on each side from which that share suffices; a headline and lede are shorter ...
_SHORT_SHARE = 0.45  # ... and two reports of one event agree in them
_SUPPORT = 0.7  # of the seeded sentences, below which what is kept in order is only a part of the passage
_FAITHFUL = 0.9  # share of tokens kept from which a long stretch stands for itself
_ALMOST = 0.999
_SENTENCE = 24  # tokens of a text that is hardly more than a sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with its token ranges, its steps, what it is and how alike its sides are."""

    box: Box
    steps: list[Step]
    kind: Kind
    similarity: float

    @property
    def is_faithful(self) -> bool:
        """Whether nearly all of it is kept."""
        return self.similarity >= _FAITHFUL

    def match(self, a: Tokens, b: Tokens) -> Match:
        """The passage as a match, in code points."""
        return Match(
            a=characters(a, self.box.a0, self.box.a1),
            b=characters(b, self.box.b0, self.box.b1),
            kind=self.kind,
            similarity=self.similarity,
            operations=operations(self.steps, a, b),
        )


def judged(found: Seeds, a: Side, b: Side) -> list[Judged]:
    """The passages that are reuse: verbatim, edited or rewritten."""
    whole = passages(found, a.lengths(), b.lengths())
    return [one for passage in whole for part in apart(passage, a, b) for one in _judge(part, a, b)]


def nearly_all(a: Side, b: Side, least: float) -> list[Judged]:
    """Two texts of a sentence or so that are nearly the same, though either is too short to be a passage."""
    whole = Box(0, len(a.ids), 0, len(b.ids))
    if max(whole.a1, whole.b1) > _SENTENCE:
        return []
    every = steps(a, b, whole)
    similarity = kept_share(every, whole)
    return [Judged(whole, every, Kind.EDITED, similarity)] if similarity >= least else []


def widened(one: Judged, a: Side, b: Side) -> Judged:
    """A copy with the equal words just outside its ends: of two that are equal a subsequence may keep the wrong one."""
    if one.kind not in {Kind.VERBATIM, Kind.EDITED}:
        return one
    steps = extended(one.steps, a, b)
    box = around(steps)
    return Judged(box, steps, one.kind, kept_share(steps, box))


def stated(pairs: list[tuple[Box, float]], a: Side, b: Side) -> list[Judged]:
    """Pairs of sentences with their cosine as related passages, or as copies where that is what they are."""
    out = []
    for box, cosine in pairs:
        every = steps(a, b, box)
        copy = copied(trimmed(every, a.weights, b.weights), a)
        same = len(every) == 1 and every[0].kind == "equal"
        fact = Judged(box, every, Kind.VERBATIM, 1.0) if same else Judged(box, every, Kind.RELATED, cosine)
        out.append(copy if copy and _is_long_copy(copy, a) else fact)
    return out


def tokens_of(passage: Passage, a: Side, b: Side) -> Box:
    """The tokens of its sentences."""
    return Box(
        int(a.bounds[passage.a[0]]),
        int(a.bounds[passage.a[1] + 1]),
        int(b.bounds[passage.b[0]]),
        int(b.bounds[passage.b[1] + 1]),
    )


def _judge(passage: Passage, a: Side, b: Side) -> list[Judged]:
    whole = tokens_of(passage, a, b)
    every = steps(a, b, whole)
    found = copies(every, a, b)
    if found and (any(_is_long_copy(one, a) for one in found) or _support(passage.seeds, found, a, b) >= _SUPPORT):
        return found
    rewritten = _rewritten(passage, Judged(whole, every, Kind.REWRITTEN, kept_share(every, whole)), a, b)
    return [rewritten] if rewritten else found


def copies(every: list[Step], a: Side, b: Side) -> list[Judged]:
    """The verbatim and edited passages among the steps."""
    found = [copied(part, a) for part in parts(trimmed(every, a.weights, b.weights), a, b)]
    return [one for one in found if one is not None]


def _is_long_copy(one: Judged, a: Side) -> bool:
    return one.is_faithful and a.weights[one.box.a1] - a.weights[one.box.a0] >= _LENGTH


def _support(found: Seeds, copied: list[Judged], a: Side, b: Side) -> float:
    """Share of the tokens of the seeded sentences that lie inside the copies, on the side where it is less."""
    sides = (
        (a.bounds, found.a, [(one.box.a0, one.box.a1) for one in copied]),
        (b.bounds, found.b, [(one.box.b0, one.box.b1) for one in copied]),
    )
    shares = []
    for bounds, seeded, ranges in sides:
        rows = np.unique(seeded)
        begin, end = bounds[rows], bounds[rows + 1]
        inside = sum(np.maximum(0, np.minimum(end, stop) - np.maximum(begin, start)).sum() for start, stop in ranges)
        shares.append(float(inside / (end - begin).sum()))
    return min(shares)


def copied(best: list[Step], a: Side) -> Judged | None:
    """The steps as a verbatim or edited passage, if most tokens are kept and they are more than a phrase."""
    if not best:
        return None
    box = around(best)
    similarity = kept_share(best, box)
    equal = [step.box for step in best if step.kind == "equal"]
    weight = sum(a.weights[one.a1] - a.weights[one.a0] for one in equal)
    sentence = sum(one.a1 - one.a0 for one in equal) >= PHRASE and weight >= _FEW * _FEWER
    if similarity < EDITED or not (weight >= _FEW or sentence):
        return None
    return Judged(box, best, Kind.VERBATIM if len(best) == 1 else Kind.EDITED, similarity)


def _rewritten(passage: Passage, one: Judged, a: Side, b: Side) -> Judged | None:
    """The passage if it is too much to be two reports of one fact."""
    cosine = float(passage.seeds.cosine.max())
    share = _shares(one.box, a, b)
    lone = passage.a[0] == passage.a[1] or passage.b[0] == passage.b[1]
    least = min(a.weights[one.box.a1] - a.weights[one.box.a0], b.weights[one.box.b1] - b.weights[one.box.b0])
    if lone and (cosine < _LONE_COSINE or min(share) < _LONE_SHARE):
        return None
    if least < _LENGTH or min(share) < (_SHARE if least >= _LONG else _SHORT_SHARE):
        return None
    similarity = min(_ALMOST, max(one.similarity, (share[0] + share[1]) / 2))
    return Judged(one.box, one.steps, one.kind, similarity)


def _shares(box: Box, a: Side, b: Side) -> tuple[float, float]:
    """Share of the distinct content words of each side that stand in the other."""
    words_a = np.unique(a.ids[box.a0 : box.a1][a.content[box.a0 : box.a1]])
    words_b = np.unique(b.ids[box.b0 : box.b1][b.content[box.b0 : box.b1]])
    both = len(np.intersect1d(words_a, words_b, assume_unique=True))
    return both / max(1, len(words_a)), both / max(1, len(words_b))
