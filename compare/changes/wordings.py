"""Who holds the old and who the new wording of a correction: words of it in their frame, never a lone word.

A wording is the words that differ with those beside them, which must stand in a text in a row: one on either side, or
two where words were only put in. It is the same statement there where most other words of its sentence stand beside
it, too. What is not sure is not told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.changes.side import side_of
from compare.model import ChangeKind, Kind, Span
from compare.origin.titles import bare_title
from compare.text.coverage import meet
from compare.text.tokens import tokenize, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.changes.side import Side
    from compare.model import Correction, Document

_BESIDE, _BETWEEN = 1, 2  # words on either side of those that differ, and of a place where nothing stood
_LEAST, _LETTERS = 6, 20  # other words of its sentence, and their letters, that make a statement of its own
_MOST_OF_IT = 0.7  # share of them that stands beside it where the statement is the same
_TITLE = 4  # words of a headline that is known by them


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that one version has and the other has not, in a row with those beside them."""

    words: NDArray[np.uint64]
    begins: bool
    """Whether a sentence begins with the first of them ..."""
    ends: bool
    """... and whether one ends with the last."""
    frame: Counter[int]
    """The other words of the sentence; none where `words` are all of it."""


class Spot(NamedTuple):
    """Words that were corrected, in both wordings; None where one is not enough to be known by."""

    old: Wording | None
    new: Wording | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What a correction is known by in other texts."""

    spots: tuple[Spot, ...]
    old_title: tuple[int, ...] = ()
    new_title: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Which wording of a correction a text holds, and in which sentence."""

    is_old: bool
    sentence: Span


class _Version(NamedTuple):
    """A version, and the sentences that the other one lacks: it may say there what it said before."""

    side: Side
    alone: tuple[Span, ...]


def sought(corrections: Sequence[Correction], old: Document, new: Document) -> tuple[Sought, ...]:
    """What each correction is known by in other texts."""
    whole = [correction for correction in corrections if not (correction.changes or correction.kind)]
    versions = (
        _Version(side_of(old), tuple(correction.old for correction in whole)),
        _Version(side_of(new), tuple(correction.new for correction in whole)),
    )
    return tuple(_sought(correction, versions) for correction in corrections)


def held(document: Document, sought_of: Sequence[Sought]) -> list[Held | None]:
    """Which wording of each correction a document holds: the new one, else an old one, else None.

    The new one holds who has all new words, if beside the old ones: a corrected text may tell what it said before. The
    old one holds who has old words of it and, where other words were corrected as well, the old or the new ones.
    """
    title, words = _title(document.title), tokens_of(document).strict
    if not any(_may_hold(one, words, title) for one in sought_of):
        return [None] * len(sought_of)
    side = side_of(document)
    return [_held(one, side, title) for one in sought_of]


def _may_hold(one: Sought, words: NDArray[np.uint64], title: tuple[int, ...]) -> bool:
    """Whether the words of a wording stand in a row in a text, wherever: most texts need no closer look."""
    if title and title in {one.old_title, one.new_title}:
        return True
    wordings = (wording for spot in one.spots for wording in spot if wording)
    return any(next(_runs(wording.words, words), None) is not None for wording in wordings)


def _held(one: Sought, side: Side, title: tuple[int, ...]) -> Held | None:
    if title and title in {one.old_title, one.new_title}:
        return Held(title == one.old_title, Span(0, 0))
    spots = [_spot(spot, side) for spot in one.spots]
    if not spots or None in spots:
        return None
    return next((spot for spot in spots if spot and spot.is_old), spots[0])


def _spot(spot: Spot, side: Side) -> Held | None:
    """Which wording of a spot a text holds: the new one, else the old one."""
    for is_old, wording in ((False, spot.new), (True, spot.old)):
        place = _place(wording, side) if wording else None
        if place:
            return Held(is_old, place)
    return None


def _place(wording: Wording, side: Side, aside: Sequence[Span] = ()) -> Span | None:
    """The sentence in which a text holds a wording, if it does; some sentences are not asked."""
    size = len(wording.words)
    for start in _runs(wording.words, side.tokens.strict):
        stop = start + size
        if (wording.begins and start not in side.starts) or (wording.ends and stop not in side.bounds):
            continue
        within = side.sentence(start, stop)
        found = side.span(within)
        if _is_framed(wording.frame, side, Span(start, stop), within) and not any(meet(found, span) for span in aside):
            return found
    return None


def _runs(words: NDArray[np.uint64], text: NDArray[np.uint64]) -> Iterator[int]:
    """Where some words stand in a row, of which there are at least two."""
    places = len(text) - len(words) + 1
    if places <= 0:
        return
    likely = (text[:places] == words[0]) & (text[len(words) - 1 :] == words[-1]) & (text[1 : places + 1] == words[1])
    for start in np.flatnonzero(likely).tolist():
        if np.array_equal(text[start : start + len(words)], words):
            yield start


def _is_framed(frame: Counter[int], side: Side, run: Span, within: Span) -> bool:
    """Whether most words of a frame stand beside a run of words, in its sentence and not far away."""
    if not frame:
        return True
    reach = frame.total() + _LEAST
    start, stop = max(within.start, run.start - reach), min(within.stop, run.stop + reach)
    beside = Counter(side.tokens.strict[start : run.start].tolist() + side.tokens.strict[run.stop : stop].tolist())
    return (frame & beside).total() >= _MOST_OF_IT * frame.total()


def _sought(correction: Correction, versions: tuple[_Version, _Version]) -> Sought:
    heads = [change for change in correction.changes if change.kind.is_of_head]
    titles = [(_title(change.a), _title(change.b)) for change in heads if change.kind is ChangeKind.HEADLINE]
    if heads:
        return Sought((), *(titles[0] if titles else ()))
    old, new = (_wordings(correction, number, versions) for number in range(len(versions)))
    return Sought(tuple(Spot(*both) for both in zip(old, new, strict=True) if any(both)))


def _title(title: str) -> tuple[int, ...]:
    """The words of a headline, where they are enough to know it by."""
    words = tokenize(bare_title(title)).strict.tolist() if title else ()
    return tuple(words) if len(words) >= _TITLE else ()


def _wordings(correction: Correction, number: int, versions: tuple[_Version, _Version]) -> list[Wording | None]:
    """What a version says otherwise, spot by spot: None where it is not to be known by it, or the other says it too."""
    side, other = versions[number].side, versions[1 - number]
    wordings = [
        _whole(side, within) if spot == within else _framed(side, spot, within)
        for spot, within in _spots(correction, number, side)
    ]
    return [wording if wording and not _place(wording, other.side, other.alone) else None for wording in wordings]


def _whole(side: Side, within: Span) -> Wording | None:
    if not _is_enough(side, within, Span(within.start, within.start)):
        return None
    return Wording(side.tokens.strict[slice(*within)], begins=False, ends=False, frame=Counter())


def _is_enough(side: Side, within: Span, spot: Span) -> bool:
    """Whether a sentence without a spot is long enough to be a statement of its own."""
    sizes = side.tokens.stops - side.tokens.starts
    beside = np.concatenate([sizes[within.start : spot.start], sizes[spot.stop : within.stop]])
    return len(beside) >= _LEAST and int(beside.sum()) >= _LETTERS


def _framed(side: Side, spot: Span, within: Span) -> Wording | None:
    """The words of a spot with those beside them, and the rest of what they stand in."""
    if not _is_enough(side, within, spot):
        return None
    beside = _BESIDE if spot.start < spot.stop else _BETWEEN
    start, stop = max(within.start, spot.start - beside), min(within.stop, spot.stop + beside)
    tokens = side.tokens.strict
    return Wording(
        tokens[start:stop], begins=spot.start - start < beside, ends=stop - spot.stop < beside,
        frame=Counter(tokens[within.start : start].tolist() + tokens[stop : within.stop].tolist()),
    )  # fmt: skip


def _spots(correction: Correction, number: int, side: Side) -> Iterator[tuple[Span, Span]]:
    """Tokens that differ in a version, with those of the sentences they stand in; as many in both versions.

    Of sentences that are no edit it is the longest, all of it.
    """
    whole = side.tokens_in((correction.old, correction.new)[number])
    if correction.changes:
        for change in correction.changes:
            if change.kind is not ChangeKind.MARKS:
                spans = (change.span_a, change.sentence_a), (change.span_b, change.sentence_b)
                yield side.tokens_in(spans[number][0]), side.tokens_in(spans[number][1])
    elif correction.kind is Kind.EDITED:
        yield from ((spot, whole) for spot in _differing(correction, number))
    else:
        cuts = [bound for bound in side.bounds if whole.start < bound < whole.stop]
        parts = [Span(*part) for part in pairwise([whole.start, *cuts, whole.stop])]
        longest = max(parts, key=lambda part: (part.stop - part.start, -part.start))
        yield longest, longest


def _differing(correction: Correction, number: int) -> list[Span]:
    """The tokens that differ in an edited sentence; spots that one word parts are one."""
    spots = list[Span]()
    ranges = [(step.kind, (step.tokens_a, step.tokens_b)[number]) for step in correction.operations]
    for spot in [tokens for kind, tokens in ranges if kind != "equal"]:
        if spots and spot.start - spots[-1].stop < _BETWEEN:
            spots[-1] = Span(spots[-1].start, spot.stop)
        else:
            spots.append(spot)
    return spots
