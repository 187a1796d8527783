"""Train the aligner's estimate of a candidate's quality, and write it to `compare/data/quality.json`.

    python bench/train_quality.py PAN_FOLDER DATA_FOLDER [--folds]

PAN_FOLDER is the PAN13 training corpus, unpacked; DATA_FOLDER holds onestop-dev.jsonl, ecbplus.jsonl and
news-base.jsonl.xz (see bench/README.md). Only the tuned parts are read: what the suites report is never seen here.
With --folds nothing is written: three models, each scored on the third of the documents that it has not seen.
Takes about two minutes; the same bytes every time on one version of scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec
import numpy as np
from corpora import json_lines, pan_pairs
from measure import table
from plagdet import Passage, score, tally
from stories import copied, rewrites, same_event, words
from work import each

from compare.align.learned import Examined, examined
from compare.align.pair import paired
from compare.align.prepare import prepare
from compare.align.quality import Trees, of_trees

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    F64 = NDArray[np.float64]

MODEL = Path(__file__).parent.parent / "compare" / "data" / "quality.json"
SEED = 1
COPY = 0.3  # share of the shorter text's word 3-grams from which two reports of one event are no example of "no reuse"
WORDS, REWRITTEN = 25, 0.5  # words of a paragraph, and the Dice of its words with its rewrite
SHORTEST, LONGEST = 200, 8000  # characters of an article that something is put into
LIFTS = 600  # pairs of news articles, one with some sentences of the other put into it
WEIGHT = {"ecb": 0.25, "onestop": 0.7, "lift": 0.7, "paragraph": 0.7}
TREES: dict[str, Any] = {
    "max_iter": 200, "learning_rate": 0.08, "max_depth": 5, "max_leaf_nodes": None, "min_samples_leaf": 30,
    "l2_regularization": 1.0, "random_state": 0, "early_stopping": False,
}  # fmt: skip
"""Chosen by --folds among depths 3 to 5, leaves 8 to 12, 60 to 300 trees."""


@dataclass(frozen=True, slots=True)
class Job:
    """Two texts with the passages that correspond."""

    kind: str
    name: str
    a: str
    b: str
    cases: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """The candidates of a job."""

    job: Job
    found: Examined
    boxes: list[Passage]
    targets: F64


def jobs(pan: str, data: str) -> Iterator[Job]:
    """The tuned parts of all corpora."""
    for pair in pan_pairs(pan, "tuned"):
        yield Job(pair.category, pair.suspicious, *pair.texts(), pair.cases)
    for number, one in enumerate(rewrites(data)):
        if one.half == 0:
            yield Job("onestop", f"onestop-{number}", one.a, one.b, (Passage(0, len(one.a), 0, len(one.b)),))
    for number, one in enumerate(same_event(json_lines(data, "ecbplus.jsonl"))):
        if one.half == 0 and copied(one.a.lower().split(), one.b.lower().split()) < COPY:
            yield Job("ecb", f"ecb-{number}", one.a, one.b, ())
    yield from lifts(data)
    yield from paragraphs(data)


def lifts(data: str) -> Iterator[Job]:
    """News articles with one to four sentences of another one put in, verbatim or with some words changed."""
    chance = random.Random(SEED)  # noqa: S311  # no secret
    carriers = _carriers(data)
    spare = " ".join(chance.sample(carriers, 50)).split()
    for number in range(LIFTS):
        a, b = chance.sample(carriers, 2)
        spans = prepare(a).sentences
        first = chance.randrange(len(spans))
        last = min(len(spans) - 1, first + chance.choice((0, 0, 1, 1, 2, 3)))
        start, stop = spans[first].start, spans[last].stop
        lifted = _edited(a[start:stop], chance.choice((0.0, 0.0, 0.1, 0.2)), spare, chance)
        text, place = _put(lifted, b, chance)
        yield Job("lift", f"lift-{number}", a, text, (Passage(start, stop, *place),))


def paragraphs(data: str) -> Iterator[Job]:
    """Two news articles, one with a paragraph of a OneStop article put in, the other with a teacher's rewrite of it."""
    chance = random.Random(SEED + 1)  # noqa: S311
    carriers = _carriers(data)
    for number, (high, low) in enumerate(_rewritten(data)):
        a, b = chance.sample(carriers, 2)
        (a, place_a), (b, place_b) = _put(high, a, chance), _put(low, b, chance)
        yield Job("paragraph", f"paragraph-{number}", a, b, (Passage(*place_a, *place_b),))


def _rewritten(data: str) -> Iterator[tuple[str, str]]:
    """Paragraphs of the Advanced texts, each with the one in a simpler text that is made from it."""
    for one in rewrites(data):
        if one.half:
            continue
        left, right = ([p for p in text.split("\n\n") if len(p.split()) >= WORDS] for text in (one.a, one.b))
        alike = np.array([[_dice(x, y) for y in right] for x in left]).reshape(len(left), len(right))
        for row, column in zip(*np.nonzero(alike >= REWRITTEN), strict=True):
            if alike[row, column] == alike[row].max() == alike[:, column].max() < 1:
                yield " ".join(left[row].split()), " ".join(right[column].split())


def _dice(a: str, b: str) -> float:
    x, y = set(words(a)), set(words(b))
    return 2 * len(x & y) / max(1, len(x) + len(y))


def _carriers(data: str) -> list[str]:
    with lzma.open(Path(data, "news-base.jsonl.xz"), "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [text for text in texts[::2] if SHORTEST < len(text) < LONGEST]


def _put(passage: str, text: str, chance: random.Random) -> tuple[str, tuple[int, int]]:
    """The text with the passage put in between two sentences, and where it stands."""
    at = chance.choice([0, *(span.stop for span in prepare(text).sentences)])
    return f"{text[:at]} {passage} {text[at:]}", (at + 1, at + 1 + len(passage))


def _edited(text: str, share: float, spare: Sequence[str], chance: random.Random) -> str:
    """The text with that share of its words left out, replaced or doubled by chance."""
    out = []
    for word in text.split():
        if chance.random() >= share:
            out.append(word)
        elif chance.random() < 2 / 3:
            out.append(chance.choice(spare))
    return " ".join(out)


def examples(job: Job) -> Examples:
    """The candidates of a pair, each with the F-measure of its best case."""
    turned = (len(job.b), job.b) < (len(job.a), job.a)
    texts = [prepare(text) for text in ((job.b, job.a) if turned else (job.a, job.b))]
    pair = paired(*texts)
    found = examined(pair, pair.detail)
    sides = (1, 0) if turned else (0, 1)
    boxes = [_characters(box, texts, sides) for box in found.boxes.tolist()]
    return Examples(
        job, found, boxes, np.array([max((_f(box, case) for case in job.cases), default=0.0) for box in boxes])
    )


def _characters(box: list[int], texts: Sequence[Any], sides: tuple[int, int]) -> Passage:
    ends = []
    for side in sides:
        start, stop = box[2 * side], box[2 * side + 1]
        ends += [int(texts[side].tokens.starts[start]), int(texts[side].tokens.stops[stop - 1])]
    return Passage(*ends)


def _f(box: Passage, case: Passage) -> float:
    a = min(box.a_stop, case.a_stop) - max(box.a_start, case.a_start)
    b = min(box.b_stop, case.b_stop) - max(box.b_start, case.b_start)
    if a <= 0 or b <= 0:
        return 0.0
    sizes = sum(p.a_stop - p.a_start + p.b_stop - p.b_start for p in (box, case))
    return 2 * (a + b) / sizes


def fitted(every: Sequence[Examples]) -> Trees:
    """The model of some examples."""
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415  # two seconds

    used = [one for one in every if one.boxes]
    names = list(used[0].found.features)
    table_ = np.concatenate([one.found.table(names) for one in used])
    weights = np.concatenate(
        [np.full(len(one.boxes), WEIGHT.get(one.job.kind, 1.0) / len(one.boxes) ** 0.5) for one in used]
    )
    learned = HistGradientBoostingRegressor(**TREES).fit(table_, np.concatenate([one.targets for one in used]), weights)
    return _arrays(learned, names)


def _arrays(learned: Any, names: list[str]) -> Trees:  # noqa: ANN401  # scikit-learn has no types
    columns: dict[str, list[list[Any]]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    for (tree,) in learned._predictors:  # noqa: SLF001  # there is no public way to the nodes
        nodes = tree.nodes
        own = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        columns["feature"].append(np.where(leaf, 0, nodes["feature_idx"]).tolist())
        columns["threshold"].append([float(f"{x:.6g}") for x in np.where(leaf, 0.0, nodes["num_threshold"]).tolist()])
        columns["left"].append(np.where(leaf, own, nodes["left"]).tolist())
        columns["right"].append(np.where(leaf, own, nodes["right"]).tolist())
        columns["value"].append([round(x, 6) for x in np.where(leaf, nodes["value"], 0.0).tolist()])
    base = round(float(np.ravel(learned._baseline_prediction)[0]), 6)  # noqa: SLF001
    return Trees(about={}, names=names, base=base, **columns)


def by_folds(every: Sequence[Examples], count: int = 3) -> None:
    """Print what models make of the documents that they have not seen."""
    fold = [crc32(b"fold" + one.job.name.encode()) % count for one in every]
    picked: dict[int, list[Passage]] = {}
    for number in range(count):
        learned = of_trees(fitted([one for one, part in zip(every, fold, strict=True) if part != number]))
        for place, (one, part) in enumerate(zip(every, fold, strict=True)):
            if part == number:
                estimate = learned.predict(one.found.table(learned.names)) if one.boxes else np.zeros(0)
                picked[place] = [one.boxes[k] for k in one.found.chosen(estimate)]
    report([(one, picked[place]) for place, one in enumerate(every)])


def report(picked: Sequence[tuple[Examples, list[Passage]]]) -> None:
    """The measure of PAN by kind of pair, and for the PAN pairs together."""
    rows = []
    kinds = sorted({one.job.kind for one, _ in picked})
    for name, wanted in [
        *((kind, {kind}) for kind in kinds),
        ("PAN entire", {kind for kind in kinds if kind[0] == "0"}),
    ]:
        here = [(one, found) for one, found in picked if one.job.kind in wanted]
        figures = score(tally(one.job.cases, found) for one, found in here)
        false = sum(1 for one, found in here if found and not one.job.cases)
        clean = sum(1 for one, _ in here if not one.job.cases)
        rows.append([name, len(here), *(f"{x:.4f}" for x in figures), f"{false} of {clean}"])
    table(["kind", "pairs", "precision", "recall", "granularity", "plagdet", "false in clean pairs"], rows)


def main() -> None:
    """Collect, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pan")
    parser.add_argument("data")
    parser.add_argument("--folds", action="store_true", help="three-fold figures instead of a new model")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    every = each(examples, list(jobs(options.pan, options.data)), options.workers, int)
    if options.folds:
        by_folds(every)
        return
    trees = fitted(every)
    counts = Counter(one.job.kind for one in every)
    about = {
        "made_by": "bench/train_quality.py", "scikit-learn": version("scikit-learn"), "trees": str(TREES),
        "candidates": sum(len(one.boxes) for one in every),
        **{f"pairs of {kind}": n for kind, n in sorted(counts.items())},
    }  # fmt: skip
    MODEL.write_bytes(written(msgspec.structs.replace(trees, about=about)))
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes, {about['candidates']:,} candidates")


def written(trees: Trees) -> bytes:
    """JSON, one tree a line."""
    lines = []
    for name, value in msgspec.to_builtins(trees).items():
        text = json.dumps(value)
        if isinstance(value, list) and value and isinstance(value[0], list):
            text = "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in value) + "\n]"
        lines.append(f"{json.dumps(name)}: {text}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


if __name__ == "__main__":
    main()
