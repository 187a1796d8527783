from __future__ import annotations

from families_made import passage, step

from compare.families.variants import Variant, variants
from compare.model import Span
from compare.text.tokens import tokenize

OLD = "One two three four. Five six seven eight. Nine ten eleven twelve."
NEW = "Nine ten eleven twelve. One two three four! Five six extra seven other."


def test_each_sentence_is_found_where_it_stands_as_it_was_or_changed_or_not_at_all() -> None:
    kept = passage(
        step("equal", (0, 4), (4, 8)), step("equal", (4, 6), (8, 10)), step("insert", (6, 6), (10, 11)),
        step("equal", (6, 7), (11, 12)), step("replace", (7, 8), (12, 13)),
    )  # fmt: skip
    sentences = [Span(0, 19), Span(20, 41), Span(42, 65)]
    found = variants([kept], "a", sentences, (tokenize(OLD), tokenize(NEW)))
    assert [one and (NEW[slice(*one.span)], one.is_same) for one in found] == [
        ("One two three four", True), ("Five six extra seven other", False), None,
    ]  # fmt: skip
    moved = passage(step("equal", (8, 12), (0, 4)))
    last = variants([kept, moved], "a", sentences, (tokenize(OLD), tokenize(NEW)))[2]
    assert last == Variant(Span(0, 22), is_same=True)


def test_a_word_or_two_of_a_sentence_are_no_variant_of_it() -> None:
    little = passage(step("equal", (0, 1), (4, 5)))
    assert variants([little], "a", [Span(0, 19)], (tokenize(OLD), tokenize(NEW))) == [None]
