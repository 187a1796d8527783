"""Where settings come from: defaults, the nearest file, the environment, the command line; the stronger one last.

`configuration` finds and reads; `resolved` is pure. A file may come with articles of strangers: nothing in it is run,
and what it names to be written stays in its own repository (or folder, if that is in none).
"""

# Paths stay strings, as they were written: a Path would take "./" and "a/../" away.
# ruff: noqa: PTH100, PTH109, PTH112, PTH118, PTH119, PTH120, PTH206

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.errors import SettingsError
from compare.gate.policy import read_policy
from compare.settings import Settings, wrong
from compare.wording.escape import meant, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COMPARE_TOML = "compare.toml"
PYPROJECT = "pyproject.toml"
ACCEPTED = "compare.accepted.toml"
PREFIX = "COMPARE_"
NOT_SETTINGS = frozenset({"COMPARE_DEBUG", "COMPARE_BY", "COMPARE_DESK_WORD"})
MOST_WORKERS = 64
_MOST_BYTES = 1 << 20
_MOST_DOTS = 100  # of a line: tomllib takes memory by the square of a dotted key's parts, 10 GB for 100 kB
_SHOWN = 60  # characters of a name or value in a message


@dataclass(frozen=True, slots=True)
class Options:
    """What commands ask for beside `Settings`: what is read, where results go, when the gate fails."""

    paths: tuple[str, ...] = ()
    """What `compare check` and `compare audit` read when no path is given: files, folders, globs and tables."""
    against: tuple[str, ...] = ()
    """Paths and indexes that documents are compared with as well."""
    fail_on: str = "near"
    """Policy of the pairs that make `compare check` end with 1: exact, near, passage, or an expression."""
    warn_on: str = ""
    """Policy of the pairs that `compare check` reports as warnings; empty for none."""
    accepted: str = ACCEPTED
    """The file of accepted reuse: by default in the folder of the settings' file, else at the top of the repository."""
    strict_accepted: bool = False
    """Whether entries of that file that are stale or expired make `compare check` end with 1."""
    allow_unread: bool = False
    """Whether commands go by what could be read where something could not; else they end with 2."""
    index: str = "compare.index"
    """The index that `compare index` and `compare query` use."""
    output: str = "reports"
    """The folder that `compare run` writes its report to."""
    workers: int = 0
    """Threads, at most 64; 0 for as many as there are processors. The result is the same with any number."""


DEFAULTS: Mapping[str, Any] = {
    item.name: getattr(record, item.name) for record in (Options(), Settings()) for item in fields(record)
}
"""Every key with its default, in the order that `compare config` shows."""
POLICIES = frozenset({"fail_on", "warn_on"})
PATHS = frozenset({"paths", "against", "accepted", "index", "output"})
WRITTEN = ("accepted", "index", "output")
"""Paths that commands write to."""
_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: "text", tuple: "a list of texts"}


class OriginKind(Enum):
    """What a source is."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    SET = "--set"
    OPTION = "option"


class Source(NamedTuple):
    """Values from one place, by key as it was written there (`min-shared` is `min_shared`)."""

    kind: OriginKind
    values: Mapping[str, object]
    """Text where the kind is ENVIRONMENT (by the variable's name) or SET; elsewhere values of their own type."""
    file: str = ""
    """The file, as it is shown."""
    folder: str = ""
    """What relative paths are relative to; empty for the current folder."""

    def origin(self, key: str) -> str:
        """Where the value of a key came from, as `compare config --origin` says it."""
        return {
            OriginKind.FILE: self.file,
            OriginKind.ENVIRONMENT: f"environment {_variable(key)}",
            OriginKind.OPTION: "the command line" if key == "paths" else f"--{key.replace('_', '-')}",
        }.get(self.kind, self.kind.value)

    def place(self, written: str, value: object) -> str:
        """Where a value stands, and what it is: the beginning of a message."""
        name = _short(shown(written))
        if self.kind is OriginKind.SET:
            return f"--set {_said(f'{written}={value}')}"
        if self.kind is OriginKind.OPTION:
            return f"{self.origin(written)} {_said(value)}"
        return (
            f"{name}={_said(value)}" if self.kind is OriginKind.ENVIRONMENT else f"{self.file}: {name} = {_said(value)}"
        )


class Resolved(NamedTuple):
    """What the sources say together."""

    settings: Settings
    options: Options
    origins: Mapping[str, str]
    """Where each value came from, for every key of `DEFAULTS`, in their order."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings and options of a command."""

    settings: Settings
    options: Options
    """Relative paths are relative to the current folder."""
    file: str
    """The file that was found, relative to the current folder, or empty."""
    root: str
    """The folder that documents' names are relative to, as an absolute path: the nearest that holds `.git`; without one
    the file's, else the current folder."""
    origins: Mapping[str, str]
    """Where each value came from, by key."""

    def value(self, key: str) -> Any:  # noqa: ANN401  # a setting's own type
        """The value of a key of `DEFAULTS`."""
        return getattr(self.settings if hasattr(self.settings, key) else self.options, key)


# --- the pure part -------------------------------------------------------------------------------------------------


def resolved(sources: Sequence[Source]) -> Resolved:
    """What some sources say together, the weakest first.

    Raises:
        SettingsError: an unknown key, or a value that a setting cannot have.

    >>> file = Source(OriginKind.FILE, {"shingle": 4}, "compare.toml")
    >>> found = resolved([file, Source(OriginKind.SET, {"shingle": "6"})])
    >>> found.settings.shingle, found.origins["shingle"], found.origins["window"]
    (6, '--set', 'default')
    """
    values = dict(DEFAULTS)
    origins = dict.fromkeys(DEFAULTS, OriginKind.DEFAULT.value)
    for source in sources:
        for key, value in _taken(source).items():
            values[key], origins[key] = value, source.origin(key)
    split = len(fields(Options))
    named = list(values.items())
    return Resolved(Settings(**dict(named[split:])), Options(**dict(named[:split])), origins)


def _taken(source: Source) -> dict[str, object]:
    """The values of a source by key, checked."""
    taken: dict[str, object] = {}
    for written, value in source.values.items():
        key = _key(written, source)
        if key in taken:
            raise SettingsError(f"{source.file or source.kind.value}: {key} is given twice")
        taken[key] = _checked(key, value, source, source.place(written, value))
    return taken


def _key(written: str, source: Source) -> str:
    """The key that a name means."""
    keys = (
        {_variable(key): key for key in DEFAULTS} if source.kind is OriginKind.ENVIRONMENT else {k: k for k in DEFAULTS}
    )
    name = written if source.kind is OriginKind.ENVIRONMENT else written.replace("-", "_")
    if name in keys:
        return keys[name]
    where = {
        OriginKind.FILE: f"{source.file}: {_short(shown(written))}",
        OriginKind.ENVIRONMENT: _short(shown(written)),
    }
    place = where.get(source.kind) or source.place(written, source.values[written])
    raise SettingsError(f"{place}: no such setting{_meant(name, list(keys))}")


def _meant(name: str, keys: Sequence[str]) -> str:
    best = meant(name, keys)
    return f"; did you mean {best}?" if best else "; `compare config` lists them"


def _checked(key: str, value: object, source: Source, place: str) -> object:
    """The value in the key's own type, its paths relative to the current folder."""
    kind = type(DEFAULTS[key])
    is_text = source.kind in {OriginKind.ENVIRONMENT, OriginKind.SET}
    try:
        own = _of_text(kind, str(value)) if is_text else _of_value(kind, value)
    except (ValueError, OverflowError):
        raise SettingsError(f"{place}: {key} is {_KINDS[kind]}") from None
    must = _wrong_option(key, own) if hasattr(Options, key) else wrong(key, own)
    if must:
        raise SettingsError(f"{place}: {key} must be {must}")
    if key not in PATHS or not source.folder:
        return own
    joined = tuple(os.path.join(source.folder, path) for path in _texts(own))
    return joined if kind is tuple else joined[0]


def _of_text(kind: type, text: str) -> object:
    """A value from the environment or `--set`. Raises ValueError."""
    if kind is tuple:
        return tuple(path for path in text.split(os.pathsep) if path)
    if kind is bool:
        return ("false", "true").index(text.strip().lower()) == 1
    value: object = kind(text)
    return value


def _of_value(kind: type, value: object) -> object:
    """A typed value, where a whole number may stand for a number, and a list for a tuple. Raises ValueError."""
    if kind is float and type(value) is int:
        return float(value)
    if kind is tuple and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if type(value) is not kind or kind is tuple:
        raise ValueError
    return value


def _wrong_option(key: str, value: object) -> str:
    """What an option must be and is not, or nothing."""
    if isinstance(value, int):
        return "" if 0 <= value <= MOST_WORKERS else f"between 0 and {MOST_WORKERS}"
    if any("\0" in text for text in _texts(value)):
        return "free of NUL characters"
    if key in POLICIES and str(value).strip():
        read_policy(str(value))
    return "a path, not empty" if key in PATHS and not all(text.strip() for text in _texts(value)) else ""


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _variable(key: str) -> str:
    return PREFIX + key.upper()


def _said(value: object) -> str:
    """A value for a message: printable, and short whatever it is."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and value.bit_length() > _SHOWN * 3:
        return "a huge number"
    return _short(repr(value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


# --- finding and reading -------------------------------------------------------------------------------------------


def configuration(
    near: str, environment: Mapping[str, str], changes: Sequence[str] = (), given: Mapping[str, object] | None = None
) -> Configuration:
    """The settings for an input: the nearest file, then the environment, then `--set` changes, then options
    that were given (None and empty lists are not). The stronger one last.

    An empty `near` is the current folder; its file is also taken for an input that is in no repository and has none.

    Raises:
        SettingsError: a file that cannot be used, an unknown key, or a value that a setting cannot have.
    """  # noqa: D205  # one sentence
    folders = list(_folders(_start(near)))
    around = [] if _is_top(folders[-1]) else list(_folders(os.getcwd()))  # an input that is in no repository
    file = next(filter(None, map(_read, dict.fromkeys([*folders, *around]))), None)
    home = os.path.abspath(file.folder) if file else ""
    root = _root(folders, around, home)
    start = Source(OriginKind.DEFAULT, {"accepted": ACCEPTED}, folder=_relative(home or root))
    options = {name: value for name, value in (given or {}).items() if value not in (None, ())}
    sources = [
        start,
        *([file] if file else []),
        Source(OriginKind.ENVIRONMENT, _variables(environment)),
        Source(OriginKind.SET, _changes(changes)),
        Source(OriginKind.OPTION, options),
    ]
    merged = resolved(sources)
    return Configuration(merged.settings, merged.options, file.file if file else "", root, merged.origins)


def _root(folders: Sequence[str], around: Sequence[str], home: str) -> str:
    """Where names begin: at the repository of the input, at its settings, at the repository or folder one stands in."""
    if _is_top(folders[-1]):
        return folders[-1]
    top = around[-1] if _is_top(around[-1]) else ""
    return home if home in folders else top or home or around[0]


def root_of(near: str) -> str:
    """Where names of documents begin, of an input for which no settings are read: at its repository, else here."""
    folders = list(_folders(_start(near)))
    return folders[-1] if _is_top(folders[-1]) else os.getcwd()


def _variables(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that are settings, sorted; an empty one counts as not set, which is how CI leaves an input out."""
    names = sorted(name for name in environment if name.startswith(PREFIX) and name not in NOT_SETTINGS)
    return {name: environment[name] for name in names if environment[name]}


def _changes(changes: Sequence[str]) -> dict[str, str]:
    """The values of `--set`, the last of a name winning."""
    values: dict[str, str] = {}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise SettingsError(f"--set {_said(change)}: write it as NAME=VALUE, as in --set shingle=4")
        values[name.replace("-", "_")] = text
    return values


def _start(near: str) -> str:
    """The folder of an input, which need not be there."""
    if near in {"", "-"}:
        return os.getcwd()
    path = os.path.abspath(near)
    return path if os.path.isdir(path) else os.path.dirname(path)


def _folders(start: str) -> Iterator[str]:
    """A folder and those above it, up to the one that holds `.git`, or to the root of the file system."""
    folder = start
    yield folder
    while not _is_top(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
        yield folder


def _is_top(folder: str) -> bool:
    """Whether a repository begins here; in a work tree of git's `.git` is a file."""
    return os.path.lexists(os.path.join(folder, ".git"))


def _relative(folder: str) -> str:
    """A folder as it is seen from the current one; empty if it is that one."""
    return "" if folder == os.getcwd() else os.path.relpath(folder)


def _read(folder: str) -> Source | None:
    """The settings in a folder, if it holds any."""
    for name in (COMPARE_TOML, PYPROJECT):
        path = os.path.join(folder, name)
        relative = _relative(folder)
        label = shown(os.path.join(relative, name))
        table = _table(path, label) if os.path.lexists(path) else None
        if table is not None:
            source = Source(OriginKind.FILE, table, label, relative)
            _refuse_outside(source)
            return source
    return None


def _table(path: str, name: str) -> Mapping[str, object] | None:
    """The settings of a file; none if it is a pyproject.toml without ours."""
    from compare.files.regular import UnreadableError, read_regular  # noqa: PLC0415  # only where a file is

    try:
        raw = read_regular(path, _MOST_BYTES, follow=True)
    except UnreadableError as error:
        raise SettingsError(f"{name}: {error}") from None
    if os.path.basename(path) == COMPARE_TOML:
        return _parsed(raw, name)
    if b"compare" not in raw:  # most: not parsed, and no error if it is a template
        return None
    tool = _parsed(raw, name).get("tool")
    table = tool.get("compare") if isinstance(tool, dict) else None
    if not isinstance(table, dict | None):
        raise SettingsError(f"{name}: tool.compare is {_said(table)}; it must be a table, [tool.compare]")
    return table


def _parsed(raw: bytes, name: str) -> dict[str, Any]:
    """The TOML of a file."""
    import tomllib  # noqa: PLC0415  # only where a file is

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{name}: not UTF-8 (at line {line})") from None
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.count(".") > _MOST_DOTS:
            raise SettingsError(f"{name}: more than {_MOST_DOTS} dots (at line {number}); break the line")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = "nested too deep" if isinstance(error, RecursionError) else shown(str(error))
        raise SettingsError(f"{name}: not TOML: {why}") from None


def _refuse_outside(source: Source) -> None:
    """Refuse a file that names something to be written outside its repository, by a link too, or in git's own folder.

    Raises:
        SettingsError: it does.
    """
    for written, value in source.values.items():
        if written.replace("-", "_") in WRITTEN and isinstance(value, str) and "\0" not in value:
            top = list(_folders(os.path.abspath(source.folder)))[-1]
            home = os.path.realpath(top if _is_top(top) else source.folder)
            target = os.path.realpath(os.path.join(source.folder, value))
            inside = os.path.commonpath([home, target]) == home
            if not inside or ".git" in os.path.relpath(target, home).split(os.sep):
                place = source.place(written, value)
                raise SettingsError(f"{place}: leads out of {shown(home)}; give it as --set {written}=PATH instead")
