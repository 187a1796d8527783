"""The families of a report: their versions in time, with what each took from the one nearest to it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING

from compare.families.bars import bar
from compare.families.gathered import ALIKE, gathered, share_of
from compare.families.revisions import revisions_of
from compare.model import Bar, Family, Verdict, Version
from compare.origin.first import date_of, first_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compare.families.bars import Side
    from compare.families.gathered import Gathered, Link
    from compare.model import Comparison, Document

SLIP = 1
"""Words by which one version may be nearer than another, and not be told to be where a text is from: a slip."""


def families_of(
    documents: Sequence[Document], comparisons: Sequence[Comparison], words: Mapping[str, int]
) -> tuple[Family, ...]:
    """The families of some compared documents, by the ids that they are around; `words` counts the words of each."""
    named = {document.id: document for document in documents}
    found = gathered(documents, comparisons, words)
    return tuple(sorted((_family(one, named, words) for one in found), key=lambda family: family.base))


def family_key(base: str) -> str:
    """The name of the family around a document."""
    return f"family-{hashlib.sha256(json.dumps([base]).encode()).hexdigest()[:12]}"


def _family(found: Gathered, named: Mapping[str, Document], words: Mapping[str, int]) -> Family:
    published = {name: date_of(named[name]) for name in found.members}

    def place(name: str) -> tuple[str, bool, str]:
        return published[name] or "9999", name != found.base, name

    members = sorted(found.members, key=place)
    sources = _sources(found.links, published)
    versions = tuple(_version(name, sources[name], place, words) for name in members)
    pairs = tuple((link.comparison.a, link.comparison.b) for link in found.links)
    first = _first([named[name] for name in members], found.links)
    revisions = revisions_of([link.comparison for link in found.links], {name: named[name] for name in members})
    return Family(family_key(found.base), found.base, first, versions, pairs, revisions)


def _sources(links: Sequence[Link], published: Mapping[str, str]) -> dict[str, list[Link]]:
    """The pairs of each version with what was there before it: what has a date has nothing from what has none.

    Unless nothing else is there; and what others with a date have from it was there before all.
    """
    into: dict[str, list[Link]] = defaultdict(list)
    given: set[str] = set()
    for link in links:
        into[link.after].append(link)
        if published[link.after]:
            given.add(link.before)
    for name, found in into.items():
        dated = [link for link in found if published[link.before]]
        if published[name] and (dated or name in given):
            into[name] = dated
    return into


def _first(documents: Sequence[Document], links: Sequence[Link]) -> str:
    """The first of documents that are sorted by date, where its dates are surely before those of all that have one."""
    dated = [document for document in documents if date_of(document)]
    if len(dated) < 2:  # noqa: PLR2004
        return ""
    known = {(pair.a, pair.b): pair.first for pair in (link.comparison for link in links)}
    first = dated[0]
    return first.id if all(_is_before(first, other, known) for other in dated[1:]) else ""


def _is_before(one: Document, other: Document, known: Mapping[tuple[str, str], str]) -> bool:
    """As their pair has it, which knows what the texts say of each other; else by their dates."""
    if (one.id, other.id) in known:
        return known[one.id, other.id] == "a"
    if (other.id, one.id) in known:
        return known[other.id, one.id] == "b"
    return first_of(one, other).side == "a"


def _version(
    name: str, links: Sequence[Link], place: Callable[[str], tuple[str, bool, str]], words: Mapping[str, int]
) -> Version:
    """What it has of the version before it that most of its words stand in.

    Of several it is the one that it names, or whose words it keeps most of as they are, or the earliest.
    """
    if not links:
        return Version(name, bar=_untaken(words.get(name, 0)))
    most = max(share_of(link.comparison, link.after) for link in links)
    close = [link for link in links if share_of(link.comparison, link.after) >= most - ALIKE]
    named = [link for link in close if link.comparison.taker == name] or close
    kept = {link.before: _kept(link.comparison, name, words) for link in named}
    link = min(named, key=lambda one: (kept[one.before] < max(kept.values()) - SLIP, place(one.before)))
    pair = link.comparison
    return Version(name, link.before, bar_of(pair, name, words), bar_of(pair, link.before, words), pair.taker == name)


def _kept(pair: Comparison, name: str, words: Mapping[str, int]) -> int:
    """Words of a document that stand in the other one in the same order."""
    return round((pair.kept_a if pair.a == name else pair.kept_b) * words.get(name, 0))


def bar_of(pair: Comparison, name: str, words: Mapping[str, int]) -> Bar:
    """A document's words by what they are of the other one's of its pair."""
    side: Side = "a" if pair.a == name else "b"
    found = bar(pair.matches, side, words.get(name, 0))
    if pair.verdict is Verdict.IDENTICAL:
        return Bar(found.words, found.words - found.aside, 0, 0, found.aside, 0)
    return found


def _untaken(words: int) -> Bar:
    return Bar(words, 0, 0, 0, 0, words)
