"""What is taken out of a document, the limits that hold while it is, and the reason where nothing can be."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # msgspec reads the types of what crosses a pipe
from dataclasses import dataclass, field
from typing import NamedTuple

from compare.model import Extraction
from compare.vocabulary import PlaceUnit, Provenance  # likewise


class DocumentError(Exception):
    """The bytes hold no text that can be had; the message is the reason that users read."""


class BlankError(DocumentError):
    """The document is sound, and there is no text in it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take. A document that needs more is not read, and that is told."""

    size: int = 64 * 1024 * 1024
    """Bytes of any part of it, unpacked, and of its text."""
    pages: int = 2000
    seconds: int = 60
    """Of CPU time; ten times as many by the clock."""
    memory: int = 512 * 1024 * 1024
    """Bytes of addresses that the reading process may have beside those that it begins with."""


DEFAULTS = Limits()


class Stated(NamedTuple):
    """What a document says of itself beside its text, and where it does."""

    value: str
    origin: Provenance


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's text and all that is known of it."""

    text: str
    """Paragraphs in the order in which they are read, parted by a blank line; footnotes stand at the end."""
    extraction: Extraction
    values: Mapping[str, Stated] = field(default_factory=dict)
    """By the names that `sources.fields` asks for: `title`, `author`, `date`, `source`, `url`, `language`."""
    heading: str = ""
    """The title as the text itself sets it, by a style or a rank: it goes before that of the properties."""


DEPTH = 400
"""Elements, groups or parts inside each other; people's documents stay below 60."""
_LONGEST = 500


def stated(pairs: Mapping[str, str], origin: Provenance) -> dict[str, Stated]:
    """Values that hold anything, in one line each, with their origin.

    >>> stated({"title": " A  pact ", "author": ""}, Provenance.MAIL)
    {'title': Stated(value='A pact', origin=<Provenance.MAIL: 'mail header'>)}
    """
    lines = {name: " ".join(value.split())[:_LONGEST] for name, value in pairs.items()}
    return {name: Stated(line, origin) for name, line in lines.items() if line}


__all__ = [
    "DEFAULTS", "DEPTH", "BlankError", "DocumentError", "Extracted", "Extraction", "Limits", "PlaceUnit", "Stated",
    "stated",
]  # fmt: skip
