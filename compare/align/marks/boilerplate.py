"""Boilerplate is a match of its own: a rights notice at the end of a lifted paragraph must not hide the lifting."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.align.judge import EDITED, as_copy
from compare.align.marks.label import marked
from compare.align.marks.notices import notices
from compare.align.refine import Box, Step, around, joined, loosely
from compare.model import HeadPart, Kind, Mark
from compare.text.coverage import token_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.model import Match

    Flags = NDArray[np.bool_]

MOST = 0.8  # share of a match's tokens, on both sides, from which it is boilerplate as a whole
LEAST = 10  # tokens from which a part of a match, boilerplate or not, is a match of its own
AMID = 80  # tokens of a notice that parts nothing where at least `LEAST` go on unchanged on both sides of it
_NOTES = frozenset({HeadPart.BYLINE, HeadPart.DATE, HeadPart.CREDIT})
"""What of a head is a notice. A headline is written and goes with its text, and a dateline stands in a sentence."""
_BREAK = 4  # tokens that may differ inside boilerplate: a name, a year


class Boilerplate(NamedTuple):
    """Tokens of a text that are boilerplate, each bool[tokens]."""

    common: Flags
    """Stands in many documents of the run."""
    notice: Flags
    """A rights line, a byline, a plug: boilerplate however short it is."""
    heading: Flags
    """Its headline, and what of its head is a notice: headlines alone are no passage."""

    @property
    def either(self) -> Flags:
        """Both kinds."""
        return self.common | self.notice


def boilerplate_of(text: Text, common: Flags | None = None) -> Boilerplate:
    """The boilerplate of a text, of which a run knows what is common and a pair alone does not. Linear."""
    notice = notices(text)
    heading = np.zeros(len(text.tokens), bool)
    for part, (start, stop) in text.head.spans:
        if part in _NOTES or part is HeadPart.TITLE:
            place = slice(*np.searchsorted(text.tokens.starts, (start, stop)))
            heading[place] = True
            notice[place] |= part in _NOTES
    return Boilerplate(np.zeros(len(text.tokens), bool) if common is None else common, notice, heading)


def with_boilerplate(
    matches: Sequence[Match], texts: tuple[Text, Text], sides: tuple[Boilerplate, Boilerplate]
) -> tuple[Match, ...]:
    """The matches, cut where boilerplate begins or ends, those parts marked `boilerplate`."""
    if not all(side.either.any() or side.heading.any() for side in sides):
        return tuple(matches)
    cut = [part for match in matches for part in _cut(match, texts, sides)]
    if len(cut) != len(matches):
        again = marked(sorted((match for match, _ in cut), key=lambda match: (match.a, match.b)), *texts)
    else:
        again = tuple(matches)
    flagged = {(match.a, match.b) for match, flag in cut if flag}
    return tuple(_as_boilerplate(match) if (match.a, match.b) in flagged else match for match in again)


def _as_boilerplate(match: Match) -> Match:
    """The match as boilerplate: "© 2023" and "© 2024" are no fact changed, so none of it is told."""
    marks = tuple(mark for mark in match.marks if mark is not Mark.DRIFT)
    unsure = sorted((*match.drifts, *match.unsure), key=lambda drift: (drift.a, drift.b))
    unsure = [replace(drift, sure=False) for drift in unsure]
    return replace(match, marks=(*marks, Mark.BOILERPLATE), drifts=(), unsure=tuple(unsure))


def _cut(match: Match, texts: tuple[Text, Text], sides: tuple[Boilerplate, Boilerplate]) -> list[tuple[Match, bool]]:
    """The match in parts, with whether each is boilerplate."""
    either = sides[0].either, sides[1].either
    if not _touches(match, *either):
        return [(match, _is_heading(match, sides))]
    if _is_within(match, *either) or _is_heading(match, sides):
        return [(match, True)]
    every = list(_flagged(loosely(match.operations, texts[0].tokens, texts[1].tokens), *either))
    notice = [_is_notice(step, sides) for step, _ in every]
    sure = _beside_more([step for step, _ in every], notice)
    every = [(step, flag and parts >= line) for (step, flag), line, parts in zip(every, notice, sure, strict=True)]
    enough = any(sure) or sum(step.box.a1 - step.box.a0 for step, flag in every if flag) >= LEAST
    if not match.kind.is_reuse or not enough:
        return [(match, False)]
    groups = groupby(zip(every, _smooth(every, sure), strict=True), key=lambda item: item[1])
    parts = [([step for (step, _), _ in group], flag) for flag, group in groups]
    edges = every[0][0], every[-1][0]
    parts = [(trimmed, flag) for steps, flag in parts if (trimmed := _trimmed(steps, edges))]
    if len(parts) < 2:  # noqa: PLR2004  # it is whole
        return [(match, False)]
    made = [(_part(match, steps, texts), flag) for steps, flag in parts]
    return [(part, flag or _is_heading(part, sides)) for part, flag in made]


def _touches(match: Match, flags_a: Flags, flags_b: Flags) -> bool:
    """Whether some of a match is flagged, on both sides: most matches are far from boilerplate."""
    ranges = zip(token_ranges(match), (flags_a, flags_b), strict=True)
    return all(flags[span.start : span.stop].any() for span, flags in ranges)


def _is_within(match: Match, flags_a: Flags, flags_b: Flags) -> bool:
    """Whether most of a match is flagged, on both sides."""
    ranges = zip(token_ranges(match), (flags_a, flags_b), strict=True)
    return all(flags[span.start : span.stop].mean() >= MOST for span, flags in ranges)


def _is_heading(match: Match, sides: tuple[Boilerplate, Boilerplate]) -> bool:
    """Whether headlines correspond with headlines and nothing else does: one title is no passage."""
    return _is_within(match, sides[0].heading, sides[1].heading)


def _is_notice(step: Step, sides: tuple[Boilerplate, Boilerplate]) -> bool:
    """Whether an equal step stands in a notice on both sides."""
    kind, (a0, a1, b0, b1) = step
    return kind == "equal" and bool((sides[0].notice[a0:a1] & sides[1].notice[b0:b1]).any())


def _beside_more(steps: list[Step], sure: list[bool]) -> list[bool]:
    """Which steps of a notice part the match: not a line amid what goes on unchanged on both sides of it."""
    out: list[bool] = []
    for flag, group in groupby(zip(steps, sure, strict=True), key=lambda item: item[1]):
        members = [step for step, _ in group]
        first, last = len(out), len(out) + len(members)
        goes_on = first > 0 and last < len(steps) and all(map(_is_more, (steps[first - 1], steps[last])))
        box = around(members)
        out.extend([flag and not (goes_on and box.a1 - box.a0 <= AMID)] * len(members))
    return out


def _is_more(step: Step) -> bool:
    return step.kind == "equal" and step.box.a1 - step.box.a0 >= LEAST


def _flagged(steps: list[Step], common_a: Flags, common_b: Flags) -> Iterator[tuple[Step, bool]]:
    """The steps, equal ones cut where they begin or cease to be boilerplate on both sides."""
    for step in steps:
        box = step.box
        if step.kind != "equal":
            yield step, False
            continue
        flags = common_a[box.a0 : box.a1] & common_b[box.b0 : box.b1]
        edges = [0, *(np.flatnonzero(np.diff(flags)) + 1).tolist(), len(flags)]
        for start, stop in pairwise(edges):
            yield Step("equal", Box(box.a0 + start, box.a0 + stop, box.b0 + start, box.b0 + stop)), bool(flags[start])


def _smooth(every: list[tuple[Step, bool]], sure: list[bool]) -> list[bool]:
    """Which steps are boilerplate: short breaks in it are, short stretches of it or beside it are no parts.

    A notice (`sure`) is a part however short it is; what stands beside one is no boilerplate for that.
    """
    flags = _flipped(every, [flag for _, flag in every], sure, was=False, below=_BREAK + 1)
    flags = _flipped(every, flags, sure, was=True, below=LEAST)
    return _flipped(every, flags, sure, was=False, below=_BREAK + 1 if any(sure) else LEAST)


def _flipped(
    every: list[tuple[Step, bool]], flags: list[bool], sure: list[bool], *, was: bool, below: int
) -> list[bool]:
    """The flags, with runs of `was` turned that hold fewer than `below` tokens on either side and nothing sure."""
    out: list[bool] = []
    for flag, group in groupby(zip(every, flags, sure, strict=True), key=lambda item: item[1]):
        members = list(group)
        box = around([step for (step, _), _, _ in members])
        small = max(box.a1 - box.a0, box.b1 - box.b0) < below and not any(certain for *_, certain in members)
        out.extend([flag != (flag == was and small)] * len(members))
    return out


def _trimmed(steps: list[Step], edges: tuple[Step, Step]) -> list[Step]:
    """From the first equal step to the last, but for those that the match itself begins or ends with; joined."""
    equal = [index for index, step in enumerate(steps) if step.kind == "equal"]
    if not equal:
        return []
    start = 0 if steps[0] is edges[0] else equal[0]
    stop = len(steps) if steps[-1] is edges[1] else equal[-1] + 1
    return joined(iter(steps[start:stop]))


def _part(match: Match, steps: list[Step], texts: tuple[Text, Text]) -> Match:
    """The part judged anew; what was edited and keeps too little without its boilerplate is only related."""
    part = as_copy(steps)
    if part.similarity < EDITED and match.kind is Kind.REWRITTEN:
        part = replace(part, kind=match.kind, similarity=match.similarity)
    elif part.similarity < EDITED:
        part = replace(part, kind=Kind.RELATED)
    return part.match(texts[0].tokens, texts[1].tokens)
