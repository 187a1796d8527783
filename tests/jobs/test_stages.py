"""What a job was at, and for how long: apart from its result."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from compare.cli.dedup import command
from compare.jobs.stages import SCHEMA, Stages, heard_by
from compare.settings import Settings
from compare.sources.columns import read_columns
from compare.sources.fields import Fields, Reading
from compare.sources.spans import Span, file_size, parts_of, size_of
from compare.sources.walk import plan

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
STAGES = ["starting", "reading", "candidates", "measuring", "choosing", "writing"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps({"id": number, "text": f"{TEXT} {number // 2}"}) + "\n" for number in range(6)))
    return path


def dedup(*words: object) -> Result:
    return CliRunner().invoke(command, list(map(str, words)))


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_timings_name_every_stage_and_leave_the_result_as_it_is(corpus: Path, tmp_path: Path) -> None:
    assert dedup(corpus, "--output", tmp_path / "without").exit_code == 0
    path = tmp_path / "new" / "timings.json"
    assert dedup(corpus, "--output", tmp_path / "with", "--timings", path).exit_code == 0
    assert all_bytes(tmp_path / "with") == all_bytes(tmp_path / "without")
    timings = json.loads(path.read_bytes())
    assert list(timings) == ["schema", "wall", "cpu", "peak", "stages"]
    assert timings["schema"] == SCHEMA
    assert timings["peak"] > 1 << 20
    assert [stage["stage"] for stage in timings["stages"]] == STAGES
    assert {stage["stage"]: stage["steps"] for stage in timings["stages"]}["reading"] == 6
    for clock in ("wall", "cpu"):
        assert sum(stage[clock] for stage in timings["stages"]) == pytest.approx(timings[clock], abs=0.01)


def test_passages_that_are_cut_have_a_stage_of_their_own(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "timings.json"
    assert dedup(corpus, "--output", tmp_path / "out", "--cut", "passages", "--timings", path).exit_code == 0
    stages = [stage["stage"] for stage in json.loads(path.read_bytes())["stages"]]
    assert stages == ["starting", "reading", "cutting", "writing"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("corpus.jsonl", "lies in the input"),
        ("out/summary.json", "is a place of the result"),
        ("out/kept/t.json", "is a place of the result"),
        ("corpus.jsonl/t.json", "lies in the input"),
        ("folder", "is there and is not a file"),
        ("file/t.json", "cannot be written"),
    ],
)
def test_timings_that_cannot_be_written_are_refused_before_the_work(
    place: str, reason: str, corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    ended = dedup(corpus, "--output", tmp_path / "out", "--timings", tmp_path / place)
    assert reason in str(ended.exception)
    assert "\n" not in str(ended.exception)
    assert not (tmp_path / "out").exists()


def test_a_run_that_fails_leaves_the_timings_of_the_one_before(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "timings.json"
    path.write_text("before")
    ended = dedup(corpus, "--output", tmp_path / "out", "--keep", "nowhere", "--timings", path)
    assert ended.exception is not None
    assert path.read_text() == "before"


def test_a_stage_that_comes_back_is_one() -> None:
    shown: list[tuple[str, int, int]] = []
    stages = Stages(lambda *words: shown.append(words))
    for stage, steps in (("reading", 2), ("reading", 3), ("measuring", 7), ("reading", 1)):
        stages(stage, steps, 10)
    timings = stages.timings()
    assert [(stage.stage, stage.steps) for stage in timings.stages] == [
        ("starting", 0),
        ("reading", 6),
        ("measuring", 7),
    ]
    assert shown[0] == ("reading", 2, 10)
    assert len(shown) == 4


def test_what_is_measured_again_to_choose_is_choice() -> None:
    stages = Stages()
    heard = heard_by(stages)
    for stage in ("sketch", "fingerprints", "fingerprints-met", "buckets", "measure", "choose", "buckets", "measure"):
        heard(stage, 1, 0)
    stages("writing")
    steps = {stage.stage: stage.steps for stage in stages.timings().stages}
    assert steps == {"starting": 0, "reading": 1, "candidates": 3, "measuring": 1, "choosing": 1, "writing": 0}


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_every_engine_names_its_stages(engine: str, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "timings.json"
    words = ("--timings", path, "--workers", 2, "--set", f"engine={engine}")
    assert dedup(corpus, "--output", tmp_path / "out", *words).exit_code == 0
    stages = json.loads(path.read_bytes())["stages"]
    assert {stage["stage"]: stage["steps"] for stage in stages if stage["steps"]} == {"reading": 6, "measuring": 3}
    assert [stage["stage"] for stage in stages] == STAGES


def test_all_bytes_of_the_inputs_go_by(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(corpus.read_bytes()))
    (tmp_path / "table.csv").write_text(f"id,text\na,{TEXT}\n")
    (tmp_path / "article.txt").write_text(TEXT)
    (tmp_path / "empty.jsonl").touch()
    reading, work = Reading(Settings(), Fields(by_file=True), digest=False), plan([tmp_path])
    (spans,) = parts_of(work, reading)
    sizes = [part.size for part in read_columns(spans, reading).columns]
    assert sum(sizes) == size_of(work) == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert min(sizes) >= 0
    (lines,) = (span.file for span in spans if span.file.id == "corpus.jsonl")
    first = corpus.read_bytes().index(b"\n") + 1
    halves = Span(lines, 0, first), Span(lines, first)
    sizes = [sum(part.size for part in read_columns([half], reading).columns) for half in halves]
    assert sizes == [first, file_size(lines) - first]
