"""What two texts have in common, in plain figures: by the background, by the folder, and what their dates say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.events.profile import EVERY, FIGURES, LEAD_WORDS, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from compare.events.profile import Profile, Terms
    from compare.events.weighed import Weighed

    F64 = NDArray[np.float64]
    I64 = NDArray[np.int64]

MEASURES = ("plain", "both")
"""The names of the measures of rarity, in the order of their rows (`weighed.PLAIN`, `weighed.BOTH`)."""
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


def features(a: Weighed, b: Weighed, common: Shared, *, one_source: bool = False) -> dict[str, float]:
    """The figures by name; the same for (b, a). One source seldom reports an event twice."""
    quoted, _ = _both(a.profile.quoted, b.profile.quoted)
    short, long = sorted((a.profile.length, b.profile.length))
    return {
        **dict(_dated(a.profile, b.profile)),
        **_by_measure(_words(a, b, common.words)),
        **_by_measure(_rare(a, b, common.words)),
        **_by_measure(_pairs(a, b, common.pairs)),
        "short": float(np.log1p(short)),
        "ratio": float(np.log((1 + long) / (1 + short))),
        "one_source": float(one_source),
        "quoted": float(np.log1p(len(quoted))),
    }


def _by_measure(figures: Iterable[tuple[str, F64]]) -> dict[str, float]:
    """Each figure by its name and its measure."""
    return {
        f"{name}_{kind}": value for name, both in figures for kind, value in zip(MEASURES, both.tolist(), strict=True)
    }


def _words(a: Weighed, b: Weighed, places: tuple[I64, I64]) -> Iterator[tuple[str, F64]]:
    """How alike the weighed words are."""
    left = a.every[:, None, places[0]] * a.profile.kinds[:, places[0]]
    right = b.every[:, None, places[1]] * b.profile.kinds[:, places[1]]
    alike = _cosine((left * right).sum(axis=2), a.squares[:, :-1], b.squares[:, :-1])
    least = np.minimum(left, right).sum(axis=2)
    yield from zip(("cosine", "names", "leads", "figures"), alike.T, strict=True)
    yield "overlap", _share(least, a.sums, b.sums, EVERY)
    yield "names_overlap", _share(least, a.sums, b.sums, NAMES)
    yield "figure_mass", np.log1p(least[:, FIGURES])
    within = (
        _cosine((left[:, LEAD_WORDS] * right[:, EVERY]).sum(axis=1), a.squares[:, LEAD_WORDS], b.squares[:, EVERY]),
        _cosine((left[:, EVERY] * right[:, LEAD_WORDS]).sum(axis=1), a.squares[:, EVERY], b.squares[:, LEAD_WORDS]),
    )
    yield "lead_within", np.maximum(*within)
    yield "leads_within", np.minimum(*within)


def _rare(a: Weighed, b: Weighed, places: tuple[I64, I64]) -> Iterator[tuple[str, F64]]:
    """How much of what they share is specific."""
    rare = np.maximum(a.surprise[:, places[0]] - RARE, 0)
    names = a.profile.names[places[0]] | b.profile.names[places[1]]
    yield "rare", np.log1p(rare.sum(axis=1))
    yield "rare_names", np.log1p(rare @ names)


def _pairs(a: Weighed, b: Weighed, places: tuple[I64, I64]) -> Iterator[tuple[str, F64]]:
    """How alike the pairs of words are."""
    left, right = a.pairs[:, places[0]], b.pairs[:, places[1]]
    yield "pairs", _cosine((left * right).sum(axis=1), a.squares[:, -1], b.squares[:, -1])
    yield "pairs_overlap", _share(np.minimum(left, right).sum(axis=1)[:, None], a.sums[:, -1:], b.sums[:, -1:], 0)
    yield "pair_mass", np.log1p(left.sum(axis=1))


def _cosine(dots: F64, a: F64, b: F64) -> F64:
    """Dot products over the lengths of both vectors, given the squares of these."""
    return np.asarray(dots / np.maximum(1e-9, np.sqrt(a * b)))


def _share(least: F64, a: F64, b: F64, kind: int) -> F64:
    """What both hold of a kind, over all that the one with less of it holds."""
    return np.asarray(least[:, kind] / np.maximum(1e-9, np.minimum(a[:, kind], b[:, kind])))


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
