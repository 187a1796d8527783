from __future__ import annotations

from dataclasses import replace

import pytest
from families_made import article, shared

from compare.families.look import look_at
from compare.families.versions import families_of, family_key
from compare.model import (
    Comparison,
    Document,
    Family,
    HeadChange,
    HeadPart,
    Judged,
    Lineage,
    Mark,
    Relation,
    State,
)  # fmt: skip

WORDS = dict.fromkeys(["first", "second", "third", "undated"], 100)
DATES = {"first": "2024-05-01", "second": "2024-05-04", "third": "2024-05-08", "undated": ""}


def family(pairs: list[Comparison], documents: list[Document] | None = None) -> Family:
    documents = documents or [article(name, date) for name, date in DATES.items()]
    (found,) = families_of(documents, pairs, WORDS)
    return found


@pytest.fixture
def found() -> Family:
    return family([
        shared("first", "second", (0, 80), (0, 80), first="a"), shared("first", "third", (0, 50), (0, 50), first="a"),
        shared("second", "third", (0, 95), (0, 95), first="a"), shared("first", "undated", (0, 100), (0, 100)),
    ])  # fmt: skip


def test_versions_stand_by_date_each_with_the_one_before_it_that_most_of_it_stands_in(found: Family) -> None:
    nearest = [(version.id, version.nearest) for version in found.versions]
    assert nearest == [("first", ""), ("second", "first"), ("third", "second"), ("undated", "first")]
    assert (found.base, found.first, found.key) == ("first", "first", family_key("first"))
    third = found.versions[2]
    assert (third.bar.verbatim, third.bar.new, third.carried.verbatim, third.carried.new) == (95, 5, 95, 5)
    assert found.versions[0].bar.new == 100


def test_of_versions_that_hold_as_much_the_earlier_is_the_nearest_unless_the_text_names_another() -> None:
    to_first, to_second = (shared(name, "third", (0, 90), (0, 90), first="a") for name in ("first", "second"))
    between = shared("first", "second", (0, 90), (0, 90), first="a")
    assert family([between, to_first, to_second]).versions[2].nearest == "first"
    said = replace(to_second, lineage=Lineage("a", "dates", None, (), (), "b"))
    version = family([between, to_first, said]).versions[2]
    assert (version.nearest, version.says_so) == ("second", True)


def test_who_was_first_is_said_only_where_the_dates_are_sure() -> None:
    close = [article("first", "2024-05-01"), article("second", "2024-05-02")]
    assert family([shared("first", "second", (0, 80), (0, 80))], close).first == ""
    far = [article("first", "2024-05-01"), article("second", "2024-05-09")]
    assert family([shared("first", "second", (0, 80), (0, 80), first="a")], far).first == "first"
    one = [article("first", "2024-05-01"), article("second")]
    assert family([shared("first", "second", (0, 80), (0, 80))], one).first == ""


def test_what_has_a_date_has_nothing_from_what_has_none_where_another_has_a_date() -> None:
    pairs = [
        shared("first", "second", (0, 80), (0, 80), first="a"),
        shared("second", "undated", (0, 90), (0, 90), sizes=(100, 300)),
        shared("first", "undated", (0, 70), (0, 70), sizes=(100, 300)),
    ]
    assert [version.nearest for version in family(pairs).versions if version.id == "second"] == ["first"]


def looked(pair: Comparison, state: State | None = None) -> tuple[int, list[str]]:
    made = family([pair])
    judged = {(pair.a, pair.b): Judged(state)} if state else {}
    look = look_at(made, {(pair.a, pair.b): pair}, judged)
    assert look.score == sum(one.points for one in look.reasons) <= 100
    return look.score, [one.reason.value for one in look.reasons]


def test_what_needs_a_look_is_explained_and_what_is_accepted_gives_no_points() -> None:
    plain = shared("first", "second", (0, 80), (0, 80), first="a")
    assert looked(plain) == (40, ["copied"])
    (match,) = plain.matches
    drifted = replace(plain, matches=(replace(match, marks=(Mark.DRIFT, Mark.UNQUOTED)),))
    assert looked(drifted) == (65, ["copied", "quotation changed", "fact changed"])
    heads = HeadChange(HeadPart.TITLE, "One", "Other"), HeadChange(HeadPart.CREDIT, "Reuters", "")
    dropped = replace(plain, lineage=Lineage("a", "dates", Relation.UNCLEAR, (), heads))
    assert looked(dropped) == (65, ["copied", "without credit", "headline changed"])
    assert looked(drifted, State.ACCEPTED) == (0, [])
    assert looked(drifted, State.GROWN) == (65, ["copied", "quotation changed", "fact changed"])


def test_a_text_of_the_same_outlet_is_not_copied_from_another() -> None:
    own = shared("first", "second", (0, 80), (0, 80), first="a")
    own = replace(own, lineage=Lineage("a", "dates", Relation.SAME_OUTLET))
    assert looked(own) == (0, [])
