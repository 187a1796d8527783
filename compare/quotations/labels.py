"""What a match is called for its quotations: its marks, who speaks, and the drift of a name where two persons do."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from compare.model import Drift, Fact, Mark, QuoteState, Span
from compare.text.coverage import QUOTED, token_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.model import Match, Quotation
    from compare.quotations.side import Side


def marks(match: Match, a: Side, b: Side, quotations: Sequence[Quotation]) -> tuple[Mark, ...]:
    """`QUOTE` where the match stands in marks on both sides; the others where any of its quotations says so."""
    found_states = {quotation.state for quotation in quotations}
    return tuple(
        mark
        for mark, holds in (
            (Mark.QUOTE, match.kind.is_reuse and is_quotation(match, a, b)),
            (Mark.UNQUOTED, QuoteState.UNQUOTED in found_states),
            (Mark.ALTERED, QuoteState.ALTERED in found_states),
        )
        if holds
    )


def is_quotation(match: Match, a: Side, b: Side) -> bool:
    """Whether a match stands in quotation marks on both sides."""
    return all(
        float(side.quoted[span.start : span.stop].mean()) >= QUOTED if span.stop > span.start else False
        for side, span in zip((a, b), token_ranges(match), strict=True)
    )


def speaker(quotations: Iterable[Quotation], a: Side, b: Side) -> str:
    """Who is quoted in the first quotation that says so, in the text's words; empty where none does."""
    for quotation in quotations:
        for side, span in ((a, quotation.speaker_a), (b, quotation.speaker_b)):
            if span:
                return side.text[slice(*span)]
    return ""


def changed_speakers(quotations: Iterable[Quotation], a: Side, b: Side) -> list[Drift]:
    """A name drift for each quotation that the two sides put into different mouths."""
    return [
        Drift(Fact.NAME, *names, frame_a=_frame(a, names[0]), frame_b=_frame(b, names[1]))
        for names in map(_names_of, quotations)
        if names
    ]


def _names_of(quotation: Quotation) -> tuple[Span, Span] | None:
    """The names of the two speakers of words that are attributed otherwise."""
    names = quotation.speaker_a, quotation.speaker_b
    if quotation.state is not QuoteState.ATTRIBUTED_OTHERWISE or not names[0] or not names[1]:
        return None
    return names[0], names[1]


def _frame(side: Side, name: Span) -> Span:
    """The sentence in which a name stands."""
    starts = [span.start for span in side.sentences]
    return side.sentences[max(0, bisect_right(starts, name.start) - 1)]
