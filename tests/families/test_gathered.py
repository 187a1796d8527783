from __future__ import annotations

from itertools import combinations

from families_made import article, shared
from hypothesis import given
from hypothesis import strategies as st

from compare.families.gathered import Direction, gathered
from compare.model import Comparison, Verdict


def members(documents: dict[str, str], pairs: list[Comparison]) -> list[tuple[str, list[str]]]:
    """Bases with all members of the families."""
    articles = [article(name, published) for name, published in documents.items()]
    found = gathered(articles, pairs, dict.fromkeys(documents, 100))
    return sorted((one.base, [*one.members]) for one in found)


def test_copies_of_one_text_are_one_family_around_the_one_that_came_first() -> None:
    dates = {"c": "2024-05-05", "a": "2024-05-09", "b": "2024-05-08"}
    pairs = [
        shared(x, y, (0, 90), (0, 90), first="a" if dates[x] < dates[y] else "b") for x, y in combinations("abc", 2)
    ]
    assert members(dates, pairs) == [("c", ["a", "b", "c"])]


def test_a_digest_is_a_version_in_the_family_of_each_story_and_joins_none_of_them() -> None:
    dates = {"d": "2024-05-09", "x": "2024-05-01", "y": "2024-05-02", "z": "2024-05-03"}
    pairs = [shared("d", name, (at * 30, at * 30 + 30), (0, 30), first="b") for at, name in enumerate("xyz")]
    assert members(dates, pairs) == [("x", ["d", "x"]), ("y", ["d", "y"]), ("z", ["d", "z"])]


def test_a_chain_of_other_passages_is_no_family() -> None:
    dates = {name: f"2024-05-0{at}" for at, name in enumerate("abcd", 1)}
    pairs = [
        shared("a", "b", (0, 40), (60, 100), first="a"), shared("b", "c", (0, 40), (60, 100), first="a"),
        shared("c", "d", (0, 40), (60, 100), first="a"),
    ]  # fmt: skip
    assert members(dates, pairs) == [("a", ["a", "b"]), ("b", ["b", "c"]), ("c", ["c", "d"])]


def test_who_has_most_of_its_words_by_way_of_a_version_is_of_the_family_without_a_pair_with_the_base() -> None:
    dates = {"a": "2024-05-01", "b": "2024-05-03", "c": "2024-05-05"}
    of_base = shared("a", "b", (0, 80), (0, 80), first="a")
    assert members(dates, [of_base, shared("b", "c", (10, 70), (0, 60), first="a")]) == [("a", ["a", "b", "c"])]
    own = shared("b", "c", (80, 100), (0, 20), first="a")
    assert members(dates, [of_base, own]) == [("a", ["a", "b"]), ("b", ["b", "c"])]


def test_without_dates_a_family_is_around_the_one_that_holds_most() -> None:
    whole = [shared("long", name, (at * 40, at * 40 + 40), (0, 40), sizes=(400, 40)) for at, name in enumerate("xyz")]
    assert members({"long": "", "x": "", "y": "", "z": ""}, whole) == [("long", ["long", "x", "y", "z"])]


def test_an_agency_is_before_an_outlet_where_the_dates_are_too_close() -> None:
    documents = [article("a", "2024-05-05", source="Vale Courier"), article("b", "2024-05-06", source="Reuters")]
    direction = Direction.of(documents, {"a": 100, "b": 100})
    assert direction.before(shared("a", "b", (0, 50), (0, 50))) == "b"
    assert direction.before(shared("a", "b", (0, 50), (0, 50), first="a")) == "a", "a sure date decides"
    assert direction.before(shared("a", "b", (0, 50), (0, 50), taker="b")) == "a", "and so does what one says"


names = st.sampled_from("abcdefgh")
drawn = st.lists(st.tuples(names, names, st.integers(0, 60), st.sampled_from(["a", "b", ""])), max_size=20)


@given(drawn, st.permutations("abcdefgh"))
def test_each_pair_is_in_one_family_whatever_the_order(
    found: list[tuple[str, str, int, str]], order: list[str]
) -> None:
    sides = {(min(x, y), max(x, y)): (at, first) for x, y, at, first in found if x != y}
    pairs = [shared(x, y, (at, at + 30), (at, at + 30), first=first) for (x, y), (at, first) in sides.items()]
    words = dict.fromkeys("abcdefgh", 100)
    families = gathered([article(name) for name in "abcdefgh"], pairs, words)
    held = [(link.comparison.a, link.comparison.b) for family in families for link in family.links]
    assert sorted(held) == sorted(sides)
    for family in families:
        assert family.base in family.members
        assert {name for link in family.links for name in (link.before, link.after)} == set(family.members)
    again = gathered([article(name) for name in order], pairs[::-1], words)
    assert [(one.base, one.members) for one in again] == [(one.base, one.members) for one in families]


def test_what_only_reports_the_same_event_is_no_family() -> None:
    pair = shared("a", "b", (0, 30), (0, 30))
    event = Comparison(pair.a, pair.b, Verdict.SAME_STORY, *[0.0] * 11, shared=0, longest=0)
    assert members({"a": "", "b": ""}, [event]) == []
