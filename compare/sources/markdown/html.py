"""HTML in Markdown: what CommonMark takes for raw HTML, and how much of it is surely no text of the author's.

By CommonMark `<five percent of the vote>` is a tag with four attributes. Nobody reads it in a browser, but somebody
wrote it; so what is no element of HTML, or has words for attributes, is passed over whole and stays text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compare.model import Meant, Span
from compare.sources.markdown.entities import entities

_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_ATTRIBUTE = r"""[ \t\n]++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:[ \t\n]*+=[ \t\n]*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
OPEN = rf"<(?P<name>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*+)[ \t\n]*+/?>"
CLOSE = rf"</(?P<closed>{_NAME})[ \t\n]*+>"
_TAG = re.compile(f"{OPEN}|{CLOSE}")
_BARE = re.compile(r"[ \t\n]([A-Za-z_:][A-Za-z0-9_.:-]*+)(?![ \t\n]*+=)")
_VALUE = re.compile(r"""=[ \t\n]*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+")""")
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20\x7f<>]*+>")
_MAIL = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}+@[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){0,9}+>")
_DECLARATION = re.compile(r"<![A-Za-z]")
_BROKEN = re.compile(r"<[A-Za-z/!?]")
_NAMES = re.compile(rf"<(/?)({_NAME})")
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
"""What stands in these elements is nothing that a reader sees."""
_COMMENT = re.compile(r"<!--(?:-?>)?")
_SURE_OTHER = re.compile(r"<(?:\?(?:xml|php|=)|!(?:doctype|element|entity|attlist|notation)\b)", re.IGNORECASE)

ELEMENTS = frozenset({
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "circle",
    "cite", "code", "col", "colgroup", "data", "datalist", "dd", "defs", "del", "details", "dfn", "dialog", "dir",
    "div", "dl", "dt", "ellipse", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form",
    "frame", "frameset", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i",
    "iframe", "image", "img", "input", "ins", "kbd", "label", "legend", "li", "line", "link", "main", "map", "mark",
    "marquee", "math", "menu", "menuitem", "meta", "meter", "mi", "mn", "mo", "mrow", "msub", "msup", "nav", "nobr",
    "noembed", "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "path",
    "picture", "plaintext", "polygon", "polyline", "portal", "pre", "progress", "q", "rb", "rect", "rp", "rt", "rtc",
    "ruby", "s", "samp", "script", "search", "section", "select", "slot", "small", "source", "span", "strike",
    "strong", "style", "sub", "summary", "sup", "svg", "symbol", "table", "tbody", "td", "template", "text",
    "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tspan", "tt", "u", "ul", "use", "var",
    "video", "wbr", "xmp",
})  # fmt: skip
_FLAGS = frozenset({
    "allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "contenteditable", "controls",
    "default", "defer", "disabled", "download", "formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop",
    "multiple", "muted", "nohref", "nomodule", "noresize", "noshade", "novalidate", "nowrap", "open", "playsinline",
    "popover", "readonly", "required", "reversed", "scoped", "seamless", "selected", "translate",
})  # fmt: skip


_PHRASING = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "mark",
    "nobr", "s", "samp", "small", "span", "strike", "strong", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
"""Elements that stand inside words. Others part them: <br>, <td>; <sup> too, since 10<sup>5</sup> is not 105."""


class Syntax(NamedTuple):
    """What of a text is syntax, and what is read otherwise than it is written."""

    muted: list[Span]
    meant: list[Meant]


class Raw(NamedTuple):
    """A piece of raw HTML or an address in angle brackets; what of it is muted, and where it parts words.

    An address is text: a reader sees it.
    """

    stop: int
    muted: tuple[Span, ...]
    meant: tuple[Meant, ...] = ()


class HtmlScanner:
    """Finds raw HTML in a text. What ends it is searched once: all together takes linear time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[str, int] = {}
        self._pairs: set[str] | None = None

    def address(self, start: int) -> Raw | None:
        """An address that begins at a `<`, as in `<https://example.org>`."""
        link = _ADDRESS.match(self._text, start) or _MAIL.match(self._text, start)
        return Raw(link.end(), (Span(start, start + 1), Span(link.end() - 1, link.end()))) if link else None

    def markup(self, start: int) -> Raw | None:
        """A tag or the like that begins at a `<`, if it is not a mere sign."""
        tag = _TAG.match(self._text, start)
        if not tag:
            return self._other(start)
        name = (tag["name"] or tag["closed"]).lower()
        raw = _raw(tag.span(), sure=is_sure(tag) or (not tag["attributes"] and self._is_pair(name)))
        parts = name not in _PHRASING
        return raw._replace(meant=tuple(Meant(*span, " ") for span in raw.muted)) if parts else raw

    def _is_pair(self, name: str) -> bool:
        """Whether an element of this name both begins and ends in the text: <Warning>…</Warning>."""
        if self._pairs is None:
            names = [(mark[1], mark[2].lower()) for mark in _NAMES.finditer(self._text)]
            self._pairs = {name for end, name in names if end} & {name for end, name in names if not end}
        return name in self._pairs

    def _other(self, start: int) -> Raw | None:
        """A comment, a processing instruction, CDATA or a declaration."""
        text = self._text
        if comment := _COMMENT.match(text, start):
            stop = comment.end() if comment[0].endswith(">") else self._after("-->", start + 4)
            return _raw((start, stop), sure=True) if stop else None
        sure = _SURE_OTHER.match(text, start) is not None
        if text.startswith("<?", start):
            stop = self._after("?>", start + 2)
        elif text.startswith("<![CDATA[", start):
            stop = self._after("]]>", start + 9)
            return Raw(stop, (Span(start, start + 9), Span(stop - 3, stop))) if stop else None
        else:
            stop = self._after(">", start) if _DECLARATION.match(text, start) else 0
        return _raw((start, stop), sure=sure) if stop else None

    def _after(self, end: str, start: int) -> int:
        """Where the next such end is over; 0 if there is none."""
        end_at = self._ends.get(end, start)
        if 0 <= end_at <= start:
            self._ends[end] = end_at = self._text.find(end, start)
        return end_at + len(end) if end_at >= 0 else 0


def syntax(text: str) -> Syntax:
    """The markup of a block of HTML: tags, comments and the like, up to a comment that never ends; and its entities."""
    scanner, result, at = HtmlScanner(text), Syntax([], []), text.find("<")
    end = 0
    while at >= 0:
        unseen = _UNSEEN.match(text, at)
        raw = Raw(unseen.end(), (Span(*unseen.span()),)) if unseen else scanner.markup(at)
        if not raw and text.startswith("<!--", at):
            break
        result.meant.extend(entities(text, end, at))
        if raw:
            result.muted.extend(raw.muted)
            result.meant.extend(raw.meant)
        end = raw.stop if raw else _after_sign(text, at)
        at = text.find("<", end)
    result.meant.extend(entities(text, end, len(text)))
    return result


def _after_sign(text: str, at: int) -> int:
    """Where to read on after a `<` that begins nothing: what a browser may take for a broken tag stays as it is."""
    if not _BROKEN.match(text, at):
        return at + 1
    end = text.find(">", at)
    return end if end >= 0 else len(text)


def is_sure(tag: re.Match[str]) -> bool:
    """Whether a tag is one of HTML's, with what HTML has for attributes; or one with values, whatever its name.

    >>> [is_sure(_TAG.match(tag)) for tag in ("<p class=x>", "<x-y>", "<five percent>", "<a third of it>", "</b >")]
    [True, True, False, False, True]
    """
    name, attributes = (tag["name"] or tag["closed"]).lower(), tag["attributes"] or ""
    bare = _BARE.findall(_VALUE.sub("= ", attributes).replace("= ", "="))
    plain = all(attribute.lower() in _FLAGS or set("-:_") & set(attribute) for attribute in bare)
    return plain and (name in ELEMENTS or "-" in name or "=" in attributes)


def _raw(place: tuple[int, int], *, sure: bool) -> Raw:
    return Raw(place[1], (Span(*place),) if sure else ())
