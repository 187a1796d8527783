"""What to type to allow reuse or to pack it as evidence: commands that a shell reads as they were meant. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.wording.escape import in_shell

if TYPE_CHECKING:
    from collections.abc import Sequence

PASSAGE_OPTION = " --passage {key}"
"""What stands between the pieces of `accept_parts` where one passage is meant, by its key."""

EVIDENCE = "compare evidence {report} {key} --note … --output evidence.zip"
"""What packs a pair or a family of a report, with a note in place of `…`; both slots are words for a shell."""


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
    names = f"{in_shell(a)} {in_shell(b)}"
    words_again = "".join(f" {in_shell(word)}" for word in again)
    if "-" in {a[:1], b[:1]}:
        return f"compare accept{words_again}", f" --reason … -- {names}"
    return f"compare accept {names}{words_again}", " --reason …"
