"""What a match is called: marks that follow from its words and its place among the others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare.align.coverage import token_ranges
from compare.align.runs import heaviest_chain
from compare.model import Kind, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.model import Match, Operation, Span

_INSIDE, _OUTSIDE = 0.8, 0.2  # shares of a passage's tokens in quotation marks
_SMALL = 8  # tokens of a replacement that can be read as one changed figure or a "not" put in
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_TOUCHING = re.compile(r"[\d.,:]*\d[\d.,:]*\Z")
_FOLLOWING = re.compile(r"[\d.,:]*\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[不没沒未無无]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEGATIONS = _words(
    "not no never neither nor without cannot nicht kein keine keinen keiner keines nie niemals ohne ne pas jamais sans "
    "nunca sin jamás не нет никогда без لا لم لن ليس नहीं 不 没 沒 未 無 无",
)


def marked(matches: Sequence[Match], a: Text, b: Text) -> tuple[Match, ...]:
    """The matches with `moved`, `quote`, `unquoted` and `drift` where they hold. O(n log n)."""
    moved = _moved(matches)
    return tuple(
        replace(match, marks=tuple(_marks(match, a, b, crosses=index in moved))) for index, match in enumerate(matches)
    )


def _marks(match: Match, a: Text, b: Text, *, crosses: bool) -> list[Mark]:
    marks = _quotation(match, a, b)
    if crosses:
        marks.append(Mark.MOVED)
    if match.kind in {Kind.EDITED, Kind.REWRITTEN} and any(_drifts(step, a.text, b.text) for step in match.operations):
        marks.append(Mark.DRIFT)
    return marks


def _quotation(match: Match, a: Text, b: Text) -> list[Mark]:
    """`quote` if the passage is quoted on both sides, `unquoted` if only on one."""
    range_a, range_b = token_ranges(match)
    low, high = sorted((_share(a.quoted, range_a), _share(b.quoted, range_b)))
    if high < _INSIDE or not match.kind.is_reuse:
        return []
    if low >= _INSIDE:
        return [Mark.QUOTE]
    return [Mark.UNQUOTED] if low <= _OUTSIDE else []


def _share(flags: NDArray[np.bool_], span: Span) -> float:
    return float(flags[span.start : span.stop].mean()) if span.stop > span.start else 0.0


def _moved(matches: Sequence[Match]) -> set[int]:
    """Matches outside the heaviest chain that crosses nowhere. Those that only overlap another one cross nothing."""
    reuse = [index for index, match in enumerate(matches) if match.kind.is_reuse]
    order = sorted(reuse, key=lambda index: (matches[index].a, matches[index].b))
    values = np.array([matches[index].b.start for index in order], dtype=np.int64)
    weights = np.array([_tokens(matches[index]) for index in order], dtype=np.int64)
    kept = [order[place] for place in heaviest_chain(values, weights).tolist()]
    others = [index for index in order if index not in set(kept)]
    return {index for index in others if any(_crossing(matches[index], matches[other]) for other in kept)}


def _tokens(match: Match) -> int:
    return sum(stop - start for start, stop in token_ranges(match))


def _crossing(one: Match, other: Match) -> bool:
    """Whether one stands wholly before the other in a and wholly after it in b, or the other way round."""
    return (one.a.stop <= other.a.start and other.b.stop <= one.b.start) or (
        other.a.stop <= one.a.start and one.b.stop <= other.b.start
    )


def _drifts(step: Operation, a: str, b: str) -> bool:
    """Whether a small replacement, insertion or deletion changes a number or adds or drops a negation."""
    size = max(step.tokens_a.stop - step.tokens_a.start, step.tokens_b.stop - step.tokens_b.start)
    if step.kind == "equal" or size > _SMALL:
        return False
    numbers_a, numbers_b = _numbers(a, step.a), _numbers(b, step.b)
    if numbers_a and numbers_b and numbers_a != numbers_b:
        return True
    return _negations(a, step.a) != _negations(b, step.b)


def _numbers(text: str, span: Span) -> Counter[str]:
    """Numbers in a span widened to the figures that touch it: "4" grows to "4.2" where only ".2" differs."""
    before = _TOUCHING.search(text[max(0, span.start - 24) : span.start])
    after = _FOLLOWING.match(text, span.stop, span.stop + 24)
    start = span.start - len(before[0]) if before else span.start
    return Counter(_NUMBER.findall(text[start : after.end() if after else span.stop]))


def _negations(text: str, span: Span) -> int:
    words = _WORD.findall(text[span.start : span.stop].lower())
    return sum(word in _NEGATIONS or word.replace("’", "'").endswith("n't") for word in words)
