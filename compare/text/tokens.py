"""Text to folded tokens, with their spans in the unaltered text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare import kernels
from compare.model import Document, Span, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


def readable(text: str, muted: Sequence[Span] = ()) -> str:
    """The text with every muted span blanked out: same length, same positions, fewer tokens.

    >>> readable("# Ferry", [Span(0, 1)])
    '  Ferry'
    """
    if not muted:
        return text
    parts, at = [], 0
    for start, stop in sorted(muted):
        parts += [text[at:start], " " * (stop - max(start, at))]
        at = max(at, stop)
    return "".join([*parts, text[at:]])


def tokenize(text: str, muted: Sequence[Span] = ()) -> Tokens:
    """The tokens of a text as columns: folded 64-bit hashes and spans in code points of the unaltered text. Linear.

    Words that differ in accents, vowel signs, or in forms of a letter have equal hashes and unequal strict ones.

    >>> tokens = tokenize("A mutual-defence pact")
    >>> [(int(a), int(b)) for a, b in zip(tokens.starts, tokens.stops)]
    [(0, 1), (2, 8), (9, 16), (17, 21)]
    >>> [len(set(column.tolist())) for tokens in [tokenize("vé vẽ ve")] for column in (tokens.hashes, tokens.strict)]
    [1, 3]
    """
    scanned = kernels.tokens(readable(text, muted))
    return Tokens(scanned.hashes, scanned.starts, scanned.stops, scanned.strict)


def vocabulary(words: Iterable[str]) -> NDArray[np.uint64]:
    """The folded hashes of words, each read alone, sorted: beside other languages' words it may be read otherwise.

    >>> len(vocabulary(["no", "но", "No"]))
    2
    """
    hashes = [kernels.tokens(word).hashes for word in words]
    return np.unique(np.concatenate([np.empty(0, np.uint64), *hashes]))


class Disguised(NamedTuple):
    """How much of a text was read otherwise than it is written."""

    words: int
    """Words in letters that look like Latin ones."""
    letters: int
    """Letters that blanks part from those before them, inside words."""


def disguised(document: Document) -> Disguised:
    """What a document hides its words by. Linear."""
    scanned = kernels.tokens(body(document))
    return Disguised(scanned.alike, scanned.spaced)


def folded(text: str, muted: Sequence[Span] = ()) -> list[str]:
    """The folded tokens as words, for what needs to read them (numbers, negations). Slower than `tokenize`; linear.

    >>> folded("«Der Fluß»")
    ['der', 'fluss']
    """
    from compare.kernels import reference  # noqa: PLC0415  # the words are asked for rarely, and only here

    return reference.tokens(readable(text, muted)).words


def body(document: Document) -> str:
    """A document's text with its muted spans blanked out."""
    return readable(document.text, document.muted)
