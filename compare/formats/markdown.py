"""Markdown for a comment on a pull request.

All that comes from outside stands in code spans: nothing in them is a link, a mention or markup, and nothing ends them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.formats.places import passages, strongest
from compare.formats.sentences import (
    LONGEST_COMMAND,
    STARTS,
    accept_command,
    allowed,
    both_directions,
    clipped,
    entry_troubles,
    headline,
    justification,
    opened,
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

COMMENT_BYTES = 65_000
"""GitHub refuses comments above 65,536 characters."""
SHOWN = 3
LISTED = 10
_MORE = 100
"""Bytes in which it is said that there is more."""


def render(checked: Checked) -> str:
    """The result, the open findings, then what is accepted, stale, skipped; short enough for a comment."""
    return document(checked, COMMENT_BYTES)


def document(checked: Checked, most: int) -> str:
    """The same in at most so many bytes of UTF-8: whole findings are left out from the end, and counted."""
    head, tail = f"## {_icon(checked)} {headline(checked)}\n", _tail(checked)
    head += f"\n{code(unseen(checked), LONGEST_COMMAND)}\n" if checked.unseen else ""
    blocks = [_block(finding, checked) for finding in opened(checked)]
    shown = _fitting(blocks, most - _size(head + tail) - _MORE)
    left = len(blocks) - shown
    more = [f"\n… and {plural(left, 'more finding')} that there is no room for.\n"] if left else []
    return "".join([head, *blocks[:shown], *more, tail])


def code(text: str, most: int = 200) -> str:
    """A code span with so many characters of a text at most: in one line, in a fence longer than any inside.

    >>> print(code("a `b`"), code("x"))
    `` a `b` `` `x`
    """
    shown = log_safe(clipped(text, most)) or " "
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    space = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _icon(checked: Checked) -> str:
    if checked.fails or checked.unseen:
        return "❌"
    return "⚠️" if opened(checked) else "✅"


def _block(finding: Finding, checked: Checked) -> str:
    comparison = finding.comparison
    every = passages(finding, checked)
    shown = strongest(every, SHOWN)
    run = f"; longest: {longest(comparison)}" if comparison.longest else ""
    changed = [change for passage in every for change in passage.changes]
    why = f"{finding.state.value}: {code(finding.why)}" if finding.why else finding.state.value
    lines = [
        f"{both_directions(comparison, 'a', 'b')}{run}",
        *map(_passage, shown),
        *([f"… and {plural(len(every) - len(shown), 'more passage')}"] if len(every) > len(shown) else []),
        *some((f"**{change.heading}**: {code(change.text)}" for change in changed), SHOWN),
        *([] if finding.state is State.NEW else [why]),
        f"policy {code(finding.policy)}, key {code(finding.key)}",
    ]
    title = f"\n### {finding.level.upper()} {comparison.verdict.value}: {code(comparison.a)} ↔ {code(comparison.b)}\n\n"
    return title + "".join(f"- {line}\n" for line in [*lines, *_command(finding, checked)])


def _command(finding: Finding, checked: Checked) -> list[str]:
    """How to allow it, where the whole command fits."""
    command = accept_command(finding.comparison.a, finding.comparison.b, checked.again)
    return [f"allow it: {code(command, LONGEST_COMMAND)}"] if len(command) <= LONGEST_COMMAND else []


def _passage(passage: PlacedMatch) -> str:
    places = f"{code(passage.a.shown)} ↔ {code(passage.b.shown)}"
    about = f"{plural(passage.words, 'word')}, {kind_and_marks(passage.match)}"
    return f"{places}: {about}: {code(clipped(passage.starts, STARTS))}"


def _tail(checked: Checked) -> str:
    accepted = [
        f"{code(finding.comparison.a)} ↔ {code(finding.comparison.b)}: {finding.state.value}: "
        f"{code(justification(finding.entries))}"
        for finding in allowed(checked)
    ]
    warns = f"; warns on: {code(checked.warn_on)}" if checked.warn_on else ""
    parts = [
        _section("Accepted", accepted),
        _section("Accepted reuse that needs a look", [code(line) for line in entry_troubles(checked)]),
        _section("Skipped", [code(line) for line in skipped_lines(checked.skipped)]),
        _section("Read with a doubt", [code(line) for line in doubt_lines(checked.doubts)]),
        _section("Left out by a cap", [code(line) for line in left_out_lines(checked.left_out)]),
        f"\nFails on: {code(checked.fail_on)}{warns}.\n",
    ]
    return "".join(parts)


def _section(title: str, lines: list[str]) -> str:
    return f"\n**{title}**\n\n" + "".join(f"- {line}\n" for line in some(lines, LISTED)) if lines else ""


def _fitting(blocks: list[str], most: int) -> int:
    """How many of the blocks fit, from the first on."""
    for at, text in enumerate(blocks):
        most -= _size(text)
        if most < 0:
            return at
    return len(blocks)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))
