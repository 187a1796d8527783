"""Front matter, and what in Markdown is syntax and not text. Every step is linear in the length of the text."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Span
from compare.names import valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yaml.nodes import Node

_LONGEST_FRONT = 32 * 1024
"""Characters of a front matter; a longer one is body text (real ones are below 2,000; YAML is slow)."""
_OPENING = re.compile(r"---[ \t]*+(?:\r\n?|\n)")
_CLOSING = re.compile(r"(?:\r\n?|\n|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*+(?:\r\n?|\n|\Z)")
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_NULL = "tag:yaml.org,2002:null"

_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}+|~{3,}+)")
_DEFINITION = re.compile(r" {0,3}\[[^\]\[\r\n]++\]:[ \t]*+\S")
_NOTE = re.compile(r" {0,3}\[\^[^\]\[\s]++\]:")
_QUOTES = re.compile(r"(?: {0,3}>)++[ \t]?")
_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t\r\n])")
_TITLE = re.compile(r"(?:\A|(?<=[\r\n]))# +([^\r\n]+?)[ #]*(?=[\r\n]|\Z)")
_BULLET = re.compile(r"[ \t]*+[-*+][ \t]++(?:\[[ xX]\](?=[ \t]))?")
_NUMBER = re.compile(r"[ \t]*+(\d{1,3})[.)](?=[ \t])")
_INLINE = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~])                                    # a backslash escape ...
    | (?:(?<=\\)[!-/:-@\[-`{-~])(?P<kept>)                     # ... and what it protects
    | <[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>                 # <https://...>
    | <[^\s<>@]{1,64}@[^\s<>@]{1,255}>                         # <name@example.org>
    | </?[A-Za-z][A-Za-z0-9-]*+(?:[\s/][^<>]*+)?>              # an HTML tag
    | \]\(\s*+(?:<[^<>\r\n]*+>|(?:[^()\s<]++|\([^()\s]*+\))*+)   # ](target
      (?:\s++(?:"[^"]*+"|'[^']*+'))?+\s*+\)                    #   "title")
    | \]\[[^\]\[\r\n]*+\]                                      # ][reference]
    | \[\^[^\]\[\s]++\]                                        # [^note]
    | !?\[ | \]
    | &(?:[A-Za-z]{2,31}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});
    | `++ | ~~
    | (?<!\*)\*++(?!\s) | (?<=[^\s*])\*++
    | (?<!\w)_++(?=\S) | (?<=[^\s_])_++(?!\w)
    """,
    re.VERBOSE,
)


class FrontMatter(NamedTuple):
    """Where a text's front matter ends (0: there is none), and its scalar values as text."""

    stop: int
    values: Mapping[str, str]


NO_FRONT_MATTER = FrontMatter(0, {})


def front_matter(text: str) -> FrontMatter:
    r"""The mapping between `---` lines that a text begins with; anything else there is body text.

    >>> front_matter("---\ntitle: No\ndate: 2024-05-01\n---\nText").values
    {'title': 'No', 'date': '2024-05-01'}
    >>> front_matter("---\nA line between two rules.\n---\n").stop
    0
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end() - 1, opening.end() + _LONGEST_FRONT) if opening else None
    if not opening or not closing:
        return NO_FRONT_MATTER
    values = _mapping(text[opening.end() : closing.start()])
    return NO_FRONT_MATTER if values is None else FrontMatter(closing.end(), values)


def _mapping(block: str) -> dict[str, str] | None:
    """The block's scalars as they are written, or None if it is not a YAML mapping.

    Composed and never constructed: no object is made, no alias or merge is expanded, `No` and `007` stay as they are.
    """
    import yaml  # noqa: PLC0415 - .05 s, only where there is a front matter

    try:
        node = yaml.compose(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    return {valid(str(key.value)): _scalar(value) for key, value in node.value if key.id == "scalar"}


def _scalar(node: Node) -> str:
    """A node as one text: a list of scalars is joined by commas, what is deeper is left out."""
    if node.id == "sequence":
        return ", ".join(filter(None, (_scalar(item) for item in node.value if item.id == "scalar")))
    if node.id != "scalar" or node.tag == _NULL:
        return ""
    return _date(node.value) if node.tag == _TIMESTAMP else valid(node.value)


def _date(written: str) -> str:
    """ISO 8601 if it is a date that exists; else as it is written."""
    try:
        return datetime.fromisoformat(written).isoformat() if ":" in written else written
    except ValueError:
        return written


def heading(text: str, start: int = 0) -> str:
    """The first heading of the first level within the first 2,000 characters after `start`, or empty."""
    found = _TITLE.search(text[start : start + 2000])
    return found[1] if found else ""


def muted(text: str, start: int = 0) -> tuple[Span, ...]:
    """Spans of Markdown syntax from `start` on, sorted and apart from each other: they yield no tokens.

    >>> [text[a:b] for text in ["A [link](x.html) and *stress*"] for a, b in muted(text)]
    ['[', '](x.html)', '*', '*']
    """
    comments = list(_comments(text, start))
    blocks = _Lines()
    spans = [*comments, *blocks.spans(text, start)]
    for begin, stop in _between(sorted([*comments, *blocks.code]), start, len(text)):
        spans += [Span(*hit.span()) for hit in _INLINE.finditer(text, begin, stop) if hit["kept"] is None]
    return merged(spans)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans, sorted, none empty, none touching another."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].stop:
            result[-1] = Span(result[-1].start, max(result[-1].stop, span.stop))
        elif span.start < span.stop:
            result.append(span)
    return tuple(result)


def _comments(text: str, start: int) -> Iterator[Span]:
    while (begin := text.find("<!--", start)) >= 0:
        end = text.find("-->", begin + 4)
        if end < 0:  # none of those that follow is closed either
            return
        start = end + 3
        yield Span(begin, start)


def _between(taken: list[Span], start: int, stop: int) -> Iterator[Span]:
    """What of `[start, stop)` is not taken."""
    for span in taken:
        if span.start > start:
            yield Span(start, span.start)
        start = max(start, span.stop)
    if start < stop:
        yield Span(start, stop)


class _Lines:
    """What stands at the beginning of lines. Keeps the state from one line to the next."""

    def __init__(self) -> None:
        self.code: list[Span] = []
        """Fenced blocks with their fences: their inside is plain text."""
        self._fence = ""
        self._opened = 0
        self._countable = True
        """Whether a number here may begin a list item, and is not the end of a wrapped sentence."""

    def spans(self, text: str, start: int) -> Iterator[Span]:
        for line in _LINE.finditer(text, start):
            yield from self._line(line[0], line.start())
        if self._fence:
            self.code.append(Span(self._opened, len(text)))

    def _line(self, line: str, at: int) -> Iterator[Span]:
        if self._fenced(line, at) or (not self._fence and _DEFINITION.match(line) and not _NOTE.match(line)):
            yield Span(at, at + len(line))
        elif not self._fence:
            yield from self._marks(line, at)

    def _fenced(self, line: str, at: int) -> bool:
        """Whether the line opens or closes a fenced block."""
        fence = _FENCE.match(line)
        if not fence:
            return False
        if not self._fence:
            self._fence, self._opened = fence[1], at
            return True
        closes = fence[1].startswith(self._fence) and not line[fence.end() :].strip()
        if closes:
            self._fence = ""
            self.code.append(Span(self._opened, at + len(line)))
        return closes

    def _marks(self, line: str, at: int) -> Iterator[Span]:
        position = 0
        if quotes := _QUOTES.match(line):
            position = quotes.end()
            yield Span(at, at + position)
        mark = _HEADING.match(line, position) or _BULLET.match(line, position) or _NOTE.match(line, position)
        mark = mark or self._number(line, position)
        if mark:
            yield Span(at + mark.start(), at + mark.end())
        elif line.isspace() or not line:
            self._countable = True
        elif not line[0].isspace():
            self._countable = False

    def _number(self, line: str, position: int) -> re.Match[str] | None:
        """The number of a list item: after an empty line, after another, or a 1 (as CommonMark has it)."""
        mark = _NUMBER.match(line, position)
        if mark and (self._countable or mark[1] == "1"):
            self._countable = True
            return mark
        return None
