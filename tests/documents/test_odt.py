"""ODT: what its reader reads of it."""

from __future__ import annotations

import pytest
from documents_made import ODF, odt, zipped

from compare.documents.extracted import DocumentError, Limits
from compare.documents.odt import extract
from compare.vocabulary import ExtractionNote

LIMITS = Limits()


def text_of(body: str) -> str:
    return extract(odt(body), LIMITS).text


def test_paragraphs_headings_lists_and_cells_come_in_order() -> None:
    listed = "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
    cell = "<table:table-cell><text:p>2</text:p></table:table-cell>"
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    prose = "<text:h text:outline-level='1'>Pact</text:h><text:p>A\n <text:span>pact</text:span>.</text:p>"
    read = extract(odt(prose + listed + table), LIMITS)
    assert read.text == "Pact\n\nA pact.\n\none\n\n2"
    assert read.heading == "Pact"


def test_what_was_deleted_with_changes_recorded_is_gone_and_told() -> None:
    region = "<text:changed-region><text:deletion><text:p>old</text:p></text:deletion></text:changed-region>"
    changes = f"<text:tracked-changes>{region}</text:tracked-changes>"
    read = extract(odt(f"{changes}<text:p>The <text:change-start/>new<text:change-end/> pact.</text:p>"), LIMITS)
    assert read.text == "The new pact."
    assert read.extraction.notes == (ExtractionNote.TRACKED,)


def test_blanks_tabs_and_line_breaks_are_elements() -> None:
    assert text_of("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>") == "a b c\nd"
    assert text_of("<text:p>a<text:s text:c='999999999999'/>b</text:p>") == "a b"


def test_notes_stand_at_the_end_and_comments_and_hidden_parts_nowhere() -> None:
    inside = "<text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
    note = f"<text:note>{inside}</text:note>"
    comment = "<office:annotation><dc:creator>Ola</dc:creator><text:p>Really?</text:p></office:annotation>"
    hidden = "<text:section text:display='none'><text:p>Hidden.</text:p></text:section>"
    read = extract(odt(f"<text:p>Text{note}{comment} goes on.</text:p>{hidden}<text:p>End.</text:p>"), LIMITS)
    assert read.text == "Text goes on.\n\nEnd.\n\nA note."
    assert set(read.extraction.notes) == {ExtractionNote.FOOTNOTES, ExtractionNote.COMMENTS}


def test_a_flat_document_is_read_too() -> None:
    spaces = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    text = "<office:body><office:text><text:p>A pact.</text:p></office:text></office:body>"
    assert extract(f"<office:document {spaces}>{text}</office:document>".encode(), LIMITS).text == "A pact."


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (odt("<text:p>A pact.</text:p>", **{"META-INF/manifest.xml": "<m:encryption-data/>"}), "encrypted"),
        (zipped({"content.xml": "<a><b/></a>"}), "no text document"),
        (zipped({"mimetype": "x"}), "no text document"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "document type"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        extract(raw, LIMITS)
