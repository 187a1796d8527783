"""Office documents, pages, mails and PDFs, whose text is taken out of them by a process with limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.documents.extracted import BlankError, DocumentError, Limits
from compare.documents.guarded import extract
from compare.model import Provenance
from compare.sources.damage import damage
from compare.sources.decode import EmptyError, NotTextError
from compare.sources.readers.base import Article

if TYPE_CHECKING:
    from compare.documents.extracted import Extracted
    from compare.settings import Settings
    from compare.sources.fields import Reading


def read_named(name: str, raw: bytes, reading: Reading) -> Article:
    """What a document holds, by the end of its name. Raises as a `Reader` does."""
    try:
        found = extract(name, raw, limits_of(reading.settings))
    except BlankError as error:
        raise EmptyError(str(error)) from error
    except DocumentError as error:
        raise NotTextError(str(error)) from error
    return _article(found)


def limits_of(settings: Settings) -> Limits:
    """What one document may take."""
    return Limits(
        settings.max_bytes, settings.document_pages, settings.document_seconds, settings.document_memory
    )  # fmt: skip


def _article(found: Extracted) -> Article:
    """Values that speak of the text; a page's own heading goes before the title that its tab has."""
    sure = {name: value for name, value in found.values.items() if value.origin.is_sure}
    if found.heading and "title" in sure and sure["title"].origin is Provenance.PAGE_HEAD:
        del sure["title"]
    unsure = tuple(sorted((name, value.value) for name, value in found.values.items() if not value.origin.is_sure))
    return Article(
        found.text,
        values={name: value.value for name, value in sure.items()},
        origins={name: value.origin for name, value in sure.items()},
        heading=found.heading,
        meant=damage(found.text, with_entities=False).meant,
        extraction=replace(found.extraction, properties=unsure),
    )
