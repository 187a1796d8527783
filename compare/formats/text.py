"""What a person sees. No line begins with a word from outside: GitHub's log obeys lines that begin with `::`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.formats.places import passages, strongest
from compare.formats.sentences import (
    REASONS,
    STARTS,
    accept_command,
    both_directions,
    clipped,
    edited,
    entry_troubles,
    facts,
    headline,
    opened,
    policies,
    some,
    unseen,
)
from compare.model import State
from compare.wording.escape import log_safe
from compare.wording.explain import plural
from compare.wording.words import doubt_lines, kind_and_marks, left_out_lines, longest, skipped_lines

if TYPE_CHECKING:
    from compare.formats.places import PlacedMatch
    from compare.model import Checked, Finding

SHOWN_PASSAGES = 3
ALONE = "It was compared with nothing: name more paths, or --against."
SHOWN_FACTS = 5
SHOWN_SKIPPED = 5
SHOWN_ENTRIES = 20
_RED, _YELLOW, _BOLD, _RESET = "\033[31m", "\033[33m", "\033[1m", "\033[0m"


def render(checked: Checked, *, colored: bool = False) -> str:
    """The result, then every open finding, then what else is to be known, the policy last."""
    findings = opened(checked)
    parts = [
        [_painted(headline(checked), _BOLD if colored else "")],
        *(block(finding, checked, colored=colored) for finding in findings),
        [f"The reason is one of: {REASONS}."] if findings else [],
        _notes(checked),
        [policies(checked), *([ALONE] if checked.compared == 1 else [])],
    ]
    blocks = ["\n".join(lines) for lines in parts if lines]
    clean = not findings and len(blocks) == 2  # noqa: PLR2004  # the first line and the last
    return ("\n" if clean else "\n\n").join(blocks) + "\n"


def block(finding: Finding, checked: Checked, *, colored: bool = False) -> list[str]:
    """A finding as lines for a terminal. Safe."""
    comparison = finding.comparison
    color = (_RED if finding.fails else _YELLOW) if colored else ""
    every = passages(finding, checked)
    shown = strongest(every, SHOWN_PASSAGES)
    return [
        _painted(f"{finding.level.upper()} {comparison.verdict.value}", color),
        f"  a  {log_safe(comparison.a)}",
        f"  b  {log_safe(comparison.b)}",
        f"  {_shares(finding)}",
        *(f"  {at}  {_passage(passage)}" for at, passage in enumerate(shown, 1)),
        *([f"  … and {plural(len(every) - len(shown), 'more passage')}"] if len(every) > len(shown) else []),
        *(f"  {line}" for line in facts(finding, checked, SHOWN_FACTS)),
        *([f"  {finding.state.value}: {log_safe(finding.why)}"] if finding.state is not State.NEW else []),
        f"  policy {log_safe(finding.policy)} · key {log_safe(finding.key)}",
        f"  allow it: {accept_command(comparison.a, comparison.b, checked.again)}",
    ]


def _shares(finding: Finding) -> str:
    run = longest(finding.comparison)
    part = ", not all of them counted" if finding.comparison.longest > finding.words else ""
    clauses = [both_directions(finding.comparison, "a", "b"), f"longest: {run}{part}" if run else ""]
    reused = f"{plural(finding.words, 'word')} reused" if finding.words else ""
    return "; ".join(filter(None, [*clauses, reused]))


def _passage(passage: PlacedMatch) -> str:
    words = plural(passage.words, "word")
    quoted = log_safe(clipped(passage.starts, STARTS))
    places = f"{log_safe(passage.a.shown)} ↔ {log_safe(passage.b.shown)}"
    return f"{places}  {words}, {kind_and_marks(passage.match)}: “{quoted}”"


def _notes(checked: Checked) -> list[str]:
    changed = [
        f"accepted, edited since: {log_safe(finding.comparison.a)} ↔ {log_safe(finding.comparison.b)}"
        + (f" ({log_safe(finding.why)})" if finding.why else "")
        for finding in edited(checked)
    ]
    skipped = [f"skipped: {log_safe(line)}" for line in skipped_lines(checked.skipped)]
    doubts = [f"read with a doubt: {log_safe(line)}" for line in doubt_lines(checked.doubts)]
    left_out = [f"left out: {log_safe(line)}" for line in left_out_lines(checked.left_out)]
    return [
        *filter(None, [unseen(checked)]),
        *some(changed, SHOWN_ENTRIES),
        *some(entry_troubles(checked), SHOWN_ENTRIES),
        *_strict(checked),
        *some(skipped, SHOWN_SKIPPED),
        *some(doubts, SHOWN_SKIPPED),
        *left_out,
    ]


def _strict(checked: Checked) -> list[str]:
    bad = len(checked.stale) + len(checked.expired)
    if not (checked.strict and bad):
        return []
    return [f"{plural(bad, 'accepted entry', 'accepted entries')} to mend or remove: the run fails."]


def _painted(text: str, color: str) -> str:
    return f"{color}{text}{_RESET}" if color else text
