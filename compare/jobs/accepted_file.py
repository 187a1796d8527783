"""The file of accepted reuse on disk: read with care, edited by one at a time. Its text: `gate/accepted.py`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from compare.errors import InputError
from compare.files.atomic import write_atomically
from compare.files.regular import UnreadableError, read_regular
from compare.files.temporary import alone
from compare.gate.accepted import MOST_CHARACTERS, identity, read_accepted, with_entries, without_entries
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from compare.model import Accepted


class Exchange(NamedTuple):
    """Entries that go, and those that come."""

    removed: tuple[Accepted, ...]
    added: tuple[Accepted, ...]


def accepted_text(path: Path) -> str:
    """The accepted file as it stands; empty if it is not there.

    Raises:
        InputError: it cannot be read.
    """
    if not os.path.lexists(path):
        return ""
    try:
        return read_regular(str(path), MOST_CHARACTERS, follow=True).decode()
    except UnicodeDecodeError:
        raise InputError(f"{shown(path)}: not UTF-8") from None
    except UnreadableError as error:
        raise InputError(f"{shown(path)}: {error}") from None


def accepted_entries(path: Path, *, needed: bool) -> tuple[Accepted, ...]:
    """What is accepted. Raises InputError if the file is broken, or is needed and not there."""
    if needed and not os.path.lexists(path):
        raise InputError(f"{shown(path)}: no such file of accepted reuse")
    return read_accepted(accepted_text(path), _name(path))


def add_entries(entries: Sequence[Accepted], path: Path) -> tuple[Accepted, ...]:
    """Add entries to the file, which is made if it is missing; the entries whose place they take.

    Raises:
        InputError: the file is broken, or cannot be written.
    """
    before, after = _edited(path, lambda text: with_entries(text, entries, _name(path)))
    kept = {identity(entry): entry for entry in read_accepted(after, _name(path))}
    return tuple(entry for entry in read_accepted(before, _name(path)) if kept.get(identity(entry)) != entry)


def exchange_entries(path: Path, chosen: Callable[[Sequence[Accepted]], Exchange]) -> Exchange:
    """Take entries out and put others in, as `chosen` says of those that stand there while nobody else writes.

    Raises:
        InputError: the file is broken, or cannot be written; or what `chosen` raises, and nothing is written.
    """
    exchanged: list[Exchange] = []

    def edit(text: str) -> str:
        exchanged.append(chosen(read_accepted(text, _name(path))))
        (removed, added) = exchanged[0]
        without = without_entries(text, {identity(entry) for entry in removed}, _name(path))
        return with_entries(without, added, _name(path)) if added else without

    _edited(path, edit)
    return exchanged[0]


def remove_entries(entries: Iterable[Accepted], path: Path) -> None:
    """Take entries, with the comments that belong to them, out of the file. Raises InputError as `add_entries` does."""
    _edited(path, lambda text: without_entries(text, {identity(entry) for entry in entries}, _name(path)))


def _edited(path: Path, edit: Callable[[str], str]) -> tuple[str, str]:
    """The file's text before and after an edit, which is on the disk; nobody else edits it meanwhile."""
    with alone(path.resolve().parent):
        before = accepted_text(path)
        after = edit(before)
        if after != before:
            write_atomically(path, after.encode(), durable=True)
    return before, after


def _name(path: Path) -> str:
    return shown(os.path.relpath(path))
