"""Which columns of a table, or keys of a front matter, mean what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.settings import Settings

_LONGEST = 500
TEXT = "text"
SAYABLE = ("id", "text", "title", "author", "published", "source", "license", "language", "url")
"""What `--fields` can say the name of; `date` means `published`."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the columns that are read. Where several are given, the first that has a value counts.

    >>> Fields(text="body").names[:2]
    ('id', 'body')
    """

    id: str = "id"
    """The column of a row's id; empty: rows are named by file and line, whatever columns they have."""
    text: str = TEXT
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
    bodies: tuple[str, ...] = (
        "body", "body_text", "bodytext", "article_body", "articleBody", "article_text", "full_text", "fulltext",
        "content", "content_text", "post_content", "story", "article",
    )  # fmt: skip
    """What systems of newsrooms call the text of a row that has a title and no `text`; only where none was named."""
    option: str = "--fields text="
    """What the command line calls the column of the text by, for a message."""
    markup: bool = False
    """Whether a text that is HTML is read as a page shows it; a text of a guessed name is."""

    @property
    def guessed(self) -> tuple[str, ...]:
        """The names that may stand for the text's."""
        return self.bodies if self.text == TEXT and not self.joined else ()

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


def fields_of(written: str) -> Fields:
    """What a setting says of the names of columns: `text=body, title=head`; several for one are parted by `|`.

    >>> fields_of("text=body, date=when|day").text, fields_of("date=when|day").published
    ('body', ('when', 'day'))

    Raises:
        SettingsError: it is written otherwise, or names something that no document has.
    """
    said = dict[str, tuple[str, ...]]()
    for part in filter(None, (part.strip() for part in written.split(","))):
        key, equals, names = (piece.strip() for piece in part.partition("="))
        key = "published" if key == "date" else key
        if not equals or not names or key not in SAYABLE:
            known = ", ".join(SAYABLE)
            raise SettingsError(f"fields {part[:60]!r}: write NAME=COLUMN, as in text=body; NAME is one of {known}")
        said[key] = tuple(filter(None, (name.strip() for name in names.split("|"))))
    single = {key: said.pop(key)[0] for key in ("id", "text") if key in said}
    return replace(Fields(), **single, **said, markup="text" in single)  # type: ignore[arg-type]  # by name


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: said once, handed to every reader."""

    settings: Settings
    fields: Fields
    digest: bool
    """Whether `sha256` is filled."""


def reading_of(settings: Settings, fields: Fields | None = None, *, digest: bool = False) -> Reading:
    """How to read by the settings, and by the names of columns that they say, unless others are given."""
    return Reading(settings, fields or fields_of(settings.fields), digest)


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
