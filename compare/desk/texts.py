"""What comes in at the desk: a text that was pasted, or a file that was dropped, as a document."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from compare.errors import InputError
from compare.jobs.arguments import document_of
from compare.sources.single import read_one
from compare.text.tokens import body
from compare.wording.escape import one_line
from compare.wording.words import how_read

if TYPE_CHECKING:
    from compare.model import Document
    from compare.settings import Settings

LONGEST_NAME = 120
"""Characters of a file's name that are kept: its end, which says what it is."""
DRAFT = "draft"
MOST_CHARACTERS = 400_000
"""Of a text: a long book. A window shows it in two seconds; what is larger is asked at the command line."""


class Pasted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text as a page or a CMS sends it; what is not known of it is left out."""

    text: str
    name: str = ""
    title: str = ""
    author: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    read: str = ""
    """How a file became text, as the desk says it; of what is sent to it nothing."""


def pasted(given: Pasted) -> Document:
    """It as a document; without a name it is called after its words, so that no other draft shares its decisions.

    Raises:
        InputError: there is no word in it, or it is larger than a desk takes.
    """
    _check_length(given.text)
    name = (
        one_line(given.name).strip()
        or f"{DRAFT}-{hashlib.sha256(given.text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    )
    known = ("title", "author", "published", "source", "url")
    about: dict[str, Any] = {key: value for key in known if (value := one_line(getattr(given, key)).strip())}
    document = replace(document_of(given.text, name), **about)
    if not any(char.isalnum() for char in document.text):
        raise InputError("the text has no word")
    return document


def dropped(name: str, raw: bytes, settings: Settings) -> Document:
    """A file's bytes as a document, read as a file of that name is read anywhere; the bytes are gone afterwards.

    Raises:
        InputError: it is no document, holds several, or is larger than a desk takes.
    """
    kept = safe_name(name)
    with tempfile.TemporaryDirectory(prefix="compare-desk-") as folder:
        path = Path(folder) / kept
        path.write_bytes(raw)
        try:
            document = read_one(str(path), settings)
        except InputError as error:
            raise InputError(str(error).replace(f"{folder}/", "")) from None
    _check_length(document.text)
    return replace(document, id=kept, path=kept)


def _check_length(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"{len(text):,} characters; a desk takes {MOST_CHARACTERS:,}: ask `compare query`, or in parts"
        )


def as_pasted(document: Document) -> Pasted:
    """What a page shows of a document that was read from a file."""
    return Pasted(
        body(document), document.id, document.title, document.author, document.published, document.source, document.url,
        how_read(document),
    )  # fmt: skip


def safe_name(name: str) -> str:
    r"""The last part of a file's name, made so that it names a plain file in a folder of ours.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\a\\story.docx"), safe_name(".."), safe_name("a\n.txt")
    ('passwd', 'story.docx', 'draft.txt', 'a.txt')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip()[-LONGEST_NAME:]
    bare = plain.lstrip(".")
    return bare or f"{DRAFT}.txt"
