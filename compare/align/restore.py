"""Spans of a text as it was read, back in the text as it is written: all of `M&uuml;ller`, not its first letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.model import Span
from compare.text.tokens import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.align.prepare import Text
    from compare.model import Drift, Match, Operation, Quotation


def restored(matches: Sequence[Match], a: Text, b: Text) -> tuple[Match, ...]:
    """The matches with their spans in the unaltered texts. Nothing is to be done where all is read as it is written."""
    if not any((a.ends, b.ends, a.meant, b.meant)):
        return tuple(matches)
    return tuple(_Restoring(a, b).match(match) for match in matches)


def as_written(span: Span, text: Text) -> Span:
    """A span of a text as it was read, in the unaltered text."""
    start, stop = span
    return whole(Span(start, max(start, text.ends.get(stop, stop)) if start < stop else stop), text.meant)


class _Restoring:
    def __init__(self, a: Text, b: Text) -> None:
        self._texts = a, b

    def _span(self, span: Span, side: int) -> Span:
        return as_written(span, self._texts[side])

    def match(self, match: Match) -> Match:
        """A match with all that stands in it."""
        return replace(
            match,
            a=self._span(match.a, 0),
            b=self._span(match.b, 1),
            operations=tuple(map(self._operation, match.operations)),
            drifts=tuple(map(self._drift, match.drifts)),
            unsure=tuple(map(self._drift, match.unsure)),
            quotations=tuple(map(self._quotation, match.quotations)),
            inside=tuple(map(self.match, match.inside)),
        )

    def _operation(self, step: Operation) -> Operation:
        return replace(step, a=self._span(step.a, 0), b=self._span(step.b, 1))

    def _drift(self, drift: Drift) -> Drift:
        a, b = self._span(drift.a, 0), self._span(drift.b, 1)
        return replace(drift, a=a, b=b, frame_a=self._span(drift.frame_a, 0), frame_b=self._span(drift.frame_b, 1))

    def _quotation(self, quotation: Quotation) -> Quotation:
        speakers = quotation.speaker_a, quotation.speaker_b
        speaker_a, speaker_b = (self._span(span, side) if span else None for side, span in enumerate(speakers))
        a, b = self._span(quotation.a, 0), self._span(quotation.b, 1)
        return replace(quotation, a=a, b=b, speaker_a=speaker_a, speaker_b=speaker_b)
