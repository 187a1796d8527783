"""What the loops beside this file have in common: a small newsroom on disk, commands that write, and how one is run."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COMPARE = [sys.executable, "-P", "-m", "compare"]
SECONDS = 60
"""After which a command counts as hanging."""
WORDS = [start + end for start in ("ba", "ko", "lu", "me", "ri", "ta") for end in ("n", "rd", "st", "mm", "ck", "lf")]
DAY = "1767225600"
"""SOURCE_DATE_EPOCH of all runs, so that a repeated one gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Job:
    """A command that writes."""

    words: tuple[str, ...]
    writes: tuple[str, ...]
    """The files and folders it writes."""
    vouching: tuple[str, ...] = ()
    """What stands beside a whole result and beside no other; empty where the one file is the whole."""
    codes: frozenset[int] = frozenset({0})


JOBS = {
    "run": Job(("run", "articles", "--output", "report"), ("report",), ("report/report.json", "report/index.html")),
    "dedup of files": Job(("dedup", "articles", "--output", "clean"), ("clean",), ("clean/summary.json",)),
    "dedup of rows": Job(("dedup", "corpus.jsonl", "--output", "rows"), ("rows",), ("rows/summary.json",)),
    "accept": Job(
        ("accept", "--all", "articles", "--reason", "other", "--by", "me", "--accepted", "accepted.toml"),
        ("accepted.toml",),
    ),
    "audit --prune": Job(("audit", "articles", "--prune", "--accepted", "stale.toml"), ("stale.toml",)),
    "check --report": Job(
        ("check", "articles", "--report", "json=gate.json", "--report", "sarif=gate.sarif"),
        ("gate.json", "gate.sarif"),
        ("gate.json", "gate.sarif"),
        frozenset({1}),
    ),
    "index build": Job(("index", "build", "articles", "corpus.jsonl", "--index", "built.index"), ("built.index",)),
    "index add": Job(("index", "add", "articles", "corpus.jsonl", "--index", "added.index"), ("added.index",)),
    "index remove": Job(("index", "remove", "corpus.jsonl", "--index", "removed.index"), ("removed.index",)),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended; the code of one that did not end is `hang`."""

    code: int | str
    out: bytes
    err: bytes


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours, with the package as it is imported here, and a day that stays."""
    source = str(Path(__import__("compare").__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": source, "SOURCE_DATE_EPOCH": DAY, "COMPARE_BY": "me", **(changes or {})}


def ended(
    words: Sequence[str], folder: Path, *, seconds: float = SECONDS, before: Callable[[], None] | None = None
) -> Ended:
    """Run `compare` with some words in a folder to its end."""
    command = [*COMPARE, *words]
    try:
        run = subprocess.run(  # noqa: S603  # our own command; it has no threads yet
            command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds,
            check=False, preexec_fn=before,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        return Ended("hang", late.stdout or b"", late.stderr or b"")
    return Ended(run.returncode, run.stdout, run.stderr)


def newsroom(folder: Path, seed: int = 1, *, articles: int = 24, rows: int = 400) -> Path:
    """A folder with articles, a table, and the results of an earlier day, when some of the articles were others."""
    chance = random.Random(seed)  # noqa: S311  # seeded
    (folder / "articles").mkdir(parents=True)
    texts = [_text(chance) for _ in range(max(articles, rows))]
    for number in range(0, articles, 2):
        (folder / f"articles/{number:03}.md").write_text(texts[number])
        (folder / f"articles/{number + 1:03}.md").write_text(_edited(texts[number], chance))
    for number in range(0, rows, 5):
        texts[number] = _edited(texts[number + 1], chance)
    lines = [json.dumps({"id": f"r{number}", "text": text}) + "\n" for number, text in enumerate(texts[:rows])]
    (folder / "corpus.jsonl").write_text("".join(lines[: rows // 2]))
    _earlier(folder)
    (folder / "articles/000.md").write_text(_text(chance))
    (folder / "articles/new.md").write_text((folder / "articles/002.md").read_text())
    (folder / "corpus.jsonl").write_text("".join(lines))
    return folder


def _earlier(folder: Path) -> None:
    """All that a job writes, as it was on an earlier day."""
    for name, job in JOBS.items():
        building = ("index", "build", "articles", "corpus.jsonl", "--index", job.writes[0])
        if name == "audit --prune":
            shutil.copy(folder / "accepted.toml", folder / "stale.toml")
            continue
        first = ended(building if "index" in name else job.words, folder)
        if first.code not in job.codes:
            sys.exit(f"{name}: {first}")


def _text(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=120)) + ".\n"


def _edited(text: str, chance: random.Random) -> str:
    words = text.split()
    words[chance.randrange(len(words))] = "changed"
    return " ".join(words) + "\n"


def contents(folder: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Every file of some files and folders by its name, temporary ones left out."""
    files: dict[str, bytes] = {}
    for name in names:
        top = folder / name
        paths = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in paths:
            relative = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".compare-") for part in relative.parts):
                files[str(relative)] = path.read_bytes()
    return files


def temporaries(folder: Path) -> list[str]:
    """What is temporary, or a side file of SQLite, below a folder."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.name.startswith(".compare-") or path.name.endswith(("-wal", "-shm", "-journal"))
    )


def fresh(template: Path, folder: Path) -> Path:
    """A copy of a newsroom, times of files included: an index goes by them."""
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(template, folder)
    return folder
