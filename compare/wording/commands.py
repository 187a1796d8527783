"""What to type to allow reuse: a `compare accept` command that a shell reads as it was meant. Pure."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from compare.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

LOG_COMMAND = re.compile(r"##(?=\w*\[)")
"""What some CI systems take for a command wherever it stands in a line."""
PASSAGE_OPTION = " --passage {key}"
"""What stands between the pieces of `accept_parts` where one passage is meant, by its key."""
_BASH_ESCAPES = 0x80


def accept_command(a: str, b: str, again: Sequence[str] = ()) -> str:
    """What to type to allow the reuse between two documents, but for the reason. Safe, and exact in bash and zsh.

    `again` are words with which the command reads what was read before: see `Report.again`.

    >>> accept_command("a b.md", "c.md")
    "compare accept 'a b.md' c.md --reason …"
    """
    return "".join(accept_parts(a, b, again))


def accept_parts(a: str, b: str, again: Sequence[str] = ()) -> tuple[str, str]:
    """The same in two pieces, between which `PASSAGE_OPTION` may stand.

    >>> accept_parts("a.md", "-b.md")
    ('compare accept', ' --reason … -- a.md -b.md')
    >>> accept_parts("a.md", "b.md", ("--in", "articles"))
    ('compare accept a.md b.md --in articles', ' --reason …')
    """
    names = f"{_quoted(a)} {_quoted(b)}"
    words_again = "".join(f" {_quoted(word)}" for word in again)
    if "-" in {a[:1], b[:1]}:
        return f"compare accept{words_again}", f" --reason … -- {names}"
    return f"compare accept {names}{words_again}", " --reason …"


def _quoted(name: str) -> str:
    if words.safe(name) == name and not LOG_COMMAND.search(name):
        return shlex.quote(name)
    return "$'" + "".join(map(_in_bash, name)).replace("##", "#\\x23") + "'"


def _in_bash(char: str) -> str:
    if char in "'\\" or words.safe(char) != char:
        code = ord(char)
        return f"\\x{code:02x}" if code < _BASH_ESCAPES else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004
    return char
