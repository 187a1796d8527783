"""Whether `compare dedup` writes the same bytes for other hash seeds, other workers and shuffled input.

    python bench/determinism.py CORPUS_DIR [--limit 10000]

Exits with 1 when something differs. Shuffled input may change the order of the kept documents, which follow the input:
those are compared as lines.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from itertools import islice
from pathlib import Path

from measure import COMPARE, child, corpus_file, table

SEED = 1
Case = tuple[str, list[str], dict[str, str]]


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def judge(name: str, first: dict[str, bytes], other: dict[str, bytes]) -> str:
    """How one file compares."""
    if name not in first or name not in other:
        return "MISSING"
    if first[name] == other[name]:
        return "equal"
    if sorted(first[name].splitlines()) == sorted(other[name].splitlines()):
        return "same lines, other order"
    return "DIFFERS"


def cases(folder: Path) -> list[Case]:
    """What is varied: a label, the words of the command, the environment. The first is what others are held against."""
    plain, shuffled = str(folder / "plain" / "docs.jsonl"), str(folder / "shuffled" / "docs.jsonl")
    return [
        ("hash seed 0, 1 worker", [plain, "--workers", "1"], {"PYTHONHASHSEED": "0"}),
        ("hash seed 1", [plain, "--workers", "1"], {"PYTHONHASHSEED": "1"}),
        ("hash seed random", [plain, "--workers", "1"], {"PYTHONHASHSEED": "random"}),
        ("2 workers", [plain, "--workers", "2"], {"PYTHONHASHSEED": "0"}),
        ("shuffled", [shuffled, "--workers", "1"], {"PYTHONHASHSEED": "0"}),
        ("shuffled, 2 workers, random", [shuffled, "--workers", "2"], {"PYTHONHASHSEED": "random"}),
    ]


def write_inputs(corpus: str, limit: int, folder: Path) -> None:
    """The first lines of a corpus as they are, and shuffled, under the same file name."""
    with Path(corpus).open("rb") as lines:
        rows = list(islice(lines, limit))
    for name in ("plain", "shuffled"):
        (folder / name).mkdir()
        (folder / name / "docs.jsonl").write_bytes(b"".join(rows))
        random.Random(SEED).shuffle(rows)  # noqa: S311  # not for secrets


def main() -> None:
    """Run every case and hold it against the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int, default=10_000)
    options = parser.parse_args()
    written: dict[str, dict[str, bytes]] = {}
    with tempfile.TemporaryDirectory(prefix="compare-bench-") as name:
        folder = Path(name)
        write_inputs(corpus_file(options.corpus), options.limit, folder)
        for number, (label, words, environment) in enumerate(cases(folder)):
            out = folder / f"out-{number}"
            child([*COMPARE, "dedup", *words, "--output", str(out)], environment)
            written[label] = outputs(out)
    first = next(iter(written.values()))
    names = sorted({name for files in written.values() for name in files})
    rows = [[label, *(judge(name, first, files) for name in names)] for label, files in written.items()]
    table(["case", *names], rows)
    allowed = {"equal", "same lines, other order"}
    sys.exit(any(cell not in allowed for row in rows for cell in row[1:]))


if __name__ == "__main__":
    main()
