"""`compare dedup --cut passages`, with what it writes."""

from __future__ import annotations

import csv
import gzip
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from compare.cli import main
from compare.errors import InputError, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
MORE = f"{TEXT} A choir of eighty singers from three villages will open the hall in June with a work of its own."
NEW = "Rain fell for nine days &amp; nights."


def cut(*words: object) -> Result:
    return CliRunner().invoke(main, ["dedup", *map(str, words), "--cut", "passages", "--passage-words", "15"])


def test_rows_lose_what_stands_before_and_nothing_else(tmp_path: Path) -> None:
    lines = [
        json.dumps({"note": [1, {"text": TEXT}], "id": 2, "text": f"{NEW} {TEXT}\n\nThe end is — well — near."}),
        json.dumps({"id": 1, "text": MORE}), "not JSON", "", json.dumps({"id": 3, "text": TEXT.upper()}),
        json.dumps({"id": 4, "text": None}),
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    ended = cut(tmp_path / "a.jsonl", "--output", tmp_path / "out", "--allow-unread")
    assert ended.exit_code == 0
    assert ended.output.startswith("3 documents: 2 pieces cut out of 2, 42 of ")
    assert "of 1 nothing is left, and it falls." in ended.output
    first = json.dumps({"note": [1, {"text": TEXT}], "id": 2, "text": f"{NEW}\n\nThe end is — well — near."})
    wanted = b"\xef\xbb\xbf" + "\r\n".join([first, *lines[1:4], lines[5]]).encode()
    assert (tmp_path / "out/kept/a.jsonl").read_bytes() == wanted
    with (tmp_path / "out/cuts.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file, strict=True)]
    assert rows == [
        ("2", str(len(NEW)), str(len(NEW) + 1 + len(TEXT)), "21", "1", "0", str(len(TEXT) - 1), "12"),
        ("3", "0", str(len(TEXT)), "21", "1", "0", str(len(TEXT) - 1), "0"),
    ]
    record = json.loads((tmp_path / "out/summary.json").read_text("utf-8"))
    numbers = [record[name] for name in ("schema", "documents", "kept", "cuts", "cut_words", "unread", "passage_words")]
    assert numbers == ["compare-cut/1", 3, 2, 2, 42, 1, 15]
    refused = cut(tmp_path / "a.jsonl", "--output", tmp_path / "out")
    assert isinstance(refused.exception, InputError)


def test_a_compressed_table_with_nested_texts_comes_back_as_one(tmp_path: Path) -> None:
    rows = [json.dumps({"id": name, "meta": {"text": text}}) + "\n" for name, text in ((1, MORE), (2, f"{NEW} {TEXT}"))]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("".join(rows).encode()))
    assert cut(tmp_path / "a.jsonl.gz", "--output", tmp_path / "out", "--text", "meta.text").exit_code == 0
    left = gzip.decompress((tmp_path / "out/kept/a.jsonl.gz").read_bytes()).decode()
    assert left == rows[0] + json.dumps({"id": 2, "meta": {"text": NEW}}) + "\n"
    assert isinstance(
        cut(tmp_path / "a.jsonl.gz", "--output", tmp_path / "o", "--text", "a", "--text", "b").exception, SettingsError
    )
    (tmp_path / "d.jsonl.gz").write_bytes((tmp_path / "a.jsonl.gz").read_bytes()[:-9])
    damaged = cut(tmp_path / "d.jsonl.gz", "--output", tmp_path / "o", "--text", "meta.text", "--allow-unread")
    assert damaged.exit_code == 0
    assert (tmp_path / "o/kept/d.jsonl.gz").read_bytes() == (tmp_path / "d.jsonl.gz").read_bytes()


def test_one_way_to_clean_leaves_no_file_of_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": 1, "text": MORE}), "utf-8")
    assert (
        CliRunner().invoke(main, ["dedup", str(tmp_path / "a.jsonl"), "--output", str(tmp_path / "out")]).exit_code == 0
    )
    assert cut(tmp_path / "a.jsonl", "--output", tmp_path / "out").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["cuts.csv", "kept", "summary.json"]
    assert (
        CliRunner().invoke(main, ["dedup", str(tmp_path / "a.jsonl"), "--output", str(tmp_path / "out")]).exit_code == 0
    )
    assert not (tmp_path / "out/cuts.csv").exists()


def test_an_array_stays_one(tmp_path: Path) -> None:
    rows = [json.dumps({"id": number, "text": text}) for number, text in enumerate([TEXT, MORE, f"{NEW} {TEXT}"])]
    (tmp_path / "a.json").write_bytes(f"[{', '.join(rows)}]\n".encode("utf-16"))
    assert cut(tmp_path / "a.json", "--output", tmp_path / "out").exit_code == 0
    left = json.loads((tmp_path / "out/kept/a.json").read_text("utf-16"))
    assert left == [{"id": 1, "text": MORE}, {"id": 2, "text": NEW}]


@pytest.mark.parametrize("words", [["--against", "b.jsonl"], ["--facts"], ["--drop", "identical"]])
def test_what_goes_with_documents_that_fall_is_refused(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": 1, "text": MORE}), "utf-8")
    ended = cut(tmp_path / "a.jsonl", "--output", tmp_path / "out", *words)
    assert isinstance(ended.exception, SettingsError)
    assert str(ended.exception).startswith(f"{words[0]} goes with documents that fall")


@pytest.mark.parametrize(("name", "content"), [("a.csv", f"id,text\n1,{TEXT}\n"), ("a.txt", TEXT)])
def test_what_is_no_json_lines_is_refused_in_a_line(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    ended = cut(tmp_path / name, "--output", tmp_path / "out")
    assert isinstance(ended.exception, SettingsError)
    assert str(ended.exception).endswith("is something else; convert it")
    assert not (tmp_path / "out").exists()
