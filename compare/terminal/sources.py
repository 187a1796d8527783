"""The sources of one text, for the terminal and as JSON. Pure: values in, text out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from compare.changes.listed import changes_of
from compare.formats.places import place
from compare.formats.sentences import STARTS, both_directions, clipped
from compare.model import UNSEEN
from compare.report.record import decoding_record, pair_record
from compare.terminal.passages import Paint
from compare.text.tokens import tokens_of
from compare.version import __version__
from compare.wording.escape import log_safe, valid
from compare.wording.explain import plural
from compare.wording.words import how_read, kind_and_marks, left_out_lines, longest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.model import Comparison, Document, Match, Queried, Span

SCHEMA = "compare-query/2"
MISSED = (*UNSEEN, "sources_not_aligned")
"""What was left out that may be a source."""
SHOWN_SOURCES = 20
SHOWN_PASSAGES = 5
_ABOUT = ("id", "path", "title", "author", "published", "source", "license", "sha256")


def queried_text(queried: Queried, *, colored: bool) -> str:
    """The sources, strongest first, each with its longest passages."""
    paint = Paint(colored=colored)
    among = f"among {plural(queried.total, 'document')}"
    if not queried.comparisons:
        short = len(tokens_of(queried.document)) < queried.least
        note = f" It has fewer than {queried.least} words: too few to be found by." if short else ""
        nothing = f"{log_safe(queried.document.id)}: no source was found{_looked_at(queried)}, {among}.{note}"
        return "\n".join([nothing, *_read(queried.document), *left_out_lines(queried.left_out)])
    head = f"{log_safe(queried.document.id)}: {plural(len(queried.comparisons), 'source')} {among}."
    parts = [[paint.bold(head), *_read(queried.document)]]
    shown = queried.comparisons[:SHOWN_SOURCES]
    parts += [_source(count, comparison, queried, paint) for count, comparison in enumerate(shown, 1)]
    left = len(queried.comparisons) - len(shown)
    parts += [[f"… and {plural(left, 'more source')} (--json has all)"]] if left else []
    parts += [left_out_lines(queried.left_out)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _looked_at(queried: Queried) -> str:
    """Where a source may have been left out: that not all texts were looked at."""
    return " in the texts that were looked at" if any(map(queried.left_out.get, MISSED)) else ""


def _source(count: int, comparison: Comparison, queried: Queried, paint: Paint) -> list[str]:
    source = queried.sources[comparison.opposite(queried.document.id)]
    turned = comparison if comparison.a == queried.document.id else _turned(comparison)
    about = ", ".join(log_safe(part) for part in (source.title, source.author, source.published) if part)
    run = longest(comparison)
    shares = both_directions(turned, "this", log_safe(source.id)) + (f"; longest: {run}" if run else "")
    counted = [match for match in comparison.matches if match.counts]
    matches = sorted(counted, key=lambda match: match.a.start - match.a.stop)
    more = len(matches) - SHOWN_PASSAGES
    return [
        f"{count}  {paint.bold(comparison.verdict.value)}  {log_safe(source.id)}" + (f"  ({about})" if about else ""),
        f"   {shares}",
        *(f"   {line}" for line in _read(source)),
        *(f"   {line}" for line in _passages(matches[:SHOWN_PASSAGES], comparison, queried)),
        *([f"   … and {plural(more, 'more passage')}"] if more > 0 else []),
    ]


def _read(document: Document) -> list[str]:
    """How a document was read, if that is to be said."""
    return [how] if (how := how_read(document)) else []


def _turned(comparison: Comparison) -> Comparison:
    """The shares of a pair with the sides changed, so that the text asked about comes first."""
    return replace(
        comparison,
        reused_a=comparison.reused_b,
        reused_b=comparison.reused_a,
        containment_a=comparison.containment_b,
        containment_b=comparison.containment_a,
    )


def _passages(matches: list[Match], comparison: Comparison, queried: Queried) -> Iterator[str]:
    """Where each passage stands in this text and in the source, and how it begins here."""
    mine_first = comparison.a == queried.document.id
    source = queried.sources[comparison.opposite(queried.document.id)]
    for match in matches:
        in_text, in_source = (match.a, match.b) if mine_first else (match.b, match.a)
        begins = log_safe(clipped(" ".join(queried.document.text[slice(*in_text)].split()), STARTS))
        yield f"{_at(queried.document, in_text)} ↔ {_at(source, in_source)}  {kind_and_marks(match)}: “{begins}”"


def _at(document: Document, span: Span) -> str:
    return log_safe(place(document, span).shown)


def queried_json(queried: Queried) -> str:
    """The same with every number: floats to 6 places, spans in code points of the unaltered texts."""
    return msgspec.json.format(msgspec.json.encode(queried_record(queried)), indent=1).decode() + "\n"


def queried_record(queried: Queried) -> dict[str, object]:
    """The same as plain values: `compare-query/2`."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "compare", "version": __version__},
        "document": valid(queried.document.id),
        **decoding_record(queried.document),
        "compared": queried.total,
        "sources": [_record(comparison, queried) for comparison in queried.comparisons],
        "dropped": {cap: int(queried.left_out[cap]) for cap in sorted(queried.left_out)},
    }


def _record(comparison: Comparison, queried: Queried) -> dict[str, object]:
    source = queried.sources[comparison.opposite(queried.document.id)]
    about: dict[str, object] = {name: valid(getattr(source, name)) for name in _ABOUT}
    by_id = {**queried.sources, queried.document.id: queried.document}
    changes = changes_of(comparison, by_id[comparison.a], by_id[comparison.b])
    return {"source": about | decoding_record(source), "pair": pair_record(comparison, changes)}
