"""The aligner: which passages of two texts correspond, and how.

    tokens equal? ── yes ──────────────────────────────────────────────► one verbatim match
         │ no
    exact runs ──► seeds (sentence pairs) ──► passages ──► steps, boundaries ──► kinds ──► overlap ──► marks
                        └── weaker pairs outside the passages ──► related

Finds reuse of about a sentence and more. Weak where one sentence sums up many, and in translation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare.align.judge import Judged, judged, nearly_all, stated
from compare.align.label import marked
from compare.align.overlap import resolved
from compare.align.refine import Box, Step, characters, operations
from compare.align.related import related
from compare.align.runs import runs
from compare.align.seeds import seeds
from compare.align.side import side
from compare.model import Kind, Match

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.settings import Settings


def align(a: Text, b: Text, settings: Settings) -> tuple[Match, ...]:
    r"""Matches between two prepared texts, by their place in a. The same for (b, a), with the sides exchanged.

    >>> from compare.align.prepare import prepare
    >>> from compare.settings import Settings
    >>> a, b = prepare("“Rates will rise in May.”"), prepare("Rates will\nrise in May")
    >>> [(match.kind.value, match.similarity) for match in align(a, b, Settings())]
    [('verbatim', 1.0)]
    """
    if (len(b.text), b.text) < (len(a.text), a.text):
        return _ordered(_exchanged(match) for match in align(b, a, settings))
    if not len(a.tokens) or not len(b.tokens):
        return ()
    ids_a, ids_b = _ids(a, b)
    found = _identical(a) if np.array_equal(ids_a, ids_b) else _found(a, b, (ids_a, ids_b), settings)
    return marked(_ordered(_match(one, a, b) for one in found), a, b)


def _ids(a: Text, b: Text) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token hashes as small numbers, the same for the same token on both sides."""
    places = np.unique(np.concatenate([a.tokens.hashes, b.tokens.hashes]), return_inverse=True)[1]
    return places[: len(a.tokens)], places[len(a.tokens) :]


def _identical(a: Text) -> list[Judged]:
    whole = Box(0, len(a.tokens), 0, len(a.tokens))
    return [Judged(whole, [Step("equal", whole)], Kind.VERBATIM, 1.0)]


def _found(a: Text, b: Text, ids: tuple[NDArray[np.int64], NDArray[np.int64]], settings: Settings) -> list[Judged]:
    pairs = seeds(a, b, runs(*ids))
    left, right = side(a, ids[0]), side(b, ids[1])
    kept = resolved(judged(pairs.only(pairs.reuse()), left, right)) or nearly_all(left, right, settings.near_kept)
    return [*kept, *resolved(stated(related(pairs, a, b, kept), left, right))]


def _match(one: Judged, a: Text, b: Text) -> Match:
    return Match(
        a=characters(a.tokens, one.box.a0, one.box.a1),
        b=characters(b.tokens, one.box.b0, one.box.b1),
        kind=one.kind,
        similarity=one.similarity,
        operations=operations(one.steps, a.tokens, b.tokens),
    )


def _ordered(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (match.a, match.b)))


_SIDES = {"insert": "delete", "delete": "insert"}


def _exchanged(match: Match) -> Match:
    """The same match seen from b."""
    turned = tuple(
        replace(
            step,
            kind=_SIDES.get(step.kind, step.kind),
            a=step.b,
            b=step.a,
            tokens_a=step.tokens_b,
            tokens_b=step.tokens_a,
        )
        for step in match.operations
    )
    return replace(match, a=match.b, b=match.a, operations=turned)
