"""Plain text, in any encoding, perhaps below a front matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.model import Span
from compare.sources.damage import beside, damage, told
from compare.sources.decode import decode
from compare.sources.front_matter import front_matter
from compare.sources.markdown.syntax import merged
from compare.sources.readers.base import Article

if TYPE_CHECKING:
    from compare.sources.fields import Reading


def read(raw: bytes, reading: Reading) -> Article:
    """The text whole; a front matter is muted and gives the metadata, and damage is mended. Raises NotTextError."""
    article, _ = parted(raw, reading)
    found = damage(article.text)
    meant = beside(article.muted, (), found)
    return replace(article, meant=meant, decoding=told(article.decoding, found)) if meant else article


def parted(raw: bytes, reading: Reading) -> tuple[Article, int]:
    """The same, and where its front matter ends."""
    decoded = decode(raw)
    front = front_matter(decoded.text, reading.fields.names)
    muted = merged([Span(0, front.stop)])
    return Article(decoded.text, muted, front.values, decoding=decoded.decoding), front.stop
