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

    What only moved is no correction.
    """
    edits = edits_of(comparison, changes_between(comparison, old, new), old, new)
    heads = [_of_change(change) for change in edits.loose if change.kind.is_of_head]
    loose = [_of_change(change) for change in edits.loose if not change.kind.is_of_head]
    told = [_of_edit(edit) for edit in edits.edits if edit.changes]
    others = [_of_edit(edit) for edit in edits.edits if not edit.changes]
    gone = [Correction((), span, _NONE) for span in _sentences(side_of(old), edits.alone_a)]
    come = [Correction((), _NONE, span) for span in _sentences(side_of(new), edits.alone_b)]
    return (*heads, *sorted([*told, *loose], key=lambda correction: correction.old), *others, *gone, *come)


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
