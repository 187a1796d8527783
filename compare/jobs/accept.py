"""`accept` with its edges: reuse that is found becomes an entry of the accepted file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.gate.reuse import entry_of, reuse_of, some_of
from compare.jobs.accepted_file import add_entries
from compare.model import State
from compare.wording.escape import shown
from compare.wording.words import unseen_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.gate.reuse import Decision
    from compare.jobs.gather import Gate
    from compare.model import Accepted
    from compare.settings import Settings

    Progress = Callable[[str, int], None]

from compare.jobs.check import check_paths
from compare.jobs.pair import pair_named


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting did."""

    entries: tuple[Accepted, ...]
    """The new entries ..."""
    replaced: tuple[Accepted, ...] = ()
    """... and those whose place they took."""
    open_again: int = 0
    """Findings that were left, since they had been accepted before."""


def accept_pair(
    names: tuple[str, str], decision: Decision, passages: Sequence[str], gate: Gate, settings: Settings
) -> Acceptance:
    """Add an entry for the reuse between two documents, or for some passages of it, to the accepted file.

    Raises:
        InputError: the documents are not there or share nothing that a policy could name, a key fits no passage, or the
            file is broken or cannot be written.
    """
    pair = pair_named(names, replace(gate, accepted_is_named=False), settings)
    comparison = pair.comparison
    if not (
        comparison.verdict.is_reuse or comparison.shared or any(match.kind.is_reuse for match in comparison.matches)
    ):
        raise InputError(f"{shown(comparison.a)} and {shown(comparison.b)} share nothing: there is nothing to accept")
    reuse = some_of(pair.reuse, passages) if passages else pair.reuse
    entry = entry_of(reuse, (pair.a.id, pair.b.id), decision)
    return Acceptance((entry,), add_entries([entry], gate.accepted))


def accept_findings(decision: Decision, gate: Gate, settings: Settings) -> Acceptance:
    """Add an entry for every pair that fails a check and was never accepted, as when a gate is put up late.

    Raises:
        InputError: as `check_paths` does, not everything was compared, or the accepted file cannot be written.
    """
    checked = check_paths(replace(gate, accepted_is_named=False, everything=True), settings)
    if checked.unseen:
        raise InputError(unseen_line(checked.unseen))
    failing = [finding for finding in checked.findings if finding.fails]
    new = [finding.comparison for finding in failing if finding.state is State.NEW]
    texts = checked.documents
    entries = [
        entry_of(reuse_of(comparison, texts[comparison.a], texts[comparison.b]), (comparison.a, comparison.b), decision)
        for comparison in new
    ]
    replaced = add_entries(entries, gate.accepted) if entries else ()
    return Acceptance(tuple(entries), replaced, len(failing) - len(new))
