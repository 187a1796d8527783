"""The accepted entries in the terminal, each with what has become of it. Pure: values in, text out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.formats.sentences import entry_and_note, some
from compare.gate.accepted import identity
from compare.model import State
from compare.wording.explain import plural
from compare.wording.words import doubt_lines

if TYPE_CHECKING:
    from compare.model import Checked

SHOWN_DOUBTS = 5
_ORDER = ("grown", "drifted", "expired", "stale", "new", "not seen", "edited", "in use")


def audit_text(checked: Checked) -> str:
    """Entries that want a person first."""
    entries = checked.entries
    if not entries:
        return "Nothing is accepted."
    states = states_of(checked)
    counts = ", ".join(f"{count} {state}" for state in _ORDER if (count := states.count(state)))
    rows = sorted(zip(states, entries, strict=True), key=lambda row: (_ORDER.index(row[0]), identity(row[1])))
    lines = [f"{state:8}  {entry_and_note(entry)}" for state, entry in rows]
    doubts = [f"Read with a doubt: {line}" for line in doubt_lines(checked.doubts)]
    tail = ["", *some(doubts, SHOWN_DOUBTS)] if doubts else []
    return "\n".join([f"{plural(len(entries), 'entry', 'entries')}: {counts}.", "", *lines, *tail])


def states_of(checked: Checked) -> list[str]:
    """The state of each entry: expired, that of the finding it speaks of, stale, or `not seen` by this run."""
    states = dict.fromkeys(map(identity, checked.entries), "not seen")
    states |= {identity(entry): "stale" for entry in checked.stale}
    for finding in checked.findings:
        state = "in use" if finding.state is State.ACCEPTED else finding.state.value
        states |= {identity(entry): state for entry in finding.entries}
    states |= {identity(entry): "expired" for entry in checked.expired}
    return [states[identity(entry)] for entry in checked.entries]
