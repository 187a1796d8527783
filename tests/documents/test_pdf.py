"""PDF: lines to paragraphs, and what recurs on pages."""

from __future__ import annotations

import pytest

pytest.importorskip("pypdfium2", reason="compare[documents] is not installed")
from documents_made import Placed, lines, pdf

from compare.documents.extracted import DocumentError, Limits
from compare.documents.lines import Char, Page, lines_of
from compare.documents.pdf import extract
from compare.documents.unwrap import unwrapped
from compare.vocabulary import ExtractionNote

LIMITS = Limits()
WIDE = [
    "The ferry left the old harbour at nine with forty passengers, a lorry of apples and",
    "one goat that nobody had paid for, and it came back at noon with the goat alone and",
    "a note from the mayor of the island, who kept the apples.",
]
ENDS = ["a note from the mayor.", "nothing more than that.", "no word of the apples."]
STORY = " ".join(WIDE)


def text_of(*pages: list[Placed]) -> str:
    return extract(pdf(*pages), LIMITS).text


def test_lines_become_paragraphs_where_a_line_ends_early_or_space_or_an_indent_parts_them() -> None:
    spaced = lines(WIDE) + lines(WIDE, top=710)
    close = lines([*WIDE, *WIDE])
    indented = [
        *lines(WIDE),
        *(
            (left + 12 * (number == 0), base, size, text)
            for number, (left, base, size, text) in enumerate(lines(WIDE, top=738))
        ),
    ]
    assert {text_of(page) for page in (spaced, close, indented)} == {f"{STORY}\n\n{STORY}"}


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_pages_lead_back() -> None:
    read = extract(pdf(lines(WIDE[:2]), lines([WIDE[2], *WIDE])), LIMITS)
    assert read.text == f"{STORY}\n\n{STORY}"
    assert read.extraction.place(read.text.index("forty")) == 1
    assert read.extraction.place(read.text.index("who kept")) == 2


def test_heads_feet_and_numbers_of_pages_are_no_text_and_that_is_told() -> None:
    pages = [
        [(70, 815, 9, f"{number} The Courier"), *lines([*WIDE[:2], end]), (290, 30, 9, f"- {number} -")]
        for number, end in enumerate(ENDS, 1)
    ]
    read = extract(pdf(*pages), LIMITS)
    assert read.text == "\n\n".join(" ".join([*WIDE[:2], end]) for end in ENDS)
    assert read.extraction.notes == (ExtractionNote.FURNITURE,)


def test_pages_that_are_all_alike_keep_their_text() -> None:
    assert text_of(lines(WIDE), lines(WIDE)) == f"{STORY}\n\n{STORY}"


def test_a_year_that_ends_a_page_is_no_page_number() -> None:
    assert text_of([*lines(WIDE), (70, 60, 11, "1984")]).endswith("1984")


def test_what_a_browser_prints_around_a_page_is_no_text() -> None:
    page = [
        (30, 825, 8, "11/30/26, 1:46 AM"), (250, 825, 8, "Goats"), *lines(WIDE),
        (30, 15, 8, "https://courier.example/goats"), (560, 15, 8, "1/1"),
    ]  # fmt: skip
    assert text_of(page) == STORY


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        (["an exam-", "ple of exam-", "ples, an exam-", "ple."], "an example of examples, an example."),
        (["She bought a second-", *WIDE[:2], *WIDE], None),
        (["with the Baden-", "Württemberg and an exam-", "ple or two exam-", "ples"], "with the Baden-Württemberg"),
    ],
)
def test_a_hyphen_parts_a_word_only_where_lines_end_so_often(ends: list[str], text: str | None) -> None:
    read = text_of(lines(ends)).replace("\n\n", " ")
    assert (text or "second-The ferry") in read


def test_columns_are_read_one_after_the_other() -> None:
    narrow = ["The ferry left the old", "harbour at nine with a", "goat."]
    left, right = lines(narrow), lines(["Nobody had paid for it,", "and it came back alone", "at noon."], left=320)
    assert text_of(left + right).split("\n\n") == [
        "The ferry left the old harbour at nine with a goat.",
        "Nobody had paid for it, and it came back alone at noon.",
    ]


def test_footnotes_stand_at_the_end_without_their_marks() -> None:
    first, *others = lines(WIDE)
    page = [first, (478, 784, 6, "1"), *others, (70, 60, 6, "1"), (75, 56, 9, "It was paid for later.")]
    read = extract(pdf(page, lines(WIDE)), LIMITS)
    assert read.text == f"{STORY}\n\n{STORY}\n\nIt was paid for later."
    assert ExtractionNote.FOOTNOTES in read.extraction.notes


def test_the_largest_line_is_the_title() -> None:
    read = extract(
        pdf([(70, 800, 20, "A goat on the quay"), *lines(WIDE, top=760)], information="/Title (Draft 3)"), LIMITS
    )
    assert read.heading == "A goat on the quay"
    assert read.values["title"].value == "Draft 3"
    assert not read.values["title"].origin.is_sure


def test_letters_of_next_to_no_height_are_read() -> None:
    tiny = [Char(char, at / 100, at / 100, 5.0, 0.01) for at, char in enumerate("pact")]
    page = Page(tuple(lines_of(tiny)), 800.0)
    assert [block.text for block in unwrapped([page, page])] == ["pact pact"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(b"", "no whole PDF"), (b"%PDF-1.4 and no more", "no whole PDF"), (pdf([]), "holds pictures and no text")],
)
def test_what_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        extract(raw, LIMITS)


def test_pages_and_characters_have_a_limit() -> None:
    with pytest.raises(DocumentError, match="has 3 pages, more than the limit of 2"):
        extract(pdf([], [], []), Limits(pages=2))
    with pytest.raises(DocumentError, match="more text than the limit of 50 bytes"):
        extract(pdf(lines(WIDE)), Limits(size=50))
