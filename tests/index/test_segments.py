"""Segments: however a collection came in, an index answers as one that was built at once, and stays whole."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import InputError
from compare.index import segments, update
from compare.index.build import create
from compare.index.lookup import open_index
from compare.index.segments import SETTLED, SIBLINGS, ripe
from compare.index.store import reader
from compare.index.update import Work, extend, take_out
from compare.index.verify import verify
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compare.index.lookup import Neighbourhood

HERE = Settings()


def answers(index: Path, questions: list[str]) -> list[Neighbourhood]:
    """What an index hands out for each question alone and for all together."""
    with open_index(index, HERE) as opened:
        return [opened.neighbourhood([question]) for question in questions] + [opened.neighbourhood(questions)]


def count(index: Path) -> int:
    with reader(index, HERE) as connection:
        return len(segments.segments(connection))


@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_adds_any_merges_and_removals_answer_as_one_that_was_built_at_once(
    tmp_path: Path, seed: int, texts: Callable[[int, int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "SIBLINGS", 3)
    draw = random.Random(seed)
    pool = texts(40, seed)
    names = [tmp_path / f"{number:02}.txt" for number in range(len(pool))]
    for name, text in zip(names, pool, strict=True):
        name.write_text(text, "utf-8")
    order = draw.sample(names, len(names))
    at_once, grown = tmp_path / "once.index", tmp_path / "grown.index"
    create([str(name) for name in names], at_once, HERE)
    create([str(order[0])], grown, HERE)
    merged = 0
    for start in range(1, len(order), 4):
        before = count(grown)
        extend([str(name) for name in order[start : start + 4]], grown, HERE, Work(batch=draw.choice([1, 2, 9])))
        merged += count(grown) <= before
        if draw.random() < 0.3:
            gone = draw.sample(order[:start], min(3, start))
            take_out([str(name) for name in gone], grown, HERE)
            extend([str(name) for name in gone], grown, HERE)
    assert merged
    assert answers(grown, pool[:12]) == answers(at_once, pool[:12])
    assert verify(grown, HERE).problems == ()
    assert verify(grown, HERE).postings == verify(at_once, HERE).postings


@given(st.lists(st.integers(64, 3 * SETTLED), min_size=1, max_size=300))
def test_segments_stay_few_and_settled_ones_are_never_merged(weights: list[int]) -> None:
    """A row is written again once a tier at the most, but where a larger neighbour takes in a few small ones."""
    there: list[int] = []
    written = 0
    for weight in weights:
        there.append(weight)
        while places := ripe(there):
            assert len(places) > 1
            assert all(there[at] < SETTLED for at in places)
            merged = sum(there[at] for at in places)
            written += merged
            there[places.start : places.stop] = [merged]
    assert sum(weight < SETTLED for weight in there) <= 3 * SIBLINGS + sum(weight >= SETTLED for weight in there)
    assert written <= 6 * sum(weights)


class Failing(sqlite3.Connection):
    """A connection whose writes fail from the so manyth on."""

    left = 0

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        self.count(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: object) -> sqlite3.Cursor:
        self.count(sql)
        return super().executemany(sql, *values)

    def count(self, sql: str) -> None:
        if sql.startswith(("INSERT", "UPDATE", "DELETE", "COMMIT")):
            Failing.left -= 1
            if Failing.left < 0:
                raise sqlite3.OperationalError("disk I/O error")


def test_an_add_that_fails_at_any_write_leaves_a_sound_index_that_goes_on(
    index: Path, folder: Path, texts: Callable[[int, int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "SIBLINGS", 2)
    for number, text in enumerate(texts(3, 9)):
        (folder / f"new{number}.txt").write_text(text, "utf-8")
    usual = sqlite3.connect
    monkeypatch.setattr(
        sqlite3,
        "connect",
        lambda *given, **named: usual(*given, **named, factory=Failing),  # type: ignore[arg-type]
    )
    failed = 0
    while True:
        Failing.left = failed * 3
        try:
            extend([str(folder)], index, HERE, Work(batch=3))
        except InputError:
            failed += 1
        else:
            break
        finally:
            Failing.left = 10**9
        assert verify(index, HERE).problems == ()
    assert failed > 5
    assert len(answers(index, [])) == 1
    Failing.left = 10**9
    assert extend([str(folder)], index, HERE).documents == 33


def test_a_reader_keeps_its_state_while_segments_are_merged(
    index: Path, folder: Path, texts: Callable[[int, int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "SIBLINGS", 2)
    questions = texts(5, 1)
    with open_index(index, HERE) as opened:
        before = opened.neighbourhood(questions)
        (folder / "new.txt").write_text(questions[0], "utf-8")
        extend([str(folder)], index, HERE)
        take_out([str(folder / f"{number:02}.txt") for number in range(12)], index, HERE)
        assert opened.neighbourhood(questions) == before
    assert count(index) == 1
    with reader(index, HERE) as connection:
        assert 4 * len(segments.removed(connection)) <= 26  # it was written again without most of the twelve
    assert verify(index, HERE).problems == ()


def test_another_writer_may_have_merged_meanwhile(index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "new.txt").write_text("A few words that nobody else has written.", "utf-8")
    extend([str(folder)], index, HERE)
    asked = []
    usual = update.due
    monkeypatch.setattr(segments, "SIBLINGS", 2)

    def late(connection: sqlite3.Connection) -> list[segments.Segment]:
        asked.append(usual(connection))
        return asked[-1] if len(asked) != 2 else []

    monkeypatch.setattr(update, "due", late)
    with contextlib.closing(sqlite3.connect(index, isolation_level=None)) as connection:
        update.tidy(connection)
    assert [len(chosen) for chosen in asked] == [2, 2, 2, 2, 0]
    assert verify(index, HERE).problems == ()
