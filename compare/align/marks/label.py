"""What a match is called: marks that follow from its words and its place among the others.

| mark | from |
|---|---|
| `moved` | its place among the other matches: here |
| `quote`, `unquoted`, `altered`, who speaks | the quotations of the match (`compare/quotations/`) |
| `drift`, with what changed | `drift/` |
| `boilerplate` | common tokens and notices (`notices.py`), by `boilerplate.py` |
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare.align.marks.capitals import Capitals
from compare.align.marks.drift.read import drifts
from compare.align.runs import heaviest_chain
from compare.model import Mark
from compare.quotations.labels import changed_speakers, marks, speaker
from compare.quotations.states import order_of, states
from compare.text.coverage import meet, token_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.align.prepare import Text
    from compare.model import Drift, Match


def marked(matches: Sequence[Match], a: Text, b: Text) -> tuple[Match, ...]:
    """The matches with their marks, drifts and speakers, but for `boilerplate`. O(n log n)."""
    moved = _moved(matches)
    capitals = Capitals(a, b)
    return tuple(_labelled(match, (a, b), capitals, crosses=index in moved) for index, match in enumerate(matches))


def _labelled(match: Match, texts: tuple[Text, Text], capitals: Capitals, *, crosses: bool) -> Match:
    quotations = states(match, *texts, order_of(*texts))
    stated = drifts(match, texts, capitals)
    changed = _with([drift for drift in stated if drift.sure], changed_speakers(quotations, *texts))
    called = (*marks(match, *texts, quotations), *[Mark.MOVED] * crosses, *[Mark.DRIFT] * bool(changed))
    return replace(
        match, marks=called, drifts=changed, unsure=tuple(drift for drift in stated if not drift.sure),
        quotations=quotations, speaker=speaker(quotations, *texts),
    )  # fmt: skip


def _with(drifted: Sequence[Drift], renamed: Sequence[Drift]) -> tuple[Drift, ...]:
    """The drifts by their place in a, with those of a speaker that are not among them."""
    added = [name for name in renamed if not any(meet(name.a, one.a) and meet(name.b, one.b) for one in drifted)]
    return tuple(sorted({*drifted, *added}, key=lambda drift: (drift.a, drift.b, drift.what)))


def _moved(matches: Sequence[Match]) -> set[int]:
    """Matches outside the heaviest chain that crosses nowhere. Those that only overlap another one cross nothing."""
    reuse = [index for index, match in enumerate(matches) if match.kind.is_reuse]
    order = sorted(reuse, key=lambda index: (matches[index].a, matches[index].b))
    values = np.array([matches[index].b.start for index in order], dtype=np.int64)
    weights = np.array([_tokens(matches[index]) for index in order], dtype=np.int64)
    kept = {order[place]: None for place in heaviest_chain(values, weights).tolist()}
    others = [index for index in order if index not in kept]
    return {index for index in others if any(_crossing(matches[index], matches[place]) for place in kept)}


def _tokens(match: Match) -> int:
    return sum(stop - start for start, stop in token_ranges(match))


def _crossing(first: Match, second: Match) -> bool:
    """Whether one stands wholly before the other in a and wholly after it in b, or the other way round."""
    return (first.a.stop <= second.a.start and second.b.stop <= first.b.start) or (
        second.a.stop <= first.a.start and first.b.stop <= second.b.start
    )
