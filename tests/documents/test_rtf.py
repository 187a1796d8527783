"""RTF: what its reader reads of it."""

from __future__ import annotations

import pytest

from compare.documents.extracted import DocumentError, Limits
from compare.documents.rtf import extract
from compare.vocabulary import ExtractionNote

LIMITS = Limits()


def text_of(inside: str) -> str:
    return extract(f"{{\\rtf1\\ansi\\ansicpg1252 {inside}}}".encode(), LIMITS).text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"A {\b pact}.\par Signed.", "A pact.\n\nSigned."),
        (r"Caf\'e9 \u8222?ja\u8220? \emdash  \{x\}", "Café „ja“ — {x}"),
        (r"\u55357?\u56832? {\uc0\u233}{\uc2\u233 ab}x", "😀 ééx"),
        (r"{\fonttbl{\f0\fcharset204 Times;}}\f0 \'ec\'e8\'f0", "мир"),
        (r"{\header The Courier}{\footer Page 1}{\*\unknown gone}Text{\pict 89504e47}.", "Text."),
        (r"{\listtext 1.\tab}one\par {\pntext\bullet}two", "one\n\ntwo"),
        (r'{\field{\*\fldinst HYPERLINK "file:///x"}{\fldrslt a link}}', "a link"),
        (r"Home\cell 2\cell\row", "Home\n\n2"),
        ("A\\~b\\_c\\-d\\line e", "A\u00a0b-cd\ne"),
        (r"before\bin5 \par}after", "beforeafter"),
    ],
)
def test_control_words_are_read_as_what_they_stand_for(inside: str, text: str) -> None:
    assert text_of(inside) == text


def test_recorded_changes_are_read_as_if_accepted_hidden_text_is_left_out_and_both_are_told() -> None:
    read = extract(rb"{\rtf1 The {\deleted old}{\revised new} pact{\v  unseen}.}", LIMITS)
    assert read.text == "The new pact."
    assert set(read.extraction.notes) == {ExtractionNote.TRACKED, ExtractionNote.HIDDEN}


def test_footnotes_stand_at_the_end_and_properties_are_read() -> None:
    info = rb"{\info{\title Pact}{\author Ola}{\creatim\yr2024\mo3\dy18\hr9}}"
    read = extract(rb"{\rtf1" + info + rb"Text{\super\chftn}{\footnote\chftn A note.} on.\par End.}", LIMITS)
    assert read.text == "Text on.\n\nEnd.\n\nA note."
    assert {name: value.value for name, value in read.values.items()} == {
        "title": "Pact", "author": "Ola", "date": "2024-03-18",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(b"A pact.", "not RTF"), (b"{\\rtf1" + b"{" * 1000, "deep in each other"), (b"{\\rtf1}", "empty")],
)
def test_what_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        extract(raw, LIMITS)
