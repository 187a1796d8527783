"""Entities of HTML, as CommonMark 0.31 reads them: `&uuml;` is ü."""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import TYPE_CHECKING

from compare.model import Meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENTITY = r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});"
_ENTITY = re.compile(ENTITY)
_ESCAPED = re.compile(rf"&(?:amp;(?=[A-Za-z0-9#]++;))*+{ENTITY[1:]}")
_AGAIN = re.compile(r"(?<=&)(?:amp;(?=.))*+")
_MANY = 2
"""Entities in plain text that show that it is no chance."""
_NATURAL = 0.1
"""Other signs of "and" for each of them, up to which they are meant."""
_SURROGATES = range(0xD800, 0xE000)
_HOLE = "\ufffd"


def entities(text: str, start: int, stop: int) -> Iterator[Meant]:
    """The entities of a part of a text."""
    for name in _ENTITY.finditer(text, start, stop):
        yield from entity(text, *name.span())


def entity(text: str, start: int, stop: int) -> tuple[Meant, ...]:
    """What an entity stands for; nothing if there is none of that name, as in AT&T;.

    >>> entity("M&uuml;ller", 1, 7)
    (Meant(start=1, stop=7, text='ü'),)
    """
    character = character_of(text[start:stop])
    return (Meant(start, stop, character),) if character else ()


def character_of(entity: str) -> str:
    """What an entity stands for: white space of any kind as a blank, what is no character as U+FFFD.

    >>> character_of("&euro;"), character_of("&#8217;"), character_of("&#xD800;"), character_of("&nothing;")
    ('€', '’', '�', '')
    """
    if not entity.startswith("&#"):
        character = _names().get(entity[1:], "")
    else:
        point = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
        character = chr(point) if 0 < point <= sys.maxunicode and point not in _SURROGATES else _HOLE
    return " " if character.isspace() else character


@cache
def _names() -> Mapping[str, str]:
    from html.entities import html5  # noqa: PLC0415  # 2,000 names, and most texts have none

    return html5


def left_in(text: str) -> list[Meant]:
    """The entities in plain text, escaped once or again, unless signs of "and" show that none is meant.

    >>> [sign.text for sign in left_in("the caf&eacute; &amp;ndash; a bar")], left_in("R&D; AT&T &amp; me")
    (['é', '–'], [])
    """
    found = [(sign.span(), character_of("&" + _AGAIN.sub("", sign[0])[1:])) for sign in _ESCAPED.finditer(text)]
    meant = [Meant(*span, character) for span, character in found if character]
    plain = text.count("&") - sum(text.count("&", sign.start, sign.stop) for sign in meant)
    return meant if len(meant) >= _MANY and plain <= _NATURAL * len(meant) else []
