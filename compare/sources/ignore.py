"""What `.gitignore` files say, each for its own folder and what is below: git's rules, byte for byte.

Names, ends and paths without a wildcard are looked up, so most patterns cost nothing; the others are one automaton.
`docs/decisions/0015-gitignore-without-backtracking.md` says why.
"""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass, field
from typing import NamedTuple

from compare.files.regular import UnreadableError, read_regular
from compare.sources.globs import SPECIAL, Automaton, Glob, automaton

GITIGNORE = ".gitignore"
LIMIT = 1 << 23
"""Bytes of a `.gitignore`: 100,000 long patterns are 4 MB. Git reads any number."""
WILD = 1 << 21
"""Bytes of its patterns with wildcards: a byte of a name takes .1 ms where they are so many."""


class Rules(NamedTuple):
    """One `.gitignore`: the folder it stands in (relative to the input, ending in `/` or empty) and its patterns."""

    base: str
    patterns: Patterns


def rules_in(folder: str, base: str) -> Rules:
    """The rules of a folder's own `.gitignore`. Raises UnreadableError: it cannot be followed."""
    return Rules(base, Patterns.of(read_regular(f"{folder}/{GITIGNORE}", LIMIT, follow=False)))


def ignored(path: str, rules: tuple[Rules, ...]) -> bool:
    """Whether the first of `rules` (innermost first) that speaks of `path` (a folder ends in `/`) leaves it out."""
    for base, patterns in rules:
        decided = patterns.leave_out(os.fsencode(path[len(base) :]))
        if decided is not None:
            return decided
    return False


@dataclass(slots=True)
class _Literals:
    """Texts without a wildcard, each with the order of the last pattern that is this text."""

    orders: dict[bytes, int] = field(default_factory=dict)
    of_folders: dict[bytes, int] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)

    def add(self, glob: Glob) -> None:
        (self.of_folders if glob.only_folders else self.orders)[glob.text] = glob.order
        self.lengths.add(len(glob.text))

    def last(self, text: bytes, *, folder: bool) -> int:
        """The order of the last pattern that is a text, or -1."""
        order = self.orders.get(text, -1)
        return max(order, self.of_folders.get(text, -1)) if folder else order

    def last_end(self, text: bytes, *, folder: bool) -> int:
        """The same of those that a text ends with."""
        sizes = (size for size in self.lengths if size <= len(text))
        return max((self.last(text[len(text) - size :], folder=folder) for size in sizes), default=-1)


@dataclass(frozen=True, slots=True)
class Patterns:
    r"""The patterns of a `.gitignore`; the last one that matches decides.

    >>> patterns = Patterns.of(b"*.log\n!keep.log\n/build/\n")
    >>> [patterns.leave_out(path) for path in (b"a/b.log", b"keep.log", b"build/", b"build", b"a.md")]
    [True, False, True, None, None]
    """

    negative: list[bool]
    names: _Literals
    ends: _Literals
    """Of names, each after one star."""
    paths: _Literals
    wild_names: Automaton
    wild_paths: Automaton
    last_folder: list[tuple[bytes, int]]
    """The folder last asked about, with the states of `wild_paths` after it: the files of a folder come together."""

    @classmethod
    def of(cls, raw: bytes) -> Patterns:
        """The patterns in the bytes of a file: any bytes, of which git makes what it can.

        Raises UnreadableError: too many have wildcards.
        """
        rules = _Sorted()
        for line in raw.removeprefix(codecs.BOM_UTF8).split(b"\n"):
            rules.add(_pattern(line))
        size = sum(map(len, (*rules.wild_names, *rules.wild_paths)))
        if size > WILD:
            raise UnreadableError(f"{size} bytes of patterns with wildcards, over the limit of {WILD}")
        wild_names = automaton(rules.wild_names.values(), paths=False)
        wild_paths = automaton(rules.wild_paths.values(), paths=True)
        return cls(rules.negative, rules.names, rules.ends, rules.paths, wild_names, wild_paths, [(b"/", 0)])

    def leave_out(self, path: bytes) -> bool | None:
        """Whether a path from here (a folder ends in `/`) is left out; None if no pattern speaks of it."""
        folder = path[-1:] == b"/"
        path = path[: len(path) - folder]
        above, slash, name = path.rpartition(b"/")
        named = self.wild_names.after(self.wild_names.first, name)
        placed = self.wild_paths.after(self._in_folder(above + slash), name)
        last = max(
            self.names.last(name, folder=folder),
            self.paths.last(path, folder=folder),
            self.ends.last_end(name, folder=folder),
            self.wild_names.last(named, folder=folder),
            self.wild_paths.last(placed, folder=folder),
        )
        return None if last < 0 else not self.negative[last]

    def _in_folder(self, folder: bytes) -> int:
        if self.last_folder[0][0] != folder:
            self.last_folder[0] = folder, self.wild_paths.after(self.wild_paths.first, folder)
        return self.last_folder[0][1]


@dataclass(slots=True)
class _Sorted:
    """Patterns by how they are matched, in the order of the file."""

    negative: list[bool] = field(default_factory=list)
    names: _Literals = field(default_factory=_Literals)
    ends: _Literals = field(default_factory=_Literals)
    paths: _Literals = field(default_factory=_Literals)
    wild_names: dict[bytes, Glob] = field(default_factory=dict)
    wild_paths: dict[bytes, Glob] = field(default_factory=dict)
    """By what the line says: of two that say the same the later one counts."""

    def add(self, pattern: bytes) -> None:
        """One more pattern; an empty one is none."""
        negative = pattern[:1] == b"!"
        only_folders = pattern[-1:] == b"/"
        text = pattern[negative : len(pattern) - only_folders]
        if not text:
            return
        is_path = b"/" in text
        glob = Glob(text.removeprefix(b"/"), len(self.negative), only_folders)
        self.negative.append(negative)
        if not SPECIAL.search(glob.text):
            (self.paths if is_path else self.names).add(glob)
        elif not is_path and text[:1] == b"*" and not SPECIAL.search(text, 1):
            self.ends.add(glob._replace(text=text[1:]))
        else:
            wild = self.wild_paths if is_path else self.wild_names
            wild.pop(pattern[negative:], None)
            wild[pattern[negative:]] = glob


def _pattern(line: bytes) -> bytes:
    r"""The pattern in a line, as git has it: up to a NUL, without the CR of its end and spaces that nothing escapes.

    >>> _pattern(b"a b\\  \r"), _pattern(b"# no pattern"), _pattern(b"\\#one")
    (b'a b\\ ', b'', b'\\#one')
    """
    if line[:1] == b"#":
        return b""
    text = line.removesuffix(b"\r").partition(b"\0")[0]
    short = text.rstrip(b" ")
    escaped = (len(short) - len(short.rstrip(b"\\"))) % 2
    return text[: len(short) + escaped]
