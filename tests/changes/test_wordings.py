"""Who holds which wording of a correction: a statement with its words, never a lone word."""

from __future__ import annotations

from dataclasses import replace

import pytest

import compare
from compare import Document
from compare.changes.corrections import corrections_of
from compare.changes.wordings import held, sought

LEAD = "The ferry company said on Monday that it would close the northern crossing for the winter."
COST = "The council put the damage at {} million pounds, and the crossing will {}open again in May."
BOATS = "Boats from Port Ellin will {} twice a day until then, and tickets stay valid on both lines."
SCHOOL = "The school on the quay keeps its hours, and the bus that meets the ferry runs as it always did."
TITLE = "Northern crossing shut for the winter"


def _version(cost: str, not_: str = "", sail: str = "sail", title: str = TITLE, more: str = "") -> Document:
    text = "\n\n".join([LEAD, COST.format(cost, not_), BOATS.format(sail), SCHOOL, *filter(None, [more])])
    return Document("version", text, title=title)


def _said(text: str, old: Document, new: Document, title: str = "") -> list[str]:
    """Of each correction `old`, `new` or nothing: which wording a text holds."""
    corrections = corrections_of(compare.pair(old, new), old, new)
    found = held(Document("other", text, title=title), sought(corrections, old, new))
    return ["" if one is None else "old" if one.is_old else "new" for one in found]


OLD, NEW = _version("4.2"), _version("4.3")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (COST.format("4.2", ""), "old"),
        (COST.format("4.3", ""), "new"),
        ("Elsewhere: the council put THE damage at 4.2 million pounds and the crossing will open again in May!", "old"),
        ("In May, the council put the damage at 4.2 million pounds; the crossing may open again, it said.", "old"),
        (COST.format("4.4", ""), ""),
        ("The fleet cost 4.2 million pounds, and the harbour is to be dredged next year.", ""),
        ("Repairs of the damage at 4.2 million pounds were dear.", ""),
        ("4.2 million", ""),
        ("", ""),
        (LEAD, ""),
    ],
)
def test_a_holder_makes_the_same_statement_with_the_same_words(text: str, said: str) -> None:
    assert _said(text, OLD, NEW) == [said]


def test_a_sentence_is_found_where_it_stands() -> None:
    corrections = corrections_of(compare.pair(OLD, NEW), OLD, NEW)
    text = f"{SCHOOL} {COST.format('4.2', '')} {LEAD}"
    (found,) = held(Document("other", text), sought(corrections, OLD, NEW))
    assert found
    assert text[slice(*found.sentence)] == COST.format("4.2", "")[:-1]


def test_a_word_that_was_put_in_parts_the_two_wordings() -> None:
    new = _version("4.2", not_="not ")
    assert _said(COST.format("4.2", ""), OLD, new) == ["old"]
    assert _said(COST.format("4.2", "not "), OLD, new) == ["new"]
    assert _said(COST.format("4.2", "never "), OLD, new) == [""]


def test_a_text_with_one_of_two_corrections_still_holds_old_words() -> None:
    new = _version("4.3", not_="not ")
    assert _said(COST.format("4.3", ""), OLD, new) == ["old"]
    assert _said(COST.format("4.3", "not "), OLD, new) == ["new"]


def test_words_that_are_no_fact_are_looked_for_too() -> None:
    new = _version("4.2", sail="run")
    assert [_said(BOATS.format(word), OLD, new) for word in ("sail", "run", "go")] == [["old"], ["new"], [""]]


def test_a_sentence_that_was_taken_out_is_known_by_all_its_words() -> None:
    old = _version("4.2", more="The mayor of Ardwick was fined in June for the state of the quay.")
    assert _said("“Yes.” The mayor of Ardwick was fined in June for the state of the quay.", old, OLD) == ["old"]
    assert _said("The mayor of Ardwick was fined for the state of the quay.", old, OLD) == [""]


def test_a_headline_is_known_by_its_words_if_it_has_four() -> None:
    new = replace(OLD, title="Ferry company closes the northern line")
    assert _said(LEAD, OLD, new, title="Northern crossing shut for the WINTER") == ["old"]
    assert _said(LEAD, OLD, new, title="Ferry company closes the northern line") == ["new"]
    assert _said(LEAD, OLD, new, title="Northern crossing shut") == [""]
    assert _said(LEAD, replace(OLD, title="All shut"), new, title="All shut") == [""]


def test_who_tells_what_it_said_before_is_no_carrier() -> None:
    notice = "Correction: an earlier version said that the council put the damage at 4.2 million pounds, and the "
    notice += "crossing will open again in May."
    new = _version("4.3", more=notice)
    assert _said(COST.format("4.2", ""), OLD, new) == ["old", ""]
    assert _said(new.text, OLD, new)[0] == "new"


def test_what_the_new_version_says_elsewhere_still_is_no_old_wording() -> None:
    twice = f"{COST.format('4.2', '')}\n\n{BOATS.format('sail')}"
    old = Document("old", f"{LEAD}\n\n{twice}\n\n{SCHOOL}\n\n{COST.format('4.2', '')}")
    new = Document("new", f"{LEAD}\n\n{twice}\n\n{SCHOOL}\n\n{COST.format('4.3', '')}")
    assert "old" not in _said(COST.format("4.2", ""), old, new)


def test_two_equal_versions_hold_no_correction_and_what_only_moved_is_none() -> None:
    parts = [LEAD, COST.format("4.2", ""), BOATS.format("sail"), SCHOOL]
    moved = Document("moved", "\n\n".join(parts[2:] + parts[:2]), title=TITLE)
    assert corrections_of(compare.pair(OLD, OLD), OLD, OLD) == ()
    assert corrections_of(compare.pair(OLD, moved), OLD, moved) == ()


def test_corrections_come_as_the_changes_do_with_their_sentences() -> None:
    old = _version("4.2", more="The mayor of Ardwick was fined in June for the state of the quay.")
    new = _version("4.3", sail="run", title="Ferry company closes the northern line")
    found = corrections_of(compare.pair(old, new), old, new)
    assert [[change.kind.value for change in one.changes] for one in found] == [["headline"], ["figure"], [], []]
    assert [one.kind.value if one.kind else "" for one in found] == ["", "edited", "edited", ""]
    assert new.text[slice(*found[2].new)] == BOATS.format("run")[:-1]
    assert (old.text[slice(*found[3].old)][:9], found[3].new) == ("The mayor", (0, 0))
