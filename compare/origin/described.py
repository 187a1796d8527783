"""A document with what its text says of itself: what its record or front matter says already, stands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from compare.model import Precision, Provenance
from compare.origin.bylines import byline
from compare.origin.dates import dates_in, in_name, rest_of
from compare.origin.head import read_head
from compare.text.tokens import body, clean

if TYPE_CHECKING:
    from compare.model import Document, Head

_LONGEST = 500
_NO_TITLE = re.compile(r"^(?:microsoft word|untitled|document|dokument|slide)\b|\.[a-z0-9]{2,5}$", re.IGNORECASE)
_DAY = 10  # characters of an ISO 8601 day


def described(document: Document) -> Document:
    r"""The same document with title, author, day, source and agencies as its text says them, and where they were read.

    >>> from compare.model import Document
    >>> told = described(Document("a", "Ferry sinks\n\nBy Ana Roth\n5 May 2020\n\nThe ferry sank on Sunday."))
    >>> told.title, told.author, told.published, told.published_from
    ('Ferry sinks', 'Ana Roth', '2020-05-05', 'date line')
    """
    if document.head is not None:
        return document
    head = read_head(body(document), _name(document), document.language)
    published, published_from = _published(document, head)
    properties = _title_of_file(document)
    return replace(
        document,
        title=document.title or clean(head.title)[:_LONGEST] or properties,
        title_from=_from(document, document.title, document.title_from, _titled(head, properties)),
        author=_author(document.author) or clean(", ".join(head.authors))[:_LONGEST],
        author_from=_from(document, document.author, document.author_from, Provenance.BYLINE * bool(head.authors)),
        published=published,
        published_from=published_from,
        source=document.source or clean(head.source or head.outlet)[:_LONGEST],
        agencies=head.agencies,
        head=head,
    )


def _titled(head: Head, properties: str) -> str:
    """Where a title was read that is not of the record."""
    return Provenance.FIRST_LINE if head.title else Provenance.PROPERTIES * bool(properties)


def _title_of_file(document: Document) -> str:
    """The title that a document's file has among its properties, if it is no file's name and no program's."""
    title = dict(document.extraction.properties).get("title", "") if document.extraction else ""
    return "" if _NO_TITLE.search(title) else title


def _name(document: Document) -> str:
    """What may hold a date beside the text: the name of a file; of a table's row its id."""
    return document.id if document.row else document.path


def _from(document: Document, value: str, origin: str, read: str) -> str:
    """Where a value was read: in the record, if it has one."""
    if not value:
        return str(read)
    return origin or str(Provenance.FIELD) * document.row


def _author(given: str) -> str:
    """The names of a field that begins as a byline does."""
    return ", ".join(byline(given).names) or given


def _published(document: Document, head: Head) -> tuple[str, str]:
    """The day of publication and where it was read. What a record says is written as a day if it is one alone."""
    if document.published:
        return _as_day(document.published, document.language), document.published_from
    if day := in_name(document.url):
        return day, str(Provenance.ADDRESS)
    sure = (dated for dated in head.dates if dated.precision in {Precision.DAY, Precision.TIME})
    dated = next(sure, None)
    return (dated.value[:_DAY], str(dated.provenance)) if dated else ("", "")


def _as_day(given: str, language: str) -> str:
    """A date of a record as ISO 8601, where it is written otherwise and says a day and nothing else."""
    try:
        datetime.fromisoformat(given)
    except ValueError:
        written = [*dates_in(given[:_LONGEST], language)]
        is_alone = len(written) == 1 and not rest_of(given[:_LONGEST], [written[0].span])
        return written[0].value[:_DAY] if is_alone and written[0].precision is not Precision.MONTH else given
    return given
