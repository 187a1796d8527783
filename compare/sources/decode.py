"""Bytes to text: a byte order mark, else strict UTF-8, else a guess that is checked; and what is not text."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b")) + b"\x7f"
_CONTROL_SHARE = 0.01
_WIDE = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]
_EASTERN = frozenset({"Czech", "Polish", "Hungarian", "Slovak", "Croatian", "Slovene", "Romanian", "Turkish"})


class NotTextError(Exception):
    """The bytes are not text that can be read; the message is the reason, for a `Skipped`."""


class EmptyError(NotTextError):
    """There is no text in them."""


def decode(data: bytes) -> str:
    r"""The text after a byte order mark, newlines as they stand.

    >>> decode(b"\xff\xfea\x00\r\x00")
    'a\r'

    Raises:
        EmptyError: no text.
        NotTextError: binary, or in no encoding that could be told.
    """
    mark, encoding = byte_order_mark(data)
    text = _strict(data[len(mark) :], encoding) if mark else _unmarked(data)
    if not text or text.isspace():
        raise EmptyError("empty")
    return text


def byte_order_mark(data: bytes) -> tuple[bytes, str]:
    """The mark that the bytes begin with and its encoding, or two empty values."""
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))


def guess(data: bytes) -> str:
    """The likeliest encoding of text that is not UTF-8, or empty. Looks at the first 64 KiB."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - .1 s to load, and rarely needed

    matches = from_bytes(data[:_SAMPLE], cp_exclusion=_WIDE)
    best = matches.best()
    if best is None:
        return ""
    fitting = {name for match in matches for name in match.could_be_from_charset}
    if "cp1252" in fitting and best.language not in _EASTERN:
        return "cp1252"  # short Western texts are else taken for rare code pages
    return str(best.encoding)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(f"not valid {encoding.upper()}: {error.reason} at byte {error.start}") from error


def _unmarked(data: bytes) -> str:
    if b"\0" in data:
        raise NotTextError("binary")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(sample):
        raise NotTextError("binary")
    encoding = guess(data)
    if not encoding:
        raise NotTextError("not text in any known encoding")
    return _strict(data, encoding)
