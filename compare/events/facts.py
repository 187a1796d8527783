"""The specific facts that two texts have in common: names, figures with what they count, dates, rare words together.

What both only quote counts once. A fact is a run of words inside one clause, and a name in it is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.align.marks.capitals import without_owner
from compare.align.restore import as_written
from compare.events.background import background
from compare.events.counted import counted
from compare.events.features import RARE
from compare.events.named import Names, free, goes_on, is_abbreviated, is_apart, is_free, names, word
from compare.events.profile import capitals
from compare.events.weighed import BOTH
from compare.kernels.columns import among
from compare.model import HeadPart, SharedFact, Span
from compare.origin.named_days import is_outlet
from compare.text.language import words as listed
from compare.text.tokens import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.events.counted import Counted
    from compare.events.features import Shared
    from compare.events.named import Name
    from compare.events.same import Side
    from compare.events.weighed import Weighed

    Flags = NDArray[np.bool_]
    F64 = NDArray[np.float64]
    U64 = NDArray[np.uint64]

MOST = 5
PASSAGE = 12  # tokens that are the same around words in common: these are one passage
_DATE = 5.0  # how much it says that both name one day
ALONE, TOGETHER = 3.0, 6.0  # how much a name of one word must say, and a longer one, or a figure with what it counts
UNUSUAL = 5.0  # and how rare a name of one word must be in the background: one text in 150 holds it
UNMISTAKABLE = 12.0  # and a name that goes on in one of the texts: "Harry Winston" and "Harry Winston Diamond"
_HANDLE = 30  # characters before the date of a post in which its author stands
_OFTEN = 4  # places of a figure that are read
_SIGNED = HeadPart.BYLINE, HeadPart.DATE, HeadPart.CREDIT
_REMEMBERED = 4096  # words whose rarity is remembered


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words that both texts hold: their characters on each side, how rare they are, and the words themselves."""

    a: Span
    b: Span
    surprise: float
    words: frozenset[str]
    quoted: bool
    """Whether it stands in quotations alone, on both sides."""


@dataclass(frozen=True, slots=True)
class _Half:
    """One of two texts."""

    text: Text
    weighed: Weighed
    usable: Flags
    """bool[tokens]: no furniture, and not set aside."""
    capital: Flags
    """bool[tokens]: begins with a capital."""

    def surprise(self, token: int) -> float:
        """How rare the word at a token is, a possessive as the word itself; 0 of a function word."""
        words = self.weighed.profile.words.hashes
        place = int(np.searchsorted(words, self.text.tokens.hashes[token]))
        if place >= len(words) or words[place] != self.text.tokens.hashes[token]:
            return 0.0
        return float(self.weighed.surprise[BOTH, place])

    def names(self, known: U64) -> Names:
        """Its names, by the hashes of words that are known to be some."""
        usable = self.usable & free(self.text)
        return names(self.text, self.capital, usable, among(self.text.tokens.hashes, known))

    def span(self, tokens: Span) -> Span:
        """The characters of some tokens, without a possessive at the end."""
        start, stop = int(self.text.tokens.starts[tokens.start]), int(self.text.tokens.stops[tokens.stop - 1])
        return Span(start, start + len(without_owner(self.text.text[start:stop])))

    def spoken(self, tokens: Span) -> bool:
        """Whether they stand in a quotation."""
        return bool(self.text.quoted[tokens.start : tokens.stop].all())

    def is_posted(self, tokens: Span) -> bool:
        """Whether a date stands behind a handle: "(@someone) August 28, 2018"."""
        start = int(self.text.tokens.starts[tokens.start])
        return "@" in self.text.text[max(0, start - _HANDLE) : start]

    def best(self, places: Sequence[Span]) -> Span:
        """The first place outside of quotations, or else the first."""
        return next((place for place in places if not self.spoken(place)), places[0])


def facts_in_common(sides: tuple[Side, Side], common: Shared, most: int = MOST) -> tuple[SharedFact, ...]:
    """The rarest facts that both texts state, each with its words on both sides; none holds a word of another.

    Of what both have in quotations alone there is one at the most, and only beside something else.
    """
    halves = _half(sides[0]), _half(sides[1])
    called = _names(*halves)
    candidates = [
        *_days(*halves), *_named(*halves, called), *_figures(*halves, common), *_pairs(*halves, common, called)
    ]  # fmt: skip
    chosen: list[_Candidate] = []
    seen: set[str] = set()
    for candidate in sorted(candidates, key=lambda one: (-one.surprise, one.a, one.b)):
        again = candidate.quoted and any(one.quoted for one in chosen)
        if not again and not candidate.words & seen and len(chosen) < most:
            seen |= candidate.words
            chosen.append(candidate)
    if all(one.quoted for one in chosen):
        return ()
    texts = sides[0].text, sides[1].text
    return tuple(
        SharedFact(as_written(one.a, texts[0]), as_written(one.b, texts[1]), round(one.surprise, 6)) for one in chosen
    )


def of_the_event(facts: Sequence[SharedFact], sides: tuple[Side, Side]) -> tuple[SharedFact, ...]:
    """The facts but for what says who printed or wrote one of the texts: papers, words of a byline or a date line."""
    return tuple(
        fact
        for fact in facts
        if not any(_is_of_head(side.text, place) for side, place in zip(sides, (fact.a, fact.b), strict=True))
    )


def _is_of_head(text: Text, place: Span) -> bool:
    if is_outlet(" ".join(text.text[slice(*place)].split())):
        return True
    return any(part in _SIGNED and span.start <= place.start < span.stop for part, span in text.head.spans)


def _half(side: Side) -> _Half:
    return _Half(side.text, side.weighed, ~side.weighed.profile.aside, capitals(side.text))


def _candidate(a: _Half, b: _Half, tokens: tuple[Span, Span], surprise: float) -> _Candidate:
    words = frozenset(word(a.text, token) for token in range(*tokens[0]) if a.text.content[token])
    return _Candidate(
        a.span(tokens[0]), b.span(tokens[1]), surprise, words, a.spoken(tokens[0]) and b.spoken(tokens[1])
    )


def _days(a: _Half, b: _Half) -> Iterator[_Candidate]:
    """Days that both name, but the first of a month, when laws begin; that of a post is quoted."""
    days = b.weighed.profile.days
    for day, tokens in a.weighed.profile.days.items():
        if day in days and day.day > 1:
            posted = a.is_posted(tokens) or b.is_posted(days[day])
            candidate = _candidate(a, b, (tokens, days[day]), _DATE)
            yield replace(candidate, quoted=posted or candidate.quoted)


def _names(a: _Half, b: _Half) -> tuple[Names, Names]:
    """The names of both; a word that begins sentences is one where the other side knows it as such."""
    profiles = a.weighed.profile, b.weighed.profile
    known = np.unique(np.concatenate([profile.words.hashes[profile.names] for profile in profiles]))
    return a.names(known), b.names(known)


def _named(a: _Half, b: _Half, called: tuple[Names, Names]) -> Iterator[_Candidate]:
    """Names that are whole on one side, and on the other whole too or the end of a name."""
    left, right = called
    for name in sorted(left.parts.keys() & right.parts.keys()):
        alone = name in left.whole, name in right.whole
        ends = name in left.ends, name in right.ends
        if not any(alone) or (not all(ends) and len(name) == 1):
            continue
        places = a.best(left.whole.get(name) or left.parts[name]), b.best(right.whole.get(name) or right.parts[name])
        plain = _plain(name)
        rarest = sum(sorted(map(min, _surprises(a, places[0]), _surprises(b, places[1]), plain), reverse=True)[:2])
        if len(name) == 1:
            short = is_abbreviated(a.text, places[0]) or is_abbreviated(b.text, places[1])
            is_sure = rarest >= ALONE and not short and _is_sure(name[0], plain[0], called)
        else:
            is_sure = rarest >= TOGETHER and (all(ends) or sum(plain) >= UNMISTAKABLE)
        if is_sure:
            yield _candidate(a, b, places, rarest)


def _is_sure(alone: str, plain: float, called: tuple[Names, Names]) -> bool:
    """Whether a name of one word is rare in news and means one: all names that hold it on either side end alike.

    "Mary" of "Hail Mary" and of "Mary Landrieu" is nobody; "Biden" of "Joe Biden" and "Hunter Biden" neither.
    """
    holders = sorted(frozenset().union(*(names.holders.get(alone, frozenset()) for names in called)), key=len)
    return (
        plain >= UNUSUAL
        and all(name[-1] == alone for name in holders)
        and all(longer[-len(short) :] == short for short, longer in pairwise(holders))
    )


def _surprises(half: _Half, tokens: Span) -> list[float]:
    return [half.surprise(token) for token in range(*tokens)]


def _plain(name: Name) -> list[float]:
    """How rare words are in the background."""
    return list(map(_plain_of, name))


@lru_cache(maxsize=_REMEMBERED)
def _plain_of(word: str) -> float:
    hashes = vocabulary([word])
    return float(-np.log(background().of(hashes)).min()) if len(hashes) else 0.0


def _figures(a: _Half, b: _Half, common: Shared) -> Iterator[_Candidate]:
    """Figures that count the same on both sides."""
    left, _ = common.words
    words = a.weighed.profile.words
    for hashed in words.hashes[left[a.weighed.profile.figures[left]]].tolist():
        first, second = _read(a, hashed), _read(b, hashed)
        meaning = next((one for one in first if one in second), None)
        if meaning is not None:
            yield from _counted(a, b, first[meaning], second[meaning])


def _counted(a: _Half, b: _Half, first: Counted, second: Counted) -> Iterator[_Candidate]:
    surprise = min(_said(a, first), _said(b, second))
    if surprise >= TOGETHER or len(first.meaning) == 1:
        quoted = a.spoken(first.tokens) and b.spoken(second.tokens)
        words = frozenset(word(a.text, token) for token in range(*first.tokens))
        yield _Candidate(first.span, second.span, surprise, words, quoted)


def _said(half: _Half, figure: Counted) -> float:
    return sum(sorted(_surprises(half, figure.tokens), reverse=True)[:2])


def _read(half: _Half, hashed: int) -> dict[tuple[object, ...], Counted]:
    """What a figure counts in a text, at its first places outside of furniture."""
    places = np.flatnonzero((half.text.tokens.hashes == hashed) & half.usable)[:_OFTEN].tolist()
    readings: dict[tuple[object, ...], Counted] = {}
    for reading in sorted((one for place in places for one in counted(half.text, place)), key=_telling):
        readings.setdefault(reading.meaning, reading)
    return readings


def _telling(figure: Counted) -> int:
    return -len(figure.meaning)


def _pairs(a: _Half, b: _Half, common: Shared, called: tuple[Names, Names]) -> Iterator[_Candidate]:
    """Words that go on in the same words on both sides: rare ones without capitals, or a name and what is beside it."""
    left, right = common.pairs
    if not len(left):
        return
    profile, other = a.weighed.profile, b.weighed.profile
    words = profile.parts[left]
    surprise = a.weighed.surprise[BOTH][words]
    rare = (surprise.sum(axis=1) >= TOGETHER) & (surprise.max(axis=1) >= RARE) & ~profile.figures[words].any(axis=1)
    for place in np.flatnonzero(rare).tolist():
        pair, twin = int(left[place]), int(right[place])
        tokens = (
            Span(int(profile.pairs.first[pair]), int(profile.seconds[pair]) + 1),
            Span(int(other.pairs.first[twin]), int(other.seconds[twin]) + 1),
        )
        if _is_run(a, b, tokens) and _is_whole(a, tokens, called):
            candidate = _candidate(a, b, tokens, float(surprise[place].sum()))
            spoken = (a.spoken(tokens[0]) and b.spoken(tokens[1])) or _around(a, b, tokens) >= PASSAGE
            yield replace(candidate, quoted=spoken)


def _around(a: _Half, b: _Half, tokens: tuple[Span, Span]) -> int:
    """How many tokens are the same around a run, `PASSAGE` at the most each way: a quotation without its marks."""
    first, second = a.text.tokens.hashes, b.text.tokens.hashes
    left = min(PASSAGE, tokens[0].start, tokens[1].start)
    before = first[tokens[0].start - left : tokens[0].start] == second[tokens[1].start - left : tokens[1].start]
    right = min(PASSAGE, len(first) - tokens[0].stop, len(second) - tokens[1].stop)
    behind = first[tokens[0].stop : tokens[0].stop + right] == second[tokens[1].stop : tokens[1].stop + right]
    return int(np.logical_and.accumulate(before[::-1]).sum() + np.logical_and.accumulate(behind).sum())


def _is_whole(a: _Half, tokens: tuple[Span, Span], called: tuple[Names, Names]) -> bool:
    """Whether no name is torn: a word that may be one of a name is a whole name on both sides."""
    for place in (0, -1):
        at = [range(*run)[place] for run in tokens]
        if not any(token in names.tokens for token, names in zip(at, called, strict=True)):
            continue
        name = (word(a.text, at[0]),)
        spans = [Span(token, token + 1) for token in at]
        whole = (span in names.whole.get(name, ()) for span, names in zip(spans, called, strict=True))
        if not all(whole) or not _is_sure(name[0], _plain(name)[0], called):
            return False
    return True


def _is_linked(text: Text, run: Span) -> bool:
    """Whether what parts the ends of a name belongs to it: "Statue of Liberty", not "Ukraine until Kiev"."""
    inside = range(run.start + 1, run.stop - 1)
    return len(inside) > 0 and all(word(text, token) in listed("words", "links") for token in inside)


def _is_run(a: _Half, b: _Half, tokens: tuple[Span, Span]) -> bool:
    """Whether both are the same words of one clause, one with a capital at the most."""
    first, second = (half.text.tokens.hashes[slice(*run)] for half, run in zip((a, b), tokens, strict=True))
    return np.array_equal(first, second) and all(
        all(goes_on(half.text, token) for token in range(run.start, run.stop - 1))
        and all(is_free(half.text, token) for token in range(*run))
        and is_apart(half.text, run)
        and (not half.capital[run.stop - 1] or _is_linked(half.text, run))
        for half, run in zip((a, b), tokens, strict=True)
    )
