"""Whether the words inside a quotation were changed, and not only written otherwise or cut with a sign."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from compare.facts.agree import is_one_value
from compare.facts.read import facts
from compare.model import Operation, Span
from compare.quotations.notation import is_bracketed, is_masked, is_notation, shows_a_cut
from compare.quotations.pairs import cut, steps_in
from compare.quotations.side import gap, written
from compare.text.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.facts.values import Stated
    from compare.quotations.pairs import Pair, Part
    from compare.quotations.side import Side

_REACH = 6  # words beyond a part of a quotation that may belong to a fact in it
_MOST = 2_000  # words of a quotation whose pieces are looked for


def is_altered(pair: Pair, steps: Sequence[Operation], sides: tuple[Side, Side]) -> bool:
    """Whether words of a quotation that stands in marks on both sides are others on the other side."""
    every = (*steps_in(steps, pair.a.tokens), *_beyond(pair, steps))
    changes = [step for step in every if step.kind != "equal" and _is_changed(step, pair, sides)]
    if not changes or _are_figures(changes, pair, sides):
        return False
    return not (_is_pieced(pair, sides) or _is_pieced(pair.turned(), sides[::-1]))


def _stated(side: Side, part: Part) -> list[Stated]:
    """The facts of which words stand in a part of a quotation, whole."""
    (start, stop), (first, last) = part.tokens, side.quotation_tokens[part.number]
    around = facts(side.text, side.tokens, Span(max(first, start - _REACH), min(last, stop + _REACH)))
    return [fact for fact in around if fact.tokens.start < stop and start < fact.tokens.stop]


def _is_pieced(pair: Pair, sides: tuple[Side, Side]) -> bool:
    """Whether the first text's words are the second's with some left out, each time where a sign says so."""
    (start, stop), inside = pair.a.tokens, pair.b.tokens
    if inside.stop - inside.start > _MOST:
        return False
    cuts = [at for at in range(start + 1, stop) if shows_a_cut(gap(sides[0], Span(at, at)))]
    whole, at = sides[1].tokens.hashes[slice(*inside)].tolist(), 0
    for begin, end in pairwise([start, *cuts, stop]):
        piece = sides[0].tokens.hashes[begin:end].tolist()
        place = next((at for at in range(at, len(whole)) if whole[at : at + len(piece)] == piece), None)
        if place is None:
            return False
        at = place + len(piece)
    return bool(cuts)


def _are_figures(changes: Sequence[Operation], pair: Pair, sides: tuple[Side, Side]) -> bool:
    """Whether all changes are figures and dates that are only written otherwise: 10 percent, 10%."""
    stated = [_stated(side, part) for side, part in zip(sides, pair, strict=True)]
    if len(stated[0]) != len(stated[1]) or not all(map(is_one_value, *stated)):
        return False
    covered = [{token for fact in of_side for token in range(*fact.tokens)} for of_side in stated]
    inside = [(cut(step.tokens_a, pair.a.tokens), cut(step.tokens_b, pair.b.tokens)) for step in changes]
    return all(covered[side].issuperset(range(*spans[side])) for spans in inside for side in (0, 1))


def _beyond(pair: Pair, steps: Sequence[Operation]) -> Iterator[Operation]:
    """The words of a quotation that stand before its match or behind it, where both sides have some."""
    begin, end = steps[0], steps[-1]
    before = Span(pair.a.tokens.start, begin.tokens_a.start), Span(pair.b.tokens.start, begin.tokens_b.start)
    after = Span(end.tokens_a.stop, pair.a.tokens.stop), Span(end.tokens_b.stop, pair.b.tokens.stop)
    for a, b in (before, after):
        if a.start < a.stop and b.start < b.stop:
            yield Operation("replace", a, b, a, b)


def _is_changed(step: Operation, pair: Pair, sides: tuple[Side, Side]) -> bool:
    """Whether a step changes words of a quotation without a sign that it does."""
    inside = cut(step.tokens_a, pair.a.tokens), cut(step.tokens_b, pair.b.tokens)
    if any(span.start > span.stop for span in inside) or all(span.start == span.stop for span in inside):
        return False
    both = [written(side, span) for side, span in zip(sides, inside, strict=True)]
    gaps = [gap(side, span) for side, span in zip(sides, inside, strict=True)]
    if any(map(is_bracketed, gaps)) or is_notation(*both) or is_masked(*gaps):
        return False
    if not all(both) and any(map(_is_aside, both, gaps)):
        return False
    if inside[0].start == inside[0].stop:
        return not _is_cut(inside[1], inside[0].start, (pair.b, pair.a), sides[::-1])
    return inside[1].start < inside[1].stop or not _is_cut(inside[0], inside[1].start, (pair.a, pair.b), sides)


def _is_aside(words_of_side: Sequence[str], around: str) -> bool:
    """Whether words tell between commas who speaks, as French has it: « Cela, a dit la ministre, ne coûtera rien »."""
    around = around.strip()
    is_set_off = len(around) > 1 and around[0] == around[-1] == ","
    return is_set_off and not words("speech", "verbs").isdisjoint(word.lower() for word in words_of_side)


def _is_cut(left_out: Span, at: int, parts: tuple[Part, Part], sides: tuple[Side, Side]) -> bool:
    """Whether words of the first text that the second leaves out may be left out.

    They may at an end of the quotation, where a sign says so, and where they say again what stands beside them. Where
    the words beside them are the same, they may as well be taken a few places further on or back.
    """
    return any(_is_cut_towards(way, left_out, at, parts, sides) for way in (-1, 1))


def _is_cut_towards(way: int, left_out: Span, at: int, parts: tuple[Part, Part], sides: tuple[Side, Side]) -> bool:
    hashes, size = sides[0].tokens.hashes, left_out.stop - left_out.start
    for moved in range(size + 1):
        start, place = left_out.start + way * moved, at + way * moved
        if moved == size or not _is_within(start, size, place, parts) or shows_a_cut(gap(sides[1], Span(place, place))):
            return True
        if hashes[min(start, start + way)] != hashes[min(start, start + way) + size]:
            return False
    return True


def _is_within(start: int, size: int, place: int, parts: tuple[Part, Part]) -> bool:
    """Whether words are left out inside both quotations, and not at an end of one."""
    inside = parts[0].tokens.start < start and start + size < parts[0].tokens.stop
    return inside and parts[1].tokens.start < place < parts[1].tokens.stop
