"""The tables of a pack as CSV that no spreadsheet calculates. The sides of a pair are those of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.evidence.exhibits import STRIPES
from compare.vocabulary import COUNTS, SHARES
from compare.wording.csv import csv_lines, inert
from compare.wording.evidence import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compare.evidence.exhibits import FamilyExhibit, PairExhibit, Source, ToldChange, VersionExhibit
    from compare.evidence.joined import Passage

_SIDES = ("document_a", "start_a", "stop_a", "text_a", "document_b", "start_b", "stop_b", "text_b")
_FIELDS = (
    "id", "title", "title_from", "source", "author", "author_from", "published", "published_from", "url",
    "language", "words", "sha256",
)  # fmt: skip
COLUMNS = {
    "documents.csv": ("document", "file", *_FIELDS, "agencies"),
    "families.csv": ("family", "page", "document", "nearest", "pair", "words", *STRIPES, "sentence"),
    "pairs.csv": ("pair", "page", "document_a", "document_b", "verdict", "first", "first_why", "relation",
                  "relation_evidence", "accepted", *SHARES, *COUNTS),
    "passages.csv": ("pair", "passage", "kind", "kind_in_words", "marks", "similarity", "words_a", "words_b", *_SIDES),
    "changes.csv": ("pair", "change", "kind", "what", "in_words", "a", "b", "passage", *_SIDES),
}  # fmt: skip
"""The header of each table. `start` and `stop` count code points of the text's file."""


def tables(
    sources: Iterable[Source], families: Iterable[FamilyExhibit], pairs: Sequence[PairExhibit]
) -> dict[str, bytes]:
    """All of them by their names."""
    rows: dict[str, Iterable[Iterable[object]]] = {
        "documents.csv": map(_document, sources),
        "families.csv": (_version(family, version) for family in families for version in family.versions),
        "pairs.csv": map(_pair, pairs),
        "passages.csv": (_passage(pair, passage) for pair in pairs for passage in pair.entry.passages),
        "changes.csv": (_change(pair, change) for pair in pairs for change in pair.changes),
    }
    return {name: "".join(csv_lines(COLUMNS[name], map(_cells, lines))).encode() for name, lines in rows.items()}


def _cells(row: Iterable[object]) -> tuple[str, ...]:
    return tuple(inert(cell) if isinstance(cell, str) else str(cell) for cell in row)


def _document(source: Source) -> Iterator[object]:
    recorded = source.entry.recorded
    yield from (source.number, source.file)
    yield from (getattr(recorded, name) for name in _FIELDS)
    yield "; ".join(recorded.agencies)


def _version(family: FamilyExhibit, version: VersionExhibit) -> Iterator[object]:
    yield from (family.number, family.shown.key, version.source.number)
    yield from (version.nearest.number if version.nearest else "", version.pair or "", *version.shown.bar)
    yield "".join(text for text, _ in version.shown.sentence)


def _pair(pair: PairExhibit) -> Iterator[object]:
    recorded = pair.entry.recorded
    yield from (pair.number, pair.entry.key, pair.a.number, pair.b.number, recorded.verdict.value)
    yield from (recorded.first, recorded.first_why, recorded.relation.value if recorded.relation else "")
    yield "; ".join(recorded.relation_evidence)
    yield pair.entry.shown.judged.state if pair.entry.shown.judged else ""
    yield from pair.entry.numbers.values()


def _passage(pair: PairExhibit, passage: Passage) -> Iterator[object]:
    shown = passage.shown
    yield from (pair.number, passage.number, shown.kind.value, KINDS[shown.kind])
    yield ", ".join(mark.value for mark in shown.marks)
    yield from (passage.recorded.similarity, *shown.words)
    yield from _sides(pair, passage.recorded.a.span, passage.recorded.b.span)


def _change(pair: PairExhibit, told: ToldChange) -> Iterator[object]:
    change = told.change
    yield from (pair.number, told.number, change.kind.value, change.what)
    yield f"{told.label}: {''.join(part.text for part in told.parts)}"
    yield from (change.a, change.b, change.passage or "")
    yield from _sides(pair, change.sentence_a.span, change.sentence_b.span)


def _sides(pair: PairExhibit, a: tuple[int, int], b: tuple[int, int]) -> Iterator[object]:
    """Where something stands on both sides, with its text."""
    for source, span in ((pair.a, a), (pair.b, b)):
        yield from (source.number, *span, source.entry.shown.text[slice(*span)])
