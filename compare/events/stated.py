"""Which pairs of sentences state one fact: alike in content words, with specific facts in common, and none against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.events.against import count_otherwise, is_date_line
from compare.events.features import RARE
from compare.events.profile import weekdays_of
from compare.events.weighed import BOTH
from compare.kernels.columns import among
from compare.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.events.same import Side
    from compare.model import Match

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MOST = 6  # of a pair: nobody reads more
SPECIFIC = 3  # names, figures or rare words that both hold


class _Limits(NamedTuple):
    """What two sentences that state one fact reach."""

    alike: float
    """Dice coefficient of the weighed words of both."""
    shared: int
    """Content words that both hold."""
    enough: float
    """What these say together."""


PLAIN, CLOSE = _Limits(0.48, 6, 22.0), _Limits(0.4, 4, 15.0)
NEAR = 0.5  # cosine of the letters of two sentences from which the lower limits do: of 26 read 25 state one fact


@dataclass(frozen=True, slots=True)
class _Words:
    """The distinct content words of a stretch of text."""

    every: NDArray[np.uint64]
    """All words, the others too."""
    hashes: NDArray[np.uint64]
    surprise: NDArray[np.float64]
    specific: NDArray[np.bool_]
    figures: NDArray[np.bool_]


def stating_one_fact(matches: Sequence[Match], a: Side, b: Side) -> tuple[Match, ...]:
    """The matches without those related ones that do not surely state one fact, or are not among the likeliest."""
    scored = [(statement(match, a, b), match) for match in matches if match.kind is Kind.RELATED]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].a, pair[1].b))[:MOST]
    kept = {id(match) for _, match in best}
    return tuple(match for match in matches if match.kind is not Kind.RELATED or id(match) in kept)


def statement(match: Match, a: Side, b: Side) -> float:
    """How surely the sides of a match state one fact; 0 where they do not."""
    left, right = _words(match.a, a), _words(match.b, b)
    limits = CLOSE if match.similarity >= NEAR else PLAIN
    both = among(left.hashes, right.hashes)
    mass = float(left.surprise[both].sum())
    dice = 2 * mass / max(1e-9, float(left.surprise.sum() + right.surprise.sum()))
    if dice < limits.alike or mass < limits.enough or np.count_nonzero(both) < limits.shared:
        return 0.0
    other = among(right.hashes, left.hashes)
    specific = min(np.count_nonzero(left.specific[both]), np.count_nonzero(right.specific[other]))
    if specific < SPECIFIC or _stating_otherwise(match, (a, b), (left, right)) or _against(match, a, b):
        return 0.0
    return dice


def _stating_otherwise(match: Match, sides: tuple[Side, Side], words: tuple[_Words, _Words]) -> bool:
    """Whether both sides name figures, weekdays or years, and none that the other does."""
    figures = (frozenset(one.hashes[one.figures].tolist()) for one in words)
    weekdays = (frozenset(np.flatnonzero(weekdays_of(one.every)).tolist()) for one in words)
    spans = zip((match.a, match.b), sides, strict=True)
    years = (frozenset(_YEAR.findall(side.text.text[slice(*span)])) for span, side in spans)
    return _differ(*figures) or _differ(*weekdays) or _differ(*years)


def _against(match: Match, a: Side, b: Side) -> bool:
    """Whether one side is a date line, or the sides count one thing otherwise."""
    tokens = _tokens(match.a, a), _tokens(match.b, b)
    lines = is_date_line(a.text, tokens[0]) or is_date_line(b.text, tokens[1])
    return lines or count_otherwise(a.text, b.text, tokens)


def _tokens(span: Span, side: Side) -> Span:
    return Span(*np.searchsorted(side.text.tokens.starts, span).tolist())


def _differ(a: frozenset[object], b: frozenset[object]) -> bool:
    return bool(a and b and not a & b)


def _words(span: Span, side: Side) -> _Words:
    """The words of a stretch with their surprise."""
    tokens, profile = side.text.tokens, side.weighed.profile
    first, last = np.searchsorted(tokens.starts, span).tolist()
    every = np.unique(tokens.hashes[first:last])
    places = np.searchsorted(profile.words.hashes, every)
    places = places[places < len(profile.words.hashes)]
    places = places[profile.words.hashes[places] == every[: len(places)]]
    surprise, figures = side.weighed.surprise[BOTH, places], profile.figures[places]
    specific = (surprise >= RARE) | profile.names[places] | figures
    return _Words(every, profile.words.hashes[places], surprise, specific, figures)
