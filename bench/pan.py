"""PAN text alignment: plagdet of `compare.pair` on a corpus as published, beside published rows.

    python bench/pan.py CORPUS [--part kept|tuned|all] [--limit N] [--rules] [--detections FOLDER] [--workers 2]

CORPUS is an unpacked PAN 2012-2014 text alignment corpus: category folders with `pairs` and one XML file a pair,
`susp/` and `src/` (see bench/README.md). Thresholds are tuned on the part `tuned` alone; `all` is for a corpus that
was never seen.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

from corpora import PARTS, PanPair, pan_pairs, write_detections
from measure import machine, table
from plagdet import Passage, Tally, interval, score, tally
from work import add_options, each, settings_of, timed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare import Settings

NAMES = {
    "02-no-obfuscation": "verbatim",
    "03-random-obfuscation": "random",
    "04-translation-obfuscation": "translation",
    "05-summary-obfuscation": "summary",
}
TEST, OTHER_HALF = "PAN13 test 2", "PAN13 training, a half"
PUBLISHED = (
    ("official baseline", TEST, ".404", ".941", ".067", ".108", ".052", "–", "91"),
    ("text-matcher 0.1", TEST, ".401", ".843", ".131", ".183", ".103", "–", "327"),
    ("passim 2, n=25 (default)", TEST, ".682", ".928", ".520", ".640", ".170", "–", "46"),
    ("passim 2, n=15, m=3", TEST, ".746", ".905", ".682", ".783", ".217", "–", "62"),
    ("PAN-2014 winner, later code", TEST, ".915", ".995", ".890", ".907", ".562", "–", "80–103"),
    ("PAN-2014 winner, later code", OTHER_HALF, ".902", ".979", ".888", ".886", ".644", "2", "80–103"),
    ("scratch study, hand rules", OTHER_HALF, ".892", ".970", ".912", ".908", ".269", "3", "44–60"),
    ("scratch study, + Q + B + W", OTHER_HALF, ".936", ".985", ".926", ".919", ".854", "5", "44–60"),
    ("scratch study, + boosted seeds", OTHER_HALF, ".944", ".990", ".934", ".926", ".874", "2", "44–60"),
)
"""System, corpus, plagdet entire and by category, clean pairs with detections, CPU ms a pair (on another machine)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one pair came to."""

    category: str
    tally: Tally
    cpu: float
    """Seconds of `compare.pair`."""
    characters: int
    """Of both texts."""

    @property
    def clean(self) -> bool:
        """Whether nothing is reused by the gold."""
        return self.tally.cases == 0


def outcome(settings: Settings, detections: str, pair: PanPair) -> Outcome:
    """Compare one pair and count; writes its detections where a folder is given."""
    a, b = pair.texts()
    found, cpu = timed(a, b, settings)
    passages = tuple(Passage(*match.a, *match.b) for match in found.matches if match.kind.is_reuse)
    if detections:
        write_detections(detections, pair, passages)
    return Outcome(pair.category, tally(pair.cases, passages), cpu, len(a) + len(b))


def row(name: str, outcomes: Sequence[Outcome]) -> list[object]:
    """The figures of a category."""
    tallies = [one.tally for one in outcomes]
    sums = Tally(*map(sum, zip(*tallies, strict=True)))
    found = score(tallies)
    figures = [f"{value:.4f}" for value in found] if sums.cases else ["–"] * len(found)
    times, sizes = [1000 * one.cpu for one in outcomes], [one.characters for one in outcomes]
    return [
        name, len(outcomes), sums.cases, sums.detections, *figures, falsely(outcomes),
        mean(times), median(times), round(mean(sizes)), round(median(sizes)),
    ]  # fmt: skip


def falsely(outcomes: Sequence[Outcome]) -> str:
    """Pairs without reuse that have detections, of all pairs without reuse."""
    clean = [one for one in outcomes if one.clean]
    return f"{sum(one.tally.detections > 0 for one in clean)} of {len(clean)}"


def by_category(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each category, in the order of the corpus."""
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(one.category, []).append(one)
    return found


def print_tables(outcomes: Sequence[Outcome], options: argparse.Namespace) -> None:
    """What each category came to, then the published rows and ours."""
    parts = by_category(outcomes)
    low, high = interval([one.tally for one in outcomes])
    sample = f", at most {options.limit} pairs a category" if options.limit else ""
    print(f"{options.corpus}, part {options.part}{sample}: {len(outcomes)} pairs. {machine()}")
    print(f"OPENBLAS_NUM_THREADS {os.environ.get('OPENBLAS_NUM_THREADS', 'not set')}, {options.workers} workers.")
    print(f"95 % of plagdet, entire, over 200 resamples of the pairs: {low:.4f}–{high:.4f}.\n")
    head = ["pairs", "cases", "detections", "precision", "recall", "granularity", "plagdet"]
    costs = ["false in clean pairs", "CPU ms a pair", "median", "characters of both", "median"]
    table(
        ["category", *head, *costs],
        [*(row(NAMES.get(name, name), listed) for name, listed in parts.items()), row("entire", outcomes)],
    )
    measured = f"{Path(options.corpus).resolve().name}, {options.part}{sample}"
    ours = ["compare, rules" if options.rules else "**compare**", measured]
    shares = [outcomes, *(parts.get(name, []) for name in NAMES)]
    ours += [f"{score(one.tally for one in listed).plagdet:.3f}".lstrip("0") for listed in shares]
    ours += [falsely(outcomes), f"{1000 * mean(one.cpu for one in outcomes):.1f}"]
    print("Plagdet beside others; another corpus or half is another question, another machine another cost:\n")
    table(["system", "corpus", "entire", *NAMES.values(), "false in clean pairs", "CPU ms a pair"], [*PUBLISHED, ours])


def main() -> None:
    """Compare every pair of the part, then score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--part", choices=[*PARTS, "all"], default="kept")
    parser.add_argument("--limit", type=int, default=0, help="at most so many pairs a category, the same every time")
    parser.add_argument("--detections", default="", help="write PAN XML into this folder")
    add_options(parser)
    options = parser.parse_args()
    if options.detections:
        Path(options.detections).mkdir(parents=True, exist_ok=True)
    pairs = pan_pairs(options.corpus, options.part, options.limit)
    print_tables(each(partial(outcome, settings_of(options), options.detections), pairs, options.workers), options)


if __name__ == "__main__":
    main()
