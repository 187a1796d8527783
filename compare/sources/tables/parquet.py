"""Parquet through DuckDB (an extra), shut in: no extension is fetched, no file but the named ones is touched."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.ending import is_memory
from compare.errors import InputError, MissingExtraError
from compare.files.temporary import temporary_folder
from compare.sources.tables.rows import NoDocumentError, NoTableError, Row, described, document, skipped, too_large
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.sources.fields import Reading
    from compare.sources.walk import File

_FETCH = 256
"""Rows fetched at a time."""
_GROUP = 8192
"""Rows of a group that is written: DuckDB's own 122,880 would hold a gigabyte of text."""
_LEAST_MEMORY = 256 * 1024 * 1024
_TABLE = "read_parquet(?, file_row_number = true, hive_partitioning = false)"


def parquet_rows(file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a file in their order; `raw` is empty.

    Raises:
        MissingExtraError: duckdb is not installed.
        NoTableError: DuckDB cannot read it, or it has no text column.
    """
    import_duckdb()
    path = str(Path(file.path).absolute())
    try:
        path.encode()
    except UnicodeEncodeError:
        raise NoTableError("Parquet files need a name in UTF-8") from None
    with _connection(reading, path) as connection:
        yield from _rows(connection, path, file, reading)


def copy_rows(file: File, dropped: list[int], target: Path, reading: Reading) -> None:
    """Write all rows but those of these numbers (counted from 1) to `target` as Parquet, with all their columns."""
    path, output = (str(Path(name).absolute()) for name in (file.path, target))
    rows = f"SELECT t.* EXCLUDE (file_row_number) FROM {_TABLE} t ANTI JOIN fallen ON t.file_row_number = fallen.number"  # noqa: S608
    options = f"FORMAT parquet, ROW_GROUP_SIZE {_GROUP}, USE_TMP_FILE false"
    with _connection(reading, path, output) as connection:
        try:
            connection.execute("CREATE TEMP TABLE fallen AS SELECT unnest(?::BIGINT[]) - 1 AS number", [dropped])
            connection.execute(f"COPY ({rows}) TO {_quoted(output, chr(39))} ({options})", [_literal(path)])
        except import_duckdb().OutOfMemoryException as error:
            raise MemoryError from error
        except import_duckdb().Error as error:
            raise InputError(f"{shown(target)}: cannot be written: {str(error).splitlines()[0]}") from error


def import_duckdb() -> Any:  # noqa: ANN401 - an untyped optional module
    """The module. Raises MissingExtraError, or MemoryError where it is there and cannot be loaded."""
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError as error:
        if is_memory(error):
            raise MemoryError from error
        raise MissingExtraError("Parquet", "parquet") from error
    return duckdb


@contextmanager
def _connection(reading: Reading, *paths: str) -> Iterator[Any]:
    """One thread keeps the rows in order; no configuration can be changed once it stands."""
    with temporary_folder(Path(tempfile.gettempdir())) as folder:
        config = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": f"{max(reading.settings.memory, _LEAST_MEMORY)}B",
            "temp_directory": str(folder),
            "threads": "1",
        }
        connection = import_duckdb().connect(":memory:", config=config)
        try:
            connection.execute("SET allowed_paths = ?", [[*paths, *map(_literal, paths)]])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            yield connection
        finally:
            connection.close()


def _literal(path: str) -> str:
    """The path as a pattern that matches nothing else."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _rows(connection: Any, path: str, file: File, reading: Reading) -> Iterator[Row]:  # noqa: ANN401 - untyped module
    broken = import_duckdb().Error
    try:
        described_ = connection.execute(f"DESCRIBE SELECT * FROM {_TABLE}", [_literal(path)]).fetchall()  # noqa: S608
        types = {name: kind for name, kind, *_ in described_}
        names = [name for name in reading.fields.names if name in types]
        if types.get(reading.fields.text) != "VARCHAR":
            raise NoTableError(f'no column "{reading.fields.text}" of text')
        columns = ", ".join(f"CAST({_quoted(name)} AS VARCHAR)" for name in names)
        cursor = connection.execute(f"SELECT {columns} FROM {_TABLE}", [_literal(path)])  # noqa: S608 - quoted names
        fetched = iter(lambda: cursor.fetchmany(_FETCH), [])
        for number, values in enumerate(chain.from_iterable(fetched), 1):
            yield _row(dict(zip(names, values, strict=True)), (file, number), reading)
    except import_duckdb().OutOfMemoryException as error:
        raise MemoryError from error
    except broken as error:
        raise NoTableError(f"not readable as Parquet: {str(error).splitlines()[0]}") from error


def _row(values: dict[str, str | None], place: tuple[File, int], reading: Reading) -> Row:
    fields, text = reading.fields, values.get(reading.fields.text)
    if text and len(text) > reading.settings.max_bytes:
        return skipped(*place, too_large(reading.settings.max_bytes))
    about = described(reading, lambda name: values.get(name) or "")
    try:
        item = document(*place, (values.get(fields.id) or "", text), about, digest=reading.digest)
    except NoDocumentError as error:
        return skipped(*place, error)
    return item, values.get(fields.extra) or "", b""


def _quoted(name: str, mark: str = '"') -> str:
    """An SQL name, or with a single quotation mark an SQL string."""
    return mark + name.replace(mark, mark * 2) + mark
