"""Markdown: as plain text, but what is syntax is muted, and the first heading is the title."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.sources.markdown.syntax import heading, merged, muted
from compare.sources.readers.plain import parted

if TYPE_CHECKING:
    from compare.sources.fields import Reading
    from compare.sources.readers.base import Article

_LONGEST_TITLE = 500


def read(raw: bytes, reading: Reading) -> Article:
    """The text whole. Raises NotTextError."""
    article, start = parted(raw, reading)
    syntax = muted(article.text, start)
    title = heading(article.text, start)[:_LONGEST_TITLE]
    return replace(article, muted=merged([*article.muted, *syntax]), heading=title)
