"""What was corrected between two versions, and who in the archive has which words: as a page shows it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.report.corrections import differing
from compare.text.signs import with_signs
from compare.wording.changes import change_label, change_words
from compare.wording.escape import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.model import Carrier, Corrected, Correction, Document, Span


class Piece(NamedTuple):
    """A stretch of a sentence, and whether its words differ."""

    text: str
    differs: bool


class Holder(NamedTuple):
    """An article that has a wording: its headline, outlet and date, name, and the sentence; of a headline none."""

    title: str
    about: str
    name: str
    sentence: str


class Entry(NamedTuple):
    """A correction: what it is, both sentences (none where a version lacks it), and who has which words."""

    label: str
    said: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    still: tuple[Holder, ...]
    already: tuple[Holder, ...]


def entries(corrected: Corrected) -> list[Entry]:
    """Each correction, in the order of the command line."""
    return [_entry(correction, corrected) for correction in corrected.corrections]


def _entry(one: Correction, corrected: Corrected) -> Entry:
    old, new = differing(one)
    return Entry(
        ", ".join(dict.fromkeys(change_label(change, "a") for change in one.changes)),
        "; ".join(change_words(change, "a") for change in one.changes) if not one.kind else "",
        _pieces(corrected.old, one.old, old), _pieces(corrected.new, one.new, new),
        _holders(one.still, corrected), _holders(one.already, corrected),
    )  # fmt: skip


def _pieces(document: Document, sentence: Span, differs: Sequence[Sequence[int]]) -> tuple[Piece, ...]:
    """A sentence with its signs, cut where its words begin or cease to differ."""
    if sentence.start == sentence.stop:
        return ()
    whole, found = with_signs(document.text, sentence), []
    at = whole.start
    for start, stop in sorted((max(start, at), min(stop, whole.stop)) for start, stop in differs):
        found += [Piece(document.text[at:start], differs=False), Piece(document.text[start:stop], differs=True)]
        at = max(at, stop)
    return tuple(piece for piece in [*found, Piece(document.text[at : whole.stop], differs=False)] if piece.text)


def _holders(carriers: Sequence[Carrier], corrected: Corrected) -> tuple[Holder, ...]:
    return tuple(_holder(corrected.documents[carrier.id], carrier.sentence) for carrier in carriers)


def _holder(document: Document, sentence: Span) -> Holder:
    about = ", ".join(safe(part) for part in (document.source, document.published[:10]) if part)
    words = document.text[slice(*with_signs(document.text, sentence))] if sentence.start < sentence.stop else ""
    return Holder(safe(document.title) or safe(document.id), about, safe(document.id), " ".join(words.split()))
