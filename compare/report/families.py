"""Families and event groups as the page's data hold them: what is said of each, with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.families.variants import variants
from compare.model import Relation
from compare.report.corrections import revisions
from compare.report.parts import in_parts
from compare.text.sentences import sentences as sentences_of
from compare.text.tokens import body, tokens_of
from compare.wording import families as sayings
from compare.wording.changes import change_label, change_parts
from compare.wording.escape import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compare.families.bars import Side
    from compare.families.telling import Telling, ToldFamily, ToldVersion
    from compare.model import Change, Comparison, Document, EventGroup, Span, Tokens


class Shown:
    """A report as its page holds it: told, with the places of its documents and of its pairs there."""

    def __init__(self, telling: Telling, documents: Sequence[Document], pairs: Sequence[Comparison]) -> None:
        self.telling, self.documents = telling, documents
        self._tokens: dict[str, Tokens] = {}
        self.numbers = {(pair.a, pair.b): number for number, pair in enumerate(pairs)}
        self.places = {document.id: place for place, document in enumerate(documents)}

    def tokens(self, name: str) -> Tokens:
        """The tokens of a document, which are made once."""
        if name not in self._tokens:
            self._tokens[name] = tokens_of(self.telling.documents[name])
        return self._tokens[name]

    def number(self, pair: Comparison | None) -> int:
        """A pair's number in the data, or −1."""
        return self.numbers.get((pair.a, pair.b), -1) if pair else -1


def families(shown: Shown) -> list[dict[str, object]]:
    """What needs a look first, then those of most versions, then the earliest."""
    return [_family(shown.telling.told(family, look), shown) for family, look in shown.telling.ranked]


def _family(told: ToldFamily, shown: Shown) -> dict[str, object]:
    family, documents = told.family, [version.document for version in told.versions]
    sentences = sentences_of(body(shown.telling.documents[family.base]))
    return {
        "key": family.key,
        "base": shown.places[family.base],
        "first": shown.places.get(family.first, -1),
        "title": told.title,
        "line": in_parts(told.first),
        "size": sayings.size_line(documents, _equal(told, shown), of_one_house=_is_of_one_house(told, shown)),
        "days": sayings.days_line(documents),
        "look": told.look.score,
        "open": int(told.look.is_open),
        "needed": int(told.look.is_needed),
        "agencies": sorted({safe(name) for document in documents for name in document.agencies}),
        "relations": _relations(told, shown),
        "why": [[label, points] for label, points in sayings.look_lines(told.look, told.strongest)],
        "sentences": [[*span] for span in sentences],
        "versions": [
            _version(version, told, shown) | {"kept": _kept(version.document, family.base, sentences, shown)}
            for version in told.versions
        ],
        "pairs": [shown.numbers[ids] for ids in family.pairs],
        "revisions": revisions(family, told.called, shown),
    }


def _equal(told: ToldFamily, shown: Shown) -> int:
    """Documents that are equal to a version, and that no pair names."""
    return sum(shown.telling.equal[name] for name in told.called)


def _is_of_one_house(told: ToldFamily, shown: Shown) -> bool:
    relations = [shown.telling.pairs[ids].relation for ids in told.family.pairs]
    return all(relation and relation.is_of_one_house for relation in relations)


def _relations(told: ToldFamily, shown: Shown) -> list[str]:
    """From whom the wording of its pairs is, in the order of the list."""
    found = {shown.telling.pairs[ids].relation for ids in told.family.pairs}
    return [relation.label for relation in Relation if relation in found and relation is not Relation.UNCLEAR]


def _version(told: ToldVersion, family: ToldFamily, shown: Shown) -> dict[str, object]:
    version, pair = told.version, told.pair
    return {
        "document": shown.places[version.id],
        "called": told.called,
        "day": sayings.day_of(told.document.published),
        "nearest": shown.places.get(version.nearest, -1),
        "says_so": int(version.says_so),
        "bar": [*version.bar],
        "carried": [*version.carried],
        "bar_line": sayings.bar_line(version.bar) if pair else "",
        "sentence": in_parts(told.sentence),
        "changes": [_change(change, pair, family.called) for change in told.changes] if pair else [],
        "pair": shown.number(pair),
    }


def _change(change: Change, pair: Comparison, called: Mapping[str, str]) -> list[object]:
    """Its kind, how it is called, what it was and is, and the number of its passage."""
    said = in_parts(change_parts(change, pair.first, (called[pair.a], called[pair.b])))
    return [change.kind.value, change_label(change, pair.first), said, change.passage]


def _kept(document: Document, base: str, sentences: Sequence[Span], shown: Shown) -> list[object]:
    """Of each sentence of the base where it stands in a version, after 1 if it is the same; 0 where it doesn't."""
    pair = shown.telling.pair_of(document.id, base)
    if pair is None:
        return []
    side: Side = "a" if pair.a == base else "b"
    found = variants(pair.matches, side, sentences, (shown.tokens(base), shown.tokens(document.id)))
    return [0 if one is None else [int(one.is_same), *one.span] for one in found]


def events(shown: Shown) -> list[dict[str, object]]:
    """The groups, the largest first."""
    return [_event(event, shown) for event in shown.telling.report.events]


def _event(event: EventGroup, shown: Shown) -> dict[str, object]:
    members = [shown.telling.documents[name] for name in event.documents]
    return {
        "title": shown.telling.titles[event.head or event.documents[0]],
        "days": sayings.days_line(members),
        "documents": [shown.places[name] for name in event.documents],
        "facts": [safe(fact) for fact in event.facts],
        "named_by": [*event.named_by],
    }
