"""What was corrected between two versions of an article, and which documents still hold the old wording."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from compare.changes.corrections import corrections_of
from compare.changes.holders import holding
from compare.changes.wordings import sought
from compare.errors import InputError
from compare.jobs.gather import is_index, neighbours, refuse_lost
from compare.model import Corrected, Document, Skipped
from compare.origin.described import described
from compare.pipeline.plan import compare_pair
from compare.sources.git import Places, tracked_in
from compare.sources.missed import refuse_missed
from compare.sources.named import Names
from compare.sources.read import read_repeatedly_named, repeated_name
from compare.text.tokens import body
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compare.settings import Settings

    Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of an article, and where to look for them."""

    old: Document
    new: Document
    against: tuple[str, ...] = ()
    """Files, folders, tables and indexes."""
    root: Path = Path()
    """The folder that names of documents begin at."""
    allow_unread: bool = False
    """Whether what cannot be read is left out, and listed."""


@dataclass(slots=True)
class _Read:
    """What was read so far, beside the documents."""

    paths: dict[str, str] = field(default_factory=dict)
    """Of each document, by its name."""
    skipped: list[Skipped] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    looked_at: int = 0
    """Documents, those of indexes that share too little to be handed out among them."""


def corrections(versions: Versions, settings: Settings, progress: Progress = lambda _stage, _steps: None) -> Corrected:
    """What was corrected, and who holds which wording: every document is read once, and none but these is kept.

    The two versions themselves, where they are among the documents, are not looked at.

    Raises:
        InputError: a path is missing, an article cannot be read, or an index was built with other settings.
    """
    old, new = versions.old, versions.new
    listed = corrections_of(compare_pair(old, new, settings), old, new)
    read = _Read()
    found = holding(_others(versions, read, settings, progress), sought(listed, old, new))
    if not versions.allow_unread:
        refuse_lost(read.skipped)
    if versions.against and not read.paths and not read.looked_at:
        raise InputError(nothing_readable(versions.against, read.skipped))
    files = [path for path in versions.against if not is_index(path)]
    refuse_missed(files, read.paths.values(), read.skipped)
    documents = dict(sorted(found.documents.items()))
    told = found.told_of(listed)
    return Corrected(old, new, told, documents, read.looked_at, tuple(read.skipped), read.left_out)


def _others(versions: Versions, read: _Read, settings: Settings, progress: Progress) -> Iterator[Document]:
    """The documents to look at, by their names from the root, each once; what a folder holds goes before an index."""
    places = Places(str(versions.root))
    own = {places.of(document.path) for document in (versions.old, versions.new) if document.path}
    indexes = [path for path in versions.against if is_index(path)]
    paths = [path for path in versions.against if path not in indexes]
    in_files = _in_files(paths, read, versions, settings) if paths else ()
    for document in chain(in_files, _in_indexes(indexes, read, versions, settings)):
        progress("reading", 0)
        if places.of(document.path) not in own:
            read.looked_at += 1
            yield document


def _in_files(paths: Sequence[str], read: _Read, versions: Versions, settings: Settings) -> Iterator[Document]:
    names, tracked = Names(versions.root), tracked_in(paths)
    for item in read_repeatedly_named(paths, settings, tracked):
        if isinstance(item, Skipped):
            read.skipped.append(item)
            continue
        document = names.named(item)
        if document.id in read.paths:
            first = replace(item, path=read.paths[document.id])
            raise InputError(repeated_name((first, item), paths, settings, tracked))
        read.paths[document.id] = item.path
        yield document


def _in_indexes(indexes: Sequence[str], read: _Read, versions: Versions, settings: Settings) -> Iterator[Document]:
    texts = [body(versions.old), body(versions.new)]
    for index in indexes:
        near = neighbours(index, texts, set(read.paths), versions.root, settings)
        read.left_out.update(near.left_out)
        read.looked_at += near.total - len(near.documents)
        for document in near.documents:
            read.paths[document.id] = document.path
            yield described(document)
