"""Saved pages: what an article's reader reads of them, without navigation, notices and marks of footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compare.documents.extracted import BlankError, DocumentError
from compare.documents.pagehead import heading_of, page_values
from compare.documents.paragraphs import Paragraphs
from compare.errors import MissingExtraError
from compare.vocabulary import ExtractionNote

if TYPE_CHECKING:
    from compare.documents.extracted import Extracted, Limits

_ASIDE = (
    "nav", "dialog", "button", "video", "audio", "[role=navigation]", "[role=dialog]", "[role=alertdialog]",
    "[role=search]", "[hidden]", "[aria-hidden=true]", "sup.reference", "sup.footnote", ".footnote-ref",
    ".footnote-back", ".footnote-backref", "[role=doc-noteref]", "[role=doc-backlink]", "a.sdfootnoteanc",
    "a.sdfootnotesym", ".mw-editsection", ".sr-only", "[class*=player]", "[class*=vjs-]", "[class*=newsletter]",
    "[class*=signup]", "[class*=slideshow]", "[class*=social]", "[class*=share]", "[id*=cookie]", "[class*=cookie]",
    "[class*=consent]", "[id*=consent]", "[class*=gdpr]",
)  # fmt: skip
"""What stands on a page and is no part of its text, as CSS selects it; where it holds much of the page, it is."""
_MUCH = 0.3
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
_HEAD = 4096
_OURS = '<meta name="generator" content="compare '
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WORD = re.compile(r"\w+")
_LEAST = 25
"""Words of an article; where less stands out from a page than that, and than `_SHARE` of it, all of it is read."""
_SHARE = 0.25
_LINKED = 0.5
"""Share of a list's characters that are links, from which it is no part of a text."""
_DEEP = 2000
"""Elements that are closed, inside each other: the library takes the square of them. People's pages stay below 100."""
_CLOSED = (
    "a|article|aside|b|blockquote|center|div|em|figure|font|form|i|main|nav|ol|section|small|span|strong|table|u|ul"
)
_TAG = re.compile(rf"<(/?)(?:{_CLOSED})\b", re.IGNORECASE)


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The article of a page. Raises DocumentError, and MissingExtraError without `resiliparse`."""
    return from_text(decoded(raw), limits)


def from_text(markup: str, limits: Limits, extractor: str = "html") -> Extracted:
    """The same of markup that is text already."""
    if _OURS in markup[:_HEAD]:
        raise BlankError("a page that compare made")
    parse, plain_text, version = _library()
    if _depth(markup) > _DEEP:
        raise DocumentError(f"elements stand more than {_DEEP} deep in each other")
    try:
        tree = parse(markup.replace("\0", ""))
    except (ValueError, RuntimeError, TypeError) as error:
        raise DocumentError("damaged: its markup cannot be read") from error
    if tree.body is None:
        raise BlankError("empty")
    values = page_values(tree)
    paragraphs = Paragraphs(limits)
    paragraphs.heading = heading_of(tree)
    _drop_asides(tree)
    _keep_lists(tree)
    paragraphs.add_all(_article(tree, plain_text, paragraphs))
    return paragraphs.extracted(extractor, version, values)


def _depth(markup: str) -> int:
    """How many elements that must be closed stand open at once, at the most.

    >>> _depth("<div><p>A <b>pact</b>.<p>Signed.</div>"), _depth("<div>" * 9)
    (2, 9)
    """
    most = depth = 0
    for tag in _TAG.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        most = max(most, depth)
    return most


def _library() -> tuple[Any, Any, str]:
    """The parser, the function that takes text out, and whose they are. Raises MissingExtraError."""
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  # an optional package
        from resiliparse.parse.html import HTMLTree  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("HTML", "documents") from error
    from importlib.metadata import version  # noqa: PLC0415  # with it

    return HTMLTree.parse, extract_plain_text, f"resiliparse {version('resiliparse')}"


def _article(tree: Any, plain_text: Any, paragraphs: Paragraphs) -> str:  # noqa: ANN401  # the library's own
    """The text of the article; of the whole page where none stands out from it."""
    shown = {"alt_texts": False, "list_bullets": False}
    article = str(plain_text(tree, main_content=True, comments=False, **shown))
    whole = str(plain_text(tree, **shown))
    words, all_words = len(_WORD.findall(article)), len(_WORD.findall(whole))
    if words >= all_words * _SHARE or (words >= _LEAST and words >= all_words * _SHARE / 10):
        return article
    paragraphs.told.add(ExtractionNote.WHOLE_PAGE)
    return whole


def _drop_asides(tree: Any) -> None:  # noqa: ANN401  # likewise
    """Take navigation, notices, players and marks of footnotes out of the page."""
    much = _MUCH * len(tree.body.text)
    for selector in _ASIDE:
        for element in list(tree.body.query_selector_all(selector)):
            if len(element.text) < much:
                element.decompose()


def _keep_lists(tree: Any) -> None:  # noqa: ANN401  # likewise
    """Make numbered lists of the others, which the library takes for navigation, but where they are links."""
    for listed in tree.body.query_selector_all("ul"):
        links = sum(len(link.text) for link in listed.query_selector_all("a"))
        if links >= _LINKED * max(1, len(listed.text)):
            continue
        numbered = tree.create_element("ol")
        for item in list(listed.child_nodes):
            numbered.append_child(item)
        if listed.parent is not None:
            listed.parent.replace_child(numbered, listed)


def decoded(raw: bytes, charset: str = "") -> str:
    """The text of a page's bytes: by their mark, what was said of them, what they say, UTF-8, or windows-1252."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    declared = _CHARSET.search(raw, 0, _HEAD) or _XML_CHARSET.search(raw, 0, _HEAD)
    for name in (charset, declared[1].decode() if declared else "", "utf-8"):
        try:
            return raw.decode(_as_browsers_do(name))
        except (LookupError, UnicodeDecodeError):
            continue
    best = charset or (declared[1].decode() if declared else "cp1252")
    try:
        return raw.decode(_as_browsers_do(best), "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")


def _as_browsers_do(name: str) -> str:
    """Latin 1 and ASCII as the web writes them. Raises LookupError where no text can have that encoding."""
    lower = name.lower()
    if lower in {"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"}:
        return "cp1252"
    if lower.startswith(("utf-16", "utf-32", "utf-7", "utf_")) or not lower:
        raise LookupError(name)
    return lower
