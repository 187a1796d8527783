"""Documents that report one event, and the facts that show it. A topic is no event: the pairs say so or nobody does."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.families.grouping import groups
from compare.model import EventGroup, Verdict
from compare.origin.first import date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.model import Comparison, Document, Span

SHOWN_FACTS = 5
ASKED = 30
"""Facts of a group of which every text is asked."""


def events_of(documents: Sequence[Document], comparisons: Sequence[Comparison]) -> tuple[EventGroup, ...]:
    """The groups of some compared documents, the largest first.

    Most pairs of a group are of one event or share text, the surest first; documents that only share text are a family,
    and no group. Sorts the pairs.
    """
    place = {document.id: number for number, document in enumerate(documents)}
    pairs = sorted(comparisons, key=lambda one: (one.verdict.rank, -one.same_event))
    edges = [(place[one.a], place[one.b]) for one in pairs]
    same = [edge for edge, one in zip(edges, pairs, strict=True) if one.verdict.is_duplicate]
    found = groups(len(documents), edges, same)
    group_of = {member: number for number, members in enumerate(found) for member in members}
    inside: dict[int, list[Comparison]] = defaultdict(list)
    for (a, b), pair in zip(edges, pairs, strict=True):
        if pair.verdict is Verdict.SAME_STORY and group_of.get(a, -1) == group_of.get(b, -2):
            inside[group_of[a]].append(pair)
    named = {document.id: document for document in documents}
    return tuple(
        _event(_by_date([documents[member] for member in found[number]]), inside[number], named)
        for number in sorted(inside)
    )


def _by_date(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(one.id for one in sorted(documents, key=lambda one: (date_of(one) or "9999", one.id)))


@dataclass(slots=True)
class _Fact:
    """What pairs have in common: as a text first says it, how rare it is, in how many pairs, and who says it."""

    said: str
    rarity: float = 0.0
    pairs: int = 0
    documents: set[str] = field(default_factory=set)


def _event(members: tuple[str, ...], pairs: Sequence[Comparison], documents: Mapping[str, Document]) -> EventGroup:
    """A group with what all of its documents say, else with what most do; its headline is of one that says most of it.

    None of it is the name of an outlet of theirs.
    """
    outlets = {documents[name].source.casefold() for name in members}
    stated = [fact for name, fact in _stated(pairs, documents).items() if name not in outlets]
    texts = {name: _plain(documents[name].text) for name in members}
    for fact in sorted(stated, key=lambda one: (-one.pairs, -one.rarity, one.said))[:ASKED]:
        fact.documents |= {name for name in members if name not in fact.documents and _holds(texts[name], fact.said)}
    ranked = sorted(stated, key=lambda one: (-len(one.documents), -one.pairs, -one.rarity, one.said))
    by_all = [fact for fact in ranked if len(fact.documents) == len(members)]
    told = _each_once(by_all or ranked)[:SHOWN_FACTS]
    most = {name: sum(name in fact.documents for fact in told) for name in members if documents[name].title.strip()}
    return EventGroup(
        members,
        tuple(fact.said for fact in told),
        tuple(len(fact.documents) for fact in told),
        max(most, key=most.__getitem__, default=members[0]),
    )


def _stated(pairs: Sequence[Comparison], documents: Mapping[str, Document]) -> dict[str, _Fact]:
    """The facts of some pairs, by their words in small letters."""
    found: dict[str, _Fact] = {}
    for pair in pairs:
        for shared in pair.facts_in_common:
            if words := _told(documents[pair.a], shared.a):
                fact = found.setdefault(words.casefold(), _Fact(words))
                fact.rarity, fact.pairs = max(fact.rarity, shared.rarity), fact.pairs + 1
                fact.documents |= {pair.a, pair.b}
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _holds(text: str, words: str) -> bool:
    """Whether a text, made plain, holds some words whole."""
    return bool(re.search(rf"(?<!\w){re.escape(_plain(words))}(?!\w)", text))


def _told(document: Document, span: Span) -> str:
    """The words of a fact, if a reader sees in them what is meant: a name or a figure, and no part of a word."""
    words = " ".join(document.text[slice(*span)].split())
    is_named = words != words.lower() or any(map(str.isdigit, words))
    is_cut = document.text[span.stop : span.stop + 1] in {"-", "’", "'"}
    return words if is_named and not is_cut else ""


def _each_once(facts: Sequence[_Fact]) -> list[_Fact]:
    """The facts that are no part of another one."""
    said = [fact.said for fact in facts]
    return [fact for fact in facts if not any(fact.said != other and fact.said in other for other in said)]
