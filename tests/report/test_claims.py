from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

import compare
from compare.model import Document
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.plan import compare_documents
from compare.report.page import data
from compare.settings import Settings
from compare.terminal.summary import run_summary
from compare.wording.desk import told_of
from compare.wording.front import FRONT
from compare.wording.page import VERDICT_WORDS, WORDS, fill
from compare.wording.words import both_directions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.model import Report

NOTHING = re.compile(r"\b(?:nothing|unrelated|shares? no|no other|none|alone|no text)\b", re.IGNORECASE)


def sharing(length: int, signs: str) -> list[Document]:
    """Two texts that are unlike but for a run of words, in quotation marks or not."""
    chance = random.Random(length)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvz", k=7)) for _ in range(500)]
    run = signs.format(" ".join(words[:length]).capitalize())
    texts = (f"{' '.join(words[at : at + 90])}. {run} {' '.join(words[at + 90 : at + 200])}." for at in (60, 280))
    return [Document(name, text) for name, text in zip("ab", texts, strict=True)]


def claims(report: Report) -> Iterator[str]:
    """What the page, the terminal and the desk say of a report's texts."""
    page = cast("Any", data(report))
    yield page["headline"]
    yield from (document["elsewhere"] for document in page["documents"])
    yield fill(FRONT["alone"], count=page["alone"])
    yield fill(FRONT["alone_found"], count=page["alone"])
    yield str(FRONT["none_found"])
    yield str(WORDS["article"]["no_sources"])
    yield run_summary(report, Path("reports"), 1)
    yield told_of(report, "a", None)


@pytest.mark.parametrize("signs", ["{}.", "“{}.”"])
@pytest.mark.parametrize("length", [6, 12, 20, 30])
def test_nobody_is_told_that_a_text_shares_nothing_which_has_a_run_of_words_of_another(length: int, signs: str) -> None:
    documents = sharing(length, signs)
    pair = compare.pair(*documents)
    assert pair.longest >= length
    assert not pair.verdict.is_reuse
    report = compare_documents(documents, [], Settings(), MemoryEngine())
    told = [*claims(report), VERDICT_WORDS[pair.verdict], pair.verdict.means, both_directions(pair)]
    assert [claim for claim in told if NOTHING.search(claim)] == []
