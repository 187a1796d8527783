"""Documents that were damaged at random: a text, or one line that says why there is none."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from documents_made import zipped

from compare.documents.extracted import DocumentError, Limits
from compare.documents.guarded import Reader

CASES = Path(__file__).parent / "made"
NAMES = ("pandoc.docx", "story.odt", "story.rtf", "story.eml", "story.html", "story.mhtml", "printed.pdf")
PACKAGES = {".html": "resiliparse", ".mhtml": "resiliparse", ".pdf": "pypdfium2"}
TIMES = 30


def damaged(draw: random.Random, raw: bytes) -> bytes:
    """Some bytes changed, lost, doubled or moved."""
    for _ in range(draw.choice([1, 2, 8, 40])):
        at, size = draw.randrange(len(raw) + 1), draw.choice([1, 4, 60, 900])
        part = raw[at : at + size]
        new = draw.choice([b"", part * 3, bytes(draw.randrange(256) for _ in range(4)), raw[:size]])
        raw = raw[:at] + new + raw[at + size :]
    return raw


def damaged_inside(draw: random.Random, raw: bytes) -> bytes:
    """The same in a part of an archive; of other bytes, in them."""
    if not raw.startswith(b"PK"):
        return damaged(draw, raw)
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(sorted(name for name in parts if name.endswith(".xml")))
    return zipped(parts | {name: damaged(draw, parts[name])})


def outcome(reader: Reader, name: str, raw: bytes) -> str:
    """The text, or the reason why there is none, if it is one line."""
    try:
        return reader.extract(name, raw, Limits(seconds=5)).text
    except DocumentError as error:
        reason = str(error)
    return "" if "\n" in reason else reason


@pytest.mark.parametrize("name", NAMES)
def test_whatever_was_damaged_there_is_a_text_or_a_reason_in_one_line(name: str) -> None:
    ending = Path(name).suffix
    if ending in PACKAGES:
        pytest.importorskip(PACKAGES[ending], reason="compare[documents] is not installed")
    raw, draw, reader = (CASES / name).read_bytes(), random.Random(name), Reader()
    for time in range(TIMES):
        told = outcome(reader, name, (damaged if time % 2 else damaged_inside)(draw, raw))
        assert told.strip()
        assert told.encode("utf-8")
    reader.stop()
