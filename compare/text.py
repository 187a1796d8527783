"""Text to folded tokens, with their spans in the unaltered text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare import kernels
from compare.model import Document, Span, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence


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

    >>> tokens = tokenize("A mutual-defence pact")
    >>> [(int(a), int(b)) for a, b in zip(tokens.starts, tokens.stops)]
    [(0, 1), (2, 8), (9, 16), (17, 21)]
    """
    found = kernels.tokens(readable(text, muted))
    return Tokens(found.hashes, found.starts, found.stops)


def folded(text: str, muted: Sequence[Span] = ()) -> list[str]:
    """The folded tokens as words, for what needs to read them (numbers, negations). Slower than `tokenize`; linear.

    >>> folded("«Der Fluß»")
    ['der', 'fluss']
    """
    from compare import reference  # noqa: PLC0415  # the words are asked for rarely, and only here

    return reference.tokens(readable(text, muted)).words


def body(document: Document) -> str:
    """A document's text with its muted spans blanked out."""
    return readable(document.text, document.muted)
