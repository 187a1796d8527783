"""One article file to one document."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from compare.files.regular import UnreadableError, read_regular
from compare.model import Document, Skipped, Span
from compare.sources.decode import EmptyError, NotTextError, decode
from compare.sources.fields import metadata
from compare.sources.markdown import front_matter, heading, merged, muted
from compare.sources.types import MARKDOWN, PACKED, TEXT, suffix

if TYPE_CHECKING:
    from compare.sources.decode import Decoded
    from compare.sources.fields import Reading
    from compare.sources.walk import File


def read_article(file: File, reading: Reading) -> tuple[Document | Skipped, str]:
    """A file's document, or why there is none; and the value of the extra field in its front matter."""
    try:
        raw, read = article(file, reading)
    except (UnreadableError, NotTextError) as error:
        lost = file.named or (suffix(file.path) in TEXT and not isinstance(error, EmptyError))
        return Skipped(file.shown, str(error), lost), ""
    digest = hashlib.sha256(raw).hexdigest() if reading.digest else ""
    return _document(file, read, digest, reading)


def article(file: File, reading: Reading) -> tuple[bytes, Decoded]:
    """An article's bytes and what they say.

    Raises:
        UnreadableError: it is not a regular file of an article's type within the limit.
        NotTextError: it is empty, binary, or in no known encoding.
    """
    kind = suffix(file.path)
    if kind in PACKED:
        raise UnreadableError("compressed; unpack it first")
    if not file.named and kind not in TEXT:
        raise UnreadableError(f"not an article type ({PurePath(file.shown).suffix or 'no extension'})")
    raw = read_regular(file.path, reading.settings.max_bytes, follow=file.named)
    return raw, decode(raw)


def _document(file: File, read: Decoded, digest: str, reading: Reading) -> tuple[Document, str]:
    text = read.text
    markdown = suffix(file.path) in MARKDOWN
    front = front_matter(text, reading.fields.names)
    about = metadata(reading.fields, lambda name: front.values.get(name, ""), "front matter")
    syntax = muted(text, front.stop) if markdown else ()
    document = Document(
        id=file.id,
        text=text,
        path=file.shown,
        title=about.title or (heading(text, front.stop)[:500] if markdown else ""),
        author=about.author,
        published=about.published,
        published_from=about.published_from,
        source=about.source,
        license=about.license,
        language=about.language,
        sha256=digest,
        muted=merged([Span(0, front.stop), *syntax]),
        decoding=read.decoding,
    )
    return document, front.values.get(reading.fields.extra, "")
