"""Plain text, in any encoding, perhaps below a front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Span
from compare.sources.decode import decode
from compare.sources.front_matter import front_matter
from compare.sources.markdown.syntax import merged
from compare.sources.readers.base import Article

if TYPE_CHECKING:
    from compare.sources.fields import Reading


def read(raw: bytes, reading: Reading) -> Article:
    """The text whole; a front matter is muted and gives the metadata. Raises NotTextError."""
    return parted(raw, reading)[0]


def parted(raw: bytes, reading: Reading) -> tuple[Article, int]:
    """The same, and where its front matter ends."""
    decoded = decode(raw)
    front = front_matter(decoded.text, reading.fields.names)
    muted = merged([Span(0, front.stop)])
    return Article(decoded.text, muted, front.values, decoding=decoded.decoding), front.stop
