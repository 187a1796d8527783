"""The lines that a text begins and ends with. Bounded: however long the text or a line of it is, little is read."""

from __future__ import annotations

import re
from typing import NamedTuple

from compare.model import Span

ABOVE, BELOW = 12, 8
"""Lines that are looked at from the beginning and from the end."""
_REACH = 4000  # characters from either end in which they must stand
LONG = 400  # characters of a line from which it is a paragraph, whatever it says
_VISIBLE = re.compile(r"\S")
_LINE = re.compile(r"[^\r\n\u2028\u2029\v\f\x85]+")
_BREAK = re.compile(r"\r\n?|[\n\u2028\u2029\v\f\x85]")


class Line(NamedTuple):
    """A line that isn't blank, without the white space around it."""

    text: str
    """What of it is looked at: its beginning, of a last line its end."""
    span: Span
    is_parted: bool
    """Whether a blank line stands before it, or nothing."""

    @property
    def is_long(self) -> bool:
        """Whether it is longer than any headline or note."""
        return self.span.stop - self.span.start > LONG


def first_lines(text: str) -> list[Line]:
    r"""The first lines of a text that aren't blank.

    >>> [(line.text, line.is_parted) for line in first_lines("\n A \nB\n\nC")]
    [('A', True), ('B', False), ('C', True)]
    """
    begin = _VISIBLE.search(text)
    if not begin:
        return []
    stop = min(len(text), begin.start() + _REACH)
    lines = _lines(text, begin.start(), stop, ABOVE)
    if lines and lines[-1].span.stop == stop < len(text):  # a line that goes on
        lines[-1] = lines[-1]._replace(span=Span(lines[-1].span.start, _end_of(text, stop)))
    return lines


def last_lines(text: str, after: int) -> list[Line]:
    """The last lines of a text that aren't blank and begin after a place in it, in order."""
    begin, stop, many = max(after, len(text) - _REACH), len(text), 0
    while many < BELOW and stop > begin:
        at = text.rfind("\n", begin, stop)
        many += not text[at + 1 : stop].isspace() and at + 1 < stop
        stop = max(at, begin)
        if at < begin:
            break
    return _lines(text, stop, len(text))[-BELOW:]


def _lines(text: str, start: int, stop: int, most: int = 1 << 30) -> list[Line]:
    lines: list[Line] = []
    last = start
    for hit in _LINE.finditer(text, start, stop):
        bare = hit[0].strip()
        if not bare:
            continue
        at = hit.start() + hit[0].index(bare[0])
        breaks = _breaks(text[last:at]) if lines else 2
        lines.append(Line(bare, Span(at, at + len(bare)), breaks > 1))
        last = at + len(bare)
        if len(lines) == most:
            break
    return lines


def _breaks(between: str) -> int:
    return between.count("\n") or len(_BREAK.findall(between))


def _end_of(text: str, at: int) -> int:
    end = _BREAK.search(text, at)
    return end.start() if end else len(text)
