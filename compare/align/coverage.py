"""How much of a text stands in matches: the union of token ranges, so that nothing counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Mark, Match, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.model import Tokens

_MUCH = 3  # a quotation kept as one counts as reuse when it is more than one part in this of the shorter text


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


def token_ranges(match: Match) -> tuple[Span, Span]:
    """The tokens of a and of b that a match spans."""
    first, last = match.operations[0], match.operations[-1]
    return (
        Span(first.tokens_a.start, last.tokens_a.stop),
        Span(first.tokens_b.start, last.tokens_b.stop),
    )


def reused(matches: Sequence[Match], tokens_a: Tokens, tokens_b: Tokens) -> tuple[float, float]:
    """Share of a's and of b's tokens in matches that count as reuse, each in [0, 1]; 0 for a text without tokens."""
    shorter = min(len(tokens_a), len(tokens_b))
    ranges = [token_ranges(match) for match in matches if _counts(match, shorter)]
    covered = coverage(range_a for range_a, _ in ranges), coverage(range_b for _, range_b in ranges)
    return covered[0] / max(1, len(tokens_a)), covered[1] / max(1, len(tokens_b))


def _counts(match: Match, shorter: int) -> bool:
    if not match.kind.is_reuse or Mark.BOILERPLATE in match.marks or not match.operations:
        return False
    if Mark.QUOTE not in match.marks:
        return True
    return min(stop - start for start, stop in token_ranges(match)) * _MUCH > shorter
