"""How good a candidate is: a learned estimate of how well it covers the passage that a person would mark.

The features are plain figures of a box; the estimate is a sum of small regression trees (Friedman 2001), trained by
`bench/train_quality.py` and shipped as arrays in `data/quality.json`. docs/method.md has the data and the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from compare.align.candidates import STRENGTHS, sentence_ranges
from compare.align.side import FINE
from compare.align.windows import SUPPORTED
from compare.kernels.align import EVIDENCE, SCALE, Forest, Ground, evidence, leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.align.candidates import Candidate
    from compare.align.pair import Detail, TextPair
    from compare.align.seeds import Seeds

    F64 = NDArray[np.float64]
    I64 = NDArray[np.int64]


def features(candidates: Sequence[Candidate], boxes: I64, pair: TextPair, detail: Detail) -> dict[str, F64]:
    """Named figures of each candidate, float64[candidates] each; `boxes` are their token ranges."""
    boxes = sentence_ranges(boxes, *pair.sides)
    strong = pair.seeds.at_least(*STRENGTHS[0])
    seen = _evidence(boxes, pair, detail, strong)
    around = {**_surroundings(seen, boxes, pair, detail), "of_seeds": seen["seeds"] / max(1, len(strong.a))}
    return {**_extent(boxes, candidates, pair), **_likeness(seen, boxes), **around}


def _evidence(boxes: I64, pair: TextPair, detail: Detail, strong: Seeds) -> dict[str, I64]:
    cosine = np.rint(detail.cells.cosine * SCALE).astype(np.int32)
    seeds = np.zeros(cosine.shape, np.uint8)
    seeds[strong.a, strong.b] = 1
    runs = np.ascontiguousarray(np.column_stack(pair.runs))
    words = detail.words
    table = evidence(words.a, words.b, Ground(words.weights, words.content, cosine, seeds, runs), boxes)
    return dict(zip(EVIDENCE, table.T, strict=True))


def _extent(boxes: I64, candidates: Sequence[Candidate], pair: TextPair) -> dict[str, F64]:
    """How long the candidate is, how much of the texts it takes, how many tokens it keeps in order."""
    tokens = boxes[:, 1:4:2] - boxes[:, 0:4:2]
    share = tokens / np.array([len(side.ids) for side in pair.sides])
    rows = boxes[:, 5::2] - boxes[:, 4::2]
    short, long = tokens.min(axis=1), tokens.max(axis=1)
    kept = np.array([candidate.kept for candidate in candidates])
    return {
        "shorter": np.log1p(short), "longer": np.log1p(long), "ratio": np.log(long / short),
        "of_text_most": share.max(axis=1), "of_text_least": share.min(axis=1),
        "sentences_fewer": np.log(rows.min(axis=1)), "sentences_more": np.log(rows.max(axis=1)),
        "kept_of_longer": kept / long, "kept_of_shorter": kept / short,
    }  # fmt: skip


def _likeness(seen: dict[str, I64], boxes: I64) -> dict[str, F64]:
    """How alike the two sides of the box are."""
    short = (boxes[:, 1:4:2] - boxes[:, 0:4:2]).min(axis=1)
    rows = boxes[:, 5::2] - boxes[:, 4::2]
    inside = _both(seen, "inside") / SCALE / rows
    words = seen["words_both"][:, None] / np.maximum(_both(seen, "words"), 1)
    mass = _both(seen, "mass")
    return {
        "mass": np.log1p(seen["mass_both"] / FINE),
        "mass_dice": 2 * seen["mass_both"] / np.maximum(mass.sum(axis=1), 1),
        "mass_least": (seen["mass_both"][:, None] / np.maximum(mass, 1)).min(axis=1),
        "words": np.log1p(seen["words_both"]), "words_most": words.max(axis=1),
        "supported_least": inside.min(axis=1),
        "weakest": _both(seen, "least").min(axis=1) / SCALE,
        "best": seen["best"] / SCALE,
        "peaks_least": (_both(seen, "peaks") / SCALE / rows).min(axis=1),
        "over_least": (_both(seen, "over") / rows).min(axis=1),
        "run": np.log1p(seen["run"]), "in_runs": np.minimum(1.0, seen["in_runs"] / short),
    }  # fmt: skip


def _surroundings(seen: dict[str, I64], boxes: I64, pair: TextPair, detail: Detail) -> dict[str, F64]:
    """What speaks for the candidate outside it: it may be only a part of what corresponds, or all that does."""
    tokens, rows = boxes[:, 1:4:2] - boxes[:, 0:4:2], boxes[:, 5::2] - boxes[:, 4::2]
    shorter = (np.arange(len(boxes)), tokens.argmin(axis=1))
    rest = np.array([len(side.bounds) - 1 for side in pair.sides]) - rows
    outside = _both(seen, "outside") / SCALE / np.maximum(rest, 1)
    sums = [np.concatenate([[0], np.cumsum(share > SUPPORTED)]) for share in detail.shares]
    inside = np.column_stack([sums[0][boxes[:, 5]] - sums[0][boxes[:, 4]], sums[1][boxes[:, 7]] - sums[1][boxes[:, 6]]])
    left_out = np.array([sums[0][-1], sums[1][-1]]) - inside
    in_all_runs = int(pair.runs.length.sum())
    near = _both(seen, "near") / SCALE
    return {
        "edge": _both(seen, "edge").max(axis=1) / SCALE,
        "background": outside[shorter], "near_least": near.min(axis=1), "near_most": near.max(axis=1),
        "of_runs": seen["in_runs"] / max(1, in_all_runs), "runs_outside": np.log1p(in_all_runs - seen["in_runs"]),
        "summed_up": (inside / rows).max(axis=1), "summed_up_outside": np.log1p(left_out[shorter]),
        "story": np.full(len(boxes), pair.story),
    }  # fmt: skip


def _both(seen: dict[str, I64], name: str) -> I64:
    """The column of a and that of b: int64[n, 2]."""
    return np.column_stack([seen[name + "_a"], seen[name + "_b"]])


class Trees(msgspec.Struct, frozen=True):
    """Regression trees as arrays: row t is tree t, columns are its nodes; a leaf is its own child."""

    about: dict[str, object]
    names: list[str]
    """The features, in the order of `feature`."""
    base: float
    feature: list[list[int]]
    threshold: list[list[float]]
    left: list[list[int]]
    right: list[list[int]]
    value: list[list[float]]


@dataclass(frozen=True, slots=True)
class Model:
    """What a passage's quality is learned from."""

    names: tuple[str, ...]
    base: float
    forest: Forest

    def predict(self, table: F64) -> F64:
        """The estimate for each row of `table` (float64[n, features]): float64[n], about 0 to 1."""
        return np.asarray(self.base + leaves(self.forest, table).sum(axis=1))


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model."""
    raw = resources.files("compare.data").joinpath("quality.json").read_bytes()
    return of_trees(msgspec.json.decode(raw, type=Trees))


def of_trees(trees: Trees) -> Model:
    """Nested arrays made flat."""
    sizes = [len(tree) for tree in trees.feature]
    roots = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    shift = np.repeat(roots, sizes)
    left, right = (
        np.concatenate([np.array(tree, np.int64) for tree in side]) + shift for side in (trees.left, trees.right)
    )
    forest = Forest(
        _depth(trees), roots,
        np.concatenate([np.array(tree, np.int64) for tree in trees.feature]),
        np.concatenate([np.array(tree, np.float64) for tree in trees.threshold]),
        np.column_stack([left, right]),
        np.concatenate([np.array(tree, np.float64) for tree in trees.value]),
    )  # fmt: skip
    return Model(tuple(trees.names), trees.base, forest)


def _depth(trees: Trees) -> int:
    """Steps from a root to its farthest leaf: children stand after their parents."""
    most = 0
    for left, right in zip(trees.left, trees.right, strict=True):
        depth = [0] * len(left)
        for node, children in enumerate(zip(left, right, strict=True)):
            for child in children:
                if child != node:
                    depth[child] = depth[node] + 1
        most = max(most, *depth)
    return most
