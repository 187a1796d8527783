"""The words that state facts: written as they are looked up, and each of one meaning."""

from __future__ import annotations

import pytest

from compare.facts import lexicon

TABLES = ("WEEKDAYS", "MONTHS", "NUMBERS", "SCALES", "UNITS")


@pytest.mark.parametrize("name", TABLES)
def test_words_are_in_lower_case_as_they_are_looked_up(name: str) -> None:
    table = getattr(lexicon, name)
    assert table
    assert [word for word in table if word != word.lower() or not word.strip()] == []


def test_days_months_and_figures_have_their_values() -> None:
    assert sorted({*lexicon.WEEKDAYS.values()}) == list(range(1, 8))
    assert sorted({*lexicon.MONTHS.values()}) == list(range(1, 13))
    assert [lexicon.NUMBERS[word] for word in ("three", "dreiundzwanzig", "tres", "три", "चार")] == [3, 23, 3, 3, 4]
    assert sorted({*lexicon.HAN.values()}) == list(range(10))
