"""One story in the formats that people have, made by the programs that they use (`tools/make_documents.py`)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import compare
from compare.model import Document, ExtractionNote, Provenance, Verdict
from compare.report.record import as_json
from compare.settings import Settings
from compare.sources.single import read_one

CASES = Path(__file__).parent / "made"
IN_CORE = ("pandoc.docx", "office/pandoc.docx", "story.odt", "story.rtf", "story.eml")
WITH_EXTRA = ("story.html", "story.mhtml", "story.pdf", "printed.pdf")
OTHERS = ("office/pandoc.docx", "story.odt", "story.rtf")
FURNITURE = ("Most read", "cookies", "Home", "The Aldermouth Courier", "Page 2", "file://", "1/2")
SAME = {Verdict.IDENTICAL, Verdict.NEAR_DUPLICATE}
LEAST = 0.97


@cache
def story(name: str) -> Document:
    if name in WITH_EXTRA:
        pytest.importorskip("resiliparse", reason="compare[documents] is not installed")
        pytest.importorskip("pypdfium2", reason="compare[documents] is not installed")
    return read_one(str(CASES / name), Settings())


@pytest.mark.parametrize("name", [*IN_CORE, *WITH_EXTRA])
def test_it_is_the_same_as_its_plain_text(name: str) -> None:
    pair = compare.pair(story(name), story("story.txt"))
    assert pair.verdict in SAME
    assert min(pair.kept_a, pair.kept_b) >= LEAST


@pytest.mark.parametrize(
    "name", ["office/pandoc.docx", "story.odt", "story.rtf", "story.html", "story.mhtml", "story.pdf"]
)
def test_it_is_the_same_text_as_the_document_of_another_program(name: str) -> None:
    pair = compare.pair(story(name), story("pandoc.docx"))
    assert pair.verdict is Verdict.IDENTICAL


@pytest.mark.parametrize("name", [*IN_CORE, *WITH_EXTRA])
def test_title_author_and_day_are_known_and_where_from(name: str) -> None:
    read = story(name)
    assert read.title.startswith("Ferry to Lindholm")
    assert read.author == "Mara Quist"
    assert read.published[:10] == "2024-03-18"
    assert Provenance.PROPERTIES not in {read.title_from, read.author_from, read.published_from}


def test_the_accepted_text_of_recorded_changes_is_read_and_told() -> None:
    for name in ("pandoc.docx", "office/pandoc.docx"):
        read = story(name)
        assert read.extraction is not None
        assert ExtractionNote.TRACKED in read.extraction.notes
        assert "4.2 million" in read.text
        assert "3.9" not in read.text
        assert "complained" not in read.text


@pytest.mark.parametrize("name", WITH_EXTRA)
def test_what_stands_around_the_text_is_not_read(name: str) -> None:
    text = story(name).text
    assert not any(word in text for word in FURNITURE)


def test_a_place_leads_back_to_its_page() -> None:
    read = story("story.pdf")
    assert read.extraction is not None
    assert read.extraction.place(read.text.index("four crossings")) == 2
    assert len(read.extraction.starts) == 3


def test_the_report_says_what_a_text_was_taken_out_of_and_its_schema_knows_it() -> None:
    report = compare.run([CASES / "pandoc.docx", CASES / "story.eml"])
    record = json.loads(as_json(report))
    schema = json.loads(files("compare.data").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.validate(record, schema)
    taken = {one["id"]: one["extraction"] for one in record["documents"]}
    assert taken["pandoc.docx"]["extractor"] == "docx"
    assert taken["pandoc.docx"]["notes"] == ["footnotes at the end", "tracked changes: the accepted text"]
    assert taken["story.eml"]["notes"] == ["attachments left out"]
    assert taken["story.eml"]["starts"][0] == 0
