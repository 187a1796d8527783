"""What became of each quotation of a match on the other side.

| state | said when |
|---|---|
| `faithful` | marks on both sides, and no word inside changed but in its notation, its cuts shown |
| `altered` | marks on both sides, and words inside changed, put in or left out without a sign |
| `attributed otherwise` | marks on both sides, and two persons speak |
| `unquoted` | marks on one side alone, and the other side prints the same story around it, or borrows by its date |
| `quoted` | marks on one side alone, and the other wrote the words: by its author, or by its date |
| `marks differ` | marks on one side alone, and nothing says who borrows; or it is set off there without marks |

Both sides are asked alike: the same quotations come out for (b, a), with the sides exchanged.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from compare.model import Quotation, QuoteState, Span
from compare.quotations.marks import SIGNS
from compare.quotations.notation import is_notation, shows_a_cut
from compare.quotations.speakers import same_person
from compare.text.language import words
from compare.text.tokens import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Match, Operation, Tokens
    from compare.quotations.speakers import Speakers

_INSIDE, _OUTSIDE = 0.8, 0.2  # shares of words in quotation marks
_LEAST = 3  # equal words without which two quotations are not the same one
_ALIKE = 0.6  # share of the longer one's words that are equal
_FRAME = 12  # equal words of the story around a quotation that show that both sides tell it
_SAYING = 2  # those of a sentence that says who spoke
_DAY = 10  # signs of an ISO 8601 date
_EDGE = 4  # words at the end of a quotation that may be others
_AROUND = 40  # tokens on either side in which they are looked for


class Side(Protocol):
    """What must be known of a text, as `align.prepare.Text` knows it."""

    @property
    def text(self) -> str:
        """The unaltered text."""

    @property
    def tokens(self) -> Tokens:
        """Its tokens."""

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences, in order."""

    @property
    def owner(self) -> NDArray[np.int64]:
        """The sentence of each token."""

    @property
    def quoted(self) -> NDArray[np.bool_]:
        """Which tokens stand inside quotations."""

    @property
    def quotations(self) -> tuple[Span, ...]:
        """The quotations in order, in code points."""

    @property
    def speakers(self) -> Speakers:
        """Who speaks in them."""

    @property
    def author(self) -> str:
        """Who wrote it, or empty."""

    @property
    def published(self) -> str:
        """The ISO 8601 date of publication, or empty."""


class _Part(NamedTuple):
    """A quotation, or what of it stands in a match."""

    number: int
    """Its place among the quotations of the text; −1 where the text has no marks there."""
    tokens: Span


class _Pair(NamedTuple):
    """Corresponding words that are a quotation on one side at least."""

    a: _Part
    b: _Part


def order_of(a: Side, b: Side) -> int:
    """Which text came first by its day of publication: -1 for a, 1 for b, 0 where it is not known or one day."""
    days = a.published[:_DAY], b.published[:_DAY]
    if any(len(day) < _DAY for day in days):
        return 0
    return (days[0] > days[1]) - (days[0] < days[1])


def states(match: Match, a: Side, b: Side, order: int) -> tuple[Quotation, ...]:
    """The quotations of which words stand in a match, by their place in a; a `related` match has none.

    `order` is that of `order_of`: -1 where a is the earlier text, 1 where b is, 0 where that is not known.
    """
    if not match.kind.is_reuse or not (a.quotations or b.quotations) or not match.operations:
        return ()
    pairs = _pairs(match.operations, a, b)
    return tuple(sorted((_stated(pair, match.operations, (a, b), order) for pair in pairs), key=_place))


def _place(quotation: Quotation) -> tuple[Span, Span]:
    return quotation.a, quotation.b


# --- which words correspond ----------------------------------------------------------------------------------------


def _pairs(steps: Sequence[Operation], a: Side, b: Side) -> list[_Pair]:
    parts_a = _parts(a, Span(steps[0].tokens_a.start, steps[-1].tokens_a.stop))
    parts_b = _parts(b, Span(steps[0].tokens_b.start, steps[-1].tokens_b.stop))
    if not parts_a and not parts_b:
        return []
    equal = [step for step in steps if step.kind == "equal"]
    both = _both(steps, parts_a, parts_b)
    alone_a = [_alone(equal, part, b, side=0) for part in parts_a]
    alone_b = [_alone(equal, part, a, side=1) for part in parts_b]
    return [*both, *(pair for pair in (*alone_a, *alone_b) if pair)]


def _parts(side: Side, within: Span) -> list[_Part]:
    """The quotations of which tokens stand in a range, cut to it."""
    if not side.quoted[within.start : within.stop].any():
        return []
    starts = np.searchsorted(side.tokens.starts, [span.start for span in side.quotations]).tolist()
    stops = np.searchsorted(side.tokens.starts, [span.stop for span in side.quotations]).tolist()
    return [
        _Part(index, Span(max(start, within.start), min(stop, within.stop)))
        for index, (start, stop) in enumerate(zip(starts, stops, strict=True))
        if max(start, within.start) < min(stop, within.stop)
    ]


def _both(steps: Sequence[Operation], parts_a: Sequence[_Part], parts_b: Sequence[_Part]) -> list[_Pair]:
    """Where a quotation of a and one of b share words: what of each corresponds to the other."""
    pairs = []
    equal = [step for step in steps if step.kind == "equal"]
    for one in parts_a:
        for part in parts_b:
            shared = [(step, _shared(step, one.tokens, part.tokens)) for step in equal]
            spans = [(step, span) for step, span in shared if span.start < span.stop]
            if not spans:
                continue
            pair = _grown(one, part, spans)
            size = sum(span.stop - span.start for _, span in spans)
            if size >= max(_LEAST, _ALIKE * max(_size(pair.a), _size(pair.b))):
                pairs.append(_edged(pair, steps, one, part))
    return pairs


def _size(part: _Part) -> int:
    return part.tokens.stop - part.tokens.start


def _shared(step: Operation, in_a: Span, in_b: Span) -> Span:
    """The tokens of a that an equal step keeps of a range of a in a range of b."""
    shift = step.tokens_a.start - step.tokens_b.start
    return Span(
        max(step.tokens_a.start, in_a.start, in_b.start + shift), min(step.tokens_a.stop, in_a.stop, in_b.stop + shift)
    )


def _grown(one: _Part, part: _Part, spans: Sequence[tuple[Operation, Span]]) -> _Pair:
    """From the first to the last word that both share."""
    (first, start), (last, stop) = spans[0], spans[-1]
    shifts = first.tokens_b.start - first.tokens_a.start, last.tokens_b.start - last.tokens_a.start
    return _Pair(
        _Part(one.number, Span(start.start, stop.stop)),
        _Part(part.number, Span(start.start + shifts[0], stop.stop + shifts[1])),
    )


def _edged(pair: _Pair, steps: Sequence[Operation], one: _Part, part: _Part) -> _Pair:
    """The pair with the few words at its ends that are others on the other side, inside the marks of both."""
    (a, b), (start_a, stop_a), (start_b, stop_b) = pair, pair.a.tokens, pair.b.tokens
    for step in steps:
        in_a, in_b = _cut(step.tokens_a, one.tokens), _cut(step.tokens_b, part.tokens)
        if step.kind != "replace" or not (0 < in_a.stop - in_a.start <= _EDGE and 0 < in_b.stop - in_b.start <= _EDGE):
            continue
        if in_a.stop == start_a and in_b.stop == start_b:
            start_a, start_b = in_a.start, in_b.start
        if in_a.start == stop_a and in_b.start == stop_b:
            stop_a, stop_b = in_a.stop, in_b.stop
    return _Pair(_Part(a.number, Span(start_a, stop_a)), _Part(b.number, Span(start_b, stop_b)))


def _cut(span: Span, within: Span) -> Span:
    return Span(max(span.start, within.start), min(span.stop, within.stop))


def _alone(equal: Sequence[Operation], part: _Part, opposite: Side, *, side: int) -> _Pair | None:
    """A quotation whose words stand outside marks on the other side, with these; None where most stand inside."""
    kept = [_kept(step, part.tokens, side) for step in equal]
    kept = [(own, other_span) for own, other_span in kept if own.start < own.stop]
    size = sum(own.stop - own.start for own, _ in kept)
    marked = sum(int(opposite.quoted[span.start : span.stop].sum()) for _, span in kept)
    if size < max(_LEAST, _ALIKE * (part.tokens.stop - part.tokens.start)) or marked > _OUTSIDE * size:
        return None
    mapped = _Part(-1, Span(kept[0][1].start, kept[-1][1].stop))
    if size < _ALIKE * (mapped.tokens.stop - mapped.tokens.start):
        return None
    quoting = _Part(part.number, Span(kept[0][0].start, kept[-1][0].stop))
    return _Pair(quoting, mapped) if side == 0 else _Pair(mapped, quoting)


def _kept(step: Operation, part: Span, side: int) -> tuple[Span, Span]:
    """What an equal step keeps of a range of one side, there and on the other side."""
    own, opposite = (step.tokens_a, step.tokens_b)[:: -1 if side else 1]
    start, stop = max(own.start, part.start), min(own.stop, part.stop)
    shift = opposite.start - own.start
    return Span(start, stop), Span(start + shift, stop + shift)


# --- what is said of them ------------------------------------------------------------------------------------------


def _stated(pair: _Pair, steps: Sequence[Operation], sides: tuple[Side, Side], order: int) -> Quotation:
    speaker_a, speaker_b = (
        side.speakers.of(part.number) if part.number >= 0 else None for side, part in zip(sides, pair, strict=True)
    )
    if pair.a.number < 0:
        state = _of_one(_turned(pair), [step.exchanged() for step in steps], sides[::-1], -order)
    elif pair.b.number < 0:
        state = _of_one(pair, steps, sides, order)
    else:
        state = _of_two(pair, steps, sides, (speaker_a, speaker_b))
    return Quotation(_span(sides[0], pair.a.tokens), _span(sides[1], pair.b.tokens), state, speaker_a, speaker_b)


def _turned(pair: _Pair) -> _Pair:
    return _Pair(pair.b, pair.a)


def _span(side: Side, tokens: Span) -> Span:
    return Span(int(side.tokens.starts[tokens.start]), int(side.tokens.stops[tokens.stop - 1]))


def _of_two(
    pair: _Pair, steps: Sequence[Operation], sides: tuple[Side, Side], speakers: tuple[Span | None, Span | None]
) -> QuoteState:
    """The state of words in quotation marks on both sides."""
    inside = [step for step in steps if step.kind != "equal" and _is_changed(step, pair, sides)]
    if inside:
        return QuoteState.ALTERED
    names = [side.text[slice(*span)] for side, span in zip(sides, speakers, strict=True) if span]
    if len(names) == len(sides) and not same_person(*names):
        return QuoteState.ATTRIBUTED_OTHERWISE
    return QuoteState.FAITHFUL


def _is_changed(step: Operation, pair: _Pair, sides: tuple[Side, Side]) -> bool:
    """Whether a step changes words of a quotation without a sign that it does."""
    cuts = _cut(step.tokens_a, pair.a.tokens), _cut(step.tokens_b, pair.b.tokens)
    if any(cut.start > cut.stop for cut in cuts) or all(cut.start == cut.stop for cut in cuts):
        return False
    if step.kind != "replace" and any(
        cut.start == cut.stop and cut.start in part.tokens for cut, part in zip(cuts, pair, strict=True)
    ):
        return False
    written = [_written(side, cut) for side, cut in zip(sides, cuts, strict=True)]
    gaps = [_gap(side, cut) for side, cut in zip(sides, cuts, strict=True)]
    return not (any(map(shows_a_cut, gaps)) or is_notation(*written))


def _written(side: Side, tokens: Span) -> list[str]:
    """The words of tokens as they stand in the text."""
    starts, stops = (column[tokens.start : tokens.stop].tolist() for column in (side.tokens.starts, side.tokens.stops))
    return [side.text[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _gap(side: Side, tokens: Span) -> str:
    """What stands from the word before to the word after."""
    start = int(side.tokens.stops[tokens.start - 1]) if tokens.start else 0
    stop = int(side.tokens.starts[tokens.stop]) if tokens.stop < len(side.tokens) else len(side.text)
    return side.text[start:stop]


def _of_one(pair: _Pair, steps: Sequence[Operation], sides: tuple[Side, Side], order: int) -> QuoteState:
    """The state of words that stand in marks in the first text alone."""
    quoting, prose = sides
    speaker = quoting.speakers.of(pair.a.number)
    if speaker and prose.author and same_person(quoting.text[slice(*speaker)], prose.author):
        return QuoteState.QUOTED
    if _is_set_off(prose, pair.b.tokens) or _size(pair.a) < _LEAST:
        return QuoteState.MARKS_DIFFER
    if _is_framed(pair, steps, sides):
        return QuoteState.MARKS_DIFFER if order > 0 else QuoteState.UNQUOTED
    return {-1: QuoteState.UNQUOTED, 0: QuoteState.MARKS_DIFFER, 1: QuoteState.QUOTED}[order]


def _is_set_off(side: Side, tokens: Span) -> bool:
    """Whether a sign of a quotation stands at the words or among them, or they are a paragraph after a colon."""
    starts, stops = side.tokens.starts[tokens.start : tokens.stop], side.tokens.stops[tokens.start : tokens.stop]
    gap_before, gap_after = _gap(side, Span(tokens.start, tokens.start)), _gap(side, Span(tokens.stop, tokens.stop))
    gaps = zip(stops[:-1].tolist(), starts[1:].tolist(), strict=True)
    between = "".join(side.text[stop:start] for stop, start in gaps)
    if not SIGNS.isdisjoint(gap_before + gap_after + between):
        return True
    return "\n" in gap_before and gap_before.lstrip().startswith(":")


def _is_framed(pair: _Pair, steps: Sequence[Operation], sides: tuple[Side, Side]) -> bool:
    """Whether both sides tell the same around the words: who said them, or a good part of the story."""
    near = _around(pair, steps, sides, _AROUND)
    if len(near) >= _FRAME:
        return True
    sentences = sides[0].owner[[pair.a.tokens.start, pair.a.tokens.stop - 1]]
    first, last = np.searchsorted(sides[0].owner, [sentences[0], sentences[1] + 1]).tolist()
    same = [at for at in near if first <= at < last]
    return len(same) >= _SAYING and bool(np.isin(sides[0].tokens.hashes[same], _verbs()).any())


def _around(pair: _Pair, steps: Sequence[Operation], sides: tuple[Side, Side], reach: int) -> list[int]:
    """The tokens of the first text around a quotation that both texts have in the same order, outside marks."""
    windows = [
        (Span(part.start - reach, part.start), Span(part.stop, part.stop + reach))
        for part in (pair.a.tokens, pair.b.tokens)
    ]
    near = []
    for step in steps:
        if step.kind != "equal":
            continue
        shift = step.tokens_b.start - step.tokens_a.start
        for in_a, in_b in zip(*windows, strict=True):
            shared = _shared(step, in_a, in_b)
            near += [
                at for at in range(*shared) if not (sides[0].quoted[at] or sides[1].quoted[at + shift])
            ]  # fmt: skip
    return near


@cache
def _verbs() -> NDArray[np.uint64]:
    """Hashes of the verbs that say of words that somebody said them."""
    return vocabulary(sorted(words("speech", "verbs") | words("speech", "others")))
