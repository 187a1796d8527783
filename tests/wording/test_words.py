from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import comparison, entry

from compare.model import Judged, Kind, Mark, Match, Operation, Reason, Skipped, Span, State, Verdict
from compare.wording import words
from compare.wording.escape import safe

ONLY = """harbour-wire and harbour-daily report the same event; \
only 6 % of harbour-wire matches harbour-daily, under 1 % the other way"""
SPAN = Span(400, 900)
A, B = "wire/harbour-wire.md", "daily/harbour-daily.md"


@given(st.floats(min_value=0, max_value=1))
def test_a_whole_or_an_empty_share_is_said_only_when_it_is_exact(share: float) -> None:
    assert (words.percent(share) == "100 %") == (share == 1)
    assert (words.percent(share) == "0 %") == (share == 0)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.97, "97 %"), (0.005, "1 %"), (0.0049, "under 1 %"), (0.994, "99 %"), (0.995, "over 99 %"), (0.125, "13 %")],
)
def test_shares_are_rounded_half_up(share: float, said: str) -> None:
    assert words.percent(share) == said


@pytest.mark.parametrize(
    ("verdict", "scores", "said"),
    [
        (Verdict.DERIVED, {"reused_a": 0.97, "reused_b": 0.91},
         "97 % of harbour-wire matches harbour-daily; 91 % the other way"),
        (Verdict.NEAR_DUPLICATE, {"containment_a": 0.9, "containment_b": 0.7},
         "90 % of harbour-wire’s phrases are in harbour-daily; 70 % the other way"),
        (Verdict.IDENTICAL, {"reused_a": 1.0}, "harbour-wire and harbour-daily are the same text"),
        (Verdict.SAME_STORY, {}, "harbour-wire and harbour-daily report the same event; no reuse found"),
        (Verdict.SAME_STORY, {"reused_a": 0.06, "reused_b": 0.001},
         ONLY),
        (Verdict.REWRITTEN, {}, "harbour-wire and harbour-daily say the same in other words"),
        (Verdict.DISTINCT, {}, "harbour-wire and harbour-daily are distinct; no reuse found"),
    ],
)  # fmt: skip
def test_a_pair_is_said_in_both_directions(verdict: Verdict, scores: dict[str, float], said: str) -> None:
    assert words.both_directions(comparison(A, B, verdict, **scores)) == said


def test_what_little_is_shared_is_told_by_its_words_and_what_counts_for_nothing_by_its_name() -> None:
    steps = (Operation("equal", Span(0, 400), Span(0, 400), Span(0, 61), Span(0, 61)),)
    match = Match(Span(0, 400), Span(0, 400), Kind.VERBATIM, 1.0, (), steps, counts=True)
    little = {"reused_a": 0.03, "reused_b": 0.02}
    derived = replace(comparison(A, B, Verdict.DERIVED, **little), matches=(match,))
    assert words.both_directions(derived) == "harbour-wire and harbour-daily share 61 words in a row"
    event = replace(derived, verdict=Verdict.SAME_STORY)
    assert words.both_directions(event).endswith("report the same event; they share 61 words in a row")
    patchy = replace(match, operations=(*steps[:1], Operation("replace", SPAN, SPAN, Span(61, 200), Span(61, 200))))
    assert words.both_directions(replace(derived, matches=(patchy,))).endswith("share a passage of 200 words")
    quoted = replace(comparison(A, B, Verdict.SAME_STORY), matches=(replace(match, marks=(Mark.QUOTE,), counts=False),))
    assert words.both_directions(quoted).endswith("report the same event; what they share is quoted by both")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_no_sentence_says_who_copied(verdict: Verdict) -> None:
    sentence = words.both_directions(comparison(A, B, verdict, reused_a=0.5))
    assert not {"copied", "stole", "plagiarised", "original"} & set(sentence.split())


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (("x/one.md", "y/two.txt"), ("one", "two")),
        (("x/story.md", "y/story.md"), ("x/story.md", "y/story.md")),
        (("007", "3.5"), ("007", "3.5")),
        ((".md", "a/b"), (".md", "a/b")),
    ],
)
def test_names_are_stems_of_files_unless_both_would_be_the_same(ids: tuple[str, str], names: tuple[str, str]) -> None:
    assert words.names(comparison(*ids, Verdict.DERIVED)) == names


def test_braces_in_a_name_are_just_characters() -> None:
    found = words.both_directions(comparison("{b}", "{0}", Verdict.DERIVED, reused_a=0.5, reused_b=0.25))
    assert found == "50 % of {b} matches {0}; 25 % the other way"


@given(st.text(st.characters(codec=None)))
def test_nothing_that_steers_a_terminal_gets_through(text: str) -> None:
    shown = safe(text)
    assert {unicodedata.category(char) for char in shown}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert {unicodedata.bidirectional(char) for char in shown}.isdisjoint({"RLO", "LRO", "RLE", "LRE", "PDF", "RLI"})


def test_escapes_are_readable_and_other_scripts_stand_as_they_are() -> None:
    assert safe("a\x1b[2J\tb\u202e\ud800\u2028") == "a\\x1b[2J\\tb\\u202e\\ud800\\u2028"
    assert safe("naïve 港口 ميناء 👩‍🚀") == "naïve 港口 ميناء 👩‍🚀"


@pytest.mark.parametrize("state", list(State))
def test_a_state_is_said_in_words_and_gives_its_reasons_while_nobody_needs_to_look(state: State) -> None:
    entries = entry(), entry(Reason.OWN), entry()
    judged = Judged(state, "38 words were accepted,\n61 are\x1b reused now", entries)
    assert words.state_label(judged) == (state.value if state.is_open else f"{state.value} (wire, own)")
    told = {State.ACCEPTED: "Accepted", State.EDITED: "Accepted: 38 words were accepted, 61 are\\x1b reused now"}
    assert words.state_line(judged) == told.get(state, "Open again: 38 words were accepted, 61 are\\x1b reused now")


def test_an_entry_says_why_who_when_and_until_when_with_what_people_wrote_set_apart() -> None:
    parts = words.entry_parts(entry(by="Ida\u202e", note="AP,\n licensed", expires="2027-01-31"))
    assert "".join(part.text for part in parts) == ("wire, by Ida\\u202e, 2026-11-23, until 2027-01-31 — AP, licensed")
    assert [part.text for part in parts if part.is_name] == ["Ida\\u202e", "AP, licensed"]
    assert "".join(part.text for part in words.entry_parts(entry(by=""))) == "wire, 2026-11-23"


def test_several_entries_of_a_pair_are_told_apart_by_their_first_words() -> None:
    said = [words.entries_parts(Judged(State.GROWN, "", (entry(),) * count)) for count in (1, 2)]
    told = [["".join(part.text for part in parts) for parts in one] for one in said]
    assert told == [["wire, by Ida, 2026-11-23"], ["“A forty…”: wire, by Ida, 2026-11-23"] * 2]


def test_what_was_left_out_is_listed_and_zeros_are_not() -> None:
    assert words.skipped_lines([Skipped("a\nb.md", "binary")]) == ["a\\nb.md: binary"]
    assert words.left_out_lines({"odd_cap": 1200, "none": 0}) == ["odd cap: 1,200"]


def test_where_nothing_is_readable_the_first_paths_and_the_first_reason_are_named() -> None:
    skipped = [Skipped("a\nb.md", "binary"), Skipped("c.md", "empty")]
    assert words.nothing_readable(["a", "b", "c", "d"], []) == "nothing to read in a, b, c: no articles there"
    assert words.nothing_readable(["a"], skipped[:1]) == "nothing to read in a: a\\nb.md: binary"
    assert words.nothing_readable(["a"], skipped) == "nothing to read in a: a\\nb.md: binary (and 1 more)"


def test_every_verdict_kind_and_mark_is_explained() -> None:
    listed = [*Verdict, *Kind, *Mark, *State]
    assert [word for word in listed if word.means] == listed


def test_a_name_that_another_document_of_the_run_has_is_long_in_every_sentence() -> None:
    of_run = words.called(["q.md", "x/7.md", "y/7.md", "z/8.md"])
    assert of_run == {"q.md": "q", "x/7.md": "x/7.md", "y/7.md": "y/7.md", "z/8.md": "8"}
    pair = comparison("q.md", "x/7.md", Verdict.CONTAINED, reused_a=0.96, reused_b=0.5)
    assert "q matches x/7.md" in words.both_directions(pair, of_run)
    assert "q matches 7;" in words.both_directions(pair)
