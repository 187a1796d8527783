"""The families of a report as they are told, on the page and in the terminal: what needs a look first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from compare.changes.listed import changes_of
from compare.families.look import look_at
from compare.wording import families as sayings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.model import Change, Comparison, Document, Family, Look, Report, Version
    from compare.wording.words import Part


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

    @property
    def called(self) -> dict[str, str]:
        """What its documents are called, by their ids; made safe."""
        return {told.document.id: told.called for told in self.versions}


class Telling:
    """A report whose families are told; `titles` are those of its documents, made safe."""

    def __init__(self, report: Report, titles: Sequence[str]) -> None:
        self.report = report
        self._changes: dict[tuple[str, str], tuple[Change, ...]] = {}
        self.titles = {document.id: title for document, title in zip(report.documents, titles, strict=True)}

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

    def ranked(self) -> list[tuple[Family, Look]]:
        """What needs a look first, then what has most versions, then the earliest."""
        looks = [(family, look_at(family, self.pairs, self.report.judged)) for family in self.report.families]
        return sorted(looks, key=lambda one: self._rank(*one))

    def _rank(self, family: Family, look: Look) -> tuple[object, ...]:
        days = [self.documents[version.id].published or "9999" for version in family.versions]
        return -look.score, -len(family.versions), min(days), family.base

    def told(self, family: Family, look: Look) -> ToldFamily:
        """A family in words."""
        members = [self.documents[version.id] for version in family.versions]
        called = sayings.called_in(members, self.titles)
        first = sayings.first_line(family, self.documents, called)
        versions = tuple(self._version(version, called) for version in family.versions)
        return ToldFamily(family, look, self._title(family), first, versions)

    def _title(self, family: Family) -> str:
        """The title of the text that it is around; where that has none, of the first version that has one."""
        ids = (family.base, *(version.id for version in family.versions))
        return self.titles[next((one for one in ids if self.documents[one].title.strip()), family.base)]

    def _version(self, version: Version, called: Mapping[str, str]) -> ToldVersion:
        pair = self.pair_of(version.id, version.nearest)
        changes = self.changes(pair) if pair else ()
        sentence = tuple(_sentence(version, pair, called))
        return ToldVersion(version, self.documents[version.id], called[version.id], sentence, pair, changes)


def _sentence(version: Version, pair: Comparison | None, called: Mapping[str, str]) -> Iterable[Part]:
    if pair is None:
        return sayings.source_line(called[version.id], version.bar.words)
    is_later = pair.first == ("b" if pair.a == version.id else "a")
    sides = sayings.Sides(called[version.id], called[version.nearest], version.says_so or is_later)
    return sayings.version_line(sides, version.bar, version.carried)
