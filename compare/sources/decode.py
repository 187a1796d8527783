"""Bytes to text: a byte order mark, else UTF-8, else a guess that is checked; and what is not text.

Text that is mostly valid stays in its encoding: each broken piece becomes one U+FFFD, which no token holds, so that a
lost byte costs the word that it stood in and nothing else (decision 13 has the evidence).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compare.model import Decoding
from compare.sources.alphabets import likeliest

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (0, b"%PDF-", "a PDF"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"\x89PNG", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
    (0, b"GIF8", "a picture"),
    (0, b"\x7fELF", "a program"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (0, b"\x1f\x8b", "compressed"),
    (257, b"ustar", "a tar archive"),
)
"""Where which bytes say what a file is; some of these hold little but text."""
_SAMPLE = 64 * 1024
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\f\r\x1b")) + b"\x7f"
_CONTROL_SHARE = 0.01
"""Text holds hardly any controls, compressed bytes 11 %; a run of NULs is one (files that were cut off end in them)."""
_BEYOND = bytes(range(0x80, 0x100))
_IS_NUL = b"\0" + b"\1" * 0xFF
_HIGH = re.compile(rb"[\x80-\xff]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half a character of UTF-16 in the form of UTF-8: some databases write such."""
_CUT = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2})\Z")
"""A character of UTF-8 that the end cuts off. Of longer ones the first byte alone may be a small Latin letter, as in
"Café"; that of shorter ones would be a capital."""
_MANY = 2
"""Valid characters for each broken piece that UTF-8 must show: by chance, texts in EUC-JP, Thai and Shift JIS reach
0.4, pieces of 20 bytes of them 1.75."""
_LATIN_MANY = 1
"""The same where ASCII prevails: there legacy code pages hardly ever form a valid character."""
_LATIN_SHARE = 1 / 3
"""ASCII prevails while fewer of the bytes are not."""
_STRAY = 0.1
"""Share of bytes past ASCII up to which the rest is read, though nothing tells what they are."""
_BROKEN_UNITS = 0.01
"""Share of broken units of UTF-16 or UTF-32 up to which a byte order mark is believed: chance breaks 3 % of all."""
_GUESSES = 200
"""Lines of a table that are guessed each for itself."""
_SEPARATORS = " \n、。，"
_WIDE = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]
_EBCDIC = ["cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"]
_HOLE = "\ufffd"


class NotTextError(Exception):
    """The bytes are not text that can be read; the message is the reason, for a `Skipped`."""


class EmptyError(NotTextError):
    """There is no text in them."""


class Decoded(NamedTuple):
    """A text, and how it was read where that leaves a doubt."""

    text: str
    decoding: Decoding | None = None


def decode(raw: bytes) -> Decoded:
    r"""The text after a byte order mark, newlines as they stand.

    >>> decode(b"\xff\xfea\x00\r\x00")
    Decoded(text='a\r', decoding=None)
    >>> read = decode("Die Brücke über die Isar".encode()[:7])
    >>> read.text, read.decoding.encoding, read.decoding.replaced
    ('Die Br�', 'utf-8', 1)

    Raises:
        EmptyError: no text.
        NotTextError: binary, or in no encoding that could be told.
    """
    for at, sign, what in _FORMATS:
        if raw.startswith(sign, at):
            raise NotTextError(f"binary: {what}")
    mark, encoding = byte_order_mark(raw)
    body = raw[len(mark) :]
    read = _wide(body, encoding) if encoding not in {"", "utf-8"} else _narrow(body)
    if not read.text or read.text.isspace():
        raise EmptyError("empty")
    read = _without_nuls(read, encoding or "utf-8")
    if read.decoding and is_lost(read.text):
        raise NotTextError(f"not valid {read.decoding.encoding.upper()}")
    return read


def byte_order_mark(raw: bytes) -> tuple[bytes, str]:
    """The mark that the bytes begin with and its encoding, or two empty values."""
    return next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), (b"", ""))


def guess(raw: bytes) -> str:
    """The likeliest encoding of text that is not UTF-8, or empty. Looks at 64 KiB from the first byte past ASCII on."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - .1 s to load, and rarely needed

    first = _HIGH.search(raw)
    start = raw.rfind(b"\n", 0, first.start()) + 1 if first and first.start() > _SAMPLE // 2 else 0
    sample = raw[start : start + _SAMPLE]
    never = [*_WIDE, *(_EBCDIC if b" " in sample else [])]  # in those a space is another byte
    matches = from_bytes(sample, cp_exclusion=never)
    best = matches.best()
    fitting = {name for match in matches for name in match.could_be_from_charset}
    return likeliest(sample, fitting, str(best.encoding) if best else "")


def is_lost(text: str) -> bool:
    """Whether nothing but broken pieces is left of a text."""
    return not text.replace(_HOLE, "").strip()


def lenient(raw: bytes, encoding: str) -> tuple[str, int]:
    r"""The text with a U+FFFD for each broken piece, and how many of these there are. C speed.

    >>> lenient(b"M\xc3ller", "utf-8")
    ('M�ller', 1)
    """
    text = raw.decode(encoding, "replace")
    return text, text.count(_HOLE) - raw.decode(encoding, "ignore").count(_HOLE)


def broken_utf8(raw: bytes) -> Decoded | None:
    """The text of bytes that are UTF-8 for the most part, but not all; None if they are not."""
    whole, halves = _SURROGATE.subn(_HOLE.encode(), raw)
    text, broken = lenient(whole, "utf-8")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    cut = _CUT.search(raw, max(len(raw) - 4, 0)) is not None
    latin = len(raw) - len(raw.translate(None, _BEYOND)) < _LATIN_SHARE * len(raw)
    valid, against = beyond_ascii - broken, broken - cut
    mostly = valid >= (_LATIN_MANY if latin else _MANY) * against
    if not mostly or not (valid or cut):
        return None
    return Decoded(text, Decoding("utf-8", replaced=broken + halves))


def _narrow(raw: bytes) -> Decoded:
    """Bytes in which ASCII is ASCII."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_binary(raw)
        return broken_utf8(raw) or _guessed(raw)
    if "\0" in text:
        _refuse_binary(raw)
    return Decoded(text)


def _refuse_binary(raw: bytes) -> None:
    controls = len(raw) - len(raw.translate(None, _CONTROLS)) + _nul_runs(raw)
    if controls > _CONTROL_SHARE * len(raw):
        raise NotTextError("binary")


def _nul_runs(raw: bytes) -> int:
    return raw.translate(_IS_NUL).count(b"\1\0") + raw.startswith(b"\0") if b"\0" in raw else 0


def _guessed(raw: bytes) -> Decoded:
    encoding = guess(raw)
    return in_encoding(raw, encoding) if encoding else _stray(raw)


def _stray(raw: bytes) -> Decoded:
    """ASCII with a few bytes that are no language's letters. Raises NotTextError where they are many."""
    text, broken = lenient(raw, "utf-8")
    if broken > _STRAY * len(raw):
        raise NotTextError("not text in any known encoding")
    return Decoded(text, Decoding("utf-8", replaced=broken))


def in_encoding(raw: bytes, encoding: str) -> Decoded:
    """The text in an encoding that was guessed. Raises NotTextError where little of it is valid."""
    text, broken = lenient(raw, encoding)
    if _MANY * broken > len(text) - len(text.encode("ascii", "ignore")) - broken:
        raise NotTextError(f"not text in any known encoding: mostly not valid {called(encoding)}")
    return Decoded(text, Decoding(called(encoding), guessed=True, replaced=broken))


def called(encoding: str) -> str:
    """An encoding's usual name.

    >>> called("cp1252"), called("koi8_r")
    ('windows-1252', 'koi8-r')
    """
    return re.sub(r"^cp(?=125\d$)", "windows-", encoding).replace("_", "-")


def _wide(raw: bytes, encoding: str) -> Decoded:
    """What a byte order mark says is UTF-16 or UTF-32."""
    try:
        text = raw.decode(encoding)
        if text.rstrip("\0").count("\0") > _CONTROL_SHARE * len(text):
            raise NotTextError("binary")
        return Decoded(text)
    except UnicodeDecodeError as error:
        text, broken = lenient(raw, encoding)
        if broken > 1 + _BROKEN_UNITS * len(text) or broken >= len(text):
            raise NotTextError(f"not valid {encoding.upper()}: {error.reason} at byte {error.start}") from error
    if _is_out_of_step(raw, encoding):
        raise NotTextError(f"not valid {encoding.upper()}: a byte is missing, or one too many")
    return Decoded(text, Decoding(encoding, replaced=broken))


def _is_out_of_step(raw: bytes, encoding: str) -> bool:
    """Whether the end reads better from the last byte backwards: part of a unit was lost before it, not at it."""
    over = len(raw) % (4 if "32" in encoding else 2)
    tail = raw[-(len(raw) % 4) - _SAMPLE :] if over else b""
    forwards, backwards = (lenient(part, encoding)[0] for part in (tail, tail[over:]))
    return sum(map(backwards.count, _SEPARATORS)) > sum(map(forwards.count, _SEPARATORS))


def _without_nuls(read: Decoded, encoding: str = "utf-8") -> Decoded:
    """A run of NULs is a broken piece too; the encoding is that of what was read without a doubt."""
    if "\0" not in read.text:
        return read
    text, runs = re.subn("\0+", _HOLE, read.text)
    before = read.decoding or Decoding(encoding)
    return Decoded(text, replace(before, replaced=before.replaced + runs))


class RowDecoder:
    r"""Decodes the lines of one table: each for itself, but a table that is not UTF-8 has one encoding.

    >>> RowDecoder().decode(b"text\n").decoding, RowDecoder("cp1252").decode(b"M\xfcller").text
    (None, 'Müller')
    """

    def __init__(self, encoding: str = "") -> None:
        self.encoding = encoding
        """What the table's beginning was guessed to be; empty where that is UTF-8."""
        self._guesses: Counter[str] = Counter()
        self._tries = 0

    def decode(self, line: bytes) -> Decoded:
        """A line's text. Raises NotTextError where there is no way to read it."""
        if self.encoding and not line.isascii():
            with suppress(NotTextError):
                return _without_nuls(in_encoding(line, self.encoding))
        try:
            read = Decoded(line.decode())
        except UnicodeDecodeError:
            _refuse_binary(line)
            read = broken_utf8(line) or self._guessed(line)
        if "\0" in read.text:
            _refuse_binary(line)
        return _without_nuls(read)

    def _guessed(self, line: bytes) -> Decoded:
        """By this line, or after many of them by what most were: a guess takes some 10 ms."""
        self._tries += 1
        if self._tries > _GUESSES and self._guesses:
            return in_encoding(line, self._guesses.most_common(1)[0][0])
        read = _guessed(line) if self._tries <= _GUESSES else _stray(line)
        if read.decoding and read.decoding.guessed:
            self._guesses[read.decoding.encoding] += 1
        return read


def row_decoder(stream: BinaryIO) -> RowDecoder:
    """For a table whose rows a stream is about to give: it looks at the first 64 KiB, and the stream stays in place."""
    position = stream.tell()
    sample = stream.read(_SAMPLE)
    stream.seek(position)
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        whole.decode()
    except UnicodeDecodeError:
        return RowDecoder("" if broken_utf8(whole) else guess(whole))
    return RowDecoder()


def together(parts: Iterable[Decoding | None]) -> Decoding | None:
    """How the lines of one row were read, as one: the first guess counts, and all that was replaced."""
    doubts = [part for part in parts if part]
    first = next((part for part in doubts if part.guessed), doubts[0] if doubts else None)
    return replace(first, replaced=sum(part.replaced for part in doubts)) if first else None
