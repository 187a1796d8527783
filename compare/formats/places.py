"""Where the passages of a finding stand: files, lines and columns in the unaltered text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from compare.sources.named import is_row
from compare.text.tokens import body
from compare.wording.words import changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.model import Checked, Document, Finding, Match, Span
    from compare.wording.words import ChangedFact


class Region(NamedTuple):
    """Lines and columns of a span, from 1 and in code points. A line ends with a line feed; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A file, or a passage in it. Of a row of a table there is no region: its text is not the file's."""

    path: str
    row: str = ""
    """`#id` or `:line` of a table's row."""
    region: Region | None = None

    @property
    def shown(self) -> str:
        """What an editor opens with a click: `path:line`. Not escaped."""
        if self.region:
            return f"{self.path}:{self.region.line}"
        return self.path + self.row


@dataclass(frozen=True, slots=True)
class PlacedMatch:
    """A match that counts as reuse, as the outputs name it."""

    match: Match
    a: Place
    b: Place
    words: int
    """`Match.words`."""
    starts: str
    """The first words on a's side, in one line. Not escaped."""
    changes: tuple[ChangedFact, ...]
    """The facts that differ; these are escaped."""


def region_of(text: str, span: Span) -> Region:
    r"""Where a span of a text stands.

    >>> from compare.model import Span
    >>> region_of("one\ntwo three", Span(8, 13))
    Region(line=2, column=5, end_line=2, end_column=10)
    """
    last = max(span.start, span.stop - 1)
    column = span.start - text.rfind("\n", 0, span.start)
    end_column = last - text.rfind("\n", 0, last) + (span.stop > span.start)
    return Region(text.count("\n", 0, span.start) + 1, column, text.count("\n", 0, last) + 1, end_column)


def place(document: Document, span: Span | None = None) -> Place:
    """Where a document stands, or a span of it."""
    path = document.path or document.id
    if is_row(document):
        return Place(path, document.id.removeprefix(path))
    return Place(path, region=region_of(document.text, span) if span else None)


def passages(finding: Finding, checked: Checked) -> list[PlacedMatch]:
    """The matches of a finding that count as reuse, by their place in a."""
    a, b = (checked.documents[name] for name in (finding.comparison.a, finding.comparison.b))
    matches = sorted(reused(finding), key=lambda match: (match.a, match.b))
    return [_passage(match, (a, b), finding.comparison.first) for match in matches]


def reused(finding: Finding) -> list[Match]:
    """The matches of a finding that count as reuse, as they come."""
    return [match for match in finding.comparison.matches if match.counts]


def strongest(found: Sequence[PlacedMatch], count: int) -> list[PlacedMatch]:
    """The passages with the most words, in the order of the text."""
    chosen = nlargest(count, range(len(found)), key=lambda at: (found[at].words, -at))
    return [found[at] for at in sorted(chosen)]


def sides(finding: Finding, checked: Checked) -> tuple[Place, Place]:
    """Where a reader should look first: the longest passage, or both documents if there is none."""
    if found := strongest(passages(finding, checked), 1):
        return found[0].a, found[0].b
    return place(checked.documents[finding.comparison.a]), place(checked.documents[finding.comparison.b])


def where(finding: Finding, checked: Checked) -> tuple[Place, Place]:
    """The same, the document that was checked first: where an annotation belongs."""
    a, b = sides(finding, checked)
    return (b, a) if finding.about_b else (a, b)


def _passage(match: Match, sides: tuple[Document, Document], first: str) -> PlacedMatch:
    a, b = sides
    told = changes(match, body(a), body(b)) if match.drifts or match.quotations else ()
    return PlacedMatch(
        match,
        place(a, match.a),
        place(b, match.b),
        match.words,
        " ".join(a.text[slice(*match.a)].split()),
        tuple(change.ordered(first, ("a", "b")) for change in told),
    )
