"""`compare index` beside `compare dedup`; what adds cost and write; `compare query` of one text, and of a shard.

    python bench/index.py [CORPUS_DIR …] [--synthetic 1000000] [--runs 3] [--adds 30]

CORPUS_DIR holds docs.jsonl (see bench/README.md). Synthetic documents are short (60 to 100 words of a made-up
vocabulary), go through the same build as any other, and so have bands and fingerprints; two of their
five sentences stand in four documents on average, one paragraph in every 500th. Files are in the system's cache:
"cold" is the process. Of each corpus the last documents come later: 1,000, 10,000, of these only what is new, and
`--adds` times 1,000.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from measure import COMPARE, Cost, child, corpus_file, machine, middle, table, within

if TYPE_CHECKING:
    from collections.abc import Iterator

ENV = {"OPENBLAS_NUM_THREADS": "1"}
BUILD, QUERY, MEMORY = 3, 0.5, 150
SENTENCE, WIRE, EVERY = (12, 20), 40, 500


def synthetic(count: int, path: Path) -> None:
    """So many short documents of seeded chance."""
    draw = random.Random(1)  # noqa: S311  # not for secrets
    words = ["".join(draw.choices("abcdefghilmnoprstuv", k=draw.randint(2, 9))) for _ in range(30_000)]
    wire = " ".join(draw.choices(words, k=WIRE))
    pool = [_sentence(draw, words) for _ in range(count // 2)]
    with path.open("w", encoding="utf-8") as target:
        for number in range(count):
            parts = [_sentence(draw, words) for _ in range(3)] + [draw.choice(pool) for _ in range(2)]
            text = " ".join([*parts, wire] if number % EVERY == 0 else parts)
            target.write(json.dumps({"id": str(number), "text": text}) + "\n")


def _sentence(draw: random.Random, words: list[str]) -> str:
    return " ".join(draw.choices(words, k=draw.randint(*SENTENCE))) + "."


def questions(corpus: str, count: int) -> Iterator[str]:
    """Documents of a corpus from all over it, every 20th word another."""
    size = Path(corpus).stat().st_size
    with Path(corpus).open("rb") as lines:
        for place in range(count):
            lines.seek(size * place // count)
            lines.readline()
            words = json.loads(lines.readline())["text"].split()
            yield " ".join(f"new{at}" if at % 20 == 19 else word for at, word in enumerate(words))  # noqa: PLR2004


def asked(index: Path, text: str, work: Path) -> tuple[Cost, int]:
    """What one `compare query` cost, and how many sources it found."""
    question = work / "question.txt"
    question.write_text(text, encoding="utf-8")
    words = [*COMPARE, "query", str(question), "--index", str(index)]
    found = subprocess.run(  # noqa: S603  # our own command
        [*words, "--json"], capture_output=True, check=True, env={**os.environ, **ENV}
    )
    return child(words, ENV), len(json.loads(found.stdout)["sources"])


def built(corpus: str, index: Path, runs: int, work: Path, *, beside: bool) -> list[object]:
    """A row of the table of builds."""
    ours, dedup = [], []
    for run in range(runs):
        ours.append(child([*COMPARE, "index", "build", corpus, "--index", str(index)], ENV))
        if beside:
            dedup.append(child([*COMPARE, "dedup", corpus, "--output", str(work / f"dedup-{run}")], ENV))
    cost = middle(ours)
    row = [corpus, cost.cpu, f"{cost.peak:.0f}", f"{index.stat().st_size / 1e6:.0f}"]
    if not beside:
        return [*row, "–", "–", "–"]
    ratio = middle(Cost(a.cpu / b.cpu, 0) for a, b in zip(ours, dedup, strict=True)).cpu
    return [*row, middle(dedup).cpu, ratio, within(ratio, BUILD)]


def question_rows(corpus: str, index: Path, runs: int, work: Path) -> Iterator[list[object]]:
    """Rows of the table of questions: usual ones, and one that holds the text of many."""
    texts = list(questions(corpus, max(runs, 5)))
    first = json.loads(Path(corpus).open(encoding="utf-8").readline())["text"]  # noqa: SIM115
    for name, listed in (("an edited document", texts), ("the first document", [first])):
        answers = [asked(index, text, work) for text in listed]
        cost = middle(cost for cost, _ in answers)
        most = max(cost.cpu for cost, _ in answers)
        bars = [within(most, QUERY), within(cost.peak, MEMORY)]
        yield [name, answers[-1][1], cost.cpu, most, bars[0], f"{cost.peak:.0f}", bars[1]]


def grown(corpus: str, adds: int, work: Path) -> Iterator[list[object]]:
    """Rows of the table of adds: what each command wrote, by the text that came; its cost a document, by build's."""
    lines = Path(corpus).read_bytes().splitlines(keepends=True)
    first = len(lines) - 11_000 - 1_000 * adds
    parts = [("one", first, 1_000), ("ten", first + 1_000, 10_000)]
    parts += [(f"more{at}", first + 11_000 + 1_000 * at, 1_000) for at in range(adds)]
    for name, start, count in [("base", 0, first), *parts]:
        (work / f"{name}.jsonl").write_bytes(b"".join(lines[start : start + count]))
    empty, base, texts = work / "empty.jsonl", work / "base.index", work / "base.jsonl"
    empty.write_text('{"id": "0", "text": "One."}\n', "utf-8")
    idle = child([*COMPARE, "index", "build", str(empty), "--index", str(work / "empty.index")], ENV).cpu
    build = (child([*COMPARE, "index", "build", str(texts), "--index", str(base)], ENV).cpu - idle) / first
    for name, count, words in [
        ("one", 1_000, ["index", "add"]), ("ten", 10_000, ["index", "add"]), ("ten", 10_000, ["index", "build"]),
        ("ten", 10_000, ["index", "add", "--new-only"]), ("ten", 10_000, ["query", "--each"]),
    ]:  # fmt: skip
        index, size = shutil.copy(base, work / "grown.index"), (work / f"{name}.jsonl").stat().st_size / 1e6
        cost = child([*COMPARE, *words, str(work / f"{name}.jsonl"), "--index", str(index)], ENV)
        yield [" ".join(words), count, cost.cpu, cost.written, cost.written / size, (cost.cpu - idle) / count / build]
    costs = [child([*COMPARE, "index", "add", str(work / f"more{at}.jsonl"), "--index", str(base)], ENV)
             for at in range(adds)]  # fmt: skip
    size = sum((work / f"more{at}.jsonl").stat().st_size for at in range(adds)) / 1e6
    written, cpu = sum(cost.written for cost in costs), sum(cost.cpu - idle for cost in costs)
    yield [f"index add, {adds} times", 1_000 * adds, cpu, written, written / size, cpu / (1_000 * adds) / build]


def main() -> None:
    """Build, then grow, then ask; a table each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--synthetic", type=int, default=0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--adds", type=int, default=30)
    parser.add_argument("--write", type=int, default=0, help=argparse.SUPPRESS)  # so that this process stays small
    options = parser.parse_args()
    if options.write:
        synthetic(options.write, Path(options.corpora[0]))
        return
    print(machine() + "\n")
    with tempfile.TemporaryDirectory(prefix="compare-bench-") as name:
        work = Path(name)
        corpora = [(corpus_file(folder), True, options.runs) for folder in options.corpora]
        if options.synthetic:
            made = work / "synthetic.jsonl"
            child([sys.executable, __file__, str(made), "--write", str(options.synthetic)])
            corpora.append((str(made), False, 1))
        builds, adds, asks = [], [], []
        for number, (corpus, beside, runs) in enumerate(corpora):
            index = work / f"{number}.index"
            builds.append(built(corpus, index, runs, work, beside=beside))
            asks += question_rows(corpus, index, runs, work)
            if beside:
                adds += grown(corpus, options.adds, work)
        table(["corpus", "build CPU s", "MB", "file MB", "dedup CPU s", "× dedup", "bar"], builds)
        table(["command", "documents", "CPU s", "MB written", "× text", "a document × build's"], adds)
        table(["compare query with", "sources of the last", "CPU s", "most", "bar", "MB", "bar"], asks)


if __name__ == "__main__":
    main()
