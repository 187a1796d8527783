"""`compare leaks` as the keeper of a test set uses it."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from compare.cli import main
from compare.errors import InputError, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
OTHER = "A choir of eighty singers from three villages will open the concert hall in June with a work of its own."


def leaks(*words: object) -> Result:
    return CliRunner().invoke(main, ["leaks", *map(str, words)])


def table(path: Path, rows: list[tuple[object, str]], text: str = "text") -> Path:
    path.write_text("".join(json.dumps({"id": name, text: value}) + "\n" for name, value in rows), "utf-8")
    return path


def test_each_item_comes_with_its_share_its_longest_passage_and_where_that_stands(tmp_path: Path) -> None:
    train = table(tmp_path / "train.jsonl", [(1, OTHER), (1, f"It is said: “{TEXT.upper()}” Or so."), (2, TEXT)])
    test = table(
        tmp_path / "test.jsonl", [("q", f"Who voted? {TEXT}"), ("r", "Of nobody."), ("s", TEXT[:30])], "question"
    )
    out = tmp_path / "out.csv"
    ended = leaks(train, test, "--test-text", "question", "--output", out)
    assert ended.exit_code == 1
    assert ended.output.startswith("1 of 3 items is contaminated by 3 documents.\n\n  q (")
    assert "91 % of 23 words, 21 in a row, in 1 (" in ended.output
    assert "Too short to be looked for, with fewer than 8 words: 2 items." in ended.output
    with out.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file, strict=True)
    assert (row["id"], row["place"], row["train"], row["train_place"]) == ("q", f"{test}:1", "1", f"{train}:2")
    assert (row["start"], row["stop"], row["documents"]) == ("11", str(10 + len(TEXT)), "2")
    assert (row["train_start"], row["train_stop"]) == ("13", str(12 + len(TEXT)))
    assert leaks(train, test, "--test-text", "question", "--share", ".95").exit_code == 0
    assert leaks(train, test, "--test-text", "question", "--output", tmp_path / "out.json").exit_code == 1
    record = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (record["schema"], record["items"], record["too_short"]) == ("compare-leaks/1", 3, 2)
    assert record["leaked"][0] == {name: type(record["leaked"][0][name])(value) for name, value in row.items()}


def test_a_clean_test_set_ends_with_0_and_several_are_named_one_by_one(tmp_path: Path) -> None:
    train = table(tmp_path / "train.jsonl", [(1, OTHER)])
    first, second = (table(tmp_path / f"{name}.jsonl", [(1, text)]) for name, text in (("a", TEXT), ("b", OTHER[:40])))
    clean = leaks(train, "--test", first, second)
    assert (clean.exit_code, clean.output[:49]) == (0, "None of 2 items is contaminated by 1 document.\n\nL")
    assert leaks("--words", "5", train, f"--test={first}", second).exit_code == 1
    assert leaks("--test", first, train).exit_code == 2  # nothing is trained on: no path is taken for what it is not


def test_what_could_not_be_read_ends_with_2_unless_that_is_allowed(tmp_path: Path) -> None:
    train = table(tmp_path / "train.jsonl", [(1, OTHER)])
    train.write_text(train.read_text("utf-8") + "not JSON\n", "utf-8")
    test = table(tmp_path / "test.jsonl", [(1, TEXT)])
    ended = leaks(train, test)
    assert isinstance(ended.exception, InputError)
    assert str(ended.exception).startswith("1 not read, so not compared: ")
    assert leaks(train, test, "--allow-unread").exit_code == 0


def test_one_side_alone_one_file_on_both_and_an_output_of_no_format_are_refused(tmp_path: Path) -> None:
    train, test = table(tmp_path / "a.jsonl", [(1, TEXT)]), table(tmp_path / "b.csv", [(1, TEXT)])
    for words, kind, line in (
        ((train,), SettingsError, "one path is not enough"),
        ((tmp_path, train), InputError, "in the train set and in the test set"),
        ((train, tmp_path / "b.csv", "--output", "x.txt"), SettingsError, "must end with"),
        ((train, test, "--output", test), InputError, "is read as input"),
    ):
        ended = leaks(*words)
        assert isinstance(ended.exception, kind), words
        assert line in str(ended.exception)


def test_either_side_may_be_piped_in(tmp_path: Path) -> None:
    path = table(tmp_path / "t.jsonl", [("q", TEXT)])
    for words, where in (((path, "-"), f"q (-:1): 100 % of 21 words, 21 in a row, in q ({path}:1, "),
                         (("-", path), f"q ({path}:1): 100 % of 21 words, 21 in a row, in q (-:1, ")):  # fmt: skip
        ended = CliRunner().invoke(main, ["leaks", *map(str, words)], input=path.read_bytes())
        assert (ended.exit_code, where in ended.output) == (1, True)


def test_an_empty_side_says_what_is_wrong_with_it_and_not_with_the_other(tmp_path: Path) -> None:
    (tmp_path / "test").mkdir()
    (tmp_path / "test/a.png").write_text("no article")
    table(tmp_path / "test/t.jsonl", [("q", TEXT)])
    (empty := tmp_path / "empty.jsonl").write_text("")
    assert str(leaks(empty, tmp_path / "test").exception) == f"nothing to read in {empty}: {empty}: empty"
    wrong = leaks(empty, tmp_path / "test", "--test-text", "key").exception
    assert str(wrong).startswith(f"nothing to read in {tmp_path}/test: {tmp_path}/test/t.jsonl:1: no text: ")
