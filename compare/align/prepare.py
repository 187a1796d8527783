"""A text made ready for alignment, once, however many texts it is aligned with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.align.grams import Grams, sentence_grams
from compare.align.stopwords import is_stopword
from compare.sentences import quotations, sentences
from compare.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Span, Tokens


@dataclass(frozen=True, slots=True)
class Text:
    """One side of an alignment. Sentences without tokens are left out."""

    text: str
    tokens: Tokens
    sentences: tuple[Span, ...]
    bounds: NDArray[np.int64]
    """int64[sentences + 1]: sentence k holds the tokens `bounds[k]` to `bounds[k + 1] - 1`."""
    owner: NDArray[np.int64]
    """int64[tokens]: the sentence of each token."""
    content: NDArray[np.bool_]
    """bool[tokens]: not a function word."""
    quoted: NDArray[np.bool_]
    """bool[tokens]: inside quotation marks."""
    grams: Grams


def prepare(text: str, muted: Sequence[Span] = ()) -> Text:
    """Tokens, sentences, quotations and sentence vectors of a text; linear in its length but for one sort.

    >>> ready = prepare("One came. Two “went away”.")
    >>> ready.bounds.tolist(), ready.quoted.tolist()
    ([0, 2, 5], [False, False, False, True, True])
    """
    tokens = tokenize(text, muted)
    found, starts = _with_tokens(sentences(text, muted), tokens)
    bounds = np.append(starts, len(tokens)).astype(np.int64)
    owner = np.repeat(np.arange(len(found)), np.diff(bounds))
    content = ~is_stopword(tokens.hashes)
    return Text(
        text=text,
        tokens=tokens,
        sentences=found,
        bounds=bounds,
        owner=owner,
        content=content,
        quoted=_inside(quotations(text), tokens),
        grams=sentence_grams(text, tokens, owner, content),
    )


def _with_tokens(spans: list[Span], tokens: Tokens) -> tuple[tuple[Span, ...], NDArray[np.int64]]:
    """The sentences that hold tokens, and the first token of each."""
    starts = np.searchsorted(tokens.starts, np.array([span.start for span in spans], dtype=np.int64))
    held = np.diff(np.append(starts, len(tokens))) > 0
    return tuple(span for span, keep in zip(spans, held.tolist(), strict=True) if keep), starts[held]


def _inside(spans: list[Span], tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens start inside one of the spans, which are in order and do not overlap."""
    edges = np.array([edge for span in spans for edge in span], dtype=np.int64)
    return np.asarray(np.searchsorted(edges, tokens.starts, side="right") % 2 == 1)
