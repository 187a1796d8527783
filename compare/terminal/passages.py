"""Two texts in the terminal: scores, then every passage with its words changed. Pure: values in, text out."""

from __future__ import annotations

import textwrap
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from compare.model import Kind, Span, Verdict
from compare.report.segments import warning
from compare.text.numbering import numbered
from compare.text.signs import letters, with_signs
from compare.text.tokens import body, clean
from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.lineage import lineage_lines
from compare.wording.words import both_directions, both_report, changes, doubts, how_read, longest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.model import Comparison, Document, Match, Operation

WIDTH = 88
RED, GREEN, BOLD, RESET = "\033[31m", "\033[32m", "\033[1m", "\033[0m"


def diff_text(a: Document, b: Document, comparison: Comparison, *, colored: bool, all_drifts: bool = False) -> str:
    """The comparison as text. Without colour it says as much: [-only in a-], {+only in b+}.

    With `all_drifts` also the facts that only may differ.
    """
    paint = Paint(colored=colored, all_drifts=all_drifts)
    parts = [
        [
            f"{paint.bold(comparison.verdict.value)}: {both_directions(comparison)}.",
            f"  {comparison.verdict.means}",
            *(f"  {line}" for line in lineage_lines(comparison.lineage)),
            *_scores(comparison),
            *(f"  {line}" for line in both_report(comparison, a.text)),
            *cautions(a, b),
        ]
    ]
    if comparison.verdict is not Verdict.IDENTICAL:
        parts += [_passage(number, match, a, b, paint) for number, match in enumerate(_shown(comparison), 1)]
    if not comparison.matches:
        parts.append(["No passage of the one corresponds to one of the other."])
    return "\n\n".join("\n".join(lines) for lines in parts)


def _shown(comparison: Comparison) -> list[Match]:
    """The passages that count as reuse or may; where there are none, sentences that state the same fact."""
    matches = numbered(comparison.matches)
    return [match for match in matches if match.kind.is_reuse] or matches


def _scores(comparison: Comparison) -> list[str]:
    run = longest(comparison) or "no five words in a row in common"
    containment = f"containment {comparison.containment_a:.2f} of a, {comparison.containment_b:.2f} of b"
    rest = f"jaccard {comparison.jaccard:.2f} (sketch {comparison.minhash:.2f}) · cosine {comparison.cosine:.2f}"
    return [
        f"  {containment} · {rest}",
        f"  longest: {run} · these two alone: no boilerplate is known but rights lines and the like",
    ]


def cautions(a: Document, b: Document) -> list[str]:
    """How the texts were read, where that is to be said, and what a reader of them does not see; a line a side."""
    sides = (("a", a), ("b", b))
    readings = [f"  {side}: {how}" for side, document in sides if (how := how_read(document))]
    warnings = [(side, warning(document)) for side, document in sides]
    return [*readings, *(f"  look closely: {side} holds {seen}" for side, seen in warnings if seen)]


class Paint:
    """Colours, or brackets alone; whether facts that only may differ are told, and new words follow the old at once."""

    def __init__(self, *, colored: bool, all_drifts: bool = False, close: bool = False) -> None:
        self.colored, self.all_drifts, self.close = colored, all_drifts, close

    def bold(self, text: str) -> str:
        """A text that stands out."""
        return f"{BOLD}{text}{RESET}" if self.colored else text

    def words(self, text: str, sign: str) -> list[str]:
        """Words of one side alone, each in its brackets' colour; the brackets stand around the whole."""
        if not text:
            return []
        opened, closed, color = ("[-", "-]", RED) if sign == "-" else ("{+", "+}", GREEN)
        words = f"{opened}{text}{closed}".split()
        return [f"{color}{word}{RESET}" for word in words] if self.colored else words

    def both(self, old: str, new: str) -> list[str]:
        """Words of a that are others in b."""
        left_out, put_in = self.words(old, "-"), self.words(new, "+")
        if self.close and left_out and put_in:
            return [*left_out[:-1], left_out[-1] + put_in[0], *put_in[1:]]
        return left_out + put_in


def _passage(number: int, match: Match, a: Document, b: Document, paint: Paint) -> list[str]:
    marks = "".join(f" · {mark.label}" for mark in match.marks)
    places = f"a {line_of(a, match.a)}, b {line_of(b, match.b)}"
    alike = match.similarity if match.kind is Kind.VERBATIM else min(match.similarity, 0.99)  # 1.00 is said of it alone
    name = paint.bold(f"{number}  {match.kind.value} {alike:.2f}{marks}")
    head = [f"{name}  ({places})", *_said(match, a, b, paint)]
    both = (("a  ", a, match.a), ("b  ", b, match.b))
    sides = [(side, plain(document.text, with_signs(document.text, span)).split()) for side, document, span in both]
    if match.kind in {Kind.REWRITTEN, Kind.RELATED}:
        return [*head, *(line for side in sides for line in wrapped(*side))]
    return [*head, *wrapped("   ", marked_words(match.operations, (a.text, b.text), paint))]


def _said(match: Match, a: Document, b: Document, paint: Paint) -> list[str]:
    """What a passage states otherwise, what changed places in it, and who is quoted in it, a line each."""
    inside = [
        f"   changed places: a {line_of(a, part.a)}, b {line_of(b, part.b)} ({plural(part.words, 'word')})"
        for part in match.inside
    ]
    quoted = [f"   quoted: {safe(match.speaker)}"] if match.speaker else []
    return [*fact_lines(match, a, b, paint), *inside, *quoted]


def fact_lines(match: Match, a: Document, b: Document, paint: Paint) -> list[str]:
    """The facts that differ between the sides of a match, a line each."""
    if not (match.drifts or match.unsure or match.quotations):
        return []
    texts = body(a), body(b)
    unsure = doubts(match, *texts) if paint.all_drifts else []
    return [
        *(f"   {paint.bold(change.heading)}: {change.text}" for change in changes(match, *texts)),
        *(f"   may differ: {change.text}" for change in unsure),
    ]


def line_of(document: Document, span: Span) -> str:
    """The lines of a span, from 1: `line 7`, `lines 7–9`; of a document its pages or paragraphs: `page 2`."""
    if taken := document.extraction:
        places = taken.place(span.start), taken.place(max(span.start, span.stop - 1))
        return f"{taken.unit} {places[0]}" if places[0] == places[1] else f"{taken.unit}s {places[0]}–{places[1]}"
    first = document.text.count("\n", 0, span.start) + 1
    last = document.text.count("\n", 0, max(span.start, span.stop - 1)) + 1
    return f"line {first}" if first == last else f"lines {first}–{last}"


def plain(text: str, span: Span) -> str:
    """The words of a span in one line, safe for a terminal."""
    return safe(" ".join(clean(text[slice(*span)]).split()))


def marked_words(steps: Sequence[Operation], texts: tuple[str, str], paint: Paint) -> list[str]:
    """The words of a passage; what stands in one text alone is in brackets."""
    a, b = texts
    words: list[str] = []
    shown_a = shown_b = 0
    for step in steps:
        span_a, span_b = _from(shown_a, with_signs(a, step.a)), _from(shown_b, with_signs(b, step.b))
        words_a, words_b = plain(a, span_a), plain(b, span_b)
        if step.kind != "equal":
            words += paint.both(words_a, words_b)
        elif letters(words_a) == letters(words_b):
            words += words_b.split()
        else:
            words += _each(words_a, words_b, paint)
        shown_a, shown_b = max(shown_a, span_a.stop), max(shown_b, span_b.stop)
    return words


def _each(words_a: str, words_b: str, paint: Paint) -> list[str]:
    """The words of both sides where they are the same tokens, but parted or written otherwise: b's where both agree."""
    sides = words_a.split(), words_b.split()
    keys = [[tuple(letters(word)) for word in side] for side in sides]
    both: list[str] = []
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal":
            both += sides[1][b0:b1]
        else:
            both += paint.both(" ".join(sides[0][a0:a1]), " ".join(sides[1][b0:b1]))
    return both


def _from(place: int, span: Span) -> Span:
    """The part of a span from a place on: a sign between two words clings to one of them."""
    return Span(max(place, span.start), max(place, span.stop))


def wrapped(indent: str, words: list[str], width: int = WIDTH) -> list[str]:
    """Lines of at most so many columns, if no word is longer; the first is not indented further than the others."""
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for word in words:
        size = columns(word)
        if line and used + 1 + size > width - columns(indent):
            lines.append(" ".join(line))
            line, used = [], 0
        line.append(word)
        used += size + (1 if used else 0)
    lines.append(" ".join(line))
    return [textwrap.indent(text, indent if at == 0 else " " * columns(indent)) for at, text in enumerate(lines)]


def columns(text: str) -> int:
    """Columns of a terminal that a text takes: two a wide letter, none a mark on one; colours take none.

    >>> columns("茶 and tea"), columns(f"{RED}tea{RESET}")
    (10, 3)
    """
    bare = text
    for code in (RED, GREEN, BOLD, RESET):
        bare = bare.replace(code, "")
    if bare.isascii():
        return len(bare)
    return sum(_wide(char) for char in bare)


def _wide(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 1 + (unicodedata.east_asian_width(char) in "WF")
