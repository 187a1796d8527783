"""What a Python caller hands over beside texts, looked at before anything is read: paths and settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.naming import path_of
from compare.settings import Settings
from compare.wording.escape import utf8_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    Path = str | os.PathLike[str]
    Paths = Path | Iterable[Path]

_SOME = 4
"""Paths that another command is told to read again; more make a line that nobody copies."""


def paths_of(paths: Paths) -> list[str]:
    """One path or several as a list of strings.

    >>> paths_of("seeds/"), paths_of(["a.md", "b.md"])
    (['seeds/'], ['a.md', 'b.md'])

    Raises:
        TypeError: it is something else.
        InputError: there is none, one is empty, or no file can have its name.
    """
    given = [paths] if isinstance(paths, str | bytes | os.PathLike) else list(paths)
    if not given:
        raise InputError("no path was given")
    return [path_of(path) for path in given]


def settings_of(settings: Settings | None) -> Settings:
    """The settings given, or the defaults. Raises TypeError where they are something else.

    >>> settings_of(None).shingle
    5
    """
    if settings is None:
        return Settings()
    if not isinstance(settings, Settings):
        raise TypeError(f"compare.Settings are wanted, not {type(settings).__name__}")
    return settings


def again_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Words with which a command reads the same paths: see `Report.again`; none where they are many.

    >>> again_of(["seeds/"])
    ('--in', 'seeds/')
    """
    names = [utf8_name(path) for path in paths]
    return tuple(word for name in names for word in ("--in", name)) if len(names) <= _SOME else ()
