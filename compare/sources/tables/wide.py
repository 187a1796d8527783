"""Tables in UTF-16 and UTF-32, as spreadsheets save them: read as if they were UTF-8, written as they were."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from compare.sources.tables.rows import NoTableError

_BLOCK = 1 << 20


class Wide:
    """An open stream of another Unicode encoding as one of UTF-8; only what the readers of tables need of it."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding, newline="\n")

    def read(self, size: int) -> bytes:
        """About `size` bytes, or nothing at the end."""
        return self._text.read(size).encode()

    def readline(self, size: int) -> bytes:
        """A line with its end, or `size` characters of it."""
        return self._text.readline(size).encode()

    def tell(self) -> int:
        """Where the stream stands, for `seek`."""
        return self._text.tell()

    def seek(self, place: int) -> int:
        """Go to where `tell` said."""
        return self._text.seek(place)


def widened(stream: BinaryIO, encoding: str) -> BinaryIO:
    """The stream, which stands after its byte order mark, as UTF-8. It is read through once, to know that it can be.

    Raises:
        NoTableError: it is not valid in that encoding, so that its bytes could not be written as they were.
    """
    start = stream.tell()
    reader = io.TextIOWrapper(stream, encoding, newline="\n")
    try:
        while reader.read(_BLOCK):
            pass
    except UnicodeDecodeError as error:
        raise NoTableError(f"a table that is not valid {encoding.upper()}: {error.reason}") from error
    finally:
        reader.detach()
    stream.seek(start)
    return cast("BinaryIO", Wide(stream, encoding))
