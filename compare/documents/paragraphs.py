"""Paragraphs gathered one by one to a text, with where each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.documents.extracted import BlankError, DocumentError, Extracted, Extraction
from compare.vocabulary import ExtractionNote, PlaceUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compare.documents.extracted import Limits, Stated

_BLANKS = re.compile(r"[ \t\u2028\u2029\x0b\x0c\x85]+")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_BULLET = re.compile(r"^[•◦▪‣●○■\uf0a7\uf0b7] ")
PARTED = "\n\n"


@dataclass(slots=True)
class Paragraphs:
    """What a reader of a format fills, paragraph by paragraph."""

    limits: Limits
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Footnotes, which come after the body."""
    heading: str = ""
    told: set[ExtractionNote] = field(default_factory=set)
    _size: int = 0

    def add(self, text: str, *, is_note: bool = False, is_heading: bool = False) -> None:
        """Put a paragraph at the end; an empty one is none. Raises DocumentError where the text is too long."""
        line = plain(text)
        if not line:
            return
        self._size += len(line)
        if self._size > self.limits.size:
            raise DocumentError(f"holds more text than the limit of {self.limits.size} bytes")
        (self.notes if is_note else self.body).append(line)
        if is_heading and not self.heading and not is_note:
            self.heading = line

    def add_all(self, text: str) -> None:
        """Put a text's paragraphs at the end, which blank lines part. Raises DocumentError as `add` does."""
        for part in _BLANK_LINES.split(text):
            self.add(part)

    def extracted(self, extractor: str, version: str, values: Mapping[str, Stated]) -> Extracted:
        """All of it as a text. Raises BlankError where there is none."""
        lines = [*self.body, *self.notes]
        text = PARTED.join(lines)
        if not text:
            raise BlankError("empty")
        starts = starts_of(lines)
        extraction = Extraction(extractor, version, PlaceUnit.PARAGRAPH, starts, tuple(sorted(self.told)))
        return Extracted(text, extraction, values, self.heading)


def plain(text: str) -> str:
    r"""A paragraph's text in lines without blanks at their ends, without a bullet, and without what is no character.

    >>> plain(" A\tpact \n\x07 for  peace "), plain(" \n ")
    ('A pact\nfor peace', '')
    """
    return _BULLET.sub("", in_lines(text))


def in_lines(text: str) -> str:
    """The same with its bullet, if it has one."""
    clean = _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_BLANKS.sub(" ", line).strip() for line in clean.split("\n"))
    return "\n".join(filter(None, lines))


def starts_of(lines: Iterable[str]) -> tuple[int, ...]:
    """Where each paragraph begins in the text that they make together.

    >>> starts_of(["abc", "d", "ef"])
    (0, 5, 8)
    """
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + len(PARTED)
    return tuple(starts)
