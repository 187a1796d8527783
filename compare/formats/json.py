"""JSON: schema `compare-check/2`, published in `compare/data/check.schema.json`.

Keys stand in the schema's order, floats are rounded to 6 places, there is no time stamp. A lone surrogate, which UTF-8
cannot hold, is written as its escape.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from compare.formats.places import place
from compare.formats.sentences import exit_code
from compare.report.record import (
    decoding_record,
    doubt_record,
    drift_record,
    entry_record,
    inside_record,
    lineage_record,
    quotation_record,
    rounded,
    setting,
)  # fmt: skip
from compare.version import __version__
from compare.vocabulary import COUNTS, SHARES
from compare.wording.escape import valid

if TYPE_CHECKING:
    from compare.model import Checked, Document, Finding, Match, Span

SCHEMA = "compare-check/2"


def render(checked: Checked) -> str:
    """What was found as `compare-check/2`, indented by one space."""
    return msgspec.json.format(msgspec.json.encode(_record(checked)), indent=1).decode() + "\n"


def _record(checked: Checked) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "tool": {"name": "compare", "version": __version__},
        "settings": {valid(key): setting(value) for key, value in checked.settings.items()},
        "exit_code": exit_code(checked),
        "fail_on": valid(checked.fail_on),
        "warn_on": valid(checked.warn_on),
        "checked": checked.checked,
        "compared": checked.compared,
        "findings": [finding_record(finding, checked) for finding in checked.findings],
        "accepted_file": valid(checked.accepted_file),
        "strict": checked.strict,
        "stale": [entry_record(entry) for entry in checked.stale],
        "expired": [entry_record(entry) for entry in checked.expired],
        "skipped": [{"path": valid(item.path), "reason": valid(item.reason)} for item in checked.skipped],
        **({"doubts": [doubt_record(doubt) for doubt in checked.doubts]} if checked.doubts else {}),
        "dropped": {valid(cap): int(checked.left_out[cap]) for cap in sorted(checked.left_out)},
    }


def finding_record(finding: Finding, checked: Checked) -> dict[str, object]:
    """A finding as the schema has it: what JSON can hold, all of it valid UTF-8."""
    comparison = finding.comparison
    a, b = checked.documents[comparison.a], checked.documents[comparison.b]
    return {
        "level": finding.level.value,
        "state": finding.state.value,
        "fails": finding.fails,
        "verdict": comparison.verdict.value,
        **lineage_record(comparison.lineage),
        "a": {"name": valid(comparison.a), "path": valid(place(a).path), **decoding_record(a)},
        "b": {"name": valid(comparison.b), "path": valid(place(b).path), **decoding_record(b)},
        "key": valid(finding.key),
        "policy": valid(finding.policy),
        "why": valid(finding.why),
        "words": int(finding.words),
        **{share: rounded(getattr(comparison, share)) for share in SHARES},
        **{count: int(getattr(comparison, count)) for count in COUNTS},
        "matches": [_match(match, a, b) for match in comparison.matches],
        "entries": [entry_record(entry) for entry in finding.entries],
    }


def _match(match: Match, a: Document, b: Document) -> dict[str, object]:
    in_a, in_b = partial(_span, document=a), partial(_span, document=b)
    return {
        "kind": match.kind.value,
        "marks": [mark.value for mark in match.marks],
        "similarity": rounded(match.similarity),
        "kept_a": rounded(match.kept_a),
        "kept_b": rounded(match.kept_b),
        "counted": match.counts,
        "a": in_a(match.a),
        "b": in_b(match.b),
        "speaker": valid(match.speaker),
        "drifts": [drift_record(drift, in_a, in_b) for drift in match.drifts],
        "unsure": [drift_record(drift, in_a, in_b) for drift in match.unsure],
        "quotations": [quotation_record(quotation, in_a, in_b) for quotation in match.quotations],
        "inside": [inside_record(part, in_a, in_b) for part in match.inside],
    }


def _span(span: Span, document: Document) -> dict[str, object]:
    region = place(document, span).region
    lines = {"line": region.line, "end_line": region.end_line} if region else {"line": None, "end_line": None}
    return {"start": int(span.start), "stop": int(span.stop), **lines, "text": valid(document.text[slice(*span)])}
