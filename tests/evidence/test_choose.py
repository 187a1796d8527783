"""What names a pair or a family, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from newsroom import newsroom
from packing import FAMILY, derived_key, reread, with_family

from compare.errors import InputError
from compare.evidence.choose import chosen

KEY = derived_key()
REPORT = reread(with_family(newsroom()))


@pytest.mark.parametrize(
    "word",
    [KEY, f"{KEY}.html", f"reports/{KEY}.html", KEY.removeprefix("pair-"), f"index.html#/pair/{KEY}",
     f"file:///home/ida/reports/index.html#/pair/{KEY}/7c6c92a7769f6c12", f"http://127.0.0.1:8/x/{KEY}.html#a-1"],
)  # fmt: skip
def test_a_page_is_meant_by_its_name_its_digits_or_its_address(word: str) -> None:
    assert chosen(REPORT, [word], []) == (KEY,)


def test_a_family_is_meant_likewise_and_nothing_is_chosen_twice() -> None:
    words = [FAMILY, f"#/family/{FAMILY}", KEY, FAMILY.removeprefix("family-")]
    assert chosen(REPORT, words, [("harbour-daily", "wire/harbour-wire.md")]) == (FAMILY, KEY)


def test_two_documents_mean_their_pair_in_either_order_by_any_of_their_names() -> None:
    names = ("Harbour wall gives way after a week of storms", "daily/harbour-daily.md")
    assert chosen(REPORT, [], [names, names[::-1], ("harbour-wire", "harbour-daily")]) == (KEY,)


@pytest.mark.parametrize(
    "word", ["", "pair-", "pair-0123456789ab", "family-0123456789cd", "0123456789cd", f"{KEY}0", f"x{KEY}", "\x1b[2J\n"]
)
def test_a_word_that_names_nothing_is_repeated_in_one_plain_line(word: str) -> None:
    with pytest.raises(InputError) as refused:
        chosen(REPORT, [word], [])
    assert "no pair and no family of this report" in str(refused.value)
    assert str(refused.value).isprintable()


def test_documents_that_are_no_pair_or_not_one_document_are_refused() -> None:
    with pytest.raises(InputError, match="the report has no pair of these two"):
        chosen(REPORT, [], [("harbour-daily", "harbour-radio")])
    with pytest.raises(InputError, match="nobody: no document of this report"):
        chosen(REPORT, [], [("nobody", "harbour-radio")])
    made = newsroom()
    alike = reread(replace(made, documents=tuple(replace(one, title="Harbour") for one in made.documents)))
    with pytest.raises(InputError, match="several documents of the report are called so; give an id"):
        chosen(alike, [], [("Harbour", "harbour-radio")])
