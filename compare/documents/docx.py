"""DOCX: WordprocessingML in a ZIP. Read element by element; tracked changes as if all of them were accepted."""

from __future__ import annotations

import posixpath
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
_MAIN = "word/document.xml"
_NOTES = ("footnotes", "endnotes")
_CHARACTERS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": ""}
_DELETED = frozenset({"w:del", "w:moveFrom"})
_PUT_IN = frozenset({"w:ins", "w:moveTo"})
_PASSED_OVER = frozenset({"mc:Fallback", "w:instrText", "w:delText", "w:delInstrText", "w:annotationRef"})
"""What is nothing to a reader, or stands there a second time for older programs."""
_COMMENTS = frozenset({"w:commentReference", "w:commentRangeStart"})
_REFERENCES = frozenset({"w:footnoteReference", "w:endnoteReference"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_OFF = frozenset({"0", "false", "off"})
_TITLE, _CONTENTS = frozenset({"title", "heading1", "titel", "titre"}), "toc"


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The accepted text, then the notes. Raises DocumentError."""
    parts = Parts(raw, limits)
    main = _main_name(parts)
    document = parts.read(main)
    if not document:
        raise DocumentError("an archive that holds no text document")
    paragraphs = Paragraphs(limits)
    body = _Body(paragraphs)
    read_elements(document, body)
    body.finish()
    for name in _NOTES:
        _read_notes(parts.read(posixpath.join(posixpath.dirname(main), f"{name}.xml")), paragraphs)
    if any(name.lower().endswith("vbaproject.bin") for name in parts.names):
        paragraphs.told.add(ExtractionNote.MACROS)
    return paragraphs.extracted("docx", VERSION, core_properties(parts.read("docProps/core.xml")))


def _read_notes(raw: bytes, paragraphs: Paragraphs) -> None:
    """Put the footnotes or endnotes of a part at the end."""
    if raw:
        notes = _Body(paragraphs, is_note=True)
        read_elements(raw, notes)
        notes.finish()


def _main_name(parts: Parts) -> str:
    """The name of the part with the text, as the package names it."""
    relations = _Relations()
    read_elements(parts.read("_rels/.rels") or b"<none/>", relations)
    return relations.main or _MAIN


class _Relations:
    prefixes: Mapping[str, str] = {"/relationships": "r"}

    def __init__(self) -> None:
        self.main = ""

    def start(self, name: str, values: Mapping[str, str]) -> None:
        is_inside = values.get("TargetMode") != "External"
        if name == "r:Relationship" and values.get("Type", "").endswith("/officeDocument") and is_inside:
            self.main = posixpath.normpath(values.get("Target", "").lstrip("/"))

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Body:
    """Paragraphs of a part. What stands in a text box inside of a paragraph comes behind it."""

    prefixes: Mapping[str, str] = {
        "/wordprocessingml/2006/main": "w", "/wordprocessingml/main": "w", "/markup-compatibility/2006": "mc",
        "/officeDocument/2006/math": "m", "/officeDocument/math": "m",
    }  # fmt: skip

    def __init__(self, paragraphs: Paragraphs, *, is_note: bool = False) -> None:
        self._paragraphs, self._is_note = paragraphs, is_note
        self._open: list[_Paragraph] = []
        """Paragraphs that have begun, each inside of the one before it."""
        self._behind: list[_Paragraph] = []
        self._carried = ""
        """The text of a paragraph whose end was deleted: it goes on in the next one."""
        self._silent = 0
        """Elements that have begun and whose text is not read."""
        self._names: list[str] = []
        self._hidden = False

    # --- elements

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """Begin an element."""
        self._names.append(name)
        if self._silent or name in _PASSED_OVER or name in _DELETED or self._is_aside(name, values):
            self._silent += 1
            self._note_deleted(name)
            return
        if name == "w:p":
            self._open.append(_Paragraph(self._carried))
            self._carried = ""
        elif name == "w:r":
            self._hidden = False
        elif name in _PUT_IN:
            self._paragraphs.told.add(ExtractionNote.TRACKED)
        elif name in _CHARACTERS:
            self._put(_CHARACTERS[name])
        else:
            self._set(name, values)

    def _is_aside(self, name: str, values: Mapping[str, str]) -> bool:
        return name in {"w:footnote", "w:endnote"} and values.get("type", "") in _SEPARATORS

    def _note_deleted(self, name: str) -> None:
        """The mark of a paragraph's end, or words: both are tracked changes."""
        if name in _DELETED:
            self._paragraphs.told.add(ExtractionNote.TRACKED)
            if self._open and "w:rPr" in self._names[-3:] and "w:pPr" in self._names[-3:]:
                self._open[-1].goes_on = True

    def _set(self, name: str, values: Mapping[str, str]) -> None:
        """What an element says of the paragraph or the run that it stands in."""
        value = values.get("val", "")
        if name == "w:pStyle" and self._open:
            self._open[-1].style = value.lower().replace(" ", "")
        elif name == "w:vanish" and value not in _OFF and "w:r" in self._names:
            self._hidden = True
        elif name in _COMMENTS:
            self._paragraphs.told.add(ExtractionNote.COMMENTS)
        elif name in _REFERENCES and not self._is_note:
            self._paragraphs.told.add(ExtractionNote.FOOTNOTES)

    def end(self, name: str) -> None:
        """End an element."""
        self._names.pop()
        if self._silent:
            self._silent -= 1
            return
        if name == "w:p" and self._open:
            self._close(self._open.pop())

    def text(self, text: str) -> None:
        """Text of a run."""
        if not self._silent and self._names and self._names[-1] in {"w:t", "m:t"}:
            self._put(text)

    # --- paragraphs

    def _put(self, text: str) -> None:
        if self._hidden and text.strip():
            self._paragraphs.told.add(ExtractionNote.HIDDEN)
        elif self._open and not self._hidden and self._is_in_run():
            self._open[-1].pieces.append(text)

    def _is_in_run(self) -> bool:
        """Not in the properties of a paragraph, where a `w:tab` is a stop and no character."""
        return "w:tabs" not in self._names[-2:]

    def _close(self, paragraph: _Paragraph) -> None:
        if self._open:
            self._behind.append(paragraph)
            return
        if paragraph.goes_on:
            self._carried = paragraph.text
            return
        for one in [paragraph, *self._behind]:
            if not one.style.startswith(_CONTENTS):
                self._paragraphs.add(one.text, is_note=self._is_note, is_heading=one.style in _TITLE)
        self._behind.clear()

    def finish(self) -> None:
        """Put out what the deleted end of the last paragraph held back."""
        self._paragraphs.add(self._carried, is_note=self._is_note)
        self._carried = ""


class _Paragraph:
    """One that has begun."""

    __slots__ = ("goes_on", "pieces", "style")

    def __init__(self, carried: str) -> None:
        self.pieces, self.style, self.goes_on = [carried], "", False

    @property
    def text(self) -> str:
        return "".join(self.pieces)
