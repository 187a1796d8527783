"""How much of a text stands in matches: the union of token ranges, so that nothing counts twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from compare.model import Mark, Match, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Operation, Tokens
QUOTED = 0.8  # share of words in quotation marks, on both sides, with which a run of them is a quotation
MOSTLY = 0.4  # share of the words that a match keeps in quotations, above which what is around them counts alone


class Words(Protocol):
    """A text by its words."""

    @property
    def tokens(self) -> Tokens:
        """Its words."""

    @property
    def quoted(self) -> NDArray[np.bool_]:
        """bool[tokens]: inside a quotation."""


def coverage(spans: Iterable[tuple[int, int]]) -> int:
    """Tokens in the union of token ranges.

    >>> coverage([(0, 4), (2, 6), (9, 10)])
    7
    """
    covered, reach = 0, 0
    for start, stop in sorted(spans):
        covered += max(0, stop - max(start, reach))
        reach = max(reach, stop)
    return covered


def span_of(tokens: Tokens, part: tuple[int, int]) -> Span:
    """From the first to the last character of a range of tokens, which is not empty."""
    start, stop = part
    return Span(int(tokens.starts[start]), int(tokens.stops[stop - 1]))


def meet(first: Span, second: Span) -> bool:
    """Whether two spans have anything in common."""
    return first.start < second.stop and second.start < first.stop


def token_ranges(match: Match) -> tuple[Span, Span]:
    """The tokens of a and of b that a match spans."""
    first, last = match.operations[0], match.operations[-1]
    return (
        Span(first.tokens_a.start, last.tokens_a.stop),
        Span(first.tokens_b.start, last.tokens_b.stop),
    )


def reused(matches: Sequence[Match], tokens_a: Tokens, tokens_b: Tokens) -> tuple[float, float]:
    """Share of a's and of b's tokens that correspond in matches that count as reuse, each in [0, 1]; 0 without tokens.

    See `corresponding`. Boilerplate, and what both sides quote, is left out above and below the line: a copy that
    carries the same rights notice is a whole copy.
    """
    sizes = len(tokens_a), len(tokens_b)
    return _shares([part for match in matches if match.counts for part in corresponding(match)], matches, sizes)


def kept(matches: Sequence[Match], a: Words, b: Words) -> tuple[float, float]:
    """The same for the tokens that these matches keep in order, if only loosely: see `keeps`.

    Where most of what a match keeps is quotations that both sides print as such, these are left out as well, above and
    below the line: what is around them is all that the one may have of the other.
    """
    prose: list[tuple[Span, Span]] = []
    quoted: list[tuple[Span, Span]] = []
    for match in matches:
        steps = [step for step in _steps(match) if match.counts and keeps(step, a.tokens, b.tokens)]
        ranges = [(step.tokens_a, step.tokens_b) for step in steps]
        inside = [pair for pair in ranges if all(map(_is_quoted, (a, b), pair))]
        if coverage(pair[0] for pair in inside) > MOSTLY * coverage(pair[0] for pair in ranges):
            quoted += inside
            ranges = [pair for pair in ranges if pair not in inside]
        prose += ranges
    return _shares(prose, matches, (len(a.tokens), len(b.tokens)), quoted)


def _is_quoted(text: Words, part: Span) -> bool:
    return int(np.count_nonzero(text.quoted[part.start : part.stop])) / (part.stop - part.start) >= QUOTED


def corresponding(match: Match) -> Iterator[tuple[Span, Span]]:
    """Token ranges of a match that correspond: equal words, and of replaced ones no more than stand against them.

    So a passage of 98 words that sums up 8,247 is 98 words of these at the most.
    """
    for step in _steps(match):
        a, b = step.tokens_a, step.tokens_b
        size = min(a.stop - a.start, b.stop - b.start)
        yield Span(a.start, a.start + size), Span(b.start, b.start + size)


def _steps(match: Match) -> Iterator[Operation]:
    """The operations of a match, and of what changed places inside."""
    yield from match.operations
    for part in match.inside:
        yield from _steps(part)


def keeps(step: Operation, a: Tokens, b: Tokens) -> bool:
    """Whether a step keeps its words: equal ones, or the same written with other marks or forms of a letter."""
    if step.kind != "replace" or (a.is_plain and b.is_plain):
        return step.kind == "equal"
    return np.array_equal(a.hashes[slice(*step.tokens_a)], b.hashes[slice(*step.tokens_b)])


def _shares(
    ranges: Sequence[tuple[Span, Span]],
    matches: Sequence[Match],
    sizes: tuple[int, int],
    aside: Sequence[tuple[Span, Span]] = (),
) -> tuple[float, float]:
    common = [*(token_ranges(match) for match in matches if is_aside(match)), *aside]
    a, b = (
        covered_share([pair[side] for pair in ranges], [pair[side] for pair in common], sizes[side]) for side in (0, 1)
    )
    return a, b


def covered_share(ranges: Iterable[tuple[int, int]], common: Sequence[tuple[int, int]], size: int) -> float:
    """Share of a text of `size` tokens that stands in ranges, what is common left out above and below the line.

    >>> covered_share([(0, 6)], [(4, 8)], size=12)
    0.5
    """
    outside = coverage(common)
    return (coverage([*common, *ranges]) - outside) / max(1, size - outside)


def counting(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches, each with whether it counts as reuse."""
    return tuple(replace(match, counts=_counts(match)) for match in matches)


def _counts(match: Match) -> bool:
    return match.kind.is_reuse and bool(match.operations) and not is_aside(match)


def is_aside(match: Match) -> bool:
    """Whether a match says nothing of reuse: boilerplate, and a quotation that both sides print as one."""
    is_quotation = Mark.QUOTE in match.marks and Mark.UNQUOTED not in match.marks
    return bool(match.operations) and (Mark.BOILERPLATE in match.marks or (match.kind.is_reuse and is_quotation))
