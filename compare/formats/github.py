"""GitHub Actions: annotations as workflow commands, and the summary of a step.

GitHub shows 10 annotations of a step and a summary of 1 MiB; what is past either is said, not left out in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.formats import markdown
from compare.formats.places import where
from compare.formats.sentences import allow_it, clipped, entry_troubles, message, opened, some, unseen
from compare.wording.escape import log_safe
from compare.wording.explain import plural
from compare.wording.words import doubt_lines

if TYPE_CHECKING:
    from compare.formats.places import Place
    from compare.model import Checked, Finding

ANNOTATIONS = 10
LISTED = 20
SUMMARY_BYTES = 1_048_576


def render(checked: Checked) -> str:
    """Commands for GitHub's log: at most 10; how many findings have none, and what was read with a doubt, is said."""
    commands = [*_unseen(checked), *(_annotation(finding, checked) for finding in opened(checked)), *_strict(checked)]
    doubts = _doubts(checked)
    room = ANNOTATIONS - len(doubts)
    if len(commands) > room:
        more = f"{plural(len(commands) - room + 1, 'more finding')}: see the summary of this step, or its log."
        commands = [*commands[: room - 1], _command("notice", {"title": "compare"}, more)]
    return "".join(f"{line}\n" for line in [*commands, *doubts])


def step_summary(checked: Checked) -> str:
    """Markdown for `GITHUB_STEP_SUMMARY`, below 1 MiB in UTF-8; how many findings that left out is said."""
    return markdown.document(checked, SUMMARY_BYTES - 1)


def _annotation(finding: Finding, checked: Checked) -> str:
    spot, _ = where(finding, checked)
    comparison = finding.comparison
    title = f"{comparison.verdict.value} of {log_safe(clipped(comparison.a if finding.about_b else comparison.b, 100))}"
    text = message(finding, checked) + allow_it(finding, checked)
    level = "error" if finding.fails else "warning"
    return _command(level, {**_location(spot), "title": title}, clipped(text, 3000))


def _location(spot: Place) -> dict[str, str]:
    lines = {"line": str(spot.region.line), "endLine": str(spot.region.end_line)} if spot.region else {}
    return {"file": log_safe(spot.path), **lines}


def _unseen(checked: Checked) -> list[str]:
    return [_command("error", {"title": "compare"}, unseen(checked))] if checked.unseen else []


def _strict(checked: Checked) -> list[str]:
    """Entries that make a strict run fail."""
    troubles = entry_troubles(checked) if checked.strict else []
    file = {"file": log_safe(checked.accepted_file)} if checked.accepted_file else {}
    return [_command("error", {**file, "title": "accepted reuse"}, clipped(line, 3000)) for line in troubles]


def _doubts(checked: Checked) -> list[str]:
    """One notice of all files that were read with a doubt."""
    lines = "\n".join(some((log_safe(line) for line in doubt_lines(checked.doubts)), LISTED))
    return [_command("notice", {"title": "read with a doubt"}, clipped(lines, 3000))] if lines else []


def _command(name: str, properties: dict[str, str], text: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
