"""The words of a passage, small enough for a file that people read: a bottom-k sample of their hashes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

BITS = 24
"""Of a token's 64: two words of a million share these in one case in 16 a word, two of a passage hardly ever."""
MOST = 1_000
"""Terms kept: of a longer text the smallest ones, which are a fair sample."""
_BYTES = BITS // 8
_ALL = 2**BITS


def terms_of(hashes: NDArray[np.uint64]) -> tuple[int, ...]:
    """The distinct tokens as the top 24 bits of their hashes, ascending, at most `MOST`. O(n log n).

    >>> import numpy as np
    >>> terms_of(np.array([2 << 40, 1 << 40, 2 << 40], np.uint64))
    (1, 2)
    """
    import numpy as np  # noqa: PLC0415  # who reads the file needs none

    return tuple(np.unique(hashes >> np.uint64(64 - BITS))[:MOST].tolist())


def packed(terms: Iterable[int]) -> str:
    """Terms as base64 of 3-byte big-endian values.

    >>> packed((1, 2))
    'AAABAAAC'
    """
    return base64.b64encode(b"".join(term.to_bytes(_BYTES, "big") for term in terms)).decode()


def unpacked(text: str) -> tuple[int, ...]:
    """The terms of `packed`, whatever white space stands in it.

    Raises:
        ValueError: the text is not that; one plain clause.
    """
    compact = "".join(text.split())
    if len(compact) > MOST * _BYTES // 3 * 4:
        raise ValueError(f"holds more than {MOST:,} terms")
    try:
        raw = base64.b64decode(compact, validate=True)
    except ValueError:
        raise ValueError("is not base64") from None
    if not raw or len(raw) % _BYTES:
        raise ValueError(f"does not hold whole terms of {_BYTES} bytes")
    terms = tuple(int.from_bytes(raw[at : at + _BYTES], "big") for at in range(0, len(raw), _BYTES))
    if any(term >= following for term, following in pairwise(terms)):
        raise ValueError("is not ascending")
    return terms


@dataclass(frozen=True, slots=True)
class Sample:
    """Terms of one or more texts: all that are not above `limit`, which is smaller where a text has too many to keep.

    Two samples can be compared below the smaller limit, where both are whole (bottom-k sketches: Cohen 1997).
    """

    terms: frozenset[int]
    limit: int

    def share_in(self, sample: Sample) -> float | None:
        """Share of these terms that the other has too, in [0, 1]; None where no term can be compared. Linear."""
        own, opposite = self._comparable(sample)
        return len(own & opposite) / len(own) if own else None

    def likeness(self, sample: Sample) -> float:
        """Jaccard of the two in [0, 1]; 0 where nothing can be compared. Linear."""
        own, opposite = self._comparable(sample)
        return len(own & opposite) / len(own | opposite) if own or opposite else 0.0

    def _comparable(self, sample: Sample) -> tuple[frozenset[int], frozenset[int]]:
        if self.limit == sample.limit:
            return self.terms, sample.terms
        limit = min(self.limit, sample.limit)
        own, opposite = (frozenset(term for term in side.terms if term <= limit) for side in (self, sample))
        return own, opposite


def sample(*kept: Sequence[int]) -> Sample:
    """The terms of some texts together, each ascending and at most `MOST`.

    >>> sample((1, 2), (2, 9)).share_in(sample((2, 9, 10)))
    0.6666666666666666
    """
    limit = min((terms[-1] for terms in kept if len(terms) >= MOST), default=_ALL)
    return Sample(frozenset(term for terms in kept for term in terms if term <= limit), limit)
