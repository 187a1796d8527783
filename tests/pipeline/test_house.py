"""House style: what one source says in three articles that are otherwise unlike, and nobody else does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from prose import BRIDGE, FILM, SCHOOL, WHEAT, join

from compare.model import Document, Mark, Report
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.matching import Scope
from compare.pipeline.plan import compare_documents, compare_some
from compare.settings import Settings

PLUG = (
    "The Eastshore Briefing is written for busy people who want to know what matters by the sea: each weekday at noon "
    "our editors pick five stories and say in plain words why they count, what went before and what may come next, and "
    "on Sundays a longer letter looks back at the week with pictures by readers and a recipe."
)
NEWS = (BRIDGE, SCHOOL, WHEAT, FILM)


def articles(*sources: str, passage: str = PLUG) -> list[Document]:
    """Unlike articles of some sources, each with the passage in it."""
    return [
        Document(f"{number}", join(text, passage), source=source)
        for number, (text, source) in enumerate(zip(NEWS, sources, strict=False))
    ]


def compared(documents: list[Document]) -> Report:
    return compare_documents(documents, [], Settings(), MemoryEngine())


def reuse(report: Report) -> list[tuple[str, str]]:
    return [(pair.a, pair.b) for pair in report.comparisons if pair.verdict.is_reuse]


def test_a_passage_in_three_unlike_articles_of_a_source_is_its_house_style() -> None:
    report = compared(articles("Post", "Post", "Post"))
    assert not reuse(report)
    assert all(Mark.BOILERPLATE in match.marks for pair in report.comparisons for match in pair.matches)
    (passage,) = report.repeated
    assert (passage.source, len(passage.holders), passage.text) == ("Post", 3, PLUG.rstrip("."))


@pytest.mark.parametrize(
    "sources",
    [
        ("Post", "Post"),
        ("Post", "Post", "Gazette"),
        ("", "", "", ""),
        ("Post", "Post", "Post", "Gazette"),
        ("Post", "Post", "Post", ""),
    ],
)
def test_what_two_articles_have_or_another_source_too_or_whose_it_is_unknown_is_reuse(sources: tuple[str, ...]) -> None:
    documents = articles(*sources)
    report = compared(documents)
    assert len(reuse(report)) == len(documents) * (len(documents) - 1) // 2
    assert not report.repeated


def test_versions_of_one_article_are_no_house_style() -> None:
    whole = join(BRIDGE, PLUG, SCHOOL)
    versions = [whole, whole.replace("Monday", "Tuesday"), join(BRIDGE, PLUG, SCHOOL, FILM)]
    documents = [Document(f"{number}", text, source="Post") for number, text in enumerate(versions)]
    report = compared(documents)
    assert len(reuse(report)) == 3
    assert not report.repeated
    more = [*documents, replace(articles("Post")[0], id="3", text=join(WHEAT, PLUG))]
    assert (len(reuse(compared(more))), len(compared(more).repeated)) == (6, 0)


def test_a_block_beside_house_style_is_still_reuse() -> None:
    lifted = (
        "The museum of glass reopens on Saturday with four rooms of lamps, bowls and beads that were made in the town. "
        "Its roof leaked for a decade until a brewer paid for new slates. Visitors may blow a bottle of their own."
    )
    documents = articles("Post", "Post", "Post")
    documents = [replace(each, text=join(each.text, lifted) if each.id in "01" else each.text) for each in documents]
    found = compared([*documents, Document("3", join(FILM, PLUG), source="Post")])
    assert reuse(found) == [("0", "1")]
    (pair,) = (each for each in found.comparisons if each.verdict.is_reuse)
    assert {Mark.BOILERPLATE in match.marks for match in pair.matches} == {True, False}


def test_a_check_of_one_article_knows_it_too() -> None:
    documents = articles("Post", "Post", "Post")
    with_scope = compare_some(documents, Scope(asked=frozenset({"0"})), Settings(), MemoryEngine())
    assert with_scope.comparisons
    assert not any(pair.verdict.is_reuse for pair in with_scope.comparisons)


def test_a_phrase_of_a_few_words_is_nobodys_style() -> None:
    report = compared(articles("Post", "Post", "Post", passage="It was said by a man of some renown"))
    assert not report.repeated


def test_parts_of_one_outlet_are_one_source() -> None:
    report = compared(articles("Post", "Post Online News", "The Post – Opinion"))
    assert not reuse(report)
    assert [passage.source for passage in report.repeated] == ["Post"]
