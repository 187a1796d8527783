"""JSON lines: one object a line, each read for itself, so that a bad line costs nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from compare.model import Document
from compare.sources.decode import NotTextError, row_decoder
from compare.sources.fields import NOTHING
from compare.sources.tables.nested import decoder_of, id_decoder, members_of
from compare.sources.tables.rows import (
    NoDocumentError,
    Row,
    described,
    document,
    doubtful,
    instead,
    no_field,
    row_id,
    skipped,
    too_large,
    without_markup,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.sources.decode import Decoded, RowDecoder
    from compare.sources.fields import Fields, Metadata, Reading
    from compare.sources.walk import File

Shape = tuple[Callable[[bytes], Any], tuple[str, ...]]
"""A row's decoder, and the names of its columns after id and text."""
_PART = 1 << 20
"""Bytes at a time of what is over the limit and only passed on."""
_KINDS = re.compile(r"`([^`]*)`")
_CALLED = {
    "int": "a number", "float": "a number", "bool": "true or false", "array": "a list", "object": "an object",
    "str": "a string",
}  # fmt: skip
"""What msgspec's kinds of values are called."""


def json_rows(stream: BinaryIO, file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a stream that stands after a byte order mark, with every byte of it: see `Row`.

    Cost: about 5 µs a row of 1.5 kB without digest, most of it the line and its text.
    """
    limit = reading.settings.max_bytes
    shape, decoder = shape_of(reading), row_decoder(stream)
    number = 0
    for line, continued in bounded_lines(stream, limit):
        number += not continued
        if continued or line.isspace():
            yield None, "", line
        elif len(line) > limit:
            yield skipped(file, number, too_large(limit), line)
        else:
            yield readable_row(line, (shape, decoder), (file, number), reading)


def json_ids(stream: BinaryIO, file: File, reading: Reading) -> Iterator[tuple[int, str, bytes]]:
    """Number, id and bytes of each line, without a look at its text; the id is empty where there is none to be had.

    With the rest of lines over the limit, these are all bytes of the stream.
    """
    fields, decoder = reading.fields, row_decoder(stream)
    row = msgspec.defstruct("Row", [("id", msgspec.Raw, None)], rename={"id": fields.id}, gc=False)
    decode = msgspec.json.Decoder(row).decode if fields.is_plain else id_decoder(fields.id, row)
    number = 0
    for line, continued in bounded_lines(stream, reading.settings.max_bytes):
        number += not continued
        key = None if continued else _key(line, decode, reading)
        if key is None and not continued and (read := mended(line, decoder)):
            key = _key(_encoded(read), decode, reading)
        yield number, "" if key is None else row_id(file, number, key, fields), line


def _key(line: bytes, decode: Callable[[bytes], Any], reading: Reading) -> str | None:
    """The id of a line, empty where it has none; None where it is no row."""
    try:
        id_ = decode(line).id if reading.fields.id else None
        return _text(id_, exact=True) if id_ else ""
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NoDocumentError):
        return None


def readable_row(value: bytes, how: tuple[Shape, RowDecoder], place: tuple[File, int], reading: Reading) -> Row:
    """The row of one object, also where its bytes must be mended first; it keeps them as they are."""
    shape, decoder = how
    row = json_row(value, shape, place, reading)
    if isinstance(row[0], Document) or not (read := mended(value, decoder)):
        return row
    item, extra, _ = doubtful(json_row(_encoded(read), shape, place, reading), read.decoding, place)
    return item, extra, value


def mended(line: bytes, decoder: RowDecoder) -> Decoded | None:
    """A line that is not valid UTF-8, or holds NULs, as it can be read all the same; None if that is not the fault."""
    with suppress(NotTextError):
        read = decoder.decode(line)
        return read if read.decoding else None
    return None


def _encoded(read: Decoded) -> bytes:
    return read.text.encode("utf-8", "replace")


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[bytes, bool]]:
    """Lines with their ends; one of more than `limit` bytes comes in parts, and True with all but the first of them."""
    continued = False
    while part := stream.readline(_PART if continued else limit + 1):
        yield part, continued
        continued = (continued or len(part) > limit) and part[-1:] != b"\n"


def shape_of(reading: Reading) -> Shape:
    """A typed decoder for the wanted columns only: msgspec passes over all others without making objects."""
    fields = reading.fields
    names = tuple(name for name in (*fields.names, *fields.guessed) if name not in {fields.id, *fields.texts})
    names = tuple(dict.fromkeys(names))
    columns = [("c0", msgspec.Raw, None), ("c1", str | None | msgspec.UnsetType, msgspec.UNSET)]
    columns += [(f"m{number}", msgspec.Raw, None) for number in range(len(names))]
    keys = {"c0": fields.id, "c1": fields.text}
    keys |= {f"m{number}": name for number, name in enumerate(names)}
    if not fields.id:
        del columns[0], keys["c0"]
    row = msgspec.defstruct("Row", columns, rename=keys, gc=False)
    return msgspec.json.Decoder(row).decode if fields.is_plain else decoder_of(fields, names, row), names


def json_row(line: bytes, shape: Shape, place: tuple[File, int], reading: Reading) -> Row:
    """The row of one object."""
    decode, names = shape
    file, number = place
    guess = None
    try:
        values = msgspec.structs.astuple(decode(line))
        id_, text, *rest = values if reading.fields.id else (None, *values)
        if text is msgspec.UNSET and (guess := _guessed(names, rest, reading.fields)) is None:
            return skipped(file, number, _no_field(line, number, reading.fields), line)
        text = guess if text is msgspec.UNSET else text
        about, extra = NOTHING, ""
        if any(rest):
            about, extra = _described(names, rest, reading)
        key = _text(id_, exact=True) if id_ else ""
        if reading.fields.extra and not extra:
            extra = {reading.fields.id: key, reading.fields.text: text or ""}.get(reading.fields.extra, "")
        made = document(file, number, (key, text), about, reading)
        return without_markup(made) if guess is not None or reading.fields.markup else made, extra, line
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NoDocumentError) as error:
        return skipped(file, number, error if isinstance(error, NoDocumentError) else _reason(error), line)


def _no_field(line: bytes, number: int, fields: Fields) -> str:
    """Why a row has no text; of the first one with what it has instead, as others are like it."""
    reason = no_field(fields)
    return reason if number > 1 else f"{reason} {instead(fields.text, list(members_of(line)), fields)}"


def _guessed(names: tuple[str, ...], values: list[msgspec.Raw | None], fields: Fields) -> str | None:
    """The text of a row that has a title, under one of the names that systems of newsrooms give it; None without."""
    given = {name: raw for name, raw in zip(names, values, strict=True) if raw}
    if not any(name in given for name in fields.title):
        return None
    texts = (bytes(given[name]) for name in fields.guessed if name in given)
    return next((str(msgspec.json.decode(raw)) for raw in texts if raw[:1] == b'"'), None)


def _described(names: tuple[str, ...], values: list[msgspec.Raw | None], reading: Reading) -> tuple[Metadata, str]:
    texts = {name: _text(raw) for name, raw in zip(names, values, strict=True) if raw}
    return described(reading, lambda name: texts.get(name, "")), texts.get(reading.fields.extra, "")


def _text(raw: msgspec.Raw, *, exact: bool = False) -> str:
    """A value as it is written: a string's text, a number's digits; null is empty; a list is joined by commas.

    Raises:
        NoDocumentError: `exact`, and it is neither a string nor a number.
    """
    written = bytes(raw)
    if written[:1] == b'"':
        return str(msgspec.json.decode(written, type=str))
    if written == b"null":
        return ""
    if exact and not (written[:1] == b"-" or written[:1].isdigit()):
        raise NoDocumentError("the id is neither a string nor a number")
    if written[:1] == b"[":
        return ", ".join(item for item in msgspec.json.decode(written) if isinstance(item, str))
    return "" if written[:1] == b"{" else written.decode()


def _reason(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return _misfit(str(error))
    if isinstance(error, UnicodeDecodeError):
        return f"not valid UTF-8: {error.reason}"
    return f"not valid JSON: {'too deeply nested' if isinstance(error, RecursionError) else error}"


def _misfit(message: str) -> str:
    """Which value is of which wrong kind, as msgspec says it.

    >>> _misfit("Expected `str | null`, got `int` - at `$.text`"), _misfit("Expected `object`, got `array`")
    ('the text is a number, not a string', 'not a row: a list, not an object')
    """
    expected, got = [*_KINDS.findall(message), "", ""][:2]
    given = _CALLED.get(got, got)
    return f"not a row: {given}, not an object" if expected == "object" else f"the text is {given}, not a string"
