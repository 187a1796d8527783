"""What the properties of an office document say: title, author, and the day on which it was made or changed last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.documents.elements import read_elements
from compare.documents.extracted import DocumentError, stated
from compare.vocabulary import Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.documents.extracted import Stated

_NAMES = {
    "title": ("dc:title",), "author": ("meta:initial-creator", "dc:creator"), "language": ("dc:language",),
    "date": ("dcterms:created", "meta:creation-date"),
}  # fmt: skip
"""The elements of each value; whoever began it goes before whoever changed it last."""
_ELEMENTS = frozenset(element for elements in _NAMES.values() for element in elements)
_DAY = 10


def core_properties(raw: bytes) -> dict[str, Stated]:
    """The properties of a part of XML; none where there is no such part, or it cannot be read."""
    found = _Properties()
    try:
        read_elements(raw or b"<none/>", found)
    except DocumentError:
        return {}
    texts = {name: "".join(pieces).strip() for name, pieces in found.pieces.items()}
    values = {name: next((texts[one] for one in elements if texts.get(one)), "") for name, elements in _NAMES.items()}
    values["date"] = values["date"][:_DAY]
    return stated(values, Provenance.PROPERTIES)


class _Properties:
    prefixes: Mapping[str, str] = {
        "/dc/elements/1.1/": "dc", "/dc/terms/": "dcterms", ":xmlns:meta:1.0": "meta",
    }  # fmt: skip

    def __init__(self) -> None:
        self.pieces: dict[str, list[str]] = {}
        self._name = ""

    def start(self, name: str, values: Mapping[str, str]) -> None:  # noqa: ARG002  # a handler's
        """Remember which property it is."""
        self._name = name if name in _ELEMENTS else ""

    def end(self, name: str) -> None:  # noqa: ARG002  # likewise
        """Forget it."""
        self._name = ""

    def text(self, text: str) -> None:
        """Take its value."""
        if self._name:
            self.pieces.setdefault(self._name, []).append(text)
