"""`compare query --each` and `compare index add --new-only`: what of a shard is new."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from compare.cli.index import command as index_command
from compare.cli.query import command as query_command
from compare.errors import InputError
from compare.index.build import create
from compare.index.update import Work, extend
from compare.index.verify import verify
from compare.jobs.index import Index
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

HERE = Settings()
LINE = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat. "
OTHER = "The museum opens a hall of clocks on Saturday, and children come in free if they bring one that still ticks."

RAIN = "Rain is due on Friday in the hills."


def rows(path: Path, texts: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()), "utf-8")
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an index of two rows, and a shard of five."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    create([str(rows(tmp_path / "old" / "t.jsonl", {"1": LINE * 2, "2": OTHER}))], tmp_path / "old" / "x.index", HERE)
    rows(
        tmp_path / "new.jsonl",
        {"a": LINE * 2, "b": LINE, "c": RAIN, "d": RAIN.upper(), "e": OTHER + " So says the keeper."},
    )
    return tmp_path


def table(text: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in csv.reader(text.splitlines())]


EACH = [
    ("document", "verdict", "source", "share"),
    ("new.jsonl#a", "identical", "old/t.jsonl#1", "1.0"),
    ("new.jsonl#b", "near-duplicate", "old/t.jsonl#1", "1.0"),
    ("new.jsonl#c", "new", "", ""),
    ("new.jsonl#d", "new", "", ""),
    ("new.jsonl#e", "near-duplicate", "old/t.jsonl#2"),
]


def test_every_document_is_told_of_in_its_order_and_only_the_index_counts(here: Path) -> None:
    result = CliRunner().invoke(query_command, ["--each", "new.jsonl", "--index", "old/x.index"])
    assert result.exit_code == 0
    assert [row[: len(wanted)] for row, wanted in zip(table(result.stdout), EACH, strict=True)] == EACH
    assert result.stderr == "5 documents: 2 are new, 3 are held already.\n"
    assert (here / "old" / "x.index").exists()
    words = ["--each", "-", "--index", "old/x.index"]
    piped = CliRunner().invoke(query_command, words, input=(here / "new.jsonl").read_bytes())
    assert piped.stdout.splitlines()[1] == '"-#a",identical,old/t.jsonl#1,1.0'
    assert piped.stderr == result.stderr


def test_several_indexes_are_asked_and_a_documents_own_row_is_no_source(here: Path) -> None:
    create(["new.jsonl"], here / "y.index", HERE)
    asked = ["--each", "new.jsonl", "--index", "old/x.index", "--index", "y.index"]
    told = {
        name: (verdict, source) for name, verdict, source, _ in table(CliRunner().invoke(query_command, asked).stdout)
    }
    assert told["new.jsonl#c"] == ("identical", "new.jsonl#d")
    assert told["new.jsonl#a"] == ("identical", "old/t.jsonl#1")
    own = CliRunner().invoke(query_command, ["--each", "old/t.jsonl", "--index", "old/x.index"])
    assert [row[1] for row in table(own.stdout)] == ["verdict", "new", "new"]


def test_what_cannot_be_asked_is_one_plain_error(here: Path) -> None:
    (here / "empty").mkdir()
    for words in (["--each", "none.jsonl"], ["--each", "empty"], ["--each", "new.jsonl", "--index", "none.index"],
                  ["--each", "new.jsonl", "--index", "old/x.index", "--set", "shingle=4"]):  # fmt: skip
        assert isinstance(CliRunner().invoke(query_command, words).exception, InputError)
    for words in (["new.jsonl", "new.jsonl"], ["--each", "--json", "new.jsonl"]):
        assert CliRunner().invoke(query_command, words).exit_code == click.UsageError.exit_code


def test_an_add_of_what_is_new_leaves_out_what_is_held_and_says_by_what(here: Path) -> None:
    index = here / "old" / "x.index"
    words = ["add", "--new-only", "new.jsonl", "--index", str(index)]
    result = CliRunner().invoke(index_command, words)
    assert result.exit_code == 0
    assert [row[:3] for row in table(result.stdout)] == [
        ("document", "verdict", "source"),
        ("../new.jsonl#a", "identical", "t.jsonl#1"),
        ("../new.jsonl#b", "near-duplicate", "t.jsonl#1"),
        ("../new.jsonl#d", "identical", "../new.jsonl#c"),
        ("../new.jsonl#e", "near-duplicate", "t.jsonl#2"),
    ]
    assert result.stderr.startswith("1 document added, 0 replaced, 0 removed, 4 duplicates left out.\n")
    assert verify(index, HERE).problems == ()
    assert table(CliRunner().invoke(index_command, words).stdout) == [("document", "verdict", "source", "share")]


@pytest.mark.parametrize("batch", [1, 2, 9])
def test_the_size_of_transactions_changes_nothing_of_what_is_added(here: Path, batch: int) -> None:
    listed: list[str] = []
    work = Work(batch=batch, new_only=True, left_out=lambda some: listed.extend(one.name for one in some))
    change = extend(["new.jsonl"], here / "old" / "x.index", HERE, work)
    assert (change.added, change.duplicates) == (1, 4)
    assert listed == [f"../new.jsonl#{name}" for name in "abde"]


def test_rows_that_are_there_stay_and_those_that_have_changed_are_replaced_whatever_holds_them(here: Path) -> None:
    index = Index(here / "old" / "x.index")
    rows(here / "old" / "t.jsonl", {"1": LINE * 2, "2": LINE * 2 + "Nobody minded.", "3": OTHER})
    change = index.add(here / "old" / "t.jsonl", new_only=True)
    assert (change.unchanged, change.replaced, change.added, change.duplicates) == (1, 1, 1, 0)
    assert index.verify().problems == ()
