"""What a reader of articles gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.model import Decoding, Extraction, Meant, Provenance, Span
    from compare.sources.fields import Reading


@dataclass(frozen=True, slots=True)
class Article:
    """What a file holds. Everything but the text may be left out."""

    text: str
    """What is compared and shown. Every span of a result points into it."""
    muted: tuple[Span, ...] = ()
    """What of it yields no tokens, ascending and apart: front matter, syntax, link targets."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Metadata by the names that `Fields` asks for: `title`, `author`, `date`, …"""
    heading: str = ""
    """The title where the metadata have none."""
    decoding: Decoding | None = None
    """How bytes became text, where that leaves a doubt."""
    meant: tuple[Meant, ...] = ()
    """What of the text is read otherwise than it is written, ascending and apart."""
    origins: Mapping[str, Provenance] = field(default_factory=dict)
    """Where a value was read, if that is no front matter."""
    extraction: Extraction | None = None
    """How the text was taken out of what holds more than text."""


class Reader(Protocol):
    """A module of this folder, as `files.py` calls it."""

    def read(self, raw: bytes, reading: Reading) -> Article:
        """What the bytes hold.

        Raises:
            NotTextError: they are not of this format, or hold no text; its message is the reason that users read.
            MissingExtraError: an optional package is needed and not installed.
        """
