"""Furniture of a page is known by the form of its lines; what a sentence of news says is news."""

from __future__ import annotations

import pytest

from compare.align.marks.furniture import is_author, is_furniture
from compare.align.marks.notices import notices
from compare.align.prepare import prepare

FURNITURE = [
    "Photo: Jane Roe/AP",
    "(Reuters/Jane Roe)",
    "Jane Roe/Getty Images",
    "Getty Images",
    "AP Photo/Jane Roe",
    "Image copyright Getty Images",
    "Photo by Jane Roe",
    "Credit...Jane Roe for The Eastshore Times",
    "Jane Roe | AFP | Getty Images",
    "Comments (12)",
    "Jane Roe, Staff Writer",
    "Foto: Jana Roth/dpa",
    "Photo : Jeanne Roux / AFP",
    "Foto: Juana Ríos/EFE",
    "Фото: РИА Новости",
    "[Image 3 of 7]",
    "3 of 12",
    "RELATED: The bridge that fell",
    "Read more: The bridge that fell.",
    "The bridge that fell Read more",
    "Watch: The bridge that fell",
    "Mehr zum Thema: Die Brücke",
    "À lire aussi : le pont fermé",
    "Te puede interesar: el puente cerrado",
    "यह भी पढ़ें: पुल बंद",
    "相关阅读：大桥关闭",
    "https://example.com/a/b?c=1",
    "@janeroe",
    "jane.roe@example.com",
    "Share Tweet Email Print",
    "Advertisement",
    "Anzeige",
    "Publicité",
    "Реклама",
    "广告",
    "Story Continued Below",
    "6 years ago",
]
NEWS = [
    "Photo: a bridge falls into the harbour as people run.",
    "Video: The clip shows a man leaving the shop.",
    "The photo was taken by Jane Roe in Oslo.",
    "Reuters said it had not seen the letter.",
    "The Associated Press is a cooperative.",
    "Jane Roe contributed to the fund for years.",
    "By Tuesday, Apple and Google had agreed.",
    "Click here, the page said, and he did.",
    "Von Montag an gilt die Regel.",
    "Par ailleurs, le ministre a annoncé une loi.",
    "Three of seven bridges fell.",
    "The advertisement ran for a week.",
    "Share prices fell in Oslo on Monday.",
    "Related charges were dropped in May.",
    "Also on the tour: secret devices and a maze, they say",
    "The page is at https://example.com/a now.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_a_page_is_furniture_wherever_it_stands(line: str) -> None:
    story = prepare(f"The sea rose by night.\n\n{line}\n\nThe quay was closed.")
    flags = notices(story)
    assert flags.sum() == len(prepare(line).tokens)
    assert flags[5]


@pytest.mark.parametrize("line", NEWS)
def test_a_sentence_of_news_is_none(line: str) -> None:
    assert not is_furniture(line)
    assert not notices(prepare(f"The sea rose by night.\n\n{line}\n\nThe quay was closed.")).any()


@pytest.mark.parametrize(
    "line",
    [
        "Jane Roe is a senior fellow at the Eastshore Institute.",
        "Jane Roe covers the courts as a reporter for Eastshore News. Follow her @janeroe",
        "Jana Roth ist Redakteurin der Küstenzeitung.",
        "Juana Ríos es periodista.",
    ],
)
def test_who_the_author_is_stands_at_the_end_alone(line: str) -> None:
    assert is_author(line)
    assert notices(prepare(f"The sea rose by night.\n\n{line}")).sum() == len(prepare(line).tokens)
    assert not notices(prepare(f"{line}\n\nThe sea rose by night.")).any()


@pytest.mark.parametrize(
    "line",
    [
        'Jane Roe is a reporter. "It rained," she said.',
        "The mayor is a professor.",
        "Jane Roe is a reporter who was shot on Monday.",
        "Jane Roe saw the sea rise.",
    ],
)
def test_what_somebody_says_or_does_is_no_line_about_an_author(line: str) -> None:
    assert not is_author(line)
