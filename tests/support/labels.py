"""Matches with their marks: as alignment finds them, and put where a test wants them."""

from __future__ import annotations

from compare.align.align import align
from compare.align.marks.label import marked
from compare.align.prepare import Text, prepare
from compare.model import Kind, Mark, Match, Operation, Span
from compare.settings import Settings

NOW = Settings()


def labelled(a: str, b: str) -> tuple[Match, ...]:
    left, right = prepare(a), prepare(b)
    return marked(align(left, right, NOW), left, right)


def drifted(a: str, b: str) -> list[tuple[str, str, str]]:
    """What changed, with the words of both sides; the mark stands exactly where something did."""
    found = labelled(a, b)
    assert any(match.kind.is_reuse for match in found)
    assert all((Mark.DRIFT in match.marks) is bool(match.drifts) for match in found)
    return [(one.what.value, a[slice(*one.a)], b[slice(*one.b)]) for match in found for one in match.drifts]


def placed(texts: tuple[Text, Text], a: tuple[int, int], b: tuple[int, int], kind: Kind = Kind.VERBATIM) -> Match:
    """A match of these tokens of a and of b, whatever their words are."""
    spans = [
        Span(int(text.tokens.starts[start]), int(text.tokens.stops[stop - 1]))
        for text, (start, stop) in zip(texts, (a, b), strict=True)
    ]
    step = Operation("equal", spans[0], spans[1], Span(*a), Span(*b))
    return Match(spans[0], spans[1], kind, 1.0, operations=(step,))
