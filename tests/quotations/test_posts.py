"""What is quoted without marks, or with others inside."""

from __future__ import annotations

import pytest
from prose import BRIDGE, FILM, SCHOOL, WHEAT

from compare.align.prepare import prepare
from compare.model import Document
from compare.pipeline.plan import compare_pair
from compare.quotations.posts import LONGEST, dialogue, nested, posts
from compare.settings import Settings

POST = (
    "The bridge is falling and nobody at the town hall has lifted a finger in nine years. We will build a new one, big "
    "and strong, with lamps on both sides and room for the tram, and the ferry people will pay for every stone of it!"
)
SIGNED = f"{POST} — Jane Roe (@janeroe) May 3, 2019"


def parts(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:stop] for start, stop in spans]


def test_a_post_is_its_paragraph_up_to_its_signature() -> None:
    text = f"He wrote:\n\n{SIGNED}\n\nNobody (@all) believed it. - She left."
    assert parts(text, list(posts(text))) == [SIGNED.removesuffix(" May 3, 2019")]
    two = "Two came.\n\nOne. — Ann Lee (@ann) Two. – Ben Lee (@ben)"
    assert parts(two, list(posts(two))) == ["One. — Ann Lee (@ann)", " Two. – Ben Lee (@ben)"]
    assert not posts(f"{'It rained. ' * LONGEST} — Ann Lee (@ann)")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“He said “no” to it,” she wrote.", ["He said “no” to it,"]),
        ('"Let no “Caravans” of people in,” he wrote.', ["Let no “Caravans” of people in,"]),
        ("“One.” It rained. “Two.”", []),
        ("“One “two.\n\nIt rained” and rained”.", []),
    ],
)
def test_a_quotation_that_holds_another_is_whole(text: str, quoted: list[str]) -> None:
    assert parts(text, list(nested(text))) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "ROE: Why?\n\nLEE: Because.",
        "WATCH: One\n\nWATCH: Two",
        "ROE: It rose.\n\nTHE FACTS: It fell.\n\nROE: It fell.\n\nTHE FACTS: It rose.",
    ],
)
def test_a_few_labels_make_no_transcript(text: str) -> None:
    assert not dialogue(text)


def test_one_post_in_two_articles_makes_no_reuse() -> None:
    stories = f"{BRIDGE} {FILM}", f"{SCHOOL} {WHEAT}"
    a, b = (Document(name, f"{story}\n\n{SIGNED}\n\nIt rained.") for name, story in zip("ab", stories, strict=True))
    assert prepare(a.text).quoted.any()
    assert not compare_pair(a, b, Settings()).verdict.is_reuse
    bare = Document("b", b.text.replace(" — Jane Roe (@janeroe) May 3, 2019", ""))
    assert compare_pair(a, bare, Settings()).verdict.is_reuse
