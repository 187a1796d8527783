"""Documents that report one event, and the facts that show it. A topic is no event: the pairs say so or nobody does."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from compare.families.grouping import groups
from compare.model import EventGroup, Verdict
from compare.origin.first import date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.model import Comparison, Document, Span

SHOWN_FACTS = 5


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
        EventGroup(_by_date([documents[member] for member in found[number]]), _facts(inside[number], named))
        for number in sorted(inside)
    )


def _by_date(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(one.id for one in sorted(documents, key=lambda one: (date_of(one) or "9999", one.id)))


def _facts(pairs: Sequence[Comparison], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """What most pairs have in common, the rarest first among those that are as many; as a text first says it."""
    count: Counter[str] = Counter()
    said: dict[str, str] = {}
    rarity: dict[str, float] = {}
    for pair in pairs:
        for fact in pair.facts_in_common:
            words = _told(documents[pair.a], fact.a)
            name = words.casefold()
            count[name] += bool(words)
            said.setdefault(name, words)
            rarity[name] = max(rarity.get(name, 0.0), fact.rarity)
    names = sorted(+count, key=lambda name: (-count[name], -rarity[name], name))
    outlets = {documents[name].source.casefold() for pair in pairs for name in (pair.a, pair.b)}
    return tuple(_each_once([said[name] for name in names if name not in outlets])[:SHOWN_FACTS])


def _told(document: Document, span: Span) -> str:
    """The words of a fact, if a reader sees in them what is meant: a name or a figure, and no part of a word."""
    words = " ".join(document.text[slice(*span)].split())
    is_named = words != words.lower() or any(map(str.isdigit, words))
    is_cut = document.text[span.stop : span.stop + 1] in {"-", "’", "'"}
    return words if is_named and not is_cut else ""


def _each_once(facts: Sequence[str]) -> list[str]:
    """The facts that are no part of another one."""
    return [fact for fact in facts if not any(fact != other and fact in other for other in facts)]
