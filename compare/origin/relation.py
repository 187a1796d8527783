"""From whom the wording is that two texts share, as far as what they say of themselves shows it.

| what is shared | it is called |
|---|---|
| stands in quotation marks on both sides | shared quotation; a statement in both, where both say so |
| lines that are boilerplate, for the most part | house style |
| both texts name one agency as their source | agency copy on both sides |
| one outlet, or one author, has both | same outlet, same author |
| one names the other's outlet: in a credit, or beside what it took | with credit; one outlet from another |
| one sets off what is the other's own prose | one outlet from another |
| the later of two dated texts keeps much of an agency's in order, and names nobody | without credit |

The first that holds is told, with what shows it. A pair that nothing shows it of is unclear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.model import NO_HEAD, HeadPart, Mark, Relation, Span
from compare.origin.agencies import alone, mentions_of, source_of
from compare.origin.lines import first_lines
from compare.origin.tables import listed_words, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Document, Head, Match, Operation, Source, Tokens
    from compare.origin.first import First

    Flags = NDArray[np.bool_]

_QUOTED = 0.6  # share of the shared words from which they are a quotation, if both sides quote them
_ON_ONE = 0.25  # share of them that one side alone quotes, from which they may be the other's own prose
_LABEL = 100  # characters of a line that says what stands below it: "Full transcript:"
_SHORT = 200  # shared words of a passage that can be set off as a whole
_SAID = 100  # shared words of a passage that is a tweet or an exchange as a whole
_TAKEN = 0.4  # share of the shared words that one side quotes of the other
_CLOSE = 160  # characters beside a passage in which it is said what it is
_NEAR = 300  # characters beside a passage in which it is said whose it is
_FAR = 32  # characters beside a name in which a report's word makes it the source
_ORDERED, _LEAST_RUN = 0.3, 12  # share of the shorter text, and words in a row, from which a later text is an agency's
_BESIDE = 60  # characters beside a name that are told with it, and before a passage in which a speaker is named
_BEHIND = 80  # characters behind a passage in which a tweet says whose it is
_SHOWN = 120  # characters of a text's words that are told
_OPENING = frozenset("“„«‹")
_SET_OFF = re.compile(r"[:：][\s\"“”„«»'‘’>*_-]{0,6}$")
_HANDLE = re.compile(r"\(@\w{1,30}\)|pic\.twitter\.com|(?:^|[.?!…] )[A-Z][A-Z .]{2,30}: ", re.MULTILINE)
_HOST = re.compile(r"(?:https?://)?(?:www\d?\.|m\.|edition\.)?([\w.-]{3,80})")


class Side(NamedTuple):
    """What must be known of one of two texts."""

    document: Document
    text: str
    """As it is read."""
    tokens: Tokens
    quoted: Flags
    """Which tokens stand in quotation marks."""

    @property
    def head(self) -> Head:
        """What it says of itself."""
        return self.document.head or NO_HEAD

    @property
    def outlet(self) -> str:
        """Who printed it, as it is told; empty if nobody knows."""
        given = self.document.source
        source = source_of(given) if given else None
        return source.name if source else given or self.head.outlet

    @property
    def supplied(self) -> dict[str, str]:
        """Who supplied it or a part of it, by name, in the words of the text."""
        words = {
            source.name: _ending(" ".join(self.text[slice(*credit.span)].split()))
            for credit in self.head.credits
            for source in credit.sources
            if source.kind.is_wire
        }
        own = source_of(self.document.source) if self.document.source else None
        return {own.name: f"source: {self.document.source}"} | words if own and own.kind.is_wire else words

    @property
    def wholly(self) -> frozenset[str]:
        """The agencies whose text it is said to be as a whole."""
        own = source_of(self.document.source) if self.document.source else None
        named = (source for credit in self.head.credits if credit.is_whole for source in credit.sources)
        return frozenset(source.name for source in (*named, *([own] if own else [])) if source.kind.is_wire)


def _ending(words: str) -> str:
    """A credit's words, of a long sentence the last whole ones."""
    return words if len(words) <= _SHOWN else f"… {words[-_SHOWN:].partition(' ')[2]}"


class Related(NamedTuple):
    """A relation and what shows it, in words."""

    relation: Relation
    evidence: tuple[str, ...] = ()
    taker: str = ""
    """The side, `a` or `b`, that has it from the other by its own words; empty if no words say so."""


def relation_of(a: Side, b: Side, matches: Sequence[Match], first: First) -> Related:
    """The relation of two texts that share wording."""
    shared = [match for match in matches if match.kind.is_reuse and match.operations]
    own = [match for match in shared if Mark.BOILERPLATE not in match.marks]
    answers = (
        _house_style(a, shared)
        or _agency(a, b, a.wholly & b.wholly)
        or _same_hand(a, b)
        or _quoted_by(a, b, own, first)
        or _quotation(a, b, own)
        or _agency(a, b, frozenset(a.supplied) & frozenset(b.supplied))
        or _credited(a, b, first)
        or _named(a, b, own, first)
        or _set_off_by(a, b, own, first)
        or _uncredited(a, b, own, first)
    )
    return answers or Related(Relation.UNCLEAR)


# --- what is shared ------------------------------------------------------------------------------------------------


def _kept(match: Match) -> Iterator[Operation]:
    return (step for step in match.operations if step.kind == "equal")


def _words(matches: Sequence[Match]) -> int:
    return sum(step.tokens_a.stop - step.tokens_a.start for match in matches for step in _kept(match))


def _house_style(a: Side, shared: Sequence[Match]) -> Related | None:
    titles = [span for part, span in a.head.spans if part is HeadPart.TITLE]
    shared = [match for match in shared if not any(span.start <= match.a.start < span.stop for span in titles)]
    lines = [match for match in shared if Mark.BOILERPLATE in match.marks]
    if not lines or _words(lines) * 2 <= _words(shared):
        return None
    return Related(Relation.HOUSE_STYLE, (f"{_words(lines)} of {_words(shared)} shared words are boilerplate",))


def _quotation(a: Side, b: Side, own: Sequence[Match]) -> Related | None:
    """What both sides have from one mouth: most shared words are quoted on both sides, few on one side alone."""
    every = _words(own)
    counts = [_quoted(a, b, match) for match in own]
    either, mouth = (sum(column) for column in list(zip(*counts, strict=True))[3:]) if counts else (0, 0)
    if not every or mouth < _QUOTED * every or either - mouth > _ON_ONE * every:
        return None
    if sum(_set_off_alone(a, b, match) for match in own) > _ON_ONE * every:  # the other's own prose
        return None
    stated = _stated(a, b, [match for match, count in zip(own, counts, strict=True) if count.mouth])
    words = f"{mouth} of {every} shared words are quoted on both sides"
    if stated:
        return Related(Relation.RELEASE, (words, f"both: {stated}"))
    return Related(Relation.QUOTATION, (words,))


class _Quoted(NamedTuple):
    """Shared words of a match that are somebody's: in marks, or set off."""

    a: int
    b: int
    both: int
    either: int
    mouth: int
    """On both sides from a mouth: in marks, or in what is set off or labelled as speech."""


def _quoted(a: Side, b: Side, match: Match) -> _Quoted:
    in_a = _flags(a, [step.tokens_a for step in _kept(match)])
    in_b = _flags(b, [step.tokens_b for step in _kept(match)])
    words = len(in_a)
    is_short = words <= _SHORT
    of_a = in_a | (is_short and _is_set_off(a, match.a))
    of_b = in_b | (is_short and _is_set_off(b, match.b))
    by_mouth = (in_a | _is_speech(a, match.a, words)) & (in_b | _is_speech(b, match.b, words))
    return _Quoted(*(int(np.count_nonzero(flags)) for flags in (of_a, of_b, of_a & of_b, of_a | of_b, by_mouth)))


def _flags(side: Side, spans: Sequence[Span]) -> Flags:
    """Which tokens of some spans, one behind the other, stand in marks."""
    return np.concatenate([np.zeros(0, bool), *(side.quoted[slice(*span)] for span in spans)])


def _is_speech(side: Side, span: Span, words: int) -> bool:
    """Whether a passage is from a mouth without marks: by a speaker's name or handle, or below a colon or a label."""
    if words <= _SAID and _HANDLE.search(side.text[max(0, span.start - _BESIDE) : span.stop + _BEHIND]):
        return True
    return (_is_below_colon(side, span) or _is_labelled(side.text, span.start)) and _is_spoken(side, span)


def _is_labelled(text: str, stop: int) -> bool:
    """Whether one of the lines that a text begins with, above a passage, calls it a transcript."""
    lines = (line for line in first_lines(text) if line.span.stop <= stop and len(line.text) <= _LABEL)
    return any(pattern("transcript").search(line.text) for line in lines)


def _is_below_colon(side: Side, span: Span) -> bool:
    return bool(_SET_OFF.search(side.text[max(0, span.start - 8) : span.start].rstrip(" \n")))


def _set_off_alone(a: Side, b: Side, match: Match) -> int:
    """Shared words of a passage that one side sets off, and the other has as its own."""
    by_a = _is_below_colon(a, match.a) and not _is_set_off(b, match.b)
    by_b = _is_below_colon(b, match.b) and not _is_set_off(a, match.a)
    if not (by_a or by_b):
        return 0
    owner = b if by_a else a
    spans = [step.tokens_b if by_a else step.tokens_a for step in _kept(match)]
    return sum(int((~owner.quoted[slice(*span)]).sum()) for span in spans)


def _is_set_off(side: Side, span: Span) -> bool:
    """Whether a passage is somebody's words without marks: behind a colon, a tweet, a transcript."""
    if _is_below_colon(side, span) or side.text[max(0, span.start - 1) : span.start] in _OPENING:
        return True
    return bool(_HANDLE.search(side.text[max(0, span.start - _BESIDE) : span.stop + _BEHIND]))


def _stated(a: Side, b: Side, quoted: Sequence[Match]) -> str:
    """The words by which both sides say of most of it that it is a statement, a letter, a tweet; or nothing."""
    stated = [(_words([match]), _statement(a, match.a), _statement(b, match.b)) for match in quoted]
    if sum(words for words, *both in stated if all(both)) * 2 <= _words(quoted):
        return ""
    named = next(both for _, *both in sorted(stated, reverse=True) if all(both))
    return " / ".join(dict.fromkeys(named))


def _statement(side: Side, span: Span) -> str:
    around = side.text[max(0, span.start - _CLOSE) : span.stop + _CLOSE]
    words = pattern("statement").search(around)
    return " ".join(words[0].split()) if words else ""


# --- who has it ----------------------------------------------------------------------------------------------------


def _agency(a: Side, b: Side, agencies: frozenset[str]) -> Related | None:
    """One agency on both sides."""
    name = next((name for name in a.supplied if name in agencies), "")
    return Related(Relation.AGENCY, (f"{name}: a “{a.supplied[name]}”, b “{b.supplied[name]}”",)) if name else None


def _host(side: Side) -> str:
    host = _HOST.match(side.document.url) if side.document.url else None
    return host[1].lower() if host else ""


def _same_hand(a: Side, b: Side) -> Related | None:
    if (host := _host(a)) and host == _host(b):
        return Related(Relation.SAME_OUTLET, (f"both: {host}",))
    if a.outlet and a.outlet == b.outlet:
        return Related(Relation.SAME_OUTLET, (f"both: {a.outlet}",))
    author = " ".join(a.document.author.casefold().split())
    if author and " " in author and author == " ".join(b.document.author.casefold().split()):
        return Related(Relation.SAME_AUTHOR, (f"both by {a.document.author}",))
    return None


# --- who names whom ------------------------------------------------------------------------------------------------


def _credited(a: Side, b: Side, first: First) -> Related | None:
    """One side's credit names the other's outlet, and it isn't the earlier of the two."""
    for name, side, source in (("b", b, a), ("a", a, b)):
        outlet = source.outlet
        for credit in side.head.credits:
            if outlet and first.side != name and outlet != side.outlet and outlet in {s.name for s in credit.sources}:
                words = " ".join(side.text[slice(*credit.span)].split())[:160]
                return Related(Relation.CREDITED, (f"{name}: “{words}”",), name)
    return None


def _named(a: Side, b: Side, own: Sequence[Match], first: First) -> Related | None:
    """One side names the other's outlet beside what it has of it, and the other doesn't name it so."""
    sides = (("b", b, a, [match.b for match in own]), ("a", a, b, [match.a for match in own]))
    naming = {
        name: words
        for name, side, source, spans in sides
        if (words := _names(side, source, spans)) and first.side != name
    }
    if len(naming) != 1:
        return None
    ((name, words),) = naming.items()
    outlet = (a if name == "b" else b).outlet
    return Related(Relation.NAMED, (f"{name} has it from {outlet}: “{words}”",), name)


def _quoted_by(a: Side, b: Side, own: Sequence[Match], first: First) -> Related | None:
    """One side quotes or sets off what is the other's own prose, and names it."""
    if a.outlet == b.outlet or not (a.outlet or b.outlet):  # nobody can be named
        return None
    counts = [(match, _quoted(a, b, match)) for match in own]
    for at, name, side, source in ((1, "b", b, a), (0, "a", a, b)):
        taken = [
            match for match, count in counts
            if count[at] - count.both > _TAKEN * _words([match]) or _is_set_off(side, _span(match, name))
        ]  # fmt: skip
        if taken and _words(taken) >= _TAKEN * _words(own) and first.side != name:
            spans = [_span(match, name) for match in taken]
            if words := _names(side, source, spans) or _names_above(side, source, spans):
                return Related(Relation.NAMED, (f"{name} has it from {source.outlet}: “{words}”",), name)
    return None


def _set_off_by(a: Side, b: Side, own: Sequence[Match], first: First) -> Related | None:
    """One side sets off, as somebody's, what is the other's own prose; a speech is nobody's prose."""
    for name, side, source in (("b", b, a), ("a", a, b)):
        taken = [match for match in own if _is_below_colon(side, _span(match, name))]
        is_prose = not any(_is_spoken(side, _span(match, name)) for match in taken)
        words = sum(_set_off_alone(a, b, match) for match in taken)
        is_other = bool(side.outlet and source.outlet) and side.outlet != source.outlet
        if taken and is_prose and is_other and first.side != name and words >= _TAKEN * _words(own):
            shown = f"{name} has it from {source.outlet}: it sets off {words} words that are the other's own"
            return Related(Relation.NAMED, (shown,), name)
    return None


def _is_spoken(side: Side, span: Span) -> bool:
    """Whether somebody speaks in a passage, outside of quotation marks."""
    words = re.finditer(r"[^\W\d_][\w'’]*", side.text[span.start : span.stop])
    said = (word for word in words if word[0].lower().replace("’", "'") in listed_words("first_person"))
    return any(not _is_quoted_at(side, span.start + word.start()) for word in said)


def _names_above(side: Side, source: Side, spans: Sequence[Span]) -> str:
    """The words before what is set off that name the other's outlet."""
    if source.outlet == side.outlet:
        return ""
    for start, stop in _mentioned(side.text, source):
        is_above = any(span.start - _NEAR <= start < span.start and _is_set_off(side, span) for span in spans)
        if is_above and not _is_quoted_at(side, start):
            return _around(side.text, start, stop)
    return ""


def _names(side: Side, source: Side, spans: Sequence[Span]) -> str:
    """The words with which a side names the other's outlet as its source; or nothing."""
    if not source.outlet or source.outlet == side.outlet:
        return ""
    for start, stop in _mentioned(side.text, source):
        before, behind = side.text[max(0, start - _FAR) : start], side.text[stop : stop + _FAR]
        is_near = any(span.start - _NEAR <= start <= span.stop + _NEAR for span in spans)
        keys = ("from_whom", "said") if is_near else ("from_whom",)
        is_source = any(pattern(key).search(beside) for key in keys for beside in (before, behind))
        if is_source and not _is_quoted_at(side, start):
            return _around(side.text, start, stop)
    return ""


def _around(text: str, start: int, stop: int) -> str:
    """Some words with whole words beside them, in one line."""
    before, behind = text[max(0, start - _BESIDE) : start], text[stop : stop + _BESIDE]
    begin = before.find(" ") + 1 if start > _BESIDE else 0
    end = behind.rfind(" ") if stop + _BESIDE < len(text) else len(behind)
    return " ".join(text[start - len(before) + begin : stop + max(0, end)].split())


def _is_quoted_at(side: Side, place: int) -> bool:
    token = int(side.tokens.starts.searchsorted(place, "right")) - 1
    return token >= 0 and bool(side.quoted[token])


def _mentioned(text: str, source: Side) -> Iterator[tuple[int, int]]:
    """Where a text names the outlet of the other one."""
    if not source.outlet:
        return
    named: Source | None = source_of(source.document.source) if source.document.source else None
    named = named or next(iter(alone(source.outlet)), None)
    if named is None:
        for hit in re.finditer(rf"(?<!\w){re.escape(source.outlet)}(?!\w)", text):
            yield hit.span()
        return
    yield from mentions_of(named, text)


def _uncredited(a: Side, b: Side, own: Sequence[Match], first: First) -> Related | None:
    """The later of two dated texts keeps much of an agency's in order, as its own prose, and names nobody.

    Of an outlet's text that is not said: both may have it from a third.
    """
    if not first.side or not own:
        return None
    name, earlier, later = ("b", a, b) if first.side == "a" else ("a", b, a)
    agencies = ", ".join(sorted(earlier.wholly))
    quoted = sum(_quoted(a, b, match).either for match in own if not _is_set_off(later, _span(match, name)))
    quoted += _words([match for match in own if _is_set_off(later, _span(match, name))])
    is_named = later.supplied.keys() - earlier.supplied.keys() or any(_mentioned(later.text, earlier))
    if not agencies or is_named or quoted > _TAKEN * _words(own):  # it may be from there
        return None
    longest = max(step.tokens_a.stop - step.tokens_a.start for match in own for step in _kept(match))
    share = _words(own) / max(1, min(len(a.tokens), len(b.tokens)))
    if share < _ORDERED or longest < _LEAST_RUN:
        return None
    return Related(
        Relation.UNCREDITED, (first.why, f"{first.side} is the text of {agencies}, whom {name} doesn't name")
    )


def _span(match: Match, side: str) -> Span:
    return match.a if side == "a" else match.b
