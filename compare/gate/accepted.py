"""`compare.accepted.toml`: reuse that people have allowed. Text in, entries or edited text out.

A block an entry, sorted by its two names and its key. An edit touches its own block and leaves every other byte as it
is, comments, order and line ends; comment lines directly above a block belong to it. Every edit is read back before it
is given out.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import MISSING, dataclass, fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.errors import InputError
from compare.gate.terms import packed, sample, unpacked
from compare.model import Accepted, Changed, Fact, Reason
from compare.text.keys import SAME_WORDS
from compare.wording.escape import meant, quoted
from compare.wording.escape import shown as safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

FORMAT = "compare-accepted/1"
FILE_NAME = "compare.accepted.toml"
HEADER = f"""\
# Reuse that somebody has allowed. `compare accept` adds to it, `compare audit` goes through it.
format = "{FORMAT}"
"""
MOST_CHARACTERS = 16 * 2**20
_ORDER = ("key", "a", "b", "reason", "note", "by", "date", "expires", "starts", "words", "drifts", "terms")
_REQUIRED = tuple(one.name for one in fields(Accepted) if one.default is MISSING)
_KEY = re.compile(r"[0-9a-f]{16}")
_BLOCKS = "write each entry under [[accepted]]"
_LONG = 60  # characters of a value in a message
_LINE = 100  # characters of a line of terms
_MOST_DOTS = 100
_CHANGED = 3  # words of a drift: what, one, other
_BOM = "\ufeff"
_LEXEME = re.compile(
    r""""{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}|'{3}.*?'{3,5}"""
    r"""|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*'|\#[^\n]*|[\[\]{}]|\n""",
    re.DOTALL,
)

Identity = tuple[str, str, str]


def identity(entry: Accepted) -> Identity:
    """What makes an entry this one, and its place in the file: both names and the key."""
    return entry.a, entry.b, entry.key


# --- reading -------------------------------------------------------------------------------------------------------


def read_accepted(text: str, shown: str = FILE_NAME) -> tuple[Accepted, ...]:
    """The entries of a file in its order; a text without anything but comments has none. Linear.

    Raises:
        InputError: anything is not as it should be: one plain line with the file (as `shown`), the entry's number from
            1 and the field.
    """
    found = _parsed(text, shown)
    if not found:
        return ()
    _refuse_unknown(found, ("format", "accepted"), shown)
    if found.get("format") != FORMAT:
        raise InputError(f'{shown}: format is {_value(found.get("format"))}; this version reads "{FORMAT}"')
    blocks = found.get("accepted", [])
    if not isinstance(blocks, list):
        raise InputError(f"{shown}: accepted is not a list; {_BLOCKS}")
    entries = tuple(_entry(block, f"{shown}: entry {number}") for number, block in enumerate(blocks, 1))
    _refuse_twins(entries, shown)
    return entries


def _parsed(text: str, shown: str) -> dict[str, Any]:
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{shown}: {len(text):,} characters; a file of accepted reuse has at most {MOST_CHARACTERS:,}")
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):  # a dotted key takes the square of its dots
        bare = _LEXEME.sub(lambda found: "\n" if found[0] == "\n" else "", text)
        if any(line.count(".") > _MOST_DOTS for line in bare.split("\n")):
            raise InputError(f"{shown}: more than {_MOST_DOTS} dots in a line outside of texts; {_BLOCKS}")
    try:
        return tomllib.loads(text.removeprefix(_BOM))
    except (ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else safe(str(error))
        raise InputError(f"{shown}: not TOML: {why}") from None


def _refuse_unknown(found: Mapping[str, object], known: Sequence[str], where: str) -> None:
    for key in found:
        if key not in known:
            close = meant(key, known)
            hint = f'did you mean "{close}"?' if close else f"known are {', '.join(known)}"
            raise InputError(f"{where}: unknown key {_value(key)}; {hint}")


def _refuse_twins(entries: Sequence[Accepted], shown: str) -> None:
    first: dict[Identity, int] = {}
    for number, entry in enumerate(entries, 1):
        earlier = first.setdefault(identity(entry), number)
        if earlier != number:
            raise InputError(f"{shown}: entry {number} has the key and the names of entry {earlier}; leave one of them")


def _entry(block: object, where: str) -> Accepted:
    if not isinstance(block, dict):
        raise InputError(f"{where}: {_value(block)} is not a table; {_BLOCKS}")
    _refuse_unknown(block, _ORDER, where)
    for key in _REQUIRED:
        if key not in block:
            raise InputError(f"{where}: {key} is missing")
    values: dict[str, Any] = {}
    for key, value in block.items():
        try:
            values[key] = _READERS[key](value)
        except ValueError as error:
            raise InputError(f"{where}: {key} {error}") from None
    if values["a"] == values["b"]:
        raise InputError(f"{where}: a and b are both {_value(values['a'])}")
    values["a"], values["b"] = sorted((values["a"], values["b"]))
    return Accepted(**values)


def _value(value: object) -> str:
    """A value for a message: one line, not too long."""
    text = safe(f'"{value}"' if isinstance(value, str) else str(value))
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"is {_value(value)}; a text in quotes is wanted")  # noqa: TRY004  # caught as one kind
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
        raise ValueError(f"is {_value(value)}, which has control characters")
    return value


def _name(value: object) -> str:
    if not _text(value):
        raise ValueError("is empty; the name of a document is wanted")
    return str(value)


def _note(value: object) -> str:
    if isinstance(value, str):
        _text(value.translate(dict.fromkeys(map(ord, "\n\r\t"), " ")))
    return value if isinstance(value, str) else _text(value)


def _key(value: object) -> str:
    if not _KEY.fullmatch(_text(value)):
        raise ValueError(f"is {_value(value)}; 16 hexadecimal digits (0-9, a-f) are wanted")
    return str(value)


def _reason(value: object) -> Reason:
    if value not in tuple(Reason):
        raise ValueError(f"is {_value(value)}; the reasons are {', '.join(Reason)}")
    return Reason(str(value))


def _date(value: object) -> str:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise ValueError(f"is {_value(value)}; a date without quotes is wanted, as 2026-11-23")  # noqa: TRY004  # as above
    return value.isoformat()


def _words(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"is {_value(value)}; a whole number from 1 is wanted")
    return value


def _terms(value: object) -> tuple[int, ...]:
    return unpacked(value if isinstance(value, str) else _text(value))


def _drifts(value: object) -> tuple[Changed, ...]:
    if not isinstance(value, list):
        raise ValueError(f"is {_value(value)}; a list is wanted")  # noqa: TRY004  # as above
    return tuple(sorted({_changed(one) for one in value}))


def _changed(value: object) -> Changed:
    if not isinstance(value, list) or len(value) != _CHANGED:
        raise ValueError(f'holds {_value(value)}; ["number", "4.2", "4.3"] is the form')
    what, *sides = map(_text, value)
    if what not in tuple(Fact):
        raise ValueError(f"holds {_value(what)}; a fact is one of {', '.join(Fact)}")
    return Changed(what, *sorted(sides))


_READERS: dict[str, Callable[[object], object]] = {
    "key": _key, "a": _name, "b": _name, "reason": _reason, "note": _note, "by": _text, "date": _date,
    "expires": _date, "starts": _text, "words": _words, "drifts": _drifts, "terms": _terms,
}  # fmt: skip


# --- writing -------------------------------------------------------------------------------------------------------


def with_entries(text: str, entries: Iterable[Accepted], shown: str = FILE_NAME) -> str:
    """The text with more entries, each at its sorted place; an empty text becomes a file with its header.

    Entries of the same two documents for the same passage (design: an equal key, or `SAME_WORDS` of the words) are
    replaced: the first in its place, with the comments in and above it; further ones go. Several are added as if one by
    one, first those that replace others. Linear.

    Raises:
        InputError: the text is not a file of accepted reuse, or an entry could not be read back (a name with control
            characters).
    """
    wanted = [_checked(entry) for entry in entries]
    kept, new = _shared_out(read_accepted(text, shown), wanted)
    return _with_new(_with_refreshed(text, kept, shown), new, shown)


@dataclass(slots=True)
class _Kept:
    """An entry of the file, and what becomes of it."""

    entry: Accepted
    is_refreshed: bool = False
    is_gone: bool = False


def _shared_out(old: Sequence[Accepted], wanted: Sequence[Accepted]) -> tuple[list[_Kept], list[Accepted]]:
    """The old entries with what replaces them, and the wanted ones that replace none."""
    kept = [_Kept(one) for one in old]
    new: list[Accepted] = []
    by_names = defaultdict(list)
    for one in kept:
        by_names[one.entry.a, one.entry.b].append(one)
    for entry in wanted:
        same = [one for one in by_names[entry.a, entry.b] if not one.is_gone and _is_same(one.entry, entry)]
        if not same:
            new.append(entry)
            continue
        same[0].entry, same[0].is_refreshed = entry, True
        for one in same[1:]:
            one.is_gone = True
    return kept, new


def _with_refreshed(text: str, kept: Sequence[_Kept], shown: str) -> str:
    """The text with the blocks of refreshed entries written anew and without those that are gone. Linear."""
    if not any(one.is_refreshed for one in kept):
        return text
    edited = _without(text, [number for number, one in enumerate(kept) if one.is_gone], len(kept), shown)
    left = [one for one in kept if not one.is_gone]
    layout = _laid_out(edited, len(left), shown)
    pieces, at = [], 0
    for block, one in zip(layout.blocks, left, strict=True):
        if one.is_refreshed:
            pieces += [edited[at : block[0].start], _rewritten(layout, block, one.entry)]
            at = block[-1].stop
    return _verified("".join([*pieces, edited[at:]]), [one.entry for one in left])


def _with_new(text: str, entries: Sequence[Accepted], shown: str) -> str:
    """The text with entries that it has not, each at its sorted place. Linear."""
    if not entries:
        return text
    old = read_accepted(text, shown)
    layout = _laid_out(text if old else _titled(text, shown), len(old), shown)
    places: defaultdict[int, list[Accepted]] = defaultdict(list)
    for entry in sorted(entries, key=identity):
        after = (number for number, one in enumerate(old) if identity(one) > identity(entry))
        places[next(after, len(old))].append(entry)
    edited, expected = layout.text, list(old)
    for place in sorted(places, reverse=True):
        start, inserted = _insertion(layout, place, places[place])
        edited = edited[:start] + inserted + edited[start:]
        expected[place:place] = places[place]
    return _verified(edited, expected)


def without_entries(text: str, identities: AbstractSet[Identity], shown: str = FILE_NAME) -> str:
    """The text without the entries of these identities, each with its comments; what is not there is not missed.

    Raises:
        InputError: the text is not a file of accepted reuse.
    """
    old = read_accepted(text, shown)
    gone = [number for number, one in enumerate(old) if identity(one) in identities]
    return _verified(_without(text, gone, len(old), shown), [one for one in old if identity(one) not in identities])


def _checked(entry: Accepted) -> Accepted:
    """The entry as it will be read back."""
    ordered = replace(entry, a=min(entry.a, entry.b), b=max(entry.a, entry.b))
    where = f"cannot accept {_value(ordered.a)} and {_value(ordered.b)}"
    for key in ("a", "b", "by", "starts", "note"):
        try:
            _READERS[key](getattr(ordered, key))
        except ValueError as error:
            raise InputError(f"{where}: {key} {error}") from None
    return read_accepted(HEADER + _block(ordered, "\n"), where)[0]


def _is_same(old: Accepted, new: Accepted) -> bool:
    if (old.a, old.b) != (new.a, new.b):
        return False
    return old.key == new.key or sample(old.terms).likeness(sample(new.terms)) >= SAME_WORDS


def _verified(text: str, expected: Sequence[Accepted]) -> str:
    if read_accepted(text) != tuple(expected):
        raise RuntimeError("an edit of the file of accepted reuse did not read back as it was meant")
    return text


def _block(entry: Accepted, newline: str) -> str:
    return "".join(["[[accepted]]", newline, *_assignments(entry, newline).values()])


def _assignments(entry: Accepted, newline: str) -> dict[str, str]:
    """The lines of an entry by key, in the file's order; what is empty and may be missing is left out."""
    found = {key: _literal(key, getattr(entry, key), newline) for key in _ORDER}
    return {key: f"{key} = {text}{newline}" for key, text in found.items() if getattr(entry, key) or key in _REQUIRED}


def _literal(key: str, value: Any, newline: str) -> str:  # noqa: ANN401  # any field of an entry
    if key in {"date", "expires", "words"}:
        return str(value)
    if key == "drifts":
        return "[" + ", ".join("[" + ", ".join(map(quoted, one)) + "]" for one in value) + "]"
    if key != "terms":
        return quoted(value)
    text = packed(value)
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return f'"{text}"' if len(lines) == 1 else newline.join(['"""', *lines, '"""'])


# --- the text by its lines -----------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """A statement, a comment or an empty line: code points of the text, with the line end."""

    start: int
    stop: int
    what: str
    """`#` a comment, `[` the head of a block, `=` a key and its value, empty for an empty line."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A file as its parts, and which of them are each block."""

    text: str
    parts: tuple[_Part, ...]
    blocks: tuple[tuple[_Part, ...], ...]
    """From the comments directly above the head to the last key and the comments directly below it."""

    @property
    def newline(self) -> str:
        first = self.parts[0] if self.parts else None
        return "\r\n" if first and self.text[: first.stop].endswith("\r\n") else "\n"

    def assigned(self, part: _Part) -> tuple[str, object]:
        """The key and the value of a statement."""
        ((key, value),) = tomllib.loads(self.text[part.start : part.stop]).items()
        return key, value


def _laid_out(text: str, count: int, shown: str) -> _Layout:
    """The layout of a text in which `read_accepted` found so many entries."""
    parts = tuple(_parts(text))
    heads = [place for place, part in enumerate(parts) if part.what == "["]
    starts = [_above(parts, head) for head in heads]
    blocks = [
        parts[start : _below(parts, head, before)]
        for start, head, before in zip(starts, heads, [*starts, len(parts)][1:], strict=True)
    ]
    if len(blocks) != count:
        raise InputError(f"{shown}: cannot be edited here; {_BLOCKS}")
    return _Layout(text, parts, tuple(blocks))


def _parts(text: str) -> Iterator[_Part]:
    """The text cut at the line ends that end a statement: those outside of strings and lists."""
    start = len(_BOM) if text.startswith(_BOM) else 0
    depth = 0
    stops = []
    for found in _LEXEME.finditer(text, start):
        lexeme = found.group()
        depth += (lexeme in "[{") - (lexeme in "]}")
        if lexeme == "\n" and not depth:
            stops.append(found.end())
    for begin, end in pairwise(dict.fromkeys([start, *stops, len(text)])):
        first = text[begin:end].lstrip()[:1]
        yield _Part(begin, end, first if first in {"#", "[", ""} else "=")


def _above(parts: Sequence[_Part], head: int) -> int:
    while head and parts[head - 1].what == "#":
        head -= 1
    return head


def _below(parts: Sequence[_Part], head: int, before: int) -> int:
    """Where the block of a head ends: after its last key, and the comments directly below that are not the next's."""
    end = max(place for place in range(head, before) if parts[place].what in {"[", "="}) + 1
    while end < before and parts[end].what == "#":
        end += 1
    return end


def _without(text: str, places: Sequence[int], count: int, shown: str) -> str:
    """The text without some blocks, each with the empty line that kept it apart."""
    if not places:
        return text
    layout = _laid_out(text, count, shown)
    following = {part.start: part for part in layout.parts}
    leading = {part.stop: part for part in layout.parts}
    tail = len(text)  # what is kept ends here, as far as blocks at the end are concerned
    for place in sorted(places, reverse=True):
        block = layout.blocks[place]
        start, stop = block[0].start, block[-1].stop
        after, before = following.get(stop), leading.get(start)
        if stop == tail:
            start = before.start if before and not before.what else start
            tail = start
        elif after and not after.what:
            stop = after.stop
        text = text[:start] + text[stop:]
    if tail < len(layout.text) and not layout.text.endswith("\n"):
        text = text.removesuffix("\n").removesuffix("\r")
    return text


def _insertion(layout: _Layout, place: int, entries: Sequence[Accepted]) -> tuple[int, str]:
    """Where blocks go that come before a block, or after all; and their text."""
    newline = layout.newline
    blocks = newline.join(_block(entry, newline) for entry in entries)
    if place < len(layout.blocks):
        return layout.blocks[place][0].start, blocks + newline
    if layout.text.endswith("\n"):
        return len(layout.text), newline + blocks
    return len(layout.text), newline + newline + blocks.removesuffix(newline)


def _titled(text: str, shown: str) -> str:
    """A text without entries with its header: below the comments of one that has nothing else."""
    found = tomllib.loads(text.removeprefix(_BOM))
    if "accepted" in found:
        raise InputError(f"{shown}: cannot be edited here; {_BLOCKS}")
    if "format" in found:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text.strip():
        return (text if text == _BOM else "") + HEADER.replace("\n", newline)
    return text.rstrip() + newline + HEADER.replace("\n", newline)


def _rewritten(layout: _Layout, block: Sequence[_Part], entry: Accepted) -> str:
    """A block with its values changed: what is equal stays byte for byte, comments stay."""
    text = layout.text
    lines = _assignments(entry, layout.newline)
    written: list[tuple[str, str]] = [
        ("", text[part.start : part.stop]) if part.what != "=" else _refreshed(layout, part, lines) for part in block
    ]
    for key in lines:
        if all(key != one for one, _ in written):
            written.insert(_slot(written, key), (key, lines[key]))
    ended = "".join(line if line.endswith("\n") or not line else line + layout.newline for _, line in written)
    if not text[block[0].start : block[-1].stop].endswith("\n"):
        ended = ended.removesuffix(layout.newline)
    return ended


def _refreshed(layout: _Layout, part: _Part, lines: Mapping[str, str]) -> tuple[str, str]:
    """A statement's key and its new text, with its own comment; nothing if the entry has no such key now."""
    old = layout.text[part.start : part.stop]
    key, value = layout.assigned(part)
    if key not in lines:
        return "", ""
    if _READERS[key](value) == _READERS[key](tomllib.loads(lines[key])[key]):
        return key, old
    comments = [found.group().rstrip() for found in _LEXEME.finditer(old) if found.group().startswith("#")]
    line = lines[key].removesuffix(layout.newline)
    return key, "  ".join([line, *comments[-1:]]) + layout.newline


def _slot(written: Sequence[tuple[str, str]], key: str) -> int:
    """Where a new key goes: after the last one that comes before it in the order, else after the head."""
    earlier = _ORDER[: _ORDER.index(key)]
    places = [place for place, (one, line) in enumerate(written) if one in earlier or line.lstrip().startswith("[")]
    return places[-1] + 1
