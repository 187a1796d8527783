"""The aligner: which passages of two texts correspond, and how.

    tokens equal? ── yes ──────────────────────────────────────────────► one verbatim match
         │ no
    pair: exact runs, cells (sentences × sentences), windows, seeds
         ├──► learned: candidates ──► quality ──► choose ──┐
         └──► rules (short or long texts, on request) ─────┴──► leftovers ──► related ──► label: marks

Finds reuse of about a sentence and more, also where one sentence sums up many. docs/method.md has the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align import learned, rules
from compare.align.ends import ended
from compare.align.judge import JudgedBox, as_copy, nearly_all, stated, widened
from compare.align.leftovers import leftovers
from compare.align.marks.label import marked
from compare.align.overlap import adjoined, bridged, resolved
from compare.align.pair import paired
from compare.align.prepare import in_order
from compare.align.refine import Box, Step
from compare.align.related import related

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.align.prepare import Text
    from compare.model import Match
    from compare.settings import Settings

_LEARNED_FROM = 100  # tokens of the shorter text: the training data holds none below, and a few sentences need no model


def align(a: Text, b: Text, settings: Settings) -> tuple[Match, ...]:
    r"""Matches between two prepared texts, by their place in a. The same for (b, a), with the sides exchanged.

    >>> from compare.align.prepare import prepare
    >>> from compare.settings import Settings
    >>> a, b = prepare("“Rates will rise in May.”"), prepare("Rates will\nrise in May")
    >>> [(match.kind.value, match.similarity) for match in align(a, b, Settings())]
    [('verbatim', 1.0)]
    """
    if in_order(a, b)[0] is not a:
        return _ordered(match.exchanged() for match in align(b, a, settings))
    if not len(a.tokens) or not len(b.tokens):
        return ()
    passages = _identical(a) if np.array_equal(a.tokens.hashes, b.tokens.hashes) else _found(a, b, settings)
    return marked(_ordered(passage.match(a.tokens, b.tokens) for passage in passages), a, b)


def _identical(a: Text) -> list[JudgedBox]:
    whole = Box(0, len(a.tokens), 0, len(a.tokens))
    return [as_copy([Step("equal", whole)])]


def _found(a: Text, b: Text, settings: Settings) -> list[JudgedBox]:
    pair = paired(a, b)
    shorter = min(len(a.tokens), len(b.tokens))
    if pair.detail is None or shorter < _LEARNED_FROM or settings.aligner == "rules":
        reused = rules.passages(pair.seeds.only(pair.seeds.reuse()), *pair.sides)
    else:
        reused = learned.passages(pair, pair.detail)
    kept = resolved(reused)
    kept = [widened(passage, *pair.sides) for passage in (*kept, *leftovers(pair, kept))]
    kept = bridged(adjoined(kept), *pair.sides)
    kept = resolved(adjoined(ended(kept, pair.sides, (a, b)))) or nearly_all(*pair.sides, settings.near_kept)
    facts = [widened(fact, *pair.sides) for fact in stated(related(pair, a, b, kept), *pair.sides)]
    return bridged(adjoined([*kept, *resolved(facts)]), *pair.sides)


def _ordered(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (match.a, match.b)))
