"""What was corrected and who still has the old wording, for the terminal and as JSON. Pure: values in, text out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compare.changes.edits import Edit
from compare.report.record import change_record
from compare.terminal.changes import change_entry, edit_entry, entry_of, texts_of
from compare.terminal.passages import cautions, line_of, plain, wrapped
from compare.text.signs import with_signs
from compare.text.tokens import body
from compare.version import __version__
from compare.wording.escape import log_safe, valid
from compare.wording.explain import plural
from compare.wording.words import left_out_lines, number, skipped_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.model import Carrier, Corrected, Correction, Document, Span
    from compare.terminal.changes import Entry, Look, Texts

SCHEMA = "compare-corrections/1"
SHOWN = 10
"""Documents that are named of each wording of a correction; JSON has all."""
_ABOUT = ("id", "path", "title", "author", "published", "source", "url", "sha256")
_NOTHING = "Nothing was corrected: no word differs between the two versions."


def corrected_text(corrected: Corrected, look: Look, *, asked: bool) -> str:
    """Each correction, numbered, with who still has the old words and who has the new ones; then a sentence of it all.

    `asked` says whether it was looked for in other documents.
    """
    texts = texts_of(corrected.old, corrected.new, look)
    lines = [
        line
        for count, correction in enumerate(corrected.corrections, 1)
        for line in _correction(count, correction, corrected, texts)
    ]
    told = sentence_of(corrected, asked=asked)
    notes = [*left_out_lines(corrected.left_out), *skipped_lines(corrected.skipped)]
    return "\n".join([*lines, *cautions(corrected.old, corrected.new), *wrapped("", told.split(), look.width), *notes])


def sentence_of(corrected: Corrected, *, asked: bool) -> str:
    """The whole result in a sentence or two."""
    if not corrected.corrections:
        return _NOTHING
    count = plural(len(corrected.corrections), "correction")
    if not asked:
        return f"{count}. Who still has the old wording is looked for in what --against names."
    olds = len(corrected.carriers)
    news = len(corrected.documents) - olds
    still = f"{number(olds)} still {'has' if olds == 1 else 'have'} old words" if olds else "none has an old wording"
    also = f", {number(news)} {'has' if news == 1 else 'have'} new ones alone" if news else ""
    return f"{count}, looked for in {plural(corrected.compared, 'document')}: {still}{also}."


def _correction(count: int, correction: Correction, corrected: Corrected, texts: Texts) -> Iterator[str]:
    yield from wrapped(f"{count}  ", _entry(correction, texts), texts.width)
    for label, carriers in (("still in", correction.still), ("already in", correction.already)):
        for carrier in carriers[:SHOWN]:
            words = _carrier(carrier, corrected.documents[carrier.id])
            yield from wrapped("   ", entry_of(label, words, texts), texts.width)
        if len(carriers) > SHOWN:
            yield f"   … {label} {number(len(carriers) - SHOWN)} more (--json has all)"


def _entry(correction: Correction, texts: Texts) -> Entry:
    if correction.kind:
        return edit_entry(Edit(correction.kind, correction.operations, correction.changes), texts)
    for change in correction.changes:
        return change_entry(change, texts)
    is_gone = correction.old.start < correction.old.stop
    text, span = (texts.read[0], correction.old) if is_gone else (texts.read[1], correction.new)
    words = texts.paint.words(plain(text, with_signs(text, span)), "-" if is_gone else "+")
    return entry_of("left out" if is_gone else "put in", words, texts)


def _carrier(carrier: Carrier, document: Document) -> list[str]:
    """A document by name, outlet and date, with the sentence that holds the wording."""
    about = ", ".join(log_safe(part) for part in (document.source, document.published) if part)
    name = f"{log_safe(document.id)}{f' ({about})' if about else ''}"
    if carrier.sentence.start == carrier.sentence.stop:
        return [*name.split(), "(its", "headline)"]
    sentence = plain(body(document), with_signs(document.text, carrier.sentence))
    return [*f"{name}, {line_of(document, carrier.sentence)}:".split(), *f"“{sentence}”".split()]


def corrected_json(corrected: Corrected) -> str:
    """The same as JSON."""
    return msgspec.json.format(msgspec.json.encode(corrected_record(corrected)), indent=1).decode() + "\n"


def corrected_record(corrected: Corrected) -> dict[str, object]:
    """The same as `compare-corrections/1`: spans in code points of the unaltered texts."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "compare", "version": __version__},
        "old": _about(corrected.old),
        "new": _about(corrected.new),
        "compared": corrected.compared,
        "corrections": [_record(correction, corrected) for correction in corrected.corrections],
        "documents": [_about(document) for document in corrected.documents.values()],
        "skipped": [{"path": valid(item.path), "reason": valid(item.reason)} for item in corrected.skipped],
        "dropped": {cap: int(corrected.left_out[cap]) for cap in sorted(corrected.left_out)},
    }


def _record(correction: Correction, corrected: Corrected) -> dict[str, object]:
    return {
        "kind": correction.kind.value if correction.kind else None,
        "changes": [change_record(change) for change in correction.changes],
        "old": _place(corrected.old, correction.old),
        "new": _place(corrected.new, correction.new),
        "still": _carriers(correction.still, corrected),
        "already": _carriers(correction.already, corrected),
    }


def _carriers(carriers: Sequence[Carrier], corrected: Corrected) -> list[dict[str, object]]:
    return [{"id": valid(one.id), **_place(corrected.documents[one.id], one.sentence)} for one in carriers]


def _place(document: Document, span: Span) -> dict[str, object]:
    """A sentence by its place and its words."""
    return {"start": int(span.start), "stop": int(span.stop), "text": valid(document.text[slice(*span)])}


def _about(document: Document) -> dict[str, str]:
    return {name: valid(str(getattr(document, name))) for name in _ABOUT}
