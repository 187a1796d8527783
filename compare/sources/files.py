"""One article file to one document."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from compare.files.regular import UnreadableError, read_regular
from compare.model import Document, Provenance, Skipped
from compare.sources.decode import EmptyError, NotTextError
from compare.sources.fields import metadata
from compare.sources.types import PACKED, READERS, TEXT, suffix

if TYPE_CHECKING:
    from compare.sources.fields import Reading
    from compare.sources.readers.base import Article, Reader
    from compare.sources.walk import File


def read_article(file: File, reading: Reading) -> tuple[Document | Skipped, str]:
    """A file's document, or why there is none; and the value of the extra field in its front matter."""
    try:
        raw, content = article(file, reading)
    except (UnreadableError, NotTextError) as error:
        lost = file.named or (suffix(file.path) in TEXT and not isinstance(error, EmptyError))
        return Skipped(file.shown, str(error), lost), ""
    digest = hashlib.sha256(raw).hexdigest() if reading.digest else ""
    return _document(file, content, digest, reading)


def article(file: File, reading: Reading) -> tuple[bytes, Article]:
    """An article's bytes and what they hold.

    Raises:
        UnreadableError: it is not a regular file of an article's type within the limit.
        NotTextError: it is empty, of another format than its name says, or in no known encoding.
    """
    ending = suffix(file.path)
    if ending in PACKED:
        raise UnreadableError("compressed; unpack it first")
    if not file.named and ending not in TEXT:
        raise UnreadableError(f"not an article type ({PurePath(file.shown).suffix or 'no extension'})")
    raw = read_regular(file.path, reading.settings.max_bytes, follow=file.named)
    return raw, reader_of(ending).read(raw, reading)


def reader_of(ending: str) -> Reader:
    """The reader of an article, imported when there is one to read."""
    return cast("Reader", import_module(f"compare.sources.readers.{READERS.get(ending, 'plain')}"))


def _document(file: File, article: Article, digest: str, reading: Reading) -> tuple[Document, str]:
    about = metadata(reading.fields, lambda name: article.values.get(name, ""), "front matter")
    document = Document(
        id=file.id,
        text=article.text,
        path=file.shown,
        title=about.title or article.heading,
        author=about.author,
        published=about.published,
        published_from=about.published_from,
        source=about.source,
        license=about.license,
        language=about.language,
        url=about.url,
        title_from=_title_from(about.title, article.heading),
        author_from=str(Provenance.FRONT_MATTER) * bool(about.author),
        sha256=digest,
        muted=article.muted,
        meant=article.meant,
        decoding=article.decoding,
    )
    return document, article.values.get(reading.fields.extra, "")


def _title_from(given: str, heading: str) -> str:
    return str(Provenance.FRONT_MATTER if given else Provenance.HEADING) * bool(given or heading)
