"""Entities of HTML, as CommonMark 0.31 reads them: `&uuml;` is ü."""

from __future__ import annotations

import re
import sys
from html.entities import html5
from typing import TYPE_CHECKING

from compare.model import Meant

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTITY = r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});"
_ENTITY = re.compile(ENTITY)
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
        character = html5.get(entity[1:], "")
    else:
        point = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
        character = chr(point) if 0 < point <= sys.maxunicode and point not in _SURROGATES else _HOLE
    return " " if character.isspace() else character
