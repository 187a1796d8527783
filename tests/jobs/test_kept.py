"""What stays, written in parts: the bytes of one process, whoever writes them, killed or not."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import on_spark
import pytest

from compare.errors import InputError
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.jobs.work import Lasting
from compare.pipeline.engines.processes import CAN_FORK
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.spans import parts_of
from compare.sources.walk import plan

if TYPE_CHECKING:
    from pathlib import Path


def text(number: int) -> str:
    """The same for three numbers each."""
    return " ".join(f"{word}{number // 3}" for word in ("council", "vote", "bridge", "river", "harbour", "school") * 4)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Of every three texts two fall: in a file of several parts, in files that have no places, and in articles."""
    monkeypatch.setattr("compare.sources.spans.PART", 1500)
    monkeypatch.setattr("compare.sources.spans.FILE", 0)
    lines = [json.dumps({"id": str(number), "text": text(number)}) + "\n" for number in range(60)]
    lines[20] = '{"id": "empty", "text": ""}\n' + lines[20]
    (tmp_path / "in/articles").mkdir(parents=True)
    (tmp_path / "in/a.jsonl").write_text("".join(lines[:40]).rstrip("\n"), "utf-8")
    (tmp_path / "in/b.jsonl").write_text("".join(lines[40:46]), "utf-8")
    (tmp_path / "in/c.jsonl.gz").write_bytes(gzip.compress("".join([*lines[46:], "broken\n"]).encode(), mtime=7))
    table = "id,text\r\n" + "".join(f'{number},"{text(number)}"\r\n' for number in range(100, 112))
    (tmp_path / "in/d.csv").write_text(table, "utf-8", newline="")
    for number in range(200, 206):
        (tmp_path / f"in/articles/{number}.txt").write_text(text(number), "utf-8")
    (tmp_path / "in/articles/none.md").write_text("", "utf-8")
    parts = parts_of(plan([tmp_path / "in"]), Reading(Settings(), Fields(), digest=False))
    assert sum(not span.is_whole for part in parts for span in part) > 3
    return Corpus((str(tmp_path / "in"),), tmp_path / "out", workers=1)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fallen(output: Path) -> set[str]:
    rows = [row.split(",") for row in (output / "clusters.csv").read_text("utf-8").splitlines()[1:]]
    return {row[1] for row in rows if row[1] != row[2]}


ENGINES = [("memory", 1), ("disk", 1), ("disk", 2), *(("spark", 2) for _ in on_spark.ENGINE)]


@pytest.mark.parametrize(("engine", "workers"), ENGINES)
def test_whoever_writes_it_what_stays_is_the_input_without_what_falls(
    corpus: Corpus, tmp_path: Path, engine: str, workers: int
) -> None:
    (tmp_path / "out/kept/in/articles").mkdir(parents=True)
    (tmp_path / "out/kept/in/articles/202.txt").write_text(text(202), "utf-8")  # what an earlier run copied, and falls
    (tmp_path / "out/kept/in/articles/203.txt").write_text("Mine.", "utf-8")  # falls, too, and is another text
    if engine == "spark":
        on_spark.context()
    summary = deduplicate_paths(replace(corpus, workers=workers), Settings(engine=engine))
    gone = fallen(corpus.output)
    assert len(gone) > 40
    reading = Reading(Settings(), Fields(), digest=False)
    files, uncompared = write_kept(corpus.inputs, lambda id_: id_ not in gone, tmp_path / "plain", reading)
    kept, expected = tree(corpus.output / "kept"), tree(tmp_path / "plain")
    assert kept == expected | {"in/articles/203.txt": b"Mine."}
    assert len(files) == len(expected) > 5
    assert (summary.uncompared, summary.left_over) == (uncompared, 1) == (3, 1)
    assert not [path for path in corpus.output.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(not CAN_FORK, reason="parts are made by one process here")
def test_a_run_that_is_given_again_writes_all_of_it_again(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lasting = Lasting(tmp_path / "work")
    deduplicate_paths(corpus, Settings(), lasting=lasting)
    first = tree(corpus.output)
    shutil.rmtree(corpus.output)
    with monkeypatch.context() as killed:
        killed.setattr("compare.jobs.kept._gathered", None)  # as if it ended once all pieces were there
        with pytest.raises(TypeError):
            deduplicate_paths(corpus, Settings(), lasting=lasting)
    (stage,) = (path for path in (tmp_path / "work").iterdir() if path.name.endswith("-measure"))
    shutil.copytree(stage, stage.with_name(f"{int(stage.name[:3]) + 1:03}-keep.5"))  # what a killed one leaves
    deduplicate_paths(corpus, Settings(), lasting=lasting)
    assert tree(corpus.output) == first
    assert not [path for path in (tmp_path / "work").iterdir() if "keep" in path.name]


def test_a_file_written_to_while_its_duplicates_were_found_is_refused(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(*_: object) -> bool:
        with (tmp_path / "in/a.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n")
        return True

    monkeypatch.setattr("compare.jobs.inputs.Inputs.check_unchanged", later)  # unseen by the first look
    for engine in ("memory", "disk"):
        with pytest.raises(InputError, match=r"a\.jsonl: was changed while it was read; run it again"):
            deduplicate_paths(corpus, Settings(engine=engine))
        assert not [path for path in corpus.output.rglob("*") if path.is_file()]
