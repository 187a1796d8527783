"""The seam of article formats: bytes in; text, spans and what is muted out."""

from __future__ import annotations

import json
import sys
import zlib
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import compare
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.model import Skipped, Span
from compare.settings import Settings
from compare.sources import files, types
from compare.sources.decode import NotTextError
from compare.sources.fields import Fields, Reading
from compare.sources.files import reader_of
from compare.sources.read import read
from compare.sources.readers.base import Article

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"PK\x03packed"
STORY = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat."


def unpacked(raw: bytes, _reading: Reading) -> Article:
    """A binary format: a packed text with a head that is no part of what was written."""
    if not raw.startswith(MAGIC):
        raise NotTextError("not a packed text")
    head = "FORM 7 "
    return Article(
        head + zlib.decompress(raw[len(MAGIC) :]).decode(), (Span(0, len(head)),), {"author": "Ida"}, "A form"
    )


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of packed texts and a reader of them, made as a module and a row of the table are."""
    module = ModuleType("compare.sources.readers.packed")
    module.read = unpacked  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(types.READERS, ".packed", "packed")
    for room in (types, files, sys.modules["compare.sources.kinds"]):
        monkeypatch.setattr(room, "TEXT", types.TEXT | {".packed"})
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a.packed", STORY), ("b.packed", STORY + " Nobody minded.")):
        (folder / name).write_bytes(MAGIC + zlib.compress(text.encode()))
    (folder / "c.txt").write_text(STORY, "utf-8")
    return folder


@pytest.mark.parametrize("ending", sorted(types.READERS))
def test_every_end_of_a_name_has_a_reader(ending: str) -> None:
    text = "---\nauthor: Ida\ntitle: Boats\n---\nA ferry left."
    article = reader_of(ending).read(text.encode(), Reading(Settings(), Fields(), digest=False))
    assert article.text == text
    assert article.muted == (Span(0, text.index("A ferry")),)
    assert article.values == {"author": "Ida", "title": "Boats"}


def test_a_name_without_a_reader_is_plain_text() -> None:
    assert reader_of(".log") is reader_of(".txt")


def test_a_binary_format_is_a_module_and_a_row(packed: Path) -> None:
    (packed / "d.packed").write_bytes(b"something else")
    items = {getattr(item, "path", "").rpartition("/")[2]: item for item in read([str(packed)], Settings())}
    document = items["a.packed"]
    assert not isinstance(document, Skipped)
    assert (document.text, document.author, document.title) == (f"FORM 7 {STORY}", "Ida", "A form")
    assert compare.pair(document, compare.Document("x", STORY)).verdict is compare.Verdict.IDENTICAL
    assert items["d.packed"] == Skipped(str(packed / "d.packed"), "not a packed text", lost=True)


def test_what_stays_of_a_binary_format_is_kept_byte_for_byte(packed: Path, tmp_path: Path) -> None:
    deduplicate_paths(Corpus((str(packed),), tmp_path / "out"), Settings())
    kept = {path.name: path.read_bytes() for path in (tmp_path / "out" / "kept").rglob("*") if path.is_file()}
    assert kept
    assert all(raw == (packed / name).read_bytes() for name, raw in kept.items())
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"] == 3
