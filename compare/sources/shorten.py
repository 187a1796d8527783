"""Rows of JSON lines without pieces of their text; everything else of a row as it was, byte for byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from compare.errors import SettingsError
from compare.files.regular import open_regular
from compare.model import Span
from compare.sources.decode import byte_order_mark
from compare.sources.keep import targets_of
from compare.sources.kinds import FileKind, kind_of
from compare.sources.tables.jsonlines import json_ids
from compare.sources.types import is_article
from compare.sources.walk import plan
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from compare.files.staging import Staging
    from compare.sources.fields import Reading

_BUFFER = 1 << 18
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_KEY = re.compile(rb"[\s,{]*+(" + _STRING + rb")\s*+:\s*+", re.DOTALL)
_PLAIN = re.compile(_STRING + rb"|[^\s,\[\]{}\"]++", re.DOTALL)
_BRACKET = re.compile(rb"[^\"\[\]{}]*+(?:" + _STRING + rb"[^\"\[\]{}]*+)*+([\[\]{}])", re.DOTALL)
_UNIT = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)
"""What stands for one code point in a JSON string."""


def check_lines(paths: Sequence[str], reading: Reading) -> None:
    """Refuse what is not JSON lines: nothing else can be shortened. Raises SettingsError, or InputError for a path."""
    for file in plan(paths).files:
        kind = kind_of(file, reading)
        if kind is not FileKind.LINES and (file.named or kind.is_table or is_article(file.path)):
            raise SettingsError(f"--cut passages cuts JSON lines, and {shown(file.path)} is something else; convert it")


def stage_shortened(
    paths: Sequence[str], cuts: Mapping[str, Sequence[Span]], fallen: frozenset[str], to: tuple[Staging, Path],
    reading: Reading,
) -> tuple[list[Path], list[str]]:  # fmt: skip
    """Write tables without some pieces of their texts, and without the rows that fall, where they wait to be placed.

    `to` is the staging, and the folder of which the files will be. The files, and the ids of rows that stayed as they
    were though something was to be cut: their text is not the one that was read. Raises InputError.
    """
    staged, folder = to
    files = [file for file in plan(paths).files if kind_of(file, reading) is FileKind.LINES]
    pairs = targets_of(files, folder)
    whole: list[str] = []
    for file, target in pairs:
        with open_regular(file.path, follow=file.named) as stream, staged.path(target).open("wb", _BUFFER) as out:
            mark, encoding = byte_order_mark(stream.read(4))
            if encoding not in {"", "utf-8"}:
                raise SettingsError(f"--cut passages cuts UTF-8, and {shown(file.path)} is {encoding}; convert it")
            stream.seek(len(mark))
            out.write(mark)
            for _, id_, line in json_ids(stream, file, reading):
                if id_ in fallen:
                    continue
                shorter = shortened(line, reading.fields.text, cuts[id_]) if id_ in cuts else line
                out.write(line if shorter is None else shorter)
                whole += [id_] * (shorter is None)
    return [target for _, target in pairs], whole


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
    places = _places(written)
    length = len(written) if places is None else len(places) - 1
    if spans and spans[-1].stop > length:
        return None
    left, at = list[str](), 0
    for start, stop in [*spans, (length, length)]:
        left.append(written[at:start] if places is None else written[places[at] : places[start]])
        at = stop
    return b"".join([line[: value.start + 1], "".join(left).encode(), line[value.stop - 1 :]])


def _value(line: bytes, name: str) -> Span | None:
    """The bytes of the last value of a key of the outer object: of several the one that counts."""
    place, at = None, 0
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


def _places(written: str) -> list[int] | None:
    """Where each code point of a JSON string begins, and where it ends; None if each is written as itself."""
    if "\\" not in written:
        return None
    return [*(unit.start() for unit in _UNIT.finditer(written)), len(written)]
