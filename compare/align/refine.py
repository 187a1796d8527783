"""Boundaries and word operations of a passage, from the longest common subsequence of its tokens."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.align.runs import chain, runs
from compare.model import Operation, Span
from compare.text.coverage import keeps, span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.align.side import Side
    from compare.model import Tokens

EXACT = 4_000_000  # tokens × tokens up to which the subsequence is computed; above it, between exact runs
_NEAR = 500  # tokens that an end of a copy may gain
_LOSS = 0.2  # what an unmatched token costs against a matched one when the ends of a passage are chosen


class Box(NamedTuple):
    """Tokens `a0` to `a1 - 1` of a against `b0` to `b1 - 1` of b."""

    a0: int
    a1: int
    b0: int
    b1: int


class Step(NamedTuple):
    """One operation over token ranges: `equal`, `replace`, `insert` or `delete`."""

    kind: str
    box: Box


_BOX: Callable[[tuple[int, int, int, int]], Box] = partial(tuple.__new__, Box)
_STEP: Callable[[tuple[str, Box]], Step] = partial(tuple.__new__, Step)
_SPAN: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""From their fields: the quickest way, as there are many."""


def steps(a: Side, b: Side, box: Box) -> list[Step]:
    """The operations that make b's tokens out of a's inside the box; neighbours never have the same kind."""
    if (box.a1 - box.a0) * (box.b1 - box.b0) <= EXACT:
        return _exact(a, b, box)
    return joined(_anchored(a, b, box))


def _exact(a: Side, b: Side, box: Box) -> list[Step]:
    """From the longest common subsequence: what stands between its blocks is one step."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415  # a tenth of a second, and not every command aligns

    a0, a1, b0, b1 = box
    out: list[Step] = []
    at_a, at_b = a0, b0
    for place_a, place_b, size in Indel.opcodes(a.spelling[a0:a1], b.spelling[b0:b1]).as_matching_blocks():
        begin_a, begin_b = a0 + place_a, b0 + place_b
        if begin_a > at_a or begin_b > at_b:
            gap = _BOX((at_a, begin_a, at_b, begin_b))
            out.append(_STEP((_kind("replace", gap), gap)))
        at_a, at_b = begin_a + size, begin_b + size
        if size:  # the last block is empty
            out.append(_STEP(("equal", _BOX((begin_a, at_a, begin_b, at_b)))))
    return out


def _anchored(a: Side, b: Side, box: Box) -> Iterator[Step]:
    """Exact runs that cross nowhere, and what stands between them: exactly where that is small, else replaced."""
    at_a, at_b = box.a0, box.b0
    anchors = chain(runs(a.ids[box.a0 : box.a1], b.ids[box.b0 : box.b1]))
    for start_a, start_b, length in zip(*(column.tolist() for column in anchors), strict=True):
        begin_a, begin_b = box.a0 + start_a, box.b0 + start_b
        yield from _between(a, b, Box(at_a, begin_a, at_b, begin_b))
        at_a, at_b = begin_a + length, begin_b + length
        yield Step("equal", Box(begin_a, at_a, begin_b, at_b))
    yield from _between(a, b, Box(at_a, box.a1, at_b, box.b1))


def _between(a: Side, b: Side, box: Box) -> Iterator[Step]:
    if (box.a1 - box.a0) * (box.b1 - box.b0) <= EXACT:
        yield from _exact(a, b, box)
    else:
        yield Step("replace", box)


def joined(steps: Iterator[Step]) -> list[Step]:
    """Neighbours of one nature made one step: RapidFuzz's Indel never says replace."""
    out: list[Step] = []
    for kind, box in steps:
        if out and (out[-1].kind == "equal") == (kind == "equal"):
            box = Box(out[-1].box.a0, box.a1, out[-1].box.b0, box.b1)  # noqa: PLW2901  # the joined one
            out.pop()
        out.append(Step(_kind(kind, box), box))
    return out


def _kind(kind: str, box: Box) -> str:
    if kind == "equal":
        return kind
    if box.a0 == box.a1:
        return "insert"
    return "delete" if box.b0 == box.b1 else "replace"


def changed(box: Box) -> list[Step]:
    """One step over what differs in a box; none over nothing.

    >>> changed(Box(3, 3, 7, 9)), changed(Box(3, 3, 7, 7))
    ([Step(kind='insert', box=Box(a0=3, a1=3, b0=7, b1=9))], [])
    """
    empty = box.a0 == box.a1 and box.b0 == box.b1
    return [] if empty else [Step(_kind("replace", box), box)]


def trimmed(steps: list[Step], weights_a: Sequence[float], weights_b: Sequence[float]) -> list[Step]:
    """The stretch of steps that matches best, from an equal step to an equal step; empty if none is equal.

    A maximal segment (Bentley 1984): matched tokens count for their weight, unmatched ones against it, so that ends
    where only stray words agree are cut and gaps inside are kept. `weights_*` are running sums, tokens + 1 of them.
    """
    best = total = 0.0
    start, chosen = 0, (0, 0)
    for index, (kind, box) in enumerate(steps):
        matter_a, matter_b = weights_a[box.a1] - weights_a[box.a0], weights_b[box.b1] - weights_b[box.b0]
        if total <= 0:
            total, start = 0.0, index
        total += matter_a if kind == "equal" else -_LOSS * (matter_a + matter_b)
        if kind == "equal" and total > best:
            best, chosen = total, (start, index + 1)
    return steps[slice(*chosen)]


def extended(steps: list[Step], a: Side, b: Side) -> list[Step]:
    """The steps with equal tokens just outside taken in: of equal words a subsequence may keep the wrong one."""
    out = list(steps)
    if out[0].kind == "equal":
        box = out[0].box
        more = _equal(a.ids[: box.a0][::-1], b.ids[: box.b0][::-1])
        out[0] = Step("equal", box._replace(a0=box.a0 - more, b0=box.b0 - more))
    if out[-1].kind == "equal":
        box = out[-1].box
        more = _equal(a.ids[box.a1 :], b.ids[box.b1 :])
        out[-1] = Step("equal", box._replace(a1=box.a1 + more, b1=box.b1 + more))
    return out


def _equal(first: NDArray[np.int64], second: NDArray[np.int64]) -> int:
    """Tokens that two columns begin with alike, `_NEAR` at most."""
    size = min(len(first), len(second), _NEAR)
    unlike = np.flatnonzero(first[:size] != second[:size])
    return int(unlike[0]) if len(unlike) else size


def around(steps: list[Step]) -> Box:
    """The box from the first to the last step."""
    first, last = steps[0].box, steps[-1].box
    return Box(first.a0, last.a1, first.b0, last.b1)


def kept(steps: list[Step]) -> int:
    """Tokens of one side that are kept in order."""
    return sum(box[1] - box[0] for kind, box in steps if kind == "equal")


def kept_share(steps: list[Step], box: Box) -> float:
    """Share of the tokens of both sides of the box that are kept in order."""
    return 2 * kept(steps) / (box.a1 - box.a0 + box.b1 - box.b0)


def strictly(steps: list[Step], a: Tokens, b: Tokens) -> list[Step]:
    """The steps with equal words that are written otherwise (accents, vowel signs, forms of a letter) replaced."""
    if a.is_plain and b.is_plain:
        return steps
    return [part for step in steps for part in _parted(step, a, b)]


def _parted(step: Step, a: Tokens, b: Tokens) -> Iterator[Step]:
    """An equal step cut where its words begin or cease to be the same strictly."""
    if step.kind != "equal":
        yield step
        return
    box = step.box
    same = a.strict[box.a0 : box.a1] == b.strict[box.b0 : box.b1]
    edges = [0, *(np.flatnonzero(np.diff(same)) + 1).tolist(), len(same)]
    for start, stop in pairwise(edges):
        part = Box(box.a0 + start, box.a0 + stop, box.b0 + start, box.b0 + stop)
        yield Step("equal" if same[start] else "replace", part)


def loosely(operations: Sequence[Operation], a: Tokens, b: Tokens) -> list[Step]:
    """Operations as steps in which what is only written otherwise is equal again."""
    kinds = ("equal" if keeps(step, a, b) else step.kind for step in operations)
    boxes = (Box(*step.tokens_a, *step.tokens_b) for step in operations)
    return _rejoined(map(Step, kinds, boxes))


def _rejoined(steps: Iterable[Step]) -> list[Step]:
    """Neighbours that are both equal made one step; all others as they are."""
    out: list[Step] = []
    for step in steps:
        if out and out[-1].kind == step.kind == "equal":
            out[-1] = Step("equal", Box(out[-1].box.a0, step.box.a1, out[-1].box.b0, step.box.b1))
        else:
            out.append(step)
    return out


def operations(steps: list[Step], a: Tokens, b: Tokens) -> tuple[Operation, ...]:
    """The steps as operations with code-point spans, which lie in the passage and follow one another on both sides."""
    whole = around(steps)
    spans_a = _spans(a, [box[:2] for _, box in steps], characters(a, whole.a0, whole.a1).start)
    spans_b = _spans(b, [box[2:] for _, box in steps], characters(b, whole.b0, whole.b1).start)
    return tuple(
        Operation(kind, span_a, span_b, _SPAN((a0, a1)), _SPAN((b0, b1)))
        for (kind, (a0, a1, b0, b1)), span_a, span_b in zip(steps, spans_a, spans_b, strict=True)
    )


def _spans(tokens: Tokens, ranges: list[tuple[int, int]], begin: int) -> Iterator[Span]:
    """From the first to the last of some tokens, each; where there are none, after the token before.

    None begins before `begin`: where a passage does, nothing stands before it to insert after.
    """
    first, last = np.array(ranges, np.int64).T
    empty = first == last
    stops = np.where(empty & (first == 0), 0, tokens.stops[np.maximum(last - 1, 0)])
    starts = np.where(empty, stops, tokens.starts[np.minimum(first, len(tokens) - 1)])
    return map(Span, np.maximum(begin, starts).tolist(), np.maximum(begin, stops).tolist())


def characters(tokens: Tokens, start: int, stop: int) -> Span:
    """From the first to the last of these tokens; where there are none, an empty span after the token before."""
    if start < stop:
        return span_of(tokens, (start, stop))
    at = int(tokens.stops[start - 1]) if start else 0
    return Span(at, at)
