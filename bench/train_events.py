"""Make compare/data/events.json: how much each figure of a pair speaks for one event.

    python bench/train_events.py DATA_FOLDER compare/data/events.json

DATA_FOLDER holds ecbplus.jsonl and newsroom-dev.jsonl.xz (see bench/README.md). A logistic regression over the figures
of `compare/events/features.py`, each once plain and once times how far the folder is believed. It learns from the even
ECB+ topics (`event_cluster`) and from newsroom pairs by date: within a day, against more than two days. Pairs of two
articles of the kept half (a checksum of the id) are left out; so are the odd topics. The folders are all of a corpus,
parts of it, and two texts alone, so that the limit means the same in each.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from corpora import json_lines
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from compare import kernels
from compare.align.marks.boilerplate import boilerplate_of
from compare.align.prepare import prepare
from compare.events.features import features
from compare.events.profile import Profile, profile
from compare.events.rarity import ALONE, Rarity
from compare.events.weighed import weighed
from compare.pipeline.ready import common_tokens
from compare.pipeline.tfidf import neighbours, weights
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.events.weighed import Weighed

    F64 = NDArray[np.float64]

SAME_DAY, OTHER_DAYS = 1, 2
NEWS_SAME, NEWS_OTHER = 13.0, 6.0
"""Weights: many pairs of one day report two events of one topic."""
PARTS, PARTS_WEIGHT, NEWS_PARTS_WEIGHT = 7, 0.05, 0.1
REGULAR = 0.1
NEAREST, COMMON = 25, 10
CAUTION = 0.87
"""Taken off at the end, so that nine of ten pairs of ECB+ are right at .5."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts with the pairs that are asked for, what they are, and how much each counts."""

    profiles: list[Profile]
    pairs: list[tuple[int, int]]
    same: list[bool]
    weight: list[float]
    part: list[int]
    """The small folder of each text."""
    source: list[str]


def rarity_of(profiles: Sequence[Profile]) -> Rarity:
    """The folder's frequencies."""
    words, holders = np.unique(np.concatenate([text.words.hashes for text in profiles]), return_counts=True)
    return Rarity(words, holders, len(profiles))


def profiles(rows: Sequence[dict[str, str]]) -> list[Profile]:
    """The profile of each text, without what many hold word for word."""
    texts = [prepare(row["text"]) for row in rows]
    runs = [kernels.shingles(text.tokens.hashes, np.array([0, len(text.tokens)]), 5)[0] for text in texts]
    distinct, holders = np.unique(np.concatenate([np.unique(run) for run in runs]), return_counts=True)
    common = distinct[holders > COMMON]
    return [profile(text, boilerplate_of(text, common_tokens(text, common, Settings())).either) for text in texts]


def ecb(folder: str) -> Corpus:
    """Pairs of the even topics, and the topic of each text."""
    rows = json_lines(folder, "ecbplus.jsonl")
    texts = profiles(rows)
    even = [place for place, row in enumerate(rows) if int(row["topic"]) % 2 == 0]
    near = proposed([row["text"] for row in rows])
    pairs = [pair for pair in combinations(even, 2) if rows[pair[0]]["topic"] == rows[pair[1]]["topic"] or pair in near]
    same = [rows[a]["event_cluster"] == rows[b]["event_cluster"] for a, b in pairs]
    return Corpus(texts, pairs, same, [1.0] * len(pairs), [int(row["topic"]) for row in rows], [""] * len(rows))


def newsroom(folder: str) -> Corpus:
    """Pairs of which a text is of the part to learn from, in seven folders by chance."""
    rows = json_lines(folder, "newsroom-dev.jsonl.xz")
    texts = profiles(rows)
    days = [date.fromisoformat(row["date"][:10]).toordinal() if row["date"] else 0 for row in rows]
    learnt = [zlib.crc32(row["id"].encode()) % 2 == 0 for row in rows]
    pairs, same, weight = [], [], []
    for a, b in sorted(proposed([row["text"] for row in rows])):
        gap = abs(days[a] - days[b])
        if days[a] and days[b] and (learnt[a] or learnt[b]) and (gap <= SAME_DAY or gap > OTHER_DAYS):
            pairs.append((a, b))
            same.append(gap <= SAME_DAY)
            weight.append(NEWS_SAME if gap <= SAME_DAY else NEWS_OTHER)
    chance = random.Random(1)  # noqa: S311  # a sample
    return Corpus(texts, pairs, same, weight, [chance.randrange(PARTS) for _ in rows], [row["source"] for row in rows])


def proposed(texts: Sequence[str]) -> set[tuple[int, int]]:
    """The nearest texts of each by TF-IDF."""
    hashes = [prepare(text).tokens.hashes for text in texts]
    offsets = np.cumsum([0, *map(len, hashes)])
    settings = Settings(neighbours=NEAREST, neighbour_cosine=0.08)
    near = neighbours(weights(np.concatenate(hashes), offsets), settings)
    return {(min(pair), max(pair)) for pair in near.tolist()}


def rows_of(corpus: Corpus, rarity: Rarity, chosen: Sequence[int], *, sourced: bool = True) -> F64:
    """The figures of some pairs in a folder; `sourced` says whether their sources are known."""
    used = sorted({text for place in chosen for text in corpus.pairs[place]})
    texts = {text: weighed(corpus.profiles[text], rarity) for text in used}
    source = corpus.source
    return np.array(
        [
            spread(texts[a], texts[b], one_source=sourced and source[a] == source[b] != "")
            for a, b in (corpus.pairs[place] for place in chosen)
        ]
    )


def spread(a: Weighed, b: Weighed, *, one_source: bool) -> F64:
    """Each figure plain, then times how far the folder is believed."""
    named = features(a, b, one_source=one_source)
    plain = np.array([named[name] for name in sorted(named)])
    return np.concatenate([plain, plain * a.trust, [a.trust]])


def folders(corpus: Corpus, scale: float) -> list[tuple[F64, NDArray[np.bool_], F64]]:
    """The pairs in the whole corpus, in parts of it, and alone: figures, labels, weights."""
    every = list(range(len(corpus.pairs)))
    whole = rarity_of(corpus.profiles)
    out = [(rows_of(corpus, whole, every, sourced=sourced), every, 0.5) for sourced in (True, False)]
    out.append((rows_of(corpus, ALONE, every, sourced=False), every, scale))
    for part in sorted(set(corpus.part)):
        inside = [place for place in every if all(corpus.part[text] == part for text in corpus.pairs[place])]
        if inside:
            members = [text for text, own in zip(corpus.profiles, corpus.part, strict=True) if own == part]
            out.append((rows_of(corpus, rarity_of(members), inside), inside, scale))
    same, weight = np.array(corpus.same), np.array(corpus.weight)
    return [(table, same[chosen], weight[chosen] * share) for table, chosen, share in out]


def trained(parts: Sequence[tuple[F64, NDArray[np.bool_], F64]]) -> tuple[F64, float]:
    """Coefficients of the figures as they are, and the constant."""
    table, same, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=REGULAR, max_iter=5000).fit(scaler.transform(table), same, sample_weight=weight)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1)
    factors = model.coef_[0] / scale
    return factors, float(model.intercept_[0] - factors @ scaler.mean_) - CAUTION


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    events, news = ecb(options.folder), newsroom(options.folder)
    factors, constant = trained([*folders(events, PARTS_WEIGHT), *folders(news, NEWS_PARTS_WEIGHT)])
    names = sorted(features(*(weighed(events.profiles[0], ALONE),) * 2))
    table = {
        name: [round(float(plain), 5), round(float(trusted), 5)]
        for name, plain, trusted in zip(names, factors, factors[len(names) :], strict=False)
    }
    model = {"version": 1, "constant": round(constant, 5), "trust": round(float(factors[-1]), 5), "figures": table}
    options.target.write_text(json.dumps(model, indent=1) + "\n")


if __name__ == "__main__":
    main()
