"""A pair in an editor's words: what one text has of the other, what stands at the head of each. Pure; all made safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.vocabulary import Kind, Relation
from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.families import Sides, day_of, quoting_line, version_line
from compare.wording.words import Part, direction_parts, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.model import Bar, Comparison, Document, Lineage

_EVIDENCE = 140
"""Characters of a piece of evidence that are told at once."""


class Order(NamedTuple):
    """Which side of a pair was there before, or likely was, and whether that is sure enough to be said."""

    before: str
    is_sure: bool
    is_nobodys: bool = False
    """Whether what both share is a third's: a speech, a statement."""


def pair_line(comparison: Comparison, names: tuple[str, str], bars: tuple[Bar, Bar], order: Order) -> tuple[Part, ...]:
    """What the later text of a pair has of the one that was there before; `names` and `bars` are those of a and b.

    >>> from compare.model import Bar, Comparison, Verdict
    >>> pair = Comparison("1", "2", Verdict.DERIVED, *[0.0] * 11, shared=9, longest=90)
    >>> bars = Bar(200, 190, 10, 0, 0, 0), Bar(210, 190, 10, 0, 0, 10)
    >>> "".join(part.text for part in pair_line(pair, ("The Daily", "Evening Packet"), bars, Order("a", True)))
    'Evening Packet carries 100 % of The Daily’s text, 95 % word for word and 5 % in edited phrases; adds 10 words'
    """
    if not (comparison.verdict.is_reuse and bars[0].taken):
        return direction_parts(comparison, dict(zip((comparison.a, comparison.b), names, strict=True)))
    later = 0 if order.before == "b" else 1
    sides = Sides(names[later], names[1 - later], order.is_sure)
    if order.is_nobodys:
        return quoting_line(sides, bars[later])
    return version_line(sides, bars[later], bars[1 - later])


def origin_lines(lineage: Lineage | None, names: tuple[str, str]) -> list[tuple[Part, ...]]:
    r"""Who was first of a pair that is reuse, or why nobody knows, and from whom its wording is where that is known.

    >>> from compare.model import Lineage
    >>> lineage = Lineage("a", "1 May is before 2 May", Relation.AGENCY, ("Reuters: a “by Reuters”",))
    >>> lines = origin_lines(lineage, ("X", "Y"))
    >>> print(*("".join(part.text for part in line) for line in lines), sep="\n")
    X is the earlier: 1 May is before 2 May
    From whom: agency copy on both sides (Reuters: a “by Reuters”)
    """
    if lineage is None or lineage.relation is None:
        return []
    why = safe(lineage.why)
    if lineage.first:
        lines = [(Part(names[lineage.first == "b"], is_name=True), *_said(f" is the earlier: {why}"))]
    else:
        lines = [_said(f"Who was first isn’t sure: {why}")] if why else []
    if lineage.relation is Relation.UNCLEAR:
        return lines
    evidence = "; ".join(map(_clipped, lineage.evidence))
    return [*lines, _said(f"From whom: {lineage.relation.label}{f' ({evidence})' if evidence else ''}")]


def _clipped(evidence: str) -> str:
    """Evidence, or the first of many words: all of it is among the reasons."""
    line = safe(" ".join(evidence.split()))
    return line if len(line) <= _EVIDENCE else f"{line[:_EVIDENCE].rsplit(' ', 1)[0]} …"


def kinds_line(comparison: Comparison, labels: Mapping[Kind, str]) -> str:
    """How many passages there are of each kind that is reuse; empty if there are none.

    >>> from compare.model import Comparison, Match, Span, Verdict
    >>> matches = (Match(Span(0, 1), Span(0, 1), Kind.VERBATIM, 1.0),) * 2
    >>> pair = Comparison("1", "2", Verdict.DERIVED, *[0.0] * 11, shared=9, longest=90, matches=matches)
    >>> kinds_line(pair, {Kind.VERBATIM: "word for word"})
    '2 passages: 2 word for word'
    """
    found = [match.kind for match in comparison.matches if match.kind.is_reuse]
    counts = [(found.count(kind), kind) for kind in Kind]
    told = ", ".join(f"{number(count)} {labels[kind]}" for count, kind in counts if count)
    return f"{plural(len(found), 'passage')}: {told}" if found else ""


def head_lines(document: Document, count: int) -> list[tuple[str, tuple[Part, ...]]]:
    """Outlet, date, byline, credits, licence and size of an article, each by its name; what it doesn't say isn't there.

    >>> from compare.model import Document
    >>> lines = head_lines(Document("1.txt", "", source="The Daily", author="Nell Arkwright"), 1200)
    >>> [(name, "".join(part.text for part in parts)) for name, parts in lines]
    [('outlet', 'The Daily'), ('date', 'no date'), ('byline', 'by Nell Arkwright'), ('size', '1,200 words')]
    """
    told = (
        ("outlet", "", document.source),
        ("date", "", day_of(document.published) or "no date"),
        ("byline", "by ", document.author),
        ("credit", "credit: ", ", ".join(document.agencies)),
        ("licence", "licence: ", document.license),
    )
    found = [(name, (*_said(what), _given(value))) for name, what, value in told if value]
    return [*found, ("size", _said(plural(count, "word")))]


def _given(text: str) -> Part:
    return Part(safe(" ".join(text.split())), is_name=True)


def _said(text: str) -> tuple[Part, ...]:
    return (Part(text, is_name=False),) if text else ()
