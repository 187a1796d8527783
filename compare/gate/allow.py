"""Whether accepted entries allow what pairs reuse now: the gate's decision, one pure function.

    entries ──► which speak of the pair: by its names, or one for one after a rename
                  └─► are its passages covered? ──► more words? ──► other facts? ──► still in time? ──► a state

A passage is covered where `SAME_WORDS` of its distinct words, on either side, stand in the entries. That is so wherever
the key or the Jaccard of the words would say so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from compare.gate.accepted import identity
from compare.gate.terms import Sample, sample
from compare.model import QUOTATION, Judged, State
from compare.text.keys import SAME_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from compare.gate.reuse import Reuse, SharedPassage
    from compare.model import Accepted, Changed

MORE_SHARE = 10
"""Accepted reuse may grow by one part in this ..."""
MORE_WORDS = 5
"""... or by so many words, whichever is more."""
_PROPOSE = 16  # terms of a pair that propose it for an entry without its documents

Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A pair that a policy names, and what it reuses."""

    a: str
    b: str
    reuse: Reuse

    @property
    def names(self) -> Names:
        """Both names, the smaller first, as an entry has them."""
        return min(self.a, self.b), max(self.a, self.b)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The decision on some pairs."""

    pairs: tuple[Judged, ...]
    """One each, in the order given."""
    used: tuple[Accepted, ...]
    """Entries that a pair needs, whatever its state; in the file's order."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run could see."""

    known: AbstractSet[str]
    """Names of all its documents."""
    checked: AbstractSet[str]
    """Those that were compared with all others."""
    gone: AbstractSet[str]
    """Names in entries of documents that there are no more."""


def allowed(pairs: Sequence[Named], entries: Sequence[Accepted], names: AbstractSet[str], today: str) -> Allowed:
    """What the entries say of each pair on a day (ISO 8601).

    `names` are the names of all documents of the run. An entry for two of them speaks of that pair alone; one that
    names a document that is not there (renamed, moved) speaks of at most one pair, so that a further copy is `new`.
    """
    speaking = _speaking(pairs, entries, names)
    places = {identity(entry): place for place, entry in enumerate(entries)}
    judged = tuple(
        _judged(pair.reuse, sorted(speaking[number], key=lambda entry: places[identity(entry)]), today)
        for number, pair in enumerate(pairs)
    )
    used = {
        identity(entry)
        for pair, verdict in zip(pairs, judged, strict=True)
        for entry in _needed(pair.reuse, verdict.entries)
    }
    return Allowed(judged, tuple(entry for entry in entries if identity(entry) in used))


def is_past(entry: Accepted, today: str) -> bool:
    """Whether the last day on which an entry counts is over."""
    return bool(entry.expires) and entry.expires < today


def stale(entries: Iterable[Accepted], used: Iterable[Accepted], seen: Seen) -> tuple[Accepted, ...]:
    """Entries that nothing needs, where the run could have seen a pair that does.

    Both documents are there: one was checked. One is gone: the other was checked, against whatever it is called now.
    Both are gone: every document was checked. A name that is neither known nor gone lies outside of the run.
    """
    needed = {identity(entry) for entry in used}
    return tuple(entry for entry in entries if identity(entry) not in needed and _is_seen(entry, seen))


def _is_seen(entry: Accepted, seen: Seen) -> bool:
    present = [name for name in (entry.a, entry.b) if name in seen.known]
    lost = [name for name in (entry.a, entry.b) if name in seen.gone and name not in seen.known]
    if len(present) + len(lost) < len((entry.a, entry.b)):
        return False
    return any(name in seen.checked for name in present) or seen.checked >= seen.known


# --- which entries speak of which pair -----------------------------------------------------------------------------


class _Offer(NamedTuple):
    """Entries of two names, offered to a pair; sorts by what is most alike."""

    unlike: float
    other_names: int
    """Of both file names, how many are not the pair's: a document that was moved keeps its own."""
    pair: Names
    names: Names
    number: int


def _speaking(
    pairs: Sequence[Named], entries: Sequence[Accepted], documents: AbstractSet[str]
) -> defaultdict[int, list[Accepted]]:
    """Entries by the number of the pair that they speak of."""
    ordered = sorted(entries, key=identity)
    groups = {names: list(group) for names, group in groupby(ordered, key=lambda entry: (entry.a, entry.b))}
    present = documents | {name for pair in pairs for name in pair.names}
    speaking: defaultdict[int, list[Accepted]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        speaking[number] = groups.get(pair.names, [])
    orphans = {names: group for names, group in groups.items() if not present >= set(names)}
    taken: set[Names] = set()
    for offer in sorted(_offers(pairs, orphans, present, [n for n in speaking if not speaking[n]])):
        if offer.names not in taken and not speaking[offer.number]:
            taken.add(offer.names)
            speaking[offer.number] = orphans[offer.names]
    return speaking


class _Alike(NamedTuple):
    """Pairs that reuse the same words."""

    terms: tuple[int, ...]
    numbers: list[int]


def _offers(
    pairs: Sequence[Named], orphans: dict[Names, list[Accepted]], present: AbstractSet[str], open_pairs: Sequence[int]
) -> Iterator[_Offer]:
    """Where each group of entries without its documents may belong: pairs of the same words with every name left."""
    if not orphans:
        return
    numbers: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for number in open_pairs:
        numbers[pairs[number].reuse.terms].append(number)
    alike = [_Alike(terms, same) for terms, same in numbers.items()]
    proposing = _by_term(alike)
    for names, group in orphans.items():
        left = present & set(names)
        for number, likeness in _same_passage(sample(*(entry.terms for entry in group)), alike, proposing):
            pair = pairs[number].names
            if left <= set(pair):
                yield _Offer(-likeness, _other_files(names, pair), pair, names, number)


def _same_passage(
    words: Sample, alike: Sequence[_Alike], proposing: dict[int, list[int]]
) -> Iterator[tuple[int, float]]:
    """The pairs that reuse the passage of some entries, with how alike the words are.

    Only those are measured that share half of their smallest terms: the same passage would share three in four.
    """
    shared = Counter(place for term in words.terms if term in proposing for place in proposing[term])
    for place, count in sorted(shared.items()):
        terms, numbers = alike[place]
        likeness = words.likeness(sample(terms)) if 2 * count >= min(_PROPOSE, len(terms)) else 0
        if likeness >= SAME_WORDS:
            yield from ((number, likeness) for number in numbers)


def _by_term(alike: Sequence[_Alike]) -> dict[int, list[int]]:
    """Places of pairs by each of their smallest terms."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, pair in enumerate(alike):
        for term in pair.terms[:_PROPOSE]:
            places[term].append(place)
    return places


def _other_files(names: Names, pair: Names) -> int:
    files, pair_files = ({name.rsplit("/", 1)[-1] for name in both} for both in (names, pair))
    return len(files - pair_files)


# --- what they say of it -------------------------------------------------------------------------------------------


def _judged(reuse: Reuse, entries: Sequence[Accepted], today: str) -> Judged:
    """The state by the entries that still count; where it is open, by all of them, which may have run out."""
    live = [entry for entry in entries if not is_past(entry, today)]
    judged = _weighed(reuse, live)
    if len(live) == len(entries) or not judged.state.is_open:
        return judged
    by_all = _weighed(reuse, entries)
    if by_all.state.is_open:
        return by_all
    last = max(entry.expires for entry in entries if is_past(entry, today))
    return Judged(State.EXPIRED, f"accepted until {last}", by_all.entries)


def _weighed(reuse: Reuse, entries: Sequence[Accepted]) -> Judged:
    """The state, without regard to dates."""
    if not entries:
        return Judged(State.NEW)
    words = accepted_words(entries)
    uncovered = _uncovered(reuse, entries)
    loose = sum(passage.words for passage in uncovered)
    if len(uncovered) == len(reuse.passages) and loose > _room(words) and not _still_there(reuse, entries):
        return Judged(State.NEW)
    if loose > _room(words) or reuse.words > words + _room(words):
        return Judged(State.GROWN, _grown(words, reuse.words, loose), tuple(entries))
    fresh = [drift for drift in reuse.drifts if all(drift not in entry.drifts for entry in entries)]
    if fresh:
        return Judged(State.DRIFTED, _drifted(fresh), tuple(entries))
    if _unchanged(reuse, entries):
        return Judged(State.ACCEPTED, "", tuple(entries))
    return Judged(State.EDITED, "edited a little since it was accepted", tuple(entries))


def accepted_words(entries: Iterable[Accepted]) -> int:
    """Words that some entries for one pair allow: an entry whose words stand in larger ones is not counted again."""
    total = 0
    counted: list[tuple[int, ...]] = []
    for entry in sorted(entries, key=lambda entry: (-entry.words, entry.key)):
        share = sample(entry.terms).share_in(sample(*counted)) if counted else 0
        if (share or 0) < SAME_WORDS:
            total += entry.words
            counted.append(entry.terms)
    return total


def _room(words: int) -> int:
    """Words by which accepted reuse may grow."""
    return max(words // MORE_SHARE, MORE_WORDS)


def _uncovered(reuse: Reuse, entries: Sequence[Accepted]) -> list[SharedPassage]:
    """The passages that the entries do not speak of."""
    if any(entry.key == reuse.key for entry in entries):
        return []
    words = sample(*(entry.terms for entry in entries))
    return [passage for passage in reuse.passages if not _covered(passage, words, reuse)]


def _covered(passage: SharedPassage, words: Sample, reuse: Reuse) -> bool:
    """Whether either side's words stand in the entries; where too few are remembered to say, whether all of them do."""
    shares = [sample(side.terms).share_in(words) for side in passage.sides if len(side)]
    measured = [share for share in shares if share is not None]
    if measured or not shares:
        return any(share >= SAME_WORDS for share in measured)
    return (sample(reuse.terms).share_in(words) or 0) >= SAME_WORDS


def _unchanged(reuse: Reuse, entries: Sequence[Accepted]) -> bool:
    """Whether the words are exactly those of an entry, or of several together."""
    keys = {entry.key for entry in entries}
    if reuse.key in keys or keys.issuperset(passage.alone for passage in reuse.passages):
        return True
    together = sample(*(entry.terms for entry in entries))
    return sum(entry.words for entry in entries) == reuse.seen and together == sample(reuse.terms)


def _needed(reuse: Reuse, entries: Sequence[Accepted]) -> list[Accepted]:
    """The entries whose words are still there; all where that cannot be said of any."""
    return _still_there(reuse, entries) or [*entries]


def _still_there(reuse: Reuse, entries: Sequence[Accepted]) -> list[Accepted]:
    """The entries whose words stand in the passages, which may be larger now."""
    words = sample(*(side.terms for passage in reuse.passages for side in passage.sides if len(side)))
    return [
        entry for entry in entries if entry.key == reuse.key or (sample(entry.terms).share_in(words) or 0) >= SAME_WORDS
    ]


def _grown(words: int, now: int, loose: int) -> str:
    before = f"{words:,} word was accepted" if words == 1 else f"{words:,} words were accepted"
    if now > words + _room(words):
        return f"{before}, {now:,} are reused now"
    return f"{before}, {loose:,} others are reused now"


def _drifted(fresh: Sequence[Changed]) -> str:
    first = fresh[0]
    also = f", and {len(fresh) - 1:,} more" if len(fresh) > 1 else ""
    subject = "a quotation" if first.what == QUOTATION else "a fact"
    told = f'{first.what} "{first.one}" / "{first.other}"{also}'
    return f"{subject} differs now that did not when it was accepted: {told}"
