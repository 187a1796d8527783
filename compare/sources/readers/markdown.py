"""Markdown: as plain text, but what is syntax is muted, entities are characters, and the first heading is the title."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.sources.damage import beside, damage, told
from compare.sources.markdown import syntax
from compare.sources.readers.plain import parted

if TYPE_CHECKING:
    from compare.sources.fields import Reading
    from compare.sources.readers.base import Article

_LONGEST_TITLE = 500


def read(raw: bytes, reading: Reading) -> Article:
    """The text whole. Raises NotTextError."""
    article, start = parted(raw, reading)
    found = syntax.read(article.text, start)
    title = syntax.heading(article.text, start)[:_LONGEST_TITLE]
    muted = syntax.merged([*article.muted, *found.muted])
    broken = damage(article.text, with_entities=False)
    meant = beside(muted, found.meant, broken) if broken.meant else found.meant
    return replace(article, muted=muted, meant=meant, heading=title, decoding=told(article.decoding, broken))
