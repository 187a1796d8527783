"""The parts of a ZIP archive that hold a document: asked for by name, each unpacked up to a limit and no further."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from compare.documents.extracted import DocumentError

if TYPE_CHECKING:
    from compare.documents.extracted import Limits

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_NAMES = 20_000
_ENCRYPTED = 0x1
_DAMAGES = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError)


class Parts:
    """An open archive."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        if raw.startswith(OLD):
            raise DocumentError("encrypted, or an old office document; save it as DOCX without a password")
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise DocumentError("damaged: it is no whole archive") from error
        if len(self._zip.namelist()) > _MOST_NAMES:
            raise DocumentError(f"an archive of more than {_MOST_NAMES} parts")
        self._limits = limits

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """A part, or nothing if there is none of that name. Raises DocumentError: too large, encrypted, damaged."""
        most = self._limits.size
        try:
            entry = self._zip.getinfo(name)
            if entry.flag_bits & _ENCRYPTED:
                raise DocumentError("encrypted; save it without a password")
            with self._zip.open(entry) as part:
                raw = part.read(most + 1)
        except KeyError:
            return b""
        except _DAMAGES as error:
            raise DocumentError("damaged: a part of it cannot be unpacked") from error
        if len(raw) > most:
            raise DocumentError(f"unpacked, larger than the limit of {most} bytes")
        return raw
