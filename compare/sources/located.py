"""Documents with the place where each stands: what is not the corpus itself, and is told of by file and row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compare.sources.read import read_batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from compare.model import Document, Skipped
    from compare.settings import Settings
    from compare.sources.fields import Fields


class Located(NamedTuple):
    """Some documents, in order, and what was skipped among them."""

    documents: list[Document]
    """Their ids are unlike each other, and say nothing: `ids` are theirs."""
    ids: list[str]
    """What each is called where it stands: two files may hold one id."""
    places: list[str]
    """`file:row`, or the file."""
    skipped: list[Skipped]


def located_batches(
    paths: Sequence[str | PathLike[str]], settings: Settings, fields: Fields, size: int
) -> Iterator[Located]:
    """The documents of files, folders, globs and tables, as `read_batches` reads them; ids may stand twice.

    Raises:
        InputError: a missing path, a URL or a glob without a match.
        MissingExtraError: for Parquet without pyarrow.
    """
    numbered = replace(fields, id="", by_file=False, extra=fields.id)
    for batch in read_batches(paths, settings, fields=numbered, digest=False, size=size):
        names = batch.values or [""] * len(batch.documents)
        ids = [name_of(document, name) for document, name in zip(batch.documents, names, strict=True)]
        yield Located(batch.documents, ids, [place_of(document) for document in batch.documents], batch.skipped)


def name_of(document: Document, name: str) -> str:
    """The id of a document that was read by its place: a row's own one, if it has any."""
    return name if document.row and name else document.id


def place_of(document: Document) -> str:
    """Where a document that was read by its place stands.

    >>> from compare.model import Document
    >>> place_of(Document("t.jsonl:7", "A pact.", "in/t.jsonl", row=True)), place_of(Document("a.md", "No.", "in/a.md"))
    ('in/t.jsonl:7', 'in/a.md')
    """
    return f"{document.path}:{document.id.rpartition(':')[2]}" if document.row else document.path
