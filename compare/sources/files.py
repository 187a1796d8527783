"""One article file to one document."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from compare.documents.extract import ending_by_content
from compare.errors import MissingExtraError
from compare.files.regular import UnreadableError, read_regular
from compare.model import Document, Provenance, Skipped
from compare.sources.decode import EmptyError, NotTextError
from compare.sources.fields import metadata
from compare.sources.types import DOCUMENTS, PACKED, READERS, TEXT, suffix

if TYPE_CHECKING:
    from compare.sources.fields import Reading
    from compare.sources.readers.base import Article, Reader
    from compare.sources.walk import File


def read_article(file: File, reading: Reading) -> tuple[Document | Skipped, str]:
    """A file's document, or why there is none; and the value of the extra field in its front matter."""
    try:
        raw, content = article(file, reading)
    except (UnreadableError, NotTextError) as error:
        is_article = suffix(file.path) in TEXT | DOCUMENTS and not isinstance(error, EmptyError)
        return Skipped(file.shown, str(error), file.named or is_article), ""
    except MissingExtraError as error:
        if file.named:
            raise
        return Skipped(file.shown, str(error), lost=True), ""
    return document_of((file.id, file.shown), content, raw, reading)


def article(file: File, reading: Reading) -> tuple[bytes, Article]:
    """An article's bytes and what they hold.

    Raises:
        UnreadableError: it is not a regular file of an article's type within the limit.
        NotTextError: it is empty, of another format than its name says, or in no known encoding.
        MissingExtraError: an optional package is needed and not installed.
    """
    ending = suffix(file.path)
    if ending in PACKED:
        raise UnreadableError("compressed; unpack it first")
    if not file.named and ending not in TEXT | DOCUMENTS:
        raise UnreadableError(f"not an article type ({PurePath(file.shown).suffix or 'no extension'})")
    raw = read_regular(file.path, reading.settings.max_bytes, follow=file.named)
    return raw, content_of(ending, raw, reading)


def content_of(ending: str, raw: bytes, reading: Reading) -> Article:
    """What bytes hold that have a name of this end; without a known one, what they show to be. Raises as above."""
    if ending not in TEXT | DOCUMENTS:
        ending = ending_by_content(raw) or ending
    if ending in DOCUMENTS:
        from compare.sources.readers.document import read_named  # noqa: PLC0415  # where there is one

        return read_named(f"document{ending}", raw, reading)
    return reader_of(ending).read(raw, reading)


def reader_of(ending: str) -> Reader:
    """The reader of an article, imported when there is one to read."""
    return cast("Reader", import_module(f"compare.sources.readers.{READERS.get(ending, 'plain')}"))


def document_in(name: str, raw: bytes, reading: Reading) -> Document:
    """The document of an article's bytes that stand in no file. Raises NotTextError and MissingExtraError."""
    content = content_of(suffix(name), raw, reading)
    return document_of((name, ""), content, raw, reading)[0]


def document_of(named: tuple[str, str], article: Article, raw: bytes, reading: Reading) -> tuple[Document, str]:
    """The document of an id and a path, and its value of the extra field."""
    about = metadata(reading.fields, lambda name: article.values.get(name, ""), "front matter")
    document = Document(
        id=named[0],
        text=article.text,
        path=named[1],
        title=about.title or article.heading,
        author=about.author,
        published=about.published,
        published_from=_from(article, reading.fields.published, about.published),
        source=about.source,
        license=about.license,
        language=about.language,
        url=about.url,
        title_from=_from(article, reading.fields.title, about.title) or Provenance.HEADING * bool(article.heading),
        author_from=_from(article, reading.fields.author, about.author),
        sha256=hashlib.sha256(raw).hexdigest() if reading.digest else "",
        muted=article.muted,
        meant=article.meant,
        decoding=article.decoding,
        extraction=article.extraction,
    )
    return document, article.values.get(reading.fields.extra, "")


def _from(article: Article, names: tuple[str, ...], value: str) -> str:
    """Where a value was read, by the names that it may have."""
    origins = (article.origins[name] for name in names if name in article.origins)
    return str(next(origins, Provenance.FRONT_MATTER)) * bool(value)
