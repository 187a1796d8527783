"""When two names are one: by rules of spelling, by the tables of the languages, by what the texts say."""

from __future__ import annotations

import pytest

from compare.text.spelling import Likeness, alike, compared, is_acronym


@pytest.mark.parametrize(
    ("words", "likeness"),
    [
        ("Zelensky Zelenskyy", Likeness.SAME), ("Zelensky Zelenskiy", Likeness.SAME), ("Sergey Sergei", Likeness.SAME),
        ("Gaddafi Qaddafi", Likeness.SAME), ("Gaddafi Kadhafi", Likeness.SAME), ("Kyiv Kiev", Likeness.SAME),
        ("Müller Mueller", Likeness.SAME), ("Łódź Lodz", Likeness.SAME), ("Malmø Malmo", Likeness.SAME),
        ("Defence Defense", Likeness.SAME), ("Labour Labor", Likeness.SAME), ("Centre Center", Likeness.SAME),
        ("Organisation Organization", Likeness.SAME), ("St Saint", Likeness.SAME), ("France French", Likeness.SAME),
        ("Москва Москве", Likeness.SAME), ("Russia Russian", Likeness.SAME), ("BRANDT Brandt", Likeness.SAME),
        ("Johnson Johnston", Likeness.OTHER), ("Martin Martina", Likeness.OTHER), ("Smith Smyth", Likeness.OTHER),
        ("Clark Clarke", Likeness.OTHER), ("Reid Reed", Likeness.OTHER), ("Berlin Hamburg", Likeness.OTHER),
        ("Иванов Петров", Likeness.OTHER), ("Hansen Jansen", Likeness.OTHER), ("Austria Australia", Likeness.OTHER),
        ("Iran Iraq", Likeness.OTHER), ("Robert Roberts", Likeness.DOUBT), ("Park Parker", Likeness.DOUBT),
    ],
)  # fmt: skip
def test_two_words_are_one_name_in_two_forms(words: str, likeness: Likeness) -> None:
    first, second = words.split()
    assert alike(first, second) is alike(second, first) is likeness


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        ("Tove Brandt", "Ilse Brandt", Likeness.OTHER), ("Tove Brandt", "Brandt", Likeness.SAME),
        ("EU", "European Union", Likeness.SAME), ("UN", "European Union", Likeness.OTHER),
        ("FA", "English Football Association", Likeness.SAME), ("Fox News", "FoxNews", Likeness.SAME),
        ("Sudan", "South Sudan", Likeness.OTHER), ("North Korea", "South Korea", Likeness.OTHER),
        ("Islamic State", "ISIS", Likeness.SAME), ("World Trade Organisation", "WTO", Likeness.SAME),
        ("New York Times", "NYT", Likeness.SAME), ("Washington", "US", Likeness.DOUBT),
        ("LPA", "Lind Port Agency", Likeness.SAME), ("Harbour Watch", "Lind Port Agency", Likeness.OTHER),
    ],
)  # fmt: skip
def test_a_name_is_another_one_where_a_word_was_lost_and_another_is_new(
    first: str, second: str, likeness: Likeness
) -> None:
    assert compared(first.split(), second.split(), {}) is compared(second.split(), first.split(), {}) is likeness


def test_a_long_form_that_the_texts_introduce_is_its_abbreviation() -> None:
    assert compared(["Harbour", "Watch"], ["HW7"], {}) is Likeness.OTHER
    assert compared(["Harbour", "Watch"], ["HW7"], {"harbour watch": "hw7"}) is Likeness.SAME


def test_an_acronym_is_the_initials_of_the_last_words() -> None:
    assert is_acronym(["ICE"], ["Immigration", "and", "Customs", "Enforcement"])
    assert not is_acronym(["I"], ["Immigration"])
    assert not is_acronym(["Ice"], ["Immigration", "Customs", "Enforcement"])
