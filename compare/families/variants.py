"""Each sentence of the text that a family is around, and what became of it in another version."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Span
from compare.text.coverage import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.families.bars import Side
    from compare.model import Match, Operation, Tokens

KEPT = 0.4
"""Share of a sentence's words that must correspond for the other text to have it at all."""


class Variant(NamedTuple):
    """A sentence in another version: where it stands there, and whether all its words stand there in their order."""

    span: Span
    is_same: bool


def variants(
    matches: Sequence[Match], side: Side, sentences: Sequence[Span], tokens: tuple[Tokens, Tokens]
) -> list[Variant | None]:
    """What became of sentences of a side, None where the other text has them not; `tokens` are the side's, the other's.

    Of several passages that hold a sentence the one counts that has most of it. Linear in sentences and matches.
    """
    own, other = tokens
    starts = own.starts.tolist()
    found: list[Variant | None] = []
    for sentence in sentences:
        words = Span(bisect_left(starts, sentence.start), bisect_left(starts, sentence.stop))
        steps = max((_steps_in(match, side, words) for match in matches), key=_size, default=[])
        found.append(_variant(steps, words, other))
    return found


class _Step(NamedTuple):
    """Words of the side, and those of the other that stand against them."""

    own: Span
    other: Span
    is_same: bool


def _steps_in(match: Match, side: Side, words: Span) -> list[_Step]:
    """The steps of a passage inside a range of words."""
    if not match.operations or not match.kind.is_reuse:
        return []
    return [part for step in match.operations for part in _within(step, side, words)]


def _within(step: Operation, side: Side, words: Span) -> Iterator[_Step]:
    own, other = (step.tokens_a, step.tokens_b) if side == "a" else (step.tokens_b, step.tokens_a)
    start, stop = max(own.start, words.start), min(own.stop, words.stop)
    if start < stop and other.start < other.stop:
        if step.kind == "equal":
            other = Span(other.start + start - own.start, other.start + stop - own.start)
        yield _Step(Span(start, stop), other, step.kind == "equal")


def _size(steps: Sequence[_Step]) -> int:
    return sum(step.own.stop - step.own.start for step in steps)


def _variant(steps: Sequence[_Step], words: Span, other: Tokens) -> Variant | None:
    """From the first to the last word of the other text that stands against the sentence."""
    if not steps or _size(steps) < KEPT * (words.stop - words.start):
        return None
    part = Span(steps[0].other.start, steps[-1].other.stop)
    is_same = len(steps) == 1 and steps[0].is_same and _size(steps) == words.stop - words.start
    return Variant(span_of(other, part), is_same)
