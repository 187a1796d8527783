"""Families and event groups as the page's data hold them: what is said of each, with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.changes.listed import changes_of
from compare.families.look import look_at
from compare.wording import families as sayings
from compare.wording.changes import change_label, change_parts
from compare.wording.escape import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.model import Change, Comparison, Document, EventGroup, Family, Look, Report, Version
    from compare.wording.words import Part

    Pairs = Mapping[tuple[str, str], Comparison]


class Shown:
    """The documents of a report as its families show them, and the pairs by their ids and as they are numbered."""

    def __init__(self, report: Report, pairs: Sequence[Comparison], titles: Sequence[str]) -> None:
        self.report = report
        self.pairs = {(pair.a, pair.b): pair for pair in report.comparisons}
        self.numbers = {(pair.a, pair.b): number for number, pair in enumerate(pairs)}
        self.documents = {document.id: document for document in report.documents}
        self.places = {document.id: place for place, document in enumerate(report.documents)}
        self.titles = {document.id: title for document, title in zip(report.documents, titles, strict=True)}

    def changes(self, pair: Comparison) -> tuple[Change, ...]:
        """What changed in a pair that matters."""
        return changes_of(pair, self.documents[pair.a], self.documents[pair.b])

    def pair_of(self, one: str, other: str) -> tuple[str, str]:
        """The ids of a pair as the report has them, or nothing twice."""
        return next((ids for ids in ((one, other), (other, one)) if ids in self.numbers), ("", ""))


def families(shown: Shown) -> list[dict[str, object]]:
    """What needs a look first, then those of most versions, then the earliest."""
    looks = {family.key: look_at(family, shown.pairs, shown.report.judged) for family in shown.report.families}

    def rank(family: Family) -> tuple[object, ...]:
        days = sorted(filter(None, (shown.documents[version.id].published for version in family.versions)))
        return -looks[family.key].score, -len(family.versions), days[0] if days else "9999", family.base

    return [_family(family, looks[family.key], shown) for family in sorted(shown.report.families, key=rank)]


def _family(family: Family, look: Look, shown: Shown) -> dict[str, object]:
    members = [shown.documents[version.id] for version in family.versions]
    called = sayings.called_in(members, shown.titles)
    return {
        "key": family.key,
        "base": shown.places[family.base],
        "first": shown.places.get(family.first, -1),
        "title": _headline(family, shown),
        "line": in_parts(sayings.first_line(family, shown.documents, called)),
        "size": sayings.size_line(family, shown.documents),
        "days": sayings.days_line(members),
        "look": look.score,
        "open": int(look.is_open),
        "why": [[label, points] for label, points in sayings.look_lines(look)],
        "versions": [_version(version, called, shown) for version in family.versions],
        "pairs": [shown.numbers[ids] for ids in family.pairs],
    }


def _headline(family: Family, shown: Shown) -> str:
    """The title of the text that it is around; where that has none, of the first version that has one."""
    ids = (family.base, *(version.id for version in family.versions))
    return shown.titles[next((one for one in ids if shown.documents[one].title.strip()), family.base)]


def _version(version: Version, called: Mapping[str, str], shown: Shown) -> dict[str, object]:
    ids = shown.pair_of(version.id, version.nearest)
    pair = shown.pairs.get(ids)
    return {
        "document": shown.places[version.id],
        "called": called[version.id],
        "day": sayings.day_of(shown.documents[version.id].published),
        "nearest": shown.places.get(version.nearest, -1),
        "says_so": int(version.says_so),
        "bar": [*version.bar],
        "carried": [*version.carried],
        "bar_line": sayings.bar_line(version.bar) if pair else "",
        "sentence": in_parts(_sentence(version, pair, called)),
        "changes": [_change(change, ids, pair, called) for change in shown.changes(pair)] if pair else [],
        "pair": shown.numbers.get(ids, -1),
    }


def _change(change: Change, ids: tuple[str, str], pair: Comparison, called: Mapping[str, str]) -> list[object]:
    """Its kind, how it is called, what it was and is, and the number of its passage."""
    names = called[ids[0]], called[ids[1]]
    said = in_parts(change_parts(change, pair.first, names))
    return [change.kind.value, change_label(change, pair.first), said, change.passage]


def _sentence(version: Version, pair: Comparison | None, called: Mapping[str, str]) -> Iterable[Part]:
    if pair is None:
        return sayings.source_line(called[version.id], version.bar.words)
    is_later = pair.first == ("b" if pair.a == version.id else "a")
    sides = sayings.Sides(called[version.id], called[version.nearest], version.says_so or is_later)
    return sayings.version_line(sides, version.bar, version.carried, ())


def events(shown: Shown) -> list[dict[str, object]]:
    """The groups, the largest first."""
    return [_event(event, shown) for event in shown.report.events]


def _event(event: EventGroup, shown: Shown) -> dict[str, object]:
    members: list[Document] = [shown.documents[name] for name in event.documents]
    titled = next((one.id for one in members if one.title.strip()), members[0].id)
    return {
        "title": shown.titles[titled],
        "days": sayings.days_line(members),
        "documents": [shown.places[name] for name in event.documents],
        "facts": [safe(fact) for fact in event.facts],
    }


def in_parts(sentence: Iterable[Part]) -> list[list[object]]:
    """A sentence in parts, with 1 for what comes from outside."""
    return [[part.text, int(part.is_name)] for part in sentence if part.text]
