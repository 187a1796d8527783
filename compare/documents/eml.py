"""Mails: the body as it is read, in plain text if it has that, with subject, sender and day from the header."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from compare.documents import html
from compare.documents.extracted import DEPTH, BlankError, DocumentError, Extracted, stated
from compare.documents.paragraphs import Paragraphs
from compare.vocabulary import ExtractionNote, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.documents.extracted import Limits, Stated

VERSION = "compare 1"
_SUBJECT = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)\s*:\s*)+", re.IGNORECASE)
_HEADER = re.compile(rb"^[!-9;-~]+:", re.MULTILINE)
_FOLDER = b"From "
_SIGNATURE = "\n-- \n"
_MOST_PARTS = 1000


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The body. Raises DocumentError, and MissingExtraError where it is HTML alone."""
    message = parsed(raw)
    parts = list(leaves(message))
    bodies = [part for part in parts if not is_attached(part)]
    plain = [part for part in bodies if part.get_content_type() == "text/plain"]
    markup = [part for part in bodies if part.get_content_type() == "text/html"]
    told = {ExtractionNote.ATTACHMENTS} if any(map(is_attached, parts)) else set()
    values = header_values(message)
    texts = [content(part) for part in plain]
    if any(text.strip() for text in texts):
        paragraphs = Paragraphs(limits, told=set(told))
        for text in texts:
            paragraphs.add_all(_read(text))
        return paragraphs.extracted("eml", VERSION, values)
    if not markup:
        raise BlankError("a mail without text" if told else "empty")
    found = html.from_text(content(markup[0]), limits, "eml")
    notes = tuple(sorted({*found.extraction.notes, *told}))
    return with_values(found, values, notes)


def _read(text: str) -> str:
    """A plain body without its signature."""
    return text.replace("\r\n", "\n").partition(_SIGNATURE)[0]


def with_values(found: Extracted, values: dict[str, Stated], notes: tuple[ExtractionNote, ...]) -> Extracted:
    """What was taken out of a part, with what the header around it says, too."""
    extraction = replace(found.extraction, notes=notes)
    return replace(found, extraction=extraction, values={**found.values, **values})


# --- the parts -----------------------------------------------------------------------------------------------------


def parsed(raw: bytes) -> EmailMessage:
    """A mail. Raises DocumentError where it is none."""
    raw = raw.lstrip(b"\xef\xbb\xbf \r\n")
    if not raw:
        raise BlankError("empty")
    if raw.startswith(_FOLDER):  # of a file that holds many
        raw = raw.partition(b"\n")[2]
    if not _HEADER.match(raw[:998]):
        raise DocumentError("not a mail: it has no header")
    try:
        message = message_from_bytes(raw, policy=policy.default)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise DocumentError("damaged: its header cannot be read") from error
    return message


def leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no others, in order. Raises DocumentError where they stand too deep, or are too many."""
    stack, count = [(message, 0)], 0
    while stack:
        part, depth = stack.pop()
        count += 1
        if depth > DEPTH or count > _MOST_PARTS:
            raise DocumentError(f"more than {_MOST_PARTS} parts, or {DEPTH} in each other")
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list) and part.get_content_maintype() != "message":
            stack += [(one, depth + 1) for one in reversed(inside) if isinstance(one, EmailMessage)]
        else:
            yield part


def is_attached(part: EmailMessage) -> bool:
    """Whether a part hangs on the mail rather than is read with it."""
    with suppress(ValueError, LookupError, AttributeError, IndexError, TypeError):
        return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in {
            "text",
            "multipart",
        }
    return True


def content(part: EmailMessage) -> str:
    """The text of a part, by the encoding that it names."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    return html.decoded(raw, part.get_content_charset() or "")


def header_values(message: EmailMessage) -> dict[str, Stated]:
    """Subject, day, and the sender where the mail neither answers nor hands on another one."""
    name, address = parseaddr(_header(message, "From"))
    subject = _header(message, "Subject")
    is_answer = bool(_SUBJECT.match(subject))
    pairs = {
        "title": _SUBJECT.sub("", subject),
        "author": "" if is_answer else name or address,
        "date": _day(_header(message, "Date")),
    }
    return stated(pairs, Provenance.MAIL)


def _header(message: EmailMessage, name: str) -> str:
    with suppress(ValueError, LookupError, AttributeError, IndexError, TypeError):
        return str(message.get(name, "")).encode("utf-8", "replace").decode()
    return ""


def _day(written: str) -> str:
    with suppress(ValueError, OverflowError, TypeError, IndexError):
        return parsedate_to_datetime(written).isoformat() if written else ""
    return ""
