"""Many glob patterns at once, as git's wildmatch has them, in a time that no pattern can blow up.

All patterns are one automaton whose states are the bits of one number (Baeza-Yates & Gonnet's shift-and, with loops for
stars, as in Navarro & Raffinot, *Flexible Pattern Matching in Strings*, ch. 4): a byte of a name costs a few operations
on that number, whatever the patterns are, and nothing is ever tried twice. Bytes are compared, not characters: so does
git.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

SPECIAL = re.compile(rb"[*?\[\\]")
_SLASH, _COLON = ord("/"), ord(":")
_TOKEN = re.compile(rb"[^*?\[\\]+|\*+|\?|\[|\\.?", re.DOTALL)
_FOLDERS = re.compile(rb"(?:/\*\*+(?=/))*")
"""After stars: more of the same `**/`, which stand for nothing more."""
_ALL = (1 << 256) - 1
_NOT_SLASH = _ALL & ~(1 << _SLASH)
_NOTHING = 256
"""The number of the set without a byte, which leads to the start of a pattern; that of a single byte is the byte."""


def _set(members: Iterable[int]) -> int:
    """Bytes as the bits of a number."""
    return sum(1 << byte for byte in set(members))


_CLASSES = {
    name: _set(members.encode())
    for name, members in {
        b"alnum": string.ascii_letters + string.digits,
        b"alpha": string.ascii_letters,
        b"blank": " \t",
        b"cntrl": "".join(map(chr, range(32))) + "\x7f",
        b"digit": string.digits,
        b"graph": string.ascii_letters + string.digits + string.punctuation,
        b"lower": string.ascii_lowercase,
        b"print": string.ascii_letters + string.digits + string.punctuation + " ",
        b"punct": string.punctuation,
        b"space": " \t\n\r",
        b"upper": string.ascii_uppercase,
        b"xdigit": string.hexdigits,
    }.items()
}
"""Git's own, which are ASCII whatever the locale."""


class UnmatchableError(Exception):
    """No name can match: a class does not end, or nothing is escaped."""


class Glob(NamedTuple):
    """A pattern."""

    text: bytes
    order: int
    """Where several match, the one with the largest order counts."""
    only_folders: bool


@dataclass(frozen=True, slots=True)
class Automaton:
    """Patterns that are matched together; each has a state for its start and one for each byte that it takes."""

    starts: int
    skips: int
    """States that lead to the next one at once: `**/` stands for no folder, too."""
    at_slash: int
    """States that stay when a slash comes ..."""
    in_name: int
    """... and those that stay at any other byte."""
    ends: int
    files: int
    """Those of `ends` whose pattern is not for folders alone."""
    places: Sequence[int]
    """`ends` one by one, ascending ..."""
    orders: Sequence[int]
    """... and the order of each."""
    led_by: NDArray[np.int64]
    """The set that leads to each state ..."""
    sets: NDArray[np.uint8]
    """... a row of 256 bits each."""
    led: dict[int, int] = field(default_factory=dict)
    """The states that a byte leads to, of those asked for so far."""

    @property
    def first(self) -> int:
        """The states before the first byte."""
        return self.starts | (self.starts & self.skips) << 1

    def after(self, states: int, name: bytes) -> int:
        """The states after more bytes."""
        for byte in name:
            moved = states << 1 & (self.led[byte] if byte in self.led else self._leads(byte))
            moved |= (moved & self.skips) << 1
            states = moved | states & (self.at_slash if byte == _SLASH else self.in_name)
            if not states:
                break
        return states

    def last(self, states: int, *, folder: bool) -> int:
        """The order of the last pattern that has matched, or -1."""
        matched = states & (self.ends if folder else self.files)
        return self.orders[bisect_right(self.places, matched.bit_length() - 1) - 1] if matched else -1

    def _leads(self, byte: int) -> int:
        # a set is 256 bits, a byte's own at bit `byte & 7` of byte `byte >> 3` (little-endian)
        members: NDArray[np.uint8] = self.sets[:, byte >> 3] >> np.uint8(byte & 7) & np.uint8(1)
        self.led[byte] = _number(members[self.led_by])
        return self.led[byte]


def automaton(globs: Iterable[Glob], *, paths: bool) -> Automaton:
    """Patterns in ascending order as one; those that can match nothing are left out.

    With `paths`, stars and classes stop at a slash and `**` does not; without, no name holds one.

    >>> found = automaton([Glob(b"a/**/*.txt", 1, False), Glob(b"a/[!b]?.txt", 2, False)], paths=True)
    >>> [found.last(found.after(found.first, name), folder=False) for name in (b"a/b/c/d.txt", b"a/cd.txt", b"b.txt")]
    [1, 2, -1]
    """
    building = _Building(paths=paths)
    ended = [(end, glob) for glob in globs if (end := building.end_of(glob.text)) is not None]
    places = [end for end, _ in ended]
    return Automaton(
        starts=building.bits(building.starts),
        skips=building.bits(building.skips),
        at_slash=building.bits(building.at_slash),
        in_name=building.bits(building.in_name),
        ends=building.bits(places),
        files=building.bits([end for end, glob in ended if not glob.only_folders]),
        places=places,
        orders=[glob.order for _, glob in ended],
        led_by=np.array(building.led_by, np.int64),
        sets=np.frombuffer(b"".join(bits.to_bytes(32, "little") for bits in building.sets), np.uint8).reshape(-1, 32),
    )


@dataclass(slots=True)
class _Building:
    """States so far, of some patterns."""

    paths: bool
    led_by: list[int] = field(default_factory=list)
    sets: dict[int, int] = field(default_factory=lambda: {1 << byte: byte for byte in range(256)} | {0: _NOTHING})
    starts: list[int] = field(default_factory=list)
    skips: list[int] = field(default_factory=list)
    at_slash: list[int] = field(default_factory=list)
    in_name: list[int] = field(default_factory=list)

    def bits(self, states: Sequence[int]) -> int:
        """States as the bits of a number."""
        flags = np.zeros(len(self.led_by), np.uint8)
        flags[list(states)] = 1
        return _number(flags)

    def end_of(self, pattern: bytes) -> int | None:
        """The last state of one more pattern. Where nothing can match, its states stay, and lead nowhere."""
        self.starts.append(len(self.led_by))
        self.led_by.append(_NOTHING)
        try:
            self._states(pattern)
        except UnmatchableError:
            return None
        return len(self.led_by) - 1

    def _states(self, pattern: bytes) -> None:
        first, at = True, 0
        while token := _TOKEN.match(pattern, at):
            text, at = token[0], token.end()
            if text[:1] == b"*":
                at = self._star(pattern, token.span(), bounded=first or pattern[token.start() - 1] == _SLASH)
            elif text == b"[":
                members, at = _Class(pattern).members(at)
                self._state(members & _NOT_SLASH if self.paths else members)
            elif text == b"?":
                self._state(_NOT_SLASH if self.paths else _ALL)
            else:
                self.led_by += _unescaped(text)
            first &= not SPECIAL.match(text)

    def _state(self, members: int) -> None:
        self.led_by.append(self.sets.setdefault(members, len(self.sets)))

    def _star(self, pattern: bytes, span: tuple[int, int], *, bounded: bool) -> int:
        """A run of stars after the last state; where the pattern goes on.

        Two or more are folders if they are bounded on both sides. Git looks at what follows the plain beginning of a
        pattern alone, so there its first stars count as bounded: `foo**/bar` matches `foobar`.
        """
        state, after = len(self.led_by) - 1, pattern[span[1] : span[1] + 2]
        self.in_name.append(state)
        folders = span[1] - span[0] > 1 and bounded and (after[:1] in {b"", b"/"} or after == b"\\/")
        if folders or not self.paths:
            self.at_slash.append(state)
        if not (folders and self.paths and after[:1] == b"/"):
            return span[1]
        self.skips.append(state)
        more = _FOLDERS.match(pattern, span[1])
        return more.end() if more else span[1]


def _unescaped(text: bytes) -> bytes:
    """Plain bytes, or the one that is escaped."""
    if text == b"\\":
        raise UnmatchableError
    return text[1:] if text[:1] == b"\\" else text


def _number(flags: NDArray[np.uint8]) -> int:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


@dataclass(slots=True)
class _Class:
    """A class of a pattern, being read."""

    pattern: bytes
    close: int = 0
    """The next `]`, which is looked for once."""

    def members(self, at: int) -> tuple[int, int]:
        """The set of the class whose `[` stands before `at`, and where it ends. Raises UnmatchableError."""
        negated = self.pattern[at : at + 1] in {b"!", b"^"}
        at += negated
        members, before, start = 0, -1, at
        while at == start or self.pattern[at : at + 1] != b"]":
            part, before, at = self._part(at, before)
            members |= part
        return (_ALL & ~members if negated else members), at + 1

    def _part(self, at: int, before: int) -> tuple[int, int, int]:
        """What the next part holds, the byte that a range may begin with (or -1), and where the part ends."""
        pattern = self.pattern
        if pattern[at : at + 1] == b"-" and before >= 0 and pattern[at + 1 : at + 2] not in {b"", b"]"}:
            last, at = self._literal(at + 1)
            return _set(range(before, last + 1)), -1, at
        if pattern[at : at + 2] == b"[:" and (close := self._closed(at + 2)) > at + 2 and pattern[close - 1] == _COLON:
            return self._named(pattern[at + 2 : close - 1]), -1, close + 1
        byte, at = self._literal(at)
        return 1 << byte, byte, at

    @staticmethod
    def _named(name: bytes) -> int:
        if name not in _CLASSES:
            raise UnmatchableError
        return _CLASSES[name]

    def _closed(self, at: int) -> int:
        if self.close < at:
            self.close = self.pattern.find(b"]", at)
        if self.close < 0:
            raise UnmatchableError
        return self.close

    def _literal(self, at: int) -> tuple[int, int]:
        at += self.pattern[at : at + 1] == b"\\"
        if at >= len(self.pattern):
            raise UnmatchableError
        return self.pattern[at], at + 1
