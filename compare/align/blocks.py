"""Fragments of one block are one match: sentences that were shuffled, or that alternate with another source's.

What changed places inside is kept as matches in the match; what is no more than a few words, and stands alone, is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from compare import kernels
from compare.align.judge import ALMOST, EDITED
from compare.align.refine import Box, Step, around, changed, characters, operations
from compare.align.runs import heaviest_chain
from compare.model import Drift, Kind, Mark, Quotation, Span
from compare.text.coverage import coverage, token_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compare.align.prepare import Text
    from compare.model import Match

GAPS = 60, 15  # tokens between neighbours of a block, on either side; where those are no block, fewer
DENSE = 0.6  # share of a block's tokens, of both sides together, that its fragments hold
LONG = 30  # words of a fragment that is a paragraph by itself
LEAST = 8  # words of a match that stands alone
OVERLAP = 4  # words that two neighbours may both hold: the longer one has them
TOUCHING = 4  # words between a longer match and what was cut off from it
_NEAR = 32  # fragments behind one, of which each may be its neighbour

_Part = TypeVar("_Part", Drift, Quotation)


def in_blocks(matches: Sequence[Match], a: Text, b: Text) -> tuple[Match, ...]:
    """The matches, fragments of one block made one, without those of a few words. O(n²) in the matches, which are few.

    The same for (b, a), with the sides exchanged.
    """
    if (len(b.text), b.text) < (len(a.text), a.text):
        return _ordered(match.exchanged() for match in in_blocks([match.exchanged() for match in matches], b, a))
    fragments = [match for match in matches if _is_fragment(match)]
    every = [token_ranges(match) for match in matches if match.kind.is_reuse and match.operations]
    blocks = [block for block in _blocks(fragments, GAPS) if _is_alone(block, every)]
    taken = {id(match) for block in blocks for match in block}
    alone = [match for match in matches if id(match) not in taken]
    joined = [_block(_parted(block, a, b), a, b) for block in blocks]
    return _ordered(_long_enough(_ordered([*alone, *joined]), min(len(a.tokens), len(b.tokens))))


def _ordered(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (match.a, match.b)))


def _long_enough(matches: Sequence[Match], shorter: int) -> Iterator[Match]:
    """Those of enough words, of nearly all of the shorter text, or beside a longer one: cut off from that."""
    long = [token_ranges(match) for match in matches if match.operations and match.words >= LEAST]
    for match in matches:
        is_enough = not match.kind.is_reuse or not match.operations or match.words >= min(LEAST, shorter)
        if is_enough or any(_touch(token_ranges(match), other) for other in long):
            yield match


def _touch(first: tuple[Span, Span], second: tuple[Span, Span]) -> bool:
    return all(-1 < _apart(first[side], second[side]) <= TOUCHING for side in (0, 1))


def _is_fragment(match: Match) -> bool:
    aside = {Mark.QUOTE, Mark.BOILERPLATE} & {*match.marks}
    return match.kind in {Kind.VERBATIM, Kind.EDITED} and bool(match.operations) and not aside


def _blocks(fragments: Sequence[Match], gaps: Sequence[int]) -> Iterator[list[Match]]:
    """Groups of two fragments or more that are one block."""
    for group in _neighbours(fragments, gaps[0]):
        apart = _apart_from_longer(group)
        if _are_paragraphs(apart):
            continue
        if len(apart) > 1 and _is_dense(apart):
            yield apart
        elif len(apart) > 1 and len(gaps) > 1:
            yield from _blocks(group, gaps[1:])


def _neighbours(fragments: Sequence[Match], gap: int) -> list[list[Match]]:
    """The fragments in groups by their place in a; each stands near another one of its group on both sides."""
    ordered = sorted(fragments, key=lambda match: (match.a, match.b))
    boxes = [token_ranges(match) for match in ordered]
    near = [
        (place, other)
        for place in range(len(ordered))
        for other in range(place + 1, min(place + 1 + _NEAR, len(ordered)))
        if _are_near(boxes[place], boxes[other], gap)
    ]
    labels = kernels.components(np.array(near, np.int64).reshape(-1, 2), len(ordered))
    members: dict[int, list[Match]] = {}
    for label, match in zip(labels.tolist(), ordered, strict=True):
        members.setdefault(label, []).append(match)
    return list(members.values())


def _are_near(first: tuple[Span, Span], second: tuple[Span, Span], gap: int) -> bool:
    apart = [_apart(first[side], second[side]) for side in (0, 1)]
    return min(apart) >= -OVERLAP and max(apart) <= gap


def _apart(first: tuple[int, int], second: tuple[int, int]) -> int:
    """Tokens between two ranges; fewer than 0 where they overlap."""
    return max(first[0], second[0]) - min(first[1], second[1])


def _apart_from_longer(group: Sequence[Match]) -> list[Match]:
    """The fragments that hold no more than a few words of a longer one, on either side: what stands twice is two."""
    out: list[tuple[int, tuple[Span, Span]]] = []
    for place in sorted(range(len(group)), key=lambda place: (-group[place].words, place)):
        own = token_ranges(group[place])
        if all(_apart(own[side], other[side]) >= -OVERLAP for _, other in out for side in (0, 1)):
            out.append((place, own))
    return [group[place] for place in sorted(place for place, _ in out)]


def _is_alone(group: Sequence[Match], every: Sequence[tuple[Span, Span]]) -> bool:
    """Whether no other passage stands in what fragments span, on either side."""
    box, own = _around(group), {token_ranges(match) for match in group}
    whole = Span(box.a0, box.a1), Span(box.b0, box.b1)
    others = [ranges for ranges in every if ranges not in own]
    return not any(_apart(whole[side], ranges[side]) < -OVERLAP for ranges in others for side in (0, 1))


def _are_paragraphs(group: Sequence[Match]) -> bool:
    """Whether each is long: to see what stands between them, or which of them moved, says more than one block."""
    return all(match.words >= LONG for match in group)


def _is_dense(group: Sequence[Match]) -> bool:
    """Whether fragments hold most of what they span."""
    held = sum(coverage(side) for side in zip(*map(token_ranges, group), strict=True))
    box = _around(group)
    return held >= DENSE * (box.a1 - box.a0 + box.b1 - box.b0)


def _parted(group: Sequence[Match], a: Text, b: Text) -> list[Match]:
    """The fragments, each without the few words that it begins with and that one before it holds too."""
    ranges = [token_ranges(match) for match in group]
    out = []
    for match, own in zip(group, ranges, strict=True):
        begins = [
            max((other[side].stop for other in ranges if other[side].start < own[side].start), default=0)
            for side in (0, 1)
        ]
        if begins[0] <= own[0].start and begins[1] <= own[1].start:
            out.append(match)
            continue
        steps = _from(_steps_of(match), *begins)
        box = around(steps)
        whole = characters(a.tokens, box.a0, box.a1), characters(b.tokens, box.b0, box.b1)
        out.append(replace(match, a=whole[0], b=whole[1], operations=operations(steps, a.tokens, b.tokens)))
    return out


def _from(steps: Sequence[Step], begin_a: int, begin_b: int) -> list[Step]:
    """The steps from the first equal word on that stands at both places or behind them; all of them if that is none."""
    for place, (kind, box) in enumerate(steps):
        ahead = max(0, begin_a - box.a0, begin_b - box.b0)
        if kind == "equal" and ahead < box.a1 - box.a0:
            first = Step(kind, box._replace(a0=box.a0 + ahead, b0=box.b0 + ahead))
            return [first, *steps[place + 1 :]]
    return list(steps)


def _steps_of(match: Match) -> list[Step]:
    return [Step(step.kind, Box(*step.tokens_a, *step.tokens_b)) for step in match.operations]


def _around(group: Iterable[Match]) -> Box:
    (a, b) = zip(*map(token_ranges, group), strict=True)
    return Box(min(a)[0], max(stop for _, stop in a), min(b)[0], max(stop for _, stop in b))


def _block(group: Sequence[Match], a: Text, b: Text) -> Match:
    """The fragments, by their place in a, as one match."""
    values = np.array([token_ranges(match)[1].start for match in group], np.int64)
    weights = np.array([match.words for match in group], np.int64)
    chain = set(heaviest_chain(values, weights).tolist())
    ordered = [match for place, match in enumerate(group) if place in chain]
    inside = tuple(match for place, match in enumerate(group) if place not in chain)
    box = _around(group)
    kept = sum(match.kept for match in group) * 2 / (box.a1 - box.a0 + box.b1 - box.b0)
    moved = bool(inside) or all(Mark.MOVED in match.marks for match in group)
    marks = {mark for match in group for mark in match.marks if mark is not Mark.MOVED or moved}
    return replace(
        group[0],
        a=characters(a.tokens, box.a0, box.a1),
        b=characters(b.tokens, box.b0, box.b1),
        kind=Kind.EDITED if kept >= EDITED else Kind.REWRITTEN,
        similarity=min(ALMOST, kept),
        marks=tuple(mark for mark in Mark if mark in marks),
        operations=operations(_steps(ordered, box), a.tokens, b.tokens),
        drifts=_merged(match.drifts for match in group),
        unsure=_merged(match.unsure for match in group),
        quotations=_merged(match.quotations for match in group),
        speaker=next((match.speaker for match in group if match.speaker), ""),
        inside=inside,
    )


def _steps(chain: Sequence[Match], box: Box) -> list[Step]:
    """The steps of matches that follow one another on both sides, with what lies before, between and behind them."""
    out: list[Step] = []
    begin_a, begin_b = box.a0, box.b0
    for match in chain:
        steps = _steps_of(match)
        own = steps[1:] if steps[0].kind != "equal" else steps
        first = own[0].box if own else steps[0].box._replace(a0=steps[0].box.a1, b0=steps[0].box.b1)
        if out and out[-1].kind != "equal":
            last = out.pop().box
            begin_a, begin_b = last.a0, last.b0
        out += changed(Box(begin_a, first.a0, begin_b, first.b0))
        out += own
        begin_a, begin_b = steps[-1].box.a1, steps[-1].box.b1
    if out and out[-1].kind != "equal":
        last = out.pop().box
        begin_a, begin_b = last.a0, last.b0
    return [*out, *changed(Box(begin_a, box.a1, begin_b, box.b1))]


def _merged(parts: Iterable[tuple[_Part, ...]]) -> tuple[_Part, ...]:
    """What was found in fragments, each once, by its place in a."""
    return tuple(sorted({part for some in parts for part in some}, key=lambda part: (part.a, part.b)))
