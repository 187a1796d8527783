"""The repeats of a text in the terminal: each passage once, with its places. Pure: values in, text out."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.model import Kind, Span
from compare.terminal.passages import Paint, fact_lines, line_of, marked_words, plain, wrapped
from compare.text.coverage import coverage
from compare.text.signs import with_signs
from compare.text.tokens import tokens_of
from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.words import how_read, name, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compare.model import Document, Match

SHOWN_PLACES = 12
_SAME = 0.8  # share of both spans from which two places are one
_NEAR = 4  # places that may begin between a span and the place it is


@dataclass(frozen=True, slots=True)
class RepeatedPassage:
    """A passage with its places in order, and the matches that join them."""

    places: list[Span]
    matches: list[Match]


def repeats_text(document: Document, matches: Sequence[Match], *, colored: bool) -> str:
    """The repeats as text. Without colour it says as much: [-no more-], {+anew+}."""
    paint = Paint(colored=colored)
    passages = passages_of(matches)
    parts = [[_headline(document, passages, matches), *filter(None, [how_read(document)])]]
    parts += [_passage(number, passage, document, paint) for number, passage in enumerate(passages, 1)]
    return "\n\n".join("\n".join(lines) for lines in parts)


def passages_of(matches: Iterable[Match]) -> list[RepeatedPassage]:
    """The passages by their first place. A place of one match that is nearly one of another is the same. O(n log n)."""
    passages: list[RepeatedPassage] = []
    places: list[tuple[Span, int]] = []
    for match in sorted(matches, key=lambda match: (match.b, match.a)):
        at = _known(match.a, places)
        if at is None:
            at = len(passages)
            passages.append(RepeatedPassage([match.a], []))
            insort(places, (match.a, at))
        passages[at].places.append(match.b)
        passages[at].matches.append(match)
        insort(places, (match.b, at))
    return sorted(passages, key=lambda passage: passage.places)


def _known(span: Span, places: list[tuple[Span, int]]) -> int | None:
    """The passage that one of the known places belongs to, if the span is that place."""
    at = bisect_left(places, (span, 0))
    near = places[max(0, at - _NEAR) : at + _NEAR]
    return next((passage for place, passage in near if _same(span, place)), None)


def _same(first: Span, second: Span) -> bool:
    shared = min(first.stop, second.stop) - max(first.start, second.start)
    return shared >= _SAME * max(first.stop - first.start, second.stop - second.start)


def _headline(document: Document, passages: Sequence[RepeatedPassage], matches: Sequence[Match]) -> str:
    called = safe(name(document.id))
    if not passages:
        return f"{called}: no passage stands more than once."
    again = coverage(step.tokens_b for match in matches for step in match.operations if step.kind == "equal")
    words = len(tokens_of(document))
    stand = f"{plural(len(passages), 'passage')} {'stands' if len(passages) == 1 else 'stand'} more than once"
    return f"{called}: {stand}. {number(again)} of its {plural(words, 'word')} are repeats ({percent(again / words)})."


def _passage(count: int, passage: RepeatedPassage, document: Document, paint: Paint) -> list[str]:
    times = "twice" if len(passage.places) == 2 else f"{number(len(passage.places))} times"  # noqa: PLR2004
    first, *more = passage.matches
    what = [f"{count}  {times}", _kinds(passage.matches) if more else _kind(first), plural(first.words, "word")]
    head = paint.bold(" · ".join(what)).split(" ")
    lines = wrapped("", [*head, *f"({_places(passage.places, document)})".split()])
    lines[1:] = [f"   {line}" for line in lines[1:]]
    others = [match for match in passage.matches if match.kind is not Kind.VERBATIM]
    if not others:
        return [*lines, *wrapped("   ", plain(document.text, with_signs(document.text, first.a)).split())]
    return [*lines, *(line for match in others for line in _changed(match, document, paint, alone=not more))]


def _kind(match: Match) -> str:
    alike = "" if match.kind is Kind.VERBATIM else f" {min(match.similarity, 0.99):.2f}"
    return " · ".join([f"{match.kind.value}{alike}", *(mark.label for mark in match.marks)])


def _kinds(matches: Sequence[Match]) -> str:
    """How many of the later places are of each kind, and every mark once."""
    kinds = [match.kind for match in matches]
    counts = [f"{number(kinds.count(kind))} {kind.value}" for kind in Kind if kind in kinds]
    marks = dict.fromkeys(mark.label for match in matches for mark in match.marks)
    return " · ".join([", ".join(counts) if len(counts) > 1 else kinds[0].value, *marks])


def _places(places: Sequence[Span], document: Document) -> str:
    """The lines of the first places, in words: `lines 7, 9–11`."""
    lines = [line_of(document, place).split()[-1] for place in places[:SHOWN_PLACES]]
    more = f" and {number(len(places) - SHOWN_PLACES)} more" if len(places) > SHOWN_PLACES else ""
    shown = ", ".join(dict.fromkeys(lines))
    return f"{'line' if shown.isdigit() and not more else 'lines'} {shown}{more}"


def _changed(match: Match, document: Document, paint: Paint, *, alone: bool) -> Iterator[str]:
    """What a later place has otherwise than the one before it; which ones, unless there are only the two."""
    if not alone:
        yield f"   {line_of(document, match.b)} against {line_of(document, match.a)}: {_kind(match)}"
    yield from fact_lines(match, document, document, paint)
    yield from wrapped("   ", marked_words(match.operations, (document.text, document.text), paint))
