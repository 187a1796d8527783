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

from compare.model import Kind, Quotation, QuoteState, Span
from compare.quotations.marks import SIGNS
from compare.quotations.notation import is_bracketed, is_masked, is_notation, shows_a_cut
from compare.quotations.speakers import same_person
from compare.text.language import words
from compare.text.tokens import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Match, Operation, Tokens
    from compare.quotations.speakers import Speakers

_INSIDE, _OUTSIDE = 0.8, 0.2  # shares of words in quotation marks
_LEAST = 3  # words that may be a quotation
_COMMON = 5  # equal words, or all, without which two quotations in a rewritten passage are not the same one
_ALIKE = 0.6  # share of the longer one's words that are equal
_FRAME = 10  # words next to a quotation, on either side of it, that show whether both texts tell the same story
_SAME = 0.8  # share of them that are equal
_SAYING = 2  # those of a sentence that says who spoke
_DAY = 10  # signs of an ISO 8601 date
_OWN = 6  # words that a later text is not said to have borrowed by chance, by its date alone
_FAR, _SAYS_I = 200, 3  # tokens around in which a text that says I so often is a speech or an opinion
_DOUBLE = '“”"„«»'
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
    pairs = _pairs(match.operations, a, b, _COMMON if match.kind is Kind.REWRITTEN else _LEAST)
    return tuple(sorted((_stated(pair, match.operations, (a, b), order) for pair in pairs), key=_place))


def _place(quotation: Quotation) -> tuple[Span, Span]:
    return quotation.a, quotation.b


# --- which words correspond ----------------------------------------------------------------------------------------


def _pairs(steps: Sequence[Operation], a: Side, b: Side, least: int) -> list[_Pair]:
    """Quotations on one side or both with what corresponds; on both, so many words must be equal."""
    parts_a = _parts(a, Span(steps[0].tokens_a.start, steps[-1].tokens_a.stop))
    parts_b = _parts(b, Span(steps[0].tokens_b.start, steps[-1].tokens_b.stop))
    if not parts_a and not parts_b:
        return []
    equal = [step for step in steps if step.kind == "equal"]
    both = _both(steps, parts_a, parts_b, least)
    turned = [step.exchanged() for step in equal]
    alone_a = [_alone(equal, part, (a, b)) for part in parts_a]
    alone_b = [_alone(turned, part, (b, a)) for part in parts_b]
    return [*both, *(pair for pair in alone_a if pair), *(_turned(pair) for pair in alone_b if pair)]


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


def _both(steps: Sequence[Operation], parts_a: Sequence[_Part], parts_b: Sequence[_Part], least: int) -> list[_Pair]:
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
            if size >= max(min(least, _size(one), _size(part)), _ALIKE * max(_size(pair.a), _size(pair.b))):
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


def _alone(equal: Sequence[Operation], part: _Part, sides: tuple[Side, Side]) -> _Pair | None:
    """A quotation of the first text whose words stand outside marks in the second, with these; else None."""
    kept = [(_cut(step.tokens_a, part.tokens), step.tokens_b.start - step.tokens_a.start) for step in equal]
    kept = [(own, shift) for own, shift in kept if own.start < own.stop]
    size = sum(own.stop - own.start for own, _ in kept)
    if size < max(_LEAST, _ALIKE * _size(part)):
        return None
    marked = sum(_marked(sides, own, shift) for own, shift in kept)
    (first, before), (last, after) = kept[0], kept[-1]
    mapped = _Part(-1, Span(first.start + before, last.stop + after))
    if marked > _OUTSIDE * size or size < _ALIKE * _size(mapped):
        return None
    return _Pair(_Part(part.number, Span(first.start, last.stop)), mapped)


def _marked(sides: tuple[Side, Side], own: Span, shift: int) -> int:
    """How many of these tokens stand in marks on the other side, but for those that stand in inner marks here too."""
    first, second = sides
    count = int(second.quoted[own.start + shift : own.stop + shift].sum())
    if not count:
        return 0
    starts = np.searchsorted(second.tokens.starts, [span.start for span in second.quotations])
    stops = np.searchsorted(second.tokens.starts, [span.stop for span in second.quotations])
    for start, stop in zip((starts - shift).tolist(), (stops - shift).tolist(), strict=True):
        if own.start < start < stop <= own.stop and _gap(first, Span(start, start))[-1:] in SIGNS:
            count -= stop - start
    return count


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
    written = [_written(side, cut) for side, cut in zip(sides, cuts, strict=True)]
    gaps = [_gap(side, cut) for side, cut in zip(sides, cuts, strict=True)]
    if any(map(is_bracketed, gaps)) or is_notation(*written) or is_masked(*gaps):
        return False
    if cuts[0].start == cuts[0].stop:
        return not _is_cut(cuts[1], cuts[0].start, (pair.b, pair.a), sides[::-1])
    return cuts[1].start < cuts[1].stop or not _is_cut(cuts[0], cuts[1].start, (pair.a, pair.b), sides)


def _is_cut(cut: Span, at: int, parts: tuple[_Part, _Part], sides: tuple[Side, Side]) -> bool:
    """Whether words that the second text leaves out at a place stand at an end of the quotation, are marked there as
    left out, or say again what stands beside them; the words may be taken a few places further on or back as well.
    """  # fmt: skip
    hashes = sides[0].tokens.hashes
    size = cut.stop - cut.start
    for way in (-1, 1):
        start, place = cut.start, at
        while _within(start, size, place, parts):
            if shows_a_cut(_gap(sides[1], Span(place, place))):
                return True
            if hashes[start - 1 if way < 0 else start] != hashes[start + size - 1 if way < 0 else start + size]:
                break
            start, place = start + way, place + way
            if abs(start - cut.start) >= size:
                return True
        else:
            return True
    return False


def _within(start: int, size: int, place: int, parts: tuple[_Part, _Part]) -> bool:
    """Whether words are left out inside both quotations, and not at an end of one."""
    inside = parts[0].tokens.start < start and start + size < parts[0].tokens.stop
    return inside and parts[1].tokens.start < place < parts[1].tokens.stop


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
    if _is_set_off(pair, sides) or _size(pair.a) < _LEAST:
        return QuoteState.MARKS_DIFFER
    if _is_framed(pair, steps, sides):
        return QuoteState.MARKS_DIFFER if order > 0 else QuoteState.UNQUOTED
    if order > 0:
        return QuoteState.QUOTED
    borrowed = order < 0 and _size(pair.a) >= _OWN and not _is_told_by_itself(prose, pair.b.tokens)
    return QuoteState.UNQUOTED if borrowed else QuoteState.MARKS_DIFFER


def _is_told_by_itself(side: Side, tokens: Span) -> bool:
    """Whether a text says I around the words: a speech, or an article by the one who is quoted."""
    around = slice(max(0, tokens.start - _FAR), tokens.stop + _FAR)
    own = ~side.quoted[around] & np.isin(side.tokens.hashes[around], _first_person())
    return int(own.sum()) >= _SAYS_I


@cache
def _first_person() -> NDArray[np.uint64]:
    return vocabulary(sorted(words("speech", "first_person")))


def _is_set_off(pair: _Pair, sides: tuple[Side, Side]) -> bool:
    """Whether a mark stands at the words of the second text or among them, or they are a paragraph after a colon."""
    quoting, prose = sides
    before = _gap(prose, Span(pair.b.tokens.start, pair.b.tokens.start))
    after = _gap(prose, Span(pair.b.tokens.stop, pair.b.tokens.stop))
    at_the_words = before.rpartition(" ")[2].rpartition("\n")[2] + after.partition(" ")[0].partition("\n")[0]
    if not SIGNS.isdisjoint(at_the_words) or _doubles(prose, pair.b.tokens) > _doubles(quoting, pair.a.tokens):
        return True
    return "\n" in before and before.lstrip().startswith(":")


def _doubles(side: Side, tokens: Span) -> int:
    """How many signs of double marks stand between the first word and the last one."""
    return sum(map(side.text[slice(*_span(side, tokens))].count, _DOUBLE))


def _is_framed(pair: _Pair, steps: Sequence[Operation], sides: tuple[Side, Side]) -> bool:
    """Whether both sides tell the same around the words: who said them, or the words of the story next to them."""
    quoting, prose = sides
    equal = _equal_places(steps)
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
