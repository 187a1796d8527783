"""What sentences state, for the tests of facts."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from compare.facts.agree import agrees, differences
from compare.facts.read import facts
from compare.model import Span
from compare.text.tokens import tokenize

if TYPE_CHECKING:
    from compare.facts.values import Stated


def stated(text: str) -> list[Stated]:
    """The facts of a text."""
    tokens = tokenize(text)
    return facts(text, tokens, Span(0, len(tokens)))


def read(text: str) -> list[tuple[str, str]]:
    """The facts of a text as kind and words."""
    return [(str(fact.what), text[slice(*fact.span)]) for fact in stated(text)]


def told(a: str, b: str) -> list[tuple[str, str, str]]:
    """How the facts of two sentences differ, one by one in order; one that only one side has is "lacking"."""
    differing: list[tuple[str, str, str]] = []
    for fact_a, fact_b in zip_longest(stated(a), stated(b)):
        if fact_a is None or fact_b is None:
            differing.append(("lacking", a, b))
        elif not agrees(fact_a, fact_b) or differences(fact_a, fact_b):
            pairs = differences(fact_a, fact_b)
            differing += [(str(what), a[slice(*x)], b[slice(*y)]) for what, x, y in pairs] or [("silent", a, b)]
    return differing
