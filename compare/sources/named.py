"""Names by which documents are remembered between runs: their place below a folder, whatever the command named.

An id depends on how the input was given: `run a/` and `run a/x.txt` call one file by two. A name does not.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.sources.types import TABLES, suffix

if TYPE_CHECKING:
    from compare.model import Document


def named(document: Document, root: str) -> Document:
    """The document with its name as its id: the path from `root`, with `/`.

    A row of a table is `path#id`, or `path:line` if it has no id of its own.

    >>> from compare.model import Document
    >>> named(Document("x.txt", "", path="/work/a/x.txt"), "/work").id
    'a/x.txt'
    >>> [named(Document(id, "", path="/work/a/t.csv"), "/work").id for id in ("7", "t.csv:3")]
    ['a/t.csv#7', 'a/t.csv:3']
    """
    path = place(document.path, root)
    if suffix(document.path) not in TABLES:
        return replace(document, id=path, path=path)
    return replace(document, id=row_name(document, path), path=path)


def row_name(document: Document, path: str) -> str:
    """The name of a table's row, where the table is called `path`."""
    table, _, line = document.id.rpartition(":")
    nameless = table and line.isdecimal() and document.path.replace(os.sep, "/").endswith(table)
    return f"{path}:{line}" if nameless else f"{path}#{document.id}"


def place(path: str, root: str) -> str:
    """A path from a folder, with `/`; it may begin with `..`.

    >>> place("/work/b/../a.txt", "/work")
    'a.txt'
    """
    return os.path.relpath(os.path.abspath(path), os.path.abspath(root)).replace(os.sep, "/")  # noqa: PTH100
