"""What stands on pages beside their text: heads and feet that recur, page numbers, and what a browser prints there."""

from __future__ import annotations

import re
from collections import defaultdict
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
_APART = 1.3
"""Heights of letters between a page's number and its text."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:page|seite|p\.|pág\.)?\s*(\d{1,4})(?:\s*(?:/|of|von|de)\s*(\d{1,4}))?\W*", re.IGNORECASE)
_PRINTED = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d{2}")

_Key = tuple[bool, str]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The same pages without what recurs at their edges, and without their numbers."""
    places: dict[_Key, list[float]] = defaultdict(list)
    for page in pages:
        for key, line in _outer(page):
            places[key].append(line.base)
    filled = sum(bool(page.lines) for page in pages)
    least = max(2, _SHARE * filled)
    recurring = {key: bases for key, bases in places.items() if len(bases) >= least}
    return [_stripped(page, number, recurring) for number, page in enumerate(pages, 1)]


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
        ordered = sorted(page.lines, key=lambda line: -line.base if side else line.base)
        rows = _rows(ordered)
        for place, row in enumerate(rows[:_OUTER]):
            following = rows[place + 1] if place + 1 < len(rows) else []
            if not _is_furniture((side, row), following, number, recurring):
                break
            gone.update(row)
    return Page(tuple(line for line in page.lines if line not in gone), page.height)


def _rows(ordered: Iterable[Line]) -> list[list[Line]]:
    """Lines that stand at one height."""
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and abs(rows[-1][0].base - line.base) < _SAME:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_furniture(
    placed: tuple[bool, Sequence[Line]], following: Sequence[Line], number: int, recurring: dict[_Key, list[float]]
) -> bool:
    """Whether a row at an edge recurs, or is a page's number, or was printed by a browser."""
    side, row = placed
    if any(_recurs((side, _worded(line)), line.base, recurring) for line in row):
        return True
    if any(_PRINTED.match(line.text) for line in row):
        return True
    distance = min((abs(row[0].base - line.base) for line in following), default=0.0)
    is_apart = distance > _APART * row[0].size
    return is_apart and any(_is_number(line.text, number) for line in row)


def _recurs(key: _Key, base: float, recurring: dict[_Key, list[float]]) -> bool:
    """Whether the words stand at this height on another page too."""
    return sum(abs(other - base) < _SAME for other in recurring.get(key, ())) > 1


def _is_number(text: str, number: int) -> bool:
    """Whether it is this page's own number, or "2 of 3".

    >>> _is_number("- 4 -", 4), _is_number("Page 2 of 3", 2), _is_number("1984", 4)
    (True, True, False)
    """
    written = _NUMBER.fullmatch(text)
    if not written:
        return False
    return written[1] == str(number) or (bool(written[2]) and int(written[1]) <= int(written[2]))
