"""Names by their capitals: which words are one, where it begins and ends, and what abbreviates them."""

from __future__ import annotations

import pytest

from compare.align.marks.capitals import Capitals
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
        ("OSLO, Tuesday – The ferry has gone.", ["OSLO"]),
        ("They asked the U.S. for help, and Russia's Navy for men.", ["U.S", "Russia's", "Navy"]),
        (
            "They went to Lindhaven, Holm, Brandt, Marten, Ade and Oslo.",
            ["Lindhaven", "Holm", "Brandt", "Marten", "Ade", "Oslo"],
        ),
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


def test_abbreviations_are_known_where_a_text_introduces_them() -> None:
    ready = prepare("It is the Lind Port Agency (LPA) that pays, the Agency for Roads and Bridges (ARB) and one (AB).")
    assert Capitals(ready, ready).introduced == {"lind port agency": "lpa", "agency for roads and bridges": "arb"}
