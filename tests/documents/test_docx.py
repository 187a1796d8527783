"""DOCX: what its reader reads of it."""

from __future__ import annotations

import pytest
from documents_made import docx, paragraph, run, zipped

from compare.documents.docx import extract
from compare.documents.extracted import BlankError, DocumentError, Limits
from compare.vocabulary import ExtractionNote, Provenance

LIMITS = Limits()


def text_of(*paragraphs: str, **parts: str) -> str:
    return extract(docx("".join(paragraphs), **parts), LIMITS).text


def test_paragraphs_are_parted_by_blank_lines_and_runs_are_joined() -> None:
    read = extract(docx(paragraph(run("A "), run("pact.")) + paragraph() + paragraph(run("Signed."))), LIMITS)
    assert read.text == "A pact.\n\nSigned."
    assert read.extraction.starts == (0, 9)
    assert [read.extraction.place(at) for at in (0, 7, 9, 14)] == [1, 1, 2, 2]


def test_recorded_changes_are_read_as_if_accepted_and_told() -> None:
    deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    moved = "<w:moveFrom>" + run("gone") + "</w:moveFrom><w:moveTo>" + run(" here") + "</w:moveTo>"
    read = extract(docx(paragraph(run("The "), deleted, "<w:ins>" + run("new") + "</w:ins>", moved)), LIMITS)
    assert read.text == "The new here"
    assert read.extraction.notes == (ExtractionNote.TRACKED,)


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next_one() -> None:
    first = paragraph(run("One "), properties="<w:rPr><w:del/></w:rPr>")
    assert text_of(first, paragraph(run("text."))) == "One text."


def test_what_is_hidden_is_left_out_and_told() -> None:
    read = extract(
        docx(paragraph(run("Seen"), run(" unseen", "<w:vanish/>"), run(" too", '<w:vanish w:val="0"/>'))), LIMITS
    )
    assert read.text == "Seen too"
    assert ExtractionNote.HIDDEN in read.extraction.notes


def test_footnotes_stand_at_the_end_without_their_marks() -> None:
    line = f'<w:footnote w:type="separator">{paragraph(run("--"))}</w:footnote>'
    notes = f"{line}<w:footnote>{paragraph(run('A note.'))}</w:footnote>"
    body = paragraph(run("Text"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" goes on."))
    read = extract(docx(body + paragraph(run("End.")), footnotes=notes), LIMITS)
    assert read.text == "Text goes on.\n\nEnd.\n\nA note."
    assert ExtractionNote.FOOTNOTES in read.extraction.notes


def test_the_table_of_contents_and_the_codes_of_fields_are_no_text() -> None:
    contents = paragraph(run("A pact ... 3"), properties='<w:pStyle w:val="TOC1"/>')
    field = '<w:r><w:instrText>HYPERLINK "file:///etc/passwd"</w:instrText></w:r>'
    assert text_of(contents, paragraph(field, run("A link."))) == "A link."


def test_a_text_box_stands_behind_its_paragraph_and_once() -> None:
    box = "<w:txbxContent>" + paragraph(run("Boxed.")) + "</w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent {space}>{choices}</mc:AlternateContent>"
    assert text_of(paragraph(run("Around "), f"<w:r>{both}</w:r>", run("it."))) == "Around it.\n\nBoxed."


def test_cells_of_a_table_are_paragraphs() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("Home", "2"))
    assert text_of(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == "Home\n\n2"


def test_a_stop_of_tabs_is_no_tab_and_a_break_is_one() -> None:
    stops = "<w:tabs><w:tab/></w:tabs>"
    assert (
        text_of(paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", properties=stops))
        == "a b\nc"
    )


def test_a_heading_by_its_style_is_the_title_and_properties_are_not_sure() -> None:
    about = (
        '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>Draft 3</dc:title><dc:creator>admin</dc:creator>"
        "<dcterms:created>2024-03-18T10:00:00Z</dcterms:created></c>"
    )
    body = paragraph(run("The pact"), properties='<w:pStyle w:val="Title"/>') + paragraph(run("It holds."))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    raw = zipped({
        "word/document.xml": f'<w:document xmlns:w="{space}">{body}</w:document>', "docProps/core.xml": about,
        "word/vbaProject.bin": b"Sub AutoOpen()",
    })  # fmt: skip
    read = extract(raw, LIMITS)
    assert read.heading == "The pact"
    assert {name: value.value for name, value in read.values.items()} == {
        "title": "Draft 3", "author": "admin", "date": "2024-03-18",
    }  # fmt: skip
    assert {value.origin for value in read.values.values()} == {Provenance.PROPERTIES}
    assert not any(value.origin.is_sure for value in read.values.values())
    assert read.extraction.notes == (ExtractionNote.MACROS,)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no whole archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "encrypted, or an old office document"),
        (zipped({"a.txt": "A pact."}), "holds no text document"),
        (zipped({"word/document.xml": "<w:document>"}), "its XML cannot be read"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "a document type of its own"),
        (zipped({"word/document.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}), "a document type of its own"),
        (zipped({"word/document.xml": "<a>" * 1000}), "deep in each other"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        extract(raw, LIMITS)


def test_a_bomb_is_unpacked_up_to_the_limit_and_no_further() -> None:
    small = Limits(size=100_000)
    with pytest.raises(DocumentError, match="larger than the limit of 100000 bytes"):
        extract(zipped({"word/document.xml": b" " * 5_000_000}), small)


def test_nothing_but_white_space_is_no_text() -> None:
    with pytest.raises(BlankError):
        extract(docx(paragraph(run(" \t "))), LIMITS)
