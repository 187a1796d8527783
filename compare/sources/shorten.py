"""Rows of JSON without pieces of their text; everything else of a row as it was, byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from compare.errors import SettingsError
from compare.files.packed import damage_of, open_unpacked, packed, packing_in
from compare.model import Document, Span
from compare.sources.keep import copy_file, targets_of
from compare.sources.kinds import FileKind, kind_of
from compare.sources.tables.read import line_table
from compare.sources.types import is_article
from compare.sources.walk import plan
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from compare.files.staging import Staging
    from compare.sources.fields import Reading
    from compare.sources.tables.read import LineTable
    from compare.sources.tables.rows import Row
    from compare.sources.walk import File

_JSON = frozenset({FileKind.LINES, FileKind.ARRAY, FileKind.OBJECTS})
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_KEY = re.compile(rb"[\s,{]*+(" + _STRING + rb")\s*+:\s*+", re.DOTALL)
_PLAIN = re.compile(_STRING + rb"|[^\s,\[\]{}\"]++", re.DOTALL)
_BRACKET = re.compile(rb"[^\"\[\]{}]*+(?:" + _STRING + rb"[^\"\[\]{}]*+)*+([\[\]{}])", re.DOTALL)
_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.", re.DOTALL)
"""What stands for one code point in a JSON string."""


def check_json(paths: Sequence[str], reading: Reading) -> None:
    """Refuse what is no JSON, or has several texts: nothing else can be shortened.

    Raises SettingsError, or InputError for a path.
    """
    if reading.fields.joined:
        raise SettingsError("--cut passages cuts one text a row; name one field by --text")
    for file in plan(paths).files:
        kind = kind_of(file, reading)
        if kind not in _JSON and (file.named or kind.is_table or is_article(file.path)):
            raise SettingsError(
                f"--cut passages cuts rows of JSON, and {shown(file.path)} is something else; convert it"
            )


def stage_shortened(
    paths: Sequence[str], cuts: Mapping[str, Sequence[Span]], fallen: frozenset[str], to: tuple[Staging, Path],
    reading: Reading,
) -> tuple[list[Path], list[str]]:  # fmt: skip
    """Write tables without some pieces of their texts, and without the rows that fall, where they wait to be placed.

    `to` is the staging, and the folder of which the files will be. The files, and the ids of rows that stayed as they
    were though something was to be cut: their bytes are not the text that was read, or their file is damaged and is
    written as it stands. Raises InputError.
    """
    staged, folder = to
    files = {file: kind for file in plan(paths).files if (kind := kind_of(file, reading)) in _JSON}
    whole: list[str] = []
    for file, target in (pairs := targets_of(list(files), folder)):
        whole += _write((file, files[file]), staged.path(target), (cuts, fallen), reading)
    return [target for _, target in pairs], whole


def _write(
    what: tuple[File, FileKind], target: Path, gone: tuple[Mapping[str, Sequence[Span]], frozenset[str]],
    reading: Reading,
) -> list[str]:  # fmt: skip
    """Write a table, compressed as it was: the ids of rows that are whole all the same."""
    file, kind = what
    whole, seen = list[str](), list[str]()
    with open_unpacked(file.path, follow=file.named) as stream, packed(target, packing_in(stream)) as out:
        table = line_table(stream, file, kind, reading)
        out.write(table.mark + table.written(table.header))
        for raw in _rows(_seen(table, seen), *gone, (reading.fields.text, whole)):
            out.write(table.written(raw))
        damage = damage_of(stream)
    if damage:
        copy_file(file, target)
        return [id_ for id_ in seen if id_ in gone[0]]
    return whole


def _seen(table: LineTable, seen: list[str]) -> LineTable:
    """The table, which notes the ids of its documents."""

    def rows() -> Iterator[Row]:
        for row in table.rows:
            if isinstance(row[0], Document):
                seen.append(row[0].id)
            yield row

    return table._replace(rows=rows())


def _rows(
    table: LineTable, cuts: Mapping[str, Sequence[Span]], fallen: frozenset[str], to: tuple[str, list[str]]
) -> Iterator[bytes]:
    """The bytes of the rows that are left, a separator between rows only. `to`: the field, and ids of what is whole."""
    name, whole = to
    first = True
    for item, _, raw in table.rows:
        row, id_ = raw, item.id if isinstance(item, Document) else ""
        if id_ and id_ in fallen:
            continue
        if id_ and id_ in cuts:
            shorter = shortened(raw, name, cuts[id_])
            whole += [id_] * (shorter is None)
            row = raw if shorter is None else shorter
        yield row.removeprefix(table.separator) if first else row
        first = False


def shortened(line: bytes, name: str, spans: Sequence[Span]) -> bytes | None:
    r"""A row without some spans of the text in one of its fields; None where that field holds no text they stand in.

    >>> shortened(b'{"id": 1, "text":"A \\u00e9. B"}\n', "text", [Span(0, 4)])
    b'{"id": 1, "text":" B"}\n'
    """
    value = _value(line, name)
    if value is None or line[value.start : value.start + 1] != b'"':
        return None
    try:
        written = line[value.start + 1 : value.stop - 1].decode()
    except UnicodeDecodeError:
        return None
    escapes = _Escapes.of(written)
    length = len(written) - escapes.longer[-1]
    if spans and spans[-1].stop > length:
        return None
    left, at = list[str](), 0
    for start, stop in [*spans, (length, length)]:
        left.append(written[escapes.place(at) : escapes.place(start)])
        at = stop
    return b"".join([line[: value.start + 1], "".join(left).encode(), line[value.stop - 1 :]])


def _value(line: bytes, name: str, start: int = 0) -> Span | None:
    """The bytes of the value that a name or a path (`nested.py`) stands for in the object that begins at a place."""
    if place := _member(line, name, start):
        return place
    for at, char in enumerate(name):
        head = _member(line, name[:at], start) if char == "." else None
        if head and line[head.start : head.start + 1] == b"{" and (place := _value(line, name[at + 1 :], head.start)):
            return place
    return None


def _member(line: bytes, name: str, at: int) -> Span | None:
    """The bytes of the last value of a key of an object: of several the one that counts."""
    place = None
    while key := _KEY.match(line, at):
        at = _end(line, key.end())
        if at < 0:
            return None
        if msgspec.json.decode(key[1]) == name:
            place = Span(key.end(), at)
    return place


def _end(line: bytes, at: int) -> int:
    """Where a value ends that begins at a place; −1 if it does not end."""
    if line[at : at + 1] not in {b"{", b"["}:
        plain = _PLAIN.match(line, at)
        return plain.end() if plain else -1
    depth = 0
    while bracket := _BRACKET.match(line, at):
        at = bracket.end()
        depth += 1 if bracket[1] in b"{[" else -1
        if not depth:
            return at
    return -1


class _Escapes(NamedTuple):
    """Where a JSON string is longer than the text that it stands for."""

    after: list[int]
    """The code points behind each escape, ..."""
    longer: list[int]
    """... and by how much the string is longer up to there; the first one is of its beginning."""

    @classmethod
    def of(cls, written: str) -> _Escapes:
        after, longer = [0], [0]
        for escape in _ESCAPE.finditer(written) if "\\" in written else ():
            after.append(escape.start() - longer[-1] + 1)
            longer.append(longer[-1] + len(escape[0]) - 1)
        return cls(after, longer)

    def place(self, point: int) -> int:
        """Where a code point of the text begins in the string."""
        return point + self.longer[bisect_right(self.after, point) - 1]
