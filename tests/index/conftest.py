"""Small collections and their indexes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from compare.index.build import create
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
WIRE = " ".join(WORDS[:45])


def made_texts(count: int, seed: int) -> list[str]:
    """Texts some of which share sentences, some of which are twins, and a third of which hold one paragraph."""
    draw = random.Random(seed)
    pool = [" ".join(draw.choices(WORDS, k=draw.randint(5, 25))) for _ in range(count)]
    texts = [". ".join([*draw.choices(pool, k=3), WIRE] if draw.random() < 0.3 else draw.choices(pool, k=3))
             for _ in range(count)]  # fmt: skip
    return [*texts, texts[0], texts[0].upper(), texts[1], "…", "one word"]


@pytest.fixture
def texts() -> Callable[[int, int], list[str]]:
    """`texts(count, seed)`: made-up texts that overlap."""
    return made_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of 25 articles."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number, text in enumerate(made_texts(20, 1)):
        (articles / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return articles


@pytest.fixture
def index(folder: Path) -> Path:
    """An index of that folder, beside it."""
    target = folder.parent / "compare.index"
    create([str(folder)], target, Settings())
    return target
