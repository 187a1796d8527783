"""The inbox: files as they come into a folder, each held against the archive once, and what became of it.

What is known stands in one JSON file that is replaced whole after each change, so a restart goes on where it was.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Literal

import msgspec

from compare.errors import CompareError, InputError
from compare.files.atomic import write_atomically
from compare.files.regular import UnreadableError, read_regular
from compare.model import Skipped
from compare.sources.read import read
from compare.wording.escape import safe, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compare.model import Document
    from compare.settings import Settings
    from compare.sources.named import Names

FORMAT = "compare-inbox/1"
LARGEST = 1 << 28
EVERY = 1.0
"""Seconds between two looks into the folder; a file is read when it has not changed between two."""
State = Literal["new", "done"]
_PASSING = (".crdownload", ".part", ".partial", ".download", ".tmp")
"""Ends of names that programs give to what they have not finished."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document that came in."""

    key: str
    """16 hexadecimal digits: of its file and its id."""
    path: str
    id: str
    title: str
    came: str
    """When it was first seen, ISO 8601."""
    sentence: str
    """What was found, or why it could not be read."""
    needed: bool
    """Whether somebody should look at it."""
    read: bool = True
    """Whether it could be read: else it can be neither looked at nor added."""
    added: bool = False
    """Whether it is in the archive."""
    state: State = "new"


class _Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    files: dict[str, str] = {}  # msgspec makes a new one for each
    """How each file stood when it was read: its size and time."""
    items: tuple[Item, ...] = ()
    format: str = FORMAT


@dataclass(slots=True)
class Inbox:
    """A folder that is watched."""

    folder: Path
    store: Path
    """The file that remembers."""
    settings: Settings
    names: Names
    """What its documents are called, as an archive calls them."""
    judged: Callable[[Document], tuple[str, bool]]
    """What is said of a document, and whether somebody should look at it."""
    now: Callable[[], str]
    added: Callable[[str], None] | None = None
    """Adds a file to the archive."""
    at_once: bool = False
    """Whether each is added without being asked."""
    _stored: _Stored = field(default_factory=_Stored)
    _before: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Remember. Raises InputError: the folder or the file that remembers cannot be used."""
        if not self.folder.is_dir():
            raise InputError(f"{shown(self.folder)}: is no folder to watch")
        if os.path.lexists(self.store):
            try:
                self._stored = msgspec.json.decode(read_regular(str(self.store), LARGEST, follow=True), type=_Stored)
            except (UnreadableError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                raise InputError(f"{shown(self.store)}: is no inbox that this version wrote") from None
            if self._stored.format != FORMAT:
                raise InputError(f"{shown(self.store)}: is an inbox of another version")

    @property
    def items(self) -> tuple[Item, ...]:
        """What came, the newest first."""
        return self._stored.items[::-1]

    def watch(self, until: Event) -> None:
        """Looks into the folder again and again. What cannot be read or kept is an item that says so."""
        while not until.wait(EVERY):
            self.look()

    def look(self) -> None:
        """Takes in what is new and has come to rest."""
        seen = dict(_files(self.folder))
        for path, how in seen.items():
            if self._before.get(path) == how and self._stored.files.get(path) != how:
                self._take(path, how)
        self._before = seen

    def _take(self, path: str, how: str) -> None:
        came = self.now()
        items = [self._item(found, path, came) for found in self._documents(path)]
        if self.at_once and self.added:
            items = [self._added_at_once(item) if item.read else item for item in items]
        keys = {item.key for item in items}
        with self._lock:
            kept = tuple(item for item in self._stored.items if item.key not in keys)
            self._keep(_Stored({**self._stored.files, path: how}, (*kept, *items)))

    def _documents(self, path: str) -> Iterator[Document | str]:
        """What a file holds; a line for what cannot be read."""
        try:
            for found in read([path], self.settings):
                yield f"not read: {found.reason}" if isinstance(found, Skipped) else self.names.named(found)
        except CompareError as error:
            yield f"not read: {error}"

    def _item(self, found: Document | str, path: str, came: str) -> Item:
        if isinstance(found, str):
            return Item(_key(path, ""), path, safe(Path(path).name), "", came, found, needed=True, read=False)
        try:
            sentence, needed = self.judged(found)
        except CompareError as error:
            sentence, needed = f"not compared: {error}", True
        return Item(_key(path, found.id), path, found.id, safe(found.title), came, sentence, needed)

    def _added(self, item: Item) -> Item:
        if not self.added:
            raise InputError("no archive to add it to: start the desk with --archive")
        if not item.read:
            raise InputError(f"it cannot be added: {item.sentence}")
        self.added(item.path)
        return msgspec.structs.replace(item, added=True)

    def _added_at_once(self, item: Item) -> Item:
        """An item that is in the archive, or says why not."""
        try:
            return self._added(item)
        except CompareError as error:
            return msgspec.structs.replace(item, sentence=f"{item.sentence}; not added: {error}", needed=True)

    def set(self, key: str, state: State) -> Item:
        """An item as done, or new again. Raises InputError where there is none."""
        return self._changed(key, lambda item: msgspec.structs.replace(item, state=state))

    def add(self, key: str) -> Item:
        """An item as added to the archive. Raises InputError: there is none, no archive, or it could not be read."""
        return self._changed(key, self._added)

    def _changed(self, key: str, change: Callable[[Item], Item]) -> Item:
        with self._lock:
            item = change(self.item(key))
            items = tuple(item if one.key == key else one for one in self._stored.items)
            self._keep(msgspec.structs.replace(self._stored, items=items))
        return item

    def item(self, key: str) -> Item:
        """The item of a key. Raises InputError."""
        found = next((one for one in self._stored.items if one.key == key), None)
        if found is None:
            raise InputError("this is not in the inbox any more")
        return found

    def document(self, item: Item) -> Document:
        """An item's text, read again. Raises InputError."""
        for found in self._documents(item.path):
            if not isinstance(found, str) and found.id == item.id:
                return found
        raise InputError(f"{shown(item.path)}: does not hold it any more")

    def _keep(self, stored: _Stored) -> None:
        write_atomically(self.store, msgspec.json.encode(stored), durable=True)
        self._stored = stored


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Each plain file below a folder and how it stands; what is hidden is not looked at."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent) / name
            try:
                known = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(known.st_mode) and not name.startswith((".", "~$")) and not name.endswith(_PASSING):
                yield str(path), f"{known.st_size} {known.st_mtime_ns}"


def _key(path: str, name: str) -> str:
    return hashlib.sha256(msgspec.json.encode([path, name])).hexdigest()[:16]
