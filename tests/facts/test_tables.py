"""The words that state facts: written as they are looked up, each of one meaning, in every language."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from compare.facts import tables
from compare.facts.measures import signs
from compare.text.language import LANGUAGES, language

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES = (tables.weekdays, tables.months, tables.numbers, tables.scales, tables.ordinals, tables.letters)


@pytest.mark.parametrize("table", TABLES)
def test_words_are_in_lower_case_as_they_are_looked_up(table: Callable[[], dict[str, object]]) -> None:
    assert table()
    assert [word for word in table() if word != word.lower() or not word.strip()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_days_months_figures_hedges_units_and_times(code: str) -> None:
    known = language(code)
    assert len(known["dates"]["weekdays"]) == 7
    assert code == "zh" or len(known["dates"]["months"]) == 12
    assert {"about", "over", "fractions", "scales"} <= known["numbers"].keys()
    assert {line.split()[0] for line in known["units"]["words"].strip().splitlines()} >= {"length", "money", "time"}
    assert known["clock"]


def test_words_have_their_values() -> None:
    numbers = tables.numbers()
    assert [numbers[word] for word in ("three", "dreiundzwanzig", "tres", "три", "चार")] == [3, 23, 3, 3, 4]
    assert tables.scales()["lakh"] == Decimal(100_000)
    assert sorted({*tables.han().values()}) == list(range(10))
    assert [tables.ordinals()[word] for word in ("third", "dritten", "tercera", "третий", "तीसरी")] == [3] * 5


def test_a_word_has_one_number_in_all_languages() -> None:
    for key in ("words", "scales", "ordinals"):
        seen: dict[str, str] = {}
        for code in LANGUAGES:
            for line in language(code)["numbers"].get(key, "").strip().splitlines():
                value, *named = line.split()
                assert all(seen.setdefault(word, value) == value for word in named), line


def test_a_unit_named_in_a_language_is_of_a_dimension_of_the_signs() -> None:
    dimensions = {dimension for dimension, _ in signs().values()}
    for code in LANGUAGES:
        for line in language(code)["units"]["words"].strip().splitlines():
            assert set(line.split()[0].split("/")) <= dimensions | {"current", "energy"}, line
