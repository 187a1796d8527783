"""One side of a pair, cut where its passages, changes and paragraphs begin and end. Pure; knows no HTML.

Every code point of the shown text is in exactly one piece. Where passages overlap, the strongest has the piece, and the
others keep their label where they begin.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from compare.model import Kind, Mark, Span
from compare.text.numbering import STRENGTH
from compare.text.numbering import numbered as numbered  # noqa: PLC0414  # the pages ask for it here
from compare.text.signs import with_signs
from compare.text.tokens import disguised
from compare.wording.explain import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compare.model import Comparison, Document, Match

Side = Literal["a", "b"]
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_HIDDEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ue000-\uf8ff]"
    "|[\U000e0000-\U000e007f\U000f0000-\U0010ffff]|(?<=[A-Za-z])[\u200c\u200d]"
)
_SIGN_LETTERS = re.compile(
    "[\u249c-\u24e9\U0001d400-\U0001d7cb\U0001f110-\U0001f189]+|[\U0001f1e6-\U0001f1ff]{3,}"
    "|(?<![\u3000-\u9fff\uff00-\uffef])[\uff21-\uff3a\uff41-\uff5a]+(?![\u3000-\u9fff\uff00-\uffef])"
)
"""Runs of letters that are signs: mathematical, in circles, regional where they are no flag, wide outside Japanese."""
_HEADING = re.compile(r"#{1,6}[ \t]")
_LIST_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
# C0 and DEL as their pictures, C1, lone surrogates and bidi overrides as the replacement character: one for one.
_VISIBLE = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r\f"}
    | {0x7F: 0x2421, 0x202D: 0xFFFD, 0x202E: 0xFFFD}
    | dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000)], 0xFFFD)
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A match as it stands on one side, with its number (from 1, the same on both sides)."""

    number: int
    span: Span
    kind: Kind
    similarity: float
    marks: tuple[Mark, ...]
    changes: tuple[Span, ...]
    """Words that the other side has not, in order and disjoint."""

    @property
    def strength(self) -> tuple[int, float, int, int]:
        """Smaller is stronger: the kind, then the similarity, then the shorter, then the earlier."""
        return STRENGTH[self.kind], -self.similarity, self.span.stop - self.span.start, self.number


@dataclass(frozen=True, slots=True)
class Piece:
    """Shown text of one treatment. `number` is its passage, or 0."""

    span: Span
    text: str
    number: int
    changed: bool
    muted: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A passage's number where it begins (`first`) or goes on after a break."""

    number: int
    first: bool


@dataclass(frozen=True, slots=True)
class PassageRun:
    """Pieces of one passage side by side, after the labels that belong before them."""

    labels: tuple[Label, ...]
    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of text: what stands between blank lines, a heading or an item of a list."""

    heading: bool
    runs: tuple[PassageRun, ...]


def visible(text: str) -> str:
    r"""Text for a page: as it is, but for controls that would not show or would turn a line around.

    >>> visible("a\x00b\n")
    'a␀b\n'
    """
    return text if text.isprintable() else text.translate(_VISIBLE)


def language(document: Document) -> str:
    """The document's language if it is a language tag, else nothing."""
    return document.language if _LANGUAGE.fullmatch(document.language) else ""


def warning(document: Document) -> str:
    """What of a text a reader does not see: characters that do not show, words in letters that only look like theirs.

    Soft hyphens, zero-width and direction marks, tags and private-use characters do not show.
    """
    is_plain = document.text.isascii()
    hidden = 0 if is_plain else len(_HIDDEN.findall(document.text))
    read = disguised(document)
    alike = read.words + (0 if is_plain else len(_SIGN_LETTERS.findall(document.text)))
    counts = (
        plural(hidden, "hidden character") if hidden else "",
        f"{plural(alike, 'word')} in look-alike letters" if alike else "",
        f"{plural(read.letters, 'letter')} spaced out" if read.letters else "",
    )
    return ", ".join(filter(None, counts))


def body_start(document: Document) -> int:
    """Where the body begins: after a leading front-matter block, or 0."""
    for span in document.muted:
        block = document.text[span.start : span.stop].strip()
        if span.start == 0 and block.startswith("---") and "\n" in block and block.endswith(("---", "...")):
            return span.stop
    return 0


def placed(comparison: Comparison, side: Side, text: str, body: Span) -> tuple[Placed, ...]:
    """The matches of one side, each to the signs that cling to it, kept within the body of its text."""
    return tuple(
        Placed(
            number=number,
            span=_clipped(with_signs(text, match.a if side == "a" else match.b), body),
            kind=match.kind,
            similarity=match.similarity,
            marks=match.marks,
            changes=_changes(match, side),
        )
        for number, match in enumerate(numbered(comparison.matches), start=1)
    )


def paragraph_starts(document: Document) -> list[tuple[int, bool]]:
    """Where each paragraph of the body begins, and whether it is a heading. Linear."""
    blocks = _blocks(document.text, Span(body_start(document), len(document.text)))
    return [(block.start, _is_heading(document, block)) for block in blocks]


def paragraphs(document: Document, comparison: Comparison, side: Side) -> tuple[Paragraph, ...]:
    """The shown text of one side. Linear in the text, and in the matches unless many overlap at one place."""
    body = Span(body_start(document), len(document.text))
    blocks = _blocks(document.text, body)
    matches = placed(comparison, side, document.text, body)
    starts = [block.start for block in blocks]
    pieces = _pieces(document, matches, [*starts, body.stop])
    grouped = groupby(pieces, key=lambda piece: bisect_right(starts, piece.span.start))
    labels = _Labels(matches)
    return tuple(
        Paragraph(heading=_is_heading(document, blocks[index - 1]), runs=labels.runs(members))
        for index, members in grouped
    )


class _Labels:
    """Says which labels a run needs; remembers which passages have begun."""

    def __init__(self, matches: Iterable[Placed]) -> None:
        self._starting: dict[int, list[int]] = defaultdict(list)
        for match in matches:
            self._starting[match.span.start].append(match.number)

    def runs(self, pieces: Iterable[Piece]) -> tuple[PassageRun, ...]:
        """The pieces of one paragraph as runs; a label starts a new run."""
        groups: list[tuple[tuple[Label, ...], int, list[Piece]]] = []
        previous = 0
        for piece in pieces:
            labels = self._labels(piece, previous)
            if not groups or labels or piece.number != previous:
                groups.append((labels, piece.number, []))
            groups[-1][2].append(piece)
            previous = piece.number
        return tuple(PassageRun(labels, number, tuple(members)) for labels, number, members in groups)

    def _labels(self, piece: Piece, previous: int) -> tuple[Label, ...]:
        begun = self._starting.pop(piece.span.start, [])
        labels = tuple(Label(number, first=True) for number in begun)
        if not piece.number or piece.number == previous or piece.number in begun:
            return labels
        return (*labels, Label(piece.number, first=False))


def _pieces(document: Document, matches: Sequence[Placed], edges: Sequence[int]) -> Iterator[Piece]:
    muted = _union(document.muted)
    starting: dict[int, list[Placed]] = defaultdict(list)
    for match in matches:
        starting[match.span.start].append(match)
    active: list[Placed] = []
    for start, stop in pairwise(_cuts(matches, muted, edges)):
        active = [match for match in (*active, *starting.get(start, ())) if match.span.stop > start]
        best = min(active, key=lambda match: match.strength, default=None)
        yield Piece(
            span=Span(start, stop),
            text=visible(document.text[start:stop]),
            number=best.number if best else 0,
            changed=best is not None and _inside(best.changes, start),
            muted=_inside(muted, start),
        )


def _cuts(matches: Iterable[Placed], muted: Iterable[Span], edges: Sequence[int]) -> list[int]:
    """Every place where the treatment of the text may change, between the first and the last edge."""
    cuts = {*edges}
    for match in matches:
        cuts.update(match.span)
        for change in match.changes:
            cuts.update(change)
    for span in muted:
        cuts.update(span)
    return sorted(cut for cut in cuts if edges[0] <= cut <= edges[-1])


def _changes(match: Match, side: Side) -> tuple[Span, ...]:
    if match.kind is not Kind.EDITED:  # in other words or order: what one side has may stand elsewhere on the other
        return ()
    return changed_spans(match, side)


def changed_spans(match: Match, side: Side) -> tuple[Span, ...]:
    """What differs on a side of a match; what only changed places inside does not."""
    steps = [step for step in match.operations if step.kind != "equal"]
    changed = _union(step.a if side == "a" else step.b for step in steps)
    for part in match.inside:
        same = [step.a if side == "a" else step.b for step in part.operations if step.kind == "equal"]
        for span in same:
            changed = tuple(rest for one in changed for rest in _without(one, span))
    return changed


def _without(span: Span, other: Span) -> Iterator[Span]:
    """The parts of a span outside another one."""
    for start, stop in ((span.start, min(span.stop, other.start)), (max(span.start, other.stop), span.stop)):
        if start < stop:
            yield Span(start, stop)


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.stop > span.start):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return tuple(merged)


def _inside(spans: Sequence[Span], position: int) -> bool:
    index = bisect_right(spans, position, key=lambda span: span.start) - 1
    return index >= 0 and position < spans[index].stop


def _clipped(span: Span, body: Span) -> Span:
    """The part of a span within the body; a span outside it keeps a place for its label."""
    start = max(body.start, min(span.start, body.stop - 1))
    return Span(start, max(start, min(span.stop, body.stop)))


def _blocks(text: str, body: Span) -> list[Span]:
    """Paragraphs as spans that touch: white space belongs to the paragraph before it."""
    starts: list[int] = []
    position, previous = body.start, ""
    for line in text[body.start : body.stop].splitlines(keepends=True):
        if position == body.start or _begins(line, previous):
            starts.append(position)
        position += len(line)
        previous = line
    if len(starts) > 1 and not text[starts[0] : starts[1]].strip():
        del starts[1]  # blank lines before the first paragraph belong to it
    return [Span(start, stop) for start, stop in pairwise([*starts, body.stop])]


def _begins(line: str, previous: str) -> bool:
    if not line.strip():
        return False
    return not previous.strip() or any(map(_HEADING.match, (line, previous))) or bool(_LIST_ITEM.match(line))


def _is_heading(document: Document, block: Span) -> bool:
    """Whether a block is a Markdown heading: in plain text no marks are muted, and `#` is just a character."""
    block_text = document.text[block.start : block.stop]
    start = block.start + len(block_text) - len(block_text.lstrip())
    return bool(_HEADING.match(document.text, start)) and any(span.start == start for span in document.muted)
