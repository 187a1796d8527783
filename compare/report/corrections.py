"""What a house corrected in its own text, as the page's data hold it: each correction, and who has which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Kind
from compare.report.parts import in_parts
from compare.wording.changes import change_label, change_parts
from compare.wording.families import revision_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compare.model import Carrier, Correction, Family, Revision
    from compare.report.families import Shown


def revisions(family: Family, called: Mapping[str, str], shown: Shown) -> list[dict[str, object]]:
    """The revisions of a family's texts, by the date of the later one."""
    return [_revision(one, called, shown) for one in family.revisions]


def _revision(revision: Revision, called: Mapping[str, str], shown: Shown) -> dict[str, object]:
    names = called[revision.old], called[revision.new]
    return {
        "old": shown.places[revision.old],
        "new": shown.places[revision.new],
        "pair": shown.number(shown.telling.pair_of(revision.old, revision.new)),
        "line": in_parts(revision_line(*names, len(revision.holders))),
        "corrections": [_correction(one, names, shown.places.__getitem__) for one in revision.corrections],
    }


def _correction(correction: Correction, names: tuple[str, str], place: Callable[[str], int]) -> dict[str, object]:
    """What of it matters, in words; both sentences; and who has which words, where."""
    return {
        "changes": [
            [change_label(change, "a"), in_parts(change_parts(change, "a", names))] for change in correction.changes
        ],
        "old": [*correction.old],
        "new": [*correction.new],
        "differs": differing(correction),
        "still": _carriers(correction.still, place),
        "already": _carriers(correction.already, place),
    }


def differing(correction: Correction) -> list[list[list[int]]]:
    """Where the words differ in the old sentence and in the new one; of a sentence that one version lacks all of it.

    In a reworded sentence nothing is marked: what one has may stand elsewhere in the other.
    """
    if correction.kind is Kind.REWRITTEN:
        return [[], []]
    if correction.kind:
        spans = [(step.a, step.b) for step in correction.operations if step.kind != "equal"]
    elif correction.changes:
        spans = [(change.span_a, change.span_b) for change in correction.changes]
    else:
        spans = [(correction.old, correction.new)]
    return [[[*span] for span in side if span.start < span.stop] for side in zip(*spans, strict=True)]


def _carriers(carriers: Sequence[Carrier], place: Callable[[str], int]) -> list[list[int]]:
    """Each document's place, and its sentence; of a headline an empty one."""
    return [[place(carrier.id), *carrier.sentence] for carrier in carriers]
