"""What two texts have in common, in plain figures: by the background, by the folder, and what their dates say."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.events.profile import EVERY, FIGURES, LEAD_WORDS, NAMES
from compare.kernels.align import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.events.profile import Profile, Terms
    from compare.events.weighed import Weighed

    I64 = NDArray[np.int64]

MEASURES = ("plain", "both")
"""The names of the measures of rarity, in the order of their rows (`weighed.PLAIN`, `weighed.BOTH`)."""
_NAMED = (
    "cosine", "names", "leads", "figures", "overlap", "names_overlap", "figure_mass", "lead_within", "leads_within",
    "rare", "rare_names", "pairs", "pairs_overlap", "pair_mass",
)  # fmt: skip
"""How alike the weighed words and pairs of words are, and how much of what they share is specific: once a measure."""
_BY_MEASURE = tuple(tuple(f"{name}_{measure}" for name in _NAMED) for measure in MEASURES)
RARE = 4.0
"""Surprise of a word that one text in 55 holds: what is rarer is specific."""
_YEARS_APART = 5
_DAYS_OF_MONTH, _DAYS_OF_YEAR = 30.5, 366


@dataclass(frozen=True, slots=True)
class Shared:
    """Where what both texts hold stands in the columns of each."""

    words: tuple[I64, I64]
    pairs: tuple[I64, I64]


def shared(a: Profile, b: Profile) -> Shared:
    """The words and pairs of words that both hold."""
    return Shared(_both(a.words, b.words), _both(a.pairs, b.pairs))


def _both(a: Terms, b: Terms) -> tuple[I64, I64]:
    if not len(a.hashes):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    places = np.minimum(np.searchsorted(a.hashes, b.hashes), len(a.hashes) - 1)
    right = np.flatnonzero(a.hashes[places] == b.hashes)
    return places[right], right


def features(a: Weighed, b: Weighed, *, one_source: bool = False) -> dict[str, float]:
    """The figures by name; the same for (b, a). One source seldom reports an event twice."""
    both = [Agreement(*row) for row in agreement(a.bag, b.bag, RARE).tolist()]
    short, long = sorted((a.profile.length, b.profile.length))
    figures = dict(_dated(a.profile, b.profile))
    for measure, names in enumerate(_BY_MEASURE):
        seen = _by_measure(both[measure], _Masses.of(a, measure), _Masses.of(b, measure))
        figures.update(zip(names, seen, strict=True))
    return figures | {
        "short": log1p(short),
        "ratio": log((1 + long) / (1 + short)),
        "one_source": float(one_source),
        "quoted": log1p(both[0].quoted),
    }


class _Masses(NamedTuple):
    """What a text holds by one measure, by kind: all words, names, those of the lead, figures, pairs of words."""

    squares: tuple[float, ...]
    sums: tuple[float, ...]

    @classmethod
    def of(cls, text: Weighed, measure: int) -> _Masses:
        return cls(text.squares[measure], text.sums[measure])


def _by_measure(both: Agreement, a: _Masses, b: _Masses) -> Iterator[float]:
    """The figures of `_NAMED`, in order."""
    for kind in (EVERY, NAMES, LEAD_WORDS, FIGURES):
        yield _cosine(both[kind], a.squares[kind], b.squares[kind])
    yield _share(both.least_every, a.sums[EVERY], b.sums[EVERY])
    yield _share(both.least_names, a.sums[NAMES], b.sums[NAMES])
    yield log1p(both.least_figures)
    leads = (
        _cosine(both.lead_of_a, a.squares[LEAD_WORDS], b.squares[EVERY]),
        _cosine(both.lead_of_b, a.squares[EVERY], b.squares[LEAD_WORDS]),
    )
    yield max(leads)
    yield min(leads)
    yield log1p(both.rare)
    yield log1p(both.rare_names)
    yield _cosine(both.pairs, a.squares[-1], b.squares[-1])
    yield _share(both.least_pairs, a.sums[-1], b.sums[-1])
    yield log1p(both.pair_mass)


def _cosine(dot: float, a: float, b: float) -> float:
    """A dot product over the lengths of both vectors, given the squares of these."""
    return dot / max(1e-9, sqrt(a * b))


def _share(least: float, a: float, b: float) -> float:
    """What both hold of a kind, over all that the one with less of it holds."""
    return least / max(1e-9, min(a, b))


def _dated(a: Profile, b: Profile) -> Iterator[tuple[str, float]]:
    """What the dates in the texts say for and against one event."""
    length = float(np.sqrt((a.weekdays @ a.weekdays) * (b.weekdays @ b.weekdays)))
    yield "weekdays", float(a.weekdays @ b.weekdays) / max(1e-9, length)
    yield "weekdays_said", float(length > 0)
    yield "weekday_chief", float(length > 0 and a.weekdays.argmax() == b.weekdays.argmax())
    days = [{(day.day, day.month) for day in text.days} for text in (a, b)]
    yield "days_both", float(np.log1p(len(days[0] & days[1])))
    yield "days_apart", float(bool(days[0] and days[1]) and not days[0] & days[1])
    yield "days_said", float(bool(days[0] and days[1]))
    yield "days_nearest", _nearest(*days)
    yield "years_said", float(bool(a.years and b.years))
    yield "years_both", len(a.years & b.years) / max(1, len(a.years | b.years))
    apart = abs(max(a.years) - max(b.years)) if a.years and b.years else 0
    yield "years_apart", float(min(_YEARS_APART, apart))


def _nearest(a: set[tuple[int, int]], b: set[tuple[int, int]]) -> float:
    """How many days the two nearest dates are apart, whatever the year, as a logarithm."""
    apart = [abs((one[1] - two[1]) * _DAYS_OF_MONTH + one[0] - two[0]) for one in a for two in b]
    return float(np.log1p(min((min(days, _DAYS_OF_YEAR - days) for days in apart), default=20)))
