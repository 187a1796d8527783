"""What stands around words that are in quotation marks on one side alone: whether both sides tell the same story."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from compare.model import Span
from compare.quotations.marks import SIGNS
from compare.quotations.pairs import steps_in
from compare.quotations.side import gap
from compare.text.coverage import span_of
from compare.text.language import words
from compare.text.tokens import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Operation
    from compare.quotations.pairs import Pair
    from compare.quotations.side import Side

_FRAME = 10  # words next to a quotation, on either side of it, that show whether both texts tell the same story
_SAME = 0.8  # share of them that are equal
_SAYING = 2  # those of a sentence that says who spoke
_AROUND = 40  # tokens on either side in which they are looked for
_FAR, _SAYS_I = 200, 3  # tokens around in which a text that says I so often is a speech or an opinion
_SINGLE = frozenset("‘’'")
_TYPED = frozenset({"``", "''"})  # as typewriters and TeX have them
_DOUBLE = '“”"„«»'


def is_set_off(pair: Pair, sides: tuple[Side, Side]) -> bool:
    """Whether a mark stands at the words of the second text or among them, or they are a paragraph after a colon."""
    quoting, prose = sides
    beside = [_signs_beside(side, part.tokens) for side, part in zip(sides, pair, strict=True)]
    inner = beside[1] <= _SINGLE and beside[1] < beside[0]
    if (beside[1] and not inner) or _doubles(prose, pair.b.tokens) > _doubles(quoting, pair.a.tokens):
        return True
    colons = [_is_led_in(side, part.tokens) for side, part in zip(sides, pair, strict=True)]
    return colons == [False, True]


def _signs_beside(side: Side, tokens: Span) -> frozenset[str]:
    """The signs of quotation marks that touch the words from outside, and those of `` and '' beyond a blank."""
    before, after = gap(side, Span(tokens.start, tokens.start)), gap(side, Span(tokens.stop, tokens.stop))
    apart = {sign for sign in (*before.split(), *after.split()) if sign in _TYPED}
    return SIGNS & {
        *before.rpartition(" ")[2].rpartition("\n")[2],
        *after.partition(" ")[0].partition("\n")[0],
        *"".join(apart),
    }


def _is_led_in(side: Side, tokens: Span) -> bool:
    """Whether a colon stands before a paragraph that begins with the words."""
    before = gap(side, Span(tokens.start, tokens.start))
    return "\n" in before and before.lstrip().startswith(":")


def _doubles(side: Side, tokens: Span) -> int:
    """How many signs of double marks stand between the first word and the last one."""
    return sum(map(side.text[slice(*span_of(side.tokens, tokens))].count, _DOUBLE))


def is_framed(pair: Pair, steps: Sequence[Operation], sides: tuple[Side, Side]) -> bool:
    """Whether both sides tell the same around the words: who said them, or the words of the story next to them."""
    quoting = sides[0]
    near = Span(pair.a.tokens.start - _AROUND, pair.a.tokens.stop + _AROUND)
    equal = _equal_places(steps_in(steps, near))
    beside = [_beside(side, part.tokens) for side, part in zip(sides, (pair.a, pair.b), strict=True)]
    kept = [at for at in beside[0] if equal.get(at) in beside[1]]
    if len(kept) >= _FRAME and len(kept) >= _SAME * max(map(len, beside)):
        return True
    first, last = quoting.owner[[pair.a.tokens.start, pair.a.tokens.stop - 1]].tolist()
    sentence = [at for at in beside[0] if first <= quoting.owner[at] <= last]
    same = [at for at in sentence if equal.get(at) in beside[1]]
    if len(same) < max(_SAYING, _SAME * len(sentence)):
        return False
    return bool(np.isin(quoting.tokens.hashes[same], _verbs()).any())


def _beside(side: Side, tokens: Span) -> frozenset[int]:
    """The tokens outside marks next to a quotation: some before, and as many after."""
    before = np.flatnonzero(~side.quoted[max(0, tokens.start - _AROUND) : tokens.start])[-_FRAME:]
    after = np.flatnonzero(~side.quoted[tokens.stop : tokens.stop + _AROUND])[:_FRAME]
    return frozenset([*(before + max(0, tokens.start - _AROUND)).tolist(), *(after + tokens.stop).tolist()])


def _equal_places(steps: Sequence[Operation]) -> dict[int, int]:
    """Where each token of a that is kept stands in b."""
    return {
        at: at + step.tokens_b.start - step.tokens_a.start
        for step in steps
        if step.kind == "equal"
        for at in range(*step.tokens_a)
    }


@cache
def _verbs() -> NDArray[np.uint64]:
    """Hashes of the verbs that say of words that somebody said them."""
    return vocabulary(sorted(words("speech", "verbs") | words("speech", "callers")))


def is_told_by_itself(side: Side, tokens: Span) -> bool:
    """Whether a text says I around the words: a speech, or an article by the one who is quoted."""
    around = slice(max(0, tokens.start - _FAR), tokens.stop + _FAR)
    own = ~side.quoted[around] & np.isin(side.tokens.hashes[around], _first_person())
    return int(own.sum()) >= _SAYS_I


@cache
def _first_person() -> NDArray[np.uint64]:
    return vocabulary(sorted(words("speech", "first_person")))
