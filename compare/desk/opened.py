"""A desk made ready: archives are looked at, folders indexed for as long as it is open, the inbox remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.desk.asking import Ground, of_draft
from compare.desk.decisions import Book
from compare.desk.desk import Desk
from compare.desk.inbox import Inbox
from compare.errors import InputError
from compare.index.build import create
from compare.index.update import extend
from compare.jobs.day import now
from compare.jobs.gather import is_index
from compare.sources.named import Names
from compare.wording.desk import told_of
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compare.model import Document
    from compare.settings import Settings

    Progress = Callable[[str, int], None]

STORE = "compare.inbox.json"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a desk is opened with."""

    paths: tuple[str, ...]
    archives: tuple[Path, ...]
    root: Path
    accepted: Path
    by: str
    watched: Path | None = None
    at_once: bool = False
    """Whether what comes in is added to the archive."""


def opened(opening: Opening, folder: Path, settings: Settings, progress: Progress) -> tuple[Desk, Inbox | None]:
    """The desk and its inbox; `folder` is for the index of the paths, and goes when the desk is closed.

    Raises:
        InputError: an archive or a path cannot be used, or there is nothing to add to.
    """
    for archive in opening.archives:
        if not is_index(str(archive)):
            raise InputError(f"--archive {shown(archive)}: is no index; `compare index build ARTICLES…` makes one")
    if opening.at_once and not (opening.watched and opening.archives):
        raise InputError("--add adds what --watch takes in to the first --archive: name both")
    indexes = opening.archives
    if opening.paths:
        progress("reading", 0)
        own = folder / "desk.index"
        create(list(opening.paths), own, settings)
        indexes = (*indexes, own)
    ground = Ground(settings, indexes, opening.root)
    desk = Desk(ground, Book(opening.accepted), opening.by)
    return desk, _inbox(opening, ground, settings) if opening.watched else None


def _inbox(opening: Opening, ground: Ground, settings: Settings) -> Inbox:
    assert opening.watched is not None  # noqa: S101  # asked by the caller

    def judged(document: Document) -> tuple[str, bool]:
        if not ground.indexes:
            return "no archive to hold it against", True
        answer = of_draft(document, ground)
        return told_of(answer.report, answer.draft, answer.queried), bool(answer.report.families)

    def added(path: str) -> None:
        extend([path], opening.archives[0], settings)

    store = opening.accepted.parent / STORE
    adding = added if opening.archives else None
    return Inbox(opening.watched, store, settings, Names(opening.root), judged, now, adding, opening.at_once)
