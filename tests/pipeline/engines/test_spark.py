"""The engine on Apache Spark: the same bytes, what is sent, and what is lost on the way."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import on_spark
import pytest
import s3
from stores import got, put_folder

from compare.errors import InputError, MissingExtraError, SettingsError
from compare.files.remote import Address
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.jobs.work import Lasting
from compare.pipeline.engines.base import Resources, Work
from compare.pipeline.engines.closures import packed, unpacked
from compare.pipeline.engines.parts import Stage
from compare.pipeline.engines.spark import SparkEngine, engine
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.pipeline.engines.base import Out, Part, Targets

spark = pytest.mark.skipif(on_spark.MISSING is not None, reason=f"no Apache Spark: {on_spark.MISSING}")
DOCUMENTS = 10_000
WORDS = [f"{start}{end}" for start in ("ba", "ko", "lu", "mé", "ri", "ти") for end in ("n", "rd", "st", "mm", "lf")]


def put_number(part: int, out: Out) -> None:
    out.append("number", np.array([part], np.int64))
    out.tell(1, part)


def made_on(folder: Path) -> SparkEngine:
    return on_spark.engine(Resources(), folder, __name__)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Texts of made-up words: copies, halves, light edits, and a notice in many."""
    chance, folder = random.Random(7), tmp_path_factory.mktemp("corpus")
    notice = " ".join(chance.choices(WORDS, k=20))
    texts = [" ".join(chance.choices(WORDS, k=chance.randint(20, 60))) for _ in range(DOCUMENTS * 4 // 5)]
    for _ in range(DOCUMENTS - len(texts)):
        words = chance.choice(texts).split()
        edits = (words[: len(words) // 2], [*words[:9], "новое", *words[10:]], [*words, notice], words)
        texts.append(" ".join(chance.choice(edits)))
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(texts))
    return Corpus((str(folder / "corpus.jsonl"),), folder / "plain")


@spark
def test_ten_thousand_documents_give_the_bytes_of_the_engine_in_memory(corpus: Corpus, tmp_path: Path) -> None:
    on_spark.context()
    summary = deduplicate_paths(corpus, Settings(engine="memory"))
    assert summary.dropped_documents > DOCUMENTS // 20
    settings, lasting = Settings(engine="spark", memory=4 << 20), Lasting(tmp_path / "work")
    again = deduplicate_paths(replace(corpus, output=tmp_path / "spark"), settings, lasting=lasting)
    assert again == summary
    files = [path.relative_to(corpus.output) for path in corpus.output.rglob("*") if path.is_file()]
    assert len(files) == 4
    for name in files:
        assert (tmp_path / "spark" / name).read_bytes() == (corpus.output / name).read_bytes()
    stages = [path for path in (tmp_path / "work").iterdir() if path.is_dir()]
    assert max(len(list(path.iterdir())) for path in stages) > 8
    assert not list((tmp_path / "work").glob("known*"))


@spark
@pytest.mark.skipif(s3.MISSING is not None, reason=f"no server of S3: {s3.MISSING}")
def test_a_corpus_a_work_and_results_in_an_object_store_give_the_bytes_of_folders(
    corpus: Corpus, tmp_path: Path
) -> None:
    small, place = tmp_path / "small", f"s3://{s3.BUCKET}"
    small.mkdir()
    lines = Path(corpus.inputs[0]).read_text("utf-8").splitlines(keepends=True)
    (small / "a.jsonl").write_text("".join(lines[:1500]), "utf-8")
    (small / "b.jsonl").write_text("".join(lines[-500:]), "utf-8")
    here = replace(corpus, inputs=(str(small),), output=tmp_path / "here")
    with s3.serving(on_spark.STORE):
        on_spark.context()
        put_folder(f"{place}/small", small)
        afar = replace(corpus, inputs=(Address(f"{place}/small"),), address=f"{place}/result")
        summary = deduplicate_paths(here, Settings(engine="memory"))
        assert deduplicate_paths(afar, Settings(engine="spark"), lasting=Lasting(f"{place}/work")) == summary
        found = got(f"{place}/result")
    assert summary.dropped_documents > 20
    for name in ("pairs.csv", "clusters.csv", "kept/small/a.jsonl", "kept/small/b.jsonl"):
        assert found[name] == (here.output / name).read_bytes()


@spark
def test_columns_that_a_verb_knows_are_saved_and_not_sent(tmp_path: Path) -> None:
    on_spark.engine(Resources(), tmp_path, __name__)
    known, pairs = np.arange(100_000), np.arange(20_000).reshape(-1, 2)[::-1]

    def verb(part: int, out: Out) -> None:
        known[part] = 0
        out.append("all", np.concatenate([known, pairs.ravel(), known]))

    raw = packed(verb, str(tmp_path))
    assert len(raw) < 4096
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".int64", ".int64"]
    for _ in range(2):  # what one part writes to it, no other sees
        columns: list[np.ndarray] = []
        unpacked(raw)(
            5, type("Out", (), {"append": lambda _self, _name, values, columns=columns: columns.append(values)})()
        )
        assert columns[0][:7].tolist() == [0, 1, 2, 3, 4, 0, 6]
        assert columns[0][100_000:120_000].tolist() == pairs.ravel().tolist()
    assert known[5] == 5


@spark
def test_a_part_whose_worker_is_killed_is_made_by_another(tmp_path: Path) -> None:
    begun = str(tmp_path / "begun")

    def verb(part: int, out: Out) -> None:
        put_number(part, out)
        if part == 2 and not os.path.exists(begun):  # noqa: PTH110
            os.mkdir(begun)  # noqa: PTH102
            os.kill(os.getpid(), signal.SIGKILL)

    made = made_on(tmp_path / "work")
    assert [part.all("number").tolist() for part in made.each("numbers", 4, verb)] == [[0], [1], [2], [3]]
    assert os.path.exists(begun)  # noqa: PTH110
    made.close()
    assert not [path for path in (tmp_path / "work").rglob("*") if "." in path.name and path.is_dir()]


@spark
def test_a_driver_that_is_begun_again_makes_only_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    folder = str(tmp_path / "made")

    def verb(part: int, out: Out) -> None:
        put_number(part, out)
        os.mkdir(f"{folder}/{part}-{len(os.listdir(folder))}")  # noqa: PTH102, PTH208

    def emit(source: int, sent: Targets) -> None:
        for target in range(2):
            sent.append(target, "number", np.array([source, target]))

    def reduce(_target: int, blocks: Sequence[Part], out: Out) -> None:
        out.append("all", np.concatenate([block.all("number") for block in blocks]))

    for _ in range(2):
        made = made_on(tmp_path / "work")
        made.each("numbers", 3, verb)
        parts = made.step("sums", (2, 2), emit, reduce)
        assert [part.all("all").tolist() for part in parts] == [[0, 0, 1, 0], [0, 1, 1, 1]]
        made.close()
        assert len(list((tmp_path / "made").iterdir())) == 3


@spark
def test_what_goes_wrong_in_a_worker_is_one_line(tmp_path: Path) -> None:
    def wrong(part: int, _out: Out) -> None:
        if part:
            raise InputError(f"part {part} is wrong")

    def bug(_part: int, _out: Out) -> None:
        raise ValueError("nobody\nforesaw this")

    made = made_on(tmp_path)
    with pytest.raises(InputError, match=r"^part 1 is wrong$"):
        made.each("wrong", 3, wrong)
    with pytest.raises(InputError, match=r"^step bug: Spark gave up: .*foresaw this$"):
        made.each("bug", 2, bug)


@spark
def test_a_worker_with_another_version_or_another_folder_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.pipeline.engines.spark.__version__", "0.0.0")
    made = made_on(tmp_path)
    with pytest.raises(InputError, match=r"a worker of Spark has compare [0-9.]+, not 0\.0\.0; install the same"):
        made.each("numbers", 2, put_number)
    monkeypatch.setattr("compare.pipeline.engines.spark.PATIENCE", 1)
    with pytest.raises(InputError, match="is not the same folder for Spark's workers; name one that all share"):
        made._await(Stage("gone", str(tmp_path / "gone"), 1), 0)  # noqa: SLF001


@spark
def test_a_cluster_needs_a_folder_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(on_spark.context(), "master", "spark://host:7077")
    with pytest.raises(SettingsError, match="engine spark on spark://host:7077 needs --work FOLDER"):
        engine(Resources(), Work(str(tmp_path)))
    engine(Resources(), Work(str(tmp_path), lasts=True)).close()


def test_without_spark_or_java_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with monkeypatch.context() as gone:
        gone.setitem(sys.modules, "pyspark", None)
        with pytest.raises(MissingExtraError, match=r"engine spark needs .*compare\[spark\]"):
            engine(Resources(), Work(str(tmp_path)))
    if on_spark.MISSING is None:
        monkeypatch.setattr("pyspark.SparkContext._active_spark_context", None)
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(InputError, match="engine spark needs Java 17 or later"):
            engine(Resources(), Work(str(tmp_path)))
