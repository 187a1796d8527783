"""JUnit XML as the Jenkins xUnit plugin reads it, a test case for every finding: well-formed whatever is inside."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from compare.formats.sentences import entry_troubles, headline, justification, message, unseen
from compare.formats.text import block
from compare.wording.escape import log_safe
from compare.wording.words import doubt_lines, left_out_lines

if TYPE_CHECKING:
    from compare.model import Checked, Finding

_Attributes = dict[str, str | int]
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(checked: Checked) -> str:
    """A suite: what fails is a failure, what warns passes and is told, what is accepted is skipped with the reason."""
    cases = [_case(finding, checked) for finding in checked.findings]
    cases += [_entry_case(line) for line in entry_troubles(checked)] if checked.strict else []
    cases += _unseen(checked)
    cases = cases or [_test("compare", "no findings", "")]
    failures, skipped, errors = (sum(f"<{tag} " in case for case in cases) for tag in ("failure", "skipped", "error"))
    counts: _Attributes = {"tests": len(cases), "failures": failures, "errors": errors}
    beside = [f"Read with a doubt: {line}" for line in doubt_lines(checked.doubts)]
    beside += [f"left out: {line}" for line in left_out_lines(checked.left_out)]
    output = _element("system-out", {}, _text("\n".join([headline(checked), *map(log_safe, beside)])))
    suite = _element(
        "testsuite", {"name": "compare check", **counts, "skipped": skipped}, "\n" + "".join(cases) + output
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _element("testsuites", counts, "\n" + suite)


def _case(finding: Finding, checked: Checked) -> str:
    comparison = finding.comparison
    name = f"{log_safe(comparison.a)} ↔ {log_safe(comparison.b)} [{log_safe(finding.key)}]"
    return _test(f"compare.{comparison.verdict.value}", name, _outcome(finding, checked))


def _outcome(finding: Finding, checked: Checked) -> str:
    if not finding.state.is_open:
        return _element("skipped", {"message": f"{finding.state.value}: {justification(finding.entries)}"})
    text = _text("\n".join(block(finding, checked)))
    if not finding.fails:
        return _element("system-out", {}, text)
    return _element("failure", {"message": message(finding, checked), "type": finding.comparison.verdict.value}, text)


def _entry_case(line: str) -> str:
    return _test("compare.accepted", line, _element("failure", {"message": line, "type": "accepted"}))


def _unseen(checked: Checked) -> list[str]:
    if not checked.unseen:
        return []
    error = _element("error", {"message": unseen(checked), "type": "unseen"})
    return [_test("compare", "not everything was compared", error)]


def _test(group: str, name: str, outcome: str) -> str:
    return _element("testcase", {"classname": group, "name": name}, outcome and "\n" + outcome)


def _element(tag: str, attributes: _Attributes, inner: str = "") -> str:
    """An element; `inner` is XML already."""
    listed = "".join(f' {key}="{_text(str(value))}"' for key, value in attributes.items())
    return f"<{tag}{listed}>{inner}</{tag}>\n" if inner else f"<{tag}{listed}/>\n"


def _text(text: str) -> str:
    return html.escape(_ILLEGAL.sub("\ufffd", text))
