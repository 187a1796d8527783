from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from newsroom import comparison, document
from page_reader import Page

from compare.model import Document, Kind, Mark, Match, Operation, Report, Span, Verdict
from compare.report import segments
from compare.report.html import pair_page

ANY_TEXT = st.text(st.one_of(st.sampled_from("ab .\n\r#-\t<&"), st.characters()), max_size=60)
EMPTY = Span(0, 0)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Document, Document, list[Match]]:
    """Two texts and matches that may overlap, nest, touch or be empty, with changes anywhere."""
    a, b = document("a", draw(ANY_TEXT)), document("b", draw(ANY_TEXT))
    found = []
    for _ in range(draw(st.integers(0, 6))):
        spans = [draw(_spans(len(item.text))) for item in (a, b)]
        steps = [
            Operation("replace", draw(_spans(len(a.text))), draw(_spans(len(b.text))), EMPTY, EMPTY)
            for _ in range(draw(st.integers(0, 2)))
        ]
        kind, marks = draw(st.sampled_from(Kind)), draw(st.lists(st.sampled_from(Mark), unique=True, max_size=2))
        found.append(Match(*spans, kind, draw(st.floats(0, 1)), tuple(marks), tuple(steps)))
    return a, b, found


def _spans(length: int) -> st.SearchStrategy[Span]:
    place = st.integers(0, length)
    return st.tuples(place, place).map(lambda ends: Span(min(ends), max(ends)))


@given(pairs())
def test_the_text_of_a_side_is_whole_whatever_matches_stand_on_it(
    drawn: tuple[Document, Document, list[Match]],
) -> None:
    a, b, found = drawn
    pair = comparison("a", "b", Verdict.DERIVED, matches=tuple(found))
    page = Page(pair_page(Report((a, b), (pair,), (), (), (), {}, {}), pair))
    assert page.shown == [segments.visible(a.text), segments.visible(b.text)]


@given(pairs())
def test_every_passage_begins_once_on_each_side_that_has_text(drawn: tuple[Document, Document, list[Match]]) -> None:
    a, _, found = drawn
    pair = comparison("a", "b", Verdict.DERIVED, matches=tuple(found))
    runs = [run for block in segments.paragraphs(a, pair, "a") for run in block.runs]
    first = sorted(label.number for run in runs for label in run.labels if label.first)
    assert first == (list(range(1, len(found) + 1)) if a.text else [])


@given(pairs())
def test_a_run_of_a_passage_follows_its_label_or_itself(drawn: tuple[Document, Document, list[Match]]) -> None:
    a, _, found = drawn
    pair = comparison("a", "b", Verdict.DERIVED, matches=tuple(found))
    for block in segments.paragraphs(a, pair, "a"):
        previous = 0
        for run in block.runs:
            assert run.number in {0, previous} | {label.number for label in run.labels}
            previous = run.number


@given(ANY_TEXT)
def test_visible_text_keeps_its_length(text: str) -> None:
    assert len(segments.visible(text)) == len(text)


def shown(text: str, *found: Match) -> list[list[tuple[int, str]]]:
    pair = comparison("a", "b", Verdict.DERIVED, matches=found)
    blocks = segments.paragraphs(document("a", text), pair, "a")
    return [[(run.number, "".join(piece.text for piece in run.pieces)) for run in block.runs] for block in blocks]


def test_a_passage_ends_with_the_full_stop_and_the_quotation_mark_that_cling_to_it() -> None:
    passage = Match(Span(9, 15), Span(0, 1), Kind.VERBATIM, 1.0)
    assert shown("He said “We won.” Then", passage) == [[(0, "He said "), (1, "“We won.”"), (0, " Then")]]


def test_the_stronger_of_two_passages_has_the_overlap() -> None:
    weak = Match(Span(0, 6), Span(0, 1), Kind.REWRITTEN, 0.9)
    strong = Match(Span(3, 9), Span(0, 1), Kind.VERBATIM, 1.0)
    assert shown("abcdefghijk", weak, strong) == [[(1, "abc"), (2, "defghi"), (0, "jk")]]


def test_a_passage_over_two_paragraphs_is_labelled_in_both() -> None:
    pair = comparison("a", "b", Verdict.DERIVED, matches=(Match(Span(0, 8), Span(0, 8), Kind.VERBATIM, 1.0),))
    blocks = segments.paragraphs(document("a", "one\n\ntwo"), pair, "a")
    labels = [label for block in blocks for run in block.runs for label in run.labels]
    assert labels == [segments.Label(1, first=True), segments.Label(1, first=False)]


def test_paragraphs_end_at_blank_lines_headings_and_items_but_not_at_hard_wraps() -> None:
    text = "\n\n# Head\nwrapped\nline\n \nnext\n- item\n- item\n"
    assert ["".join(part for _, part in block) for block in shown(text)] == [
        "\n\n# Head\n", "wrapped\nline\n \n", "next\n", "- item\n", "- item\n",
    ]  # fmt: skip


def test_only_a_leading_front_matter_block_is_left_out() -> None:
    front = document("a.md", "# Head\n", title="T", published="2024-01-01")
    assert front.text[segments.body_start(front) :] == "\n# Head\n"
    assert segments.body_start(document("a.md", "# Head\n\n---\n")) == 0
