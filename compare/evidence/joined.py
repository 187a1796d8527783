"""The page's data and `report.json` as one, checked against each other: what is said, beside the exact numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.evidence.stored import ForeignError, Sides, decoded, numbers
from compare.evidence.stored import RecordedPair as Recorded
from compare.model import Match, Operation, Span
from compare.text.coverage import counting
from compare.text.signs import with_signs
from compare.vocabulary import COUNTS, SHARES
from compare.wording.escape import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.evidence.stored import (
        Pair,
        RecordedDocument,
        RecordedMatch,
        RecordedReport,
        ShownDocument,
        ShownFamily,
        ShownMatch,
        ShownPair,
        ShownReport,
    )
    from compare.model import Kind

_STEP = Operation("equal", *[Span(0, 0)] * 4)
APART = "index.html and report.json are of two runs: run `compare run` again"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a report."""

    shown: ShownDocument
    recorded: RecordedDocument


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a pair, with its number on the report's pages."""

    number: int
    shown: ShownMatch
    recorded: RecordedMatch

    @property
    def counts(self) -> bool:
        """Whether it counts as reuse, by the rule of all outputs."""
        shown = self.shown
        steps = (_STEP,) if shown.ops else ()
        (match,) = counting([Match(Span(*shown.a), Span(*shown.b), shown.kind, 0, shown.marks, steps)])
        return match.counts


@dataclass(frozen=True, slots=True)
class PairEntry:
    """A pair of a report, its sides as the report has them."""

    key: str
    """The stem of its page."""
    a: Entry
    b: Entry
    recorded: Recorded
    shown: ShownPair
    passages: tuple[Passage, ...]
    numbers: dict[str, float]


@dataclass(frozen=True, slots=True)
class Joined:
    """A report whose two files belong together. A pair is known by the numbers of its documents."""

    shown: ShownReport
    recorded: RecordedReport
    documents: tuple[Entry, ...]
    keys: dict[str, ShownPair]
    """The pairs that the page shows, by the stems of their pages."""
    families: dict[str, ShownFamily]
    """Likewise the families."""
    places: dict[tuple[str, str], int]
    """Where each pair stands in `report.json`, by the ids as the page has them."""

    def pair(self, key: str) -> PairEntry:
        """A pair with all that is known of it.

        Raises:
            KeyError: there is none of that key.
            InputError: the two files do not agree on it.
        """
        shown = self.keys[key]
        a, b = (self.documents[place] for place in (shown.a, shown.b))
        raw = self.recorded.pairs[self.places[a.shown.id, b.shown.id]]
        recorded = decoded(bytes(raw), Recorded, "report.json")
        texts = a.shown.text, b.shown.text
        _check_spans(shown, recorded, texts)
        passages = tuple(_passages(shown, recorded, texts))
        return PairEntry(key, a, b, recorded, shown, passages, numbers(raw, (*SHARES, *COUNTS)))


def joined(shown: ShownReport, recorded: RecordedReport) -> Joined:
    """Both files as one report. Linear. Raises InputError where they are of different runs."""
    recorded_of = {safe(document.id): document for document in recorded.documents}
    if [recorded_of[one.id].sha256 if one.id in recorded_of else "-" for one in shown.documents] != [
        one.sha256 for one in shown.documents
    ] or not len(recorded_of) == len(recorded.documents) == len(shown.documents):
        raise InputError(APART)
    documents = tuple(Entry(one, recorded_of[one.id]) for one in shown.documents)
    sides = (decoded(bytes(raw), Sides, "report.json") for raw in recorded.pairs)
    places = {(safe(pair.a), safe(pair.b)): place for place, pair in enumerate(sides)}
    keys = {pair.page.removesuffix(".html"): pair for pair in shown.pairs}
    if any((documents[pair.a].shown.id, documents[pair.b].shown.id) not in places for pair in shown.pairs):
        raise InputError(APART)
    families = {family.key: family for family in shown.families}
    if _figures_shown(shown) != _figures_recorded(recorded):
        raise InputError(APART)
    return Joined(shown, recorded, documents, keys, families, places)


def _figures_shown(shown: ShownReport) -> dict[str, list[tuple[str, list[int]]]]:
    """The versions of each family with their figures, as the page has them."""
    return {
        family.key: [(shown.documents[one.document].id, [*one.bar]) for one in family.versions]
        for family in shown.families
    }


def _figures_recorded(recorded: RecordedReport) -> dict[str, list[tuple[str, list[int]]]]:
    """The same as `report.json` has them."""
    return {
        family.key: [(safe(one.id), [*one.bar.values()]) for one in family.versions] for family in recorded.families
    }


def _passages(shown: ShownPair, recorded: Recorded, texts: tuple[str, str]) -> Iterable[Passage]:
    """The passages as the page numbers them. Raises InputError where `report.json` has not just these."""
    recorded_of = {_where(texts, match.a.span, match.b.span, match.kind): match for match in recorded.matches}
    if len(shown.matches) != len(recorded.matches):
        raise InputError(APART)
    for number, match in enumerate(shown.matches, start=1):
        if (where := _where(texts, match.a, match.b, match.kind)) not in recorded_of:
            raise InputError(APART)
        yield Passage(number, match, recorded_of[where])


def _where(texts: tuple[str, str], a: Pair, b: Pair, kind: Kind) -> tuple[Span, Span, Kind]:
    """What tells a passage from the others: its places, with the signs beside its words, which the page shows too."""
    return with_signs(texts[0], Span(*a)), with_signs(texts[1], Span(*b)), kind


def _check_spans(shown: ShownPair, recorded: Recorded, texts: tuple[str, str]) -> None:
    """Raises ForeignError where a place lies outside its text, or an end before its start."""
    for side, text in zip("ab", texts, strict=True):
        if not all(0 <= start <= stop <= len(text) for start, stop in _spans(shown, recorded, side)):
            raise ForeignError("index.html")


def _spans(shown: ShownPair, recorded: Recorded, side: str) -> Iterable[Pair]:
    """All places of a side."""
    at = 1 if side == "a" else 3
    for match in shown.matches:
        yield getattr(match, side)
        yield from ((int(step[at]), int(step[at + 1])) for step in match.ops)
    yield from (getattr(match, side).span for match in recorded.matches)
    for change in recorded.changes:
        yield getattr(change, f"span_{side}").span
        yield getattr(change, f"sentence_{side}").span
