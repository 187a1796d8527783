"""HTML as systems of newsrooms keep it in a field: no page around it, so that all of its text is read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from compare.documents.extracted import DEFAULTS, DocumentError, Extracted
from compare.documents.paragraphs import Paragraphs

VERSION = "compare 1"
_BEGINS = re.compile(
    r"\s*<(?:p|div|h[1-6]|ul|ol|blockquote|figure|section|article|br|strong|em|b|i|a)\b", re.IGNORECASE
)
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "figure", "figcaption", "section",
    "article", "table", "tr", "td", "th", "hr", "pre", "dl", "dt", "dd", "aside", "header", "footer",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "iframe", "svg", "noscript"})


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it begins with a tag, and has one that ends.

    >>> is_markup("<p>A pact.</p>"), is_markup("A <b>pact</b>."), is_markup("<3 this")
    (True, False, False)
    """
    return bool(_BEGINS.match(text)) and "</" in text


def from_markup(text: str) -> Extracted:
    r"""The text of some HTML by paragraphs. Raises DocumentError where there is none.

    >>> from_markup("<p>Caf&eacute; <b>bar</b></p><ul><li>one</li></ul>").text
    'Café bar\n\none'
    """
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError, RecursionError) as error:
        raise DocumentError("damaged: its markup cannot be read") from error
    reader.end_paragraph()
    return reader.paragraphs.extracted("html", VERSION, {})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs = Paragraphs(DEFAULTS)
        self._pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the library's
        """Begin a paragraph, a line, or what is not read."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.end_paragraph()
        elif tag == "br":
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        """Take text, in which line ends are blanks."""
        if not self._silent:
            self._pieces.append(re.sub(r"\s+", " ", data))

    def end_paragraph(self) -> None:
        """Put what was taken at the end."""
        self.paragraphs.add("".join(self._pieces))
        self._pieces.clear()
