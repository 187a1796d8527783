"""Where an outlet printed its own text again in other words, and which versions of the story hold which of them.

It is told only of texts of one outlet or author whose dates say which was first; what only moved is no correction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.changes.corrections import corrections_of
from compare.changes.holders import holding
from compare.changes.wordings import sought
from compare.model import Relation, Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compare.model import Comparison, Document

_OWN = {Relation.SAME_OUTLET, Relation.SAME_AUTHOR}


def revisions_of(pairs: Iterable[Comparison], members: Mapping[str, Document]) -> tuple[Revision, ...]:
    """What each outlet corrected that another version of the story holds, in either wording; by the later text.

    `pairs` are those of one family, `members` its documents by their ids, in the order of their dates.
    """
    found = (_revision(old, new, pair, members) for old, new, pair in _again(pairs, members))
    return tuple(one for one in found if one.corrections)


def _again(
    pairs: Iterable[Comparison], members: Mapping[str, Document]
) -> Iterator[tuple[Document, Document, Comparison]]:
    """Each text with the last one before it of the same house, and their pair."""
    place = {name: at for at, name in enumerate(members)}
    latest: dict[str, tuple[str, Comparison]] = {}
    for pair in pairs:
        old, new = (pair.b, pair.a) if pair.first == "b" else (pair.a, pair.b)
        if pair.first and _is_of_one_house(pair, members[old], members[new]):
            known = latest.get(new)
            if known is None or place[known[0]] < place[old]:
                latest[new] = old, pair
    for new in sorted(latest, key=lambda name: place[name]):
        old, pair = latest[new]
        yield members[old], members[new], pair


def _is_of_one_house(pair: Comparison, old: Document, new: Document) -> bool:
    same = " ".join(old.source.casefold().split()) == " ".join(new.source.casefold().split())
    return pair.relation in _OWN or bool(old.source.strip() and same)


def _revision(old: Document, new: Document, pair: Comparison, members: Mapping[str, Document]) -> Revision:
    listed = corrections_of(pair, old, new)
    others = (document for name, document in members.items() if name not in {old.id, new.id})
    told = holding(others, sought(listed, old, new)).told_of(listed)
    return Revision(old.id, new.id, tuple(one for one in told if one.still or one.already))
