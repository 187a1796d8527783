"""What a Python caller hands over beside texts, looked at before anything is read: paths and settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from compare.errors import GivenError, InputError
from compare.files.naming import path_of
from compare.model import Document
from compare.settings import Settings
from compare.sources.damage import mended
from compare.wording.escape import utf8_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    Path = str | os.PathLike[str]
    Paths = Path | Iterable[Path]

_SOME = 4
"""Paths that another command is told to read again; more make a line that nobody reads."""


def paths_of(paths: Paths) -> list[str]:
    """One path or several as a list of strings.

    >>> paths_of("seeds/"), paths_of(["a.md", "b.md"])
    (['seeds/'], ['a.md', 'b.md'])

    Raises:
        GivenError: it is something else.
        InputError: there is none, one is empty, or no file can have its name.
    """
    given = [paths] if isinstance(paths, str | bytes | os.PathLike) else list(paths)
    if not given:
        raise InputError("no path was given")
    return [path_of(path) for path in given]


def settings_of(settings: Settings | None) -> Settings:
    """The settings given, or the defaults. Raises GivenError where they are something else.

    >>> settings_of(None).shingle
    5
    """
    if settings is None:
        return Settings()
    if not isinstance(settings, Settings):
        raise GivenError(f"compare.Settings are wanted, not {type(settings).__name__}")
    return settings


def document_of(text: str | Document, name: str) -> Document:
    """A text as a document of that name. Raises GivenError where it is neither.

    >>> document_of("A pact.", "a").id
    'a'
    """
    if not isinstance(text, str | Document):
        raise GivenError(f"a text or a Document is wanted, not {type(text).__name__}")
    from compare.origin.described import described  # noqa: PLC0415  # `dedup` does without it

    return described(mended(Document(name, text)) if isinstance(text, str) else text)


def again_of(paths: Iterable[str], against: Iterable[str] = (), accepted: str = "") -> tuple[str, ...]:
    """Words with which another command reads the same: see `Report.again`; none where they are many.

    >>> again_of(["seeds/"], ["old.index"])
    ('--in', 'seeds/', '--against', 'old.index')
    """
    words = [*(("--in", path) for path in paths), *(("--against", path) for path in against)]
    words += [("--accepted", accepted)] * bool(accepted)
    return tuple(utf8_name(word) for pair in words for word in pair) if len(words) <= _SOME else ()
