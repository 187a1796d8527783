"""Paragraphs and sentences of a text, as spans of the unaltered text.

Where sentences end sets the ceiling of the aligner, so three questions are asked of every newline and full stop:
was the line only wrapped there, is the point part of an abbreviation or number, does the next word start a sentence.
Every pass is one regular expression without nested repeats: cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from compare.model import Span
from compare.text.tokens import FILLER, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_FIRST_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff]{1,80}")
_BULLET = re.compile(r"\s{0,20}(?:[-*+•–—·▪◦#>|]{1,6}|\d{1,3}[.)])\s")
_SLACK = 0.85  # text set in a proportional face breaks its lines at lengths that differ by so much
_CLOSERS = "\"'”’“»«)\\]}」』】）》" + FILLER
_POINTS, _WIDE_POINTS = ".!?…", "。！？｡．।॥؟۔"
_END = re.compile(
    rf"[{_POINTS}{_WIDE_POINTS}](?:"  # one set of signs first, which is searched for at once
    rf"(?<=[{_POINTS}])(?<![{_POINTS}]{{2}})[{_POINTS}]*+[{_CLOSERS}]*+(?=\s|\Z)"  # a run at its first point: linear
    rf"|(?<=[{_WIDE_POINTS}])[{_WIDE_POINTS}]*+[{_CLOSERS}…]*+)",
)
_LAST_WORD = re.compile(r"[^\s(\[\"“„«‘'/—–" + FILLER + r"]{1,24}\Z")
_NEXT = re.compile(rf"[\s\"“”„«»‘’'(\[¿¡—–{FILLER}-]{{0,200}}([^\W_]{{1,24}})")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,6}\Z")
_ORDINAL = re.compile(r"\d{1,2}\.\Z")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALWAYS = _words(
    "mr mrs ms dr prof gen col sgt lt capt cmdr maj adm rev hon pres gov sen rep reps sens messrs mme mlle st sr fr "
    "jan feb mar apr jun jul aug sept sep oct nov dec no nos vs viz cf al approx fig figs vol pp ed eds art sec ch "
    "e.g i.e ca bzw nr bzgl ggf inkl z d u vgl abs str hrsg sog evtl gegr geb gest st mio mrd prof hl "
    "sra dra núm av pág т.е г ул им",
)
"""Abbreviations after which a sentence goes on, without their last point, lower case."""
_SOMETIMES = _words("etc inc ltd co corp jr bros dept est usw u.a p.m a.m ph.d u.s u.k u.n d.c")
"""Abbreviations that may end a sentence: they do where a word that starts sentences follows."""
_STARTERS = _words(
    "the a an this that these those it he she they we i you but and so in on at as after before for if when while "
    "however his her its their our there according der die das ein eine er sie es wir ich in im am auf aber und nach "
    "el la los las en pero le les il elle mais dans",
)
_AFTER_ORDINAL = _words(
    "januar februar märz april mai juni juli august september oktober november dezember jahrhundert jahrhunderts",
)


def paragraphs(text: str) -> list[Span]:
    r"""Spans between blank lines, trimmed of white space, in order.

    >>> paragraphs("One.\nStill one.\n\nTwo.")
    [Span(start=0, stop=15), Span(start=17, stop=21)]
    """
    return [Span(lines[0].start, lines[-1].stop) for lines in _line_groups(text)]


def sentences(text: str, muted: Sequence[Span] = ()) -> list[Span]:
    """Sentences in order, trimmed, never overlapping; together they hold every token. `muted` spans are blanks.

    >>> text = "Gen. Smith paid 4.2 million. He left."
    >>> [text[start:stop] for start, stop in sentences(text)]
    ['Gen. Smith paid 4.2 million.', 'He left.']
    """
    seen = readable(text, muted)
    groups = _line_groups(seen)
    width = _wrap_width(seen, groups)
    return [sentence for lines in groups for block in _blocks(seen, lines, width) for sentence in _split(seen, block)]


def _trimmed(text: str, start: int, stop: int) -> Span:
    """The span without white space and fillers at its ends; empty at `start` if nothing is left."""
    while start < stop and (text[start].isspace() or text[start] == FILLER):
        start += 1
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] == FILLER):
        stop -= 1
    return Span(start, stop)


@lru_cache(maxsize=1)
def _line_groups(text: str) -> tuple[list[Span], ...]:
    """The lines that are not blank, trimmed, in groups between blank lines.

    A text's quotations are read just before its sentences: the last text's lines are kept (3 % of a pair's time).
    """
    groups: list[list[Span]] = []
    group: list[Span] = []
    end = 0
    for matched in _LINE.finditer(text):
        line = _trimmed(text, *matched.span())
        broken = matched.start() - end
        if group and (line.start == line.stop or (broken > 1 and len(_BREAK.findall(text, end, matched.start())) > 1)):
            groups.append(group)
            group = []
        if line.start < line.stop:
            group.append(line)
        end = matched.end()
    return (*groups, group) if group else tuple(groups)


def _wrap_width(text: str, groups: Sequence[list[Span]]) -> int:
    """The width in characters at which the text is hard-wrapped, or 0 if it is not.

    The width is the length of the longest lines (one in 20 may be longer); the text counts as wrapped if at most of
    its single newlines the next word would not have fitted.
    """
    lengths = sorted(stop - start for lines in groups for start, stop in lines)
    if not lengths or len(lengths) == len(groups):
        return 0
    width = lengths[(len(lengths) * 19 - 1) // 20]
    full = [_is_full(text, line, after, width) for lines in groups for line, after in pairwise(lines)]
    return width if sum(full) * 2 > len(full) else 0


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line would not have fitted at the end of this one."""
    word = _FIRST_WORD.match(text, after.start, after.stop)
    return line.stop - line.start + 1 + (len(word[0]) if word else 1) > width * _SLACK


def _blocks(text: str, lines: list[Span], width: int) -> Iterator[Span]:
    """Lines joined where they were only wrapped; a single newline elsewhere ends a sentence."""
    start = lines[0].start
    for line, after in pairwise(lines):
        if not _goes_on(text, line, after, width):
            yield Span(start, line.stop)
            start = after.start
    yield Span(start, lines[-1].stop)


def _goes_on(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the second line carries on the sentence of the first."""
    if text[after.start].islower() or text[line.stop - 1] in ",;،、，":
        return True
    return bool(width) and _is_full(text, line, after, width) and not _BULLET.match(text, after.start, after.stop)


def _split(text: str, block: Span) -> list[Span]:
    spans, start = list[Span](), block.start
    for end in _END.finditer(text, block.start, block.stop):
        if end.end() < block.stop and _ends_sentence(text, start, end, block.stop):
            spans.append(_trimmed(text, start, end.end()))
            start = end.end()
    spans.append(_trimmed(text, start, block.stop))
    return [span for span in spans if span.start < span.stop]


def _ends_sentence(text: str, start: int, end: re.Match[str], stop: int) -> bool:
    """Whether the sentence that began at `start` ends with this punctuation."""
    if end[0][0] in "。！？｡．।॥؟۔":
        return True
    following = _NEXT.match(text, end.end(), stop)
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    return end[0][0] != "." or not _is_abbreviation(text, start, end.start() + 1, word)


def _is_abbreviation(text: str, start: int, stop: int, following: str) -> bool:
    """Whether the full stop before `stop` belongs to its word, seen from that word and the `following` one."""
    last = _LAST_WORD.search(text[max(start, stop - 25) : stop])
    if not last or stop - start == 1:
        return False
    word, starts_sentence = last[0], following.lower() in _STARTERS
    stem = word[:-1].lower()
    if stem in _ALWAYS:
        return not (stem == "no" and starts_sentence)
    if stem in _SOMETIMES or _INITIALS.match(word):
        return not starts_sentence
    if _ORDINAL.match(word):
        return following.lower() in _AFTER_ORDINAL or not text[start : stop - len(word)].strip()
    return False
