"""Reads the page's script as text, to say which words stand in it."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`", re.DOTALL)
_IN_TEMPLATE = re.compile(r"\\.|`|\$\{|[^\\`$]+|\$", re.DOTALL)


class Literal(NamedTuple):
    """A string of a script, without what is put into it, and the code before it on its line."""

    text: str
    before: str


def literals(script: str) -> list[Literal]:
    """Every string literal in order, comments left out."""
    strings: list[Literal] = []
    _code(script, 0, strings, depth=0)
    return strings


def _code(script: str, start: int, strings: list[Literal], depth: int) -> int:
    """Reads code up to its end, or up to the brace that closes a `${`; returns where that is."""
    place, braces = start, 0
    while place < len(script):
        if depth and script[place] in "{}":
            if script[place] == "}" and not braces:
                return place + 1
            braces += 1 if script[place] == "{" else -1
        token = _TOKEN.match(script, place)
        if token and token[0] == "`":
            place = _template(script, place, strings, depth)
            continue
        if token and token[0][0] in "\"'":
            strings.append(Literal(token[0][1:-1], script[script.rfind("\n", 0, place) + 1 : place]))
        place = token.end() if token else place + 1
    return place


def _template(script: str, start: int, strings: list[Literal], depth: int) -> int:
    """Reads a template literal; returns where it ends."""
    parts, place = [], start + 1
    while (token := _IN_TEMPLATE.match(script, place)) and token[0] != "`":
        place = token.end()
        if token[0] == "${":
            place = _code(script, place, strings, depth + 1)
            parts.append("\x00")
        else:
            parts.append(token[0])
    strings.append(Literal("".join(parts), script[script.rfind("\n", 0, start) + 1 : start]))
    return place + 1
