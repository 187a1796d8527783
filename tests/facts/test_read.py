"""What is read of a sentence: which words are a fact, of which kind, and which are none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from stating import read, stated

from compare.facts.read import facts
from compare.facts.values import moved
from compare.model import Span
from compare.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday, May 5, 2014 at 10 a.m. he", [("date", "Monday"), ("date", "May 5, 2014"), ("time", "10 a.m.")]),
        ("Theresa May said in May that he may", [("date", "May")]),
        ("about 2.5 million people, or one in four", [("number", "2.5 million"), ("number", "one in four")]),
        ("a 5-4 vote, 24/7, after 9/11", [("number", "5-4"), ("number", "24/7"), ("number", "9/11")]),
        ("the 2019-20 season of the 1990s", [("date", "2019-20"), ("date", "1990s")]),
        ("MH370, COVID-19 and the A12", [("number", "MH370"), ("number", "COVID-19"), ("number", "A12")]),
        ("in the 18th century", [("number", "18th")]),
        ("half an hour and $.50", [("number", "half"), ("number", "50")]),
        ("from 9 a.m. to 5 p.m. ET", [("time", "9 a.m."), ("time", "5 p.m. ET")]),
        ("a second chance in the media", [("number", "second")]),
        ("$20 an hour, 3 to 5 May", [("number", "20"), ("unit", "hour"), ("number", "3"), ("date", "5 May")]),
        ("US dollars and Australian dollars", [("unit", "US dollars"), ("unit", "Australian dollars")]),
        ("2024年5月3日星期五下午3点30分", [("date", "2024年5月3日"), ("date", "星期五"), ("time", "下午3点30分")]),
    ],
)
def test_facts_are_read_with_their_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "call 555-1234 or +44 20 7946 0958",
        "see https://example.com/2019/05/12-story?id=55",
        "at mail@4chan.org",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
        "it may march on",
    ],
)
def test_numbers_of_telephones_addresses_and_hashes_are_no_facts(text: str) -> None:
    assert read(text) == []


def test_a_fact_takes_the_tokens_that_it_needs() -> None:
    text = "it paid US$5 million for 20 km"
    tokens = tokenize(text)
    taken = [fact.tokens for fact in facts(text, tokens, Span(0, len(tokens)))]
    assert [text[tokens.starts[a] : tokens.stops[b - 1]] for a, b in taken] == ["US$5 million", "20 km"]


_BITS = """3 4.2 million $ US$ half of one twenty - – to second May 5 2019 p.m.
 : km about LC-40 ½ 四 百 年 点 ٤ A $ -""".split()  # noqa: SIM905


@settings(max_examples=examples(100))
@given(st.lists(st.sampled_from(_BITS), max_size=30), st.integers(0, 5))
def test_facts_are_in_order_and_share_no_token_in_any_part(words: list[str], skipped: int) -> None:
    text = " ".join(words)
    tokens = tokenize(text)
    part = Span(min(skipped, len(tokens)), len(tokens))
    taken = [fact.tokens for fact in facts(text, tokens, part)]
    assert all(part.start <= start < stop <= part.stop for start, stop in taken)
    assert all(a.stop <= b.start for a, b in pairwise(taken))


def test_a_text_without_tokens_states_nothing() -> None:
    assert stated("… — !") == []


@pytest.mark.parametrize("said", ["It cost $4.2 million on 5 May 2014.", "From 10 to 15 km at 9 a.m. ET, one in four."])
def test_a_fact_that_was_read_elsewhere_is_read_here_at_its_own_place(said: str) -> None:
    here, there = (f"{'so ' * words}{said}" for words in (30, 47))
    found = [
        (facts(text, tokens, Span(0, len(tokens))), len(tokens), len(text))
        for text in (here, there)
        for tokens in [tokenize(text)]
    ]
    (first, words, size), (second, more_words, more) = found
    assert first
    assert [moved(fact, more_words - words, more - size) for fact in first] == second
    for fact in second:
        assert there[slice(*fact.span)] in said


def test_a_text_of_nothing_but_codes_is_read_in_linear_time() -> None:
    def seconds(count: int) -> float:
        text = " ".join(f"w{number}" for number in range(count, 2 * count))  # none of them was read before
        tokens = tokenize(text)
        begin = time.process_time()
        facts(text, tokens, Span(0, len(tokens)))
        return time.process_time() - begin

    least = min(seconds(10_000), seconds(10_001))  # what a busy machine adds is not counted
    assert least < 8 * seconds(2_500) + 0.2
