"""What the jobs take, refuse and hand out."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path
from typing import Any

import pytest

import compare
from compare.errors import InputError, SettingsError
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.settings import Settings
from compare.vocabulary import COUNTS, SHARES

SEEDS = Path(__file__).parents[2] / "seeds"


def test_a_duplicate_id_is_found_in_no_time_wherever_it_stands() -> None:
    documents = [compare.Document(str(number), "x") for number in [*range(50_000), 49_999]]
    begin = time.process_time()
    with pytest.raises(InputError, match="'49999'"):
        compare.deduplicate(documents)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("wrong", [5, None, b"bytes"])
def test_what_is_no_text_is_refused_by_its_type(wrong: Any) -> None:  # noqa: ANN401  # any type at all
    with pytest.raises(TypeError, match=type(wrong).__name__):
        compare.pair(wrong, "a")
    with pytest.raises(TypeError, match=type(wrong).__name__):
        compare.deduplicate([wrong])


def test_one_text_is_not_taken_for_a_list_of_letters() -> None:
    with pytest.raises(TypeError, match="list"):
        compare.deduplicate("hello hello")


@pytest.mark.parametrize("changes", [{"shingle": 2.5}, {"shingle": "5"}, {"contained": "x"}, {"seed": 1 << 40}])
def test_a_setting_of_another_type_or_size_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="must be"):
        Settings(**changes)


def test_every_twin_is_among_the_holders_of_a_repeated_passage(tmp_path: Path) -> None:
    (notice,) = deduplicate_paths(Corpus((str(SEEDS),), tmp_path / "out"), Settings()).repeated
    held = {path.name for path in SEEDS.iterdir() if "Northshore Press Pool agreement" in path.read_text("utf-8")}
    assert set(notice.holders) == held - {"expected.toml"}
    assert {"harbour-archive.txt", "harbour-daily.md"} <= held  # of one text but for case and white space
    assert notice.holders == tuple(sorted(notice.holders))


def test_each_number_of_the_table_of_pairs_stands_under_its_name(tmp_path: Path) -> None:
    deduplicate_paths(Corpus((str(SEEDS),), tmp_path / "out"), Settings())
    with (tmp_path / "out" / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    compared = {(pair.a, pair.b): pair for pair in compare.run(SEEDS).comparisons}
    assert rows
    for row in rows:
        pair = compared[row["a"], row["b"]]
        numbers = {column: value for column, value in row.items() if column in {*SHARES, *COUNTS}}
        assert set(row) - set(numbers) == {"a", "b", "verdict"}
        assert numbers == {
            column: repr(round(getattr(pair, column), 6)) if column in SHARES else str(getattr(pair, column))
            for column in numbers
        }


def test_ids_like_formulas_stand_in_the_data_byte_for_byte(tmp_path: Path) -> None:
    ids = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "007", "a,b", '"', "a;=1"]
    text = " ".join(f"word{number}" for number in range(40))
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"id": one, "text": text}) + "\n" for one in ids), "utf-8")
    deduplicate_paths(Corpus((str(tmp_path / "in.jsonl"),), tmp_path / "out"), Settings())
    for name, columns in (("pairs.csv", (0, 1)), ("clusters.csv", (1, 2))):
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file, strict=True)
        assert {one for row in rows for one in map(row.__getitem__, columns)} == set(ids), name
