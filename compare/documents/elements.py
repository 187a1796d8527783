"""XML read element by element, never as a tree: what is nested too deep or brings entities of its own is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from compare.documents.extracted import DEPTH, DocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCK = 1 << 16
_SEPARATOR = " "


class Handler(Protocol):
    """What is told of the elements, by names such as `w:p`, of the namespaces that it knows."""

    prefixes: Mapping[str, str]
    """Prefix by the end of a namespace's address; elements of others have none."""

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """An element begins; its attributes by their names without prefix."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, text: str) -> None:
        """Text inside, perhaps in several pieces."""


def read_elements(raw: bytes, handler: Handler) -> None:
    """Tell a handler of all elements. Raises DocumentError: it is no XML, or none that is read."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    depth = 0

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise DocumentError(f"elements stand more than {DEPTH} deep in each other")
        handler.start(_short(name, handler.prefixes), {key.rpartition(_SEPARATOR)[2]: values[key] for key in values})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_short(name, handler.prefixes))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse  # with it go all entities, and what is named outside
    try:
        for at in range(0, len(raw), BLOCK):
            parser.Parse(raw[at : at + BLOCK], False)  # noqa: FBT003  # expat's
        parser.Parse(b"", True)  # noqa: FBT003  # likewise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DocumentError("damaged: its XML cannot be read") from error


def _refuse(*_: object) -> None:
    raise DocumentError("its XML has a document type of its own, which is not read")


def _short(name: str, prefixes: Mapping[str, str]) -> str:
    address, _, local = name.rpartition(_SEPARATOR)
    prefix = next((short for end, short in prefixes.items() if address.endswith(end)), "")
    return f"{prefix}:{local}" if prefix else local if not address else f"?:{local}"
