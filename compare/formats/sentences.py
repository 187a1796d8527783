"""What every output says of a finding, of an entry and of the run, in sentences. Pure.

What is marked safe can go to a terminal or a log: one line, no control character, nothing that a CI system takes for a
command where it stands inside a line. A line must still begin with a word of ours.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from compare.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INPUT
from compare.formats.places import passages
from compare.model import Level, Reason, State
from compare.wording import words
from compare.wording.commands import accept_command as accept_command  # noqa: PLC0414  # the outputs take it from here
from compare.wording.escape import log_safe, valid
from compare.wording.explain import plural
from compare.wording.words import number, unseen_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.model import Accepted, Checked, Comparison, Finding

STARTS = 60
"""Characters of a passage that are quoted."""
LONGEST_COMMAND = 1000
"""Characters of a command that is given inside a message: half of one would allow something else."""
REASONS = ", ".join(Reason)


def clipped(text: str, length: int) -> str:
    """The text, or its beginning with a sign that there is more."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def both_directions(comparison: Comparison, a: str, b: str) -> str:
    """What is shared, as a person would say it, with the names that are given."""
    called = {"a": a, "b": b}
    parts = words.direction_parts(replace(comparison, a="a", b="b"))
    return "".join(called[part.text] if part.is_name else part.text for part in parts)


def message(finding: Finding, checked: Checked) -> str:
    """A finding in a few sentences on one line. Safe; names above 200 characters are cut."""
    comparison = finding.comparison
    a, b = (log_safe(clipped(name, 200)) for name in (comparison.a, comparison.b))
    clauses = [
        f"{comparison.verdict.value}: {both_directions(comparison, a, b)}",
        f"longest: {words.longest(comparison)}" if comparison.longest else "",
        *facts(finding, checked, 3),
        f"{finding.state.value}: {log_safe(clipped(finding.why, 200))}" if finding.why else "",
        f"key {log_safe(finding.key)}",
    ]
    return " ".join(f"{clause[0].upper()}{clause[1:]}." for clause in clauses if clause)


def fingerprint(finding: Finding) -> str:
    """Of the key and of both names: one text in three files is three findings, and of equal prints one is kept."""
    parts = (finding.key, finding.comparison.a, finding.comparison.b)
    return hashlib.sha256(msgspec.json.encode([valid(part) for part in parts])).hexdigest()


def facts(finding: Finding, checked: Checked, most: int) -> list[str]:
    """What differs in a finding's passages, a clause each, and how many more there are. Safe."""
    changed = [change for passage in passages(finding, checked) for change in passage.changes]
    clauses = [f"{change.heading}: {log_safe(clipped(change.text, 200))}" for change in changed[:most]]
    return clauses + ([f"{plural(len(changed) - most, 'more fact')} changed"] if len(changed) > most else [])


def allow_it(finding: Finding, checked: Checked) -> str:
    """What accepts a finding as a sentence, where it is short enough to be read; empty if not. Safe."""
    command = accept_command(finding.comparison.a, finding.comparison.b, checked.again)
    return f" Allow it: {command}" if len(command) <= LONGEST_COMMAND else ""


def headline(checked: Checked) -> str:
    """The result in one or two sentences.

    For example `2 findings fail, 1 warns; 3 accepted. 27 articles checked against 27.`
    """
    accepted = len(allowed(checked))
    bad = len(checked.stale) + len(checked.expired)
    clauses = [
        _found(checked),
        "not everything was compared" if checked.unseen else "",
        f"{number(accepted)} accepted" if accepted else "",
        f"{plural(bad, 'entry', 'entries')} stale or expired" if bad else "",
    ]
    read = f"{plural(checked.checked, 'article')} checked against {number(checked.compared)}"
    return f"{'; '.join(filter(None, clauses))}. {read}."


def _found(checked: Checked) -> str:
    fail = sum(finding.fails for finding in checked.findings)
    warn = len(opened(checked)) - fail
    if not fail:
        return f"{plural(warn, 'finding')} {'warns' if warn == 1 else 'warn'}" if warn else "No findings"
    failing = f"{plural(fail, 'finding')} {'fails' if fail == 1 else 'fail'}"
    more = checked.left_out.get("findings_not_listed", 0)
    return (
        failing
        + (f", {number(warn)} {'warns' if warn == 1 else 'warn'}" if warn else "")
        + (f"; {number(more)} more {'is' if more == 1 else 'are'} not listed" if more else "")
    )


def opened(checked: Checked) -> list[Finding]:
    """The findings that somebody must still look at: those that fail, then those that warn, strongest first."""
    findings = [finding for finding in checked.findings if finding.state.is_open]
    return sorted(findings, key=lambda finding: finding.level is not Level.FAIL)


def allowed(checked: Checked) -> list[Finding]:
    """The findings that an entry allows."""
    return [finding for finding in checked.findings if not finding.state.is_open]


def edited(checked: Checked) -> list[Finding]:
    """Those of them whose words have changed a little since."""
    return [finding for finding in checked.findings if finding.state is State.EDITED]


def entry_line(entry: Accepted) -> str:
    """An entry of the file of accepted reuse. Safe.

    For example `a.md ↔ b.md (wire, by Ida, 2024-03-01; 61 words)`.
    """
    who = f"by {entry.by}, " if entry.by else ""
    until = f", until {entry.expires}" if entry.expires else ""
    about = f"({entry.reason.value}, {who}{entry.date}{until}; {plural(entry.words, 'word')})"
    return f"{log_safe(entry.a)} ↔ {log_safe(entry.b)} {log_safe(about)}"


def entry_and_note(entry: Accepted) -> str:
    """The same with its note, if it has one. Safe."""
    return f"{entry_line(entry)}{': ' if entry.note else ''}{log_safe(entry.note)}"


def justification(entries: Sequence[Accepted]) -> str:
    """Why a finding is allowed, by all entries that speak of it. Safe."""
    return "; ".join(map(entry_and_note, entries)) or "accepted"


def entry_troubles(checked: Checked) -> list[str]:
    """Entries that are past their date, and entries that nothing needs, a line each. Safe."""
    expired = [f"expired on {log_safe(entry.expires)}: {entry_line(entry)}" for entry in checked.expired]
    return expired + [
        f"stale: {entry_line(entry)}: nothing needs this entry any more; `compare audit --prune` takes it out"
        for entry in checked.stale
    ]


def exit_code(checked: Checked) -> int:
    """What a check ends with: one that has not seen everything knows neither that all is well nor all that is not."""
    if checked.unseen:
        return EXIT_INPUT
    return EXIT_FINDINGS if checked.fails else EXIT_CLEAN


def unseen(checked: Checked) -> str:
    """What was left out that may be a finding, in one line with what to do; empty if nothing was. Safe."""
    return log_safe(unseen_line(checked.unseen))


def policies(checked: Checked) -> str:
    """What fails and what warns. Safe."""
    warns = f"; warns on: {log_safe(checked.warn_on)}" if checked.warn_on else ""
    return f"Fails on: {log_safe(checked.fail_on)}{warns}."


def some(lines: Iterable[str], most: int, indent: str = "") -> list[str]:
    """The first lines, and how many more there are."""
    every = list(lines)
    more = [f"{indent}… and {number(len(every) - most)} more"] if len(every) > most else []
    return [indent + line for line in every[:most]] + more
