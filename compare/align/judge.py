"""What passages are: kind, similarity and steps, or nothing where too few words are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.align.refine import (
    Box,
    Step,
    around,
    characters,
    extended,
    kept,
    kept_share,
    operations,
    steps,
    strictly,
    trimmed,
)
from compare.align.split import parts
from compare.model import Kind, Match

if TYPE_CHECKING:
    from compare.align.passages import SentenceBox
    from compare.align.side import Side
    from compare.model import Tokens

EDITED = 0.6  # share of tokens kept from which a word diff is readable
_FEW = 8.0  # weighed tokens kept in order that verbatim or edited passages need at least: a sentence, not a phrase
PHRASE, _FEWER = 12, 0.75  # or so many tokens kept, function words and all, with this share of the weight
LENGTH = 20.0  # weighed tokens of a long copy, and on each side of a rewrite
FAITHFUL = 0.9  # share of tokens kept from which a long stretch stands for itself
ALMOST = 0.999
OTHERWISE = 0.1  # what a word that is kept but written otherwise (accents, vowel signs) lacks of one kept as it is
_SENTENCE = 24  # tokens of a text that is hardly more than a sentence


@dataclass(frozen=True, slots=True)
class JudgedBox:
    """A passage with its token ranges, its steps, what it is and how alike its sides are."""

    box: Box
    steps: list[Step]
    kind: Kind
    similarity: float

    @property
    def is_copy(self) -> bool:
        """Whether most words are kept in order."""
        return self.kind in {Kind.VERBATIM, Kind.EDITED}

    @property
    def is_faithful(self) -> bool:
        """Whether nearly all of it is kept."""
        return self.similarity >= FAITHFUL

    def match(self, a: Tokens, b: Tokens) -> Match:
        """The passage as a match, in code points. Its operations tell strictly what is the same."""
        strict = strictly(self.steps, a, b)
        otherwise = (kept(self.steps) - kept(strict)) if self.is_copy else 0
        size = self.box.a1 - self.box.a0 + self.box.b1 - self.box.b0
        similarity = kept_share(strict, self.box) if self.kind is Kind.REWRITTEN else self.similarity
        return Match(
            a=characters(a, self.box.a0, self.box.a1),
            b=characters(b, self.box.b0, self.box.b1),
            kind=Kind.EDITED if otherwise else self.kind,
            similarity=similarity - OTHERWISE * 2 * otherwise / size,
            operations=operations(strict, a, b),
        )


def nearly_all(a: Side, b: Side, least: float) -> list[JudgedBox]:
    """Two texts of a sentence or so that are nearly the same, though either is too short to be a passage."""
    whole = Box(0, len(a.ids), 0, len(b.ids))
    if max(whole.a1, whole.b1) > _SENTENCE:
        return []
    every = steps(a, b, whole)
    similarity = kept_share(every, whole)
    return [JudgedBox(whole, every, Kind.EDITED, similarity)] if similarity >= least else []


def widened(passage: JudgedBox, a: Side, b: Side) -> JudgedBox:
    """A copy with the equal words just outside its ends: of two that are equal a subsequence may keep the wrong one."""
    return as_copy(extended(passage.steps, a, b)) if passage.is_copy else passage


def stated(pairs: list[tuple[Box, float]], a: Side, b: Side) -> list[JudgedBox]:
    """Pairs of sentences with their cosine as related passages, or as copies where that is what they are."""
    out = []
    for box, cosine in pairs:
        every = steps(a, b, box)
        copy = copied(trimmed(every, a.weights, b.weights), a)
        same = len(every) == 1 and every[0].kind == "equal"
        fact = as_copy(every) if same else JudgedBox(box, every, Kind.RELATED, cosine)
        out.append(copy if copy and is_long_copy(copy, a) else fact)
    return out


def tokens_of(passage: SentenceBox, a: Side, b: Side) -> Box:
    """The tokens of its sentences."""
    return Box(
        int(a.bounds[passage.a[0]]),
        int(a.bounds[passage.a[1] + 1]),
        int(b.bounds[passage.b[0]]),
        int(b.bounds[passage.b[1] + 1]),
    )


def copies(every: list[Step], a: Side, b: Side) -> list[JudgedBox]:
    """The verbatim and edited passages among the steps."""
    judged = [copied(part, a) for part in parts(trimmed(every, a.weights, b.weights), a, b)]
    return [passage for passage in judged if passage is not None]


def is_long_copy(passage: JudgedBox, a: Side) -> bool:
    """Whether nearly all of it is kept, and it is a sentence or two."""
    return passage.is_faithful and a.weights[passage.box.a1] - a.weights[passage.box.a0] >= LENGTH


def copied(best: list[Step], a: Side) -> JudgedBox | None:
    """The steps as a verbatim or edited passage, if most tokens are kept and they are more than a phrase."""
    if not best:
        return None
    copy = as_copy(best)
    weight = sum(a.weights[step.box.a1] - a.weights[step.box.a0] for step in best if step.kind == "equal")
    sentence = kept(best) >= PHRASE and weight >= _FEW * _FEWER
    return copy if copy.similarity >= EDITED and (weight >= _FEW or sentence) else None


def as_copy(steps: list[Step]) -> JudgedBox:
    """The steps as a passage that keeps its words in order; at least one step is equal."""
    box = around(steps)
    return JudgedBox(box, steps, Kind.VERBATIM if len(steps) == 1 else Kind.EDITED, kept_share(steps, box))
