"""CSV: one finding a row, for spreadsheets: what may be a formula begins with an apostrophe. Programs read JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.formats.places import passages, reused, sides
from compare.formats.sentences import unseen
from compare.report.record import rounded
from compare.wording.csv import csv_lines, inert
from compare.wording.escape import valid
from compare.wording.words import read_as

if TYPE_CHECKING:
    from compare.formats.places import Place
    from compare.model import Checked, Document, Finding

HEADER = (
    "level", "state", "verdict", "relation", "first", "a", "b", "line_a", "line_b", "words", "reused_a", "reused_b",
    "containment_a", "containment_b", "longest", "passages", "facts_changed", "policy", "key", "why", "reason", "note",
    "by", "expires", "read_a", "read_b",
)  # fmt: skip
"""Reason to expiry are of the entries that allow it, the last two say how a side was read, where that leaves a doubt.
Lines are those of the passage with the most words."""


def render(checked: Checked) -> str:
    """The findings, accepted ones too, below a line of names. Where not all was seen, a last row says so in `why`."""
    rows = [_row(finding, checked) for finding in checked.findings]
    if checked.unseen:
        values = {"level": "error", "state": "unseen", "why": unseen(checked)}
        rows.append(tuple(values.get(name, "") for name in HEADER))
    return "".join(csv_lines(HEADER, [tuple(map(inert, row)) for row in rows]))


def _row(finding: Finding, checked: Checked) -> tuple[str, ...]:
    comparison = finding.comparison
    a, b = sides(finding, checked)
    facts = [change.text for passage in passages(finding, checked) for change in passage.changes]
    shares = (comparison.reused_a, comparison.reused_b, comparison.containment_a, comparison.containment_b)
    entries = [(entry.reason.value, entry.note, entry.by, entry.expires) for entry in finding.entries]
    cells = (
        *(
            finding.level.value,
            finding.state.value,
            comparison.verdict.value,
            str(comparison.relation or ""),
            comparison.first,
            comparison.a,
            comparison.b,
            _line(a),
            _line(b),
        ),
        *(str(finding.words), *(str(rounded(share)) for share in shares), str(comparison.longest)),
        *(str(len(reused(finding))), "; ".join(facts), finding.policy, finding.key, finding.why),
        *("; ".join(filter(None, values)) for values in (zip(*entries, strict=True) if entries else [()] * 4)),
        *(_read(checked.documents[name]) for name in (comparison.a, comparison.b)),
    )
    return tuple(map(valid, cells))


def _read(document: Document) -> str:
    return read_as(document.decoding) if document.decoding else ""


def _line(place: Place) -> str:
    return str(place.region.line) if place.region else ""
