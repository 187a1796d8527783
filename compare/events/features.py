"""What two texts have in common, in plain figures: by the background, by the folder, and what their dates say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.events.profile import Profile, Terms
    from compare.events.weighed import Weighed, Weights

    F64 = NDArray[np.float64]
    I64 = NDArray[np.int64]

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
    _, left, right = np.intersect1d(a.hashes, b.hashes, assume_unique=True, return_indices=True)
    return left, right


def features(a: Weighed, b: Weighed, common: Shared, *, one_source: bool = False) -> dict[str, float]:
    """The figures by name; the same for (b, a). One source seldom reports an event twice."""
    named = dict(_dated(a.profile, b.profile))
    for kind in ("plain", "both"):
        sides: tuple[Weights, Weights] = getattr(a, kind), getattr(b, kind)
        named |= {f"{name}_{kind}": figure for name, figure in _alike(sides, common)}
        named |= {f"{name}_{kind}": figure for name, figure in _specific((a, b), sides, common)}
    short, long = sorted((a.profile.length, b.profile.length))
    quoted = np.intersect1d(a.profile.quoted.hashes, b.profile.quoted.hashes, assume_unique=True)
    return {
        **named,
        "short": float(np.log1p(short)),
        "ratio": float(np.log((1 + long) / (1 + short))),
        "one_source": float(one_source),
        "quoted": float(np.log1p(len(quoted))),
    }


def _alike(sides: tuple[Weights, Weights], common: Shared) -> Iterator[tuple[str, float]]:
    """How alike the weighed words are."""
    a, b = sides
    words, pairs = common.words, common.pairs
    yield "cosine", _cosine(a.every, b.every, words)
    yield "overlap", _overlap(a.every, b.every, words)
    yield "names", _cosine(a.names, b.names, words)
    yield "names_overlap", _overlap(a.names, b.names, words)
    yield "leads", _cosine(a.lead, b.lead, words)
    within = _cosine(a.lead, b.every, words), _cosine(a.every, b.lead, words)
    yield "lead_within", max(within)
    yield "leads_within", min(within)
    yield "figures", _cosine(a.figures, b.figures, words)
    yield "pairs", _cosine(a.pairs, b.pairs, pairs)
    yield "pairs_overlap", _overlap(a.pairs, b.pairs, pairs)


def _specific(
    texts: tuple[Weighed, Weighed], sides: tuple[Weights, Weights], common: Shared
) -> Iterator[tuple[str, float]]:
    """How much of what they share is specific."""
    (left, right), (a, b) = common.words, sides
    rare = np.maximum(a.surprise[left] - RARE, 0)
    names = texts[0].profile.names[left] | texts[1].profile.names[right]
    yield "rare", float(np.log1p(rare.sum()))
    yield "rare_names", float(np.log1p(rare @ names))
    yield "figure_mass", float(np.log1p(np.minimum(a.figures[left], b.figures[right]).sum()))
    yield "pair_mass", float(np.log1p(a.pairs[common.pairs[0]].sum()))


def _cosine(a: F64, b: F64, places: tuple[I64, I64]) -> float:
    return float(a[places[0]] @ b[places[1]] / max(1e-9, float(np.sqrt((a @ a) * (b @ b)))))


def _overlap(a: F64, b: F64, places: tuple[I64, I64]) -> float:
    return float(np.minimum(a[places[0]], b[places[1]]).sum() / max(1e-9, min(a.sum(), b.sum())))


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
