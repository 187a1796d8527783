"""What of a text stands word for word, edited or reworded in another one, in words: the bar of a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from compare.model import Bar, Kind
from compare.text.coverage import is_aside, token_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Match

    Side = Literal["a", "b"]

RUN = 8
"""Words in a row from which kept words are word for word: reworded copy keeps six at the most."""
_NEW, _REWORDED, _EDITED, _VERBATIM, _ASIDE = range(5)


def bar(matches: Sequence[Match], side: Side, words: int) -> Bar:
    """How many of a side's `words` words correspond to the other side's, and how; linear in matches and words.

    Word for word are the words of verbatim passages, and of others those that are kept in runs of `RUN` or more.
    What an edit put in is new; of what it replaced, no more than stands against it corresponds. What is nobody's
    (boilerplate, quoted by both) is set aside, whatever else it stands in, so that the rest is `reused` of the pair.
    """
    painted = np.zeros(words, np.int8)
    for match in matches:
        if match.counts:
            _paint(painted, match, side)
    for match in matches:
        if is_aside(match):
            painted[slice(*token_ranges(match)[side == "b"])] = _ASIDE
    new, reworded, edited, verbatim, aside = np.bincount(painted, minlength=5).tolist()
    return Bar(words, verbatim, edited, reworded, aside, new)


def taken(matches: Sequence[Match], side: Side, words: int) -> NDArray[np.bool_]:
    """Which of a side's words correspond to the other's in matches that count: bool[words]."""
    painted = np.zeros(words, np.int8)
    for match in matches:
        if match.counts:
            _paint(painted, match, side)
    return painted > _NEW


def _paint(painted: NDArray[np.int8], match: Match, side: Side) -> None:
    """Where a word stands in several passages, the closest counts."""
    rest = _REWORDED if match.kind is Kind.REWRITTEN else _EDITED
    for step in match.operations:
        size = min(step.tokens_a.stop - step.tokens_a.start, step.tokens_b.stop - step.tokens_b.start)
        start = (step.tokens_a if side == "a" else step.tokens_b).start
        is_verbatim = step.kind == "equal" and (size >= RUN or match.kind is Kind.VERBATIM)
        part = painted[start : start + size]
        np.maximum(part, _VERBATIM if is_verbatim else rest, out=part)
    for inner in match.inside:
        _paint(painted, inner, side)
