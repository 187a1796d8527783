"""File names as text: every byte string a file system can hold, made printable."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def utf8_name(path: str | PathLike[str]) -> str:
    r"""A path that can be encoded as UTF-8: bytes that are not become `\xNN`; nothing else changes.

    >>> print(utf8_name("a\udcff.md"))
    a\xff.md
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def shown(path: str | PathLike[str]) -> str:
    r"""A path for one plain line of a message: control and format characters are escaped too.

    >>> print(shown("a\n\x1b.md"))
    a\n\x1b.md
    """
    return "".join(_escaped(char) for char in utf8_name(path))


def valid(text: str) -> str:
    r"""The text itself if it can be encoded as UTF-8; else with its lone surrogates as `\udNNN`."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _escaped(char: str) -> str:
    if unicodedata.category(char) in _UNSEEN:
        return char.encode("unicode_escape").decode("ascii")
    return char
