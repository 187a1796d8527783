"""Clusters: why each document stays, and why others fall to it."""

from __future__ import annotations

import random

from shapes import made

import compare
from compare.model import Document


def test_the_reason_is_the_first_key_in_which_the_next_best_differs() -> None:
    text = " ".join(made(random.Random(1), 60))
    rows = [("b", text, "2024-05-01"), ("a", text, "2024-05-02"), ("c", f"{text} more", "2024-05-01")]
    reasons = []
    for chosen in (rows[:2], rows[::2], [("z", text, ""), ("y", text, "")]):
        (cluster,) = compare.deduplicate([Document(name, body, published=date) for name, body, date in chosen])
        reasons.append((cluster.keep, cluster.reason))
    assert reasons == [("b", "the earliest dated"), ("c", "the longest"), ("y", "the smallest id")]


def test_a_text_that_holds_an_earlier_one_stays_and_says_so() -> None:
    draw = random.Random(2)
    part = made(draw, 60)
    texts = {"part": (part, "2024-05-01"), "whole": (made(draw, 200) + part, "2024-05-02")}
    (cluster,) = compare.deduplicate([Document(name, " ".join(t), published=d) for name, (t, d) in texts.items()])
    assert (cluster.keep, cluster.reason) == ("whole", "holds the others")
    assert cluster.members[1].reason == "contained in whole: own containment 1.00"
