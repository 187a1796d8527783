"""Every escaper: text from outside, for the place where it is to stand.

    valid       anything that is written as UTF-8: JSON, CSV, pages
    utf8_name   a file's name as text that can be remembered: in an index, in the accepted file
    shown       a path inside one plain line of an error
    safe        any text inside one line of a terminal, and on a page
    log_safe    the same in what a CI system reads: its commands are taken apart
    one_line    the first words of a passage, for a file that people read
    quoted      a string of TOML
    in_shell    a word of a command that is to be typed

Formats with escapes of their own (SARIF, GitHub, Markdown) do those in `formats/`, the templates of pages escape HTML,
and `csv.py` makes cells. And `meant`: which known word a misspelt one is near to.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
LOG_COMMAND = re.compile(r"##(?=\w*\[)")
"""What some CI systems take for a command wherever it stands in a line."""
_BASH_ESCAPES = 0x80
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NEAR = 60  # likeness of two words, of 100, from which one may be meant by the other
_LONGEST = 80  # characters of a word that are looked at


PIPED = "-"
"""What standard input is called, by who names it and by what is told of it."""


class Piped(str):
    """The path of the temporary file that holds what was piped in."""

    __slots__ = ()


def utf8_name(path: str | PathLike[str]) -> str:
    r"""A path that can be encoded as UTF-8, bytes that are not become `\xNN`; `-` for what was piped in.

    >>> print(utf8_name("a\udcff.md"), utf8_name(Piped("/tmp/7/stdin.csv")))
    a\xff.md -
    """
    return PIPED if isinstance(path, Piped) else os.fsencode(path).decode("utf-8", "backslashreplace")


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


def safe(text: str) -> str:
    r"""Text for one line of a terminal: controls, line breaks, bidi controls and lone surrogates are shown escaped.

    >>> print(safe("a\x1b[31m\nb\u202e"))
    a\x1b[31m\nb\u202e
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_safe_char(char) for char in text)


def _safe_char(char: str) -> str:
    if char not in _BIDI and unicodedata.category(char) not in _UNSAFE_CATEGORIES:
        return char
    code = ord(char)
    return _SHORT_ESCAPES.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")  # noqa: PLR2004


def log_safe(text: str) -> str:
    r"""`safe`, for what a CI system reads: `##[command]` and the like are taken apart.

    >>> print(log_safe("a\n##[group]"))
    a\n# #[group]
    """
    return LOG_COMMAND.sub("# #", safe(text))


def one_line(text: str) -> str:
    r"""Text of a document in one line: white space is one space, controls and lone surrogates are replaced.

    >>> one_line("4.2\n  million\x1b")
    '4.2 million\ufffd'
    """
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(map(_visible, joined))


def _visible(char: str) -> str:
    return "\ufffd" if unicodedata.category(char) in {"Cc", "Cs"} else char


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


def in_shell(name: str) -> str:
    r"""A word of a command, exact in bash and zsh, and harmless where a CI system reads it.

    >>> print(in_shell("a b.md"), in_shell("a\n.md"))
    'a b.md' $'a\x0a.md'
    """
    if safe(name) == name and not LOG_COMMAND.search(name):
        import shlex  # noqa: PLC0415  # only for a command that is printed

        return shlex.quote(name)
    return "$'" + "".join(map(_in_bash, name)).replace("##", "#\\x23") + "'"


def _in_bash(char: str) -> str:
    if char in "'\\" or safe(char) != char:
        code = ord(char)
        return f"\\x{code:02x}" if code < _BASH_ESCAPES else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004
    return char
