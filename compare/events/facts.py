"""The specific facts that two texts have in common: names, figures with what they count, dates, rare words together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.align.restore import as_written
from compare.events.features import RARE
from compare.model import SharedFact, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.align.prepare import Text
    from compare.events.features import Shared
    from compare.events.profile import Profile
    from compare.events.weighed import Weighed

MOST = 5
_DATE = 5.0  # how much it says that both name one day
ALONE, TOGETHER = 3.0, 6.0  # how much a name or figure must say, and one with the word beside it


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words that both texts hold: their tokens on each side, and how rare they are."""

    a: Span
    b: Span
    surprise: float


def facts_in_common(
    texts: tuple[Text, Text], sides: tuple[Weighed, Weighed], common: Shared, most: int = MOST
) -> tuple[SharedFact, ...]:
    """The rarest facts that both texts state, each with its words on both sides; none holds a word of another."""
    candidates = [*_days(*sides), *_joined(_pairs(sides, common)), *_words(sides, common)]
    chosen: list[_Candidate] = []
    seen: set[int] = set()
    hashes = texts[0].tokens.hashes
    content = texts[0].content
    for candidate in sorted(candidates, key=lambda one: (-one.surprise, one.a, one.b)):
        tokens = [token for token in range(*candidate.a) if content[token]] or list(range(*candidate.a))
        words = {int(hashes[token]) for token in tokens}
        if not words & seen and len(chosen) < most:
            seen |= words
            chosen.append(candidate)
    return tuple(SharedFact(_span(texts[0], one.a), _span(texts[1], one.b), round(one.surprise, 6)) for one in chosen)


def _span(text: Text, part: Span) -> Span:
    start, stop = text.tokens.starts[part.start], text.tokens.stops[part.stop - 1]
    return as_written(Span(int(start), int(stop)), text)


def _days(a: Weighed, b: Weighed) -> Iterator[_Candidate]:
    for day, tokens in a.profile.days.items():
        if day in b.profile.days:
            yield _Candidate(tokens, b.profile.days[day], _DATE)


def _words(sides: tuple[Weighed, Weighed], common: Shared) -> Iterator[_Candidate]:
    """Names and figures that are rare."""
    a, b = (side.profile for side in sides)
    left, right = common.words
    named = (a.names[left] & b.names[right]) | a.figures[left]
    surprise = np.minimum(sides[0].both.surprise[left], sides[1].both.surprise[right])
    for place in np.flatnonzero(named & (surprise >= ALONE)).tolist():
        first, second = int(a.words.first[left[place]]), int(b.words.first[right[place]])
        yield _Candidate(Span(first, first + 1), Span(second, second + 1), float(surprise[place]))


def _pairs(sides: tuple[Weighed, Weighed], common: Shared) -> list[_Candidate]:
    """Words beside each other of which one is rare, and a name or figure; or both rare."""
    a, b = (side.profile for side in sides)
    left, right = common.pairs
    if not len(left):
        return []
    words = np.searchsorted(a.words.hashes, a.parts[left])
    surprise = sides[0].both.surprise[words]
    named = (a.names | a.figures)[words]
    together = surprise.sum(axis=1) >= TOGETHER
    kept = np.flatnonzero((together & named.any(axis=1)) | (surprise >= RARE).all(axis=1))
    return [
        _Candidate(_range(a, int(left[place])), _range(b, int(right[place])), float(surprise[place].sum()))
        for place in kept.tolist()
    ]


def _range(profile: Profile, pair: int) -> Span:
    return Span(int(profile.pairs.first[pair]), int(profile.seconds[pair]) + 1)


def _joined(pairs: Iterable[_Candidate]) -> list[_Candidate]:
    """Pairs that overlap in one word on both sides as one: "Governor Tim", "Tim Walz"."""
    joined: list[_Candidate] = []
    for pair in sorted(pairs, key=lambda one: (one.a, one.b)):
        last = joined[-1] if joined else None
        if last and last.a.stop - 1 == pair.a.start and last.b.stop - 1 == pair.b.start:
            both = Span(last.a.start, pair.a.stop), Span(last.b.start, pair.b.stop)
            joined[-1] = _Candidate(*both, max(last.surprise, pair.surprise))
        else:
            joined.append(pair)
    return joined
