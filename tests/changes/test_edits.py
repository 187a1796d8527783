"""Where passages part, sentence by sentence, and what stands in one text alone."""

from __future__ import annotations

from dataclasses import replace

from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare import Document
from compare.changes.edits import Edits, edits_of
from compare.changes.listed import changes_between
from compare.model import Kind

SENTENCES = [
    "The ferry company said on Monday that it would close the northern crossing for the winter.",
    "The council put the damage at 4.2 million pounds, and the crossing will open again in May.",
    "Boats from Port Ellin will sail twice a day until then, and tickets stay valid on both lines.",
    "The school on the quay keeps its hours, and the bus that meets the ferry runs as it always did.",
    "Traders at the fish market hope that the tent on the upper quay keeps the rain out until spring.",
]


def _edits(a: Document, b: Document) -> Edits:
    pair = compare.pair(a, b)
    return edits_of(pair, changes_between(pair, a, b), a, b)


def _two(first: list[str], second: list[str], joint: str = " ") -> tuple[Document, Document]:
    return Document("a", joint.join(first)), Document("b", joint.join(second))


def test_an_edit_is_a_whole_sentence_on_both_sides() -> None:
    changed = [*SENTENCES[:2], SENTENCES[2].replace("sail", "run"), *SENTENCES[3:]]
    a, b = _two(SENTENCES, changed)
    (edit,) = _edits(a, b).edits
    assert (a.text[slice(*edit.a)], b.text[slice(*edit.b)]) == (SENTENCES[2][:-1], changed[2][:-1])


def test_a_sentence_of_a_reworded_passage_is_in_other_words_however_many_are_kept() -> None:
    changed = [*SENTENCES[:2], SENTENCES[2].replace("sail", "run"), *SENTENCES[3:]]
    a, b = _two(SENTENCES, changed)
    pair = compare.pair(a, b)
    reworded = replace(pair, matches=tuple(replace(match, kind=Kind.REWRITTEN) for match in pair.matches))
    told = [edit.in_other_words for found in (pair, reworded) for edit in edits_of(found, (), a, b).edits]
    assert told == [False, True]


def test_a_sentence_that_one_text_lacks_stands_alone_and_is_no_edit() -> None:
    a, b = _two(SENTENCES, [*SENTENCES[:2], *SENTENCES[3:]])
    found = _edits(a, b)
    assert (found.edits, found.alone_b) == ((), ())
    assert [a.text[slice(*span)] for span in found.alone_a] == [SENTENCES[2][:-1]]


def test_changes_stand_in_the_edit_of_their_sentence_and_those_of_the_head_in_none() -> None:
    changed = [SENTENCES[0].replace("Monday", "Tuesday"), SENTENCES[1].replace("4.2", "4.3"), *SENTENCES[2:]]
    a = Document("a", " ".join(SENTENCES), title="Crossing shut for the winter")
    found = _edits(a, Document("b", " ".join(changed), title="Ferry company closes line"))
    assert [[change.what for change in edit.changes] for edit in found.edits] == [["date"], ["number"]]
    assert [change.kind.value for change in found.loose] == ["headline"]


@settings(max_examples=examples(40))
@given(st.permutations(SENTENCES), st.integers(0, 4), st.sampled_from([" ", "\n\n"]))
def test_a_sentence_that_the_other_text_lacks_is_told_whatever_the_order(
    order: list[str], size: int, joint: str
) -> None:
    a, b = _two(SENTENCES, order[:size], joint)
    found = _edits(a, b)
    told = " … ".join(a.text[slice(*span)] for span in (*found.alone_a, *(edit.a for edit in found.edits)))
    inner = [line[:-1].partition(" ")[2] for line in SENTENCES if line not in order[:size]]
    assert all(words in told for words in inner), "but for a first word, which may stand before another sentence"


def test_texts_without_a_word_hold_no_change() -> None:
    found = _edits(*_two(["..."], ["!"]))
    assert (found.edits, found.loose, found.alone_a, found.alone_b) == ((), (), (), ())
