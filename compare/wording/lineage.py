"""From whom the wording of a pair is, who was first, and what of title, byline and credit differs, as plain English.

A sentence holds words of the texts, made safe. It never says more than the texts say of themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.wording.changes import change_line, of_head
from compare.wording.escape import safe

if TYPE_CHECKING:
    from compare.model import Lineage


def lineage_lines(lineage: Lineage | None) -> list[str]:
    r"""All that is known, a line each; nothing where nothing is.

    >>> from compare.model import HeadChange, HeadPart, Lineage, Relation
    >>> change = HeadChange(HeadPart.CREDIT, "Reuters", "")
    >>> print(*lineage_lines(Lineage("a", "1 May is before 2 May", Relation.UNCLEAR, (), (change,))), sep="\n")
    from whom: unclear
    a is the earlier: 1 May is before 2 May
    credit dropped: Reuters
    """
    if lineage is None:
        return []
    changes = [change_line(of_head(change), lineage.first) for change in lineage.changes]
    return [line for line in (relation_line(lineage), first_line(lineage), *changes) if line]


def relation_line(lineage: Lineage) -> str:
    """The relation and what shows it."""
    if lineage.relation is None:
        return ""
    evidence = "; ".join(safe(words) for words in lineage.evidence)
    return f"from whom: {lineage.relation.label}{f' ({evidence})' if evidence else ''}"


def first_line(lineage: Lineage) -> str:
    """Which side was first; nothing where that isn't known."""
    return f"{lineage.first} is the earlier: {safe(lineage.why)}" if lineage.first else ""
