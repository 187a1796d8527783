"""Boilerplate is a match of its own: where it begins and ends, and that it is not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from labels import NOW, placed
from prose import BRIDGE, FILM, NOTICE, RIGHTS, SCHOOL, STORY, WHEAT, join
from shares import kept, reused

from compare.align.align import align
from compare.align.marks.boilerplate import Boilerplate, boilerplate_of, with_boilerplate
from compare.align.prepare import prepare
from compare.model import Document, Kind, Mark
from compare.pipeline.plan import compare_pair
from compare.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHANGED = NOTICE.replace("credit", "thanks")


def common(text: str, *, notice: str = NOTICE) -> NDArray[np.bool_]:
    """Which tokens of a text stand in its notice."""
    start = text.find(notice)
    tokens = prepare(text).tokens
    return (tokens.starts >= start) & (tokens.stops <= start + len(notice)) & (start >= 0)


def known(text: str, *, notice: str = NOTICE) -> Boilerplate:
    return boilerplate_of(prepare(text), common(text, notice=notice))


def split_matches(a: str, b: str) -> list[tuple[Kind, str, tuple[Mark, ...]]]:
    left, right = prepare(a), prepare(b)
    found = with_boilerplate(align(left, right, Settings()), (left, right), (known(a), known(b)))
    return [(match.kind, a[slice(*match.a)], match.marks) for match in found]


def test_a_match_of_common_tokens_is_boilerplate_and_counts_no_more() -> None:
    a, b = prepare(join(BRIDGE, NOTICE)), prepare(join(WHEAT, NOTICE))
    matched = align(a, b, Settings())
    sides = known(a.text), known(b.text)
    (marked,) = with_boilerplate(matched, (a, b), sides)
    assert marked.marks == (Mark.BOILERPLATE,)
    assert with_boilerplate(matched, (a, b), (sides[0], boilerplate_of(b, ~sides[1].common))) == matched
    assert reused([marked], a.tokens, b.tokens) == kept([marked], a, b) == (0.0, 0.0)


def test_a_notice_after_a_lifted_paragraph_is_a_match_of_its_own() -> None:
    assert split_matches(join(SCHOOL, BRIDGE, NOTICE), join(BRIDGE, NOTICE)) == [
        (Kind.VERBATIM, BRIDGE[:-1], ()),
        (Kind.VERBATIM, NOTICE[:-1], (Mark.BOILERPLATE,)),
    ]


def test_a_notice_inside_an_edited_copy_parts_it_and_a_changed_word_does_not_part_the_notice() -> None:
    there = join(BRIDGE, CHANGED, FILM.replace("silent", "mute"))
    a, b = join(BRIDGE, NOTICE, FILM), there
    left, right = prepare(a), prepare(b)
    sides = known(a), known(b, notice=CHANGED)
    found = with_boilerplate(align(left, right, Settings()), (left, right), sides)
    assert [(match.kind, Mark.BOILERPLATE in match.marks) for match in found] == [
        (Kind.VERBATIM, False),
        (Kind.EDITED, True),
        (Kind.EDITED, False),
    ]


def test_a_few_words_beside_a_notice_stay_with_it_and_a_few_common_words_part_nothing() -> None:
    assert [
        marks for *_, marks in split_matches(join(SCHOOL, "Read on.", NOTICE), join(WHEAT, "Read on.", NOTICE))
    ] == [(Mark.BOILERPLATE,)]
    a, b = prepare(join(SCHOOL, BRIDGE)), prepare(BRIDGE)
    few = [boilerplate_of(text, text.tokens.starts >= text.text.index("every ten minutes")) for text in (a, b)]
    found = align(a, b, Settings())
    assert with_boilerplate(found, (a, b), (few[0], few[1])) == found


def test_a_whole_copy_with_its_notice_is_reused_to_the_full() -> None:
    text = prepare(join(BRIDGE, NOTICE))
    found = with_boilerplate(align(text, text, Settings()), (text, text), (known(text.text), known(text.text)))
    assert len(found) == 2
    assert reused(found, text.tokens, text.tokens) == kept(found, text, text) == (1.0, 1.0)


def test_a_pair_alone_knows_a_notice_and_does_not_count_it() -> None:
    other = "The wheat harvest was small. Millers import grain from overseas.\n\n"
    found = compare_pair(Document("a", f"{STORY}\n\n{RIGHTS}"), Document("b", other + RIGHTS), NOW)
    assert [match.marks for match in found.matches] in ([], [(Mark.BOILERPLATE,)])
    assert found.reused_a == found.reused_b == 0


def test_a_short_notice_is_cut_from_a_copy_which_stays_a_whole_copy() -> None:
    text = f"{STORY}\n\n{RIGHTS}"
    left = right = prepare(text)
    sides = boilerplate_of(left), boilerplate_of(right)
    found = with_boilerplate(align(left, right, NOW), (left, right), sides)
    assert [(text[slice(*match.a)], match.marks) for match in found] == [
        (STORY[:-1], ()),
        ("2024 Eastshore News. All rights reserved", (Mark.BOILERPLATE,)),
    ]
    assert reused(found, left.tokens, right.tokens) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("common", "boilerplate"), [((10, 10), True), ((8, 8), True), ((7, 10), False), ((10, 7), False), ((10, 0), False)]
)
def test_a_match_is_boilerplate_where_four_words_in_five_are_on_both_sides(
    common: tuple[int, int],
    boilerplate: bool,  # noqa: FBT001
) -> None:
    text = prepare("the last ferry sails at dawn from our northern quay")
    flags = [boilerplate_of(text, np.arange(10) < number) for number in common]
    (match,) = with_boilerplate([placed((text, text), (0, 10), (0, 10))], (text, text), (flags[0], flags[1]))
    assert (Mark.BOILERPLATE in match.marks) is boilerplate


def test_a_short_line_of_a_page_amid_a_copy_parts_nothing_and_at_its_end_it_does() -> None:
    for parts, matches in (([BRIDGE, "Story Continued Below", FILM], 1), ([BRIDGE, FILM, "Photo: Jane Roe/AP"], 2)):
        text = prepare("\n\n".join(parts))
        sides = boilerplate_of(text), boilerplate_of(text)
        assert len(with_boilerplate(align(text, text, NOW), (text, text), sides)) == matches
