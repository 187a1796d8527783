"""The report as HTML: an index and a static page for each pair.

Every page is one file: no request of any kind, no script, a policy that allows its own style by hash and nothing else.
Text from outside enters as escaped text nodes and a few checked attributes; the templates hold all the markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from compare.model import Kind, Mark, Verdict
from compare.report import segments, words
from compare.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compare.model import Comparison, Document, Match, Report

GENERATOR = f"compare {__version__}"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_HIDDEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\U000e0000-\U000e007f]"
)
_BAR = 1000
"""Width of a bar in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a stacked bar, in its own units."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as the index shows it."""

    comparison: Comparison
    documents: tuple[Document, Document]
    page: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One article as a pair page shows it."""

    side: segments.Side
    other: segments.Side
    document: Document
    name: str
    words: int
    language: str
    hidden: int
    paragraphs: tuple[segments.Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A match as the pages name it."""

    number: int
    match: Match
    words_a: int
    words_b: int
    changes: tuple[words.Changed, ...]

    @property
    def description(self) -> str:
        """Kind, likeness and marks in words."""
        likeness = f"{words.percent(self.match.similarity)} alike"
        return ", ".join([self.match.kind.value, likeness, *(words.MARK_LABELS[mark] for mark in self.match.marks)])


def pair_file_name(comparison: Comparison) -> str:
    """The name of a pair's page: a hash of both ids, so that no id can make a bad file name.

    Two pairs of a million have the same name with odds of 1 in 560.
    """
    ids = json.dumps([comparison.a, comparison.b]).encode()
    return f"pair-{hashlib.sha256(ids).hexdigest()[:12]}.html"


def pages(report: Report) -> Iterator[tuple[str, str]]:
    """Every page as file name and text, one at a time: the pairs, then the index."""
    by_id = {document.id: document for document in report.documents}
    for comparison in flagged(report):
        yield pair_file_name(comparison), _pair_page(report, comparison, by_id)
    yield "index.html", index_page(report)


def flagged(report: Report) -> list[Comparison]:
    """The pairs that have a page: all above `distinct`, strongest first as the report has them."""
    return [comparison for comparison in report.comparisons if comparison.verdict is not Verdict.DISTINCT]


def index_page(report: Report) -> str:
    """The first page: what needs a look, what repeats, what stays, and what was not read."""
    by_id = {document.id: document for document in report.documents}
    rows = [_row(comparison, by_id) for comparison in flagged(report)]
    return _render(
        "index.html",
        report=report,
        headline=words.headline(report),
        reuse=[row for row in rows if row.comparison.verdict.is_reuse],
        stories=[row for row in rows if not row.comparison.verdict.is_reuse],
        skipped=words.skipped_lines(report.skipped),
        dropped=words.dropped_lines(report.dropped),
    )


def pair_page(report: Report, comparison: Comparison) -> str:
    """One pair side by side, complete in itself: to read, mail, print and keep.

    Raises:
        KeyError: the report has not both documents.
    """
    return _pair_page(report, comparison, {document.id: document for document in report.documents})


def policy(style: str) -> str:
    """The Content-Security-Policy of a page with this style: nothing else is loaded, run or sent."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'none'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _pair_page(report: Report, comparison: Comparison, by_id: Mapping[str, Document]) -> str:
    passages = _passages(comparison, by_id[comparison.a].text, by_id[comparison.b].text)
    kinds = [kind for kind in Kind if any(match.kind is kind for match in comparison.matches)]
    marks = [mark for mark in Mark if any(mark in match.marks for match in comparison.matches)]
    return _render(
        "pair.html",
        report=report,
        comparison=comparison,
        sides=(_side(report, comparison, "a", by_id), _side(report, comparison, "b", by_id)),
        passages=passages,
        by_number={passage.number: passage for passage in passages},
        kinds=kinds,
        marks=marks,
        shingle=report.settings.get("shingle", 5),
    )


def _side(report: Report, comparison: Comparison, side: segments.Side, by_id: Mapping[str, Document]) -> SideView:
    document = by_id[comparison.a if side == "a" else comparison.b]
    return SideView(
        side=side,
        other="b" if side == "a" else "a",
        document=document,
        name=words.names(comparison)[side == "b"],
        words=report.words.get(document.id, 0),
        language=document.language if _LANGUAGE.fullmatch(document.language) else "",
        hidden=len(_HIDDEN.findall(document.text)),
        paragraphs=segments.paragraphs(document, comparison, side),
    )


def _passages(comparison: Comparison, a: str, b: str) -> list[Passage]:
    matches = segments.numbered(comparison.matches)
    return [
        Passage(number, match, *_lengths(match), tuple(words.changes(match, a, b)))
        for number, match in enumerate(matches, start=1)
    ]


def _lengths(match: Match) -> tuple[int, int]:
    """Tokens on both sides, or zeros if the match has no word operations."""
    steps = match.operations
    return (
        sum(step.tokens_a.stop - step.tokens_a.start for step in steps),
        sum(step.tokens_b.stop - step.tokens_b.start for step in steps),
    )


def _row(comparison: Comparison, by_id: Mapping[str, Document]) -> Row:
    documents = by_id[comparison.a], by_id[comparison.b]
    return Row(comparison, documents, pair_file_name(comparison), _bars(comparison, documents))


def _bars(comparison: Comparison, documents: tuple[Document, Document]) -> tuple[Bar, ...]:
    """How much of the side that is reused more is in passages of each kind."""
    side: segments.Side = "a" if comparison.reused_a >= comparison.reused_b else "b"
    shares = segments.shares(documents[side == "b"], comparison, side)
    bars, x = [], 0
    for kind, share in shares.items():
        width = round(share * _BAR)
        bars.append(Bar(kind.value, x, width))
        x += width
    return tuple(bar for bar in bars if bar.width)


def _published(document: Document) -> str:
    """A document's date and where it came from, in words."""
    if not document.published:
        return "no date"
    origin = f" (from the {document.published_from})" if document.published_from else ""
    return words.safe(document.published + origin)


def _render(template: str, **values: object) -> str:
    style = _style()
    common = {"style": Markup(style), "policy": policy(style), "generator": GENERATOR}  # noqa: S704 - our own file
    # A lone surrogate cannot be written as UTF-8; `visible` and `safe` leave none, this is for what they did not see.
    return _environment().get_template(template).render(**common, **values).encode("utf-8", "replace").decode()


@cache
def _style() -> str:
    loader = _environment().loader
    assert loader is not None  # noqa: S101 - set where the environment is made
    return "\n" + loader.get_source(_environment(), "style.css")[0]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        loader=jinja2.PackageLoader("compare.report", "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(safe_text=words.safe, visible=segments.visible, published=_published)
    environment.globals.update(words=words)
    return environment
