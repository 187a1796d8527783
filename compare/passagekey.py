"""How a passage is remembered between runs: permalinks of the report, accepted reuse of the gate.

Stored keys outlive a version of the tool, so nothing here may change without a new format.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.model import Match, Span, Tokens

SAME_WORDS = 0.75
"""Jaccard of two passages' words from which they are one: a word put in or changed in 38 leaves .92 or more, a 5-word
shingle set would fall to .74."""


@dataclass(frozen=True, slots=True)
class PassageKey:
    """A passage by its folded tokens: the run of them exactly, and which words there are."""

    exact: str
    """16 hexadecimal digits: SHA-256 of the token hashes in order, little-endian, cut to 64 bits."""
    words: tuple[int, ...]
    """The distinct token hashes, ascending."""

    def likeness(self, other: PassageKey) -> float:
        """Jaccard of the words in [0, 1]; two passages without a word are alike. Linear.

        >>> PassageKey("", (1, 2, 3)).likeness(PassageKey("", (2, 3, 4)))
        0.5
        """
        mine, theirs = set(self.words), set(other.words)
        return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0

    def same_passage(self, other: PassageKey) -> bool:
        """Whether both are one passage: the same tokens in order, or nearly the same words."""
        return self.exact == other.exact or self.likeness(other) >= SAME_WORDS


def passage_key(hashes: NDArray[np.uint64]) -> PassageKey:
    r"""The key of a passage, from the hashes of its folded tokens in order: uint64[tokens]. O(n log n).

    >>> from compare.text import tokenize
    >>> passage_key(tokenize("The pact was signed.").hashes).exact
    '7a4d56120fbb2db5'
    >>> passage_key(tokenize("THE PACT\nwas “signed”").hashes).exact
    '7a4d56120fbb2db5'
    """
    return PassageKey(exact_key(hashes), tuple(np.unique(hashes).tolist()))


def exact_key(hashes: NDArray[np.uint64]) -> str:
    """`PassageKey.exact` alone, for what needs no more."""
    return hashlib.sha256(hashes.astype("<u8").tobytes()).hexdigest()[:16]


def tokens_in(tokens: Tokens, span: Span) -> tuple[int, int]:
    """The range of tokens that begin in a span of the text."""
    start, stop = np.searchsorted(tokens.starts, span)
    return int(start), int(stop)


def match_key(match: Match, tokens_a: Tokens, tokens_b: Tokens) -> str:
    """The key of a match in reports: the exact key of a's words and b's, one after the other."""
    sides = tokens_a.hashes[slice(*tokens_in(tokens_a, match.a))], tokens_b.hashes[slice(*tokens_in(tokens_b, match.b))]
    return exact_key(np.concatenate(sides))
