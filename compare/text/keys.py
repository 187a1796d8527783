"""How a passage is remembered between runs: permalinks of the report, accepted reuse of the gate.

Stored keys outlive a version of the tool, so nothing here may change without a new format.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.model import Match, Span, Tokens

SAME_WORDS = 0.75
"""Jaccard of two passages' words from which they are one: a word put in or changed in 38 leaves .92 or more, a 5-word
shingle set would fall to .74."""


def exact_key(hashes: NDArray[np.uint64]) -> str:
    r"""The key of a passage, from the hashes of its folded tokens: uint64[tokens], in order. Linear.

    16 hexadecimal digits: SHA-256 of the token hashes in order, little-endian, cut to 64 bits.

    >>> from compare.text.tokens import tokenize
    >>> exact_key(tokenize("The pact was signed.").hashes)
    '7a4d56120fbb2db5'
    >>> exact_key(tokenize("THE PACT\nwas “signed”").hashes)
    '7a4d56120fbb2db5'
    """
    return hashlib.sha256(hashes.astype("<u8").tobytes()).hexdigest()[:16]


def tokens_in(tokens: Tokens, span: Span) -> tuple[int, int]:
    """The range of tokens that begin in a span of the text."""
    start, stop = np.searchsorted(tokens.starts, span)
    return int(start), int(stop)


def match_key(match: Match, tokens_a: Tokens, tokens_b: Tokens) -> str:
    """The key of a match in reports: the exact key of a's words and b's, one after the other."""
    sides = tokens_a.hashes[slice(*tokens_in(tokens_a, match.a))], tokens_b.hashes[slice(*tokens_in(tokens_b, match.b))]
    return exact_key(np.concatenate(sides))
