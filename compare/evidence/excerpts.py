"""What a pack shows of a text: a passage or a sentence, cut where its look changes. Pure; knows no HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Kind, Span
from compare.report.segments import visible
from compare.text.signs import with_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.evidence.stored import ShownMatch

CHANGED, REWRITTEN, FOLDED = "changed", "rewritten", "folded"
FOLDED_WORDS, FOLDED_LETTERS = 240, 1500
"""Words, or letters of a script without blanks, from which a stretch that is the same on both sides is folded."""
KEPT_WORDS, KEPT_LETTERS = 80, 250
"""Of these so many stand before the fold, and as many after it."""
SENTENCE = 700
"""Characters of a sentence that are shown around what was changed in it."""
_WORD = re.compile(r"\S+")
_LONG_WORD = 20
_MANY = 50
"""Characters of changed words from which they are marked more quietly: a page of bold words shows nothing."""
_GAP = re.compile(r"\n\s*\n\s*\n")


class Piece(NamedTuple):
    """Text of one look: empty, `changed`, `rewritten` (changed, and long), or `folded`: `words` words are not shown."""

    text: str
    look: str = ""
    words: int = 0


class _Look(NamedTuple):
    """A stretch of a text that has a look of its own."""

    start: int
    stop: int
    look: str
    words: int = 0


def passage_pieces(texts: tuple[str, str], match: ShownMatch) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both sides of a passage: words of one side alone marked, long stretches that are the same folded."""
    folds = [fold for step in match.ops if step[0] == "=" and (fold := _fold(texts, step[1:]))]
    looks = [
        [*(_Look(*place, CHANGED) for place in marked(match, side)), *(fold[side == "b"] for fold in folds)]
        for side in "ab"
    ]
    spans = (with_signs(text, Span(*place)) for text, place in zip(texts, (match.a, match.b), strict=True))
    a, b = (_pieces(text, span, sorted(own)) for text, span, own in zip(texts, spans, looks, strict=True))
    return a, b


class Looked(NamedTuple):
    """What is to be marked in a sentence."""

    span: tuple[int, int]
    within: Sequence[tuple[int, int]] = ()
    """Words that differ: those that lie in the span are marked, or all of it where none does."""
    look: str = CHANGED


def sentence_pieces(text: str, sentence: tuple[int, int], looked: Looked) -> tuple[Piece, ...]:
    """A sentence with its changed words marked; of a long one what stands around them. Nothing for an empty span."""
    if sentence[0] == sentence[1]:
        return ()
    whole, (first, last) = with_signs(text, Span(*sentence)), looked.span
    half = max(0, SENTENCE - (last - first)) // 2
    start = whole.start if first - whole.start <= half else _blank_before(text, first - half)
    stop = whole.stop if whole.stop - last <= half else _blank_before(text, last + half)
    inner = [_Look(max(one, first), min(end, last), looked.look) for one, end in sorted(looked.within)]
    looks = [look for look in inner if look.start < look.stop] or [_Look(first, last, looked.look)]
    pieces = _pieces(text, Span(start, max(start, stop)), looks)
    before, after = Piece("… " if start > whole.start else ""), Piece("…" if stop < whole.stop else "")
    return tuple(piece for piece in (before, *pieces, after) if piece.text)


def _blank_before(text: str, place: int) -> int:
    """The end of the word before a place, or the place itself in a text without blanks."""
    found = text.rfind(" ", max(0, place - 4 * _LONG_WORD), place)
    return found + 1 if found >= 0 else place


def marked(match: ShownMatch, side: str) -> list[tuple[int, int]]:
    """What one side of an edited passage has alone; in a reworded one it may stand elsewhere on the other side."""
    return differing(match, side) if match.kind is Kind.EDITED else []


def differing(match: ShownMatch, side: str) -> list[tuple[int, int]]:
    """The words of one side of a passage against which no equal ones stand."""
    at = 1 if side == "a" else 3
    return [(int(step[at]), int(step[at + 1])) for step in match.ops if step[0] != "="]


def _fold(texts: tuple[str, str], places: Sequence[int]) -> tuple[_Look, _Look] | None:
    """What is left out of a stretch that both sides have; nothing of a short one."""
    sides = list(zip(texts, (places[:2], places[2:]), strict=True))
    words = [[(word.start(), word.end()) for word in _WORD.finditer(text, *place)] for text, place in sides]
    if min(map(len, words)) >= FOLDED_WORDS:
        a, b = (_Look(one[KEPT_WORDS - 1][1], one[-KEPT_WORDS][0], FOLDED, len(one) - 2 * KEPT_WORDS) for one in words)
        return a, b
    lengths = [stop - start for _, (start, stop) in sides]
    if min(lengths) >= FOLDED_LETTERS and all(
        len(one) * _LONG_WORD < size for one, size in zip(words, lengths, strict=True)
    ):
        a, b = (_Look(start + KEPT_LETTERS, stop - KEPT_LETTERS, FOLDED) for _, (start, stop) in sides)
        return a, b
    return None


def _pieces(text: str, span: Span, looks: Iterable[_Look]) -> tuple[Piece, ...]:
    """A span of a text, piece by piece; where looks overlap, the first has the text."""
    pieces, place = list[Piece](), span.start
    for look in looks:
        start, stop = max(place, look.start), min(span.stop, look.stop)
        if start >= stop:
            continue
        changed = _shown(text[start:stop])
        how = REWRITTEN if look.look == CHANGED and len(changed) > _MANY else look.look
        pieces += [Piece(_shown(text[place:start])), Piece("" if how == FOLDED else changed, how, look.words)]
        place = stop
    pieces.append(Piece(_shown(text[place : span.stop])))
    return tuple(piece for piece in pieces if piece.text or piece.look)


def _shown(text: str) -> str:
    """A text as a page shows it, with at most one blank line between two lines."""
    return _GAP.sub("\n\n", visible(text))
