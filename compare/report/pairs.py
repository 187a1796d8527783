"""What is told of a pair on its pages, in an editor's words: its sentence, bars, origin and list of changes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.wording import page as sayings
from compare.wording import words
from compare.wording.changes import change_label, change_parts
from compare.wording.families import bar_line, called_in
from compare.wording.pairs import kinds_line, origin_lines, pair_line

if TYPE_CHECKING:
    from compare.families.telling import Telling
    from compare.model import Bar, Change, Comparison, Document
    from compare.wording.words import Part


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A change that matters, in words: what it is, what it was and is."""

    change: Change
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A pair in words. All are made safe."""

    names: tuple[str, str]
    """What its sides are called."""
    before: str
    """The side that was there before, or likely was: it stands on the left."""
    line: tuple[Part, ...]
    bars: tuple[Bar, Bar]
    """The words of a and of b by what they are of the other's."""
    bar_lines: tuple[str, str]
    facts: tuple[tuple[Part, ...], ...]
    """How many passages, how long, how far apart, who was first, from whom."""
    changes: tuple[ListedChange, ...]


def told(comparison: Comparison, telling: Telling) -> Told:
    """What is told of a pair of a report."""
    sides = telling.documents[comparison.a], telling.documents[comparison.b]
    called, order, bars = called_in(sides, telling.titles), telling.order(comparison), telling.bars(comparison)
    names = called[comparison.a], called[comparison.b]
    return Told(
        names=names,
        before=order.before,
        line=pair_line(comparison, names, bars, order),
        bars=bars,
        bar_lines=(bar_line(bars[0]), bar_line(bars[1])),
        facts=(*origin_lines(comparison.lineage, names), *_facts(comparison, sides)),
        changes=tuple(_listed(change, comparison, names) for change in telling.changes(comparison)),
    )


def _facts(comparison: Comparison, sides: tuple[Document, Document]) -> list[tuple[Part, ...]]:
    longest = words.longest(comparison)
    lines = (
        kinds_line(comparison, sayings.KIND_WORDS),
        f"Longest: {longest}" if longest else "",
        sayings.published_line(*sides),
        *words.both_report(comparison, sides[0].text),
    )
    return [(words.Part(line, is_name=False),) for line in lines if line]


def _listed(change: Change, comparison: Comparison, names: tuple[str, str]) -> ListedChange:
    first = comparison.first
    return ListedChange(change, change_label(change, first), change_parts(change, first, names))
