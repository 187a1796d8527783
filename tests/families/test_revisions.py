"""What an outlet corrected in its own text, and which versions of the story hold which words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compare.model import Document
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.plan import compare_documents
from compare.report.page import data
from compare.settings import Settings

if TYPE_CHECKING:
    from compare.model import Report, Revision

STORY = """The ferry company said on Monday that it would close the northern crossing for the winter as in other years.

{boats} boats broke their moorings and three of them sank inside the basin before crews could bring them to the pier.

The council put the damage at {cost} million pounds, and the crossing will open again in May if the weather allows it.

Boats from Port Ellin will sail twice a day until then, and tickets stay valid on both lines to the outer islands.
"""
OLD = STORY.format(boats="Eleven", cost="4.2")
NEW = STORY.format(boats="Seventeen", cost="4.6")
MIXED = STORY.format(boats="Eleven", cost="4.6")


def _wire(name: str, text: str, published: str) -> Document:
    return Document(name, text, published=published, source="Northern Wire", title="Crossing shut")


FIRST, SECOND = _wire("w1", OLD, "2026-03-03T07:00"), _wire("w2", NEW, "2026-03-03T19:30")
COURIER = Document("courier", OLD, published="2026-03-05", source="Vale Courier")
ECHO = Document("echo", NEW, published="2026-03-06", source="Island Echo")
POST = Document("post", MIXED, published="2026-03-06", source="Coast Post")


def _report(*documents: Document) -> Report:
    return compare_documents(sorted(documents, key=lambda one: one.id), [], Settings(), MemoryEngine())


def _found(*documents: Document) -> list[Revision]:
    return [revision for family in _report(*documents).families for revision in family.revisions]


def _holders(revision: Revision) -> list[tuple[list[str], list[str]]]:
    return [([one.id for one in each.still], [one.id for one in each.already]) for each in revision.corrections]


def test_each_correction_names_who_still_has_the_old_words_and_who_has_the_new() -> None:
    (revision,) = _found(FIRST, SECOND, COURIER, ECHO, POST)
    assert (revision.old, revision.new) == ("w1", "w2")
    assert [change.a for one in revision.corrections for change in one.changes] == ["Eleven", "4.2 million"]
    assert _holders(revision) == [(["courier", "post"], ["echo"]), (["courier"], ["echo", "post"])]


def test_the_older_version_is_the_older_whatever_the_ids() -> None:
    names = {"w1": "z1", "w2": "a2"}
    first, second = (replace(one, id=names[one.id]) for one in (FIRST, SECOND))
    (revision,) = _found(first, second, COURIER)
    assert (revision.old, revision.new) == ("z1", "a2")
    (cost,) = (change for one in revision.corrections for change in one.changes if "million" in change.a)
    assert (cost.a, cost.b) == ("4.2 million", "4.6 million")
    assert _holders(revision) == [(["courier"], []), (["courier"], [])]


@pytest.mark.parametrize(
    "second",
    [
        replace(SECOND, source="Southern Wire"),
        replace(SECOND, published=""),
        replace(SECOND, published="2026-03-03"),
        replace(SECOND, text=OLD),
    ],
    ids=["of another outlet", "without a date", "perhaps earlier", "the same words"],
)
def test_nothing_is_said_where_it_is_not_sure_that_an_outlet_changed_its_own_text(second: Document) -> None:
    assert _found(FIRST, second, COURIER, ECHO) == []


def test_of_one_outlet_the_day_before_is_surely_before() -> None:
    first, second = (replace(one, published=one.published[:8] + day) for one, day in ((FIRST, "03"), (SECOND, "04")))
    assert [(one.old, one.new) for one in _found(first, second, COURIER)] == [("w1", "w2")]


def test_nothing_is_said_where_no_other_version_has_either_wording() -> None:
    assert _found(FIRST, SECOND) == []


def test_each_text_is_held_against_the_last_one_before_it() -> None:
    third = _wire("w3", STORY.format(boats="Twenty", cost="4.6"), "2026-03-04T10:00")
    found = _found(FIRST, SECOND, third, COURIER, ECHO)
    assert [(one.old, one.new) for one in found] == [("w1", "w2"), ("w2", "w3")]
    assert _holders(found[1]) == [(["echo"], [])]


def test_the_page_says_what_the_report_holds() -> None:
    report = _report(FIRST, SECOND, COURIER, ECHO, POST)
    page = data(report)
    names = [document["id"] for document in page["documents"]]
    (family,) = page["families"]
    (revision,) = family["revisions"]
    assert "".join(text for text, _ in revision["line"]).endswith(": 2 versions still have old words")
    assert page["pairs"][revision["pair"]]["a"] == names.index("w1")
    held = [
        [[names[one[0]] for one in each[side]] for side in ("still", "already")] for each in revision["corrections"]
    ]
    assert held == [[["courier", "post"], ["echo"]], [["courier"], ["echo", "post"]]]
    text = next(document["text"] for document in page["documents"] if document["id"] == "w1")
    assert [[text[slice(*span)] for span in each["differs"][0]] for each in revision["corrections"]] == [
        ["Eleven"],
        ["4.2"],
    ]


def test_a_version_is_next_to_the_one_whose_words_it_keeps_and_not_to_an_earlier_one_that_is_much_the_same() -> None:
    (family,) = _report(FIRST, SECOND, COURIER, ECHO).families
    nearest = {version.id: version.nearest for version in family.versions}
    assert nearest == {"w1": "", "w2": "w1", "courier": "w1", "echo": "w2"}
