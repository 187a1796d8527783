"""`compare dedup` of what keepers have: shards with ids that restart, nested fields, an order that decides, damage."""

from __future__ import annotations

import csv
import gzip
import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from compare.cli import main
from compare.cli.dedup import command
from compare.errors import InputError, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
OTHER = "A choir of eighty singers from three villages will open the concert hall in June with a work of its own."


def dedup(out: Path, *arguments: object) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments), "--output", str(out)])


def members(out: Path) -> list[tuple[str, str, str]]:
    with (out / "clusters.csv").open(encoding="utf-8") as file:
        return [(row["id"], row["kept"], row["reason"]) for row in csv.DictReader(file)]


def shards(folder: Path) -> list[Path]:
    """Three shards with ids that restart; the second has the longest text, the last one the earliest date."""
    folder.mkdir()
    rows = [
        [{"id": 1, "text": TEXT}, {"id": 2, "text": OTHER}],
        [{"id": 1, "text": f"{TEXT} It opens in May."}],
        [{"id": 1, "text": TEXT, "date": "2020-01-01"}],
    ]
    paths = [folder / f"{number}.jsonl.gz" for number in range(3)]
    for path, shard in zip(paths, rows, strict=True):
        path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in shard).encode(), mtime=0))
    return paths


def test_ids_that_restart_end_the_run_with_a_way_on_that_works(tmp_path: Path) -> None:
    paths = shards(tmp_path / "in")
    failed = dedup(tmp_path / "out", tmp_path / "in")
    assert isinstance(failed.exception, InputError)
    assert str(failed.exception) == (
        f'duplicate id "1": in {paths[0]}:1 and in {paths[1]}:1; if ids restart in each file, name rows by both: '
        "dedup --ids file; or by file and line: dedup --id ''"
    )
    assert dedup(tmp_path / "out", tmp_path / "in", "--ids", "file").exit_code == 0
    assert [row[:2] for row in members(tmp_path / "out")] == [
        ("1.jsonl.gz#1", "1.jsonl.gz#1"), ("0.jsonl.gz#1", "1.jsonl.gz#1"), ("2.jsonl.gz#1", "1.jsonl.gz#1"),
    ]  # fmt: skip
    kept = {path.name: gzip.decompress(path.read_bytes()).count(b"\n") for path in (tmp_path / "out/kept/in").iterdir()}
    assert kept == {"0.jsonl.gz": 1, "1.jsonl.gz": 1, "2.jsonl.gz": 0}


def test_an_id_that_stands_twice_in_one_file_is_not_sent_to_ids_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"id": 1, "text": "{TEXT}"}}\n' * 2)
    for more in ((), ("--ids", "file")):
        failed = dedup(tmp_path / "out", tmp_path / "a.jsonl", *more)
        assert "--ids file" not in str(failed.exception)
        assert "dedup --id ''" in str(failed.exception)


def test_the_first_of_the_input_stays_in_the_order_of_inputs_and_then_of_rows(tmp_path: Path) -> None:
    first, second = tmp_path / "z.jsonl", tmp_path / "a.jsonl"
    first.write_text("".join(json.dumps({"id": id_, "text": TEXT, "date": "2024-01-01"}) + "\n" for id_ in (9, 5)))
    second.write_text(json.dumps({"id": 1, "text": TEXT, "date": "2020-01-01"}) + "\n")
    for inputs, stays in (([first, second], "9"), ([second, first], "1"), ([tmp_path], "1")):
        out = tmp_path.with_name(f"out{stays}{len(inputs)}")
        assert dedup(out, *inputs, "--keep", "input").exit_code == 0
        assert [row[1] for row in members(out)] == [stays] * 3
        assert members(out)[0][2] == "the first read"


def test_nested_fields_and_several_texts_are_asked_for_by_name(tmp_path: Path) -> None:
    rows = [{"doc": {"id": id_, "head": head, "body": TEXT}} for id_, head in ((1, "One"), (2, "One"), (3, OTHER))]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    texts = ("--id", "doc.id", "--text", "doc.head", "--text", "doc.body")
    assert dedup(tmp_path / "out", tmp_path / "a.json", *texts, "--drop", "identical").exit_code == 0
    assert [row["doc"]["id"] for row in json.loads((tmp_path / "out/kept/a.json").read_text())] == [1, 3]
    twice = dedup(tmp_path / "out", tmp_path / "a.json", "--text", "a", "--text", "a")
    assert str(twice.exception) == "--text names a field twice: a, a"


def test_a_damaged_shard_ends_with_2_and_is_kept_whole(tmp_path: Path) -> None:
    paths = shards(tmp_path / "in")
    damaged = paths[0].read_bytes()[:-12]
    paths[0].write_bytes(damaged)
    failed = dedup(tmp_path / "out", tmp_path / "in", "--ids", "file")
    assert str(failed.exception).startswith(
        f"1 not read, so not compared: {paths[0]}: damaged: the compressed stream is cut off; all is written"
    )
    assert (tmp_path / "out/kept/in/0.jsonl.gz").read_bytes() == damaged
    assert "0.jsonl.gz#1" in [row[0] for row in members(tmp_path / "out")]
    assert dedup(tmp_path / "out", tmp_path / "in", "--ids", "file", "--allow-unread").exit_code == 0


def test_what_is_piped_in_is_an_input_and_is_kept_as_stdin(tmp_path: Path) -> None:
    raw = "".join(json.dumps({"id": id_, "text": TEXT}) + "\n" for id_ in (1, 2)).encode()
    ended = CliRunner().invoke(command, ["-", "--output", str(tmp_path / "out")], input=raw)
    assert (ended.exit_code, ended.stdout.startswith("2 documents: 1 stays, 1 falls")) == (0, True)
    assert (tmp_path / "out/kept/stdin.jsonl").read_bytes() == raw.splitlines(keepends=True)[0]
    broken = CliRunner().invoke(command, ["-", "--output", str(tmp_path / "out")], input=raw + b"{\n")
    assert str(broken.exception).startswith("1 not read, so not compared: -:3: ")
    (tmp_path / "a.jsonl").write_bytes(raw)
    words = [str(tmp_path / "a.jsonl"), "--output", str(tmp_path / "out"), "--against", "-"]
    assert CliRunner().invoke(command, words, input=raw).stdout.startswith("2 documents: 0 stay, 2 fall")
    twice = CliRunner().invoke(command, ["-", "--output", str(tmp_path / "out"), "--against", "-"], input=raw)
    assert str(twice.exception) == "-: is read as input and for --against; name it once"


def test_options_that_do_not_go_together_are_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}) + "\n")
    for words, named in {
        ("--passage-words", "50"): "--passage-words",
        ("--cut-anywhere",): "--cut-anywhere",
        ("--cut", "passages", "--pairs", "all"): "--pairs",
        ("--cut", "passages", "--keep-different-facts"): "--keep-different-facts",
    }.items():
        refused = dedup(tmp_path / "out", tmp_path / "a.jsonl", *words)
        assert isinstance(refused.exception, SettingsError)
        assert str(refused.exception).startswith(f"{named} goes with ")
    assert str(dedup(tmp_path / "out", tmp_path / "a.jsonl", "--keep", "").exception).startswith("--keep is empty; ")
    long = tmp_path / ("a" * 300)
    assert str(dedup(long, tmp_path / "a.jsonl").exception) == f"--output {long}: File name too long; name another"
    lost = dedup(tmp_path / "out", "--against", tmp_path / "a.jsonl", tmp_path / "a.jsonl")
    assert (lost.exit_code, "--against takes all paths up to the next option: put it last." in lost.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_field_for_the_id_that_no_row_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"id": id_, "text": TEXT}) + "\n" for id_ in (1, 2)))
    for words in ((), ("--cut", "passages")):
        refused = dedup(tmp_path / "out", tmp_path / "a.jsonl", "--id", "key", *words)
        there = 'among "id", "text"'
        assert (
            str(refused.exception) == f"--id 'key': no row has that field {there}; --id '' names rows by file and line"
        )
    (tmp_path / "note.txt").write_text(OTHER)
    assert dedup(tmp_path / "out", tmp_path / "a.jsonl", tmp_path / "note.txt", "--id", "key").exit_code == 0


def test_a_policy_that_is_misspelt_is_refused_before_all_is_read_unless_a_field_is_called_so(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"id": 1, "text": TEXT, "newst": 3}) + "\nno row\n")
    for word, told in (
        ("logest", "did you mean longest"),
        ("Input", "did you mean input"),
        ("fist", "did you mean first"),
    ):
        refused = dedup(tmp_path / "out", source, "--keep", word)
        assert isinstance(refused.exception, SettingsError)
        assert told in str(refused.exception)
    absent = dedup(tmp_path / "out", source, "--keep", "score")
    assert 'no document has that field among "id", "text", "newst"; or first' in str(absent.exception)
    assert dedup(tmp_path / "out", source, "--keep", "newst", "--allow-unread").exit_code == 0


def test_a_column_that_is_not_there_is_told_with_those_that_are_and_the_option(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nr;Artikel\n1;A pact.\n")
    (tmp_path / "b.jsonl").write_text('{"key": 1, "boddy": "A pact."}\n{"key": 2}\n')
    (tmp_path / "c.json").write_text('[{"key": 1, "boddy": "A pact."}]')
    for name, text, told in (
        ("a.csv", "text", 'no column "text" in its first line, among "Nr", "Artikel"; name it with --text COLUMN'),
        ("a.csv", "artikel", "did you mean --text Artikel?"),
        ("b.jsonl", "body", 'b.jsonl:1: no text: no field "body" among "key", "boddy"; did you mean --text boddy?'),
        ("c.json", "body", "did you mean --text boddy?"),
    ):
        refused = dedup(tmp_path / "out", tmp_path / name, "--text", text)
        assert told in str(refused.exception)
    asked = CliRunner().invoke(main, ["run", str(tmp_path / "a.csv")])
    assert str(asked.exception).endswith('"Nr", "Artikel"; name it with --fields text=COLUMN')
