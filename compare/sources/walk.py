"""Paths, folders and globs to a plan: which files are read, under which ids, and what is left out and why."""

# Names stay strings: 100,000 Path objects would take ten times the time.
# ruff: noqa: PTH100, PTH110, PTH112, PTH116, PTH118, PTH119, PTH120

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from compare.errors import InputError
from compare.files.regular import UnreadableError, kind
from compare.files.remote import Address, is_remote
from compare.model import Skipped
from compare.sources.afar import addressed, relatives
from compare.sources.ignore import GITIGNORE, Rules, ignored, rules_in
from compare.sources.types import is_article
from compare.wording.escape import PIPED, Piped, shown, utf8_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from os import PathLike

DEPTH = 200
"""Folders below the input that are still read: real trees are not this deep, hostile ones are."""
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # one slash: pathlib takes the second away
_MAGIC = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read."""

    path: str
    """How it is opened; may hold bytes that are not UTF-8."""
    shown: str
    """The same for people and reports, always UTF-8."""
    id: str
    """Relative to its input, with `/`; always UTF-8 and unlike that of any other file of the plan."""
    target: str
    """Where its kept part goes below the output folder."""
    root: str
    """The input that named it: a folder, or the file itself."""

    @property
    def named(self) -> bool:
        """Whether it was named itself, and not found in a folder."""
        return self.path == self.root


class Plan(NamedTuple):
    """What is read, in the order of the inputs and then of relative paths; and what is not."""

    files: tuple[File, ...]
    skipped: tuple[Skipped, ...]


class _Found(NamedTuple):
    root: str
    relative: str
    """Below `root`; empty if the input itself is the file."""

    @property
    def path(self) -> str:
        return os.path.join(self.root, self.relative) if self.relative else self.root


class _Unread(NamedTuple):
    path: str
    reason: str
    lost: bool


class _Folder(NamedTuple):
    path: str
    relative: str
    rules: tuple[Rules, ...]


def plan(paths: Sequence[str | PathLike[str]], tracked: AbstractSet[str] = frozenset()) -> Plan:
    """All files that the inputs name, each once, with ids that no two share.

    `tracked` are real paths: those of them that are articles and lie below an input folder are read even where a
    `.gitignore` names them or a part of their path begins with a dot.

    Raises:
        InputError: a URL, a missing path, a glob that matches nothing, or two names that are equal once escaped.
    """
    unread: list[_Unread] = []
    files: list[_Found] = []
    for root in (root for given in paths for root in _roots(os.fspath(given), unread)):
        below = list(_files(root, unread))
        if tracked and os.path.isdir(root):
            seen = {item.path for item in below} | {item.path for item in unread}
            below += _hidden(root, tracked, seen, unread)
        files += sorted(below, key=lambda item: item.relative)
    if len(paths) > 1 or len({item.root for item in files}) > 1:
        files = _once(files)
    return Plan(_identified(files), _told(unread, files))


def roots(given: str) -> list[str]:
    """The files and folders that an input names: itself, or what its pattern matches. Raises InputError."""
    return _roots(given, [])


def all_roots(paths: Iterable[str]) -> Iterator[str]:
    """What several inputs name, but for what is piped in. Raises InputError."""
    return (root for given in paths if given != PIPED for root in roots(given))


def _roots(given: str, unread: list[_Unread]) -> list[str]:
    if isinstance(given, Address):
        return addressed(given)
    if _URL.match(given):
        raise InputError(f"{shown(given)}: URLs are not read; give the path of a file or a folder")
    if given and "\0" not in given:
        if os.path.exists(given):
            return [given]
        if _MAGIC.search(given) and (matches := _glob(given, unread)):
            return matches
    reason = "no file matches" if _MAGIC.search(given) else "no such file or folder"
    raise InputError(f"{shown(given) or '(an empty path)'}: {reason}")


def _glob(pattern: str, unread: list[_Unread]) -> list[str]:
    """Paths that match, level by level and sorted; `**` stands for any folders, links are not followed for it."""
    first, *rest = pattern.split("/")
    level = ["/"] if not first else _level([""], first, unread)
    for part in filter(None, rest):
        level = _level(level, part, unread)
    return sorted(dict.fromkeys(path or "." for path in level))  # `**` alone matches this folder too


def _level(folders: list[str], part: str, unread: list[_Unread]) -> list[str]:
    """What a part of a pattern matches in some folders."""
    if part == "**":
        return _below(folders, unread)
    return [path for folder in folders for path in _matches(folder, part, unread)]


def _matches(folder: str, part: str, unread: list[_Unread]) -> list[str]:
    if not _MAGIC.search(part):
        return [path] if os.path.lexists(path := os.path.join(folder, part)) else []
    hidden = part.startswith(".")
    names = (entry.name for entry in _listed(folder or ".", unread))
    return [os.path.join(folder, name) for name in names if _visible(name, hidden=hidden) and fnmatchcase(name, part)]


def _visible(name: str, *, hidden: bool) -> bool:
    return hidden or not name.startswith(".")


def _below(folders: list[str], unread: list[_Unread]) -> list[str]:
    """The folders and all folders below them, each once: `**/**/**` is no more work than `**`."""
    result, stack = dict.fromkeys(folders), [(folder, 0) for folder in folders]
    while stack:
        path, depth = stack.pop()
        inner = (e for e in _listed(path or ".", unread) if e.is_dir(follow_symlinks=False) and e.name[0] != ".")
        below = [name for entry in inner if (name := os.path.join(path, entry.name)) not in result]
        if depth < DEPTH:
            stack += [(name, depth + 1) for name in below]
            result.update(dict.fromkeys(below))
        else:
            unread += [_Unread(name, f"more than {DEPTH} folders deep", lost=True) for name in below]
    return list(result)


def _listed(path: str, unread: list[_Unread]) -> list[os.DirEntry[str]]:
    """The entries of what a pattern meets; none if it is no folder."""
    entries = _entries(path)
    note = _Unread(path, "unreadable", lost=True)
    if entries is None and os.path.isdir(path) and note not in unread:  # `**` asks twice
        unread.append(note)
    return entries or []


def _entries(path: str) -> list[os.DirEntry[str]] | None:
    """A folder's entries by name, or None if it cannot be read."""
    try:
        with os.scandir(path) as entries:
            return sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError:
        return None


def _files(root: str, unread: list[_Unread]) -> Iterator[_Found]:
    if isinstance(root, Address):
        yield from (_Found(root, relative) for relative in relatives(root))
        return
    if not os.path.isdir(root):
        yield _Found(root, "")
        return
    seen: set[tuple[int, int]] = set()
    stack = [_Folder(root, "", ())]
    while stack:
        folder = stack.pop()
        entries = _unseen(folder, seen, unread)
        rules = (*_own_rules(folder, entries, unread), *folder.rules)
        for entry in _wanted(entries, folder.relative, rules):
            relative = folder.relative + entry.name
            if entry.is_dir(follow_symlinks=False):
                stack.append(_Folder(entry.path, f"{relative}/", rules))
            elif entry.is_file(follow_symlinks=False):
                yield _Found(root, relative)
            else:
                unread.append(_Unread(entry.path, _strange(entry), is_article(entry.name)))


def _unseen(folder: _Folder, seen: set[tuple[int, int]], unread: list[_Unread]) -> list[os.DirEntry[str]]:
    """The entries of a folder that was not read before, is not too deep and can be read; else a skip and none."""
    reason, entries, lost = "", None, True
    try:
        status = os.stat(folder.path)
    except OSError as error:
        reason = f"unreadable: {error.strerror}"
    else:
        place = (status.st_dev, status.st_ino)
        if place in seen:
            reason, lost = "a loop: this folder was read under another name", False
        elif folder.relative.count("/") > DEPTH:
            reason = f"more than {DEPTH} folders deep"
        elif (entries := _entries(folder.path)) is None:
            reason = "unreadable"
        seen.add(place)
    if reason:
        unread.append(_Unread(folder.path, reason, lost))
    return entries or []


def _own_rules(folder: _Folder, entries: list[os.DirEntry[str]], unread: list[_Unread]) -> tuple[Rules, ...]:
    """The rules of a folder's own `.gitignore`. What cannot be followed is told; git too follows no link for it."""
    for entry in entries:
        if entry.name != GITIGNORE or entry.is_dir(follow_symlinks=False):
            continue
        if not entry.is_file(follow_symlinks=False):
            unread.append(_Unread(entry.path, f"{_strange(entry)}: no patterns are taken from it", lost=False))
            continue
        try:
            return (rules_in(folder.path, folder.relative),)
        except UnreadableError as error:
            unread.append(_Unread(entry.path, f"{error}: its patterns are not followed", lost=True))
    return ()


def _wanted(entries: Iterable[os.DirEntry[str]], base: str, rules: tuple[Rules, ...]) -> Iterator[os.DirEntry[str]]:
    for entry in entries:
        if entry.name.startswith("."):
            continue
        slash = "/" if entry.is_dir(follow_symlinks=False) else ""
        if not (rules and ignored(base + entry.name + slash, rules)):
            yield entry


def _strange(entry: os.DirEntry[str]) -> str:
    try:
        return kind(entry.stat(follow_symlinks=False).st_mode)
    except OSError as error:
        return f"unreadable: {error.strerror}"


def _hidden(root: str, tracked: AbstractSet[str], seen: set[str], unread: list[_Unread]) -> Iterator[_Found]:
    """The tracked articles below a folder that the walk has not seen. One that is not there is no article any more."""
    base = os.path.join(os.path.realpath(root), "")
    for path in sorted(path for path in tracked if path.startswith(base) and is_article(path)):
        article = _Found(root, path[len(base) :])
        if article.path in seen or os.path.realpath(os.path.dirname(path)) != os.path.dirname(path):
            continue
        try:
            mode = os.lstat(path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            unread.append(_Unread(article.path, f"unreadable: {error.strerror}", lost=True))
            continue
        if stat.S_ISREG(mode):
            yield article
        elif not stat.S_ISDIR(mode):
            unread.append(_Unread(article.path, kind(mode), lost=True))


def _told(unread: list[_Unread], files: list[_Found]) -> tuple[Skipped, ...]:
    """As values. A link to a file that is read anyway is no loss."""
    real = _real_paths(files) if any(item.lost for item in unread) else {}
    return tuple(
        Skipped(utf8_name(path), reason, lost and os.path.realpath(path) not in real) for path, reason, lost in unread
    )


def _once(files: list[_Found]) -> list[_Found]:
    """The same files without those that were named before, directly or by a folder."""
    return list(_real_paths(files).values())


def _real_paths(files: list[_Found]) -> dict[str, _Found]:
    """The files by their real paths. No link is followed below an input, so only the inputs' own are asked for."""
    inputs = {
        root: _place(root) if is_remote(root) else os.path.realpath(root)
        for root in dict.fromkeys(item.root for item in files)
    }
    unique: dict[str, _Found] = {}
    for item in files:
        unique.setdefault(os.path.join(inputs[item.root], item.relative) if item.relative else inputs[item.root], item)
    return unique


def _identified(files: list[_Found]) -> tuple[File, ...]:
    """Ids relative to each input; if two are equal, all ids are relative to the parent that the inputs share."""
    ids = [utf8_name(item.relative or os.path.basename(item.path)) for item in files]
    targets = [os.path.join(_folder_name(item.root), *filter(None, [item.relative])) for item in files]
    if len(set(ids)) < len(ids) or len(set(targets)) < len(targets):
        parent = os.path.commonpath([os.path.dirname(_place(item.root)) for item in files])
        targets = [os.path.relpath(_place(item.path), parent) for item in files]
        ids = [utf8_name(target) for target in targets]
    for name, times in Counter(ids).items():
        if times > 1:
            raise InputError(f"{shown(name)}: duplicate id: the names of {times} files are equal once escaped")
    return tuple(
        File(item.path, utf8_name(item.path), id_.replace(os.sep, "/"), target, item.root)
        for item, id_, target in zip(files, ids, targets, strict=True)
    )


def _place(path: str) -> str:
    """Where a file stands; what was piped in as if it stood here in a folder of that name, wherever it is kept."""
    if is_remote(path):
        return f"/{path}"
    return os.path.abspath(os.path.join(PIPED, os.path.basename(path)) if isinstance(path, Piped) else path)


def _folder_name(root: str) -> str:
    return os.path.basename(os.path.abspath(root))
