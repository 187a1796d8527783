"""Parquet and Arrow through pyarrow (an extra): batches of their rows, and rows written again as they were stored.

What pyarrow reads is what it writes: the same columns, types and metadata, the same codec, rows in the same order.
"""

from __future__ import annotations

import mmap
import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from compare.ending import is_memory
from compare.errors import MissingExtraError
from compare.files.packed import damage_of, open_unpacked, packing_in
from compare.files.remote import is_remote
from compare.sources.kinds import FileKind
from compare.sources.tables.ipc import codec_in, rows_in
from compare.sources.tables.rows import NoTableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.sources.walk import File

Way = tuple[str, ...]
"""The names that lead from a column to a value in it."""
ROWS = 1024
"""Rows of a batch that is read."""
MOST = 1 << 26
"""Bytes of rows that wait in memory to be one batch or row group: as much as one row may have."""
_END = b"\xff\xff\xff\xff\0\0\0\0"
"""What ends a stream: without it pyarrow takes one that is cut off between two batches for whole."""
_SIGN = b"ARROW1\0\0"
_INT96 = "INT96"
_INTEGERS = frozenset({"INT32", "INT64"})


class Columns(Protocol):
    """A file whose values stand by columns."""

    schema: Any

    def batches(self, ways: Sequence[Way] | None) -> Iterator[Any]:
        """Its record batches in order, with some of its columns or all."""

    def counted(self, most: int) -> tuple[int, int]:
        """How many rows there are, and 0; or those of its first `most` bytes or a few more, and how many bytes."""

    def writer(self, stream: BinaryIO) -> Any:  # noqa: ANN401  # of an untyped module
        """What writes batches as this file has them: `write(batch)`, `close()`."""


@contextmanager
def columns_of(file: File, kind: FileKind) -> Iterator[Columns]:
    """A file, open.

    Raises:
        MissingExtraError: pyarrow is not installed.
        UnreadableError: it cannot be opened.
        NoTableError: it is not what it seems, or damaged; from any use of it, too.
    """
    name = "Parquet" if kind is FileKind.PARQUET else "Arrow"
    arrow = import_pyarrow(name)
    with _seekable(file, is_mapped=kind is not FileKind.PARQUET) as stream, _told(name):
        if kind is FileKind.PARQUET:
            yield _Parquet(stream)
            return
        try:
            view = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise NoTableError("empty") from None
        yield _Ipc(arrow.py_buffer(view), is_stream=kind is FileKind.ARROW_STREAM)


def import_pyarrow(what: str = "Arrow") -> Any:  # noqa: ANN401 - an untyped optional module
    """The module, for a format. Raises MissingExtraError, or MemoryError where it is there and cannot be loaded."""
    try:
        import pyarrow as arrow  # noqa: ICN001, PLC0415  # an extra; called by its name
        import pyarrow.compute  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        if is_memory(error):
            raise MemoryError from error
        raise MissingExtraError(what, what.lower()) from error
    return arrow


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Raises NoTableError for what pyarrow says of a broken file."""
    arrow = import_pyarrow()
    try:
        yield
    except MemoryError:
        raise
    except (arrow.ArrowException, OSError, ValueError, LookupError) as error:
        reason = (str(error).splitlines() or ["broken"])[0]
        raise NoTableError(f"not readable as {name}: {reason}") from error


@contextmanager
def _seekable(file: File, *, is_mapped: bool) -> Iterator[BinaryIO]:
    """The file; or, if it is compressed as a whole, or cannot be mapped, a temporary one that holds what it holds."""
    with open_unpacked(file.path, follow=file.named) as stream:
        if not packing_in(stream) and not (is_remote(file.path) and is_mapped):
            yield stream
            return
        with tempfile.TemporaryFile() as plain:
            shutil.copyfileobj(stream, plain, 1 << 20)
            if damage := damage_of(stream):
                raise NoTableError(damage)
            plain.seek(0)
            yield plain


class _Parquet:
    """A Parquet file, read page by page."""

    def __init__(self, stream: BinaryIO) -> None:
        arrow = import_pyarrow()
        self._file = arrow.parquet.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
        self.schema = self._file.schema_arrow

    def batches(self, ways: Sequence[Way] | None) -> Iterator[Any]:
        columns = None if ways is None else list(map(".".join, ways))
        yield from self._file.iter_batches(batch_size=ROWS, columns=columns, use_threads=False)

    def counted(self, _most: int) -> tuple[int, int]:
        return self._file.metadata.num_rows, 0

    def writer(self, stream: BinaryIO) -> Any:  # noqa: ANN401
        next(self._file.iter_batches(batch_size=1, use_threads=False), None)  # a broken footer is an error here alone:
        arrow, meta, physical = import_pyarrow(), self._file.metadata, self._physical()  # asked, it ends the process
        writer = arrow.parquet.ParquetWriter(
            stream,
            self.schema,
            compression=_codecs(meta) or "snappy",
            version="2.6",  # older ones would store small whole numbers and nanoseconds as something else
            store_schema=b"ARROW:schema" in (meta.metadata or {}),
            use_deprecated_int96_timestamps=_INT96 in {kind for _, kind, _ in physical},
            use_compliant_nested_type=not any(".list.item" in path for path, _, _ in physical),
            store_decimal_as_integer=any(kind in _INTEGERS and "Decimal" in logical for _, kind, logical in physical),
        )
        rows = max((meta.row_group(number).num_rows for number in range(meta.num_row_groups)), default=ROWS)
        return _Groups(writer, rows)

    def _physical(self) -> list[tuple[str, str, str]]:
        """Of each column its path, how its values are stored, and what they mean."""
        schema = self._file.schema
        columns = (schema.column(number) for number in range(len(schema.names)))
        return [(column.path, column.physical_type, str(column.logical_type)) for column in columns]


def _codecs(meta: Any) -> dict[str, str]:  # noqa: ANN401
    """How each column is compressed, by its path."""
    if not meta.num_row_groups:
        return {}
    group = meta.row_group(0)
    columns = (group.column(number) for number in range(group.num_columns))
    return {column.path_in_schema: _codec(column.compression) for column in columns}


def _codec(name: str) -> str:
    """What pyarrow reads and cannot write comes back as its like."""
    return {"UNCOMPRESSED": "none", "LZO": "snappy"}.get(name, name.lower())


class _Groups:
    """Rows that wait to be a row group no larger than those that were read."""

    def __init__(self, writer: Any, rows: int) -> None:  # noqa: ANN401
        self._writer, self._most = writer, rows
        self._waiting: list[Any] = []
        self._rows = self._bytes = 0

    def write(self, batch: Any) -> None:  # noqa: ANN401
        """Take a batch."""
        at = 0
        while at < len(batch):
            part = batch.slice(at, self._most - self._rows)
            at += len(part)
            self._waiting.append(part)
            self._rows += len(part)
            self._bytes += part.nbytes
            if self._rows >= self._most or self._bytes >= MOST:
                self._flush()

    def close(self) -> None:
        """Write what waits, and the end."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(import_pyarrow().Table.from_batches(self._waiting), row_group_size=self._most)
        self._waiting, self._rows, self._bytes = [], 0, 0


class _Ipc:
    """An Arrow IPC file or stream, which stays on the disk but for the rows that are looked at."""

    def __init__(self, buffer: Any, *, is_stream: bool) -> None:  # noqa: ANN401
        self._buffer, self._is_stream = buffer, is_stream
        self.schema = self._reader(None).schema

    def batches(self, ways: Sequence[Way] | None) -> Iterator[Any]:
        fields = None if ways is None else sorted({self.schema.get_field_index(way[0]) for way in ways})
        reader = self._reader(fields)
        if self._is_stream:
            yield from reader
            if self._buffer.slice(max(self._buffer.size - len(_END), 0)).to_pybytes() != _END:
                raise NoTableError("cut off: the Arrow stream does not end")
            return
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)

    def writer(self, stream: BinaryIO) -> Any:  # noqa: ANN401
        arrow = import_pyarrow()
        options = arrow.ipc.IpcWriteOptions(compression=self._codec(), emit_dictionary_deltas=not self._is_stream)
        new = arrow.ipc.new_stream if self._is_stream else arrow.ipc.new_file
        return new(stream, self.schema, options=options)

    def counted(self, most: int) -> tuple[int, int]:
        rows = size = 0
        for message in self._messages():
            metadata = message.metadata.to_pybytes()
            size += len(metadata) + (message.body.size if message.body else 0)
            rows += rows_in(metadata) if message.type == "record batch" else 0
            if rows and size >= most:
                return rows, size
        return rows, 0

    def _messages(self) -> Iterator[Any]:
        start = 0 if self._is_stream else len(_SIGN)  # what follows is a stream, too
        yield from import_pyarrow().ipc.MessageReader.open_stream(self._buffer.slice(start))

    def _codec(self) -> str | None:
        """How the first batch is compressed."""
        batches = (message.metadata.to_pybytes() for message in self._messages() if message.type == "record batch")
        return next(map(codec_in, batches), None)

    def _reader(self, fields: list[int] | None) -> Any:  # noqa: ANN401
        ipc = import_pyarrow().ipc
        options = ipc.IpcReadOptions(included_fields=fields)
        new = ipc.open_stream if self._is_stream else ipc.open_file
        return new(import_pyarrow().BufferReader(self._buffer), options=options)
