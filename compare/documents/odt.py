"""ODT: OpenDocument text in a ZIP, or flat. Read element by element; what was deleted with changes recorded is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.documents.elements import read_elements
from compare.documents.extracted import DocumentError
from compare.documents.paragraphs import Paragraphs
from compare.documents.parts import Parts
from compare.documents.properties import core_properties
from compare.vocabulary import ExtractionNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.documents.extracted import Extracted, Limits

VERSION = "compare 1"
_PASSED_OVER = frozenset({
    "text:tracked-changes", "text:note-citation", "office:annotation", "office:annotation-end", "text:table-of-content",
    "text:illustration-index", "text:alphabetical-index", "text:bibliography", "svg:title", "svg:desc",
    "text:hidden-text",
    "office:scripts", "office:styles", "office:automatic-styles", "office:master-styles", "office:settings",
    "office:meta", "office:font-face-decls", "text:list-header-number", "text:ruby-text", "office:binary-data",
})  # fmt: skip
"""What is no part of the text that is read: recorded deletions, comments, indexes, pages' heads and feet."""
_TOLD = {
    "text:tracked-changes": ExtractionNote.TRACKED, "office:annotation": ExtractionNote.COMMENTS,
    "text:hidden-text": ExtractionNote.HIDDEN, "text:note-body": ExtractionNote.FOOTNOTES,
}  # fmt: skip
_BLANKS = 1000
_SILENT = frozenset({"text:section", "text:p", "text:h", "text:hidden-paragraph"})


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The text, then the notes. Raises DocumentError."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _extracted(raw, raw, (limits, ()))
    parts = Parts(raw, limits)
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise DocumentError("encrypted; save it without a password")
    content = parts.read("content.xml")
    if not content:
        raise DocumentError("an archive that holds no text document")
    has_macros = any(name.startswith("Basic/") and name.endswith(".xml") for name in parts.names)
    return _extracted(content, parts.read("meta.xml"), (limits, (ExtractionNote.MACROS,) * has_macros))


def _extracted(content: bytes, about: bytes, how: tuple[Limits, tuple[ExtractionNote, ...]]) -> Extracted:
    paragraphs = Paragraphs(how[0], told=set(how[1]))
    body = _Body(paragraphs)
    read_elements(content, body)
    if not body.has_text:
        raise DocumentError("an office document that is no text document")
    return paragraphs.extracted("odt", VERSION, core_properties(about))


class _Body:
    """Paragraphs of a text. What stands in a note or a frame inside of a paragraph comes behind it."""

    prefixes: Mapping[str, str] = {
        ":xmlns:text:1.0": "text", ":xmlns:office:1.0": "office", ":xmlns:svg-compatible:1.0": "svg",
        ":xmlns:drawing:1.0": "draw", ":xmlns:table:1.0": "table",
    }  # fmt: skip

    def __init__(self, paragraphs: Paragraphs) -> None:
        self._paragraphs = paragraphs
        self._open: list[list[str]] = []
        self._heads: list[bool] = []
        self._behind: list[str] = []
        self._silent = self._notes = 0
        self.has_text = False

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """Begin an element."""
        if name in _TOLD:
            self._paragraphs.told.add(_TOLD[name])
        if self._silent or name in _PASSED_OVER or (name in _SILENT and _is_hidden(values)):
            self._silent += 1
        elif name == "office:text":
            self.has_text = True
        elif name in {"text:p", "text:h"}:
            self._open.append([])
            self._heads.append(_is_title(name, values))
        elif name == "text:note-body":
            self._notes += 1
        elif self._open:
            self._open[-1].append(_character(name, values))

    def end(self, name: str) -> None:
        """End an element."""
        if self._silent:
            self._silent -= 1
        elif name == "text:note-body":
            self._notes -= 1
        elif name in {"text:p", "text:h"} and self._open:
            self._close("".join(self._open.pop()), is_heading=self._heads.pop())

    def text(self, text: str) -> None:
        """Text inside of a paragraph, where line ends are blanks."""
        if self._open and not self._silent:
            self._open[-1].append(text.replace("\n", " "))

    def _close(self, text: str, *, is_heading: bool) -> None:
        if self._notes:
            self._paragraphs.add(text, is_note=True)
        elif self._open:
            self._behind.append(text)
        elif self.has_text:
            self._paragraphs.add(text, is_heading=is_heading)
            for one in self._behind:
                self._paragraphs.add(one)
            self._behind.clear()


def _is_hidden(values: Mapping[str, str]) -> bool:
    return values.get("display") in {"none", "condition"} or values.get("is-hidden") == "true"


def _is_title(name: str, values: Mapping[str, str]) -> bool:
    is_first = name == "text:h" and values.get("outline-level", "1") == "1"
    return is_first or values.get("style-name") == "Title"


def _character(name: str, values: Mapping[str, str]) -> str:
    """What an element stands for in a line."""
    if name == "text:s":
        count = values.get("c", "1")
        return " " * min(int(count), _BLANKS) if count.isdecimal() and len(count) < 9 else " "  # noqa: PLR2004
    return {"text:tab": "\t", "text:line-break": "\n"}.get(name, "")
