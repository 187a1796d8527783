"""The families of a report as they are told, on the page and in the terminal: what needs a look first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from compare.changes.listed import changes_of
from compare.families.bars import taken
from compare.families.gathered import Direction
from compare.families.look import look_at
from compare.families.versions import bar_of
from compare.origin.first import date_of
from compare.wording import families as sayings
from compare.wording.page import titles
from compare.wording.pairs import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from compare.model import Bar, Change, Comparison, Document, Family, Look, Report, Verdict, Version
    from compare.wording.words import Part

LITTLE_OF_IT = 0.5
"""Share of the nearest text below which it may come from another one that holds the same words."""
NAMED = 2
"""Versions that tell a family apart from one of the same headline."""
LITTLE = 0.25
"""Share of the text that a family is around, below which its headline says nothing of what is shared."""


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A version, what is said of it, and what it changed."""

    version: Version
    document: Document
    called: str
    """As sentences of its family call it; made safe."""
    sentence: tuple[Part, ...]
    pair: Comparison | None
    """With the version nearest to it."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ToldFamily:
    """A family and what is said of it."""

    family: Family
    look: Look
    title: str
    """Made safe."""
    first: tuple[Part, ...]
    """Who had it first."""
    versions: tuple[ToldVersion, ...]

    called: Mapping[str, str]
    """What its documents are called, by their ids; made safe."""
    strongest: Verdict | None
    """Of its pairs of two houses; None where it has none."""


class Telling:
    """A report whose families are told."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._changes: dict[tuple[str, str], tuple[Change, ...]] = {}
        self._bars: dict[tuple[str, str], tuple[Bar, Bar]] = {}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each document is called, by its id, in the order of the report; made safe."""
        called = titles(self.report.documents)
        return {document.id: title for document, title in zip(self.report.documents, called, strict=True)}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Its documents by their ids."""
        return {document.id: document for document in self.report.documents}

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], Comparison]:
        """Its pairs by their ids."""
        return {(pair.a, pair.b): pair for pair in self.report.comparisons}

    def pair_of(self, one: str, other: str) -> Comparison | None:
        """The pair of two documents, whichever is a."""
        return self.pairs.get((one, other)) or self.pairs.get((other, one))

    def changes(self, pair: Comparison) -> tuple[Change, ...]:
        """What changed in a pair and matters; looked for once."""
        ids = pair.a, pair.b
        if ids not in self._changes:
            self._changes[ids] = changes_of(pair, self.documents[pair.a], self.documents[pair.b])
        return self._changes[ids]

    def bars(self, pair: Comparison) -> tuple[Bar, Bar]:
        """The words of a and of b by what they are of the other's; counted once."""
        ids = pair.a, pair.b
        if ids not in self._bars:
            self._bars[ids] = bar_of(pair, pair.a, self.report.words), bar_of(pair, pair.b, self.report.words)
        return self._bars[ids]

    @cached_property
    def ranked(self) -> list[tuple[Family, Look]]:
        """What needs a look first, then what has most versions, then the earliest."""
        looks = [(family, look_at(family, self.pairs, self.report.judged)) for family in self.report.families]
        return sorted(looks, key=lambda one: self._rank(*one))

    def _rank(self, family: Family, look: Look) -> tuple[object, ...]:
        days = [date_of(self.documents[version.id]) or "9999" for version in family.versions]
        return -look.score, -len(family.versions), min(days), family.base

    def told(self, family: Family, look: Look) -> ToldFamily:
        """A family in words."""
        members = [self.documents[version.id] for version in family.versions]
        called = sayings.called_in(members, self.titles)
        first = self._first(family, called)
        versions = tuple(self._version(version, called) for version in family.versions)
        return ToldFamily(family, look, self._title(family, called), first, versions, called, self._strongest(family))

    def _strongest(self, family: Family) -> Verdict | None:
        """The strongest verdict of the pairs that one house may have from another, accepted ones left out."""
        judged = self.report.judged
        held = [self.pairs[ids] for ids in family.pairs if ids not in judged or judged[ids].state.is_open]
        others = [one for one in held if not (one.relation and not one.relation.is_from_another)]
        return min((one.verdict for one in others), key=lambda verdict: verdict.rank, default=None)

    def _first(self, family: Family, called: Mapping[str, str]) -> tuple[Part, ...]:
        """Who had it first; of a speech or a statement nobody."""
        relations = [self.pairs[ids].relation for ids in family.pairs]
        if all(relation and relation.is_of_a_third for relation in relations):
            return sayings.NOBODYS_LINE
        sources = {version.nearest for version in family.versions if version.says_so}
        others = [version for version in family.versions if version.id not in sources]
        if not family.first and len(sources) == 1 and all(version.says_so for version in others):
            return sayings.said_line(called[sources.pop()], called[others[0].id])
        return sayings.first_line([self.documents[one.id] for one in family.versions], family.first, called)

    def _title(self, family: Family, called: Mapping[str, str]) -> str:
        """The headline of a family, and who else is in it where another family has the same headline."""
        head = self._head(family)
        others = [called[version.id] for version in family.versions if version.id != head][:NAMED]
        is_alone = self._headlines[self.titles[head]] == 1
        return self.titles[head] if is_alone else f"{self.titles[head]} ({', '.join(others)})"

    @cached_property
    def _headlines(self) -> Counter[str]:
        """How many families have a headline."""
        return Counter(self.titles[self._head(family)] for family in self.report.families)

    def _head(self, family: Family) -> str:
        """The text that it is around, or what is in it most where that is little of the text.

        Where that has no title, the first version that has one.
        """
        of_base = [version.carried.share for version in family.versions if version.nearest == family.base]
        closest = max(family.versions, key=lambda version: version.bar.share)
        head = closest.id if of_base and max(of_base) < LITTLE else family.base
        ids = (head, family.base, *(version.id for version in family.versions))
        return next((one for one in ids if self.documents[one].title.strip()), family.base)

    def counts(self) -> tuple[int, int]:
        """How many families need a look, and of how many all is accepted."""
        looks = [look for _, look in self.ranked]
        return sum(look.is_needed for look in looks), sum(not look.is_open for look in looks)

    @cached_property
    def _members(self) -> frozenset[str]:
        """The documents of all families."""
        return frozenset(version.id for family in self.report.families for version in family.versions)

    @cached_property
    def equal_to(self) -> Mapping[str, str]:
        """The text of a family that each document is equal to which no pair names, for a limit."""
        members = (member for cluster in self.report.clusters for member in cluster.members)
        return {one.id: one.twin for one in members if one.id not in self._members and one.twin in self._members}

    @cached_property
    def equal(self) -> Counter[str]:
        """How many documents that no pair names are equal to each text of a family."""
        return Counter(self.equal_to.values())

    @property
    def alone(self) -> int:
        """How many documents are in no family, nor equal to one of it."""
        return len(self.report.documents) - len(self._members) - self.equal.total()

    @property
    def is_undated(self) -> bool:
        """Whether there is a family that needs a look and of which no version has a date."""
        needed = (family for family, look in self.ranked if look.is_needed)
        return any(not any(date_of(self.documents[one.id]) for one in family.versions) for family in needed)

    def headline(self) -> str:
        """The whole result in a sentence or two."""
        return sayings.headline(self.report, *self.counts())

    def _version(self, version: Version, called: Mapping[str, str]) -> ToldVersion:
        pair = self.pair_of(version.id, version.nearest)
        changes = tuple(change for change in self.changes(pair) if not change.own) if pair else ()
        sentence = tuple(self._sentence(version, pair, called))
        return ToldVersion(version, self.documents[version.id], called[version.id], sentence, pair, changes)

    def _sentence(self, version: Version, pair: Comparison | None, called: Mapping[str, str]) -> Iterable[Part]:
        if pair is None:
            return sayings.source_line(called[version.id], version.bar.words)
        order = self.order(pair)
        sides = sayings.Sides(called[version.id], called[version.nearest], order.is_sure)
        if order.is_nobodys:
            return sayings.quoting_line(sides, version.bar)
        return sayings.version_line(sides, version.bar, version.carried)

    def order(self, pair: Comparison) -> Order:
        """Which side was there before, and whether it is sure that the other has its text from there."""
        before = self._direction.before(pair)
        later = pair.a if before == "b" else pair.b
        relation = pair.relation
        is_sure = later == pair.taker
        if not is_sure and pair.first and not (relation and relation.is_of_one_house):
            carried = self.bars(pair)[before == "b"].share
            is_sure = carried >= LITTLE_OF_IT or not self._stands_elsewhere(later, pair)
        return Order(before, is_sure, bool(relation and relation.is_of_a_third))

    @cached_property
    def _direction(self) -> Direction:
        return Direction.of(self.report.documents, self.report.words)

    def _stands_elsewhere(self, name: str, pair: Comparison) -> bool:
        """Whether half of what a document shares with the other of a pair stands in a third, too."""
        own = self._taken(name, pair)
        others = (other for other in self._reuse[name] if other is not pair)
        return any(2 * int((own & self._taken(name, other)).sum()) >= max(1, int(own.sum())) for other in others)

    def _taken(self, name: str, pair: Comparison) -> NDArray[np.bool_]:
        return taken(pair.matches, "a" if pair.a == name else "b", self.report.words.get(name, 0))

    @cached_property
    def _reuse(self) -> Mapping[str, list[Comparison]]:
        """The pairs of each document that are reuse."""
        found: dict[str, list[Comparison]] = defaultdict(list)
        for pair in self.report.comparisons:
            if pair.verdict.is_reuse:
                found[pair.a].append(pair)
                found[pair.b].append(pair)
        return found
