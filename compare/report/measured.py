"""What the page must know of a text to count its words itself: where they begin, its sentences, what is quoted. Pure.

So the shares of an article can be told anew in the page, word by word, when something is left out of them.
"""

from __future__ import annotations

import string
from bisect import bisect_left
from typing import TYPE_CHECKING

from compare.quotations.marks import quotations
from compare.text.coverage import corresponding
from compare.text.sentences import sentences
from compare.text.tokens import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compare.model import Document, Match, Span, Tokens

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase[:-1]
_FAR = "z"
"""As far as there are digits, and on."""


def measures(document: Document, tokens: Tokens) -> dict[str, object]:
    """Where the words and sentences of a document begin, and which of its words are quoted."""
    text = readable(document.text, meant=document.meant)
    starts = [int(start) for start in tokens.starts]
    quoted = [_words_in(starts, span) for span in quotations(text, document.muted)]
    return {
        "tokens": distances(starts),
        "sentences": [sentence.start for sentence in sentences(text, document.muted)],
        "quoted": merged(range_ for range_ in quoted if range_[0] < range_[1]),
    }


def distances(places: Iterable[int]) -> str:
    """Ascending places as the distance of each from the one before it, from 0: a digit to base 61 each, `z` is 61 more.

    >>> distances([0, 4, 14, 140])
    '04Azz4'
    """
    return "".join(_digits(places))


def _digits(places: Iterable[int]) -> Iterator[str]:
    before = 0
    for place in places:
        far, near = divmod(place - before, len(_DIGITS))
        yield _FAR * far + _DIGITS[near]
        before = place


def _words_in(starts: Sequence[int], span: Span) -> tuple[int, int]:
    return bisect_left(starts, span.start), bisect_left(starts, span.stop)


def shared_words(match: Match) -> list[list[list[int]]]:
    """The words of a and of b that correspond, as ranges: what `reused` of a pair counts, if the match counts."""
    pairs = [*corresponding(match)]
    return [merged(pair[side] for pair in pairs) for side in (0, 1)]


def merged(ranges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The union of ranges, in order and apart.

    >>> merged([(4, 6), (0, 2), (2, 3), (5, 9)])
    [[0, 3], [4, 9]]
    """
    union: list[list[int]] = []
    for start, stop in sorted(range_ for range_ in ranges if range_[0] < range_[1]):
        if union and start <= union[-1][1]:
            union[-1][1] = max(union[-1][1], stop)
        else:
            union.append([start, stop])
    return union
