"""Which weak pairs of a run are worth aligning: by what each shows, the cheapest first, and by what its neighbours say.

What is told of a pair does not hang on how many others there are: there is no rank among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.events.same import Seen, likelihood_of, supported
from compare.events.support import supports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.events.same import Outline
    from compare.pipeline.score import Overlaps
    from compare.settings import Settings

    Flags = NDArray[np.bool_]

MAYBE, SURELY = 0.3, 0.9
"""Of the limit of one event: below it an alignment is not worth its time. Of two texts, and in a large folder."""
ALIKE = 0.45
"""Cosine from which a pair is aligned whatever it reports."""


@dataclass(frozen=True, slots=True)
class Row:
    """A pair that is to be aligned."""

    row: int
    """Of the candidates."""
    pair: tuple[int, int]
    cosine: float
    is_weak: bool
    """Whether its words alone make it no reuse."""
    one_house: bool
    """Whether both have furniture of one source."""
    may_matter: bool
    """Whether it is worth aligning whatever it reports."""
    support: float = 0.0
    """What its neighbours say: see `supports`."""


def may_matter(counts: Overlaps, cosine: NDArray[np.float64], settings: Settings) -> Flags:
    """Which pairs that are distinct by their words may be more when they are aligned, whatever they report.

    A text in other words has most words in common; a run of words may be part of a longer passage.
    """
    return np.asarray((cosine >= ALIKE) | (counts.own_longest >= settings.proposing_run))


def of_one_house(counts: Overlaps, settings: Settings) -> Flags:
    """Of which pairs the longest run that both have is furniture, and long: they are of one source."""
    return np.asarray(np.maximum(counts.own_longest, settings.proposing_run - 1) < counts.longest)


def asked(rows: Sequence[Row]) -> list[Row]:
    """The weak rows, and those that are neighbours of one."""
    weak = {number for row in rows if row.is_weak for number in row.pair}
    return [row for row in rows if not weak.isdisjoint(row.pair)]


def worth_aligning(rows: Sequence[Row], outlines: Mapping[int, Outline], settings: Settings) -> Iterator[Row]:
    """The weak ones of some rows that may be more than distinct, with what their neighbours say of them."""
    if not rows:
        return
    trust = next(iter(outlines.values())).weighed.trust
    least = settings.same_story * (MAYBE + (SURELY - MAYBE) * trust)
    likelihoods = [likelihood_of(outlines[row.pair[0]], outlines[row.pair[1]], Seen(row.one_house)) for row in rows]
    heard = supports([row.pair for row in rows], likelihoods)
    for row, support, likelihood in zip(rows, heard, likelihoods, strict=True):
        if row.is_weak and (row.may_matter or supported(likelihood, trust, support) >= least):
            yield replace(row, support=support)
