"""What pyarrow does not say of an Arrow file: how its batches are compressed. It stands in their metadata.

These are FlatBuffers, the tables of Arrow's `Message.fbs`: a message's third field is its header, of a record batch
the fourth is the compression, whose first is the codec.
"""

from __future__ import annotations

import struct

_HEADER, _COMPRESSION, _CODEC = 2, 3, 0
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
