"""The seam of article formats: bytes in; text, spans and what is muted out."""

from __future__ import annotations

import json
import sys
import zlib
from contextlib import suppress
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


PROSE = b"---\nauthor: Ida\n---\n# A ferry\n\nIt left. *Late.*\n"
SAMPLES = dict.fromkeys((".txt", ".text", ".md", ".markdown"), PROSE)
"""A small file of each format, by the end of its name."""


def read_as(ending: str, raw: bytes) -> Article | None:
    """What the bytes hold, or nothing where the reader says that there is no text."""
    with suppress(NotTextError):
        return reader_of(ending).read(raw, Reading(Settings(), Fields(), digest=False))
    return None


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
def test_every_end_of_a_name_has_a_reader_and_a_sample_that_it_reads(ending: str) -> None:
    article = read_as(ending, SAMPLES[ending])
    assert article is not None
    assert "ferry" in article.text


@pytest.mark.parametrize("ending", sorted(types.READERS))
@given(data=st.data())
@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_bytes_a_reader_gives_a_text_and_spans_of_it_or_the_reason_why_not(
    ending: str, data: st.DataObject
) -> None:
    sample = SAMPLES[ending]
    at, length = data.draw(st.integers(0, len(sample))), data.draw(st.integers(0, len(sample)))
    article = read_as(ending, sample[:at] + data.draw(st.binary(max_size=20)) + sample[at + length :])
    if article is not None:
        bounds = [bound for span in article.muted for bound in span]
        assert article.text.strip()
        assert bounds == sorted(bounds)
        assert all(0 <= bound <= len(article.text) for bound in bounds)
        assert all(start < stop for start, stop in article.muted)
        assert all(isinstance(value, str) for pair in article.values.items() for value in pair)


@pytest.mark.parametrize("ending", [".markdown", ".md", ".text", ".txt"])
def test_text_and_markdown_are_read_whole_and_their_front_matter_is_muted(ending: str) -> None:
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
