"""What a text suffered on its way: UTF-8 read in another encoding, entities left in, words parted at line ends.

The text stays as it is. What is sure to be damage is read as it was meant (`Document.meant`): several places of a kind,
and hardly any that would be natural. Mojibake and entities are told (`Decoding`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.model import Decoding, Meant
from compare.text.tokens import TRACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.model import Document, Span

_BEGINNING = 500
"""Characters in which a text in narrow columns, or of subtitles, shows it: every text of a corpus is asked."""
_PARTED = re.compile(r"-(?:[\n\r]|(?<= -)-> )")
"""A hyphen at the end of a line, or the arrow between the times of a subtitle: a pattern that begins with a literal is
looked for in a third of the time that three of them take."""
_ODD_SIGNS = "\u00ad\u2010¬"
_ODD_HYPHENS = tuple(sign + end for sign in _ODD_SIGNS for end in "\n\r")


@dataclass(frozen=True, slots=True)
class Damage:
    """What is read otherwise than it is written, ascending and apart, and how many places are to be told."""

    meant: tuple[Meant, ...] = ()
    mojibake: int = 0
    entities: int = 0


NOTHING = Damage()


def damage(text: str, *, with_entities: bool = True) -> Damage:
    """The damage of a text. Linear; a text without a sign of any is not looked through.

    >>> [sign.text for sign in damage("CafÃ© crÃ¨me").meant]
    ['⃠é', 'è']
    >>> damage("Caf&eacute; &amp; bar").entities
    2
    """
    plain = text.isascii()
    parts = _PARTED.search(text, 0, _BEGINNING)
    if plain and "&" not in text and not parts:
        return NOTHING
    entities = _entities(text) if with_entities and "&" in text and ";" in text else []
    mojibake = [] if plain else _mojibake(text)
    parted = _parted(text) if parts or _has_odd_hyphens(text) else []
    if not (entities or mojibake or parted):
        return NOTHING
    return Damage(_traced(_apart([*entities, *mojibake, *parted])), len(mojibake), len(entities))


# What each kind needs is imported where there is a sign of it: most texts of a corpus have none.


def _entities(text: str) -> list[Meant]:
    from compare.sources.markdown.entities import left_in  # noqa: PLC0415

    return left_in(text)


def _mojibake(text: str) -> list[Meant]:
    from compare.sources.mojibake import mojibake  # noqa: PLC0415

    return mojibake(text)


def _has_odd_hyphens(text: str) -> bool:
    return any(sign in text for sign in _ODD_SIGNS) and any(end in text for end in _ODD_HYPHENS)


def _parted(text: str) -> list[Meant]:
    from compare.sources.parted import cues, words  # noqa: PLC0415

    return [*words(text), *cues(text)]


def mended(document: Document) -> Document:
    """A document of plain text with what was damaged read as it was meant."""
    text = document.text
    found = damage(text)
    if found is NOTHING:
        return document
    return replace(document, meant=found.meant, decoding=told(document.decoding, found))


def told(read: Decoding | None, found: Damage) -> Decoding | None:
    """How a document was read, with the damage that is to be told."""
    if not (found.mojibake or found.entities):
        return read
    return replace(read or Decoding("utf-8"), mojibake=found.mojibake, entities=found.entities)


def beside(muted: Iterable[Span], meant: Iterable[Meant], found: Damage) -> tuple[Meant, ...]:
    """What Markdown reads otherwise, and the damage that stands in its text."""
    inside = _Places(muted)
    return _apart([*meant, *(sign for sign in found.meant if not inside.holds(sign))])


class _Places:
    def __init__(self, spans: Iterable[Span]) -> None:
        self._points = {point for span in spans for point in range(*span)}

    def holds(self, sign: Meant) -> bool:
        """Whether a sign begins in one of the spans."""
        return sign.start in self._points


def _apart(meant: list[Meant]) -> tuple[Meant, ...]:
    kept: list[Meant] = []
    for sign in sorted(meant):
        if not kept or sign.start >= kept[-1].stop:
            kept.append(sign)
    return tuple(kept)


def _traced(meant: tuple[Meant, ...]) -> tuple[Meant, ...]:
    """With a trace in the first sign that has room for it."""
    for place, sign in enumerate(meant):
        if not sign.text.isspace() and len(sign.text) < sign.stop - sign.start:
            return (*meant[:place], sign._replace(text=TRACE + sign.text), *meant[place + 1 :])
    return meant
