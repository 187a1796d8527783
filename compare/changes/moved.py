"""Passages that stand in another place than on the other side, where it is sure which way they went."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.model import Change, ChangeKind, Kind, Mark, Move, Span
from compare.text.numbering import numbered
from compare.text.sentences import sentences
from compare.text.tokens import body, clean
from compare.wording.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.model import Comparison, Document, Match

_LEAST = 8
"""Words from which a passage is told: a shorter run may stand anywhere."""
_BEGINS = 60
"""Characters of its beginning that are told."""
_KEPT = {Kind.VERBATIM, Kind.EDITED}


class _Place(NamedTuple):
    """Where something stands in a and in b."""

    a: Span
    b: Span


class _Moved(NamedTuple):
    number: int
    place: _Place
    way: Move


def moved_in(comparison: Comparison, a: Document, b: Document) -> Iterator[Change]:
    """The passages of a pair that moved, whole or within another one, by their numbers.

    Only of copied words that count as reuse, and past such: a quotation that both print, a notice and a passage in
    other words may stand anywhere, and so may what both have of a speech or a statement.
    """
    if not comparison.verdict.is_reuse or (comparison.relation and comparison.relation.is_of_a_third):
        return
    found = [*_moved(numbered(comparison.matches))]
    if found:
        texts = body(a), body(b)
        yield from (_change(one, texts) for one in found)


def _moved(matches: Sequence[Match]) -> Iterator[_Moved]:
    counted = [(number, match) for number, match in enumerate(matches, 1) if match.counts and match.kind in _KEPT]
    stay = [_Place(match.a, match.b) for _, match in counted if Mark.MOVED not in match.marks]
    for number, match in counted:
        if Mark.MOVED in match.marks and match.words >= _LEAST:
            yield from _told(number, match, stay)
        steps = [_Place(step.a, step.b) for step in match.operations if step.kind == "equal"]
        for part in match.inside:
            if part.kind in _KEPT and part.words >= _LEAST:
                yield from _told(number, part, steps)


def _told(number: int, match: Match, stay: Sequence[_Place]) -> Iterator[_Moved]:
    place = _Place(match.a, match.b)
    ways = {way for other in stay if (way := _way(place, other))}
    if len(ways) == 1:
        yield _Moved(number, place, ways.pop())


def _way(place: _Place, other: _Place) -> Move | None:
    """Past which side of another one it went, if past any."""
    if other.a.stop <= place.a.start and place.b.stop <= other.b.start:
        return Move.UP
    return Move.DOWN if place.a.stop <= other.a.start and other.b.stop <= place.b.start else None


def _change(moved: _Moved, texts: tuple[str, str]) -> Change:
    a, b = (_begin(text, span) for text, span in zip(texts, moved.place, strict=True))
    firsts = [_first_sentence(text, span) for text, span in zip(texts, moved.place, strict=True)]
    return Change(ChangeKind.MOVED, moved.way.value, a, b, *moved.place, firsts[0], firsts[1], moved.number)


def _begin(text: str, span: Span) -> str:
    """The first words of a passage, in one line."""
    words = one_line(clean(text[slice(*span)]))
    return words if len(words) <= _BEGINS else words[:_BEGINS].rsplit(" ", 1)[0] + " …"


def _first_sentence(text: str, span: Span) -> Span:
    """The first sentence of a passage."""
    first = next(iter(sentences(text[slice(*span)])), Span(0, span.stop - span.start))
    return Span(span.start + first.start, span.start + first.stop)
