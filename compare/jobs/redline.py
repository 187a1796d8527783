"""Two versions as one DOCX with tracked changes, which a word processor accepts or refuses one by one."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from compare.documents.docx_made import docx_of
from compare.errors import InputError, MissingExtraError
from compare.files.atomic import check_file, write_atomically, writing
from compare.files.regular import UnreadableError, read_regular
from compare.sources.single import read_one
from compare.text.tokens import body
from compare.wording.escape import one_line, shown

if TYPE_CHECKING:
    from compare.settings import Settings

MOST = 64 << 20
"""Bytes of a document."""
_DOCX = ".docx"


@dataclass(frozen=True, slots=True)
class Version:
    """A version: a DOCX as it stands, or the text of anything else."""

    docx: bytes = b""
    text: str = ""

    def as_docx(self) -> bytes:
        """It as a DOCX; of a text without any style."""
        return self.docx or docx_of(part for part in re.split(r"\n[ \t]*\n|\n", self.text) if part.strip())


@dataclass(frozen=True, slots=True)
class Signed:
    """Whom tracked changes are said to be by, and of which day: an ISO 8601 date."""

    by: str
    date: str


def version_of(path: str, settings: Settings) -> Version:
    """A version by its path. Raises InputError where it cannot be read as one article."""
    document = read_one(path, settings)
    if not path.lower().endswith(_DOCX):
        return Version(text=body(document))
    try:
        return Version(docx=read_regular(path, MOST, follow=True))
    except UnreadableError as error:
        raise InputError(f"{shown(path)}: {error}") from None


def redline(old: Version, new: Version, signed: Signed) -> bytes:
    """Both as one DOCX with tracked changes: the same versions, name and day are the same bytes.

    The changes are found by Docxodus, a program that python-redlines brings along. 1 to 3 s.

    Raises:
        MissingExtraError: python-redlines is not installed.
        InputError: a document is damaged.
    """
    try:
        from python_redlines import DocxodusEngine  # noqa: PLC0415  # an extra
        from python_redlines.engines import EngineExecutionError, EngineNotInstalledError  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("a redline", "redline") from None
    try:
        made, _, _ = DocxodusEngine().run_redline(
            _name(signed.by), old.as_docx(), new.as_docx(), date_time=f"{signed.date}T00:00:00Z"
        )
    except EngineNotInstalledError:
        raise MissingExtraError("a redline", "redline") from None
    except EngineExecutionError:
        raise InputError(
            "a version cannot be compared as DOCX: it is damaged, or uses what Docxodus does not know"
        ) from None
    return bytes(made)


def write_redline(old: str, new: str, output: str, signed: Signed, settings: Settings) -> int:
    """Writes the redline of two files; how many changes it tracks. Raises InputError, MissingExtraError."""
    target = Path(output)
    with writing(target):
        check_file(target)
    if any(Path(path).exists() and target.exists() and target.samefile(path) for path in (old, new)):
        raise InputError(f"--output {shown(output)}: is one of the two versions; name another file")
    if not output.lower().endswith(_DOCX):
        raise InputError(f"--output {shown(output)}: name a file that ends in {_DOCX}")
    made = redline(version_of(old, settings), version_of(new, settings), signed)
    write_atomically(target, made)
    return tracked(made)


def tracked(docx: bytes) -> int:
    """How many stretches of words a DOCX has as put in or struck out."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        document = archive.read("word/document.xml")
    return len(re.findall(rb"<w:(?:ins|del) [^>]*[^/]>", document))


def _name(author: str) -> str:
    """A name that a command line takes for no option."""
    return one_line(author).strip().lstrip("-") or "compare"
