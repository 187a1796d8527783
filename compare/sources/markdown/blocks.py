"""The blocks of a Markdown text, as CommonMark 0.31 has them: which lines are text, and which are code or HTML.

A line at a time, with what is open: quotations and list items, and in the innermost one a paragraph, a fence, HTML or
indented code. Linear, since only so many containers are opened in each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from compare.model import Span
from compare.sources.markdown.definitions import Definition, definition
from compare.sources.markdown.html import CLOSE, OPEN

DEEPEST = 50
"""Containers in each other; what is deeper is text. Each line walks through all that are open."""
_CODE = 4
"""Columns from which on a line is indented code."""
_WIDEST_GAP = 4
_LONGEST_NUMBER = 3
"""Digits of a list's number that yields no token; a longer one is rather a year that begins a sentence."""

_LINE = re.compile(r"([^\r\n]*+)(\r\n?|\n|\Z)")
_EOL = re.compile(r"\r\n?|\n|\Z")
_HEADING = re.compile(r"#{1,6}+(?=[ \t]|\Z)")
_FENCE = re.compile(r"(`{3,}+)[^`]*+\Z|(~{3,}+)")
_UNDERLINE = re.compile(r"(?:=++|-++)[ \t]*+\Z")
_RULE = re.compile(r"([-_*])[ \t]*+(?:\1[ \t]*+){2,}+\Z")
_ITEM = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|\Z)")
_TASK = re.compile(r"[ \t]++\[[ xX]\](?=[ \t])")
_ELEMENTS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_HTML = tuple(
    (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for start, end in (
        (r"<(?:script|pre|style|textarea)(?:[ \t>]|\Z)", r"</(?:script|pre|style|textarea)>"),
        (r"<!--", r"-->"),
        (r"<\?", r"\?>"),
        (r"<![A-Za-z]", r">"),
        (r"<!\[CDATA\[", r"\]\]>"),
        (rf"</?(?:{_ELEMENTS})(?:[ \t]|/?>|\Z)", r"\A[ \t]*+\Z"),
    )
)
"""How a block of HTML begins and ends; the last one ends with a blank line."""
_ANY_TAG = re.compile(rf"(?:{OPEN}|{CLOSE})[ \t]*+\Z")


class Leaf(NamedTuple):
    """The lines of a block that may hold syntax, without what its containers put before them."""

    lines: tuple[Span, ...]
    is_html: bool = False


class Blocks(NamedTuple):
    """What a text consists of."""

    leaves: list[Leaf]
    muted: list[Span]
    """Markers of containers and headings, fences, and link definitions."""
    labels: frozenset[str]
    """Those of the definitions."""


class _Kind(Enum):
    NONE = 0
    TEXT = 1
    FENCE = 2
    HTML = 3
    CODE = 4


class _Cursor:
    """A place in a line. Columns count tabs; `base` is where the inside of the open containers begins."""

    __slots__ = ("at", "base", "column", "end", "next", "next_column", "stop", "text")

    def __init__(self, text: str, line: re.Match[str]) -> None:
        self.text, self.at, self.stop, self.end = text, line.start(), line.end(1), line.end()
        self.column = self.base = 0
        self._look()

    @property
    def indent(self) -> int:
        """Columns of white space that follow."""
        return self.next_column - self.base

    @property
    def is_blank(self) -> bool:
        return self.next == self.stop

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What stands after the white space."""
        return pattern.match(self.text, self.next, self.stop)

    def take(self, count: int) -> Span:
        """Pass the white space and so many characters; the span of all of them."""
        taken = Span(self.at, self.next + count)
        self.at, self.column = taken.stop, self.next_column + count
        self.base = self.column
        self._look()
        return taken

    def enter(self, columns: int) -> None:
        """Pass so many columns of white space, perhaps half a tab."""
        self.base += columns
        while self.at < self.next and (after := _after(self.text[self.at], self.column)) <= self.base:
            self.at, self.column = self.at + 1, after

    def _look(self) -> None:
        self.next, self.next_column = self.at, self.column
        while self.next < self.stop and (char := self.text[self.next]) in " \t":
            self.next, self.next_column = self.next + 1, _after(char, self.next_column)


def _after(char: str, column: int) -> int:
    return column + 4 - column % 4 if char == "\t" else column + 1


def blocks(text: str, start: int = 0) -> Blocks:
    """The blocks of a text from `start` on."""
    parser = _Parser(text)
    for line in _LINE.finditer(text, start):
        parser.line(_Cursor(text, line))
    parser.close(0)
    return Blocks(parser.leaves, parser.muted, frozenset(parser.labels))


@dataclass(slots=True)
class _Parser:
    text: str
    leaves: list[Leaf] = field(default_factory=list)
    muted: list[Span] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    containers: list[int] = field(default_factory=list)
    """What is open: 0 is a quotation; of a list item the columns that its lines are indented by."""
    fresh: int = -1
    """The place of an item whose first line is blank: a second blank line ends it."""
    kind: _Kind = _Kind.NONE
    lines: list[Span] = field(default_factory=list)
    fence: str = ""
    end: re.Pattern[str] | None = None

    def line(self, cursor: _Cursor) -> None:
        """Read a line."""
        depth = self._still_open(cursor)
        if self._goes_on(cursor, depth):
            return
        depth, is_read = self._begun(cursor, depth)
        if is_read:
            return
        if cursor.is_blank:
            self.close(depth)
        elif self.kind is _Kind.TEXT:  # perhaps without the markers of its containers
            self.lines.append(Span(cursor.next, cursor.stop))
        elif cursor.indent >= _CODE:
            self.close(depth)
            self.kind = _Kind.CODE
        else:
            self.close(depth)
            self.kind, self.lines = _Kind.TEXT, [Span(cursor.next, cursor.stop)]

    def close(self, depth: int) -> None:
        """End the leaf, and the containers from `depth` on."""
        self._end_leaf()
        del self.containers[depth:]

    def _still_open(self, cursor: _Cursor) -> int:
        """How many of the containers go on in a line."""
        fresh, self.fresh = self.fresh, -1
        for depth, width in enumerate(self.containers):
            if not width:
                if cursor.indent >= _CODE or not cursor.text.startswith(">", cursor.next, cursor.stop):
                    return depth
                self._quotation(cursor)
            elif cursor.is_blank:
                if depth == fresh:
                    return depth
            elif cursor.indent < width:
                return depth
            else:
                cursor.enter(width)
        return len(self.containers)

    def _quotation(self, cursor: _Cursor) -> None:
        taken = cursor.take(1)
        if cursor.indent:
            cursor.enter(1)
        self.muted.append(Span(taken.start, cursor.at))

    def _goes_on(self, cursor: _Cursor, depth: int) -> bool:
        """Whether a line belongs to the code or the HTML that is open."""
        if self.kind in {_Kind.NONE, _Kind.TEXT}:
            return False
        if depth < len(self.containers):
            self._end_leaf()
            return False
        if self.kind is _Kind.FENCE:
            self._fenced(cursor)
        elif self.kind is _Kind.HTML:
            self._html_line(cursor)
        elif not cursor.is_blank and cursor.indent < _CODE:
            self._end_leaf()
            return False
        return True

    def _fenced(self, cursor: _Cursor) -> None:
        marks = self.text[cursor.next : cursor.stop].rstrip(" \t")
        if cursor.indent < _CODE and marks.startswith(self.fence) and not marks.strip(self.fence[0]):
            self.muted.append(Span(cursor.at, cursor.end))
            self._end_leaf()

    def _html_line(self, cursor: _Cursor) -> None:
        self.lines.append(Span(cursor.at, cursor.stop))
        if self.end and self.end.search(self.text[cursor.at : cursor.stop]):
            self._end_leaf()

    # --- what begins

    def _begun(self, cursor: _Cursor, depth: int) -> tuple[int, bool]:
        """The containers that are open after those that begin in a line; whether a leaf took the rest."""
        while not cursor.is_blank and cursor.indent < _CODE:
            if self._leaf(cursor, depth):
                return depth, True
            if depth >= DEEPEST or not self._container(cursor, depth):
                break
            depth += 1
        return depth, False

    def _container(self, cursor: _Cursor, depth: int) -> bool:
        if cursor.text.startswith(">", cursor.next, cursor.stop):
            self.close(depth)
            self.containers.append(0)
            self._quotation(cursor)
            return True
        marker = cursor.match(_ITEM)
        if not marker or (self._interrupts(depth) and not _may_interrupt(marker, cursor.stop)):
            return False
        self.close(depth)
        self._item(cursor, marker)
        return True

    def _interrupts(self, depth: int) -> bool:
        """Whether what begins would end a paragraph in the same container."""
        return self.kind is _Kind.TEXT and depth == len(self.containers)

    def _item(self, cursor: _Cursor, marker: re.Match[str]) -> None:
        width = cursor.indent + len(marker[0])
        taken = cursor.take(len(marker[0]))
        task = _TASK.match(self.text, taken.stop, cursor.stop)
        if len(marker[1] or "") <= _LONGEST_NUMBER:
            stop = taken.stop if marker[1] else cursor.next
            self.muted.append(Span(taken.start, task.end() if task else stop))
        if cursor.is_blank:
            self.fresh = len(self.containers)
        gap = 1 if cursor.is_blank or cursor.indent > _WIDEST_GAP else cursor.indent
        cursor.enter(gap)
        self.containers.append(width + gap)

    def _leaf(self, cursor: _Cursor, depth: int) -> bool:
        """Whether a heading, a fence, HTML or a rule takes the line."""
        return (
            self._heading(cursor, depth)
            or self._fence(cursor, depth)
            or self._html(cursor, depth)
            or self._underline(cursor, depth)
            or self._rule(cursor, depth)
        )

    def _heading(self, cursor: _Cursor, depth: int) -> bool:
        if not (marks := cursor.match(_HEADING)):
            return False
        self.close(depth)
        self.muted.append(cursor.take(len(marks[0])))
        self.leaves.append(Leaf((Span(cursor.next, cursor.stop),)))
        return True

    def _fence(self, cursor: _Cursor, depth: int) -> bool:
        if not (marks := cursor.match(_FENCE)):
            return False
        self.close(depth)
        self.kind, self.fence = _Kind.FENCE, marks[1] or marks[2]
        self.muted.append(Span(cursor.at, cursor.end))
        return True

    def _html(self, cursor: _Cursor, depth: int) -> bool:
        if not self.text.startswith("<", cursor.next, cursor.stop):
            return False
        end = next((end for start, end in _HTML if cursor.match(start)), None)
        if end is None and self.kind is not _Kind.TEXT and cursor.match(_ANY_TAG):
            end = _HTML[-1][1]
        if end is None:
            return False
        self.close(depth)
        self.kind, self.lines, self.end = _Kind.HTML, [], end
        self._html_line(cursor)
        return True

    def _underline(self, cursor: _Cursor, depth: int) -> bool:
        """Whether the paragraph is a heading; it is none if it holds nothing but definitions."""
        return self._interrupts(depth) and cursor.match(_UNDERLINE) is not None and self._end_leaf()

    def _rule(self, cursor: _Cursor, depth: int) -> bool:
        if not cursor.match(_RULE):
            return False
        self.close(depth)
        return True

    # --- what ends

    def _end_leaf(self) -> bool:
        """Whether a leaf comes of what was open."""
        kind, lines, self.kind, self.lines = self.kind, self.lines, _Kind.NONE, []
        if kind is _Kind.TEXT:
            lines = self._without_definitions(lines)
        if kind not in {_Kind.TEXT, _Kind.HTML} or not lines:
            return False
        self.leaves.append(Leaf(tuple(lines), kind is _Kind.HTML))
        return True

    def _without_definitions(self, lines: list[Span]) -> list[Span]:
        """The lines of a paragraph after the definitions that it begins with."""
        if not self.text.startswith("[", lines[0].start):
            return lines
        text = "\n".join(self.text[slice(*line)] for line in lines)
        at = first = 0
        while defined := definition(text, at):
            count = text.count("\n", at, defined.stop) + (defined.stop == len(text))
            self._define(lines[first : first + count], defined)
            at, first = defined.stop, first + count
        return lines[first:]

    def _define(self, lines: list[Span], defined: Definition) -> None:
        self.labels.add(defined.label)
        end = _EOL.match(self.text, lines[-1].stop)
        if defined.is_sure and end:
            self.muted.append(Span(lines[0].start, end.end()))
        else:
            self.leaves.append(Leaf(tuple(lines)))


def _may_interrupt(marker: re.Match[str], stop: int) -> bool:
    """Whether a list may begin in the middle of a paragraph: with a 1, and not with an empty item."""
    rest = marker.string[marker.end() : stop]
    return marker[1] in {None, "1"} and bool(rest.strip(" \t"))
