"""How much alike two texts are letter by letter, where words are broken: scans read by machine, blanks lost or put in.

White space, signs, case and accents are left out, so that only what was misread counts.
"""

from __future__ import annotations

from functools import lru_cache
from string import punctuation, whitespace
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    F64 = NDArray[np.float64]

ANY_LENGTH = 1 << 62
"""Of texts that are packed however long they are."""
_PADDING = [bytes(-length % 8) for length in range(8)]
_SIGNS = (punctuation + whitespace).encode()
_SMALL = bytes(range(256)).lower()
_FEWEST = 0.8
"""Letters of the shorter text over those of the longer below which two texts are not asked."""


def packed(texts: Sequence[str], longest: int) -> tuple[U64, I64]:
    """Texts as a column of whole numbers, to be kept until they are asked for, and how many numbers each takes.

    Nothing of a text that has more code points than `longest`.

    >>> packed(["harbour wall", "a longer harbour wall"], 20)[1].tolist()
    [2, 0]
    """
    raw = [text.encode("utf-8", "surrogatepass") if len(text) <= longest else b"" for text in texts]
    padded = [part for text in raw for part in (text, _PADDING[len(text) % 8])]
    column = np.frombuffer(b"".join(padded), "<u8").astype(np.uint64, copy=False)
    return column, (np.fromiter(map(len, raw), np.int64, len(raw)) + 7) // 8


def folded_letters(text: str) -> str:
    """The letters and figures of a text in lower case, without accents.

    >>> folded_letters("O f fi  cials – Été 2")
    'officialsete2'
    """
    if text.isascii():
        return text.encode().translate(_SMALL, _SIGNS).decode()
    return "".join(filter(str.isalnum, normalize("NFKD", text.casefold())))


def likeness(a: str, b: str, least: float) -> float:
    r"""Normalised Indel similarity of two texts' letters: twice their longest common subsequence over all letters.

    0 below `least`, and where the lengths are unlike. Bit-parallel, in a band around the diagonal.

    >>> likeness("Thurs-\nday in the harbour", "Thursday in the harbour", 0.9)
    1.0
    """
    return _alike(folded_letters(a), folded_letters(b), least)


def _alike(a: str, b: str, least: float) -> float:
    short, long = sorted((len(a), len(b)))
    if not short or short < _FEWEST * long:
        return 0.0
    from rapidfuzz.distance import Indel  # noqa: PLC0415  # a hundredth of a second, and rarely asked

    return Indel.normalized_similarity(a, b, score_cutoff=least)


def likenesses(column: U64, offsets: I64, pairs: I64, least: float) -> F64:
    """The same of some pairs of packed texts: float64[m]. A text that is not there is like none."""

    @lru_cache(maxsize=64)
    def letters(number: int) -> str:
        raw = column[offsets[number] : offsets[number + 1]].astype("<u8", copy=False).tobytes()
        return folded_letters(raw.rstrip(b"\0").decode("utf-8", "surrogatepass"))

    return np.array([_alike(letters(a), letters(b), least) for a, b in pairs.tolist()], np.float64)
