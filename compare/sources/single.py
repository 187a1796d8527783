"""One article by its path, for commands that compare two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.model import Skipped
from compare.sources.read import read
from compare.wording.escape import shown

if TYPE_CHECKING:
    from compare.model import Document
    from compare.settings import Settings


def read_one(path: str, settings: Settings) -> Document:
    """The document of one file.

    Raises:
        InputError: the path is a folder, cannot be read, or holds several documents.
    """
    if Path(path).is_dir():
        raise InputError(f"{shown(path)}: is a folder; name one article, or use `compare run`")
    items = list(read([path], settings))
    if len(items) != 1:
        raise InputError(f"{shown(path)}: holds {len(items)} documents; name one article, or use `compare run`")
    if isinstance(items[0], Skipped):
        raise InputError(f"{shown(path)}: {items[0].reason}")
    return items[0]
