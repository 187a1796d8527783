"""`compare.accepted.toml`: reuse that people have allowed. Text in, entries or edited text out.

A block an entry, sorted by its two names and its key. An edit touches its own block and leaves every other byte as it
is, comments, order and line ends; comment lines directly above a block belong to it. tomllib reads all, tomlkit the
blocks that an edit touches (docs/decisions/0018). Every edit is read back before it is given out.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import MISSING, dataclass, field, fields, replace
from itertools import accumulate, pairwise, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from compare.errors import InputError
from compare.gate.terms import packed, sample, unpacked
from compare.model import CHANGES, Accepted, Changed, Reason
from compare.text.keys import SAME_WORDS
from compare.wording.escape import meant, quoted
from compare.wording.escape import shown as printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, Key, Table

FORMAT = "compare-accepted/1"
FILE_NAME = "compare.accepted.toml"
HEADER = f"""\
# Reuse that somebody has allowed. `compare accept` adds to it, `compare audit` goes through it.
format = "{FORMAT}"
"""
MOST_CHARACTERS = 16 * 2**20
_ORDER = ("key", "a", "b", "reason", "note", "by", "date", "expires", "starts", "words", "drifts", "terms")
_REQUIRED = tuple(each.name for each in fields(Accepted) if each.default is MISSING)
_KEY = re.compile(r"[0-9a-f]{16}")
_BLOCKS = "write each entry under [[accepted]]"
_LONG = 60  # characters of a value in a message
_LINE = 100  # characters of a line of terms
_MOST_DOTS = 100
_CHANGED = 3  # words of a drift: what, one, other
_BOM = "\ufeff"
_EMPTY_END = re.compile(r"(?:(?<=\n)|\A)[ \t\r]*\n\Z")
_MOST_LINES = 10_000  # of a chunk that is edited: tomlkit takes the square of empty lines in a row
_MOST_BETWEEN = 2**20  # characters of one: tomlkit takes up to 200 bytes for each
_QUOTED = (
    r""""{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}|'{3}.*?'{3,5}"""
    r"""|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*'|\#[^\n]*"""
)
_TEXT = re.compile(_QUOTED, re.DOTALL)
_HEAD = re.compile(rf"{_QUOTED}|^[ \t]*(?P<head>\[\[)", re.DOTALL | re.MULTILINE)

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
    tables = _parsed(text, shown)
    if not tables:
        return ()
    _refuse_unknown(tables, ("format", "accepted"), shown)
    if tables.get("format") != FORMAT:
        raise InputError(f'{shown}: format is {_value(tables.get("format"))}; this version reads "{FORMAT}"')
    blocks = tables.get("accepted", [])
    if not isinstance(blocks, list):
        raise InputError(f"{shown}: accepted is not a list; {_BLOCKS}")
    entries = tuple(_entry(block, f"{shown}: entry {number}") for number, block in enumerate(blocks, 1))
    _refuse_twins(entries, shown)
    return entries


def _parsed(text: str, shown: str) -> dict[str, Any]:
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{shown}: {len(text):,} characters; a file of accepted reuse has at most {MOST_CHARACTERS:,}")
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):  # a dotted key takes the square of its dots
        bare = _TEXT.sub("", text)
        if any(line.count(".") > _MOST_DOTS for line in bare.split("\n")):
            raise InputError(f"{shown}: more than {_MOST_DOTS} dots in a line outside of texts; {_BLOCKS}")
    try:
        return tomllib.loads(text.removeprefix(_BOM))
    except (ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else printable(str(error))
        raise InputError(f"{shown}: not TOML: {why}") from None


def _refuse_unknown(keys: Iterable[str], allowed: Sequence[str], where: str) -> None:
    for key in keys:
        if key not in allowed:
            close = meant(key, allowed)
            hint = f'did you mean "{close}"?' if close else f"known are {', '.join(allowed)}"
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
    text = printable(f'"{value}"' if isinstance(value, str) else str(value))
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
    return tuple(sorted({_changed(change) for change in value}))


def _changed(value: object) -> Changed:
    if not isinstance(value, list) or len(value) != _CHANGED:
        raise ValueError(f'holds {_value(value)}; ["number", "4.2", "4.3"] is the form')
    what, *sides = map(_text, value)
    if what not in CHANGES:
        raise ValueError(f"holds {_value(what)}; a fact is one of {', '.join(CHANGES)}")
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
    old, new = _shared_out(read_accepted(text, shown), [_checked(entry) for entry in entries])
    left = {place: kept.entry for place, kept in enumerate(old) if not kept.is_gone}
    placed = _placed(new, left, len(old))
    last = placed.pop(len(old), [])
    edits = _Edits(
        gone={place for place, kept in enumerate(old) if kept.is_gone},
        fresh={place: kept.entry for place, kept in enumerate(old) if kept.is_refreshed},
        new=placed,
        last=last,
    )
    edited = _edited(text if old or not new else _titled(text, shown), len(old), edits, shown)
    return _verified(edited, [*_in_order(left, placed), *last])


@dataclass(slots=True)
class _Kept:
    """An entry of the file, and what becomes of it."""

    entry: Accepted
    is_refreshed: bool = False
    is_gone: bool = False


def _shared_out(old: Sequence[Accepted], wanted: Sequence[Accepted]) -> tuple[list[_Kept], list[Accepted]]:
    """The old entries with what replaces them, and the wanted ones that replace none."""
    kept = [_Kept(entry) for entry in old]
    new: list[Accepted] = []
    by_names = defaultdict(list)
    for fate in kept:
        by_names[fate.entry.a, fate.entry.b].append(fate)
    for entry in wanted:
        same = [fate for fate in by_names[entry.a, entry.b] if not fate.is_gone and _is_same(fate.entry, entry)]
        if not same:
            new.append(entry)
            continue
        same[0].entry, same[0].is_refreshed = entry, True
        for fate in same[1:]:
            fate.is_gone = True
    return kept, new


def _placed(new: Iterable[Accepted], left: Mapping[int, Accepted], end: int) -> dict[int, list[Accepted]]:
    """New entries by the place of the first entry that is sorted after them, else by the end."""
    places = [*left, end]
    highest = list(accumulate(map(identity, left.values()), max))
    placed: dict[int, list[Accepted]] = {}
    for entry in sorted(new, key=identity):
        placed.setdefault(places[bisect_right(highest, identity(entry))], []).append(entry)
    return placed


def _in_order(left: Mapping[int, Accepted], new: Mapping[int, Sequence[Accepted]]) -> Iterator[Accepted]:
    for place, entry in left.items():
        yield from new.get(place, ())
        yield entry


def without_entries(text: str, identities: AbstractSet[Identity], shown: str = FILE_NAME) -> str:
    """The text without the entries of these identities, each with its comments; what is not there is not missed.

    Raises:
        InputError: the text is not a file of accepted reuse.
    """
    old = read_accepted(text, shown)
    gone = {place for place, entry in enumerate(old) if identity(entry) in identities}
    edited = _edited(text, len(old), _Edits(gone), shown) if gone else text
    return _verified(edited, [entry for place, entry in enumerate(old) if place not in gone])


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
    texts = {key: _literal(key, getattr(entry, key), newline) for key in _ORDER}
    return {key: f"{key} = {text}{newline}" for key, text in texts.items() if getattr(entry, key) or key in _REQUIRED}


def _literal(key: str, value: Any, newline: str) -> str:  # noqa: ANN401  # any field of an entry
    if key in {"date", "expires", "words"}:
        return str(value)
    if key == "drifts":
        return "[" + ", ".join("[" + ", ".join(map(quoted, change)) + "]" for change in value) + "]"
    if key != "terms":
        return quoted(value)
    text = packed(value)
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return f'"{text}"' if len(lines) == 1 else newline.join(['"""', *lines, '"""'])


# --- the text by its entries ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Edits:
    """What becomes of the entries of a file, by their places in it."""

    gone: AbstractSet[int]
    fresh: Mapping[int, Accepted] = field(default_factory=dict)
    """Entries whose values change."""
    new: Mapping[int, Sequence[Accepted]] = field(default_factory=dict)
    """Entries that come before the one at a place."""
    last: Sequence[Accepted] = ()
    """Entries that come after all."""

    def touch(self, place: int) -> bool:
        """Whether the chunk that begins with the entry at a place changes anywhere."""
        return place in self.gone or place in self.fresh or place + 1 in self.gone or place + 1 in self.new


class _Cut(NamedTuple):
    """A chunk by its parts: an entry's own, which reach to the comments directly below it, and what follows them."""

    document: TOMLDocument
    """From the head to the last key."""
    below: str
    gap: str
    """From an empty line on: belongs to no entry."""
    above: str
    """The comments directly above the next head."""


def _edited(text: str, count: int, edits: _Edits, shown: str) -> str:
    """The text, in which `read_accepted` found so many entries, with these edits. Linear."""
    newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    end = "" if text.endswith("\n") else newline
    start = _BOM if text.startswith(_BOM) else ""
    chunks = _chunks(text.removeprefix(_BOM) + end)
    if len(chunks) != count + 1:
        raise InputError(f"{shown}: cannot be edited here; {_BLOCKS}")
    pieces: list[str] = []  # the last of them: the comments above the next head
    for place, chunk in enumerate(chunks, -1):
        if place in edits.new:
            pieces.insert(-1, _blocks(edits.new[place], newline) + newline)
        if place in edits.gone:
            pieces[-1] = ""
        is_last = place + 1 == count
        pieces += _left(_cut(chunk, shown, is_last=is_last), edits, place) if edits.touch(place) else (chunk, "")
    edited = "".join(pieces)
    if count - 1 in edits.gone and not _cut(chunks[-1], shown, is_last=True).gap:
        edited = _EMPTY_END.sub("", edited)
    if edits.last:
        edited += newline + _blocks(edits.last, newline)
    return (start + edited).removesuffix(end)


def _chunks(text: str) -> list[str]:
    """What stands above all entries, then each entry from its head to the head of the next."""
    heads = [lexeme.start() for lexeme in _HEAD.finditer(text) if lexeme["head"]]
    return [text[start:stop] for start, stop in pairwise([0, *heads, len(text)])]


def _blocks(entries: Iterable[Accepted], newline: str) -> str:
    return newline.join(_block(entry, newline) for entry in entries)


def _left(cut: _Cut, edits: _Edits, place: int) -> tuple[str, str]:
    """What is left of a chunk, and the comments above the next head; an entry goes with one empty line below it."""
    if place in edits.gone:
        return cut.gap.partition("\n")[2], cut.above
    if place in edits.fresh:
        _refresh(_table(cut.document), edits.fresh[place])
    return cut.document.as_string() + cut.below + cut.gap, cut.above


def _cut(chunk: str, shown: str, *, is_last: bool) -> _Cut:
    """A chunk by its parts; nothing stands above the head that does not follow the last one."""
    import tomlkit  # noqa: PLC0415  # only where a file is edited

    if len(chunk) > _MOST_BETWEEN or chunk.count("\n") > _MOST_LINES:
        most = f"{_MOST_BETWEEN:,} characters or {_MOST_LINES:,} lines"
        raise InputError(f"{shown}: more than {most} from one [[accepted]] to the next; cannot be edited here")
    try:
        document = tomlkit.parse(chunk)
    except ValueError as error:  # what tomllib reads and tomlkit does not
        raise InputError(f"{shown}: cannot be edited here: {printable(str(error))}") from None
    body = _table(document).value.body if "accepted" in document else document.body
    trail: list[str] = []
    while body and body[-1][0] is None:
        trail.append(body.pop()[1].as_string())
    lines = re.findall(r".*\n", "".join(reversed(trail)))
    if document.as_string() + "".join(lines) != chunk:
        raise InputError(f"{shown}: cannot be edited here; {_BLOCKS}")
    above = 0 if is_last else _comments(reversed(lines))
    below = _comments(lines[: len(lines) - above])
    parts = lines[:below], lines[below : len(lines) - above], lines[len(lines) - above :]
    return _Cut(document, *map("".join, parts))


def _comments(lines: Iterable[str]) -> int:
    """How many lines are comments before the first that is none."""
    return sum(1 for _ in takewhile(lambda line: line.lstrip().startswith("#"), lines))


def _table(document: TOMLDocument) -> Table:
    """The only entry of a chunk."""
    return cast("AoT", document["accepted"])[0]


def _refresh(table: Table, entry: Accepted) -> None:
    """Change the values of a block: what is equal stays byte for byte, comments stay."""
    import tomlkit  # noqa: PLC0415  # as above

    newline = "\r\n" if table.trivia.trail.endswith("\r\n") else "\n"
    wanted = _table(tomlkit.parse(_block(entry, newline)))
    for key in list(table):
        if key not in wanted:
            table.remove(key)
        elif _READERS[key](table[key].unwrap()) != _READERS[key](wanted[key].unwrap()):
            comments = [lexeme[0] for lexeme in _TEXT.finditer(table[key].as_string()) if lexeme[0].startswith("#")]
            trivia = table[key].trivia
            table[key] = wanted[key]
            if comments and not trivia.comment:
                table[key].comment(comments[-1].rstrip())
    body = table.value.body
    for key, value in wanted.value.body:
        if key and key.key not in table:
            body.insert(_slot(body, key.key), (key, value))


def _slot(body: Sequence[tuple[Key | None, object]], name: str) -> int:
    """Where a new key goes: after the last one that comes before it in the order, else after the head."""
    earlier = _ORDER[: _ORDER.index(name)]
    return 1 + max((place for place, (key, _) in enumerate(body) if key and key.key in earlier), default=-1)


def _titled(text: str, shown: str) -> str:
    """A text without entries with its header: below the comments of one that has nothing else."""
    tables = tomllib.loads(text.removeprefix(_BOM))
    if "accepted" in tables:
        raise InputError(f"{shown}: cannot be edited here; {_BLOCKS}")
    if "format" in tables:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text.strip():
        return (text if text == _BOM else "") + HEADER.replace("\n", newline)
    return text.rstrip() + newline + HEADER.replace("\n", newline)
