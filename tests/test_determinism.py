"""The same bytes every time: whatever the order of the input, the hash seed, the workers, the locale, the engine."""

from __future__ import annotations

import json
import os
import platform
import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from compare.settings import CHOICES, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

CHANGES = {
    "hash seed 0, one worker, locale C": (
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        ["--workers", "1"],
    ),
    "hash seed 1, two workers, locale POSIX, another clock and zone": (
        {"PYTHONHASHSEED": "1", "LC_ALL": "POSIX", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"},
        ["--workers", "2"],
    ),
    "hash seed random, little memory": ({"PYTHONHASHSEED": "random"}, ["--set", "memory=65536"]),
    **{
        f"engine {name}": ({}, ["--set", f"engine={name}"])
        for name in CHOICES["engine"]
        if name not in {Settings().engine, "spark"}
    },
}
"""Several at once: none may change a byte, so what does is found all the same. A run takes 10 s on plain kernels.

The engine spark is asked in `tests/pipeline/engines/test_spark.py`, where it is installed."""
BASH = shutil.which("bash") or ""
OLD_CORE = "Nehalem" if platform.machine().lower() in {"x86_64", "amd64"} else ""
"""A processor of 2008, whose matrix products OpenBLAS adds up in another order."""
WORDS = [
    f"{start}{end}"
    for start in ("ba", "ko", "lu", "mé", "ri", "ßa", "ти")
    for end in ("n", "rd", "st", "mm", "ck", "lf")
]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The names of the files that are not the same."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def without_lines(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of `run` without the line at which each document stands in its table."""
    return {name: re.sub(rb'"corpus\.jsonl:\d+"', b'"corpus.jsonl"', data) for name, data in files.items()}


@pytest.fixture(scope="module")
def rows() -> list[bytes]:
    """300 texts of made-up words: copies, halves, light edits, a notice in many, twins, and ids of every length."""
    chance = random.Random(7)
    notice = " ".join(chance.choices(WORDS, k=30))
    texts = [" ".join(chance.choices(WORDS, k=chance.randint(1, 160))) for _ in range(150)]
    for _ in range(150):
        words = chance.choice(texts).split()
        edit = chance.randrange(5)
        if edit == 0:
            words = words[: len(words) // 2]
        elif edit == 1:
            words[chance.randrange(len(words))] = "новое"
        elif edit == 2:
            words += notice.split()
        elif edit == 3:
            words = [word.upper() for word in words]
        texts.append(" ".join(words))
    ids = chance.sample(range(10_000), len(texts))
    dates = [f"2024-0{1 + n % 9}-11" if n % 3 else "" for n in range(len(texts))]
    lines = [
        json.dumps({"id": str(name), "text": text, "published": date})
        for name, text, date in zip(ids, texts, dates, strict=True)
    ]
    return [line.encode() + b"\n" for line in lines]


@pytest.fixture(scope="module")
def first(rows: list[bytes], tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The corpus and what `dedup` and `run` make of it."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "corpus.jsonl").write_bytes(b"".join(rows))
    for job in ("dedup", "run"):
        assert run(job, "corpus.jsonl", "--output", job, CWD=str(folder)).returncode == 0
    return folder


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("job", ["dedup", "run"])
def test_the_output_is_the_same_whatever_the(change: str, job: str, first: Path, tmp_path: Path, run: Run) -> None:
    shutil.copy(first / "corpus.jsonl", tmp_path)
    environment, options = CHANGES[change]
    ended = run(job, "corpus.jsonl", "--output", job, *options, CWD=str(tmp_path), **environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    before, after = contents(first / job), contents(tmp_path / job)
    assert len(before) > 2
    assert differing(before, after) == []


def test_dedup_of_shuffled_lines_differs_in_the_order_of_the_kept_lines_alone(
    rows: list[bytes], first: Path, tmp_path: Path, run: Run
) -> None:
    shuffled = random.Random(3).sample(rows, len(rows))
    (tmp_path / "corpus.jsonl").write_bytes(b"".join(shuffled))
    assert run("dedup", "corpus.jsonl", "--output", "dedup", CWD=str(tmp_path)).returncode == 0
    before, after = contents(first / "dedup"), contents(tmp_path / "dedup")
    kept = set(before.pop("kept/corpus.jsonl").splitlines(keepends=True))
    assert after.pop("kept/corpus.jsonl") == b"".join(line for line in shuffled if line in kept)
    assert differing(before, after) == []


def test_run_of_shuffled_lines_writes_the_same_files(rows: list[bytes], first: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "corpus.jsonl").write_bytes(b"".join(reversed(rows)))
    assert run("run", "corpus.jsonl", "--output", "run", CWD=str(tmp_path)).returncode == 0
    before, after = (without_lines(contents(folder / "run")) for folder in (first, tmp_path))
    assert differing(before, after) == []


def test_run_of_articles_is_the_same_in_any_order_and_by_the_arithmetic_of_another_processor(
    root: Path, seeds_report: Path, tmp_path: Path, run: Run
) -> None:
    for path in sorted((root / "seeds").iterdir(), reverse=True):  # another order on the disk
        (tmp_path / "seeds").mkdir(exist_ok=True)
        shutil.copyfile(path, tmp_path / "seeds" / path.name)
    for workers, seed, core in (("1", "5", ""), ("2", "6", OLD_CORE)):
        changes = {"PYTHONHASHSEED": seed, "LC_ALL": "C"} | ({"OPENBLAS_CORETYPE": core} if core else {})
        ended = run("run", "seeds/", "--workers", workers, CWD=str(tmp_path), **changes)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert differing(contents(seeds_report), contents(tmp_path / "reports")) == []


@pytest.mark.skipif(not BASH, reason="there is no bash")
def test_the_shell_loop_of_the_guide_makes_the_same_files(
    rows: list[bytes], root: Path, tmp_path: Path, asking: tuple[Path, tuple[int, ...]]
) -> None:
    guide = (root / "docs/how-to-clean-a-corpus.md").read_text("utf-8")
    loop = next(part for part in re.findall(r"(?s)```sh\n(.*?)```", guide) if "--step" in part)
    (tmp_path / "shards").mkdir()
    for number in range(3):
        (tmp_path / f"shards/{number}.jsonl").write_bytes(b"".join(rows[number::3]))
    folder, handed = asking
    path = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    plain = "compare dedup shards/ --output plain/"
    ended = subprocess.run(
        [BASH, "-euc", f"{plain}\n{loop}"], cwd=tmp_path, env=path, capture_output=True, check=False, pass_fds=handed
    )  # our own words
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"sketch 1/2: 1 part made, of 1\n" in ended.stdout
    assert differing(contents(tmp_path / "plain"), contents(tmp_path / "clean")) == []
