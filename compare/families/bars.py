"""What of a text stands word for word, edited or reworded in another one, in words: the bar of a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from compare.model import Bar, Kind
from compare.text.coverage import is_aside, token_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Match, Operation

    Side = Literal["a", "b"]

RUN = 8
"""Words in a row from which kept words are word for word: reworded copy keeps six at the most."""
HELD = 3
"""Kept words in a row that hold an edit between them: scraps of two words stand in any two texts."""
_NEW, _REWORDED, _EDITED, _VERBATIM, _ASIDE = range(5)


def bar(matches: Sequence[Match], side: Side, words: int) -> Bar:
    """How many of a side's `words` words correspond to the other side's, and how; linear in matches and words.

    Word for word are the words of verbatim passages, and of others those that are kept in runs of `RUN` or more.
    What an edit put in is new; of what it replaced, no more than stands against it corresponds. What is nobody's
    (boilerplate, quoted by both) is set aside, whatever else it stands in. The share of the rest is at most
    `reused` of the pair: scraps of kept words between other prose are not told as edited.
    """
    painted = _painted(matches, side, words)
    for match in matches:
        if is_aside(match):
            painted[slice(*token_ranges(match)[side == "b"])] = _ASIDE
    new, reworded, edited, verbatim, aside = np.bincount(painted, minlength=5).tolist()
    return Bar(words, verbatim, edited, reworded, aside, new)


def taken(matches: Sequence[Match], side: Side, words: int) -> NDArray[np.bool_]:
    """Which of a side's words correspond to the other's in matches that count: bool[words]."""
    return _painted(matches, side, words) > _NEW


def is_word_for_word(step: Operation, match: Match) -> bool:
    """Whether a step of a passage keeps its words so: those of a verbatim one, else a run of `RUN` and more."""
    return step.kind == "equal" and (_size(step) >= RUN or match.kind is Kind.VERBATIM)


def _painted(matches: Sequence[Match], side: Side, words: int) -> NDArray[np.int8]:
    """What each word of a side is of the other side's, in matches that count: int8[words]."""
    painted = np.zeros(words, np.int8)
    for match in matches:
        if match.counts:
            _paint(painted, match, side)
    return painted


def _paint(painted: NDArray[np.int8], match: Match, side: Side) -> None:
    """Where a word stands in several passages, the closest counts."""
    rest = _REWORDED if match.kind is Kind.REWRITTEN else _EDITED
    steps = match.operations if rest == _REWORDED else [*_edits(match.operations)]
    for step in steps:
        size, start = _size(step), (step.tokens_a if side == "a" else step.tokens_b).start
        part = painted[start : start + size]
        np.maximum(part, _VERBATIM if is_word_for_word(step, match) else rest, out=part)
    for inner in match.inside:
        _paint(painted, inner, side)


def _size(step: Operation) -> int:
    """Words that correspond: of replaced ones no more than stand against them."""
    return min(step.tokens_a.stop - step.tokens_a.start, step.tokens_b.stop - step.tokens_b.start)


def _edits(steps: Sequence[Operation]) -> Iterator[Operation]:
    """The steps of an edited passage that are edits of kept words, and no other prose between scraps of them.

    A run of `HELD` kept words holds; what was replaced is an edit where it has no more words than that and stands
    between two that hold; a shorter run is kept where it stands beside one that holds, but for one step.
    """
    nothing = (False, False)
    holds = [*nothing, *(step.kind == "equal" and _size(step) >= HELD for step in steps), *nothing]
    for at, step in enumerate(steps, len(nothing)):
        close = holds[at - 2] or holds[at - 1] or holds[at + 1] or holds[at + 2]
        is_edit = step.kind == "replace" and holds[at - 1] and holds[at + 1] and _size(step) <= HELD
        if holds[at] or is_edit or (step.kind == "equal" and (close or len(steps) == 1)):
            yield step
