"""Where a passage is two: a long stretch of one side has nothing to do with the other side.

A match that runs across such a stretch would count words as reused that are the writer's own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.align.passages import passage
from compare.align.refine import Box, around

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.passages import SentenceBox
    from compare.align.refine import Step
    from compare.align.side import Side

STRETCH = 20  # tokens; and ...
UNLIKE = 0.15  # ... share of its content words that stand on the other side, below which it parts a passage.
# PAN training, 500 pairs each at offsets 300 and 500, plagdet: no splits .880 .866, .1 .879 .862, .15 .875 .860,
# .2 .876 .855, .3 .873 .850: the parts of a summary count as granularity, yet they alone were taken
_NOTHING = 5  # times as long as what stands against it
_ISLAND = 4  # equal tokens in a row that are more than chance: shorter ones do not end a stretch


def apart(whole: SentenceBox, a: Side, b: Side) -> list[SentenceBox]:
    """The passage, split at sentences without a seed whose words the other side of the passage hardly holds."""
    for side in (0, 1):
        parts = _cut(whole, side, a, b)
        if len(parts) > 1:
            return [piece for part in parts for piece in apart(part, a, b)]
    return [whole]


def _cut(whole: SentenceBox, side: int, a: Side, b: Side) -> list[SentenceBox]:
    place = (whole.seeds.a, whole.seeds.b)[side]
    own, opposite = ((a, b), (b, a))[side]
    first, last = (whole.b, whole.a)[side]
    opposite_words = np.unique(opposite.ids[opposite.bounds[first] : opposite.bounds[last + 1]])
    rows = np.unique(place)
    ends = [
        before
        for before, after in pairwise(rows.tolist())
        if _unlike(own, int(own.bounds[before + 1]), int(own.bounds[after]), opposite_words)
    ]
    labels = np.searchsorted(np.array(ends), place)
    return [passage(whole.seeds.only(labels == label)) for label in range(len(ends) + 1)]


def _unlike(own: Side, start: int, stop: int, opposite_words: NDArray[np.int64]) -> bool:
    """Whether a stretch is long and hardly any of its words is one of `opposite_words`."""
    if stop - start < STRETCH:
        return False
    words = np.unique(own.ids[start:stop][own.content[start:stop]])
    return bool(np.isin(words, opposite_words, assume_unique=True).sum() < UNLIKE * len(words))


def _one_sided(gap: Box) -> bool:
    """Whether a long stretch stands against nearly nothing: put in or left out, whatever it is about."""
    few, many = sorted((gap.a1 - gap.a0, gap.b1 - gap.b0))
    return many >= STRETCH and few * _NOTHING <= many


def parts(steps: list[Step], a: Side, b: Side) -> list[list[Step]]:
    """The steps, split where no run of equal tokens breaks a long stretch whose words the other side hardly holds."""
    anchors = [at for at, step in enumerate(steps) if step.kind == "equal" and step.box.a1 - step.box.a0 >= _ISLAND]
    if len(anchors) < 2:  # noqa: PLR2004  # one anchor has nothing on its other side
        return [steps]
    whole = around(steps)
    there_a, there_b = np.unique(a.ids[whole.a0 : whole.a1]), np.unique(b.ids[whole.b0 : whole.b1])
    cuts = []
    for before, after in pairwise(anchors):
        left, right = steps[before].box, steps[after].box
        gap = Box(left.a1, right.a0, left.b1, right.b0)
        if _one_sided(gap) or _unlike(a, gap.a0, gap.a1, there_b) or _unlike(b, gap.b0, gap.b1, there_a):
            cuts.append((before, after))
    if not cuts:
        return [steps]
    starts = [anchors[0], *(after for _, after in cuts)]
    stops = [*(before for before, _ in cuts), anchors[-1]]
    return [steps[start : stop + 1] for start, stop in zip(starts, stops, strict=True)]
