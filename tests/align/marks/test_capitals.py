"""Names by their capitals: which words are one, where it begins and ends, and when two are one name."""

from __future__ import annotations

import pytest

from compare.align.marks.capitals import Capitals, Name, alike, changed
from compare.align.prepare import prepare
from compare.model import Span


def names(text: str) -> list[str]:
    """All names of a text, as they stand there."""
    ready = prepare(text)
    return [text[slice(*name.span)] for name in Capitals(ready, ready).names(0, Span(0, len(ready.tokens)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday the board told Tove Brandt that the quay would close.", ["Tove Brandt"]),
        ("In May the old ferry sailed on Monday from Lindhaven with some forty men on board.", ["Lindhaven"]),
        ("The plans of the European Union were read, and the union was glad.", ["European Union"]),
        ("Brandt was late. Nobody knew why Brandt was late.", ["Brandt", "Brandt"]),
        ("Harbour Board Closes Old Quay Before Winter Storms Come Back", []),
        ("It was the mayor of l'Étoile who spoke of Russia's fleet, and I did not.", ["l'Étoile", "Russia's"]),
        ("Gestern sprach sie mit Frau Weber in Bremen lange über die neue Mauer, die noch kommt.", ["Weber", "Bremen"]),
        ("市议会星期一投票决定关闭海港大桥", []),
    ],
)
def test_a_name_stands_in_capitals_in_mid_sentence_and_nowhere_else_in_lower_case(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


def test_a_part_of_a_name_is_grown_to_the_whole() -> None:
    ready = prepare("Yesterday the board told Tove Brandt that the quay would close.")
    (name,) = Capitals(ready, ready).names(1, Span(5, 6))
    assert (name.tokens, name.words) == ((4, 6), ("Tove", "Brandt"))


@pytest.mark.parametrize(
    ("pair", "same"),
    [
        (("Zelensky", "Zelenskyy"), True), (("Москва", "Москве"), True), (("Europe", "European"), True),
        (("Russia", "Russian"), True), (("Berlin", "Hamburg"), False), (("BRANDT", "Brandt"), True),
        (("Иванов", "Петров"), False),
    ],
)  # fmt: skip
def test_two_words_are_one_name_in_two_forms(pair: tuple[str, str], same: bool) -> None:  # noqa: FBT001
    assert alike(*pair) is alike(*pair[::-1]) is same


@pytest.mark.parametrize(
    ("pair", "differ"),
    [
        ((("Tove", "Brandt"), ("Ilse", "Brandt")), True), ((("Tove", "Brandt"), ("Brandt",)), False),
        ((("EU",), ("European", "Union")), False), ((("UN",), ("European", "Union")), True),
    ],
)  # fmt: skip
def test_a_name_has_changed_where_a_word_was_lost_and_another_is_new(
    pair: tuple[tuple[str, ...], tuple[str, ...]],
    differ: bool,  # noqa: FBT001
) -> None:
    left, right = (Name(Span(0, len(words)), Span(0, 9), words) for words in pair)
    assert changed(left, right) is changed(right, left) is differ
