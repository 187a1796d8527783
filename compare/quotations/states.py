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

from typing import TYPE_CHECKING

from compare.model import Kind, Quotation, QuoteState, Span
from compare.quotations.changes import is_altered
from compare.quotations.frames import is_framed, is_set_off, is_told_by_itself
from compare.quotations.names import same_person
from compare.quotations.pairs import LEAST, kept_share, pairs
from compare.text.coverage import QUOTED, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.model import Match, Operation
    from compare.quotations.pairs import Pair
    from compare.quotations.side import Side

_COMMON = 5  # equal words, or all, without which two quotations in a rewritten passage are not the same one
_DAY = 10  # signs of an ISO 8601 date
_REPORTED = 0.95  # share of a quotation's words below which who has none of its marks reports what was said
_OWN, _SAME = 6, 0.9  # words, and share of them kept, that a later text is said to have borrowed by its date alone


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
    corresponding = pairs(match.operations, a, b, _COMMON if match.kind is Kind.REWRITTEN else LEAST)
    return tuple(sorted((_stated(pair, match.operations, (a, b), order) for pair in corresponding), key=_place))


def _place(quotation: Quotation) -> tuple[Span, Span]:
    return quotation.a, quotation.b


def _stated(pair: Pair, steps: Sequence[Operation], sides: tuple[Side, Side], order: int) -> Quotation:
    speakers = _speakers(pair, sides)
    if pair.a.number < 0:
        state = _of_one(pair.turned(), [step.exchanged() for step in steps], sides[::-1], -order)
    elif pair.b.number < 0:
        state = _of_one(pair, steps, sides, order)
    elif is_altered(pair, steps, sides):
        state = QuoteState.ALTERED
    else:
        state = QuoteState.ATTRIBUTED_OTHERWISE if _are_two(speakers, sides) else QuoteState.FAITHFUL
    return Quotation(
        span_of(sides[0].tokens, pair.a.tokens), span_of(sides[1].tokens, pair.b.tokens), state, *speakers,
        marked_a=pair.a.number >= 0, marked_b=pair.b.number >= 0,
    )  # fmt: skip


_Speakers = tuple[Span | None, Span | None]


def _speakers(pair: Pair, sides: tuple[Side, Side]) -> _Speakers:
    """Who speaks on each side. Where one side names a person, a lone name of the other may be one as well."""
    a, b = sides
    speaker_a, speaker_b = (
        side.speakers.of(part.number) if part.number >= 0 else None for side, part in zip(sides, pair, strict=True)
    )
    if speaker_a and not speaker_b and pair.b.number >= 0:
        speaker_b = b.speakers.perhaps(pair.b.number)
    elif speaker_b and not speaker_a and pair.a.number >= 0:
        speaker_a = a.speakers.perhaps(pair.a.number)
    return speaker_a, speaker_b


def _are_two(speakers: _Speakers, sides: tuple[Side, Side]) -> bool:
    """Whether both sides name a speaker, and not one and the same."""
    names = [side.text[slice(*span)] for side, span in zip(sides, speakers, strict=True) if span]
    return len(names) == len(sides) and not same_person(*names)


def _of_one(pair: Pair, steps: Sequence[Operation], sides: tuple[Side, Side], order: int) -> QuoteState:
    """The state of words that stand in marks in the first text alone."""
    quoting, prose = sides
    speaker = quoting.speakers.of(pair.a.number)
    if speaker and prose.author and same_person(quoting.text[slice(*speaker)], prose.author):
        return QuoteState.QUOTED
    is_speech = float(prose.quoted[slice(*pair.b.tokens)].mean()) >= QUOTED  # a transcript, a post, an outer quotation
    if is_set_off(pair, sides) or pair.a.size < LEAST or is_speech:
        return QuoteState.MARKS_DIFFER
    kept = kept_share(pair, steps)
    if is_framed(pair, steps, sides):
        return QuoteState.UNQUOTED if order <= 0 and kept >= _REPORTED else QuoteState.MARKS_DIFFER
    if order > 0:
        return QuoteState.QUOTED
    same = pair.a.size >= _OWN and kept >= _SAME
    borrowed = order < 0 and same and not is_told_by_itself(prose, pair.b.tokens)
    return QuoteState.UNQUOTED if borrowed else QuoteState.MARKS_DIFFER
