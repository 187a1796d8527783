"""Sentences in Markdown that look like syntax: unlike texts are unlike, and a changed fact in them is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.model import Document, Verdict
from compare.pipeline.plan import compare_pair
from compare.settings import Settings
from compare.sources.read import read

if TYPE_CHECKING:
    from pathlib import Path

ANNA = """# Interview

[ANNA]: The water came over the sill at four in the morning and we ran upstairs with the child.

[ERIK]: I wanted to fetch the papers from the desk, but the door would not open any more.

[ANNA]: Yes.
"""
OLAF = """# Interview

[OLAF]: The vines froze in May and nobody had insurance against it in the whole valley.

[RUTH]: We sold the press and kept two rows for ourselves.
"""
STORY = (
    "The council voted on Monday to buy the old cinema, which stands empty since the fire, and to turn it into a "
    "library with a stage.\n\n{}\n\nWork is to begin in May and to end before the winter, the mayor said.\n"
)
NOTE = "---\n{}\n---\n" + STORY.format("It is the fourth fire.")


def documents(folder: Path, *texts: str) -> list[Document]:
    for name, text in zip("ab", texts, strict=True):
        (folder / f"{name}.md").write_text(text, "utf-8")
    return [item for item in read([folder], Settings()) if isinstance(item, Document)]


def test_unlike_interviews_are_distinct_and_none_of_them_falls(tmp_path: Path) -> None:
    a, b = documents(tmp_path / ".", ANNA, OLAF)
    assert compare_pair(a, b, Settings()).verdict is Verdict.DISTINCT
    summary = deduplicate_paths(Corpus((str(tmp_path),), tmp_path.with_name("out")), Settings())
    assert (summary.kept, summary.dropped_documents) == (2, 0)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (STORY.format("[UPDATE]: {} people died in the fire."), "Five", "Nine"),
        (STORY.format("He asked for <{} percent of the vote>, no more."), "five", "nine"),
        (STORY.format("That is <a {} of what they had>, he said."), "third", "fourth"),
        (NOTE.format("Editor's note: The death toll was corrected to {} on Friday."), "12", "40"),
        (NOTE.format("Note: The death toll was corrected to {} on Friday."), "12", "40"),
        (STORY.format("[MAYOR]: {}."), "Yes", "No"),
        (STORY.format("He named [one reason][{}] in all."), "five", "nine"),
    ],
)
def test_a_fact_in_what_looks_like_syntax_is_seen(tmp_path: Path, text: str, one: str, other: str) -> None:
    a, b = documents(tmp_path, text.format(one), text.format(other))
    found = compare_pair(a, b, Settings())
    assert found.verdict is Verdict.NEAR_DUPLICATE
    (step,) = [step for match in found.matches for step in match.operations if step.kind != "equal"]
    assert (a.text[slice(*step.a)], b.text[slice(*step.b)]) == (one, other)
