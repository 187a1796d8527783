"""Which columns of a table, or keys of a front matter, mean what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.settings import Settings

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the columns that are read. Where several are given, the first that has a value counts.

    >>> Fields(text="body").names[:2]
    ('id', 'body')
    """

    id: str = "id"
    """The column of a row's id; empty: rows are named by file and line, whatever columns they have."""
    text: str = "text"
    joined: tuple[str, ...] = ()
    """More columns with text: a document is all of them, parted by blank lines."""
    by_file: bool = False
    """Whether ids hold only within their file: a row is then called `path#id`."""
    title: tuple[str, ...] = ("title", "headline")
    author: tuple[str, ...] = ("author", "authors", "byline")
    published: tuple[str, ...] = ("published", "date", "pub_date", "pubdate", "published_at", "publish_date")
    source: tuple[str, ...] = ("source", "outlet", "publication", "publisher")
    license: tuple[str, ...] = ("license", "licence")
    language: tuple[str, ...] = ("language", "lang")
    url: tuple[str, ...] = ("url", "link")
    extra: str = ""
    """One further column, whose values `read_batches` hands out beside the documents."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns that make the text."""
        return (self.text, *self.joined)

    @property
    def is_plain(self) -> bool:
        """Whether one column has the text, and no name can be a path to a nested value."""
        return not (self.joined or "." in self.id or "." in self.text or "." in self.extra)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The metadata columns in the order of `Document`: title, author, published, source, license, language, url."""
        return (self.title, self.author, self.published, self.source, self.license, self.language, self.url)

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that is read, once: id and text first."""
        rest = (*(name for group in self.groups for name in group), self.extra)
        return tuple(dict.fromkeys(filter(None, (self.id, *self.texts, *rest))))


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: said once, handed to every reader."""

    settings: Settings
    fields: Fields
    digest: bool
    """Whether `sha256` is filled."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A document's metadata as text, each field at most 500 characters, empty where it is not given."""

    title: str = ""
    author: str = ""
    published: str = ""
    published_from: str = ""
    source: str = ""
    license: str = ""
    language: str = ""
    url: str = ""


NOTHING = Metadata()


def metadata(fields: Fields, value: Callable[[str], str], origin: str) -> Metadata:
    """Look every field up with `value` (a column's name → its text, or empty); `origin` says where a date is from."""
    title, author, published, source, license_, language, url = (
        next((text[:_LONGEST] for name in group if (text := value(name))), "") for group in fields.groups
    )
    return Metadata(title, author, published, origin if published else "", source, license_, language, url)
