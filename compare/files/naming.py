"""Which names a file can have."""

from __future__ import annotations

import os

from compare.errors import GivenError, InputError


def path_of(path: object) -> str:
    """A path that a caller gives, as a string.

    >>> from pathlib import Path
    >>> path_of(Path("seeds") / "a.md")
    'seeds/a.md'

    Raises:
        GivenError: it is no path.
        InputError: it is empty, or no file can have that name.
    """
    name = os.fspath(path) if isinstance(path, str | os.PathLike) else None
    if not isinstance(name, str):
        raise GivenError(f"a path is wanted, not {type(path).__name__}")
    if not name:
        raise InputError("(an empty path): no such file or folder")
    try:
        possible = b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise InputError(f"{name!a}: no file can have that name")
    return name
