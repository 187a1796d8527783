"""Decisions of people at the desk: reuse that is accepted or ignored, what is flagged or noted, and taking it back.

What allows reuse stands in the accepted file, where the gate reads it; flags and notes allow nothing, and stand in the
journal beside it. Whoever decides says what they saw: if somebody else has decided since, nothing is written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from compare.desk.journal import Entry, alone_with, read_journal, write_down
from compare.errors import CompareError, InputError
from compare.gate.accepted import identity
from compare.gate.reuse import Decision, entry_of, reuse_of, some_of
from compare.jobs.accepted_file import Exchange, accepted_entries, exchange_entries
from compare.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from compare.desk.journal import What
    from compare.model import Accepted, Comparison, Document

JOURNAL = "compare.desk.jsonl"
IGNORED = "ignored"


class ConflictError(CompareError):
    """Somebody else has decided on this pair since it was looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody decides of a pair."""

    what: What
    by: str
    seen: str
    """What `seen` said of the pair when it was looked at."""
    reason: Reason = Reason.OTHER
    note: str = ""
    expires: str = ""
    passages: tuple[str, ...] = ()
    """The keys of some passages; none for all reuse."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is decided of a pair."""

    entries: tuple[Accepted, ...]
    latest: tuple[Entry, ...]
    """Flags and notes, and whatever else was decided at the desk, the oldest first; what was taken back is not."""

    @property
    def seen(self) -> str:
        """What it is known by: another after every decision."""
        shown = msgspec.json.encode([self.entries, [[one.what, one.at, one.by, one.note] for one in self.latest]])
        return hashlib.sha256(shown).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Book:
    """Where decisions stand."""

    accepted: Path

    @property
    def journal(self) -> Path:
        """The file of the desk's own, beside the accepted one."""
        return self.accepted.parent / JOURNAL

    def standings(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Standing]:
        """What is decided of some pairs, by their names. Raises InputError if a file is broken."""
        entries, journal = accepted_entries(self.accepted, needed=False), read_journal(self.journal)
        return {pair: _standing(_ordered(pair), entries, journal) for pair in pairs}

    def decide(self, wanted: Wanted, comparison: Comparison, documents: Sequence[Document], at: str) -> Standing:
        """Keeps a decision on a pair of documents; on the disk when this returns.

        Raises:
            ConflictError: the pair stands otherwise than was seen.
            InputError: nothing is reused, a key fits no passage, there is nothing to take back, or a file is broken.
        """
        pair = _ordered((comparison.a, comparison.b))
        with alone_with(self.journal):
            journal = read_journal(self.journal)
            exchange = exchange_entries(
                self.accepted,
                lambda entries: _exchange(wanted, _standing(pair, entries, journal), comparison, documents, at[:10]),
            )
            line = Entry(wanted.what, *pair, wanted.by, at, wanted.note, exchange.removed, exchange.added)
            write_down(line, self.journal)
            return self.standings([pair])[pair]


def _ordered(pair: tuple[str, str]) -> tuple[str, str]:
    a, b = sorted(pair)
    return a, b


def _standing(pair: tuple[str, str], entries: Iterable[Accepted], journal: Iterable[Entry]) -> Standing:
    stack: list[Entry] = []
    for line in journal:
        if (line.a, line.b) == pair:
            if line.what != "undo":
                stack.append(line)
            elif stack:
                stack.pop()
    return Standing(tuple(entry for entry in entries if (entry.a, entry.b) == pair), tuple(stack))


def _exchange(
    wanted: Wanted, standing: Standing, comparison: Comparison, documents: Sequence[Document], day: str
) -> Exchange:
    """The entries that go and come, where the pair stands as it was seen."""
    if standing.seen != wanted.seen:
        raise ConflictError("somebody has decided on this pair since you looked; look again")
    if wanted.what == "undo":
        return _back(standing)
    if wanted.what in {"flag", "note"}:
        if wanted.what == "note" and not wanted.note:
            raise InputError("a note is empty")
        return Exchange((), ())
    reuse = some_of(reuse_of(comparison, *documents), wanted.passages)
    is_ignored = wanted.what == "ignore"
    note = ": ".join(filter(None, [IGNORED, wanted.note])) if is_ignored else wanted.note
    reason = Reason.OTHER if is_ignored else wanted.reason
    entry = entry_of(reuse, (comparison.a, comparison.b), Decision(reason, wanted.by, day, note, wanted.expires))
    return Exchange(tuple(one for one in standing.entries if identity(one) == identity(entry)), (entry,))


def _back(standing: Standing) -> Exchange:
    """What the last decision put in goes, and what it took out comes back."""
    if not standing.latest:
        raise InputError("nothing was decided at the desk on this pair")
    last = standing.latest[-1]
    here = {identity(entry): entry for entry in standing.entries}
    if any(here.get(identity(entry)) != entry for entry in last.after):
        raise ConflictError("the entry was changed in compare.accepted.toml since; look again")
    return Exchange(last.after, last.before)
