"""Names as text: file names of any bytes made printable, text in the quotes of TOML, and what a misspelt word meant."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NEAR = 60  # likeness of two words, of 100, from which one may be meant by the other
_LONGEST = 80  # characters of a word that are looked at


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


def quoted(text: str) -> str:
    r"""Text as a basic string of TOML on one line; what does not show, or turns a line around, is escaped.

    >>> print(quoted('say "no"\n'))
    "say \"no\"\n"
    """
    return '"' + "".join(map(_in_quotes, text)) + '"'


def _in_quotes(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}:
        return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"  # noqa: PLR2004
    return char


def meant(word: str, choices: Iterable[str]) -> str:
    """The known word nearest to one that is not; the first of equally near ones, empty if nothing is near.

    >>> meant("shingel", ("shingle", "seed")), meant("xyz", ("shingle", "seed"))
    ('shingle', '')
    """
    from rapidfuzz.process import extractOne  # noqa: PLC0415  # only for a mistake

    best = extractOne(word[:_LONGEST], tuple(choices), score_cutoff=_NEAR)
    return best[0] if best else ""
