"""What stands on pages beside their text: heads and feet that recur, page numbers, and what a browser prints there."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

from compare.documents.lines import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.documents.lines import Line

_OUTER = 3
"""Lines from a page's edge that may recur."""
_SHARE = 0.4
"""Share of the pages on which a head stands: left and right pages may have others."""
_SAME = 4.0
"""Points by which the place of a head differs at most."""
_APART = 1.6
"""Heights of letters between what stands at an edge and the text."""
_MUCH = 0.3
"""Share of the letters above which what recurs is the text itself."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:page|seite|p\.|pág\.)?\s*(\d{1,4})(?:\s*(?:/|of|von|de)\s*(\d{1,4}))?\W*", re.IGNORECASE)
_PRINTED = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d{2}")

_Key = tuple[bool, str]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The same pages without what recurs at their edges, and without their numbers; none loses all of its words."""
    places: dict[_Key, list[float]] = defaultdict(list)
    for page in pages:
        for key, line in _outer(page):
            places[key].append(line.base)
    filled = sum(bool(page.lines) for page in pages)
    least = max(2, _SHARE * filled)
    recurring = {key: bases for key, bases in places.items() if len(bases) >= least}
    stripped = [_stripped(page, number, recurring) for number, page in enumerate(pages, 1)]
    return stripped if _letters(stripped) >= (1 - _MUCH) * _letters(pages) else list(pages)


def _letters(pages: Iterable[Page]) -> int:
    return sum(len(line.text) for page in pages for line in page.lines)


def _outer(page: Page) -> list[tuple[_Key, Line]]:
    """The lines at the upper and at the lower edge, by which edge it is and by their words, from outside."""
    ordered = sorted(page.lines, key=lambda line: -line.base)
    top = [((True, _worded(line)), line) for line in ordered[:_OUTER]]
    return top + [((False, _worded(line)), line) for line in reversed(ordered[-_OUTER:])]


def _worded(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


def _stripped(page: Page, number: int, recurring: dict[_Key, list[float]]) -> Page:
    gone: set[Line] = set()
    for side in (True, False):
        gone.update(_at_edge(page, side, number, recurring))
    left = tuple(line for line in page.lines if line not in gone)
    return page if not left and any(map(_has_letters, gone)) else Page(left, page.height)


def _at_edge(page: Page, side: bool, number: int, recurring: dict[_Key, list[float]]) -> list[Line]:  # noqa: FBT001
    """The lines at the upper or the lower edge that are no text: up to where a gap parts them from the text."""
    rows = _rows(sorted(page.lines, key=lambda line: -line.base if side else line.base))
    found = list(takewhile(lambda row: _is_furniture((side, row), number, recurring), rows[:_OUTER]))
    while found:
        is_numbered = any(_is_number(line.text, number) and _recurs((side, line), recurring) for line in found[-1])
        if is_numbered or _is_apart(found[-1], rows[len(found) : len(found) + 1]):
            break
        found.pop()
    return [line for row in found for line in row]


def _has_letters(line: Line) -> bool:
    return any(char.isalpha() for char in line.text)


def _rows(ordered: Iterable[Line]) -> list[list[Line]]:
    """Lines that stand at one height."""
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and abs(rows[-1][0].base - line.base) < _SAME:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_furniture(placed: tuple[bool, Sequence[Line]], number: int, recurring: dict[_Key, list[float]]) -> bool:
    """Whether a row at an edge recurs, or is a page's number, or was printed by a browser."""
    side, row = placed
    if any(_recurs((side, line), recurring) for line in row):
        return True
    return any(_PRINTED.match(line.text) or _is_number(line.text, number) for line in row)


def _is_apart(row: Sequence[Line], following: Sequence[Sequence[Line]]) -> bool:
    """Whether more than a line's usual distance parts a row from the one behind it."""
    size = max(line.size for line in row)
    return all(abs(row[0].base - line.base) > _APART * size for behind in following for line in behind)


def _recurs(placed: tuple[bool, Line], recurring: dict[_Key, list[float]]) -> bool:
    """Whether the words of a line at an edge stand at this height on another page too."""
    side, line = placed
    return sum(abs(other - line.base) < _SAME for other in recurring.get((side, _worded(line)), ())) > 1


def _is_number(text: str, number: int) -> bool:
    """Whether it is this page's own number, or "2 of 3".

    >>> _is_number("- 4 -", 4), _is_number("Page 2 of 3", 2), _is_number("1984", 4)
    (True, True, False)
    """
    written = _NUMBER.fullmatch(text)
    if not written:
        return False
    return written[1] == str(number) or (bool(written[2]) and int(written[1]) <= int(written[2]))
