"""What the columns of some tables are called, by the first of them: for a message, and before all is read."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from compare.errors import MissingExtraError
from compare.files.packed import open_unpacked
from compare.files.regular import UnreadableError
from compare.sources.kinds import FileKind, kind_of
from compare.sources.tables.csvtable import open_csv
from compare.sources.tables.nested import members_of
from compare.sources.tables.read import line_table
from compare.sources.tables.rows import NoTableError
from compare.sources.walk import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.sources.fields import Reading
    from compare.sources.walk import File


def first_names(paths: Sequence[str], reading: Reading) -> tuple[str, ...]:
    """The names of the columns of the first table, of JSON those of its first row; none without a table to be read."""
    for file in plan(paths).files:
        with suppress(MissingExtraError, UnreadableError, NoTableError, OSError, msgspec.MsgspecError, UnicodeError):
            kind = kind_of(file, reading)
            if kind.is_table:
                return _names(file, kind, reading)
    return ()


def _names(file: File, kind: FileKind, reading: Reading) -> tuple[str, ...]:
    if kind.is_columnar:
        from compare.sources.tables.arrowfiles import columns_of  # noqa: PLC0415  # for few

        with columns_of(file, kind) as columns:
            return tuple(columns.schema.names)
    with open_unpacked(file.path, follow=file.named) as stream:
        if kind is FileKind.SEPARATED:
            return open_csv(stream, file, reading).columns
        rows = (raw.lstrip(b", \t\r\n") for item, _, raw in line_table(stream, file, kind, reading).rows if item)
        return tuple(members_of(next(rows, b"{}")))
