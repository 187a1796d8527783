"""Spans of matches stand in the texts as they are written."""

from __future__ import annotations

from compare.model import Document, Fact
from compare.pipeline.plan import compare_pair
from compare.settings import Settings
from compare.sources.markdown.syntax import read

SENTENCE = (
    "The council voted on Monday to buy the old cinema, which stands empty since the fire. {} Work is to begin in May "
    "and to end before the winter, the mayor said."
)
SETTINGS = Settings()


def document(name: str, words: str) -> Document:
    text = SENTENCE.format(words)
    found = read(text)
    return Document(name, text, muted=found.muted, meant=found.meant)


def told(a: str, b: str) -> tuple[str, list[tuple[Fact, str, str]]]:
    """The verdict of two sentences, and what of their facts changed, in the words of the unaltered texts."""
    one, two = document("a", a), document("b", b)
    found = compare_pair(one, two, SETTINGS)
    drifts = [drift for match in found.matches for drift in match.drifts]
    return found.verdict.value, [(drift.what, one.text[slice(*drift.a)], two.text[slice(*drift.b)]) for drift in drifts]


def test_a_fact_is_told_with_all_that_is_written_for_it() -> None:
    verdict, drifts = told("It costs &pound;5 million.", "It costs &euro;5 million.")
    assert (verdict, drifts) == ("near-duplicate", [(Fact.UNIT, "&pound;", "&euro;")])


def test_letters_and_their_entities_are_the_same() -> None:
    assert told("The painter Müller gave it.", "The painter M&uuml;ller gave it.") == ("identical", [])
    assert told("It cost $1.5 million.", "It cost \\$1\\.5 million.") == ("identical", [])
    assert told("It is unbelievable.", "It is un*believ*able.") == ("identical", [])


def test_a_changed_word_is_shown_whole() -> None:
    a, b = document("a", "The painter M&uuml;ller gave it."), document("b", "The painter M&ouml;ller gave it.")
    found = compare_pair(a, b, SETTINGS)
    steps = [step for match in found.matches for step in match.operations if step.kind == "replace"]
    assert [(a.text[slice(*step.a)], b.text[slice(*step.b)]) for step in steps] == [("M&uuml;ller", "M&ouml;ller")]
    assert found.verdict == "near-duplicate"
