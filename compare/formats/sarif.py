"""SARIF 2.1.0, for code-scanning views. Columns are code points, files are relative to the repository.

GitHub shows 5,000 results: the strongest are given, and a notification says how many are not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from compare.formats.places import passages, strongest, where
from compare.formats.sentences import (
    allow_it,
    allowed,
    entry_troubles,
    exit_code,
    fingerprint,
    justification,
    message,
    opened,
    some,
    unseen,
)
from compare.model import Level, Verdict
from compare.version import __version__
from compare.wording.escape import valid
from compare.wording.explain import plural
from compare.wording.words import doubt_lines, left_out_lines, skipped_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.formats.places import Place
    from compare.model import Checked, Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS = 5000
RELATED = 5
"""Further passages of a finding that are given with both sides."""
LISTED = 20
_ROOT = "%SRCROOT%"
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_Json = dict[str, object]


def render(checked: Checked) -> str:
    """One run: open findings first, then accepted ones, which are suppressed with the reason."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(checked)]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n"


def _run(checked: Checked) -> _Json:
    findings = [*opened(checked), *allowed(checked)]
    rules = [_rule(verdict) for verdict in Verdict]
    return {
        "tool": {"driver": {"name": "compare", "version": __version__, "semanticVersion": __version__, "rules": rules}},
        "invocations": [_invocation(checked, len(findings) - RESULTS)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the file of accepted reuse."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, checked) for finding in findings[:RESULTS]],
    }


def _rule(verdict: Verdict) -> _Json:
    means = verdict.means
    return {
        "id": f"compare/{verdict.value}",
        "name": "".join(part.title() for part in verdict.value.split("-")),
        "shortDescription": {"text": f"{verdict.value}: {means}"},
        "fullDescription": {"text": f"Two articles with the verdict {verdict.value}: {means}."},
        "help": {"text": _HELP},
        "defaultConfiguration": {"level": "error" if verdict.is_reuse else "warning"},
    }


_HELP = (
    "Scores show that words agree, not who wrote them first. Rewrite the passage, credit it, or allow it with "
    "`compare accept A B --reason …`; `compare explain A B` says why the pair has this verdict."
)


def _invocation(checked: Checked, left_out: int) -> _Json:
    notes = [_note("warning", f"{plural(left_out, 'result')} left out, the weakest.")] if left_out > 0 else []
    level = "error" if checked.strict else "warning"
    return {
        "executionSuccessful": not checked.unseen,
        "exitCode": exit_code(checked),
        "toolExecutionNotifications": [
            *_notes("error", filter(None, [unseen(checked)])),
            *notes,
            *_notes(level, entry_troubles(checked)),
            *_notes("note", (f"Skipped {line}" for line in skipped_lines(checked.skipped))),
            *_notes("warning", (f"Read with a doubt: {line}" for line in doubt_lines(checked.doubts))),
            *_notes("note", (f"Left out by a cap: {line}" for line in left_out_lines(checked.left_out))),
        ],
    }


def _notes(level: str, lines: Iterable[str]) -> list[_Json]:
    return [_note(level, line) for line in some(lines, LISTED)]


def _note(level: str, text: str) -> _Json:
    return {"level": level, "message": {"text": _plain(text)}}


def _result(finding: Finding, checked: Checked) -> _Json:
    comparison = finding.comparison
    spot, opposite = where(finding, checked)
    result: _Json = {
        "ruleId": f"compare/{comparison.verdict.value}",
        "ruleIndex": comparison.verdict.rank,
        "level": "error" if finding.level is Level.FAIL else "warning",
        "message": {"text": _plain(message(finding, checked) + allow_it(finding, checked))},
        "locations": [_location(spot)],
        "relatedLocations": _related(finding, checked, opposite),
        "partialFingerprints": {"compareFinding/v1": fingerprint(finding)},
        "properties": {
            "key": valid(finding.key),
            "state": finding.state.value,
            "policy": valid(finding.policy),
            "words": int(finding.words),
        },
    }
    if not finding.state.is_open:
        result["suppressions"] = [{"kind": "external", "justification": justification(finding.entries)}]
    return result


def _related(finding: Finding, checked: Checked, opposite: Place) -> list[_Json]:
    """The other side, then both sides of further passages."""
    rest = [
        passage
        for passage in strongest(passages(finding, checked), RELATED + 1)
        if opposite not in {passage.a, passage.b}
    ]
    places = [
        (opposite, "the other side"),
        *((side, "also here") for passage in rest for side in (passage.a, passage.b)),
    ]
    return [{"id": at, **_location(place), "message": {"text": why}} for at, (place, why) in enumerate(places, 1)]


def _location(place: Place) -> _Json:
    physical: _Json = {"artifactLocation": {"uri": uri(place.path), "uriBaseId": _ROOT}}
    if region := place.region:
        physical["region"] = {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
        }
    return {"physicalLocation": physical}


def uri(path: str) -> str:
    """A path as a relative URI: it names no scheme, no host and no root.

    >>> uri("a b/ü.md"), uri("//host/x"), uri("javascript:x")
    ('a%20b/%C3%BC.md', '%2F%2Fhost/x', 'javascript%3Ax')
    """
    encoded = "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in valid(path).encode())
    return re.sub("^/+", lambda slashes: "%2F" * len(slashes[0]), encoded)


def _plain(text: str) -> str:
    """A message as SARIF has it: braces are doubled, and no `[words](link)` is left."""
    return valid(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")
