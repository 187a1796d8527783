"""What the gate compares: documents by name from paths and indexes, and which of them are checked."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.regular import UnreadableError, open_regular
from compare.gate.policy import Policies, Policy, read_policy
from compare.model import Document, Skipped
from compare.sources.fields import reading_of
from compare.sources.git import Places, changed_documents, changed_from, tracked_in
from compare.sources.missed import refuse_missed
from compare.sources.named import Names
from compare.sources.read import read_repeatedly_named, repeated_name
from compare.text.tokens import body
from compare.wording.escape import shown
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from compare.index.lookup import Neighbourhood
    from compare.settings import Settings

SHOWN_LOST = 3
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Gate:
    """What `check` is asked."""

    paths: tuple[str, ...]
    root: Path
    """The folder that names of documents begin at."""
    accepted: Path
    """The file of accepted reuse."""
    against: tuple[str, ...] = ()
    """Paths and indexes that the documents are compared with, and that are not checked themselves."""
    changed_from: str = ""
    """A git ref: only documents that differ from it are checked."""
    fail_on: Policy = field(default_factory=lambda: read_policy("near"))
    warn_on: Policy | None = None
    accepted_is_named: bool = False
    """Whether the accepted file was asked for, and so must be there."""
    everything: bool = False
    """Whether all findings are listed, however many there are."""
    strict: bool = False
    allow_unread: bool = False
    """Whether what cannot be read is left out, and listed."""
    today: str = ""
    """ISO 8601 date that expiry goes by."""
    workers: int = 0
    again: tuple[str, ...] = ()
    """See `Report.again`."""
    written: tuple[str, ...] = ()
    """Files that the findings are written to: none of them may be one that is read."""

    @property
    def policies(self) -> Policies:
        """What fails and what warns."""
        return Policies(self.fail_on, self.warn_on)


@dataclass(frozen=True, slots=True)
class Input:
    """What was read: every document by its name."""

    documents: Mapping[str, Document]
    """Sorted by name."""
    checked: frozenset[str]
    total: int
    """Documents compared with, those of an index that were not needed too."""
    skipped: tuple[Skipped, ...]
    left_out: Mapping[str, int]
    proposed: tuple[tuple[str, str], ...] = ()
    """Pairs of names that indexes propose, the checked document first."""


def read_input(gate: Gate, settings: Settings) -> Input:
    """All documents that are to be compared. Raises InputError as `check_paths` does."""
    indexes = [path for path in gate.against if is_index(path)]
    others = [path for path in gate.against if path not in indexes]
    own, skipped = _read(gate.paths, gate, settings)
    if not own:
        raise InputError(nothing_readable(gate.paths, skipped))
    against, also_skipped = _read(others, gate, settings) if others else ({}, [])
    if not gate.allow_unread:
        refuse_lost([*skipped, *also_skipped])
    refuse_missed(others, (str(gate.root / document.path) for document in against.values()), also_skipped)
    documents = _others(against, own, str(gate.root)) | own
    refuse_overwriting(gate, {document.path for document in documents.values()})
    checked = _changed(own, gate, settings)
    names = sorted(checked)
    texts = [body(own[name]) for name in names]
    total, left_out, proposed = len(documents), Counter[str](), set[tuple[str, str]]()
    for index in indexes if texts else []:
        near = neighbours(index, texts, documents.keys(), gate.root, settings)
        documents = {document.id: document for document in near.documents} | documents
        total += near.total
        left_out.update(near.left_out)
        proposed |= {(names[text], source) for text, source in near.pairs}
    return Input(
        dict(sorted(documents.items())), checked, total, tuple(skipped + also_skipped), left_out,
        tuple(sorted(proposed)),
    )  # fmt: skip


def is_index(path: str) -> bool:
    """Whether a path is that of an SQLite file; anything else is read as documents."""
    try:
        with open_regular(path, follow=True) as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (UnreadableError, OSError, ValueError):
        return False


def _read(paths: Sequence[str], gate: Gate, settings: Settings) -> tuple[dict[str, Document], list[Skipped]]:
    """Documents by name, and what was skipped."""
    documents: dict[str, Document] = {}
    skipped = []
    names, tracked = Names(gate.root), tracked_in(paths)
    for item in read_repeatedly_named(paths, settings, tracked):
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        document = names.named(item)
        if document.id in documents:
            raise InputError(repeated_name((documents[document.id], item), paths, settings, tracked))
        documents[document.id] = document
    return documents, skipped


def _others(against: dict[str, Document], own: Mapping[str, Document], root: str) -> dict[str, Document]:
    """Those of the documents that are not documents of ours by another name, as by a link."""
    if not against.keys() - own.keys():
        return {}
    places = Places(root)
    real = {places.of(document.path) for document in own.values()}
    return {name: document for name, document in against.items() if places.of(document.path) not in real}


def refuse_lost(skipped: Sequence[Skipped]) -> None:
    """Raise InputError if an article may be missing for what was skipped."""
    lost = [skip for skip in skipped if skip.lost]
    if lost:
        some = "; ".join(f"{shown(skip.path)}: {skip.reason}" for skip in lost[:SHOWN_LOST])
        more = f" (and {len(lost) - SHOWN_LOST} more)" if len(lost) > SHOWN_LOST else ""
        raise InputError(f"not read, so not compared: {some}{more}; --allow-unread leaves out what cannot be read")


def refuse_overwriting(gate: Gate, read: AbstractSet[str]) -> None:
    """Raise InputError if a report would take the place of what is read, or of another report."""
    names = Names(gate.root)
    taken = {*read, *(names.of(path) for path in (*gate.against, str(gate.accepted)))}
    for path in gate.written:
        called = {names.of(path), names.of(os.path.realpath(path))}
        if called & taken:
            raise InputError(f"{shown(path)}: a report would take the place of an input or of another report")
        taken |= called


def _changed(own: Mapping[str, Document], gate: Gate, settings: Settings) -> frozenset[str]:
    """Names of the documents to check: those that differ from the ref, or all."""
    if not gate.changed_from:
        return frozenset(own)
    changes = changed_from(str(gate.root), gate.changed_from)
    reading = reading_of(settings, digest=True)
    return frozenset(changed_documents(own.values(), changes, str(gate.root), reading))


def neighbours(
    index: str, texts: Sequence[str], named: AbstractSet[str], root: Path, settings: Settings
) -> Neighbourhood:
    """What an index holds near some texts, by names from a folder; what is known by name already is not asked for.

    Raises:
        InputError: it is no index, or was built with other settings.
    """
    from compare.index.lookup import open_archive  # noqa: PLC0415  # SQLite, where there is an index
    from compare.index.reading import IndexNames  # noqa: PLC0415

    stored_names, names = IndexNames(Path(index)), Names(root)
    without = {stored_names.moved(name, names) for name in named}
    with open_archive(Path(index), settings) as opened:
        near = opened.neighbourhood(texts, without)
    called = {document.id: names.moved(document.id, stored_names) for document in near.documents}
    paths = {path: names.moved(path, stored_names) for path in {document.path for document in near.documents}}
    documents = (replace(each, id=called[each.id], path=paths[each.path]) for each in near.documents)
    pairs = tuple((text, called[name]) for text, name in near.pairs)
    return replace(near, documents=tuple(documents), pairs=pairs)
