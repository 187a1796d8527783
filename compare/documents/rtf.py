r"""RTF: control words, groups and text in one pass. What stands in destinations such as `\header` is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.documents.extracted import DEPTH, DocumentError, stated
from compare.documents.paragraphs import Paragraphs
from compare.vocabulary import ExtractionNote, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.documents.extracted import Extracted, Limits, Stated

VERSION = "compare 1"
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<group>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\"
)
_SIGNS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
_WORDS = {
    "par": "\0", "sect": "\0", "page": "\0", "row": "\0", "cell": "\0", "nestcell": "\0", "line": "\n", "tab": "\t",
    "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
"""What a control word is in a text; the character 0 ends a paragraph."""
_SILENT = frozenset({
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "info", "pict", "object", "header", "footer",
    "headerl", "headerr", "headerf", "footerl", "footerr", "footerf", "listtext", "pntext", "fldinst", "xe", "tc",
    "rsidtbl", "generator", "themedata", "datastore", "latentstyles", "filetbl", "revtbl", "bkmkstart", "bkmkend",
    "annotation", "atnid", "atnauthor", "atntime", "atnref", "atndate", "atnparent", "nonshppict", "ftnsep", "ftnsepc",
    "aftnsep", "aftnsepc", "template", "operator", "xmlnstbl", "datafield", "objdata", "shpinst", "do",
})  # fmt: skip
"""Destinations whose text is nothing to a reader of the page, whether or not `\\*` stands before them."""
_READ = frozenset({"shptxt", "footnote", "shprslt", "fldrslt", "objattph"})
_INFO = {"title": "title", "author": "author", "creatim": "date"}
_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""By the number of a font's character set."""
_DATE = ("yr", "mo", "dy")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits, and gives back at its end."""

    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    note: bool = False
    skip: int = 1
    """Characters that stand behind each Unicode one for older programs."""
    font: int = -1
    inside: str = ""
    """The table, or the property, that the group belongs to."""


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The text, then the notes. Raises DocumentError."""
    if not raw.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
        raise DocumentError("not RTF, whatever its name says")
    reader = _Reader(Paragraphs(limits))
    reader.read(raw)
    return reader.paragraphs.extracted("rtf", VERSION, reader.values())


class _Reader:
    """One pass over the tokens."""

    def __init__(self, paragraphs: Paragraphs) -> None:
        self.paragraphs = paragraphs
        self._state, self._stack = _State(), list[_State]()
        self._body, self._note = list[str](), list[str]()
        self._bytes, self._to_skip, self._starred = bytearray(), 0, False
        self._page, self._fonts = "cp1252", dict[int, str]()
        self._info: dict[str, list[str]] = {}
        self._day: dict[str, int] = {}

    def read(self, raw: bytes) -> None:
        """Read all tokens. Raises DocumentError where groups stand too deep."""
        for kind, token, number in _tokens(raw):
            if kind not in {"hex", "text"}:
                self._flush()
            if kind == "group":
                self._group(opens=token == b"{")
            elif kind == "word":
                self._word(token.decode("ascii"), number)
            elif kind == "sign":
                self._sign(token)
            else:
                self._take(token if kind == "text" else bytes((int(token, 16),)))
        self._flush()
        self._end_paragraph()

    def values(self) -> dict[str, Stated]:
        """Title, author and day of the properties."""
        pairs = {name: "".join(pieces) for name, pieces in self._info.items()}
        if all(name in self._day for name in _DATE):
            pairs["date"] = "{yr:04}-{mo:02}-{dy:02}".format(**self._day)
        return stated(pairs, Provenance.PROPERTIES)

    # --- tokens

    def _group(self, *, opens: bool) -> None:
        self._starred, self._to_skip = False, 0
        if opens:
            if len(self._stack) >= DEPTH:
                raise DocumentError(f"groups stand more than {DEPTH} deep in each other")
            self._stack.append(self._state)
        elif self._stack:
            before, self._state = self._state, self._stack.pop()
            if before.note and not self._state.note:
                self.paragraphs.add("".join(self._note), is_note=True)
                self._note.clear()

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == "bin":
            return  # its bytes are passed over with the tokens
        if word in _INFO or word in _DATE or word == "fcharset":
            self._about(word, number)
        elif word in _SILENT or (starred and word not in _READ):
            self._begin_silent(word)
        elif word in _WORDS:
            self._put(_WORDS[word])
        else:
            self._set(word, number)

    def _begin_silent(self, word: str) -> None:
        if word == "annotation":
            self.paragraphs.told.add(ExtractionNote.COMMENTS)
        inside = word if word in {"fonttbl", "info"} else ""
        self._state = replace(self._state, silent=True, inside=inside)

    def _about(self, word: str, number: int | None) -> None:
        """What tells of the document: its properties, and the character sets of its fonts."""
        inside = self._state.inside
        if word == "fcharset" and inside == "fonttbl":
            self._fonts[self._state.font] = _CODE_PAGES.get(number or 0, "")
        elif word in _INFO and inside == "info":
            self._state = replace(self._state, inside=f"info:{_INFO[word]}")
        elif word in _DATE and inside == "info:date" and number is not None:
            self._day[word] = number

    def _set(self, word: str, number: int | None) -> None:
        """What changes how text is read from here on."""
        on = number != 0
        if word == "u" and number is not None:
            self._unicode(number)
        elif word in {"v", "deleted", "uc", "f", "footnote", "plain"}:
            self._state = self._changed(word, number or 0, on=on)
        elif word in {"ansicpg", "mac", "pc", "pca"}:
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word, f"cp{number}")
        elif word == "revised" and on:
            self.paragraphs.told.add(ExtractionNote.TRACKED)

    def _changed(self, word: str, number: int, *, on: bool) -> _State:
        state = self._state
        if word == "deleted" and on:
            self.paragraphs.told.add(ExtractionNote.TRACKED)
        if word == "footnote":
            self.paragraphs.told.add(ExtractionNote.FOOTNOTES)
            return replace(state, note=True, silent=False)
        if word == "plain":
            return replace(state, hidden=False, deleted=False)
        if word == "v":
            return replace(state, hidden=on)
        if word == "deleted":
            return replace(state, deleted=on)
        return replace(state, skip=number) if word == "uc" else replace(state, font=number)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif self._to_skip:
            self._to_skip -= 1
        else:
            self._put(_SIGNS.get(sign, ""))

    # --- text

    def _take(self, raw: bytes) -> None:
        """Bytes of text, but for those that stand in for a Unicode character."""
        self._starred = False
        passed = min(self._to_skip, len(raw))
        self._to_skip -= passed
        self._bytes += raw[passed:]

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF
        self._put(chr(code))
        self._to_skip = self._state.skip

    def _flush(self) -> None:
        if self._bytes:
            text = self._decoded(bytes(self._bytes))
            self._bytes.clear()
            self._put(text)

    def _decoded(self, raw: bytes) -> str:
        for page in (self._fonts.get(self._state.font, ""), self._page):
            try:
                return raw.decode(page, "replace") if page else raw.decode("ascii")
            except (LookupError, UnicodeDecodeError):
                continue
        return raw.decode("cp1252", "replace")

    def _put(self, text: str) -> None:
        state = self._state
        if state.inside.startswith("info:"):
            self._info.setdefault(state.inside.removeprefix("info:"), []).append(text)
        elif state.silent or state.deleted:
            return
        elif state.hidden and text.strip("\0 "):
            self.paragraphs.told.add(ExtractionNote.HIDDEN)
        elif text == "\0" and not state.note:
            self._end_paragraph()
        else:
            (self._note if state.note else self._body).append("\n" if text == "\0" else text)

    def _end_paragraph(self) -> None:
        text = "".join(self._body).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self.paragraphs.add(text)
        self._body.clear()


def _tokens(raw: bytes) -> Iterator[tuple[str, bytes, int | None]]:
    """The tokens with their kinds; of a control word its number, if it has one."""
    at = 0
    while token := _TOKEN.match(raw, at):
        at = token.end()
        kind = token.lastgroup or ""
        number = int(token["number"]) if token["number"] else None
        if token["word"] == b"bin":
            at += max(0, number or 0)
        if token["word"]:
            yield "word", token["word"], number
        elif kind:
            yield kind, token[kind], None
