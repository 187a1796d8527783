"""What needs a look first: points for what an editor would want to know, and why; none for what is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Look, Mark, Reasoned
from compare.vocabulary import HeadPart, LookReason, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compare.model import Comparison, Family, Judged, Version


def look_at(
    family: Family, pairs: Mapping[tuple[str, str], Comparison], judged: Mapping[tuple[str, str], Judged]
) -> Look:
    """What of a family is to be looked at; `pairs` holds its comparisons by their ids. Linear in its matches."""
    held = [pairs[ids] for ids in family.pairs if ids not in judged or judged[ids].state.is_open]
    found = {reason: share for reason, share in _found(family, held) if share > 0}
    reasons = tuple(Reasoned(reason, round(reason.points * share)) for reason, share in found.items())
    return Look(sum(one.points for one in reasons), reasons, bool(held))


def _found(family: Family, pairs: Sequence[Comparison]) -> Iterator[tuple[LookReason, float]]:
    pairs = [pair for pair in pairs if not (pair.relation and pair.relation.is_of_a_third)]
    others = [pair for pair in pairs if not (pair.relation and pair.relation.is_of_one_house)]
    yield LookReason.COPIED, max(_copied(family.versions, others), default=0.0)
    yield LookReason.UNCREDITED, float(any(map(_is_uncredited, others)))
    marks = {mark for pair in pairs for match in pair.matches for mark in match.marks}
    yield LookReason.QUOTATIONS, float(bool(marks & {Mark.ALTERED, Mark.UNQUOTED}))
    yield LookReason.FACTS, float(Mark.DRIFT in marks)
    parts = {change.part for pair in pairs if pair.lineage for change in pair.lineage.changes}
    yield LookReason.HEADLINE, float(HeadPart.TITLE in parts)


def _copied(versions: Iterable[Version], pairs: Iterable[Comparison]) -> Iterator[float]:
    """How much of each version is the nearest one's, where that is another's; half where it says whose it is."""
    weight = {frozenset((pair.a, pair.b)): 0.5 if pair.relation and pair.relation.is_said else 1.0 for pair in pairs}
    both = ((version.bar.share, frozenset((version.id, version.nearest))) for version in versions)
    return (share * weight[ids] for share, ids in both if ids in weight)


def _is_uncredited(pair: Comparison) -> bool:
    """Whether the later one doesn't name the other, or drops its credit: where it is sure which one that is."""
    if pair.lineage is None:
        return False
    missing = [one.b if pair.first == "b" else one.a for one in pair.lineage.changes if one.part is HeadPart.CREDIT]
    return pair.relation is Relation.UNCREDITED or bool(pair.first and any(missing))
