"""What was corrected between two versions of an article, each correction with its words in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.changes.edits import edits_of
from compare.changes.listed import changes_between
from compare.changes.side import side_of
from compare.model import Correction, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.changes.edits import Edit
    from compare.changes.side import Side
    from compare.model import Change, Comparison, Document

_NONE = Span(0, 0)


def corrections_of(comparison: Comparison, old: Document, new: Document) -> tuple[Correction, ...]:
    """What was corrected from the old version to the new one: of the head, then facts, other edits, whole sentences.

    What only moved is no correction. The old version may be either side of the pair.
    """
    is_turned = comparison.a != old.id and comparison.a == new.id
    a, b = (new, old) if is_turned else (old, new)
    edits = edits_of(comparison, changes_between(comparison, a, b), a, b)
    of_a = (Correction((), span, _NONE) for span in _sentences(side_of(a), edits.alone_a))
    of_b = (Correction((), _NONE, span) for span in _sentences(side_of(b), edits.alone_b))
    found = [*map(_of_change, edits.loose), *map(_of_edit, edits.edits), *of_a, *of_b]
    return tuple(sorted((one.exchanged() for one in found) if is_turned else found, key=_place))


def _place(correction: Correction) -> tuple[int, Span, Span]:
    """Of the head, facts and quotations, other edits, what the old version alone has, what the new one has."""
    if correction.changes:
        return int(not correction.changes[0].kind.is_of_head), correction.old, correction.new
    alone = 4 if correction.old == _NONE else 3
    return 2 if correction.kind else alone, correction.old, correction.new


def _of_change(change: Change) -> Correction:
    return Correction((change,), change.sentence_a, change.sentence_b)


def _of_edit(edit: Edit) -> Correction:
    return Correction(edit.changes, edit.a, edit.b, edit.kind, edit.operations)


def _sentences(side: Side, spans: Sequence[Span]) -> Iterator[Span]:
    """The sentences of what one version alone has, or the parts of them that it has."""
    for span in spans:
        start, stop = side.tokens_in(span)
        cuts = [bound for bound in side.bounds if start < bound < stop]
        for first, last in zip([start, *cuts], [*cuts, stop], strict=True):
            yield side.span(Span(first, last))
