"""Passages that stand more than once in one text: a caption printed twice, a paragraph pasted again.

    shingles, each with the last place before it where it stands ──► exact runs, cut at sentences ──┐
    sentences that no run covers, each with the one before it that is most like it ─────────────────┴► joined ► judged

Each place is matched with one before it, so 1,000 copies are 999 matches; the cost is that of sorting the shingles.
A passage counts that `judge.copies` takes in two texts, and of whose words most are kept (`near_kept`): one text says
many things in nearly the same words. Weak: what repeats within `_LEAST` tokens ("no, no, no"), and rewrites.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.align.cells import affordable, cells
from compare.align.judge import EDITED, JudgedBox, as_copy, copies
from compare.align.marks.label import marked
from compare.align.prepare import prepared
from compare.align.refine import Box, Step, kept_share, steps
from compare.align.restore import restored
from compare.align.runs import Runs, run_together
from compare.align.seeds import seeds
from compare.align.side import side
from compare.kernels.columns import within
from compare.model import Mark, Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.align.side import Side
    from compare.model import Document
    from compare.settings import Settings

    I64 = NDArray[np.int64]

_LEAST = 8  # tokens between a place and the one before it: what stands nearer is shorter than any passage
_GAP = 12  # tokens between two pieces of one passage, at most: less than a sentence put in
_SLACK = 4  # tokens that two pieces may overlap: neighbouring shingles found in different places
_OPEN = 4  # passages that a piece may go on, the last ones: chance pieces stand between
_NEAR = 12  # tokens from the end of a sentence within which a passage is taken to it
_EDGE = 2  # words at either end of a passage that may be others: its figure is often the first one
_COVERED = 0.5  # share of a sentence in runs from which no partner by likeness is sought
_CLAIMED = 0.5  # share of a later place that may stand in a heavier match


def repeats(document: Document, settings: Settings) -> tuple[Match, ...]:
    """The document's matches with itself, by their later place: `a` is the earlier place, `b` the later one.

    They are verbatim or edited, about a sentence or more, and their two places never overlap. An edited one keeps
    `settings.near_kept` of its words, and some `settings.shingle` of them in a row or most of a sentence's.
    """
    text = prepared(document)
    if not len(text.tokens):
        return ()
    me = side(text, np.unique(text.tokens.hashes, return_inverse=True)[1])
    runs = _runs(text, settings.shingle)
    passages = _joined([*_cut(runs, text.bounds, settings.shingle), *_alike(text, runs)], EDITED)
    claimed = _claimed([repeat for pieces in passages for repeat in _judged(pieces, me, settings.near_kept)], me)
    matches = marked(
        [repeat.match(text.tokens, text.tokens) for repeat in sorted(claimed, key=lambda repeat: repeat.box)],
        text,
        text,
    )
    return tuple(sorted(map(_unmoved, restored(matches, text, text)), key=lambda match: (match.b, match.a)))


def _runs(text: Text, shingle: int) -> Runs:
    """Exact runs: each place with the last one before it that holds the same shingle. O(n log n)."""
    size = len(text.tokens)
    shingled, _ = kernels.shingles(text.tokens.hashes, np.array([0, size], np.int64), shingle)
    order = np.argsort(shingled, kind="stable")
    same = shingled[order[1:]] == shingled[order[:-1]]
    earlier, later = order[:-1][same], order[1:][same]
    far = later - earlier >= _LEAST
    return run_together(earlier[far], later[far], shingle)


def _cut(runs: Runs, bounds: I64, shingle: int) -> list[Box]:
    """The runs cut where sentences of the later place begin, and where they would overlap themselves.

    Ends that reach less than a shingle into a sentence are chance: "The" begins many.
    """
    place, begin, end = _divided(runs, bounds)
    distance = (runs.b - runs.a)[place]
    parts = -(-(end - begin) // distance)
    step = within(parts)
    place, distance = np.repeat(place, parts), np.repeat(distance, parts)
    begin = np.repeat(begin, parts) + step * distance
    end = np.minimum(np.repeat(end, parts), begin + distance)
    whole = np.isin(begin, bounds) & np.isin(end, bounds)
    kept = whole | (end - begin >= shingle)
    columns = (begin - distance, end - distance, begin, end)
    return [Box(*row) for row in zip(*(column[kept].tolist() for column in columns), strict=True)]


def _divided(runs: Runs, bounds: I64) -> tuple[I64, I64, I64]:
    """Each run's part in each sentence of its later place: the run, and where the part begins and ends."""
    stop = runs.b + runs.length
    first, last = np.searchsorted(bounds, runs.b, "right"), np.searchsorted(bounds, stop, "left")
    parts = last - first + 1
    step = within(parts)
    place, border = np.repeat(np.arange(len(parts)), parts), np.repeat(first, parts) + step
    begin, end = np.maximum(bounds[border - 1], runs.b[place]), np.minimum(bounds[border], stop[place])
    return place, begin, end


def _alike(text: Text, runs: Runs) -> list[Box]:
    """Sentences that the runs leave open, each with the one before it that is most like it, if any is."""
    nothing = np.empty(0, np.int64)
    by_sentence = cells(text, text) if affordable(text, text) else None
    pairs = seeds(text, text, Runs(nothing, nothing, nothing), by_sentence)
    pairs = pairs.only((pairs.a < pairs.b) & _open(text, runs)[pairs.b])
    pairs = pairs.only(pairs.reuse())
    order = np.lexsort((-pairs.a, -np.round(pairs.cosine, 6), pairs.b))
    best = order[np.append(True, np.diff(pairs.b[order]) > 0)] if len(order) else order
    a, b, bounds = pairs.a[best], pairs.b[best], text.bounds
    columns = (bounds[a], bounds[a + 1], bounds[b], bounds[b + 1])
    return [Box(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _open(text: Text, runs: Runs) -> NDArray[np.bool_]:
    """Which sentences stand in later places of runs with less than `_COVERED` of their tokens."""
    size = len(text.tokens) + 1
    edges = np.bincount(runs.b, minlength=size) - np.bincount(runs.b + runs.length, minlength=size)
    covered = np.add.reduceat((np.cumsum(edges)[:-1] > 0).astype(np.int64), text.bounds[:-1])
    return np.asarray(covered < _COVERED * np.diff(text.bounds))


def _joined(pieces: list[Box], share: float) -> list[list[Box]]:
    """The pieces, those together that follow one another on both sides and make up this share of what they span."""
    groups: list[list[Box]] = []
    kept: list[int] = []
    for piece in sorted(pieces, key=lambda box: (box.b0, box.b1, -box.a0)):
        size = piece.b1 - piece.b0
        for at in range(len(groups) - 1, max(-1, len(groups) - 1 - _OPEN), -1):
            whole = _hull([groups[at][0], piece])
            if _goes_on(_hull(groups[at]), piece) and 2 * (kept[at] + size) >= share * _size(whole):
                groups[at].append(piece)
                kept[at] += size
                break
        else:
            groups.append([piece])
            kept.append(size)
    return groups


def _hull(pieces: list[Box]) -> Box:
    return Box(pieces[0].a0, pieces[-1].a1, pieces[0].b0, pieces[-1].b1)


def _size(box: Box) -> int:
    return box.a1 - box.a0 + box.b1 - box.b0


def _goes_on(before: Box, after: Box) -> bool:
    """Whether the other piece continues this one: near it on both sides, and still wholly after the earlier place.

    What was put in or left out between them is no longer than the piece that shows it.
    """
    if after.a1 <= before.a1 or after.b1 <= before.b1 or after.a1 > before.b0:
        return False
    gap_a, gap_b = after.a0 - before.a1, after.b0 - before.b1
    near = all(-_SLACK <= gap <= _GAP for gap in (gap_a, gap_b))
    return near and abs(gap_a - gap_b) <= after.b1 - after.b0


def _grown(box: Box, me: Side) -> Box:
    """The box taken to the ends of its sentences where they are near on both sides and its places stay apart."""
    a0, a1, b0, b1 = box
    start_a, start_b = (int(me.bounds[me.owner[place]]) for place in (a0, b0))
    if max(a0 - start_a, b0 - start_b) <= _NEAR and start_b >= a1:
        a0, b0 = start_a, start_b
    stop_a, stop_b = (int(me.bounds[me.owner[place - 1] + 1]) for place in (a1, b1))
    if max(stop_a - a1, stop_b - b1) <= _NEAR and stop_a <= b0:
        a1, b1 = stop_a, stop_b
    return Box(a0, a1, b0, b1)


def _judged(pieces: list[Box], me: Side, least: float) -> list[JudgedBox]:
    """The repeats that the pieces make together; where they keep too little, those of pieces that keep enough."""
    whole = _within(_grown(_hull(pieces), me), me, least)
    if whole or len(pieces) == 1:
        return whole
    return [repeat for some in _joined(pieces, least) for repeat in _within(_grown(_hull(some), me), me, least)]


def _within(box: Box, me: Side, least: float) -> list[JudgedBox]:
    """The repeats in a box, to the ends of the box where only a word or two there are others."""
    same = np.array_equal(me.ids[box.a0 : box.a1], me.ids[box.b0 : box.b1])
    every = [Step("equal", box)] if same else steps(me, me, box)
    enough = [repeat for repeat in copies(every, me, me) if repeat.similarity >= least]
    share = kept_share(every, box)
    if len(enough) == 1 and share >= least and _reaches(enough[0].box, box):
        return [as_copy(every)]
    return enough


def _reaches(inner: Box, outer: Box) -> bool:
    return max(abs(edge - limit) for edge, limit in zip(inner, outer, strict=True)) <= _EDGE


def _claimed(judged: list[JudgedBox], me: Side) -> list[JudgedBox]:
    """The repeats, heaviest first, without those whose later place stands mostly in heavier ones. Linear."""
    taken = np.zeros(len(me.ids), bool)
    kept = []
    for repeat in sorted(judged, key=lambda repeat: (-repeat.similarity * (repeat.box.b1 - repeat.box.b0), repeat.box)):
        later = taken[repeat.box.b0 : repeat.box.b1]
        if later.mean() <= _CLAIMED:
            kept.append(repeat)
            later[:] = True
    return kept


def _unmoved(match: Match) -> Match:
    """Without `moved`: a place of a text stands nowhere else than the text itself does."""
    return replace(match, marks=tuple(mark for mark in match.marks if mark is not Mark.MOVED))
