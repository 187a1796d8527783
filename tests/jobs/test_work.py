"""Large corpora: in parts, by several processes, killed and gone on with; always the same bytes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner

from compare.cli import main
from compare.errors import InputError
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.jobs.inputs import Inputs
from compare.jobs.work import Lasting
from compare.pipeline.deduplicate import Keeping
from compare.pipeline.engines.base import Portion
from compare.pipeline.engines.disk import PortionDone
from compare.pipeline.engines.processes import CAN_FORK
from compare.settings import Settings
from compare.vocabulary import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from compare.pipeline.collection import Batch
    from compare.pipeline.engines.base import Out

WORDS = ["river", "bridge", "council", "vote", "winter", "harbour", "school", "choir", "budget", "storm", "mayor"]
SMALL = {"engine": "disk", "memory": 8192}
"""Two kilobytes a part: each step has several."""


def rows(count: int = 30) -> list[dict[str, str]]:
    chance = random.Random(3)
    texts = [" ".join(f"{word}{chance.randrange(40)}" for word in chance.choices(WORDS, k=60)) for _ in range(count)]
    for place in range(0, count, 2):
        texts[place] = texts[chance.randrange(count)] + " and so on"
    return [{"id": str(place), "text": text, "date": f"2024-01-{place + 1:02}"} for place, text in enumerate(texts)]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setattr("compare.sources.spans.PART", 4000)
    monkeypatch.setattr("compare.sources.spans.FILE", 0)
    lines = [json.dumps(row) + "\n" for row in rows()]
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").write_text("".join(lines[:22]), "utf-8")
    (tmp_path / "in/b.jsonl").write_text("".join(lines[22:]) + "not a row\n", "utf-8")
    (tmp_path / "in/c.csv").write_text("id,text\nc,A table of another kind with a single row in it.\n", "utf-8")
    return Corpus((str(tmp_path / "in"),), tmp_path / "out", workers=1)


def written(corpus: Corpus, **changes: Any) -> dict[str, bytes]:  # noqa: ANN401  # values of settings
    """What a run writes, by the name of the file; it is gone then."""
    lasting = changes.pop("lasting", None)
    workers = changes.pop("workers", 1)
    asked = Corpus(corpus.inputs, corpus.output, corpus.fields, corpus.keeping, workers, corpus.against)
    deduplicate_paths(asked, Settings(**changes), lasting=lasting)
    files = {str(path.relative_to(corpus.output)): path.read_bytes() for path in corpus.output.rglob("*.*")}
    shutil.rmtree(corpus.output)
    return files


@pytest.mark.parametrize("keeping", [Keeping(), Keeping(derived=True, facts=True)])
def test_an_engine_changes_no_byte(corpus: Corpus, keeping: Keeping) -> None:
    corpus = Corpus(corpus.inputs, corpus.output, keeping=keeping)
    first = written(corpus, engine="memory")
    assert b"near-duplicate" in first["pairs.csv"]
    assert first["pairs.csv"].count(b"\n") > 5
    for changes in ({"engine": "disk"}, {"engine": "disk", "workers": 2}, {**SMALL, "workers": 2}, {"memory": 65536}):
        assert written(corpus, **changes) == first


def test_against_others_an_engine_changes_no_byte(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text(json.dumps(rows()[7]) + "\n", "utf-8")
    corpus = Corpus(corpus.inputs, corpus.output, against=(str(tmp_path / "other.jsonl"),))
    first = written(corpus, engine="memory")
    assert b"\n7,7," in first["against.csv"]
    assert written(corpus, **SMALL, workers=2) == first


KILLED = [
    "compare.pipeline.collection.append_strings", "compare.pipeline.relations.meeting._put_groups",
    "compare.pipeline.relations.meeting._send_later", "compare.pipeline.pairs.verdicts", "compare.jobs.kept.write_span",
]  # fmt: skip
"""What is called inside the parts of each step."""


@pytest.mark.skipif(not CAN_FORK, reason="parts are made by one process here")
@pytest.mark.parametrize("name", KILLED)
def test_a_process_killed_inside_a_step_changes_no_byte(
    corpus: Corpus, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(corpus, engine="memory")
    room, _, function = name.rpartition(".")
    verb: Callable[..., Any] = getattr(__import__(room, fromlist=[function]), function)
    parent = os.getpid()

    def killed(*given: Any, **named: Any) -> Any:  # noqa: ANN401  # as it is called
        if os.getpid() != parent:
            (tmp_path / "killed").mkdir(exist_ok=True)
            if len(list((tmp_path / "killed").iterdir())) < 2:
                (tmp_path / f"killed/{os.getpid()}").touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return verb(*given, **named)

    monkeypatch.setattr(name, killed)
    assert written(corpus, **SMALL, workers=2) == first
    assert list((tmp_path / "killed").iterdir())


@pytest.mark.parametrize("stages", [1, 3, 6])
def test_what_was_done_is_not_done_again(
    corpus: Corpus, tmp_path: Path, stages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, lasting = written(corpus, engine="memory"), Lasting(tmp_path / "work")
    assert written(corpus, **SMALL, lasting=lasting) == first
    for folder in sorted((tmp_path / "work").glob("[0-9]*"))[stages:]:
        shutil.rmtree(folder)
    shutil.rmtree(tmp_path / "work/000-sketch/00002")
    calls: list[int] = []
    note_reads(monkeypatch, calls)
    assert written(corpus, **SMALL, lasting=lasting) == first
    assert len(calls) == 1


def note_reads(monkeypatch: pytest.MonkeyPatch, calls: list[int]) -> None:
    """Note the parts of the inputs that are read."""
    from compare.jobs.inputs import Inputs  # noqa: PLC0415  # what is replaced

    verb = Inputs.batches
    monkeypatch.setattr(Inputs, "batches", lambda inputs, part, out: calls.append(part) or verb(inputs, part, out))


def test_parts_of_steps_by_a_scheduler_are_the_whole(corpus: Corpus, tmp_path: Path) -> None:
    first, folder = written(corpus, engine="memory"), tmp_path / "work"
    made = dict.fromkeys(STEPS, 0)
    for place, step in enumerate(STEPS):
        later = frozenset(STEPS[place + 1 :])
        for number in (2, 1):
            with pytest.raises(PortionDone) as done:
                written(corpus, **SMALL, lasting=Lasting(folder, Portion(step, number, 2, later)))
            made[step] += done.value.made
    assert not corpus.output.exists()
    assert min(made[step] for step in ("sketch", "fingerprints", "fingerprints-met-sent")) > 1
    assert written(corpus, **SMALL, lasting=Lasting(folder)) == first


def test_a_part_before_its_time_says_what_is_missing(corpus: Corpus, tmp_path: Path) -> None:
    lasting = Lasting(tmp_path / "work", Portion("measure", 1, 2))
    with pytest.raises(InputError, match=r"step sketch: [0-9]+ of [0-9]+ parts are missing; make these first"):
        written(corpus, **SMALL, lasting=lasting)


def test_a_work_of_something_else_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    lasting = Lasting(tmp_path / "work")
    written(corpus, **SMALL, lasting=lasting)
    with pytest.raises(InputError, match=r"work was begun with other settings: shingle was 5, is 6; give what it"):
        written(corpus, **SMALL, shingle=6, lasting=lasting)
    kept_longest = Corpus(corpus.inputs, corpus.output, keeping=Keeping("longest"))
    with pytest.raises(InputError, match=r"begun with other keeping: keep was first, is longest"):
        written(kept_longest, **SMALL, lasting=lasting)
    (tmp_path / "in/d.txt").write_text("One more text.", "utf-8")
    with pytest.raises(InputError, match=r"begun with other inputs: 3 files of \d+ bytes, now 4 files of \d+ bytes"):
        written(corpus, **SMALL, lasting=lasting)
    (tmp_path / "in/d.txt").unlink()
    os.utime(tmp_path / "in/a.jsonl", (1, 1))
    with pytest.raises(InputError, match=r"inputs: 3 files of (\d+) bytes, now 3 files of \1 bytes, or written since"):
        written(corpus, **SMALL, lasting=lasting)
    (tmp_path / "work/work.json").write_bytes(b"[" * 100_000)
    with pytest.raises(InputError, match=r"work.json cannot be read; remove the folder"):
        written(corpus, **SMALL, lasting=lasting)
    for hostile in (b"[]", b'"x"', b'{"settings": 7}', b'{"inputs": []}'):
        (tmp_path / "work/work.json").write_bytes(hostile)
        with pytest.raises(InputError, match=r"work was begun with other "):
            written(corpus, **SMALL, lasting=lasting)
    (tmp_path / "killed/own").mkdir(parents=True)
    with pytest.raises(InputError, match=r"is not empty, and holds no work of compare"):
        written(corpus, **SMALL, lasting=Lasting(tmp_path / "killed"))


def test_columns_that_do_not_fit_together_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    lasting = Lasting(tmp_path / "work")
    written(corpus, **SMALL, lasting=lasting)
    part = tmp_path / "work/000-sketch/00001"
    record = json.loads((part / "part.json").read_bytes())
    for name, values in (("tokens.lengths", -1), ("tokens.lengths", 1 << 40), ("ids.lengths", 7)):
        type_name, length = record["columns"][name]
        old = (part / f"{name}.{type_name}").read_bytes()
        (part / f"{name}.{type_name}").write_bytes(
            values.to_bytes(8, "little", signed=True)[: len(old) // length] * length
        )
        with pytest.raises(InputError, match="does not fit together; remove its folder"):
            written(corpus, **SMALL, lasting=lasting)
        (part / f"{name}.{type_name}").write_bytes(old)


@pytest.mark.parametrize("name", ["a.jsonl", "c.csv"])
@pytest.mark.parametrize("when", [0, 2])
def test_what_is_written_to_meanwhile_is_refused(
    corpus: Corpus, tmp_path: Path, name: str, when: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    verb, path = Inputs.batches, tmp_path / "in" / name

    def batches(inputs: Inputs, part: int, out: Out) -> Iterator[Batch]:
        if part == when:  # before or after it is read
            path.write_bytes(path.read_bytes() + b'{"id": "late", "text": "late"}')
        return verb(inputs, part, out)

    monkeypatch.setattr(Inputs, "batches", batches)
    with pytest.raises(InputError, match=rf"{name}: was changed while it was read; run it again"):
        written(corpus, **SMALL)
    assert not list(corpus.output.rglob("*"))


@pytest.mark.parametrize("place", ["in", "in/work", ".", "out", "out/kept", "out/kept/work"])
def test_a_work_among_inputs_or_results_is_refused(corpus: Corpus, tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match=r"--work .*: one lies in the other; name another"):
        written(corpus, **SMALL, lasting=Lasting(tmp_path / place))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.jsonl", "b.jsonl", "c.csv", "in"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without FIFOs")
@pytest.mark.parametrize("name", ["work.json", "000-sketch/00001/part.json", "000-sketch/00001/tokens.uint32"])
def test_nobody_waits_for_what_is_no_file_of_a_work(corpus: Corpus, tmp_path: Path, name: str) -> None:
    lasting = Lasting(tmp_path / "work")
    with pytest.raises(PortionDone):
        written(corpus, **SMALL, lasting=Lasting(lasting.folder, Portion("sketch", 1, 1)))
    (tmp_path / "work" / name).unlink()
    os.mkfifo(tmp_path / "work" / name)
    with pytest.raises(InputError, match=r"cannot be read; remove|is not what was saved there; remove"):
        written(corpus, **SMALL, lasting=lasting)


def test_of_two_who_begin_a_work_one_does(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lasting, link = Lasting(tmp_path / "work"), os.link

    def slow(source: Path, target: Path) -> None:
        target.write_bytes(b'{"schema": "another"}')
        link(source, target)

    monkeypatch.setattr("os.link", slow)
    with pytest.raises(InputError, match=r"work was begun with other schema"):
        written(corpus, **SMALL, lasting=lasting)
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["work.json"]


BROKEN: list[tuple[str, str, list[int]]] = [
    ("-buckets", "members", [1 << 30] * 2), ("-buckets", "members", [-1, -1]), ("-buckets", "counts", [-2]),
    ("-buckets", "large_counts", [1 << 20]), ("-fingerprints-met", "codes", [1 << 60]), ("-measure", "pairs", [0]),
    ("-measure", "hidden", [-1, 5]), ("-measure", "ranks", []), ("-measure", "letters", []),
    ("-measure", "counts", [1]), ("-sketch", "letters.lengths", []), ("-sketch", "starts", [-1]),
    ("-sketch", "stops", []),
    ("-sketch", "instants", []), ("-sketch", "readable", []), ("-sketch", "buckets", [1]),
]  # fmt: skip
"""Columns of a stage that cannot be: numbers of documents that there are not, more or fewer values than others say."""


def test_no_kernel_sees_columns_that_cannot_be(corpus: Corpus, tmp_path: Path) -> None:
    lasting, small = Lasting(tmp_path / "work"), {**SMALL, "memory": 40_000}
    written(corpus, **small, lasting=lasting)
    for stage, name, values in BROKEN:
        shutil.copytree(tmp_path / "work", tmp_path / "kept")
        [folder] = (tmp_path / "work").glob(f"*{stage}")
        for later in (tmp_path / "work").glob("[0-9]*"):
            if later.name > folder.name:
                shutil.rmtree(later)
        part = folder / "00000"
        record = json.loads((part / "part.json").read_bytes())
        type_name = record["columns"][name][0]
        (part / f"{name}.{type_name}").write_bytes(np.array(values, np.int64).astype(type_name).tobytes())
        record["columns"][name][1] = len(values)
        (part / "part.json").write_text(json.dumps(record))
        with pytest.raises(InputError, match="does not fit together; remove its folder"):
            written(corpus, **small, lasting=lasting)
        shutil.rmtree(tmp_path / "work")
        (tmp_path / "kept").rename(tmp_path / "work")


def test_texts_that_are_none_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    corpus, lasting = Corpus(corpus.inputs, corpus.output, keeping=Keeping(facts=True)), Lasting(tmp_path / "work")
    with pytest.raises(PortionDone):
        written(corpus, **SMALL, lasting=Lasting(lasting.folder, Portion("sketch", 1, 1)))
    for path in (tmp_path / "work/000-sketch").glob("*/texts.uint64"):
        path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(InputError, match="does not fit together; remove its folder"):
        written(corpus, **SMALL, lasting=lasting)


@pytest.mark.parametrize("name", ["places", "skipped", "doubts", "valued"])
def test_facts_that_nobody_noted_are_refused(corpus: Corpus, tmp_path: Path, name: str) -> None:
    lasting = Lasting(tmp_path / "work")
    with pytest.raises(PortionDone):
        written(corpus, **SMALL, lasting=Lasting(lasting.folder, Portion("sketch", 1, 1)))
    path = tmp_path / "work/000-sketch/00001/part.json"
    record = json.loads(path.read_bytes())
    for fact in ([[1 << 70, 0, 1, 5, 5]], 7.0, [[0, 0, 99, 5, 5]], [["x"]], [None]):
        if name != "valued":
            path.write_text(json.dumps({**record, "facts": {**record["facts"], name: fact}}))
            with pytest.raises(InputError, match="does not fit together; remove its folder"):
                written(corpus, **SMALL, lasting=lasting)
    del record["facts"][name]
    path.write_text(json.dumps(record))
    with pytest.raises(InputError, match="does not fit together; remove its folder"):
        written(corpus, **SMALL, lasting=lasting)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ("--step sketch", "--step and --part go together: --step sketch --part 1/16"),
        ("--part 1/2", "--step and --part go together"),
        ("--step sketch --part 1/2", "--step goes with --work FOLDER, which all parts share"),
        ("--step sketch --part 0/2 --work w", "'0/2' is no part; give one such as 1/16, up to 16/16"),
        ("--step sketch --part 3/2 --work w", "'3/2' is no part"),
        ("--step sketched --part 1/2 --work w", "'sketched' is not one of"),
        ("--work w --cut passages", "--work goes with documents that fall"),
        ("--work w --plan", "ask for it without --work"),
        ("--memory 1MB", "1MB is less than the 64MiB that Python takes alone"),
        ("--memory lots", "'lots' is no size; give one such as 512MB or 2GB"),
        ("--memory 9e9", "'9e9' is no size"),
        ("--memory 3000000TB", "memory must be"),
    ],
)
def test_options_that_go_together_are_told(corpus: Corpus, tmp_path: Path, options: str, line: str) -> None:
    words = options.replace("--work w", f"--work {tmp_path}/w").split()
    result = CliRunner().invoke(main, ["dedup", *corpus.inputs, "--output", str(corpus.output), *words])
    assert getattr(result.exception, "exit_code", result.exit_code) == 2  # as the program ends of it
    assert line in f"{result.output}{result.stderr}{result.exception}"
    assert not corpus.output.exists()


def test_what_is_piped_in_cannot_be_read_again() -> None:
    result = CliRunner().invoke(main, ["dedup", "-", "--output", "out", "--work", "w"], input="")
    assert "what is piped in (-) cannot be" in f"{result.output}{result.stderr}{result.exception}"


def test_a_step_and_the_whole_by_the_command(corpus: Corpus, tmp_path: Path) -> None:
    given = ["dedup", *corpus.inputs, "--work", str(tmp_path / "w"), "--memory", "64MiB"]
    result = CliRunner().invoke(main, [*given, "--step", "sketch", "--part", "1/2"], catch_exceptions=False)
    assert result.output == "sketch 1/2: 2 parts made, of 4\n"
    result = CliRunner().invoke(main, [*given, "--step", "buckets-met-sent", "--part", "1/2"])
    assert "step sketch: 2 of 4 parts are missing" in f"{result.output}{result.stderr}{result.exception}"
    result = CliRunner().invoke(
        main, [*given, "--output", str(corpus.output), "--allow-unread"], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert (corpus.output / "summary.json").exists()
