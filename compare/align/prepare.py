"""A text made ready for alignment, once, however many texts it is aligned with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.align.stopwords import is_stopword
from compare.kernels.align.grams import Grams, sentence_grams
from compare.kernels.columns import within
from compare.model import Span
from compare.quotations.marks import quotations
from compare.quotations.speakers import Speakers
from compare.text.sentences import sentences
from compare.text.tokens import readable, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Document, Meant, Tokens


LONGEST = 150  # tokens of a sentence; a longer one (a list, a table, no punctuation at all) counts as several


@dataclass(frozen=True, slots=True)
class Text:
    """One side of an alignment. Sentences without tokens are left out, very long ones are cut."""

    text: str
    """As it is read: what is muted is blank, an entity is its character (`text.tokens.readable`)."""
    tokens: Tokens
    sentences: tuple[Span, ...]
    bounds: NDArray[np.int64]
    """int64[sentences + 1]: sentence k holds the tokens `bounds[k]` to `bounds[k + 1] - 1`."""
    owner: NDArray[np.int64]
    """int64[tokens]: the sentence of each token."""
    content: NDArray[np.bool_]
    """bool[tokens]: not a function word."""
    quoted: NDArray[np.bool_]
    """bool[tokens]: inside a quotation."""
    quotations: tuple[Span, ...]
    """What stands in quotation marks, without these, in order."""
    quotation_tokens: tuple[Span, ...]
    """The tokens of each quotation."""
    speakers: Speakers
    figures: NDArray[np.bool_]
    """bool[tokens]: begins with a digit."""
    grams: Grams
    meant: tuple[Meant, ...] = ()
    """What is read otherwise than it is written: a fact of one such sign is all of what is written."""
    author: str = ""
    published: str = ""
    """As a document has them."""


def prepared(document: Document) -> Text:
    """A document's text made ready, with what its metadata say of who borrows."""
    text = prepare(document.text, document.muted, document.meant)
    return replace(text, author=document.author, published=document.published)


def prepare(text: str, muted: Sequence[Span] = (), meant: Sequence[Meant] = ()) -> Text:
    """Tokens, sentences, quotations and sentence vectors of a text; linear in its length but for one sort.

    >>> ready = prepare("One came. Two “went away”.")
    >>> ready.bounds.tolist(), ready.quoted.tolist()
    ([0, 2, 5], [False, False, False, True, True])
    """
    spoken = quotations(readable(text, meant=meant), muted)
    text = readable(text, muted, meant)
    tokens = tokenize(text)
    quoted = _with_tokens(spoken, tokens)
    starts = _unit_starts(sentences(text), tokens)
    bounds = np.append(starts, len(tokens)).astype(np.int64)
    owner = np.repeat(np.arange(len(starts)), np.diff(bounds))
    content = ~is_stopword(tokens.hashes)
    units = _spans(tokens, bounds)
    spans = tuple(span for span, _ in quoted)
    return Text(
        text=text,
        tokens=tokens,
        sentences=units,
        bounds=bounds,
        owner=owner,
        content=content,
        quoted=_inside([within for _, within in quoted], tokens),
        quotations=spans,
        quotation_tokens=tuple(within for _, within in quoted),
        speakers=Speakers(text, spans, units),
        figures=_digits(text, tokens),
        grams=sentence_grams(text, tokens, owner, content),
        meant=tuple(meant),
    )


def _unit_starts(spans: list[Span], tokens: Tokens) -> NDArray[np.int64]:
    """The first token of each sentence that has any, and of each further part of a very long one."""
    starts = np.unique(np.searchsorted(tokens.starts, np.array([span.start for span in spans], dtype=np.int64)))
    starts = starts[starts < len(tokens)]
    lengths = np.diff(np.append(starts, len(tokens)))
    parts = (lengths + LONGEST - 1) // LONGEST
    step = within(parts)
    return np.asarray(np.repeat(starts, parts) + step * LONGEST, dtype=np.int64)


def _spans(tokens: Tokens, bounds: NDArray[np.int64]) -> tuple[Span, ...]:
    """From the first to the last token of each sentence."""
    starts, stops = tokens.starts[bounds[:-1]], tokens.stops[bounds[1:] - 1]
    return tuple(Span(*pair) for pair in zip(starts.tolist(), stops.tolist(), strict=True))


def _digits(text: str, tokens: Tokens) -> NDArray[np.bool_]:
    first = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")[tokens.starts]
    signs, places = np.unique(first, return_inverse=True)
    return np.array([chr(sign).isdigit() for sign in signs.tolist()], bool)[places]


def _with_tokens(spans: Sequence[Span], tokens: Tokens) -> list[tuple[Span, Span]]:
    """The spans in which tokens start, each with these."""
    edges = np.searchsorted(tokens.starts, np.array(spans, np.int64).reshape(-1, 2)).tolist()
    return [(span, Span(*within)) for span, within in zip(spans, edges, strict=True) if within[0] < within[1]]


def _inside(ranges: Sequence[Span], tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens stand in one of the ranges."""
    flags = np.zeros(len(tokens), bool)
    for start, stop in ranges:
        flags[start:stop] = True
    return flags
