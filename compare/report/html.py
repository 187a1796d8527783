"""The report as HTML: the first page, which is a program with its data, and a static page for each pair.

Every page is one file: no request of any kind, a policy that allows its own style and script by hash and nothing else.
Text from outside enters as escaped text nodes and a few checked attributes; the templates hold all the markup.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from compare.families.telling import Telling
from compare.model import Kind, Mark
from compare.report import page, segments
from compare.report.links import pair_file_name, printed
from compare.report.pairs import told
from compare.report.rendering import environment_of, part_of
from compare.sources.doubts import doubts_of
from compare.sources.named import given_name
from compare.text.tokens import body
from compare.version import __version__
from compare.wording import page as sayings
from compare.wording import words
from compare.wording.commands import accept_command
from compare.wording.escape import safe
from compare.wording.explain import explained
from compare.wording.lineage import lineage_lines
from compare.wording.pairs import head_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import jinja2

    from compare.model import Comparison, Document, Match, Report
    from compare.report.page import Live
    from compare.report.pairs import ListedChange

GENERATOR = f"compare {__version__}"
LISTED = 200
"""Stories, and inputs that were skipped, that the first page lists without its script."""
LONGEST_COMMAND = 300
"""Characters of a command that a static page gives: nobody types a longer one."""


@dataclass(frozen=True, slots=True)
class SideView:
    """One article as a pair page shows it."""

    side: segments.Side
    other: segments.Side
    document: Document
    title: str
    head: tuple[tuple[words.Part, ...], ...]
    """Outlet, date, byline and what else it says of itself."""
    words: int
    language: str
    warning: str
    paragraphs: tuple[segments.Paragraph, ...]


@dataclass(frozen=True, slots=True)
class NumberedMatch:
    """A match as the pages name it."""

    number: int
    match: Match
    words_a: int
    words_b: int
    changes: tuple[words.ChangedFact, ...]
    doubts: tuple[words.ChangedFact, ...]
    """Facts that only may differ, where they were asked for."""

    @property
    def description(self) -> str:
        """Kind, likeness, marks and changed facts in words."""
        return sayings.passage_line(self.match, self.changes)


def pages(report: Report) -> Iterator[tuple[str, str]]:
    """Every page as file name and text, one at a time: the pairs, then the index."""
    yield from pages_of(Telling(report))


def pages_of(telling: Telling) -> Iterator[tuple[str, str]]:
    """The same of a report that is told already."""
    for comparison in printed(telling):
        yield pair_file_name(comparison), _pair_page(comparison, telling)
    data = page.block_of(telling)
    for number, shard in enumerate(data.shards, start=1):
        yield page.shard_name(number), shard
    yield "index.html", _app_page(telling, data)


def pair_page(report: Report, comparison: Comparison) -> str:
    """One pair side by side, complete in itself: to read, mail, print and keep.

    Raises:
        KeyError: the report has not both documents.
    """
    return _pair_page(comparison, Telling(report))


def app_page(report: Report, live: Live | None = None) -> str:
    """The first page with all that was found: shell, styles, script and data; with `live` it can decide on pairs."""
    telling = Telling(report)
    return _app_page(telling, page.block_of(telling, live), is_live=live is not None)


def _app_page(telling: Telling, data: page.Block, *, is_live: bool = False) -> str:
    report = telling.report
    with_page = {(one.a, one.b): pair_file_name(one) for one in printed(telling)}
    stories = [(family, look) for family, look in telling.ranked if look.is_open]
    return _render(
        "app.html",
        shards=[page.shard_name(number) for number in range(1, len(data.shards) + 1)],
        style=_part("style.css") + _part("app.css") + _part("front.css") + _part("pair.css"),
        script=_script(),
        data=Markup(data.text),  # noqa: S704 - JSON without <, > and &, or base64
        encoding=data.encoding,
        is_live=is_live,
        report=report,
        headline=telling.headline(),
        stories=[telling.told(family, look) for family, look in stories[:LISTED]],
        more=max(0, len(stories) - LISTED),
        with_page=with_page,
        shown=LISTED,
        skipped=words.skipped_lines(report.skipped),
        left_out=words.left_out_lines(report.left_out),
        doubts=words.doubt_lines(doubts_of(report.documents)),
    )


def policy(style: str, script: str = "", *, shards: bool = False, is_live: bool = False) -> str:
    """The Content-Security-Policy of a page with this style and script: nothing else is loaded, run or sent.

    With `shards` the script may load others, which it takes from a list in the page; a live one may ask its server.
    """
    allowed = (_digest(script) if script else "'none'") + (" 'strict-dynamic'" if shards else "")
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {allowed}; img-src data:; "
        + ("connect-src 'self'; frame-src 'self'; " if is_live else "")
        + "base-uri 'none'; form-action 'none'"
    )


def _digest(part: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"


def _pair_page(comparison: Comparison, telling: Telling) -> str:
    report, says = telling.report, told(comparison, telling)
    a, b = (telling.documents[name] for name in (comparison.a, comparison.b))
    passages = _passages(comparison, (body(a), body(b)), says.names, all_drifts=report.all_drifts)
    kinds = [kind for kind in Kind if any(match.kind is kind for match in comparison.matches)]
    marks = [mark for mark in Mark if any(mark in match.marks for match in comparison.matches)]
    return _render(
        "pair.html",
        report=report,
        comparison=comparison,
        told=says,
        changes=[_sentences(change, (a, b)) for change in says.changes],
        sides=(_side(comparison, "a", telling), _side(comparison, "b", telling)),
        left=says.before,
        lineage=lineage_lines(comparison.lineage),
        technical=sayings.fill(
            sayings.WORDS["about"]["technical"], verdict=comparison.verdict.label, means=comparison.verdict.means
        ),
        passages=passages,
        by_number={passage.number: passage for passage in passages},
        kinds=kinds,
        marks=marks,
        scores=_scores(report, comparison),
        judged=report.judged.get((comparison.a, comparison.b)),
        why=explained(comparison).splitlines() if comparison.evidence else [],
        command=_command(report, comparison, (a, b)),
        settings=[(safe(key), sayings.setting_text(value)) for key, value in report.settings.items()],
    )


class ChangeView(NamedTuple):
    """A change that matters, with its sentence on each side; of a headline, byline or credit there is none."""

    listed: ListedChange
    a: str
    b: str


def _sentences(listed: ListedChange, sides: tuple[Document, Document]) -> ChangeView:
    spans = listed.change.sentence_a, listed.change.sentence_b
    a, b = (segments.visible(side.text[slice(*span)]) for side, span in zip(sides, spans, strict=True))
    return ChangeView(listed, a, b)


def _scores(report: Report, comparison: Comparison) -> list[tuple[str, list[str]]]:
    labels = sayings.score_labels(report.settings.get("shingle", page.SHINGLE))
    return [*zip(labels, sayings.score_rows(comparison), strict=True)]


def _command(report: Report, comparison: Comparison, sides: tuple[Document, Document]) -> str:
    """What accepts a pair that is to be looked at, if it is short; else nothing."""
    judged = report.judged.get((comparison.a, comparison.b))
    if not comparison.verdict.is_reuse or (judged and not judged.state.is_open):
        return ""
    a, b = map(given_name, sides)
    command = accept_command(a, b, report.again)
    return command if len(command) <= LONGEST_COMMAND else ""


def _side(comparison: Comparison, side: segments.Side, telling: Telling) -> SideView:
    document = telling.documents[comparison.a if side == "a" else comparison.b]
    count = telling.report.words.get(document.id, 0)
    return SideView(
        side=side,
        other="b" if side == "a" else "a",
        document=document,
        title=telling.titles[document.id],
        head=tuple(parts for _, parts in head_lines(document, count)),
        words=count,
        language=segments.language(document),
        warning=segments.warning(document),
        paragraphs=segments.paragraphs(document, comparison, side),
    )


def _passages(
    comparison: Comparison, texts: tuple[str, str], names: tuple[str, str], *, all_drifts: bool
) -> list[NumberedMatch]:
    def ordered(changes: Iterable[words.ChangedFact]) -> tuple[words.ChangedFact, ...]:
        return tuple(change.ordered(comparison.first, names) for change in changes)

    return [
        NumberedMatch(
            number, match, *_lengths(match), ordered(words.changes(match, *texts)),
            ordered(words.doubts(match, *texts)) if all_drifts else (),
        )
        for number, match in enumerate(segments.numbered(comparison.matches), start=1)
    ]  # fmt: skip


def _lengths(match: Match) -> tuple[int, int]:
    """Tokens on both sides, or zeros if the match has no word operations."""
    steps = match.operations
    return (
        sum(step.tokens_a.stop - step.tokens_a.start for step in steps),
        sum(step.tokens_b.stop - step.tokens_b.start for step in steps),
    )


def _render(template: str, *, style: str = "", script: str = "", **values: object) -> str:
    style = style or _part("style.css")
    common = {
        "style": Markup(style),  # noqa: S704 - our own files, here and below
        "script": Markup(script),  # noqa: S704
        "policy": policy(style, script, shards=bool(values.get("shards")), is_live=bool(values.get("is_live"))),
        "generator": GENERATOR,
    }
    # A lone surrogate cannot be written as UTF-8; `visible` and `safe` leave none, this is for what they did not see.
    return _environment().get_template(template).render(**common, **values).encode("utf-8", "replace").decode()


@cache
def _script() -> str:
    """The page's one module: `app/*.js` by name, then `app.js` if there is one, as they stand."""
    names = _environment().list_templates(["js"])
    return "".join(map(_part, sorted(names, key=lambda name: (name == "app.js", name))))


@cache
def _part(name: str) -> str:
    return part_of(_environment(), name)


@cache
def _environment() -> jinja2.Environment:
    environment = environment_of("compare.report")
    environment.filters.update(safe_text=safe, visible=segments.visible)
    environment.globals.update(words=words, sayings=sayings, says=sayings.WORDS)
    return environment
