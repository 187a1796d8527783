"""Compressed files as the streams that they hold: told by their first bytes, bounded, and packed again the same way.

What a stream gives before it is found damaged is given; then it ends, and `damage_of` says why.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import sys
import zlib
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from compare.errors import MissingExtraError
from compare.files.regular import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST = 1 << 38
"""Bytes that a file may expand to: no laptop compares the documents of more than 256 GiB in a night."""
LEAST = 1 << 25
"""Bytes that come out before the ratio is asked: 32 MiB harm nobody."""
_TAKEN = 1 << 14
"""Bytes read at a time: a bomb gives 16 MiB for them, and is known for one before a row of `max_bytes` is full."""
_BLOCK = 1 << 18
"""Bytes given at a time, at most."""
_FED = 1 << 11
"""Bytes that `zstandard` gets at a time: it knows no limit of what it gives, which is at most 32,768 for each."""
_MEMORY = 1 << 27
"""Bytes that xz may ask for: what `xz -9` needs, twice. Zstandard has the same limit of its own."""
BUFFER = 1 << 18
"""Bytes that are written at once: a third of the time that Python's own 8 kB take."""


class Packing(Enum):
    """How a file is compressed; the value is what its name usually ends with."""

    GZIP = ".gz"
    BZIP2 = ".bz2"
    XZ = ".xz"
    ZSTD = ".zst"


RATIO = {Packing.GZIP: 1000, Packing.BZIP2: 10_000, Packing.XZ: 5000, Packing.ZSTD: 10_000}
"""Bytes a byte from which it is a bomb. Prose is packed 3 to 6 times, rows of one and the same article (2 kB to 100 kB)
up to 150 times by gzip, 700 by bzip2, 3,000 by xz and Zstandard; zeros 1,029, over 40,000, 6,800 and 32,000 times."""
_MAGIC = {
    Packing.GZIP: re.compile(rb"\x1f\x8b\x08"),
    Packing.BZIP2: re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    Packing.XZ: re.compile(rb"\xfd7zXZ\0"),
    Packing.ZSTD: re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL),
}
SIGN = 16
"""Bytes in which all of these lie."""


def packing_of(start: bytes) -> Packing | None:
    r"""How a file that begins so is compressed, if it is.

    >>> packing_of(b"\x1f\x8b\x08\0"), packing_of(b"BZh, said the sign.")
    (<Packing.GZIP: '.gz'>, None)
    """
    return next((packing for packing, magic in _MAGIC.items() if magic.match(start)), None)


def open_unpacked(path: str, *, follow: bool) -> io.BufferedReader:
    """The regular file at `path`, or what it holds if it is compressed, open for reading.

    Raises:
        UnreadableError: as `open_regular`.
        MissingExtraError: it is compressed in a way that needs a package.
    """
    stream = cast("io.BufferedReader", open_regular(path, follow=follow))
    try:
        packing = packing_of(stream.peek(SIGN))
        return stream if packing is None else io.BufferedReader(Unpacked(stream, packing), 1 << 20)
    except BaseException:
        stream.close()
        raise


def packing_in(stream: io.BufferedReader) -> Packing | None:
    """How the file is compressed that `open_unpacked` opened, if it is."""
    return stream.raw.packing if isinstance(stream.raw, Unpacked) else None


def place_in(stream: io.BufferedReader) -> int:
    """How many bytes of the file that `open_unpacked` opened hold what has been taken out of it; about, if packed."""
    return round(stream.tell() * stream.raw.share) if isinstance(stream.raw, Unpacked) else stream.tell()


def damage_of(stream: BinaryIO) -> str:
    """Why a stream ended before its end; empty where it did not."""
    raw = getattr(stream, "raw", None)
    return raw.damage if isinstance(raw, Unpacked) else ""


@contextmanager
def packed(target: Path, packing: Packing | None) -> Iterator[BinaryIO]:
    """A new file to write to, which compresses what is written as `packing` says. The same bytes give the same file."""
    with target.open("wb", BUFFER) as file:
        if packing is None:
            yield file
            return
        with io.BufferedWriter(_packer(file, packing), BUFFER) as stream:
            yield stream


class Unpacked(io.RawIOBase):
    """What a compressed stream holds, member after member; going back begins anew."""

    def __init__(self, stream: BinaryIO, packing: Packing) -> None:
        super().__init__()
        self.damage = ""
        """Why it ends where it ends; empty where that is the end of the file."""
        self._stream, self.packing = stream, packing
        self._begin()

    def _begin(self) -> None:
        self._stream.seek(0)
        self._step, self._waiting = _unpacker(self.packing), memoryview(b"")
        self._taken = self._given = self._place = 0
        self.damage = ""

    @property
    def share(self) -> float:
        """Bytes of the compressed file that hold one of what has come out so far."""
        return self._taken / max(self._given, 1)

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes, though going back reads all before that place again."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401  # whatever takes bytes
        """Fill a buffer, or a part of it; 0 at the end."""
        if not self._waiting and not self.damage:
            self._waiting = memoryview(self._next())
        size = min(len(self._waiting), len(buffer))
        buffer[:size] = self._waiting[:size]
        self._waiting = self._waiting[size:]
        self._place += size
        return size

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place counted from the start, or from here."""
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation("the end of a compressed stream is not known before it is read")
        place = offset + (self._place if whence == io.SEEK_CUR else 0)
        if place < self._place:
            self._begin()
        while self._place < place and self.read(min(place - self._place, _BLOCK)):
            pass
        return self._place

    def tell(self) -> int:
        """The place where it stands."""
        return self._place

    def close(self) -> None:
        """Close the file below, too."""
        self._stream.close()
        super().close()

    def _next(self) -> bytes:
        """What comes next; nothing at the end, or where it is damaged."""
        block = b""
        while not block and not self.damage and self._goes_on():
            taken = self._stream.read(_TAKEN) if self._step.needs_input else b""
            self._taken += len(taken)
            if self._step.needs_input and not taken:
                self.damage = "damaged: the compressed stream is cut off"
                break
            try:
                block = self._step.decompress(taken, _BLOCK)
            except _errors() as error:
                self.damage = f"not readable as {self.packing.value}: {str(error).strip() or 'broken'}"
            self._given += len(block)
            self._bound()
        return block

    def _bound(self) -> None:
        ratio = RATIO[self.packing]
        if self._given > max(LEAST, ratio * self._taken):
            self.damage = f"a compressed file that expands more than {ratio} times is not read; unpack it first"
        elif self._given > MOST:
            self.damage = f"a compressed file that expands to more than {MOST >> 30} GiB is not read on; part it"

    def _goes_on(self) -> bool:
        """Whether there is more: the member has not ended, or another one follows."""
        if not self._step.eof:
            return True
        rest = self._step.unused_data.lstrip(b"\0")  # tapes are padded with them
        while len(rest) < SIGN and (more := self._stream.read(_TAKEN)):
            self._taken += len(more)
            rest = (rest + more).lstrip(b"\0")
        if not rest:
            return False
        if packing_of(rest) is not self.packing:
            self.damage = "damaged: something else follows the compressed stream"
            return False
        self._stream.seek(-len(rest), io.SEEK_CUR)
        self._taken -= len(rest)
        self._step = _unpacker(self.packing)
        return True


# --- one way to call all of them -----------------------------------------------------------------------------------


class _Unpacker(Protocol):
    """One member of a compressed stream, as `bz2` and `lzma` have it."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gzip:
    """A member of a gzip file, its checksum included."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, block: bytes, most: int, /) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + block, most)


class _Zstd:
    """A frame, by the package `zstandard`."""

    def __init__(self, module: Any) -> None:  # noqa: ANN401  # an optional module
        self._inner, self._rest = module.ZstdDecompressor().decompressobj(), b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof)

    @property
    def needs_input(self) -> bool:
        return not self._rest

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data) + self._rest

    def decompress(self, block: bytes, most: int, /) -> bytes:
        waiting, parts, size, at = self._rest + block, list[bytes](), 0, 0
        while at < len(waiting) and size < most and not self._inner.eof:
            parts.append(self._inner.decompress(waiting[at : at + _FED]))
            size, at = size + len(parts[-1]), at + _FED
        self._rest = waiting[at:]
        return b"".join(parts)


def _unpacker(packing: Packing) -> _Unpacker:
    """A new one. Raises MissingExtraError."""
    if packing is Packing.GZIP:
        return _Gzip()
    if packing is Packing.BZIP2:
        return bz2.BZ2Decompressor()
    if packing is Packing.XZ:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
    module = _zstd()
    return _Zstd(module) if hasattr(module, "backend") else cast("_Unpacker", module.ZstdDecompressor())


def _packer(file: BinaryIO, packing: Packing) -> io.RawIOBase:
    """What compresses at the usual level, without a name or a time. Raises MissingExtraError."""
    if packing is Packing.GZIP:
        import gzip  # noqa: PLC0415  # which `zlib` does without

        return cast("io.RawIOBase", gzip.GzipFile("", "wb", 6, file, mtime=0))
    if packing is Packing.BZIP2:
        return cast("io.RawIOBase", bz2.BZ2File(file, "wb"))
    if packing is Packing.XZ:
        return cast("io.RawIOBase", lzma.LZMAFile(file, "wb"))
    module = _zstd()
    if hasattr(module, "ZstdFile"):
        return cast("io.RawIOBase", module.ZstdFile(file, "wb", options={module.CompressionParameter.checksum_flag: 1}))
    compressor = module.ZstdCompressor(write_checksum=True)
    return cast("io.RawIOBase", compressor.stream_writer(file, closefd=False))


def _errors() -> tuple[type[Exception], ...]:
    """What the modules raise for bytes that they cannot read."""
    loaded = (sys.modules.get(name) for name in ("compression.zstd", "zstandard"))
    more = (module.ZstdError for module in loaded if module is not None)
    return (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, *more)


def _zstd() -> Any:  # noqa: ANN401  # one of two modules
    """The standard library's module, from Python 3.14 on, else the package's. Raises MissingExtraError."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd  # noqa: PLC0415

            return zstd
        import zstandard  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("Zstandard", "zstd") from error
    return zstandard
