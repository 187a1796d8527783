"""A text made ready for alignment, once, however many texts it is aligned with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.align.stopwords import is_stopword
from compare.kernels.align.grams import Grams, SentenceGrams
from compare.kernels.columns import changes, within
from compare.model import NO_HEAD, Span
from compare.quotations.marks import quotations
from compare.quotations.posts import dialogue, nested, posts
from compare.quotations.speakers import Speakers
from compare.text.sentences import sentences
from compare.text.tokens import FILLER, TRACE, readable, signs_that, tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from compare.model import Document, Head, Meant, Tokens


_UNREAD = re.compile(f"[{FILLER}{TRACE}]")
LONGEST = 150  # tokens of a sentence; a longer one (a list, a table, no punctuation at all) counts as several


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One side of an alignment. Sentences without tokens are left out, very long ones are cut.

    A text is nothing but itself: what was found of two is remembered until the next two are asked.
    """

    text: str
    """As it is read: what is muted is blank, an entity is its character (`text.tokens.readable`). A word that is
    written in parts stands at the beginning of its place, whole; `restore.py` knows where it ends in truth."""
    tokens: Tokens
    sentences: tuple[Span, ...]
    bounds: NDArray[np.int64]
    """int64[sentences + 1]: sentence k holds the tokens `bounds[k]` to `bounds[k + 1] - 1`."""
    owner: NDArray[np.int64]
    """int64[tokens]: the sentence of each token."""
    content: NDArray[np.bool_]
    """bool[tokens]: not a function word."""
    quoted: NDArray[np.bool_]
    """bool[tokens]: inside a quotation, whatever it holds, a transcript, or a post that is set into the text."""
    quotations: tuple[Span, ...]
    """What stands in quotation marks, without these, in order."""
    quotation_tokens: tuple[Span, ...]
    """The tokens of each quotation."""
    speakers: Speakers
    figures: NDArray[np.bool_]
    """bool[tokens]: begins with a digit."""
    by_sentence: SentenceGrams
    meant: tuple[Meant, ...] = ()
    """What is read otherwise than it is written."""
    ends: Mapping[int, int] = field(default_factory=dict)
    """Where a word ends that is written in parts, by where it ends in `text`."""
    author: str = ""
    published: str = ""
    """As a document has them."""
    head: Head = NO_HEAD
    """What the text says of itself: its byline, date and credits are no story (`marks/boilerplate.py`)."""

    @property
    def grams(self) -> Grams:
        """The grams of its sentences."""
        return self.by_sentence.counted


def prepared(document: Document) -> Text:
    """A document's text made ready, with what its metadata say of who borrows."""
    text = prepare(document.text, document.muted, document.meant)
    return replace(text, author=document.author, published=document.published, head=document.head or NO_HEAD)


def in_order(a: Text, b: Text) -> tuple[Text, Text]:
    """Two texts, the shorter one first: what is found of them is the same whichever is asked for first."""
    return (b, a) if (len(b.text), b.text) < (len(a.text), a.text) else (a, b)


def prepare(text: str, muted: Sequence[Span] = (), meant: Sequence[Meant] = ()) -> Text:
    """Tokens, sentences, quotations and sentence vectors of a text; linear in its length but for one sort.

    >>> ready = prepare("One came. “All went away.”")
    >>> ready.bounds.tolist(), ready.quoted.tolist()
    ([0, 2, 5], [False, False, True, True, True])
    """
    spoken = quotations(readable(text, meant=meant), muted)
    seen, tokens, ends = _seen(text, muted, meant)
    quoted = _with_tokens(spoken, tokens)
    starts = _unit_starts(sentences(seen), tokens)
    bounds = np.append(starts, len(tokens)).astype(np.int64)
    owner = np.repeat(np.arange(len(starts)), np.diff(bounds))
    content = ~is_stopword(tokens.hashes)
    units = _spans(tokens, bounds)
    spans = tuple(span for span, _ in quoted)
    return Text(
        text=seen,
        tokens=tokens,
        sentences=units,
        bounds=bounds,
        owner=owner,
        content=content,
        quoted=_inside(
            [within for _, within in (*quoted, *_with_tokens([*posts(seen), *nested(seen), *dialogue(seen)], tokens))],
            tokens,
        ),
        quotations=spans,
        quotation_tokens=tuple(within for _, within in quoted),
        speakers=Speakers(seen, spans, units),
        figures=signs_that(str.isdigit, seen, tokens.starts),
        by_sentence=SentenceGrams(seen, tokens, owner, content),
        meant=tuple(meant),
        ends=ends,
    )


def _seen(text: str, muted: Sequence[Span], meant: Sequence[Meant]) -> tuple[str, Tokens, dict[int, int]]:
    """A text as it is read, with its words in one piece; its tokens; and where words in parts end."""
    seen = readable(text, muted, meant)
    tokens = tokenize(seen)
    if not (muted or meant) or not _UNREAD.search(seen):
        return seen, tokens, {}
    places = np.array([sign.start() for sign in _UNREAD.finditer(seen)], np.int64)
    parted = np.unique(np.searchsorted(tokens.starts, places, side="right") - 1)
    parts, at, stops, ends = list[str](), 0, tokens.stops.copy(), dict[int, int]()
    for number in parted[parted >= 0].tolist():
        start, stop = int(tokens.starts[number]), int(tokens.stops[number])
        word = _UNREAD.sub("", seen[start:stop])
        parts += [seen[at:start], word.ljust(stop - start)]
        stops[number] = start + len(word)
        ends[start + len(word)] = at = stop
    seen = _UNREAD.sub(" ", "".join([*parts, seen[at:]]))
    return seen, replace(tokens, stops=stops), ends


def _unit_starts(spans: list[Span], tokens: Tokens) -> NDArray[np.int64]:
    """The first token of each sentence that has any, and of each further part of a very long one."""
    starts = np.searchsorted(tokens.starts, np.array([span.start for span in spans], np.int64))
    starts = starts[changes(starts) & (starts < len(tokens))]
    lengths = np.diff(np.append(starts, len(tokens)))
    parts = (lengths + LONGEST - 1) // LONGEST
    step = within(parts)
    return np.asarray(np.repeat(starts, parts) + step * LONGEST, dtype=np.int64)


def _spans(tokens: Tokens, bounds: NDArray[np.int64]) -> tuple[Span, ...]:
    """From the first to the last token of each sentence."""
    starts, stops = tokens.starts[bounds[:-1]], tokens.stops[bounds[1:] - 1]
    return tuple(Span(*pair) for pair in zip(starts.tolist(), stops.tolist(), strict=True))


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
