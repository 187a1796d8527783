"""Index files opened with care: one that is not ours, not whole or of another version is refused, and not touched."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import msgspec

from compare.ending import call_off, on_ending
from compare.errors import InputError
from compare.index.postings import DamagedError
from compare.index.schema import APPLICATION, FORMAT, HEADER, SETTINGS, expected_schema, header_of, versions
from compare.index.texts import MOST_BYTES
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from compare.settings import Settings

    Connection = sqlite3.Connection

WAIT = 10.0
"""Seconds that a writer waits for another one."""
MAGIC = b"SQLite format 3\0"
HEAD = 108
"""Bytes of SQLite's own header, and of that of its first page ..."""
LEAF = 13
"""... which lists the tables and indexes: ours stand in one page. SQLite would read any number, and take any time."""
OTHERS = "not an index of compare: its tables are others; it is left as it is"
REBUILD = "build it again with `compare index build`"
DELETE = "delete it and " + REBUILD
ROW = 16
"""Bytes of the file that a document takes at the very least."""
PRAGMAS = ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "cache_size=-16384", "temp_store=MEMORY")
TOTALS = ("documents", "contents", "files")
LEAST_LIMIT = 1 << 24
"""Bytes that any value may have: the holders of a fingerprint, a name."""
LONGEST_LINE = 100
"""Characters of a name or value of the header."""
_NO_MEMORY = {sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR_NOMEM, sqlite3.SQLITE_IOERR_SHMMAP}
MANY = 900
"""Values in one list of an SQL statement: every SQLite takes 999."""

Row = TypeVar("Row")


class VersionError(InputError):
    """An index of ours that another version or other settings have made: `build` may replace it."""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn what SQLite and our own checks say of a file into one plain line. Raises InputError."""
    try:
        yield
    except (DamagedError, UnicodeDecodeError) as error:  # the latter of what SQLite tells in broken bytes
        what = error if isinstance(error, DamagedError) else "it holds broken text"
        raise InputError(f"{shown(path)}: the index is damaged: {what}; {DELETE}") from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) in _NO_MEMORY:
            raise MemoryError from error
        raise InputError(f"{shown(path)}: {_told(error)}") from error


def _told(error: sqlite3.Error) -> str:
    message = _line(error)
    if "too big" in message:
        return f"it holds more in one place than max_bytes allows; use the max_bytes it was built with, or {DELETE}"
    if "locked" in message or "busy" in message:
        return "the index is in use by another process; try again when that is done"
    if "full" in message or "readonly" in message or "disk I/O" in message:
        return f"the index cannot be written ({message})"
    if "documents.name" in message:
        return "a file and a row of a table would have the same name in the index; rename one of them"
    if "unable to open" in message:
        return "the index cannot be opened; may its folder be written to?"
    return f"the index is damaged ({message}); {DELETE}"


def _line(error: Exception) -> str:
    return shown(" ".join(str(error).split()))[:200]


def checked(rows: Sequence[Any], kind: type[Row]) -> list[Row]:
    """Rows whose columns have the types that we write: SQLite keeps any. Raises DamagedError."""
    try:
        return msgspec.convert(rows, list[kind])  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise DamagedError(_line(error)) from error


def select(connection: Connection, sql: str, values: Sequence[object], kind: type[Row]) -> list[Row]:
    """Checked rows of a statement with one `IN ({})`, for any number of values. An order holds for `MANY` at a time.

    Raises DamagedError where they hold more bytes than the file has: then rows share what each has for itself.
    """
    rows: list[Any] = []
    room = file_size(connection)
    is_small = set(get_args(kind)) == {int}
    for start in range(0, len(values), MANY):
        part = values[start : start + MANY]
        answer = connection.execute(sql.format(",".join("?" * len(part))), part)
        if is_small:
            rows += answer.fetchall()
            continue
        for row in answer:
            room -= sum(len(value) for value in row if isinstance(value, bytes | str))
            if room < 0:
                raise DamagedError("its rows hold more than the file")
            rows.append(row)
    return checked(rows, kind)


def file_size(connection: Connection) -> int:
    """The size of the database in bytes, what waits beside the file too."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)


# --- opening -------------------------------------------------------------------------------------------------------


@contextmanager
def reader(path: Path, settings: Settings | None) -> Iterator[Connection]:
    """The index opened for reading, within one state of it. With settings, they must be those it was built with."""
    check_file(path)
    with guarded(path), _closing(_readable(path)) as connection:
        connection.execute("BEGIN")
        _limit(connection, settings)
        check_inside(path, connection, settings)
        yield connection


@contextmanager
def writer(path: Path, settings: Settings | None) -> Iterator[Connection]:
    """The index opened for writing; every commit reaches the disk."""
    check_file(path)
    with guarded(path), _closing(connected(path, "rw")) as connection:
        _limit(connection, settings)
        check_inside(path, connection, settings)
        check_totals(connection)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        yield connection


@contextmanager
def _closing(connection: Connection) -> Iterator[Connection]:
    """Close a connection after the block, or when the process is interrupted: SQLite clears up beside the file then."""
    duty = on_ending(connection.close)
    try:
        yield connection
    finally:
        connection.close()
        call_off(duty)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of the block is stored, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _limit(connection: Connection, settings: Settings | None) -> None:
    """Let no value be larger than a text can be: SQLite then says that it is too big, and does not read it."""
    most = settings.max_bytes if settings else 0
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(most + LEAST_LIMIT, MOST_BYTES))


def _readable(path: Path) -> Connection:
    """A connection that reads; in a folder that cannot be written, one that trusts nobody else to write.

    Where a writer was killed, the file stays as it is (`ro`). Else SQLite may write beside it, and so takes away what
    it puts there (`rw`, without a right to change anything).
    """
    try:
        connection = connected(path, "ro" if waiting(path) else "rw")
    except sqlite3.OperationalError as error:
        if not _read_only(error) or waiting(path):
            raise
        connection = connected(path, "ro", "&immutable=1")
    connection.execute("PRAGMA query_only=ON")
    return connection


def _read_only(error: sqlite3.OperationalError) -> bool:
    return "unable to open" in str(error) or "readonly" in str(error)


def connected(path: Path, mode: str, more: str = "") -> Connection:
    """A connection that trusts nothing that the file says of itself. `mode` is `ro` or `rw`: a file is never made."""
    address = f"{path.resolve().as_uri()}?mode={mode}{more}"
    connection = sqlite3.connect(address, timeout=WAIT, isolation_level=None, uri=True)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


# --- checks --------------------------------------------------------------------------------------------------------


def waiting(path: Path) -> bool:
    """Whether changes lie beside the file that are not in it yet."""
    try:
        return os.stat(f"{os.path.realpath(path)}-wal").st_size > 0  # noqa: PTH116  # not the suffix, the whole name
    except OSError:
        return False


def check_file(path: Path) -> None:
    """Refuse what is no index of ours or is cut off, by its first bytes: SQLite has not seen it yet.

    Raises:
        InputError: in one plain line.
    """
    head, size = _head(path)
    if size < HEAD or not head.startswith(MAGIC) or int.from_bytes(head[68:72], "big") != APPLICATION:
        raise InputError(f"{shown(path)}: not an index of compare (or cut off); it is left as it is")
    written = int.from_bytes(head[60:64], "big")
    if written != FORMAT:
        raise VersionError(
            f"{shown(path)}: written by another version of compare (format {written}, not {FORMAT}); {REBUILD}"
        )
    page = int.from_bytes(head[16:18], "big")
    whole = (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")
    if size < whole and not waiting(path):
        raise InputError(f"{shown(path)}: the index is cut off ({size} of {whole} bytes); {DELETE}")
    if head[100] != LEAF or int.from_bytes(head[103:105], "big") != len(expected_schema()):
        raise InputError(f"{shown(path)}: {OTHERS}")


def _head(path: Path) -> tuple[bytes, int]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            raise InputError(f"{shown(path)}: is {what}; name the file of an index")
        with path.open("rb") as file:
            return file.read(HEAD), status.st_size
    except FileNotFoundError:
        message = f"{shown(path)}: no such index; make one with `compare index build PATH… --index {shown(path)}`"
        raise InputError(message) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{shown(path)}: the index cannot be read: {reason}") from error


def check_inside(path: Path, connection: Connection, settings: Settings | None) -> None:
    """Refuse foreign tables, triggers and views, other versions and other settings. Raises InputError."""
    present = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    if len(present) != len(expected_schema()) or set(present) != expected_schema():
        _refuse_older(path, connection, readable=HEADER in present)
        raise InputError(f"{shown(path)}: {OTHERS}")
    header = read_header(connection)
    wanted = header_of(settings) if settings else {**header, **versions()}
    if set(header) != set(wanted):
        raise DamagedError("its header is not whole")
    for name, value in wanted.items():
        if header[name] != value:
            raise VersionError(f"{shown(path)}: {_differs(name, header[name], value)}")


def _refuse_older(path: Path, connection: Connection, *, readable: bool) -> None:
    """Say of tables that another version has made that it did, if its header is as ours. Raises VersionError."""
    header = read_header(connection) if readable else {}
    for name, value in versions().items():
        if header.get(name, value) != value:
            raise VersionError(f"{shown(path)}: {_differs(name, header[name], value)}")


def read_header(connection: Connection) -> dict[str, str]:
    """The header as it is stored. Raises DamagedError: it is longer than any of ours."""
    rows = connection.execute("SELECT name, value FROM header LIMIT 100").fetchall()
    header = dict(checked(rows, tuple[str, str]))
    if any(len(part) > LONGEST_LINE for row in header.items() for part in row):
        raise DamagedError("its header is not whole")
    return header


def _differs(name: str, built: str, wanted: str) -> str:
    built = shown(built[:40])
    if name not in SETTINGS:
        return f"written by another version of compare ({name} {built}, not {wanted}); {REBUILD}"
    of = "lsh_threshold gives " if name in {"bands", "rows"} else ""
    return f"built with {name} {built}, but {of}{name} is {wanted} now; use the same settings, or {REBUILD}"


def check_totals(connection: Connection) -> None:
    """Refuse totals that are not those of the rows: limits go by them. 12 ms where there are a million."""
    most = file_size(connection) // ROW
    for name in TOTALS:
        stored = total(connection, name)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT ?)"  # noqa: S608
        if stored > most or connection.execute(sql, (stored + 1,)).fetchone() != (stored,):
            raise DamagedError("its totals are not those of what it holds")


def total(connection: Connection, name: str) -> int:
    """One of the stored totals, a name of `TOTALS`."""
    rows = checked(connection.execute("SELECT value FROM totals WHERE name = ?", (name,)).fetchall(), tuple[int])
    if not rows or rows[0][0] < 0:
        raise DamagedError("its totals are not whole")
    return rows[0][0]
