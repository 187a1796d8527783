"""What must be known of a text to say what became of its quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from compare.quotations.marks import APOSTROPHES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compare.model import Span, Tokens
    from compare.quotations.speakers import Speakers


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
    def quotation_tokens(self) -> tuple[Span, ...]:
        """The tokens of each of them."""

    @property
    def speakers(self) -> Speakers:
        """Who speaks in them."""

    @property
    def author(self) -> str:
        """Who wrote it, or empty."""

    @property
    def published(self) -> str:
        """The ISO 8601 date of publication, or empty."""


def gap(side: Side, tokens: Span) -> str:
    """The text from the word before some tokens to the word after them; there may be none."""
    start = int(side.tokens.stops[tokens.start - 1]) if tokens.start else 0
    stop = int(side.tokens.starts[tokens.stop]) if tokens.stop < len(side.tokens) else len(side.text)
    return side.text[start:stop]


def written(side: Side, tokens: Span) -> list[str]:
    """Tokens as they stand in the text, an apostrophe behind one with it: gettin'."""
    starts, stops = (column[tokens.start : tokens.stop].tolist() for column in (side.tokens.starts, side.tokens.stops))
    ends = (stop + (side.text[stop : stop + 1] in APOSTROPHES) for stop in stops)
    return [side.text[start:end] for start, end in zip(starts, ends, strict=True)]
