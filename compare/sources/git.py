"""What git knows of the inputs: which files it tracks, and which of them differ from a ref.

A thin edge over the `git` command. A repository may be anybody's, so nothing that its settings name is run: no hook, no
file system monitor, no diff driver, no filter, no transport. Only what is stored is asked for; whether a file still is
what the commit stored is told from its bytes, not from times or flags in the index.
"""

# Names stay strings, as in walk.py.
# ruff: noqa: PTH100, PTH112, PTH114, PTH118, PTH120

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compare.errors import InputError
from compare.files.regular import UnreadableError, open_regular
from compare.files.temporary import temporary_folder
from compare.model import Skipped
from compare.sources.kinds import kind_of
from compare.sources.named import is_row
from compare.sources.tables.read import table_rows
from compare.sources.types import inner, suffix
from compare.sources.walk import File, roots
from compare.wording.escape import shown, utf8_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from os import PathLike

    from compare.model import Document
    from compare.sources.fields import Reading

_SECONDS = 300
"""The longest that one command may take: listing a million files takes a few seconds."""
_KEPT = frozenset({"GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH"})
_SAFE = {
    "LC_ALL": "C",  # messages are looked at
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone must not fetch what it lacks
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
)
_SHA1_DIGITS = 40
_BLOCK = 1 << 20
_COMMIT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ROW_NUMBER = re.compile(r":[0-9]+\Z")
_NAMELESS = "\0"
"""Stands for a table in the ids of its rows that have none of their own; no path holds it."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A working tree."""

    top: str
    """Its real path."""


class _Stored(NamedTuple):
    """A file of a commit."""

    path: str
    """Where it stands or stood; may hold bytes that are not UTF-8."""
    object: str
    """The name of its bytes."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit held, to be set beside the working tree."""

    repository: Repository
    commit: str
    """Its full name."""
    before: Mapping[str, _Stored]
    """Its regular files, by real paths that are made UTF-8 as `Document.path` is."""


# --- what is tracked -----------------------------------------------------------------------------------------------


def repository(path: str) -> Repository | None:
    """The repository that holds a file or a folder, or None: there is none, or no git.

    Raises:
        InputError: git refuses to look, as at a repository that belongs to another user.
    """
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
    try:
        ended = _git(["rev-parse", "--show-toplevel"], folder)
    except _NoGitError:
        return None
    if ended.returncode:
        _check_refusal(ended.stderr, folder)
        return None
    return Repository(os.path.realpath(os.fsdecode(ended.stdout.removesuffix(b"\n"))))


def tracked(repository: Repository, folder: str) -> set[str]:
    """Real paths of the files below a folder that git tracks, those in the working tree and those that are not."""
    below = os.path.relpath(os.path.realpath(folder), repository.top)
    if below == os.pardir or below.startswith(os.pardir + os.sep):
        return set()
    listed = _lines(["ls-files", "-z", "--full-name", "--", below], repository.top)
    return {os.path.join(repository.top, path) for path in listed}


def tracked_in(paths: Sequence[str | PathLike[str]]) -> frozenset[str]:
    """Real paths of all tracked files below the inputs that are folders: for `plan` and `read`.

    Raises:
        InputError: as `plan` does for the inputs, and as `repository` does.
    """
    folders = dict.fromkeys(root for given in paths for root in roots(os.fspath(given)) if os.path.isdir(root))
    repositories = ((folder, repository(folder)) for folder in folders)
    return frozenset(path for folder, around in repositories if around for path in tracked(around, folder))


# --- what has changed ----------------------------------------------------------------------------------------------


def changed_from(folder: str, ref: str) -> Changes:
    """What a ref of the repository around a folder held.

    Raises:
        InputError: no git, no repository, or no such commit here.
    """
    around = _needed(folder)
    commit = _commit(around, ref)
    before: dict[str, _Stored] = {}
    twice = set()
    for line in _lines(["ls-tree", "-r", "-z", "--full-tree", commit], around.top):
        head, name = line.split("\t", 1)
        mode, _, object_ = head.split(" ")
        if mode.startswith("100"):
            path = os.path.join(around.top, name)
            if utf8_name(path) in before:
                twice.add(utf8_name(path))
            before[utf8_name(path)] = _Stored(path, object_)
    return Changes(around, commit, {place: stored for place, stored in before.items() if place not in twice})


def changed_documents(documents: Iterable[Document], changes: Changes, root: str, reading: Reading) -> set[str]:
    """Ids of the documents that differ from the commit; their paths are relative to `root`, or absolute.

    A file has changed if the commit did not hold its bytes under its name; line ends alone are no change. A row of a
    changed table has changed if the table had no row of that id with that text; the id may be the row's own, or
    `path#id`, and for rows without one the text decides, with how often it stands there. What stands outside the
    repository has changed.
    """
    places = Places(root)
    old: dict[str, _Rows] = {}
    nameless: defaultdict[str, Counter[str]] = defaultdict(Counter)
    result = set()
    for document in documents:
        place = places.of(document.path)
        if place not in old:
            old[place] = _known(changes, place, reading, document)
        if not old[place].hold(document, nameless[place]):
            result.add(document.id)
    return result


class Places:
    """Real paths of documents; a folder is looked up once."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.folders: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The real path of a document's path, made UTF-8 as that is."""
        full = os.path.join(self.root, path)
        if os.path.islink(full):  # only a file that was named itself
            return utf8_name(os.path.realpath(full))
        folder, name = os.path.split(full)
        if folder not in self.folders:
            self.folders[folder] = utf8_name(os.path.realpath(folder))
        return os.path.join(self.folders[folder], name)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the commit held of a file."""

    whole: bool = False
    """All of it as it is now."""
    named: frozenset[tuple[str, str]] = frozenset()
    """Id and digest of a table's rows."""
    nameless: Mapping[str, int] = field(default_factory=dict)
    """Digests of its rows without an id, with how many have each."""

    def hold(self, document: Document, seen: Counter[str]) -> bool:
        """Whether the commit held a document; `seen` counts the rows without an id as they come."""
        id_ = document.id.removeprefix(f"{document.path}#")
        if self.whole or (id_, document.sha256) in self.named:
            return True
        if not _ROW_NUMBER.search(id_):
            return False
        seen[document.sha256] += 1
        return seen[document.sha256] <= self.nameless.get(document.sha256, 0)


def _known(changes: Changes, place: str, reading: Reading, document: Document) -> _Rows:
    stored = changes.before.get(place)
    if stored is None:
        return _Rows()
    if _is_stored(stored):
        return _Rows(whole=True)
    return _old_rows(changes.repository, stored, reading) if is_row(document) else _Rows()


def _old_rows(repository: Repository, stored: _Stored, reading: Reading) -> _Rows:
    """The rows of a table at the commit; none if it cannot be had, so that all rows count as changed."""
    named, nameless = set(), Counter[str]()
    with temporary_folder(Path(tempfile.gettempdir())) as folder:
        plain = inner(stored.path)
        path = os.path.join(folder, "table" + suffix(plain) + stored.path[len(plain) :])
        with open(path, "wb") as target:  # noqa: PTH123 - as above
            written = copy_object(repository, stored.object, target)
        file, digesting = File(path, path, _NAMELESS, "", path), replace(reading, digest=True)
        kind = kind_of(file, digesting)
        for row, _ in table_rows(file, kind, digesting) if written and kind.is_table else ():
            if isinstance(row, Skipped):
                continue
            if row.id.startswith(_NAMELESS):
                nameless[row.sha256] += 1
            else:
                named.add((row.id, row.sha256))
    return _Rows(named=frozenset(named), nameless=nameless)


def copy_object(repository: Repository, name: str, target: BinaryIO) -> bool:
    """Write the bytes of a stored file as they are, and say whether they could be had."""
    return not _git(["cat-file", "blob", name], repository.top, target).returncode


def _is_stored(stored: _Stored) -> bool:
    """Whether a file holds the bytes that were stored, but for line ends that git may have changed."""
    return any(_object_name(stored, unix=unix) == stored.object for unix in (False, True))


def _object_name(stored: _Stored, *, unix: bool) -> str:
    r"""The name that git gives to a file's bytes, with `\n` for `\r\n` if asked; empty where it cannot be read."""
    digest = (hashlib.sha1 if len(stored.object) == _SHA1_DIGITS else hashlib.sha256)(usedforsecurity=False)
    try:
        with open_regular(stored.path, follow=False) as file:
            size = sum(len(part) for part in _parts(file, unix=unix)) if unix else os.fstat(file.fileno()).st_size
            file.seek(0)
            digest.update(b"blob %d\0" % size)
            for part in _parts(file, unix=unix):
                digest.update(part)
    except (UnreadableError, OSError):
        return ""
    return digest.hexdigest()


def _parts(file: BinaryIO, *, unix: bool) -> Iterator[bytes]:
    rest = b""
    while block := file.read(_BLOCK):
        part, rest = rest + block, b""
        if unix and part.endswith(b"\r"):
            part, rest = part[:-1], b"\r"
        yield part.replace(b"\r\n", b"\n") if unix else part
    yield rest


# --- the command ---------------------------------------------------------------------------------------------------


class _NoGitError(InputError):
    """There is no git command."""


def _needed(folder: str) -> Repository:
    """Raises InputError where there is no git or no repository."""
    _git(["--version"], folder)
    around = repository(folder)
    if around is None:
        raise InputError(f"{shown(folder)}: is in no working tree of git, so nothing can have changed from a ref")
    return around


def _commit(repository: Repository, ref: str) -> str:
    """The full name of the commit that a ref stands for. Raises InputError."""
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"]
    ended = _git(arguments, repository.top) if ref and "\0" not in ref else None
    if ended is None or ended.returncode or not _COMMIT.fullmatch(ended.stdout.strip()):
        hint = "in CI fetch it first (a shallow clone has no history: fetch-depth: 0)"
        raise InputError(f"{shown(ref) or '(an empty ref)'}: no such commit here; {hint}")
    return ended.stdout.strip().decode()


def _lines(arguments: list[str], folder: str) -> Iterator[str]:
    """The NUL-ended parts of a command's output. Raises InputError where it fails."""
    ended = _git(arguments, folder)
    if ended.returncode:
        raise InputError(f"git {arguments[0]} failed in {shown(folder)}: {_said(ended.stderr)}")
    return (os.fsdecode(part) for part in ended.stdout.split(b"\0")[:-1])


def _git(arguments: list[str], folder: str, target: BinaryIO | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. Raises InputError where it cannot be run or takes too long."""
    try:
        return subprocess.run(  # noqa: S603 - a list; what comes from outside stands after `--` or `--end-of-options`
            ["git", *_OPTIONS, *arguments],  # noqa: S607 - whichever git the user has
            cwd=folder or ".",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if target is None else target,
            stderr=subprocess.PIPE,
            timeout=_SECONDS,
            check=False,
        )
    except OSError as error:
        if isinstance(error, FileNotFoundError) and error.filename == "git":
            raise _NoGitError("git is not installed, and is needed to know what has changed") from error
        raise InputError(f"git cannot be run in {shown(folder)}: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise InputError(f"git {arguments[0]} in {shown(folder)} took more than {_SECONDS} seconds") from error


def _environment() -> dict[str, str]:
    """Ours, without what a hook or a user says of another repository."""
    kept = (name for name in os.environ if not name.startswith("GIT_") or name.startswith("GIT_CONFIG_"))
    return {name: os.environ[name] for name in (*kept, *(_KEPT & os.environ.keys()))} | _SAFE


def _check_refusal(stderr: bytes, folder: str) -> None:
    """Raises InputError unless there simply is no working tree."""
    if b"dubious ownership" in stderr:
        advice = f"git config --global --add safe.directory {shown(os.path.abspath(folder))}"
        raise InputError(f"{shown(folder)}: git does not trust this repository, which another user owns; {advice}")
    if b"not a git repository" not in stderr and b"must be run in a work tree" not in stderr:
        raise InputError(f"git cannot be asked in {shown(folder)}: {_said(stderr)}")


def _said(stderr: bytes) -> str:
    lines = os.fsdecode(stderr).strip().splitlines()
    return shown(lines[0]) if lines else "no reason given"
