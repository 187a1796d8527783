"""Where the passages of a pair part, sentence by sentence; and what stands in one text alone.

A passage is cut where a sentence begins on both sides: each piece whose words differ is an edit, and one that a single
side has stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.changes.side import side_of
from compare.model import ChangeKind, HeadPart, Kind, Operation, Span
from compare.text.coverage import meet, span_of, token_ranges
from compare.text.numbering import numbered
from compare.text.signs import letters, with_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.changes.side import Side
    from compare.model import Change, Comparison, Document, Match

_HEADS = {ChangeKind.HEADLINE: HeadPart.TITLE, ChangeKind.BYLINE: HeadPart.BYLINE, ChangeKind.CREDIT: HeadPart.CREDIT,
          ChangeKind.LICENCE: HeadPart.LICENCE}  # fmt: skip
_SCRAP = 2  # words that two sentences may begin with alike, at the end of a passage
_READABLE = 0.5  # share of the words of the longer side that are kept, below which both sides are told apart


@dataclass(frozen=True, slots=True)
class Edit:
    """Sentences that correspond and of which words differ."""

    kind: Kind
    """Edited, or rewritten: of those few words are kept."""
    operations: tuple[Operation, ...]
    changes: tuple[Change, ...] = ()
    """Those of the pair's changes that stand in it."""
    in_other_words: bool = False
    """Whether its whole passage is reworded: what one side has may stand elsewhere in it on the other."""

    @property
    def a(self) -> Span:
        """From its first to its last word in a."""
        return _extent([step.a for step in self.operations])

    @property
    def b(self) -> Span:
        """The same in b."""
        return _extent([step.b for step in self.operations])


def _extent(spans: Sequence[Span]) -> Span:
    """From the first to the last of some spans, the empty ones at its ends left out."""
    full = [span for span in spans if span.start < span.stop]
    return Span(full[0].start, full[-1].stop) if full else spans[0]


@dataclass(frozen=True, slots=True)
class Edits:
    """All that differs between two texts."""

    edits: tuple[Edit, ...]
    """By their passages."""
    loose: tuple[Change, ...]
    """Changes that stand in no edit: those of the heads, and lost quotation marks around the same words."""
    moved: tuple[Change, ...]
    """What stands in another place, for sure."""
    alone_a: tuple[Span, ...]
    """What a alone has, in order and as long as may be ..."""
    alone_b: tuple[Span, ...]
    """... and what b alone has."""


class _Piece(NamedTuple):
    """A part of a passage from one place where a sentence begins on both sides to the next."""

    number: int
    """Of its passage."""
    kind: Kind
    steps: tuple[Operation, ...]
    in_other_words: bool
    """Whether its passage is reworded."""

    @property
    def ranges(self) -> tuple[Span, Span]:
        """Its tokens in a and in b."""
        first, last = self.steps[0], self.steps[-1]
        return Span(first.tokens_a.start, last.tokens_a.stop), Span(first.tokens_b.start, last.tokens_b.stop)

    @property
    def is_alone(self) -> bool:
        """Whether one side has nothing of it."""
        return any(start == stop for start, stop in self.ranges)


def edits_of(comparison: Comparison, changes: Sequence[Change], a: Document, b: Document) -> Edits:
    """What differs between two texts, with the changes of `changes_of` where they stand."""
    heads = {_HEADS[change.kind] for change in changes if change.kind.is_of_head}
    sides = side_of(a, heads), side_of(b, heads)
    passages = [match for match in numbered(comparison.matches) if match.kind.is_reuse]
    pieces = [piece for number, match in enumerate(passages, 1) for piece in _pieces(number, match, sides)]
    edits, loose = _with_changes([piece for piece in pieces if _is_edit(piece, sides)], changes)
    inside = [token_ranges(part) for match in passages for part in match.inside]
    shared = [*inside, *(piece.ranges for piece in pieces if not piece.is_alone and not _is_scrap(piece, sides))]
    return Edits(
        tuple(edits),
        tuple(loose),
        tuple(change for change in changes if change.kind is ChangeKind.MOVED),
        _alone(sides[0], [span for span, _ in shared]),
        _alone(sides[1], [span for _, span in shared]),
    )


def _pieces(number: int, match: Match, sides: tuple[Side, Side]) -> Iterator[_Piece]:
    """A passage in pieces."""
    steps = [part for step in match.operations for part in _cut(step, sides)]
    begins = [
        at for at, step in enumerate(steps) if at == 0 or _begins(step.tokens_a.start, step.tokens_b.start, sides)
    ]
    for start, stop in pairwise([*begins, len(steps)] if steps else []):
        kind = _kind_of(steps[start:stop])
        yield _Piece(number, kind, tuple(steps[start:stop]), match.kind is Kind.REWRITTEN)


def _kind_of(steps: Sequence[Operation]) -> Kind:
    """Edited where so much is kept that the words between the changes can be read, else reworded."""
    size_a = steps[-1].tokens_a.stop - steps[0].tokens_a.start
    size_b = steps[-1].tokens_b.stop - steps[0].tokens_b.start
    kept = sum(step.tokens_a.stop - step.tokens_a.start for step in steps if step.kind == "equal")
    return Kind.EDITED if kept >= _READABLE * max(size_a, size_b) or not size_a or not size_b else Kind.REWRITTEN


def _is_scrap(piece: _Piece, sides: tuple[Side, Side]) -> bool:
    """Whether it is a word or two with which sentences of both sides begin alike, and no more of them."""
    ends = zip(piece.ranges, sides, strict=True)
    return all(stop - start <= _SCRAP and stop not in side.bounds for (start, stop), side in ends)


def _begins(a: int, b: int, sides: tuple[Side, Side]) -> bool:
    """Whether a sentence begins with a token of a, and one with a token of b."""
    return a in sides[0].starts and b in sides[1].starts


def _cut(step: Operation, sides: tuple[Side, Side]) -> Iterator[Operation]:
    """A step of equal words where sentences begin on both sides; any other one whole."""
    (a, stop), b = step.tokens_a, step.tokens_b.start
    if step.kind != "equal":
        yield step
        return
    inside = [at for at in range(1, stop - a) if _begins(a + at, b + at, sides)]
    for start, end in pairwise([0, *inside, stop - a]):
        tokens_a, tokens_b = Span(a + start, a + end), Span(b + start, b + end)
        spans = span_of(sides[0].tokens, tokens_a), span_of(sides[1].tokens, tokens_b)
        yield Operation("equal", *spans, tokens_a, tokens_b)


def _is_edit(piece: _Piece, sides: tuple[Side, Side]) -> bool:
    """Whether words differ in a piece that both sides have, and that isn't told as a headline, byline or credit."""
    if piece.is_alone or _is_told(piece, sides):
        return False
    return any(step.kind != "equal" or _differs(step, sides) for step in piece.steps)


def _is_told(piece: _Piece, sides: tuple[Side, Side]) -> bool:
    edit = Edit(piece.kind, piece.steps)
    return any(
        head.start <= span.start and span.stop <= head.stop
        for side, span in zip(sides, (edit.a, edit.b), strict=True)
        for head in side.told
    )


def _differs(step: Operation, sides: tuple[Side, Side]) -> bool:
    """Whether equal words are written otherwise: with other accents, parted, with another sign of money."""
    a, b = (side.text[slice(*with_signs(side.text, span))] for side, span in zip(sides, (step.a, step.b), strict=True))
    return letters(a) != letters(b)


def _with_changes(pieces: Sequence[_Piece], changes: Sequence[Change]) -> tuple[list[Edit], list[Change]]:
    """The edits with the changes that stand in them, and the changes that stand in none."""
    loose, edits = [change for change in changes if change.kind is not ChangeKind.MOVED], list[Edit]()
    for piece in pieces:
        edit = Edit(piece.kind, piece.steps)
        inside = tuple(change for change in loose if change.passage == piece.number and _stands_in(change, edit))
        loose = [change for change in loose if change not in inside]
        edits.append(Edit(piece.kind, piece.steps, inside, piece.in_other_words))
    return edits, loose


def _stands_in(change: Change, edit: Edit) -> bool:
    """Whether a change is one of an edit's words; lost quotation marks are no words."""
    if change.kind is ChangeKind.MARKS:
        return False
    has_a = change.span_a.start < change.span_a.stop
    return meet(change.span_a, edit.a) if has_a else meet(change.span_b, edit.b)


def _alone(side: Side, shared: Sequence[Span]) -> tuple[Span, ...]:
    """What stands in no shared piece and in no head that is told, from the first to the last word of each run."""
    inside = np.zeros(len(side.tokens) + 2, bool)
    inside[[0, -1]] = True
    for start, stop in (*shared, *map(side.tokens_in, side.told)):
        inside[start + 1 : stop + 1] = True
    edges = np.flatnonzero(np.diff(inside)).tolist()
    return tuple(span_of(side.tokens, run) for run in zip(edges[::2], edges[1::2], strict=True))
