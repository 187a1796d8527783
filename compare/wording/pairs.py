"""A pair in an editor's words: what its sides are called, what stands at the head of each. Pure.

Titles and outlets, never a file's stem where a title is known. All of it is made safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.wording.escape import safe
from compare.wording.words import Part, number

if TYPE_CHECKING:
    from compare.model import Document


def side_names(a: Document, b: Document, called: tuple[str, str]) -> tuple[str, str]:
    """What both sides are called: their outlets where these tell them apart, else what each is called anyway.

    >>> from compare.model import Document
    >>> first, second = Document("1.txt", "", source="The Daily"), Document("2.txt", "", source="Evening Packet")
    >>> side_names(first, second, ("Storm", "Storm")), side_names(first, first, ("Storm", "Boats"))
    (('The Daily', 'Evening Packet'), ('Storm', 'Boats'))
    """
    outlets = tuple(" ".join(side.source.split()) for side in (a, b))
    if all(outlets) and outlets[0] != outlets[1]:
        return safe(outlets[0]), safe(outlets[1])
    return called


def head_lines(document: Document, dated: str, count: int) -> list[tuple[str, tuple[Part, ...]]]:
    """Outlet, date, byline, credits, licence and size of an article, each by its name; what it doesn't say isn't there.

    >>> from compare.model import Document
    >>> lines = head_lines(Document("1.txt", "", source="The Daily", author="Nell Arkwright"), "2 May", 1200)
    >>> [(name, "".join(part.text for part in parts)) for name, parts in lines]
    [('outlet', 'The Daily'), ('date', '2 May'), ('byline', 'by Nell Arkwright'), ('size', '1,200 words')]
    """
    told = (
        ("outlet", "", document.source),
        ("date", "", dated),
        ("byline", "by ", document.author),
        ("credit", "credit: ", ", ".join(document.agencies)),
        ("licence", "licence: ", document.license),
    )
    found = [(name, (*_said(what), Part(safe(" ".join(value.split())), is_name=True))) for name, what, value in told if value]
    return [*found, ("size", _said(f"{number(count)} {'word' if count == 1 else 'words'}"))]


def _said(text: str) -> tuple[Part, ...]:
    return (Part(text, is_name=False),) if text else ()
