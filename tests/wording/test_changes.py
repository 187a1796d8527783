from __future__ import annotations

import pytest

from compare.model import Change, ChangeKind
from compare.wording.changes import change_label, change_line, change_parts


@pytest.mark.parametrize(
    ("change", "first", "said"),
    [
        (Change(ChangeKind.FIGURE, "number", "4.2 million", "4.3 million"), "a",
         "figure changed: 4.2 million → 4.3 million"),
        (Change(ChangeKind.FIGURE, "number", "4.2 million", "4.3 million"), "b",
         "figure changed: 4.3 million → 4.2 million"),
        (Change(ChangeKind.FIGURE, "number", "4.2 million", "4.3 million"), "",
         "figure differs: a: 4.2 million · b: 4.3 million"),
        (Change(ChangeKind.FIGURE, "number", "9", "10", swapped=True), "a", "figure changed places: 9 → 10"),
        (Change(ChangeKind.MEANING, "negation", "", "not"), "a", "meaning changed: “not” put in"),
        (Change(ChangeKind.MEANING, "negation", "", "not"), "b", "meaning changed: “not” left out"),
        (Change(ChangeKind.MEANING, "negation", "", "not"), "", "meaning differs: “not” in b alone"),
        (Change(ChangeKind.MARKS, "unquoted", "We won", ""), "",
         "quotation marks lost: “We won” has no quotation marks in b"),
        (Change(ChangeKind.CREDIT, "credit", "Reuters", ""), "a", "credit dropped: Reuters"),
        (Change(ChangeKind.CREDIT, "credit", "Reuters", ""), "", "credit missing: Reuters isn’t named in b"),
        (Change(ChangeKind.HEADLINE, "title", "Ferry sinks", "Boat sinks"), "a",
         "headline changed: “Ferry sinks” → “Boat sinks”"),
        (Change(ChangeKind.HEADLINE, "title", "Ferry sinks", "Boat sinks", own=True), "a",
         "headline differs: a: “Ferry sinks” · b: “Boat sinks”"),
        (Change(ChangeKind.MOVED, "up", "We won", "We won"), "a", "passage moved up: “We won”"),
        (Change(ChangeKind.MOVED, "up", "We won", "We won"), "b", "passage moved down: “We won”"),
        (Change(ChangeKind.MOVED, "up", "We won", "We won"), "",
         "passage in another place: “We won” stands further up in b"),
    ],
)  # fmt: skip
def test_a_change_is_a_line_and_says_which_way_it_went_only_where_that_is_known(
    change: Change, first: str, said: str
) -> None:
    assert change_line(change, first) == said


def test_words_of_a_text_are_set_apart_and_made_safe_and_sides_have_their_names() -> None:
    change = Change(ChangeKind.MARKS, "unquoted", "", "We \x1b[31mwon")
    parts = change_parts(change, "", ("The \x07Courier", "Reuters"))
    assert [part.text for part in parts if part.is_name] == ["We \\x1b[31mwon", "The \\x07Courier"]
    assert change_label(change) == "quotation marks lost"


@pytest.mark.parametrize("kind", ChangeKind)
@pytest.mark.parametrize("first", ["a", "b", ""])
def test_every_kind_has_a_label_and_no_line_is_empty(kind: ChangeKind, first: str) -> None:
    for words in (("old", "new"), ("old", ""), ("", "new")):
        line = change_line(Change(kind, "", *words), first)
        assert all(word in line for word in words)
        assert line.startswith(change_label(Change(kind, "", *words), first))
