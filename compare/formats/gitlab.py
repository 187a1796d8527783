"""GitLab's Code Quality report: the findings that somebody must still look at."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from compare.formats.places import sides
from compare.formats.sentences import message, opened
from compare.model import Level
from compare.names import valid

if TYPE_CHECKING:
    from compare.model import Checked, Finding


def render(checked: Checked) -> str:
    """A JSON list of issues. GitLab asks for a line: it is 1 where a row of a table has none."""
    issues = [_issue(finding, checked) for finding in opened(checked)]
    return msgspec.json.format(msgspec.json.encode(issues), indent=1).decode() + "\n"


def _issue(finding: Finding, checked: Checked) -> dict[str, object]:
    where, _ = sides(finding, checked)
    lines = {"begin": where.region.line, "end": where.region.end_line} if where.region else {"begin": 1}
    return {
        "type": "issue",
        "description": message(finding, checked),
        "check_name": f"compare/{finding.comparison.verdict.value}",
        "fingerprint": _fingerprint(finding),
        "severity": _severity(finding),
        "categories": ["Duplication"],
        "location": {"path": valid(where.path), "lines": lines},
    }


def _fingerprint(finding: Finding) -> str:
    """Of the key and of both names: one text in three files is three findings, and GitLab keeps one of each print."""
    parts = (finding.key, finding.comparison.a, finding.comparison.b)
    return hashlib.sha256(msgspec.json.encode([valid(part) for part in parts])).hexdigest()


def _severity(finding: Finding) -> str:
    if finding.level is Level.WARN:
        return "minor"
    return "blocker" if finding.comparison.verdict.is_duplicate else "major"
