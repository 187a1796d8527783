"""Which quotations of two texts correspond, by the operations of a match, and what stands for one without marks there.

Both sides are asked alike: the same pairs come out for (b, a), with the sides exchanged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Span
from compare.quotations.marks import SIGNS
from compare.quotations.side import gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.model import Operation
    from compare.quotations.side import Side

_OUTSIDE = 0.2  # share of a quotation's words that may stand in marks where it is said to have none
_ALIKE = 0.6  # share of the longer one's words that are equal
_EDGE = 4  # words at the end of a quotation that may be others
LEAST = 3
"""Words that may be a quotation."""


class Part(NamedTuple):
    """A quotation, or what of it stands in a match."""

    number: int
    """Its place among the quotations of the text; -1 where the text has no marks there."""
    tokens: Span

    @property
    def size(self) -> int:
        """Its tokens."""
        return self.tokens.stop - self.tokens.start


class Pair(NamedTuple):
    """Corresponding words that are a quotation on one side at least."""

    a: Part
    b: Part

    def turned(self) -> Pair:
        """The same seen from b."""
        return Pair(self.b, self.a)


class _Kept(NamedTuple):
    """Tokens of a that an equal step keeps, and how much further on they stand in b."""

    tokens: Span
    shift: int


def pairs(steps: Sequence[Operation], a: Side, b: Side, least: int) -> list[Pair]:
    """The quotations of which words stand in a match. Two of them are one where `least` words are equal, or all."""
    parts_a = _parts(a, Span(steps[0].tokens_a.start, steps[-1].tokens_a.stop))
    parts_b = _parts(b, Span(steps[0].tokens_b.start, steps[-1].tokens_b.stop))
    if not parts_a and not parts_b:
        return []
    turned = [step.exchanged() for step in steps] if parts_b else []
    alone_a = (_alone(_kept(steps, part.tokens), part, (a, b)) for part in parts_a)
    alone_b = (_alone(_kept(turned, part.tokens), part, (b, a)) for part in parts_b)
    return [
        *(_outgrown(pair, steps, (a, b)) for pair in _both(steps, parts_a, parts_b, least)),
        *(pair for pair in alone_a if pair),
        *(pair.turned() for pair in alone_b if pair),
    ]


def kept_share(pair: Pair, steps: Sequence[Operation]) -> float:
    """Share of the words of the longer side that are equal on both, in [0, 1]."""
    return _sum(_kept(steps, pair.a.tokens)) / max(pair.a.size, pair.b.size)


def cut(span: Span, within: Span) -> Span:
    """What of a span stands within another; ends before it starts where nothing does."""
    return Span(max(span.start, within.start), min(span.stop, within.stop))


def steps_in(steps: Sequence[Operation], tokens: Span) -> Sequence[Operation]:
    """The steps that touch a range of a's tokens, those that put words in at its ends among them."""
    first = bisect_left(steps, tokens.start, key=lambda step: step.tokens_a.stop)
    return steps[first : bisect_right(steps, tokens.stop, key=lambda step: step.tokens_a.start)]


def _parts(side: Side, within: Span) -> list[Part]:
    """The quotations of which tokens stand in a range, cut to it."""
    first = bisect_right(side.quotation_tokens, within.start, key=lambda tokens: tokens.stop)
    stop = bisect_left(side.quotation_tokens, within.stop, key=lambda tokens: tokens.start)
    return [Part(number, cut(side.quotation_tokens[number], within)) for number in range(first, stop)]


def _kept(steps: Sequence[Operation], tokens: Span) -> list[_Kept]:
    """What the equal steps keep of a range of a's tokens."""
    kept = [
        _Kept(cut(step.tokens_a, tokens), step.tokens_b.start - step.tokens_a.start)
        for step in steps_in(steps, tokens)
        if step.kind == "equal"
    ]
    return [piece for piece in kept if piece.tokens.start < piece.tokens.stop]


def _sum(kept: Sequence[_Kept]) -> int:
    return sum(piece.tokens.stop - piece.tokens.start for piece in kept)


def _both(steps: Sequence[Operation], parts_a: Sequence[Part], parts_b: Sequence[Part], least: int) -> Iterator[Pair]:
    """Where a quotation of a and one of b share words: what of each corresponds to the other."""
    for whole in parts_a:
        kept = _kept(steps, whole.tokens)
        if not kept:
            continue
        first = bisect_right(parts_b, kept[0].tokens.start + kept[0].shift, key=lambda part: part.tokens.stop)
        stop = bisect_left(parts_b, kept[-1].tokens.stop + kept[-1].shift, key=lambda part: part.tokens.start)
        for part in parts_b[first:stop]:
            inside = [_Kept(_shared(piece, part.tokens), piece.shift) for piece in kept]
            inside = [piece for piece in inside if piece.tokens.start < piece.tokens.stop]
            pair = _grown(whole, part, inside) if inside else None
            if pair and _sum(inside) >= max(min(least, whole.size, part.size), _ALIKE * max(pair.a.size, pair.b.size)):
                yield _edged(pair, steps, whole, part)


def _shared(kept: _Kept, in_b: Span) -> Span:
    """Those of the kept tokens that stand in a range of b."""
    return cut(kept.tokens, Span(in_b.start - kept.shift, in_b.stop - kept.shift))


def _grown(whole: Part, part: Part, kept: Sequence[_Kept]) -> Pair:
    """From the first to the last word that both share."""
    first, last = kept[0], kept[-1]
    return Pair(
        Part(whole.number, Span(first.tokens.start, last.tokens.stop)),
        Part(part.number, Span(first.tokens.start + first.shift, last.tokens.stop + last.shift)),
    )


def _edged(pair: Pair, steps: Sequence[Operation], whole: Part, part: Part) -> Pair:
    """The pair with the few words at its ends that are others on the other side, inside the marks of both."""
    (start_a, stop_a), (start_b, stop_b) = pair.a.tokens, pair.b.tokens
    for step in steps_in(steps, pair.a.tokens):
        in_a, in_b = cut(step.tokens_a, whole.tokens), cut(step.tokens_b, part.tokens)
        if step.kind != "replace" or not _few(in_a.stop - in_a.start, in_b.stop - in_b.start):
            continue
        if in_a.stop == start_a and in_b.stop == start_b:
            start_a, start_b = in_a.start, in_b.start
        if in_a.start == stop_a and in_b.start == stop_b:
            stop_a, stop_b = in_a.stop, in_b.stop
    return Pair(Part(whole.number, Span(start_a, stop_a)), Part(part.number, Span(start_b, stop_b)))


def _outgrown(pair: Pair, steps: Sequence[Operation], sides: tuple[Side, Side]) -> Pair:
    """The pair with the few words of both quotations that stand before the match or behind it."""
    (start_a, stop_a), (start_b, stop_b) = (
        side.quotation_tokens[part.number] for side, part in zip(sides, pair, strict=True)
    )
    begin, end = steps[0], steps[-1]
    a, b = pair.a.tokens, pair.b.tokens
    begins = (a.start, b.start) == (begin.tokens_a.start, begin.tokens_b.start)
    ends = (a.stop, b.stop) == (end.tokens_a.stop, end.tokens_b.stop)
    if begins and _few(a.start - start_a, b.start - start_b):
        a, b = Span(start_a, a.stop), Span(start_b, b.stop)
    if ends and _few(stop_a - a.stop, stop_b - b.stop):
        a, b = Span(a.start, stop_a), Span(b.start, stop_b)
    return Pair(Part(pair.a.number, a), Part(pair.b.number, b))


def _few(*sizes: int) -> bool:
    return all(0 < size <= _EDGE for size in sizes)


def _alone(kept: Sequence[_Kept], part: Part, sides: tuple[Side, Side]) -> Pair | None:
    """A quotation of the first text whose words stand outside marks in the second, with these; else None."""
    size = _sum(kept)
    if size < max(LEAST, _ALIKE * part.size):
        return None
    marked = sum(_marked(sides, piece) for piece in kept)
    pair = _grown(part, Part(-1, part.tokens), kept)
    return None if marked > _OUTSIDE * size or size < _ALIKE * pair.b.size else pair


def _marked(sides: tuple[Side, Side], kept: _Kept) -> int:
    """How many of these tokens stand in marks in the second text, but for those in inner marks in the first as well."""
    quoting, prose = sides
    within = Span(kept.tokens.start + kept.shift, kept.tokens.stop + kept.shift)
    count = 0
    for part in _parts(prose, within):
        inner = part.tokens.start > within.start and part.tokens == prose.quotation_tokens[part.number]
        before = gap(quoting, Span(part.tokens.start - kept.shift, part.tokens.start - kept.shift))
        count += 0 if inner and before[-1:] in SIGNS else part.size
    return count
