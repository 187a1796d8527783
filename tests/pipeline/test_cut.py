"""What is cut stood before, word for word; what is left are whole sentences and whole quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.pipeline.collection import Batch
from compare.pipeline.cut import CutOut, Cutting, cut_passages
from compare.pipeline.engines.choose import opened
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
SECOND = "A choir of eighty singers from three villages will open the concert hall in June with a work of its own."
THIRD = "Rain fell for nine days on the valley, and the reservoir that was nearly empty in May is full again now."
TEXTS = st.lists(st.lists(st.sampled_from("abc"), max_size=16), min_size=1, max_size=5)


def cut(texts: Sequence[str], words: int = 10, *, anywhere: bool = False, memory: int = 1 << 28) -> CutOut:
    batches = [Batch([f"{number:03}"], [text], [""], [""]) for number, text in enumerate(texts)]
    limits = Settings(memory=memory)
    with opened(limits, 1) as engine:
        return cut_passages(batches, limits, engine, Cutting(words, anywhere, "longest"))


def left(texts: Sequence[str], out: CutOut) -> list[str]:
    rest = []
    for number, text in enumerate(texts):
        at, parts = 0, []
        for piece in out.cuts.get(number, []):
            parts.append(text[at : piece.span.start])
            at = piece.span.stop
        rest.append("".join([*parts, text[at:]]))
    return rest


def covered_by_search(texts: list[list[str]], words: int) -> list[set[int]]:
    """The words that stand in a run that stood before, the longest text first: by looking everywhere."""
    before: dict[tuple[str, ...], tuple[int, int]] = {}
    covered: list[set[int]] = [set() for _ in texts]
    for number in sorted(range(len(texts)), key=lambda number: (-len(texts[number]), number)):
        for start in range(len(texts[number]) - words + 1):
            first = before.setdefault(tuple(texts[number][start : start + words]), (number, start))
            if first[0] != number or start >= first[1] + words:
                covered[number].update(range(start, start + words))
    return covered


@given(TEXTS, st.integers(2, 7))
@settings(max_examples=examples(60))
def test_what_is_cut_is_what_a_plain_search_finds(texts: list[list[str]], words: int) -> None:
    joined = [" ".join(text) for text in texts]
    out = cut(joined, words, anywhere=True)
    for number, covered in enumerate(covered_by_search(texts, words)):
        pieces = out.cuts.get(number, [])
        assert sum(piece.words for piece in pieces) == len(covered)
        assert out.left.get(number, len(texts[number])) == len(texts[number]) - len(covered)
        for piece in pieces:
            copy, source = joined[number][slice(*piece.span)], joined[piece.source][slice(*piece.source_span)]
            assert copy.split() == source.split()


def test_whole_sentences_go_and_what_is_left_has_its_paragraphs() -> None:
    first = f"{FIRST} {SECOND}\n\n{THIRD}"
    second = f"Nothing here. {FIRST} {SECOND} Nor here.\n\n{THIRD}\n\nThe end of it, they said, was near."
    out = cut([f"{first} And more of it, to be the longest of them all by far, in words that nobody has.", second], 20)
    assert left([first, second], out)[1] == "Nothing here. Nor here.\n\nThe end of it, they said, was near."
    (one, two) = out.cuts[1]
    assert (one.words, two.words, out.left[1]) == (42, 21, 12)
    half = cut([f"{first} {SECOND} {SECOND}", f"They say that {second[18:]}"], 12)
    assert left([first, f"They say that {second[18:]}"], half)[1].startswith("They say that council voted on Monday")
    anywhere = cut([f"{first} {SECOND} {SECOND}", f"They say that {second[18:]}"], 12, anywhere=True)
    assert left([first, f"They say that {second[18:]}"], anywhere)[1].startswith("They say that. Nor here.")


@pytest.mark.parametrize(("own", "other"), [("“{}”", "“{}”"), ("“{}”", "{}"), ("{}", "“{}”")])
def test_a_quotation_stays_whoever_quotes(own: str, other: str) -> None:
    lead = "It was read out in the hall, to everybody's surprise, at the very end of a long evening: "
    texts = [lead + own.format(f"{FIRST} {SECOND}"), f"The minister wrote: {other.format(f'{FIRST} {SECOND}')}"]
    out = cut(texts, 30)
    assert (out.cuts, out.quoted) == ({}, 1)


def test_a_copy_goes_with_its_quotations_and_nothing_is_left_of_it() -> None:
    text = f"{FIRST} “{SECOND}” {THIRD}"
    out = cut([text, text, f"{text} In the end."], 25)
    assert sorted(out.fallen) == [0, 1]
    assert [piece.source for pieces in out.cuts.values() for piece in pieces] == [2, 2]


def test_a_long_quotation_stays_amid_a_copy() -> None:
    after = "Two boats left the harbour before the storm, and neither of them has been heard of since that night."
    text = f"{FIRST}\n\n“{SECOND} {THIRD}”\n\n{after}"
    out = cut([f"{text} In the end.", text], 30)
    assert left([f"{text} In the end.", text], out)[1].strip() == f"“{SECOND} {THIRD}”"
    assert out.quoted == 1


def test_what_stands_twice_in_one_text_goes_and_its_first_place_stays() -> None:
    text = f"{FIRST} {SECOND}\n\n{THIRD}\n\n{SECOND} {FIRST}"
    out = cut([text], 15, memory=1)
    assert left([text], out) == [f"{FIRST} {SECOND}\n\n{THIRD}"]


def test_nothing_is_cut_of_texts_without_words_or_of_none() -> None:
    assert cut(["", "—", "short"]).cuts == {}
    assert cut([]).ids == []
