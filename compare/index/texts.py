"""A text and its muted spans as bytes, and back. What comes back is checked: it stood in a file."""

from __future__ import annotations

import re
import sys
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from compare.index.postings import DamagedError, coded, decoded
from compare.model import Decoding, Meant, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.model import Document

ZLIB = (3, zlib.DEFLATED, 13, 6)
"""Level, method, window bits, memory level: articles are small, zlib's defaults clear tables for large ones. A third of
the time for 2 % more."""
_DECODING = re.compile(r"([a-z0-9-]{1,40}) ([01]) ([0-9]{1,10})(?: ([0-9]{1,10}) ([0-9]{1,10}))?")
MOST_BYTES = 1 << 30
"""A text that claims to be larger is refused before it is unpacked."""
RATIO = 1032
"""Bytes that a byte of deflated data can stand for."""
WIDEST = 3
"""Bytes that a byte of an article's file takes in UTF-8 at the most, whatever its encoding: U+FFFD has so many."""
_CHUNK = 1 << 20
MORE = ("title_from", "author_from", "url")
"""What is known of a document and has no column."""
_NUMBERS = 5 * 5
"""Bytes of spans a code point at the most: a span of one has five numbers."""
_SURROGATES = range(0xD800, 0xE000)


class Packed(NamedTuple):
    """A text as it is stored."""

    size: int
    """Bytes of the text in UTF-8, before it was packed."""
    text: bytes
    spans: int
    """How many spans are muted."""
    muted: bytes
    """They, then what is read otherwise than it is written."""


class Unpacked(NamedTuple):
    """A text as it was read."""

    text: str
    muted: tuple[Span, ...] = ()
    meant: tuple[Meant, ...] = ()


def packed(text: str, muted: Sequence[Span], meant: Sequence[Meant] = ()) -> Packed:
    """A text with its muted spans, and what is read otherwise than it is written; each sorted and apart."""
    raw = text.encode("utf-8", "surrogatepass")
    packer = zlib.compressobj(*ZLIB)
    spans = _coded_spans(muted, meant) if muted or meant else b""
    return Packed(len(raw), packer.compress(raw) + packer.flush(), len(muted), spans)


def _coded_spans(muted: Sequence[Span], meant: Sequence[Meant]) -> bytes:
    steps = np.diff(np.array(muted, np.int64).ravel(), prepend=0) if muted else np.empty(0, np.int64)
    return coded(np.concatenate([steps, np.array(_numbers(meant), np.int64)]))[0]


def _numbers(meant: Sequence[Meant]) -> list[int]:
    """Of each the gap before it, its length, and what is read: how many code points, and which."""
    numbers, at = list[int](), 0
    for start, stop, sign in meant:
        numbers += [start - at, stop - start, len(sign), *map(ord, sign)]
        at = stop
    return numbers


def unpacked(stored: Packed) -> Unpacked:
    """The text as it was read. Never makes more bytes than are stored as the text's size. Raises DamagedError.

    >>> unpacked(packed("# Ferry", [Span(0, 1)]))
    Unpacked(text='# Ferry', muted=(Span(start=0, stop=1),), meant=())
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
    return Unpacked(text, *_spans(stored, len(text)))


def check_metadata(stored: str) -> None:
    """Refuse metadata that is no JSON object. Raises DamagedError.

    >>> check_metadata('{"section": "sport"}')
    """
    try:
        msgspec.json.decode(stored, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise DamagedError("its metadata is no JSON object") from None


def packed_metadata(document: Document) -> str:
    """What is known of a document and has no column, as it is stored."""
    known = {name: getattr(document, name) for name in MORE if getattr(document, name)}
    return msgspec.json.encode(known).decode()


def unpacked_metadata(stored: str) -> dict[str, Any]:
    """The same back, as keywords of a `Document`. Raises DamagedError.

    >>> unpacked_metadata('{"url": "https://a.org/", "section": "sport"}')
    {'url': 'https://a.org/'}
    """
    check_metadata(stored)
    known = msgspec.json.decode(stored, type=dict[str, Any])
    return {name: str(known[name]) for name in MORE if name in known}


def packed_decoding(read: Decoding | None) -> str:
    """How a document was read, as it is stored."""
    if not read:
        return ""
    counts = (read.replaced, read.mojibake, read.entities) if read.mojibake or read.entities else (read.replaced,)
    return " ".join(map(str, (read.encoding, int(read.guessed), *counts)))


def unpacked_decoding(stored: str) -> Decoding | None:
    """The same back. Raises DamagedError.

    >>> unpacked_decoding(packed_decoding(Decoding("windows-1252", guessed=True)))
    Decoding(encoding='windows-1252', guessed=True, replaced=0, mojibake=0, entities=0)
    """
    if not stored:
        return None
    read = _DECODING.fullmatch(stored)
    if not read:
        raise DamagedError("how a document was read cannot be told")
    return Decoding(read[1], read[2] == "1", *(int(count or 0) for count in read.group(3, 4, 5)))


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


def _spans(stored: Packed, length: int) -> tuple[tuple[Span, ...], tuple[Meant, ...]]:
    if not stored.spans and not stored.muted:
        return (), ()
    if not 0 <= 2 * stored.spans <= min(length + 1, len(stored.muted)) or len(stored.muted) > _NUMBERS * length:
        raise DamagedError("the muted spans of a text do not fit it")
    numbers, _ = decoded([stored.muted])
    steps = numbers[: 2 * stored.spans]
    if len(steps) != 2 * stored.spans or steps[1:].min(initial=1) < 1 or steps.sum() > length:
        raise DamagedError("the muted spans of a text do not fit it")
    places = np.cumsum(steps).tolist()
    meant = tuple(_meant(numbers[2 * stored.spans :].tolist(), length))
    return tuple(map(Span, places[::2], places[1::2])), meant


def _meant(numbers: Sequence[int], length: int) -> Iterator[Meant]:
    """What is read otherwise than it is written, in a text of so many code points. Raises DamagedError."""
    at = place = 0
    while at < len(numbers):
        gap, size, count = numbers[at : at + 3] if at + 3 <= len(numbers) else (0, 0, 0)
        points = numbers[at + 3 : at + 3 + count]
        start, place = place + gap, place + gap + size
        if not count <= size or not size or len(points) != count or place > length or any(map(_is_no_point, points)):
            raise DamagedError("what is read otherwise in a text does not fit it")
        yield Meant(start, place, "".join(map(chr, points)))
        at += 3 + count


def _is_no_point(number: int) -> bool:
    return number > sys.maxunicode or number in _SURROGATES
