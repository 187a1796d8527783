"""Where a passage ends: with its sentence, when little is left of that.

Of a copy a few words on both sides, or a few that differ. Of a passage that is not verbatim as well, on each side by
itself: the sentence was edited or rewritten whole (PAN 2013, tuned half: .9579 → .9592).

A changed word at the very end is told apart from what follows by nothing but the sentence: "had risen to 340" against
"had risen to 290". Inside the passage it is shown, and read as a changed fact.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.align.judge import EDITED, as_copy
from compare.align.refine import Box, around, changed, joined, kept_share, steps
from compare.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.align.judge import JudgedBox
    from compare.align.prepare import Text
    from compare.align.refine import Step
    from compare.align.side import Side

FEW = 4  # tokens up to which the rest of a sentence belongs to the passage, on either side ...
_LONG, _KEPT = 12, 0.5  # ... or so many, if that share of them is kept


def ended(passages: Sequence[JudgedBox], sides: tuple[Side, Side], texts: tuple[Text, Text]) -> list[JudgedBox]:
    """The passages grown to the ends of their sentences, where little is left of these and no passage has it."""
    out = list(passages)
    for place, passage in enumerate(out):
        rests = _rests(passage.box, sides)
        if not any(_is_little(size) for rest in rests for size in _sizes(rest)):
            continue
        taken = [neighbour.box for neighbour in (*out[:place], *out[place + 1 :])]
        if _is_quoted(passage.box, texts):
            taken += [part for part in rests if not _is_quoted(part, texts)]
        grown = _grown(passage, rests, sides, taken) if passage.is_copy else passage
        out[place] = grown if grown.kind is Kind.VERBATIM else _whole(grown, sides, taken)
    return out


def _whole(passage: JudgedBox, sides: tuple[Side, Side], taken: Sequence[Box]) -> JudgedBox:
    """A passage that is not verbatim with the rest of its first and last sentence, where it stays what it is."""
    (a0, a1, b0, b1), (a2, a3, b2, b3) = _rests(passage.box, sides)
    parts = (
        Box(a0 if _is_little(a1 - a0) else a1, a1, b0 if _is_little(b1 - b0) else b1, b1),
        Box(a2, a3 if _is_little(a3 - a2) else a2, b2, b3 if _is_little(b3 - b2) else b2),
    )
    lead, tail = ([] if any(_claims(other, part, passage.box) for other in taken) else changed(part) for part in parts)
    every = joined(iter([*lead, *passage.steps, *tail]))
    whole = replace(passage, box=around(every), steps=every)
    copy = as_copy(every) if passage.is_copy else whole
    return copy if copy.similarity >= EDITED or not passage.is_copy else passage


def _grown(passage: JudgedBox, rests: tuple[Box, Box], sides: tuple[Side, Side], taken: Sequence[Box]) -> JudgedBox:
    """The passage with what is left of its sentences, where that is little and nobody's."""
    before, after = (_rest(rest, sides) if _is_free(rest, passage.box, taken) else [] for rest in rests)
    if not before and not after:
        return passage
    return as_copy(joined(iter([*before, *passage.steps, *after])))


def _rest(box: Box, sides: tuple[Side, Side]) -> list[Step]:
    """The steps of what is left of a sentence, where it is a few words, or most of more are kept; else none."""
    every = steps(*sides, box)
    changed = max((_longer(step.box) for step in every if step.kind != "equal"), default=0)
    is_kept = changed <= FEW and kept_share(every, box) >= _KEPT
    return every if _longer(box) <= FEW or is_kept else []


def _rests(box: Box, sides: tuple[Side, Side]) -> tuple[Box, Box]:
    """What is left of the sentences before and behind a box."""
    a, b = sides
    lead = Box(_begin(a, box.a0), box.a0, _begin(b, box.b0), box.b0)
    return lead, Box(box.a1, _end(a, box.a1), box.b1, _end(b, box.b1))


def _begin(side: Side, at: int) -> int:
    """The first token of the sentence that token `at` stands in."""
    return int(side.bounds[side.owner[at]])


def _end(side: Side, at: int) -> int:
    """Where the sentence of the token before `at` ends."""
    return int(side.bounds[side.owner[at - 1] + 1])


def _is_free(rest: Box, box: Box, others: Sequence[Box]) -> bool:
    """Whether what is left beside a box holds not too many tokens, and none of another passage."""
    return _is_little(_longer(rest)) and not any(_claims(taken, rest, box) for taken in others)


def _claims(taken: Box, rest: Box, box: Box) -> bool:
    """Whether another passage has tokens of the rest on a side where it has none of the box itself.

    What a text says twice has a passage with each, so that those share their words anyhow.
    """
    in_rest, in_box = _meet(taken, rest), _meet(taken, box)
    return any(met and not shared for met, shared in zip(in_rest, in_box, strict=True))


def _is_little(size: int) -> bool:
    return 0 < size <= _LONG


def _sizes(box: Box) -> tuple[int, int]:
    """Tokens of a and of b."""
    return box.a1 - box.a0, box.b1 - box.b0


def _longer(box: Box) -> int:
    """Tokens of the side that has more."""
    return max(_sizes(box))


def _meet(first: Box, second: Box) -> tuple[bool, bool]:
    """Whether two boxes share tokens of a, and of b."""
    return first.a0 < second.a1 and second.a0 < first.a1, first.b0 < second.b1 and second.b0 < first.b1


def _is_quoted(box: Box, texts: tuple[Text, Text]) -> bool:
    """Whether all of it stands in quotation marks on both sides: what is around a quotation is not a part of it."""
    a, b = texts
    return bool(a.quoted[box.a0 : box.a1].all() and b.quoted[box.b0 : box.b1].all())
