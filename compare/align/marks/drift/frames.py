"""How sure a change is: the sentences that it stands in, and the equal words around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.model import Span
from compare.text.coverage import span_of
from compare.text.language import words

if TYPE_CHECKING:
    from compare.align.marks.drift.passage import Passage
    from compare.align.prepare import Text
    from compare.facts.read import Stated

_NEIGHBOURS = 4  # equal tokens beside a change that are looked at, each way
_SHARED = 2  # content words that the sentences have in common, beside the change, and ...
_ALIKE, _MUCH = 0.5, 0.75  # ... their share of those of the longer sentence, in a fair frame and in a strong one
_BESIDE = 3  # or else equal tokens beside the change, both ways together, in a fair one ...
_SEVERAL = 2  # ... and each way in a strong one, with so many content words among them
_MOST = 6  # equal tokens beside a change, and borders, that need no content words among them
_LED = 3  # equal tokens each way that the change of another word than a figure or a name needs, ...
_LONG = 5  # ... unless it stands in sentences that are nearly the same and have so many content words in common
_BOTH = 2  # sides
_HEAD = 6  # tokens of a sentence in which the words of a caption stand
_SHORT = 12  # tokens of a line that can be a caption, a credit, a link

_ADDRESS = 200  # characters of a web address before a figure that are looked at
_MARKS = re.compile(r"://|www\.|=[\"']|\w/\w+/")
_SIGNS = " \t\r()[]*_|:–—-"  # what may stand beside its words


class Frame(NamedTuple):
    """The tokens of the sentences around a change, on both sides, and what of them is equal."""

    tokens: tuple[Span, Span]
    before: int
    """Equal tokens directly before the change, up to a few; ..."""
    after: int
    """... and directly behind it."""
    content: int
    """Content words among those."""
    shared: int
    """Distinct content words of both sentences, outside the change."""
    alike: float
    """Their share of those of the sentence that has more."""
    first: int
    """How many of the two sentences begin with the change, or with those ..."""
    last: int
    """... and how many so end."""

    @property
    def is_fair(self) -> bool:
        """Whether it may be the same statement: equal words on both sides, or sentences that are much alike."""
        if not (self.before or self.first) or not (self.after or self.last) or not self.before + self.after:
            return False
        beside = self.before + self.after + self.first // 2 + self.last // 2 >= _BESIDE and self.content > 0
        return self.alike == 1 or beside or (self.shared >= _SHARED and self.alike >= _ALIKE)

    @property
    def is_strong(self) -> bool:
        """Whether it is the same statement: several equal words beside it, or sentences that are nearly the same."""
        if not self.is_fair:
            return False
        beside = self.before + self.after + self.first + self.last >= 2 * _SEVERAL
        return self.is_same or (beside and self.content >= _SEVERAL)

    @property
    def is_held(self) -> bool:
        """Whether it is the same statement, and equal words stand directly before it and behind it."""
        before = self.before >= _SEVERAL or self.first == _BOTH
        beside = self.before + self.after + self.first + self.last >= _MOST
        return (
            before and (self.after >= _SEVERAL or self.last == _BOTH) and (self.is_strong or (self.is_fair and beside))
        )

    @property
    def is_led(self) -> bool:
        """Whether it is the same statement, and nothing near it turns it round ("it is unlikely that")."""
        if not self.is_strong:
            return False
        beside = (self.before >= _LED or self.first == _BOTH) and (self.after >= _LED or self.last == _BOTH)
        near = self.after >= _SEVERAL or self.last == _BOTH or self.alike == 1
        return beside or (near and self.is_same and self.shared >= (_SHARED if self.alike == 1 else _LONG))

    @property
    def is_same(self) -> bool:
        """Whether the sentences are nearly the same."""
        return self.alike == 1 or (self.shared >= _SHARED and self.alike >= _MUCH)


class _Beside(NamedTuple):
    """Equal tokens beside a change, one way: how many, how many of them content words, how many sentences end there."""

    tokens: int
    content: int
    bounded: int


def frame(passage: Passage, change: tuple[Span, Span]) -> Frame:
    """The frame of these tokens."""
    texts = passage.texts
    sides = [
        sentences_of(texts[side], change[side], begins=begins_sentence(texts[1 - side], change[1 - side]))
        for side in (0, 1)
    ]
    before, after = (_equal(passage, change, (sides[0], sides[1]), back=back) for back in (True, False))
    rests = [_content(passage, side, sides[side], change[side]) for side in (0, 1)]
    shared = len(rests[0] & rests[1])
    most = max(map(len, rests))
    return Frame(
        tokens=(sides[0], sides[1]),
        before=before.tokens,
        after=after.tokens,
        content=before.content + after.content,
        shared=shared,
        alike=shared / most if most else 1.0,
        first=before.bounded,
        last=after.bounded,
    )


def begins_sentence(text: Text, span: Span) -> bool:
    """Whether a range of tokens that is not empty begins a sentence."""
    return span.start < span.stop and int(text.bounds[text.owner[span.start]]) == span.start


def sentences_of(text: Text, span: Span, *, begins: bool = False) -> Span:
    """The tokens of the sentences that a range of tokens touches.

    An empty one between two sentences belongs to the later one if what it stands against `begins` a sentence.
    """
    last = len(text.tokens) - 1
    first, final = min(span.start, last), min(max(span.start, span.stop - 1), last)
    if span.start == span.stop and first and int(text.bounds[text.owner[first]]) == first and not begins:
        first = final = first - 1
    return Span(int(text.bounds[text.owner[first]]), int(text.bounds[text.owner[final] + 1]))


def _equal(passage: Passage, change: tuple[Span, Span], sides: tuple[Span, Span], *, back: bool) -> _Beside:
    """What is equal beside a change, inside its sentences; facts that may differ too are passed over."""
    hashes = [text.tokens.hashes for text in passage.texts]
    at = [span.start - 1 if back else span.stop for span in change]
    equal = content = 0
    while equal < _NEIGHBOURS:
        inside = [place in range(*side) for place, side in zip(at, sides, strict=True)]
        if not all(inside):
            return _Beside(equal, content, 2 - sum(inside))
        if hashes[0][at[0]] == hashes[1][at[1]]:
            content += int(passage.texts[0].content[at[0]])
            at = [place - 1 if back else place + 1 for place in at]
            equal += 1
            continue
        beyond = [_beyond(passage.covering[side].get(at[side]), at[side], back=back) for side in (0, 1)]
        if None in beyond:
            break
        at = [place for place in beyond if place is not None]
    return _Beside(equal, content, 0)


def _beyond(fact: Stated | None, at: int, *, back: bool) -> int | None:
    """The token behind a fact that begins here, read on or back; None where none begins."""
    if fact is None:
        return None
    if back:
        return fact.tokens.start - 1 if at == fact.tokens.stop - 1 else None
    return fact.tokens.stop if at == fact.tokens.start else None


def _content(passage: Passage, side: int, part: Span, change: Span) -> set[int]:
    """The content words of a sentence outside the change, without figures and dates."""
    text = passage.texts[side]
    flags = text.content[slice(*part)].copy()
    flags[max(0, change.start - part.start) : max(0, change.stop - part.start)] = False
    flags[[token - part.start for token in range(*part) if token in passage.covering[side]]] = False
    return set(np.unique(text.tokens.hashes[slice(*part)][flags]).tolist())


def is_furniture(text: Text, tokens: Span) -> bool:
    """Whether a short line begins as captions, credits, links and time stamps do: no part of the story."""
    if _is_caption(text, tokens):
        return True
    if tokens.stop - tokens.start > _SHORT:
        return False
    start, stop = span_of(text.tokens, tokens)
    first = text.text[start : int(text.tokens.stops[tokens.start])].lower()
    if first not in words("spelling", "furniture"):
        return False
    return not text.text[:start].rpartition("\n")[2].strip(_SIGNS) and text.text[stop:].lstrip(_SIGNS)[:1] in {"", "\n"}


def _is_caption(text: Text, tokens: Span) -> bool:
    """Whether a sentence begins as a caption of a page's pictures does: "Hide Caption 4 of 22 Photos: …"."""
    stop = min(tokens.stop, tokens.start + _HEAD)
    ends = text.tokens.stops[tokens.start : stop].tolist()
    starts = text.tokens.starts[tokens.start : stop].tolist()
    named = [
        text.text[start:end].lower() in words("spelling", "captions") for start, end in zip(starts, ends, strict=True)
    ]
    return sum(named) > 1 or (named[:1] == [True] and text.text[ends[0] : ends[0] + 1] == ":")


def is_in_address(text: Text, span: Span) -> bool:
    """Whether it stands in a web address or another word with slashes and points: a path, an attribute."""
    before = text.text[max(0, span.start - _ADDRESS) : span.start].split()
    return bool(span.start and not text.text[span.start - 1].isspace() and before and _MARKS.search(before[-1]))
