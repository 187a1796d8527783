"""`dedup --plan`: what a run would take, from a sample, with nothing written."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from compare.cli.dedup import command
from compare.jobs.dedup import Corpus
from compare.jobs.forecast import FASTEST, SLOWEST, ending, planned, speed
from compare.settings import Settings

if TYPE_CHECKING:
    from click.testing import Result

    from compare.pipeline.forecast import Planned

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = "".join(json.dumps({"id": f"{number}", "text": f"{TEXT} {number}"}) + "\n" for number in range(300))
    (folder / "a.jsonl").write_text(rows)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    (folder / "c.txt").write_text(TEXT)
    (folder / "d.png").write_bytes(b"\x89PNG")
    return folder


def dedup(*words: object) -> Result:
    return CliRunner().invoke(command, list(map(str, words)))


def of(*inputs: object, against: tuple[str, ...] = ()) -> Planned:
    return planned(Corpus(tuple(map(str, inputs)), Path("out"), workers=1, against=against), Settings())


def test_a_plan_is_printed_and_nothing_is_written(corpus: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    ended = dedup(corpus, "--plan", "--output", tmp_path / "out", "--workers", 1)
    assert ended.exit_code == 0
    size = sum((corpus / name).stat().st_size for name in ("a.jsonl", "b.jsonl.gz", "c.txt"))
    lines = ended.stdout.splitlines()
    assert lines[0].startswith(
        f"601 documents of 22 words: {float(f'{size / 1000:.2g}'):g} kB in 3 files (1 .jsonl, 1 .jsonl.gz, 1 .txt)"
    )
    assert lines[1] == "All of it was read for this. In 1 other file no document was seen."
    assert [line.split("  ")[1] for line in lines[3:8]] == [
        "CPU time",
        "wall time",
        "memory",
        f"disk, {tempfile.gettempdir()}",
        f"disk, {tmp_path}/out",
    ]
    assert lines[-1] == "Nothing was written."
    assert sorted(tmp_path.rglob("*")) == before


def test_two_plans_are_the_same_but_for_times(corpus: Path) -> None:
    plans = [re.sub(r"(?m)time  .*|[\d.]+ .B are free", "", dedup(corpus, "--plan").stdout) for _ in range(2)]
    assert plans[0] == plans[1]
    assert "memory" in plans[0]


def test_what_it_is_held_against_counts_and_is_not_kept(corpus: Path) -> None:
    alone, beside = of(corpus / "c.txt"), of(corpus / "c.txt", against=(str(corpus / "a.jsonl"),))
    assert (alone.forecast.documents, beside.forecast.documents) == (1, 301)
    assert beside.output.needed < (corpus / "a.jsonl").stat().st_size


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["-", "--plan"], "-: what is piped in cannot be planned; write it to a file and name that"),
        (["d.png", "--plan"], "d.png"),
        ([".", "--plan", "--output", "out"], "lies inside the input"),
        (["none.jsonl", "--plan"], "no such file or folder"),
        (["a.jsonl", "--plan", "--cut", "passages"], "ask for it without --cut"),
        (["a.jsonl", "--plan", "--timings", "t.json"], "ask for it without --timings"),
    ],
)
def test_what_cannot_be_planned_is_one_line(
    words: list[str], reason: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus)
    ended = dedup(*words)
    assert reason in str(ended.exception)
    assert "\n" not in str(ended.exception)


def test_an_output_is_asked_for_without_a_plan(corpus: Path) -> None:
    ended = dedup(corpus)
    assert ended.exit_code == 2
    assert ended.stderr.endswith("Error: Missing option '--output'.\n")


@pytest.mark.parametrize("texts", [["a"], [TEXT] * 3, [""] * 10])
def test_a_machine_has_some_speed_whatever_the_sample(texts: list[str]) -> None:
    assert FASTEST <= speed(texts, Settings()) <= SLOWEST


def test_a_name_that_ends_twice_is_one_format() -> None:
    assert ending("a/b.tar.jsonl.zst") == (".jsonl", ".zst")
