"""GitLab's Code Quality report: the findings that somebody must still look at, and what was read with a doubt."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from compare.formats.places import where
from compare.formats.sentences import fingerprint, message, opened, unseen
from compare.model import Level
from compare.wording.escape import log_safe, valid
from compare.wording.words import doubt_lines

if TYPE_CHECKING:
    from compare.model import Checked, Doubt, Finding


def render(checked: Checked) -> str:
    """A JSON list of issues. GitLab asks for a line: it is 1 where a row of a table has none."""
    issues = [*_unseen(checked), *(_issue(finding, checked) for finding in opened(checked))]
    issues += [_doubt(doubt) for doubt in checked.doubts]
    return msgspec.json.format(msgspec.json.encode(issues), indent=1).decode() + "\n"


def _issue(finding: Finding, checked: Checked) -> dict[str, object]:
    spot, _ = where(finding, checked)
    lines = {"begin": spot.region.line, "end": spot.region.end_line} if spot.region else {"begin": 1}
    return {
        "type": "issue",
        "description": message(finding, checked),
        "check_name": f"compare/{finding.comparison.verdict.value}",
        "fingerprint": fingerprint(finding),
        "severity": _severity(finding),
        "categories": ["Duplication"],
        "location": {"path": valid(spot.path), "lines": lines},
    }


def _doubt(doubt: Doubt) -> dict[str, object]:
    """A file that was read with a doubt: for information."""
    (line,) = doubt_lines([doubt])
    print_ = hashlib.sha256(msgspec.json.encode(["doubt", valid(doubt.path), valid(doubt.encoding)])).hexdigest()
    return {
        "type": "issue",
        "description": f"Read with a doubt: {log_safe(line)}",
        "check_name": "compare/read-with-a-doubt",
        "fingerprint": print_,
        "severity": "info",
        "location": {"path": valid(doubt.path), "lines": {"begin": 1}},
    }


def _unseen(checked: Checked) -> list[dict[str, object]]:
    """An issue of no file, where not everything was compared."""
    if not checked.unseen:
        return []
    issue: dict[str, object] = {
        "type": "issue",
        "description": unseen(checked),
        "check_name": "compare/unseen",
        "fingerprint": hashlib.sha256(msgspec.json.encode(sorted(checked.unseen))).hexdigest(),
        "severity": "blocker",
        "categories": ["Duplication"],
        "location": {"path": valid(checked.accepted_file) or ".", "lines": {"begin": 1}},
    }
    return [issue]


def _severity(finding: Finding) -> str:
    if finding.level is Level.WARN:
        return "minor"
    return "blocker" if finding.comparison.verdict.is_duplicate else "major"
