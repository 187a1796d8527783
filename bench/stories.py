"""Rewrites against mere same-story: OneStop levels (made from each other) and ECB+ events (written independently).

    python bench/stories.py DATA_FOLDER [--rules] [--workers 2]

DATA_FOLDER holds onestop-dev.jsonl and ecbplus.jsonl (see bench/README.md). Half of it is for tuning: every other
OneStop article from the first, and the even ECB+ topics. The rest is our own test.
"""

from __future__ import annotations

import argparse
import random
import re
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from corpora import json_lines
from measure import machine, table
from work import add_options, each, settings_of

import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COPIES = 43
"""ECB+ same-event pairs that are real copies: those with the highest Jaccard of word 3-grams, all above .48."""
OTHER_PAIRS, SEED = 400, 1
WORDS_AT = 0.015
"""Share of the ECB+ pairs that the word row may call reuse."""
ADVANCED = (("Advanced", "Intermediate"), ("Advanced", "Elementary"))
SAME_EVENT, OTHER_TOPIC = "ECB+ same event", "ECB+ other topic"
NO_COPY, HALF = "… less those that copy half of a text", 0.5
"""ECB+ pairs without those that share more than half of the shorter text's word 3-grams: copies by any account."""
AIMS = {"OneStop Advanced–Intermediate": "≥ 99 %", "OneStop Advanced–Elementary": "≥ 99 %", SAME_EVENT: "≤ 4.2 %"}


@dataclass(frozen=True, slots=True)
class Job:
    """Two texts of a suite."""

    suite: str
    half: int
    """0 to tune on, 1 kept back: every other OneStop article; odd ECB+ topics."""
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a pair was judged."""

    suite: str
    half: int
    reuse: bool
    """The verdict says that one was made from the other."""
    shingles: bool
    """Shingles alone say so."""
    matched: bool
    """It has a match that counts as reuse."""
    copied: float
    """Share of the shorter text's word 3-grams that the other has."""
    containment: float
    """Share of b's distinct words that a has: what a word list alone can say (b is the simpler OneStop text)."""


def rewrites(folder: str) -> list[Job]:
    """The Advanced text of each OneStop article with its Intermediate and its Elementary one."""
    texts: dict[tuple[int, str], str] = {}
    for row in json_lines(folder, "onestop-dev.jsonl"):
        texts[int(row["article"]), row["level"]] = row["text"]
    articles = sorted({article for article, _ in texts})
    return [
        Job(f"OneStop {high}–{low}", place % 2, texts[article, high], texts[article, low])
        for high, low in ADVANCED
        for place, article in enumerate(articles)
        if (article, high) in texts and (article, low) in texts
    ]


def same_event(rows: Sequence[dict[str, str]]) -> list[Job]:
    """The ECB+ pairs that report one event, without real copies. The two events of a topic are in one half."""
    pairs = [pair for pair in combinations(rows, 2) if pair[0]["event_cluster"] == pair[1]["event_cluster"]]
    grams = {row["id"]: _threes(words(row["text"])) for row in rows}
    pairs.sort(key=lambda pair: -_jaccard(grams[pair[0]["id"]], grams[pair[1]["id"]]))
    return [Job(SAME_EVENT, int(a["topic"]) % 2, a["text"], b["text"]) for a, b in pairs[COPIES:]]


def other_topic(rows: Sequence[dict[str, str]]) -> list[Job]:
    """Seeded pairs of ECB+ texts of different topics, in the half of the first."""
    chance = random.Random(SEED)  # noqa: S311  # a sample
    drawn = (chance.sample(rows, 2) for _ in range(10 * OTHER_PAIRS))
    pairs = [(a, b) for a, b in drawn if a["topic"] != b["topic"]][:OTHER_PAIRS]
    return [Job(OTHER_TOPIC, int(a["topic"]) % 2, a["text"], b["text"]) for a, b in pairs]


def words(text: str) -> list[str]:
    """Runs of letters and digits, lower-cased."""
    return re.findall(r"\w+", text.lower())


def _threes(found: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(found, found[1:], found[2:], strict=False))


def _jaccard(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> float:
    return len(a & b) / max(1, len(a | b))


def copied(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the word 3-grams of the list that has fewer which the other has too."""
    grams = _threes(a), _threes(b)
    return len(grams[0] & grams[1]) / max(1, min(map(len, grams)))


def judged(settings: compare.Settings, job: Job) -> Outcome:
    """Compare the two."""
    found = compare.pair(job.a, job.b, settings)
    lists = words(job.a), words(job.b)
    a, b = map(set, lists)
    return Outcome(
        job.suite, job.half, found.verdict.is_reuse, by_shingles(found, settings),
        any(match.kind.is_reuse for match in found.matches), copied(*lists), len(a & b) / max(1, len(b)),
    )  # fmt: skip


def by_shingles(found: compare.Comparison, settings: compare.Settings) -> bool:
    """Whether the pair is reuse before it is aligned. A pair alone has no common shingles: all are its own."""
    enough = found.shared + settings.shingle - 1 >= settings.derived_tokens
    derived = max(found.own_a, found.own_b) >= settings.derived_own and enough
    return found.verdict.is_duplicate or derived or found.longest >= settings.derived_longest


def share(outcomes: Iterable[Outcome], asked: Callable[[Outcome], bool]) -> str:
    """Per cent of which something is so, and the count."""
    flags = [asked(one) for one in outcomes]
    return f"{100 * sum(flags) / max(1, len(flags)):.2f} % ({sum(flags)} of {len(flags)})"


def row(suite: str, outcomes: Sequence[Outcome]) -> list[object]:
    """How a suite was judged: both halves, each half, before alignment, and with any match."""
    if suite == NO_COPY:
        own = [one for one in outcomes if one.suite == SAME_EVENT and one.copied <= HALF]
    else:
        own = [one for one in outcomes if one.suite == suite]
    halves = [[one for one in own if one.half == half] for half in (0, 1)]
    verdicts = [share(part, lambda one: one.reuse) for part in (own, *halves)]
    rest = [share(own, lambda one: one.shingles), share(own, lambda one: one.matched)]
    return [suite, AIMS.get(suite, "–"), *verdicts, *rest]


def word_row(outcomes: Sequence[Outcome]) -> list[object]:
    """What the containment of words alone reaches, at the limit that 1.5 % of the ECB+ pairs exceed."""
    values = {suite: [one.containment for one in outcomes if one.suite == suite] for suite in AIMS}
    ranked = sorted(values[SAME_EVENT], reverse=True)
    limit = ranked[int(WORDS_AT * len(ranked))]
    shares = (sum(value > limit for value in found) / len(found) for found in values.values())
    return [f"words of b that a has > {limit:.3f}", *(f"{100 * value:.1f} %" for value in shares)]


def main() -> None:
    """Compare all pairs, then count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    add_options(parser)
    options = parser.parse_args()
    rows = json_lines(options.folder, "ecbplus.jsonl")
    jobs = [*rewrites(options.folder), *same_event(rows), *other_topic(rows)]
    outcomes = each(partial(judged, settings_of(options)), jobs, options.workers)
    print(f"{len(jobs)} pairs{', rules' if options.rules else ''}. {machine()}\n")
    print("Judged `derived`, `rewritten` or stronger:\n")
    head = ["bar", "all", "even (tuned)", "odd (kept)", "by shingles alone", "with a reuse match"]
    table(["pairs", *head], [row(suite, outcomes) for suite in (*AIMS, NO_COPY, OTHER_TOPIC)])
    print("Beside the containment of words alone, its limit set on these very pairs to err in 1.5 % of ECB+:\n")
    table(["method", *AIMS], [word_row(outcomes), ["compare", *(row(suite, outcomes)[2] for suite in AIMS)]])


if __name__ == "__main__":
    main()
