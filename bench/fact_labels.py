"""Labels of what was told of real pairs: by the texts' hashes and the spans, so that no text is shipped.

A row: `text_a,text_b,a_start,a_stop,b_start,b_stop,what,true`. `true` is 1 where an editor who reads both sentences
says that they state the same thing and that what was told (the fact that differs, the quotation that lost its marks
or was altered) is so, else 0. A claim has the label of a row of the same texts and word whose spans it meets on both
sides.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "labels"
FIELDS = ("text_a", "text_b", "a_start", "a_stop", "b_start", "b_stop", "what", "true")


class Claim(NamedTuple):
    """Something told of two places of two texts."""

    text_a: str
    """By `articles.key_of`."""
    text_b: str
    a: tuple[int, int]
    b: tuple[int, int]
    what: str
    """The kind of the fact, or the state of the quotation."""


Labels = dict[tuple[str, str, str], list[tuple[Claim, bool]]]


def read_labels(name: str) -> Labels:
    """The labels of a file of `labels/`, by texts and word; none where there is no file."""
    labels: Labels = defaultdict(list)
    path = FOLDER / name
    if path.is_file():
        with path.open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                claim = _claim(row)
                labels[claim.text_a, claim.text_b, claim.what].append((claim, row["true"] == "1"))
    return labels


def _claim(row: dict[str, str]) -> Claim:
    spans = (int(row["a_start"]), int(row["a_stop"])), (int(row["b_start"]), int(row["b_stop"]))
    return Claim(row["text_a"], row["text_b"], *spans, row["what"])


def label_of(claim: Claim, labels: Labels) -> bool | None:
    """Whether a claim is true; None where nobody has read it. The sides may have changed places.

    >>> claim = Claim("x", "y", (10, 12), (20, 22), "number")
    >>> label_of(claim, {("x", "y", "number"): [(claim._replace(a=(8, 12)), True)]})
    True
    >>> label_of(turned(claim), {("x", "y", "number"): [(claim, False)]})
    False
    """
    for one in (claim, turned(claim)):
        for labelled, true in labels.get((one.text_a, one.text_b, one.what), ()):
            if _meet(one.a, labelled.a) and _meet(one.b, labelled.b):
                return true
    return None


def turned(claim: Claim) -> Claim:
    """The claim seen from b."""
    return Claim(claim.text_b, claim.text_a, claim.b, claim.a, claim.what)


def _meet(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def row_of(claim: Claim, label: str) -> str:
    """A line of a file of labels."""
    return ",".join(map(str, (claim.text_a, claim.text_b, *claim.a, *claim.b, claim.what, label)))
