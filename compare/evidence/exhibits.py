"""The exhibits of a pack: its documents with their numbers, its families, its pairs with the earlier text first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from compare.evidence.excerpts import CHANGED, Looked, Piece, differing, passage_pieces, sentence_pieces
from compare.model import Change
from compare.vocabulary import ChangeKind, Verdict
from compare.wording import evidence as sayings
from compare.wording.changes import change_label, change_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.evidence.joined import Entry, Joined, PairEntry, Passage
    from compare.evidence.stored import Bar, RecordedChange, ShownFamily, ShownVersion
    from compare.wording.words import Part

_NAME = re.compile(r"[A-Za-z0-9]+")
_LONGEST_NAME = 48
STRIPES = ("verbatim", "edited", "reworded", "aside", "new")
"""The kinds of words of a bar, behind the number of all of them."""
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the pack."""

    number: int
    entry: Entry

    @property
    def name(self) -> str:
        """What the pack calls it."""
        return sayings.document_name(self.number)

    @property
    def called(self) -> str:
        """The same with its outlet, where that is known."""
        return sayings.document_name(self.number, self.entry.recorded.source)

    @property
    def file(self) -> str:
        """Where its text stands: a number, and what of its name no system takes otherwise."""
        stem = "-".join(_NAME.findall(self.entry.shown.name.casefold()))[:_LONGEST_NAME].strip("-")
        return f"texts/{self.number:02}{f'-{stem}' if stem else ''}.txt"


def stripes_of(bar: Bar) -> tuple[tuple[str, float, float], ...]:
    """A bar as it is drawn: of each kind where it begins and how wide it is, in percent.

    >>> stripes_of((200, 150, 0, 0, 0, 50))
    (('verbatim', 0.0, 75.0), ('new', 75.0, 25.0))
    """
    words, *counts = bar
    whole = max(1, words)
    return tuple(
        (kind, round(100 * start / whole, 2), round(100 * count / whole, 2))
        for kind, start, count in zip(STRIPES, accumulate(counts, initial=0), counts, strict=False)
        if count
    )


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change that matters, with its sentence on each side, the left one first."""

    number: int
    label: str
    parts: tuple[Part, ...]
    sentences: tuple[tuple[Piece, ...], tuple[Piece, ...]]
    change: RecordedChange


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage, its left side first."""

    passage: Passage
    heading: str
    sides: tuple[tuple[Piece, ...], tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class PairExhibit:
    """A pair as the pack tells it."""

    number: int
    entry: PairEntry
    a: Source
    b: Source
    left: str
    """The side that stands on the left: the earlier one, or else that of the smaller number."""
    changes: tuple[ToldChange, ...]
    excerpts: tuple[Excerpt, ...]
    doubts: tuple[str, ...]

    @property
    def bars(self) -> tuple[tuple[Source, Bar, str], ...]:
        """What each document is made of, the left one first: its bar and the same in words."""
        shown = self.entry.shown
        a, b = ((self.a, shown.bars[0], shown.bar_lines[0]), (self.b, shown.bars[1], shown.bar_lines[1]))
        return (b, a) if self.left == "b" else (a, b)

    @property
    def sources(self) -> tuple[Source, Source]:
        """Both documents, the left one first."""
        return (self.b, self.a) if self.left == "b" else (self.a, self.b)

    @property
    def first(self) -> str:
        """Who was first and why, or why that is not known."""
        recorded = self.entry.recorded
        return sayings.first_line(recorded.first, recorded.first_why, (self.a.called, self.b.called))


@dataclass(frozen=True, slots=True)
class VersionExhibit:
    """A version of a family: its document, what it took, and the pair that shows it."""

    source: Source
    nearest: Source | None
    shown: ShownVersion
    pair: int
    """The number of its pair in the pack; 0 where it has none."""


@dataclass(frozen=True, slots=True)
class FamilyExhibit:
    """A family as the pack tells it."""

    number: int
    shown: ShownFamily
    versions: tuple[VersionExhibit, ...]
    others: tuple[str, ...]
    """The keys of its pairs that the pack does not show."""


def families_of(report: Joined, keys: Iterable[str]) -> list[tuple[ShownFamily, list[str]]]:
    """The families among what is chosen, each with the keys of the pairs that show its versions."""
    pages = list(report.keys)
    return [
        (family, list(dict.fromkeys(pages[one.pair] for one in family.versions if one.pair >= 0)))
        for key in keys
        if (family := report.families.get(key))
    ]


def family_exhibit(
    number: int, family: ShownFamily, report: Joined, pairs: Sequence[PairExhibit], sources: dict[str, Source]
) -> FamilyExhibit:
    """A family as the pack tells it, beside the pairs that are told there."""
    pages, told = list(report.keys), {pair.entry.key: pair.number for pair in pairs}
    ids = [entry.shown.id for entry in report.documents]
    versions = tuple(
        VersionExhibit(
            sources[ids[one.document]],
            sources.get(ids[one.nearest]) if one.nearest >= 0 else None,
            one,
            told[pages[one.pair]] if one.pair >= 0 else 0,
        )
        for one in family.versions
    )
    others = tuple(pages[place] for place in family.pairs if pages[place] not in told)
    return FamilyExhibit(number, family, versions, others)


def sources_of(members: Iterable[Entry], pairs: Iterable[PairEntry]) -> dict[str, Source]:
    """The members of families, then the documents of pairs, by their ids and numbered from 1: the earlier one first."""
    entries = {entry.shown.id: entry for entry in members}
    for pair in pairs:
        for entry in (pair.b, pair.a) if pair.recorded.first == "b" else (pair.a, pair.b):
            entries.setdefault(entry.shown.id, entry)
    return {name: Source(number, entry) for number, (name, entry) in enumerate(entries.items(), start=1)}


def exhibit_of(number: int, pair: PairEntry, sources: dict[str, Source]) -> PairExhibit:
    """A pair as the pack tells it."""
    a, b = sources[pair.a.shown.id], sources[pair.b.shown.id]
    left = pair.recorded.first or ("b" if b.number < a.number else "a")
    names = a.name, b.name
    return PairExhibit(
        number, pair, a, b, left,
        tuple(_told(number, change, pair, left, names) for number, change in enumerate(pair.recorded.changes, 1)),
        tuple(_excerpt(passage, pair, left) for passage in pair.passages if _is_shown(passage, pair)),
        tuple(_doubts(pair, a, b)),
    )  # fmt: skip


def _is_shown(passage: Passage, pair: PairEntry) -> bool:
    """What states the same fact is shown only where nothing else is: it does not count."""
    return passage.shown.kind.is_reuse or pair.recorded.verdict is Verdict.SAME_STORY


def _in_order(left: str, a: _Value, b: _Value) -> tuple[_Value, _Value]:
    """Values of a and of b, that of the left side first."""
    return (b, a) if left == "b" else (a, b)


def _told(number: int, change: RecordedChange, pair: PairEntry, left: str, names: tuple[str, str]) -> ToldChange:
    within = _within(change, pair)
    look = "" if change.kind in {ChangeKind.MARKS, ChangeKind.MOVED} else CHANGED
    a = sentence_pieces(pair.a.shown.text, change.sentence_a.span, Looked(change.span_a.span, within[0], look))
    b = sentence_pieces(pair.b.shown.text, change.sentence_b.span, Looked(change.span_b.span, within[1], look))
    told = Change(change.kind, change.what, change.a, change.b, swapped=change.swapped, own=change.own)
    from_left = told.exchanged() if left == "b" else told
    first = "a" if pair.recorded.first else ""  # it stands on the left
    label, parts = change_label(from_left, first), change_parts(from_left, first, _in_order(left, *names))
    return ToldChange(number, label, parts, _in_order(left, a, b), change)


def _within(change: RecordedChange, pair: PairEntry) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The words that differ around an altered quotation, which is told from the first of them to the last."""
    if change.kind is not ChangeKind.QUOTATION or not 0 < change.passage <= len(pair.passages):
        return [], []
    shown = pair.passages[change.passage - 1].shown
    return differing(shown, "a"), differing(shown, "b")


def _excerpt(passage: Passage, pair: PairEntry, left: str) -> Excerpt:
    shown = passage.shown
    heading = sayings.passage_heading(shown.kind, shown.marks, _in_order(left, *shown.words))
    return Excerpt(passage, heading, _in_order(left, *passage_pieces((pair.a.shown.text, pair.b.shown.text), shown)))


def _doubts(pair: PairEntry, a: Source, b: Source) -> list[str]:
    """What is not sure of a pair, a line each."""
    unsure = sum(len(passage.recorded.unsure) for passage in pair.passages)
    related = sum(not _is_shown(passage, pair) for passage in pair.passages)
    read = [f"{source.name}: {words}" for source in (a, b) for words in _read(source.entry) if words]
    counted = [("unsure", unsure), ("related", related)]
    return [*read, *(line for what, count in counted if (line := sayings.unseen_line(what, count)))]


def _read(entry: Entry) -> tuple[str, str]:
    return entry.shown.warning, entry.shown.read
