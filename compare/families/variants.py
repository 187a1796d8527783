"""Each sentence of the text that a family is around, and what became of it in another version."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Span
from compare.text.coverage import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.families.bars import Side
    from compare.model import Match, Tokens

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

    Of several passages that hold a sentence the one counts that has most of it. A search a sentence and passage.
    """
    own, other = tokens
    starts = own.starts.tolist()
    steps = [[*_steps_of(match, side)] for match in matches if match.operations and match.kind.is_reuse]
    found: list[Variant | None] = []
    for sentence in sentences:
        words = Span(bisect_left(starts, sentence.start), bisect_left(starts, sentence.stop))
        inside = max((_inside(of_match, words) for of_match in steps), key=_size, default=[])
        found.append(_variant(inside, words, other))
    return found


class _Step(NamedTuple):
    """Words of the side, and those of the other that stand against them."""

    own: Span
    other: Span
    is_same: bool


def _steps_of(match: Match, side: Side) -> Iterator[_Step]:
    """The steps of a passage that have words on both sides, in order."""
    for step in match.operations:
        own, other = (step.tokens_a, step.tokens_b) if side == "a" else (step.tokens_b, step.tokens_a)
        if own.start < own.stop and other.start < other.stop:
            yield _Step(own, other, step.kind == "equal")


def _inside(steps: Sequence[_Step], words: Span) -> list[_Step]:
    """The parts of steps inside a range of words."""
    first = bisect_right(steps, words.start, key=lambda step: step.own.stop)
    last = bisect_left(steps, words.stop, key=lambda step: step.own.start)
    return [_within(step, words) for step in steps[first:last]]


def _within(step: _Step, words: Span) -> _Step:
    own, other, is_same = step
    start, stop = max(own.start, words.start), min(own.stop, words.stop)
    if is_same:
        other = Span(other.start + start - own.start, other.start + stop - own.start)
    return _Step(Span(start, stop), other, is_same)


def _size(steps: Sequence[_Step]) -> int:
    return sum(step.own.stop - step.own.start for step in steps)


def _variant(steps: Sequence[_Step], words: Span, other: Tokens) -> Variant | None:
    """From the first to the last word of the other text that stands against the sentence."""
    if not steps or _size(steps) < KEPT * (words.stop - words.start):
        return None
    part = Span(steps[0].other.start, steps[-1].other.stop)
    is_same = len(steps) == 1 and steps[0].is_same and _size(steps) == words.stop - words.start
    return Variant(span_of(other, part), is_same)
