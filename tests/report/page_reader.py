"""Reads a page back as a browser would, to say what is in it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "rect"}


class Page(HTMLParser):
    """Elements, attributes, the style, and the text of each side without its labels."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.style = ""
        self.shown: list[str] = []
        self.changed: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.elements.append((tag, values))
        if tag == "article":
            self.shown.append("")
        if tag not in VOID:
            self._open.append((tag, values.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "style":
            self.style += data
        if self._in("div", "text") and self._in("p", "") and not self._in("a", "label"):
            self.shown[-1] += data
            if self._open[-1][0] in {"ins", "del"}:
                self.changed.append((self._open[-1][0], data))

    def _in(self, tag: str, kind: str) -> bool:
        return any(name == tag and (not kind or kind in classes.split()) for name, classes in self._open)

    def attributes(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [values[name] for _, values in self.elements if name in values]

    def metas(self) -> dict[str, str]:
        """The contents of named meta elements."""
        metas = [values for tag, values in self.elements if tag == "meta"]
        return {values.get("name") or values.get("http-equiv", ""): values.get("content", "") for values in metas}
