"""JSON lines: one object a line, each read for itself, so that a bad line costs nothing but itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from compare.model import Document
from compare.sources.decode import NotTextError, row_decoder
from compare.sources.fields import NOTHING
from compare.sources.rows import NoDocumentError, Row, described, document, doubtful, skipped, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.sources.decode import Decoded, RowDecoder
    from compare.sources.fields import Metadata, Reading
    from compare.sources.walk import File

Shape = tuple[Callable[[bytes], Any], tuple[str, ...]]
"""A line's decoder, and the names of its columns after id and text."""


def json_rows(stream: BinaryIO, file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a stream that stands after a byte order mark. Empty lines are passed over.

    Cost: about 5 µs a row of 1.5 kB without digest, most of it the line and its text.
    """
    limit = reading.settings.max_bytes
    shape, decoder = _shape(reading), row_decoder(stream)
    for number, line in enumerate(bounded_lines(stream, limit), 1):
        if len(line) > limit:
            yield skipped(file, number, too_large(limit))
        elif not line.isspace():
            row = _row(line, shape, (file, number), reading)
            read = None if isinstance(row[0], Document) else mended(line, decoder)
            yield _again(read, line, shape, (file, number), reading) if read else row


def json_ids(stream: BinaryIO, file: File, reading: Reading) -> Iterator[tuple[int, str, bytes]]:
    """Number, id and bytes of each line that is an object with a usable id, without a look at its text."""
    row = msgspec.defstruct("Row", [("id", msgspec.Raw, None)], rename={"id": reading.fields.id}, gc=False)
    decode, decoder = msgspec.json.Decoder(row).decode, row_decoder(stream)
    for number, line in enumerate(bounded_lines(stream, reading.settings.max_bytes), 1):
        key = _key(line, decode)
        if key is None and (read := mended(line, decoder)):
            key = _key(_encoded(read), decode)
        if key is not None:
            yield number, key or f"{file.id}:{number}", line


def _key(line: bytes, decode: Callable[[bytes], Any]) -> str | None:
    """The id of a line, empty where it has none; None where it is no row."""
    try:
        id_ = decode(line).id
        return _text(id_, exact=True) if id_ else ""
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NoDocumentError):
        return None


def mended(line: bytes, decoder: RowDecoder) -> Decoded | None:
    """A line that is not valid UTF-8, or holds NULs, as it can be read all the same; None if that is not the fault."""
    with suppress(NotTextError):
        read = decoder.decode(line)
        return read if read.decoding else None
    return None


def _encoded(read: Decoded) -> bytes:
    return read.text.encode("utf-8", "replace")


def _again(read: Decoded, line: bytes, shape: Shape, place: tuple[File, int], reading: Reading) -> Row:
    """The row of a line that was mended; it keeps the bytes as they are."""
    item, extra, _ = doubtful(_row(_encoded(read), shape, place, reading), read.decoding, place)
    return item, extra, line if isinstance(item, Document) else b""


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """Lines with their ends; of a line over `limit` bytes only the first `limit + 1`."""
    while line := stream.readline(limit + 1):
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)


def _shape(reading: Reading) -> Shape:
    """A typed decoder for the wanted columns only: msgspec passes over all others without making objects."""
    _, _, *names = reading.fields.names
    columns = [("c0", msgspec.Raw, None), ("c1", str | None | msgspec.UnsetType, msgspec.UNSET)]
    columns += [(f"m{number}", msgspec.Raw, None) for number in range(len(names))]
    keys = {"c0": reading.fields.id, "c1": reading.fields.text}
    keys |= {f"m{number}": name for number, name in enumerate(names)}
    row = msgspec.defstruct("Row", columns, rename=keys, gc=False)
    return msgspec.json.Decoder(row).decode, tuple(names)


def _row(line: bytes, shape: Shape, place: tuple[File, int], reading: Reading) -> Row:
    decode, names = shape
    file, number = place
    try:
        id_, text, *rest = msgspec.structs.astuple(decode(line))
        if text is msgspec.UNSET:
            return skipped(file, number, "no text")
        about, extra = NOTHING, ""
        if any(rest):
            about, extra = _described(names, rest, reading)
        key = _text(id_, exact=True) if id_ else ""
        return document(file, number, (key, text), about, digest=reading.digest), extra, line
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NoDocumentError) as error:
        return skipped(file, number, error if isinstance(error, NoDocumentError) else _reason(error))


def _described(names: tuple[str, ...], values: list[msgspec.Raw | None], reading: Reading) -> tuple[Metadata, str]:
    texts = {name: _text(raw) for name, raw in zip(names, values, strict=True) if raw}
    return described(reading, lambda name: texts.get(name, "")), texts.get(reading.fields.extra, "")


def _text(raw: msgspec.Raw, *, exact: bool = False) -> str:
    """A value as it is written: a string's text, a number's digits; null is empty; a list is joined by commas.

    Raises:
        NoDocumentError: `exact`, and it is neither a string nor a number.
    """
    data = bytes(raw)
    if data[:1] == b'"':
        return str(msgspec.json.decode(data, type=str))
    if data == b"null":
        return ""
    if exact and not (data[:1] == b"-" or data[:1].isdigit()):
        raise NoDocumentError("the id is neither a string nor a number")
    if data[:1] == b"[":
        return ", ".join(item for item in msgspec.json.decode(data) if isinstance(item, str))
    return "" if data[:1] == b"{" else data.decode()


def _reason(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return f"not a row: {error}"
    if isinstance(error, UnicodeDecodeError):
        return f"not valid UTF-8: {error.reason}"
    return f"not valid JSON: {'too deeply nested' if isinstance(error, RecursionError) else error}"
