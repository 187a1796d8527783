"""Passages in another place: told where it is sure which way they went."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from newsroom import newsroom

import compare
from compare import Document
from compare.changes.moved import moved_in
from compare.model import Kind, Lineage, Mark, Relation, Verdict

FIRST = "The ferry company said on Monday that it would close the northern crossing for the winter."
SECOND = "The council put the damage at 4.2 million pounds, and the crossing will open again in May."
THIRD = "Boats from Port Ellin will sail twice a day until then, and tickets stay valid on both lines."
MOVED = "Traders at the fish market hope that the tent on the upper quay keeps the rain out until spring."


def _text(name: str, *paragraphs: str) -> Document:
    return Document(name, "\n\n".join(paragraphs))


A = _text("a", FIRST, SECOND, THIRD, MOVED)
B = _text("b", FIRST, MOVED, SECOND, THIRD)


def test_a_paragraph_that_stands_before_what_it_stood_behind_moved_up() -> None:
    (found,) = moved_in(compare.pair(A, B), A, B)
    assert (found.kind, found.what, found.a) == (
        "moved",
        "up",
        "Traders at the fish market hope that the tent on the upper …",
    )
    assert [A.text[slice(*found.span_a)], B.text[slice(*found.span_b)]] == [MOVED[:-1]] * 2
    assert B.text[slice(*found.sentence_b)] == MOVED[:-1]
    (back,) = moved_in(compare.pair(B, A), B, A)
    assert (back.what, back) == ("down", found.exchanged())


def test_in_its_place_in_other_words_quoted_by_both_or_past_what_does_not_count_nothing_moved() -> None:
    assert not [*moved_in(compare.pair(A, A), A, A)]
    pair = newsroom().comparisons[1]
    by_id = {document.id: document for document in newsroom().documents}
    sides = by_id[pair.a], by_id[pair.b]

    def told(moved: dict[str, Any], others: dict[str, Any]) -> list[object]:
        matches = [replace(one, **(moved if Mark.MOVED in one.marks else others)) for one in pair.matches]
        return [*moved_in(replace(pair, matches=tuple(matches)), *sides)]

    assert told({}, {})
    assert not told({"kind": Kind.REWRITTEN}, {})
    assert not told({"counts": False}, {})
    assert not told({}, {"counts": False})
    spoken = Lineage(relation=Relation.QUOTATION)
    for other in (replace(pair, verdict=Verdict.SAME_STORY), replace(pair, lineage=spoken)):
        assert not [*moved_in(other, *sides)]
