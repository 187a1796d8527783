"""A text and its muted spans as bytes, and back. What comes back is checked: it stood in a file."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.index.postings import DamagedError, coded, decoded
from compare.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

ZLIB = (3, zlib.DEFLATED, 13, 6)
"""Level, method, window bits, memory level: articles are small, zlib's defaults clear tables for large ones. A third of
the time for 2 % more."""
MOST_BYTES = 1 << 30
"""A text that claims to be larger is refused before it is unpacked."""


class Packed(NamedTuple):
    """A text as it is stored."""

    size: int
    """Bytes of the text in UTF-8, before it was packed."""
    text: bytes
    spans: int
    """How many spans are muted."""
    muted: bytes


def packed(text: str, muted: Sequence[Span]) -> Packed:
    """A text with its muted spans, which are sorted and apart."""
    data = text.encode("utf-8", "surrogatepass")
    spans = coded(np.diff(np.array(muted, np.int64).ravel(), prepend=0))[0] if muted else b""
    packer = zlib.compressobj(*ZLIB)
    return Packed(len(data), packer.compress(data) + packer.flush(), len(muted), spans)


def unpacked(stored: Packed) -> tuple[str, tuple[Span, ...]]:
    """The text and its muted spans. Never makes more bytes than are stored as the text's size. Raises DamagedError.

    >>> unpacked(packed("# Ferry", [Span(0, 1)]))
    ('# Ferry', (Span(start=0, stop=1),))
    """
    if not 0 <= stored.size <= MOST_BYTES:
        raise DamagedError("a text has a size that none can have")
    opened = zlib.decompressobj()
    try:
        data = opened.decompress(stored.text, stored.size + 1)
        text = data.decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        if str(error).startswith("Error -4 "):  # zlib's own word for too little memory
            raise MemoryError from error
        raise DamagedError("a text cannot be unpacked") from None
    if len(data) != stored.size or not opened.eof or opened.unused_data:
        raise DamagedError("a text does not have the size that is stored with it")
    return text, _spans(stored, len(text))


def _spans(stored: Packed, length: int) -> tuple[Span, ...]:
    if not stored.spans and not stored.muted:
        return ()
    steps, _ = decoded([stored.muted])
    if len(steps) != 2 * stored.spans or steps[1:].min() < 1 or steps.sum() > length:
        raise DamagedError("the muted spans of a text do not fit it")
    places = np.cumsum(steps).tolist()
    return tuple(map(Span, places[::2], places[1::2]))
