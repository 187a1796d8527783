"""`compare tune`: a table of marks in, a policy that `check` takes out."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest

from compare import CompareError, Settings
from compare.jobs.gather import Gate
from compare.jobs.tune import read_labels, tune_documents, tune_texts

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from compare.gate.tuning import Tuned

    Run = Callable[..., subprocess.CompletedProcess[str]]

CHANCE = Random(5)
WORDS = ["".join(CHANCE.choice("aeiou") + CHANCE.choice("bdfklmnprst") for _ in range(3)) for _ in range(900)]
PLACES = ["harbour", "museum", "orchard", "bridge", "station", "library", "market", "theatre", "quarry", "castle"]


def prose(count: int) -> str:
    return " ".join(CHANCE.choices(WORDS, k=count))


@cache
def articles() -> dict[str, str]:
    """Ten stories, a text with half of each, and a text that shares six words with it."""
    made = {}
    for place in PLACES:
        half, few = prose(40), prose(6)
        made[f"{place}.txt"] = f"{half} {prose(30)} {few}."
        made[f"{place}-copy.txt"] = f"{half} {prose(20)}."
        made[f"{place}-other.txt"] = f"{prose(30)} {few} {prose(20)}."
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "articles").mkdir()
    for name, text in articles().items():
        (tmp_path / "articles" / name).write_text(text, "utf-8")
    return tmp_path


def write(folder: Path, rows: list[tuple[str, str, str]], header: str = "a,b,label") -> None:
    with (folder / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(header + "\n")
        csv.writer(file).writerows(rows)


ROWS = [
    *((f"articles/{place}.txt", f"articles/{place}-copy.txt", "reuse") for place in PLACES),
    *((f"articles/{place}.txt", f"articles/{place}-other.txt", "Not") for place in PLACES),
]


def test_the_policy_that_it_tells_fails_a_check_of_just_what_was_marked_as_reuse(folder: Path, run: Run) -> None:
    write(folder, [*ROWS, (*ROWS[0][:2], "")])
    ended = run("tune", "labels.csv", "articles", "--next", "next.csv", CWD=str(folder))
    assert (ended.returncode, ended.stderr) == (0, "")
    policy = re.findall(r'(?m)^fail_on = "(.*)"$', ended.stdout)[0]
    assert "20 marked pairs: 10 reuse, 10 not." in ended.stdout
    assert re.search(r"precision +100 % \(72 % to 100 %; 10 of 10\)", ended.stdout)
    assert (folder / "next.csv").read_text("utf-8").startswith("a,b,label\n")
    checked = json.loads(run("check", "articles", "--fail-on", policy, "--report", "json=-", CWD=str(folder)).stdout)
    assert {frozenset((one["a"]["name"], one["b"]["name"])) for one in checked["findings"]} == {
        frozenset(row[:2]) for row in ROWS[:10]
    }


def of_documents(folder: Path, *paths: str) -> Tuned:
    gate = Gate(tuple(str(folder / path) for path in paths), folder, folder / "none.toml")
    return tune_documents(read_labels(str(folder / "labels.csv")), gate, Settings(), 0.0, lambda _stage, _steps: None)


def test_pairs_may_stand_in_the_table_as_texts_and_as_ids_of_rows(folder: Path) -> None:
    made = articles()
    texts = [(made[a[9:]], made[b[9:]], mark) for a, b, mark in ROWS]
    write(folder, texts, "text_a,text_b,label")
    by_text = tune_texts(read_labels(str(folder / "labels.csv")), Settings(), 0.0)
    rows = [json.dumps({"id": name, "text": text}) for name, text in made.items()]
    (folder / "rows.jsonl").write_text("\n".join(rows), "utf-8")
    write(folder, [(a[9:], b[9:], mark) for a, b, mark in ROWS])
    by_id = of_documents(folder, "rows.jsonl")
    assert (by_text.pairs, by_text.reuse, by_text.next) == (by_id.pairs, by_id.reuse, ()) == (20, 10, ())
    assert by_text.quality == by_id.quality
    assert by_text.quality.recall.right == 10


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        ([*ROWS, (*ROWS[0][:2], "maybe")], "a,b,label", "row 22: the label maybe; write reuse or not"),
        ([*ROWS, ("", ROWS[0][0], "no")], "a,b,label", "row 22: two documents are wanted"),
        (ROWS, "a,b,mark", "the columns a,b,label are wanted"),
        ([("only one",)], "a,b,label", "row 2: 1 cells; 3 are wanted"),
        ([('"', "b", "no")], 'a,b,label\n"', "unexpected end of data"),
    ],
)
def test_a_table_that_is_none_is_one_plain_line(
    folder: Path, rows: list[tuple[str, str, str]], header: str, message: str
) -> None:
    write(folder, rows, header)
    with pytest.raises(CompareError) as raised:
        read_labels(str(folder / "labels.csv"))
    assert message in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((*ROWS[0][:2], "not"), "row 22: the pair is marked otherwise before"),
        (("articles/a.txt", ROWS[0][0], "no"), "articles/a.txt: no such document"),
        ((ROWS[0][0], "./" + ROWS[0][0], "no"), "row 22: both are one document"),
    ],
)
def test_a_pair_that_is_none_or_is_marked_both_ways_is_one_plain_line(
    folder: Path, row: tuple[str, str, str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    write(folder, [*ROWS, row])
    with pytest.raises(CompareError) as raised:
        of_documents(folder, "articles")
    assert message in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
