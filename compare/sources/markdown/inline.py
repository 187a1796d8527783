"""What in a paragraph of Markdown is syntax or an entity, as CommonMark 0.31 has them. Linear."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Meant, Span
from compare.sources.markdown.definitions import after_link, label_at, label_of
from compare.sources.markdown.emphasis import Run, paired, run_at
from compare.sources.markdown.entities import entity
from compare.sources.markdown.html import HtmlScanner, Syntax

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_TOKEN = re.compile(
    r"""
      (?P<escape>\\[!-/:-@\[-`{-~\n])
    | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});)
    | (?P<code>`++)
    | (?P<angle><)
    | (?P<note>(?:(?<=\n)|\A)\[\^[^\]\[\s]++\]: | \[\^[^\]\[\s]++\])    # a footnote's beginning, or its mark
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<emphasis>\*++|_++)
    | (?P<other>
        ~~
    )
    """,
    re.VERBOSE,
)
_RUN = re.compile("`++")
_LETTER = re.compile(r"[^\W\d_]")


class _Opener(NamedTuple):
    span: Span
    is_image: bool
    emphasis: int
    """Runs of signs before it."""


def syntax(text: str, labels: AbstractSet[str]) -> Syntax:
    """The syntax of a paragraph, where links of these labels are defined."""
    reader = _Reader(text, labels)
    at = 0
    while token := _TOKEN.search(text, at):
        at = getattr(reader, token.lastgroup or "")(token.start(), token.end())
    return Syntax(reader.muted + paired(reader.emphases), reader.meant)


@dataclass(slots=True)
class _Reader:
    """Each method handles a token and returns where to read on."""

    text: str
    labels: AbstractSet[str]
    muted: list[Span] = field(default_factory=list)
    meant: list[Meant] = field(default_factory=list)
    openers: list[_Opener] = field(default_factory=list)
    """Square brackets that may begin a link."""
    inactive: int = 0
    """So many of them stand before a link, and a link holds none."""
    nested: int = 0
    """So many of them hold another one, so that their words are no label."""
    html: HtmlScanner = field(init=False)
    runs: dict[int, list[int]] | None = None
    emphases: list[Run] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.html = HtmlScanner(self.text)

    def escape(self, start: int, stop: int) -> int:
        self.muted.append(Span(start, start + 1))
        return stop

    def entity(self, start: int, stop: int) -> int:
        self.meant += entity(self.text, start, stop)
        return stop

    def other(self, start: int, stop: int) -> int:
        self.muted.append(Span(start, stop))
        return stop

    note = other

    def emphasis(self, start: int, stop: int) -> int:
        self.emphases.append(run_at(self.text, start, stop))
        return stop

    def code(self, start: int, stop: int) -> int:
        """What marks of code hold is text as it stands; a mark that is alone is a sign."""
        ends = self._runs_of(stop - start)
        place = bisect_left(ends, stop)
        if place == len(ends):
            return stop
        self.muted += [Span(start, stop), Span(ends[place], ends[place] + stop - start)]
        return ends[place] + stop - start

    def _runs_of(self, length: int) -> list[int]:
        """Where runs of so many backticks begin."""
        if self.runs is None:
            self.runs = defaultdict(list)
            for run in _RUN.finditer(self.text):
                self.runs[len(run[0])].append(run.start())
        return self.runs.get(length, [])

    def angle(self, start: int, stop: int) -> int:
        raw = self.html.address(start) or self.html.markup(start)
        if not raw:
            return stop
        self.muted += raw.muted
        self.meant += raw.meant
        return raw.stop

    def open(self, start: int, stop: int) -> int:
        self.nested = len(self.openers)
        self.openers.append(_Opener(Span(start, stop), stop - start > 1, len(self.emphases)))
        return stop

    def close(self, start: int, stop: int) -> int:
        """The end of a link, if it is one."""
        if not self.openers:
            return stop
        opener, place = self.openers.pop(), len(self.openers)
        end = self._link_end(opener, start, place) if opener.is_image or place >= self.inactive else -1
        self.inactive = min(self.inactive, place)
        self.nested = min(self.nested, place)
        if end < 0:
            return stop
        self.muted += [opener.span, Span(start, end), *paired(self.emphases[opener.emphasis :])]
        del self.emphases[opener.emphasis :]
        if opener.is_image or not _LETTER.search(self.text, opener.span.stop, start):
            self.meant += [Meant(*opener.span, " "), Meant(start, end, " ")]  # a picture, the number of a footnote
        if not opener.is_image:
            self.inactive = place
        return end

    def _link_end(self, opener: _Opener, close: int, place: int) -> int:
        """Where a link ends whose words end at `close`; −1 if it is none."""
        end = after_link(self.text, close + 1)
        if end >= 0:
            return end
        label, end = label_at(self.text, close + 1)
        if not label and place >= self.nested:
            label = label_of(self.text, Span(opener.span.stop, close))
        end = end if end >= 0 else close + 1
        return end if label in self.labels and label else -1
