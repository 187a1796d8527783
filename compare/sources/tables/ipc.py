"""What pyarrow does not say of an Arrow file: how its batches are compressed, and their rows before they are unpacked.

It stands in their metadata. These are FlatBuffers, the tables of Arrow's `Message.fbs`: a message's third field is its
header, of a record batch the first is the number of rows, the fourth the compression, whose first is the codec.
"""

from __future__ import annotations

import struct

_HEADER, _LENGTH, _COMPRESSION, _CODEC = 2, 0, 3, 0
_CODECS = {0: "lz4", 1: "zstd"}


def codec_in(metadata: bytes) -> str | None:
    """The codec of a record batch by the metadata of its message; None where it is not compressed."""
    try:
        message = _pointed(metadata, 0)
        compression = _table(metadata, _table(metadata, message, _HEADER), _COMPRESSION)
        place = _field(metadata, compression, _CODEC)
        return _CODECS.get(metadata[place] if place else 0) if compression else None
    except (struct.error, IndexError):
        return None


def rows_in(metadata: bytes) -> int:
    """The rows of a record batch by the metadata of its message; 0 where they don't say."""
    try:
        place = _field(metadata, _table(metadata, _pointed(metadata, 0), _HEADER), _LENGTH)
        return int(struct.unpack_from("<q", metadata, place)[0]) if place else 0
    except (struct.error, IndexError):
        return 0


def _pointed(metadata: bytes, place: int) -> int:
    """Where the offset at a place leads."""
    return place + int(struct.unpack_from("<I", metadata, place)[0])


def _field(metadata: bytes, table: int, number: int) -> int:
    """Where a field of a table stands; 0 where there is none, or no table."""
    names = table - int(struct.unpack_from("<i", metadata, table)[0])
    size = int(struct.unpack_from("<H", metadata, names)[0])
    at = 4 + 2 * number
    offset = int(struct.unpack_from("<H", metadata, names + at)[0]) if table and at < size else 0
    return table + offset if offset else 0


def _table(metadata: bytes, table: int, number: int) -> int:
    """Where the table stands that is a field of another; 0 where there is none."""
    place = _field(metadata, table, number) if table else 0
    return _pointed(metadata, place) if place else 0
