"""Names by which documents are remembered between runs: their place below a folder, whatever the command named.

An id depends on how the input was given: `run a/` and `run a/x.txt` call one file by two. A name does not. It has two
parts: the path of a file, and of a table's row `#id` or, if it has no id, `:line`.
"""

# Paths stay strings, as in walk.py.
# ruff: noqa: PTH100, PTH113, PTH118

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.sources.types import is_table
from compare.wording.escape import utf8_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.model import Document


class Names:
    """What documents are called from a folder. Links of folders are resolved, so that a file has one name.

    >>> from compare.model import Document
    >>> names = Names("/work")
    >>> names.named(Document("x.txt", "", path="/work/b/../a/x.txt")).id
    'a/x.txt'
    >>> [names.named(Document(id, "", path="/work/a/t.csv")).id for id in ("7", "t.csv:3")]
    ['a/t.csv#7', 'a/t.csv:3']
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = os.path.realpath(folder)
        self._folders: dict[str, str] = {}

    def of(self, path: str) -> str:
        """A path as it is called: from the folder, with `/`, in UTF-8; it may begin with `..`."""
        folder, name = os.path.split(os.path.abspath(path))
        if folder not in self._folders:
            way = os.path.relpath(os.path.realpath(folder), self.folder)
            self._folders[folder] = "" if way == os.curdir else utf8_name(way).replace(os.sep, "/") + "/"
        return self._folders[folder] + utf8_name(name)

    def named(self, document: Document) -> Document:
        """A document as it was read, with its name as its id."""
        path = self.of(document.path)
        name = row_name(document, path) if is_row(document) else path
        return replace(document, id=name, path=path)

    def moved(self, name: str, elsewhere: Names) -> str:
        """The name from here of what is called `name` from another folder."""
        path, row = parted(name, lambda path: os.path.isfile(os.path.join(elsewhere.folder, path)))
        return self.of(os.path.join(elsewhere.folder, path)) + row


def is_row(document: Document) -> bool:
    """Whether a document is a row of a table; one that was made by hand may leave that to the name of its file."""
    return document.row or is_table(document.path)


def row_name(document: Document, path: str) -> str:
    """The name of a table's row, where the table is called `path`."""
    table, _, line = document.id.rpartition(":")
    nameless = table and line.isdecimal() and document.path.replace(os.sep, "/").endswith(table)
    return f"{path}:{line}" if nameless else f"{path}#{document.id}"


def given_name(document: Document) -> str:
    """What a command may call a document: its path as it was read; of a table's row `path#id`.

    >>> from compare.model import Document
    >>> given_name(Document("x.md", "", path="in/x.md")), given_name(Document("7", "", path="in/t.csv"))
    ('in/x.md', 'in/t.csv#7')
    """
    if is_row(document):
        return row_name(document, document.path)
    return document.path or document.id


def parted(name: str, is_file: Callable[[str], bool] = lambda _path: False) -> tuple[str, str]:
    """A document's name as its file and, of a table's row, `#id` or `:line`: an id may hold slashes and dots.

    `is_file` says of a path whether there is such a file: what a table is called need not tell that it is one.

    >>> parted("news/t.csv#http://x.org/../7"), parted("a#b.md"), parted("a#b", {"a"}.__contains__)
    (('news/t.csv', '#http://x.org/../7'), ('a#b.md', ''), ('a', '#b'))
    """
    ends = [at for at, char in enumerate(name) if char in "#:"]
    end = next((at for at in ends if is_table(name[:at])), None)
    if end is None and ends and not is_file(name):
        end = next((at for at in ends if is_file(name[:at])), None)
    return (name, "") if end is None else (name[:end], name[end:])
