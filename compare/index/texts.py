"""A text and its muted spans as bytes, and back. What comes back is checked: it stood in a file."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from compare.index.postings import DamagedError, coded, decoded
from compare.model import Decoding, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

ZLIB = (3, zlib.DEFLATED, 13, 6)
"""Level, method, window bits, memory level: articles are small, zlib's defaults clear tables for large ones. A third of
the time for 2 % more."""
_DECODING = re.compile(r"([a-z0-9-]{1,40}) ([01]) ([0-9]{1,10})")
MOST_BYTES = 1 << 30
"""A text that claims to be larger is refused before it is unpacked."""
RATIO = 1032
"""Bytes that a byte of deflated data can stand for."""
WIDEST = 3
"""Bytes that a byte of an article's file takes in UTF-8 at the most, whatever its encoding: U+FFFD has so many."""
_CHUNK = 1 << 20
NO_METADATA = "{}"


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
    raw = text.encode("utf-8", "surrogatepass")
    spans = coded(np.diff(np.array(muted, np.int64).ravel(), prepend=0))[0] if muted else b""
    packer = zlib.compressobj(*ZLIB)
    return Packed(len(raw), packer.compress(raw) + packer.flush(), len(muted), spans)


def unpacked(stored: Packed) -> tuple[str, tuple[Span, ...]]:
    """The text and its muted spans. Never makes more bytes than are stored as the text's size. Raises DamagedError.

    >>> unpacked(packed("# Ferry", [Span(0, 1)]))
    ('# Ferry', (Span(start=0, stop=1),))
    """
    if not 0 <= stored.size <= MOST_BYTES:
        raise DamagedError("a text has a size that none can have")
    opened = zlib.decompressobj()
    try:
        raw = opened.decompress(stored.text, stored.size + 1)
        text = raw.decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        if str(error).startswith("Error -4 "):  # zlib's own word for too little memory
            raise MemoryError from error
        raise DamagedError("a text cannot be unpacked") from None
    if len(raw) != stored.size or not opened.eof or opened.unused_data:
        raise DamagedError("a text does not have the size that is stored with it")
    return text, _spans(stored, len(text))


def check_metadata(stored: str) -> None:
    """Refuse metadata that is no JSON object. Raises DamagedError.

    >>> check_metadata('{"section": "sport"}')
    """
    try:
        msgspec.json.decode(stored, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise DamagedError("its metadata is no JSON object") from None


def packed_decoding(read: Decoding | None) -> str:
    """How a document was read, as it is stored."""
    return f"{read.encoding} {int(read.guessed)} {read.replaced}" if read else ""


def unpacked_decoding(stored: str) -> Decoding | None:
    """The same back. Raises DamagedError.

    >>> unpacked_decoding(packed_decoding(Decoding("windows-1252", guessed=True)))
    Decoding(encoding='windows-1252', guessed=True, replaced=0)
    """
    if not stored:
        return None
    read = _DECODING.fullmatch(stored)
    if not read:
        raise DamagedError("how a document was read cannot be told")
    return Decoding(read[1], guessed=read[2] == "1", replaced=int(read[3]))


def check_size(size: int, packed_size: int, article: int = -1) -> None:
    """Refuse a size that a text cannot have which takes so many bytes packed, and is that of a file of `article` bytes.

    A row of a table, whose size is not that of the file, has a negative one. Raises DamagedError.
    """
    most = min(MOST_BYTES, RATIO * packed_size, MOST_BYTES if article < 0 else WIDEST * article)
    if not 0 <= size <= most:
        raise DamagedError("a text has a size that none can have")


def true_size(packed: bytes, most: int) -> int:
    """The size of a packed text as it is, in little memory; of one that is larger than `most`, more than that.

    Raises DamagedError.

    >>> true_size(packed("ferry" * 10, ()).text, 99)
    50
    """
    opened = zlib.decompressobj()
    size = 0
    try:
        while size <= most and not opened.eof:
            part = len(opened.decompress(packed, _CHUNK))
            packed = opened.unconsumed_tail
            size += part
            if not (part or packed):
                raise DamagedError("a text cannot be unpacked")
    except zlib.error:
        raise DamagedError("a text cannot be unpacked") from None
    return size


def _spans(stored: Packed, length: int) -> tuple[Span, ...]:
    if not stored.spans and not stored.muted:
        return ()
    if not 0 <= 2 * stored.spans <= min(length + 1, len(stored.muted)) or len(stored.muted) > 10 * stored.spans:
        raise DamagedError("the muted spans of a text do not fit it")
    steps, _ = decoded([stored.muted])
    if len(steps) != 2 * stored.spans or steps[1:].min() < 1 or steps.sum() > length:
        raise DamagedError("the muted spans of a text do not fit it")
    places = np.cumsum(steps).tolist()
    return tuple(map(Span, places[::2], places[1::2]))
