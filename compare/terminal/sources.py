"""The sources of one text, for the terminal and as JSON. Pure: values in, text out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from compare.formats.places import counts, place
from compare.formats.sentences import STARTS, both_directions, clipped, safe
from compare.jobs.query import other
from compare.model import UNSEEN
from compare.report.record import decoding_record, pair_record
from compare.terminal.passages import Paint
from compare.text.tokens import tokenize
from compare.version import __version__
from compare.wording.escape import valid
from compare.wording.explain import plural
from compare.wording.words import kind_and_marks, left_out_lines, longest, read_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.jobs.query import Queried
    from compare.model import Comparison, Document, Match, Span

SCHEMA = "compare-query/1"
MISSED = (*UNSEEN, "sources_not_aligned")
"""What was left out that may be a source."""
SHOWN_SOURCES = 20
SHOWN_PASSAGES = 5
_ABOUT = ("id", "path", "title", "author", "published", "source", "license", "sha256")


def queried_text(found: Queried, *, colored: bool) -> str:
    """The sources, strongest first, each with its longest passages."""
    paint = Paint(colored=colored)
    among = f"among {plural(found.total, 'document')}"
    if not found.comparisons:
        short = len(tokenize(found.document.text, found.document.muted)) < found.least
        note = f" It has fewer than {found.least} words: too few to be found by." if short else ""
        told = f"{safe(found.document.id)}: shares no passage with {_others(found)}, {among}.{note}"
        return "\n".join([told, *_read(found.document), *left_out_lines(found.left_out)])
    head = f"{safe(found.document.id)}: {plural(len(found.comparisons), 'source')} {among}."
    parts = [[paint.bold(head), *_read(found.document)]]
    shown = found.comparisons[:SHOWN_SOURCES]
    parts += [_source(count, one, found, paint) for count, one in enumerate(shown, 1)]
    left = len(found.comparisons) - len(shown)
    parts += [[f"… and {plural(left, 'more source')} (--json has all)"]] if left else []
    parts += [left_out_lines(found.left_out)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _others(found: Queried) -> str:
    """Whom it shares nothing with: where a source may have been left out, those that were looked at."""
    return "the texts that were looked at" if any(map(found.left_out.get, MISSED)) else "another text"


def _source(count: int, one: Comparison, found: Queried, paint: Paint) -> list[str]:
    source = found.sources[other(one, found.document.id)]
    told = one if one.a == found.document.id else _turned(one)
    about = ", ".join(safe(part) for part in (source.title, source.author, source.published) if part)
    run = longest(one)
    shares = both_directions(told, "this", safe(source.id)) + (f"; longest: {run}" if run else "")
    matches = sorted(filter(counts, one.matches), key=lambda match: match.a.start - match.a.stop)
    more = len(matches) - SHOWN_PASSAGES
    return [
        f"{count}  {paint.bold(one.verdict.value)}  {safe(source.id)}" + (f"  ({about})" if about else ""),
        f"   {shares}",
        *(f"   {line}" for line in _read(source)),
        *(f"   {line}" for line in _passages(matches[:SHOWN_PASSAGES], one, found)),
        *([f"   … and {plural(more, 'more passage')}"] if more > 0 else []),
    ]


def _read(document: Document) -> list[str]:
    """How a document was read, if that leaves a doubt."""
    return [read_as(document.decoding)] if document.decoding else []


def _turned(one: Comparison) -> Comparison:
    """The shares of a pair with the sides changed, so that the text asked about comes first."""
    return replace(
        one,
        reused_a=one.reused_b,
        reused_b=one.reused_a,
        containment_a=one.containment_b,
        containment_b=one.containment_a,
    )


def _passages(matches: list[Match], one: Comparison, found: Queried) -> Iterator[str]:
    """Where each passage stands in this text and in the source, and how it begins here."""
    mine_first = one.a == found.document.id
    source = found.sources[other(one, found.document.id)]
    for match in matches:
        here, there = (match.a, match.b) if mine_first else (match.b, match.a)
        begins = safe(clipped(" ".join(found.document.text[slice(*here)].split()), STARTS))
        yield f"{_at(found.document, here)} ↔ {_at(source, there)}  {kind_and_marks(match)}: “{begins}”"


def _at(document: Document, span: Span) -> str:
    return safe(place(document, span).shown)


def queried_json(found: Queried) -> str:
    """The same with every number: floats to 6 places, spans in code points of the unaltered texts."""
    record = {
        "schema": SCHEMA,
        "tool": {"name": "compare", "version": __version__},
        "document": valid(found.document.id),
        **decoding_record(found.document),
        "compared": found.total,
        "sources": [_record(one, found) for one in found.comparisons],
        "dropped": {cap: int(found.left_out[cap]) for cap in sorted(found.left_out)},
    }
    return msgspec.json.format(msgspec.json.encode(record), indent=1).decode() + "\n"


def _record(one: Comparison, found: Queried) -> dict[str, object]:
    source = found.sources[other(one, found.document.id)]
    about: dict[str, object] = {name: valid(getattr(source, name)) for name in _ABOUT}
    return {"source": about | decoding_record(source), "pair": pair_record(one)}
