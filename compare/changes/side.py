"""A text of a pair by its words and sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.model import Span
from compare.text.coverage import span_of
from compare.text.sentences import sentences
from compare.text.tokens import body, tokenize

if TYPE_CHECKING:
    from collections.abc import Collection

    from compare.model import Document, HeadPart, Tokens


@dataclass(frozen=True, slots=True)
class Side:
    """A text as it is read, with what is asked of it again and again."""

    text: str
    tokens: Tokens
    bounds: tuple[int, ...]
    """The tokens with which sentences begin, and how many tokens there are."""
    starts: frozenset[int]
    """The same but for the last."""
    told: tuple[Span, ...]
    """What of it is told as a headline, byline or credit."""

    def tokens_in(self, span: Span) -> Span:
        """The tokens that begin in a span; of an empty one those that stand before it end there."""
        start, stop = np.searchsorted(self.tokens.starts, span).tolist()
        return Span(start, stop)

    def sentence(self, start: int, stop: int) -> Span:
        """The tokens of the sentences that some tokens stand in, of which there is at least one."""
        first = max(0, bisect_right(self.bounds, start) - 1)
        last = bisect_right(self.bounds, max(start, stop - 1))
        return Span(self.bounds[first], self.bounds[min(last, len(self.bounds) - 1)])

    def span(self, tokens: Span) -> Span:
        """From the first to the last character of some tokens, of which there is at least one."""
        return span_of(self.tokens, tokens)


def side_of(document: Document, told: Collection[HeadPart] = ()) -> Side:
    """A document by its words and sentences; `told` are the parts of its head that are told as such. Linear."""
    text = body(document)
    tokens = tokenize(text)
    starts = np.unique(np.searchsorted(tokens.starts, [sentence.start for sentence in sentences(text)])).tolist()
    begun = [start for start in starts if start < len(tokens)]
    heads = document.head.spans if document.head else ()
    return Side(
        text, tokens, (*begun, len(tokens)), frozenset(begun), tuple(span for part, span in heads if part in told)
    )
