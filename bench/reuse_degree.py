"""Degree of reuse: the Clough–Stevenson short answers, four levels and two, by a profile of `compare.pair`.

    python bench/reuse_degree.py FOLDER [--rules]

FOLDER holds file_list.csv and the texts (see bench/README.md). Logistic regression on seven numbers a text,
10 × 10-fold stratified cross-validation. Of 95 texts one is 1 %: differences under .02 say nothing.

The profile was chosen on these very texts: some 170 figures of 30 profiles and 8 classifiers were looked at, most
between .70 and .80, so its row flatters. The last row chooses how runs are found, and strength, inside each fold.
"""

from __future__ import annotations

import argparse
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from corpora import Answer, answers
from measure import table
from work import add_options, each, settings_of

import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Profile = list[float]

RUNS = (3, 5, 8, 12, 20)
"""Words of the shortest run that counts: a spectrum from phrases to paragraphs."""
STRENGTHS = (1.0, 3.0, 10.0)
"""Inverse of the regularisation, in deviations of the features; the nested row chooses among them."""
FIXED = 3.0
TIMES, FOLDS, INNER = 10, 10, 5
PUBLISHED = (
    ("greedy string tiling", ".67", "–"),
    ("containment of 5-grams + longest common subsequence", ".68", "–"),
    ("containments 1/3/5 + subsequence + sentence cosine + coverage", ".757", ".958"),
    ("best published", "about .80–.84", ".947"),
    ("**bar** / stretch", "≥ .78 / .84", "≥ .955 / .97"),
)


def profile(settings: compare.Settings, answer: Answer) -> tuple[Profile, Profile]:
    """Kept in order, words in common, and the spectrum of runs: by matches alone, and by tiling.

    The first is the public comparison, nothing else: `kept_a`, `containment_a` of single words, and the share of the
    answer's words in equal operations of at least so many words, in matches of any kind.
    """
    found = compare.pair(answer.text, answer.source, settings)
    single = compare.pair(answer.text, answer.source, compare.Settings(shingle=1))
    a, b = words(answer.text), words(answer.source)
    shared = [found.kept_a, single.containment_a]
    by_matches, tiled = spectrum(equal_runs(found), len(a)), spectrum(tiles(a, b), len(a))
    return [*shared, *by_matches], [*shared, *tiled]


def words(text: str) -> list[str]:
    """Runs of letters and digits, lower-cased."""
    return re.findall(r"\w+", text.lower())


def equal_runs(found: compare.Comparison) -> list[int]:
    """For each word of a in an equal operation of some match, the words of the longest of them."""
    longest: dict[int, int] = {}
    for match in found.matches:
        for step in match.operations:
            if step.kind == "equal":
                run = range(*step.tokens_a)
                longest.update((at, len(run)) for at in run if longest.get(at, 0) < len(run))
    return list(longest.values())


def tiles(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """The same for runs of b that a is made of, from its beginning on, the longest first at each place.

    >>> tiles("the pact was signed".split(), "was signed the day the pact failed".split())
    [2, 2, 2, 2]
    """
    lengths = longest_from(a, b)
    found: list[int] = []
    while len(found) < len(a):
        run = lengths[len(found)]
        found += [run] * max(1, run)
    return found


def longest_from(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """For each word of a, the words of the longest run of b that begins there."""
    after = [0] * (len(b) + 1)
    found = []
    for word in reversed(a):
        after = [after[at + 1] + 1 if other == word else 0 for at, other in enumerate(b)] + [0]
        found.append(max(after))
    return found[::-1]


def spectrum(runs: Sequence[int], size: int) -> list[float]:
    """Share of a text's words that stand in runs of at least 3, 5, … 20 words.

    >>> spectrum([4, 4, 4, 4, 1, 5, 5, 5, 5, 5], 10)
    [0.9, 0.5, 0.0, 0.0, 0.0]
    """
    return [sum(run >= least for run in runs) / max(1, size) for least in RUNS]


def model(columns: Sequence[int]) -> Any:  # noqa: ANN401  # scikit-learn has no types
    """Logistic regression on some of the columns, standardised on what it is trained on."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # two seconds
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import FunctionTransformer, StandardScaler  # noqa: PLC0415

    taken = FunctionTransformer(np.take, kw_args={"indices": list(columns), "axis": 1})
    return make_pipeline(taken, StandardScaler(), LogisticRegression(C=FIXED, max_iter=5000))


def nested(choices: Sequence[Sequence[int]]) -> Any:  # noqa: ANN401  # likewise
    """The same with columns and strength chosen by cross-validation inside each training part."""
    from sklearn.model_selection import GridSearchCV  # noqa: PLC0415  # two seconds

    grid = {
        "functiontransformer__kw_args": [{"indices": list(columns), "axis": 1} for columns in choices],
        "logisticregression__C": list(STRENGTHS),
    }
    return GridSearchCV(model(choices[0]), grid, cv=INNER)


def predicted(learner: Any, features: NDArray[np.float64], levels: NDArray[np.str_]) -> list[NDArray[np.str_]]:  # noqa: ANN401  # likewise
    """What each text is taken for when it is left out, once a repetition."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415  # two seconds

    folds = (StratifiedKFold(FOLDS, shuffle=True, random_state=time) for time in range(TIMES))
    return [cross_val_predict(learner, features, levels, cv=fold) for fold in folds]


def accuracy(found: Sequence[NDArray[np.str_]], levels: NDArray[np.str_]) -> str:
    """Mean over the repetitions, and their spread."""
    shares = [float((one == levels).mean()) for one in found]
    return f"{np.mean(shares):.3f} ± {np.std(shares):.3f} ({min(shares):.3f}–{max(shares):.3f})"


def print_confusion(found: Sequence[NDArray[np.str_]], levels: NDArray[np.str_]) -> None:
    """Texts of each level by what they are taken for, a mean over the repetitions."""
    names = ("non", "light", "heavy", "cut")
    pairs = [list(zip(levels.tolist(), one.tolist(), strict=True)) for one in found]
    rows = [
        [level, *(sum(one.count((level, other)) for one in pairs) / len(pairs) for other in names)] for level in names
    ]
    print("What each level is taken for, by the public comparison:\n")
    table(["level", *names], rows)


def main() -> None:
    """Profile every answer, cross-validate, print beside what is published."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    add_options(parser)
    options = parser.parse_args()
    listed = answers(options.folder)
    profiles = each(partial(profile, settings_of(options)), listed, options.workers)
    features = np.array([first + second for first, second in profiles])
    levels = np.array([answer.level for answer in listed])
    either = np.where(levels == "non", "non", "reuse")
    size = len(profiles[0][0])
    public, tiled = list(range(size)), list(range(size, 2 * size))
    learners = {
        "compare, public comparison": model(public),
        "compare, runs tiled by the bench": model(tiled),
        "compare, profile and strength chosen inside each fold": nested([public, tiled]),
    }
    four = {name: predicted(learner, features, levels) for name, learner in learners.items()}
    ours = [
        [name, accuracy(four[name], levels), accuracy(predicted(learner, features, either), either)]
        for name, learner in learners.items()
    ]
    print(f"{len(listed)} texts; mean of {TIMES} × {FOLDS}-fold, ± deviation and range of the repetitions.\n")
    table(["method", "four levels", "two"], [*PUBLISHED, *ours])
    print_confusion(next(iter(four.values())), levels)


if __name__ == "__main__":
    main()
