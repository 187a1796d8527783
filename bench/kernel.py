"""Text → signature on one core, beside `LC_ALL=C.UTF-8 wc -w` on the same text: MB/s and ratio.

    python bench/kernel.py CORPUS.jsonl [--runs 7]

Both are CPU seconds (user and system), run in turn and compared pair by pair. Ours starts from text in memory, as
`dedup` has it after reading, in the same batches; wc reads a file that the system holds in memory.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

import msgspec
from measure import machine, table, within

from compare import kernels
from compare.settings import Settings

BATCH = 4096


class Row(msgspec.Struct):
    """One line of a corpus."""

    text: str


def ours(texts: list[str], recipe: kernels.Recipe) -> float:
    """CPU seconds to sketch all texts, each batch's result let go."""
    start = process_time()
    for first in range(0, len(texts), BATCH):
        kernels.sketch(texts[first : first + BATCH], recipe)
    return process_time() - start


def word_count(path: str) -> float:
    """CPU seconds of `wc -w`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(["wc", "-w", path], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607  # a file of our own; the wc that users have
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turn(texts: list[str], runs: int) -> tuple[list[float], list[float]]:
    """CPU seconds of ours and of wc, run by run."""
    settings = Settings()
    drawn = kernels.permutations(settings.permutations, settings.seed)
    recipe = kernels.Recipe(settings.shingle, settings.window, *drawn)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".txt") as file:
        file.writelines(f"{text}\n" for text in texts)
        file.flush()
        word_count(file.name)
        both = [(ours(texts, recipe), word_count(file.name)) for _ in range(runs)]
    return [left for left, _ in both], [right for _, right in both]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    if not kernels.COMPILED:
        sys.exit("the compiled kernels are missing: install with a C compiler at hand")
    decoder = msgspec.json.Decoder(Row)
    with Path(options.corpus).open("rb") as lines:
        texts = [decoder.decode(line).text for line in lines]
    size = sum(len(text.encode()) for text in texts) / 1e6
    sketched, counted = in_turn(texts, options.runs)
    ratios = [left / right for left, right in zip(sketched, counted, strict=True)]
    print(f"{options.corpus}: {len(texts)} texts, {size:.1f} MB; {options.runs} runs in turn. {machine()}\n")
    table(
        ["", "best MB/s", "median MB/s", "median CPU s"],
        [[name, f"{size / min(costs):.0f}", f"{size / median(costs):.0f}", f"{median(costs):.3f}"]
         for name, costs in (("text → signature", sketched), ("wc -w", counted))],
    )  # fmt: skip
    ratio = median(ratios)
    print(f"Ours / wc, pair by pair: median {ratio:.2f} ({within(ratio, 1.2)}; stretch {within(ratio, 0.8)}), "
          f"from {min(ratios):.2f} to {max(ratios):.2f}.")  # fmt: skip


if __name__ == "__main__":
    main()
