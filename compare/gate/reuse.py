"""What a pair reuses, as it is remembered: its passages together and one by one.

counted matches ──► passages ──► tokens of each side, each once ──► the larger side ──► key, terms, first words
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from compare.errors import InputError
from compare.gate.terms import terms_of
from compare.model import QUOTATION, Accepted, Changed, Kind, Span
from compare.text.coverage import meet
from compare.text.keys import SAME_WORDS, exact_key, match_key
from compare.text.tokens import body, clean, tokenize, tokens_of
from compare.wording.escape import one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Comparison, Document, Judged, Match, Operation, Quotation, Reason, Tokens

_STARTS = 60  # characters of the first words
_REMEMBERED = 60  # characters of a changed quotation
_LOOK = 400  # characters they are looked for in: white space and markup may lie between
_LISTED = 5  # passages that a message names
_LONG = 20  # tokens of a passage with nothing beside them, from which they may be a text's own between two passages
_FEW = 4  # words that may differ at an end of a match and be a part of it all the same: "on Friday"
_CHANCE = 2  # equal tokens between changes that say nothing
_THEIRS = 0.5  # share of their words that the other side has, from which they are reused all the same: moved


@dataclass(frozen=True, slots=True)
class Stretch:
    """One side of a passage."""

    pieces: tuple[Span, ...]
    """Which tokens of the document, ascending: a long run that the other side has not is left out."""
    packed: bytes
    """Their hashes: little-endian uint64."""
    starts: str

    @property
    def hashes(self) -> NDArray[np.uint64]:
        """The folded tokens: uint64[tokens]."""
        return np.frombuffer(self.packed, "<u8")

    @property
    def terms(self) -> tuple[int, ...]:
        """See `Accepted.terms`."""
        return terms_of(self.hashes)

    def __len__(self) -> int:
        return len(self.packed) // 8


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that both texts have."""

    key: str
    """The key of this match in reports."""
    sides: tuple[Stretch, Stretch]
    drifts: tuple[Changed, ...]

    @property
    def words(self) -> int:
        """Tokens of the side that has more."""
        return len(_larger(self.sides))

    @property
    def starts(self) -> str:
        """The first words of that side."""
        return _larger(self.sides).starts

    @property
    def alone(self) -> str:
        """The key of an entry for this passage alone."""
        return _key(_larger(self.sides))


@dataclass(frozen=True, slots=True)
class Reuse:
    """All that two texts share, by the side that has more of it; the same whichever of them is a."""

    key: str
    """`exact_key` of the reused tokens in the order of the text, each once."""
    words: int
    seen: int
    """`words` and those of passages that are nearly the same and do not count: a changed word may make them count, so
    who accepts the reuse accepts them. `Accepted.words` is this."""
    terms: tuple[int, ...]
    """See `Accepted.terms`; of all that is `seen`."""
    drifts: tuple[Changed, ...]
    """The facts that differ, sorted."""
    starts: str
    """The first words in one line, at most 60 characters."""
    passages: tuple[SharedPassage, ...]
    """By their place in a."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of reuse: see `Accepted`."""

    reason: Reason
    by: str
    date: str
    note: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair as the gate sees it, whether a policy names it or not."""

    comparison: Comparison
    a: Document
    b: Document
    reuse: Reuse
    judged: Judged


def reuse_of(comparison: Comparison, a: Document, b: Document) -> Reuse:
    """What a pair reuses: its matches that count; where it has none, the whole of the shorter text. O(n log n).

    Facts that differ are those of all copies, whether they count or not.

    >>> import compare
    >>> from compare.model import Document
    >>> a, b = Document("a", "The pact was signed in May."), Document("b", "The pact was signed in May.")
    >>> found = reuse_of(compare.pair(a, b), a, b)
    >>> found.words, found.starts
    (6, 'The pact was signed in May')
    """
    sources = _Source.of(a), _Source.of(b)
    every = _without_crossings(comparison.matches)
    matches = [match for match in every if match.counts]
    uncounted = [match for match in every if not match.counts and _is_nearly_equal(match)]
    if matches:
        beside = [_passage(match, sources) for match in uncounted]
        return _together(sorted((_passage(match, sources) for match in matches), key=_place), beside)
    sides = sources[0].whole(), sources[1].whole()
    key = exact_key(np.concatenate([side.hashes for side in sides]))
    shorter = _larger(sides, sign=-1)
    differing = {change for match in uncounted for change in _changed(match, *sources)}
    return _together([SharedPassage(key, (shorter, shorter), tuple(sorted(differing)))])


def some_of(reuse: Reuse, keys: Iterable[str]) -> Reuse:
    """The reuse of chosen passages alone: by their keys or the first digits of them; of all where no key is given.

    Raises:
        InputError: a key fits no passage, or several that differ.
    """
    wanted = {_fitting(reuse.passages, key) for key in keys}
    return _together([passage for passage in reuse.passages if passage.key in wanted or not wanted])


def entry_of(reuse: Reuse, names: tuple[str, str], decision: Decision) -> Accepted:
    """The entry that accepts this reuse between two documents, whichever comes first."""
    a, b = sorted(names)
    return Accepted(
        reuse.key, a, b, decision.reason, decision.by, decision.date, reuse.seen, reuse.terms, reuse.starts,
        decision.note, decision.expires, reuse.drifts,
    )  # fmt: skip


def _without_crossings(matches: Sequence[Match]) -> list[Match]:
    """The matches without quotations that only a second match of the same words says to be marked otherwise.

    A text that has some words twice, once in marks and once without, has four matches with its copy: two of them cross.
    """
    return [
        replace(match, quotations=tuple(one for one in match.quotations if not _crosses(one, match, matches)))
        if any(one.marked_a is not one.marked_b for one in match.quotations)
        else match
        for match in matches
    ]


def _crosses(quotation: Quotation, match: Match, matches: Sequence[Match]) -> bool:
    """Whether the words in marks are in marks in another match, and those without are copied in another match."""
    if quotation.marked_a is quotation.marked_b:
        return False
    marked = 0 if quotation.marked_a else 1
    spans = quotation.a, quotation.b
    others = [one for one in matches if one is not match and one.kind is not Kind.RELATED]
    is_marked = any(
        meet((twin.a, twin.b)[marked], spans[marked])
        for one in others
        for twin in one.quotations
        if not twin.state.is_change
    )
    return is_marked and any(meet((one.a, one.b)[1 - marked], spans[1 - marked]) for one in others)


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    """As it is read."""
    tokens: Tokens

    @classmethod
    def of(cls, document: Document) -> _Source:
        return cls(body(document), tokens_of(document))

    def whole(self) -> Stretch:
        return self.stretch((Span(0, len(self.tokens)),))

    def stretch(self, pieces: tuple[Span, ...]) -> Stretch:
        packed = b"".join(self.tokens.hashes[slice(*piece)].astype("<u8").tobytes() for piece in pieces)
        return Stretch(pieces, packed, self._first_words(pieces[0]) if pieces else "")

    def words(self, span: Span) -> str:
        return one_line(clean(self.text[span.start : span.stop]))

    def _first_words(self, span: Span) -> str:
        """Whole tokens from the first, as many as have room; of a longer first token its beginning."""
        if span.start == span.stop:
            return ""
        start = int(self.tokens.starts[span.start])
        stops = self.tokens.stops[span.start : span.stop]
        best = self.words(Span(start, int(stops[0])))[:_STARTS]
        for stop in stops[1:_LOOK].tolist():
            longer = self.words(Span(start, min(stop, start + _LOOK)))
            if len(longer) > _STARTS or stop > start + _LOOK:
                break
            best = longer
        return best


def _passage(match: Match, sources: tuple[_Source, _Source]) -> SharedPassage:
    a, b = sources
    own, opposite = _pieces(match.operations, a.tokens, b.tokens), _pieces(_exchanged(match), b.tokens, a.tokens)
    sides = a.stretch(own), b.stretch(opposite)
    return SharedPassage(match_key(match, a.tokens, b.tokens), sides, _changed(match, a, b))


def _changed(match: Match, a: _Source, b: _Source) -> tuple[Changed, ...]:
    """The facts and quotations that differ, sorted: what is not sure too, where nearly all words are kept."""
    drifts = match.drifts if match.kind is Kind.REWRITTEN else (*match.drifts, *match.unsure)
    facts = {Changed(drift.what.value, *sorted((a.words(drift.a), b.words(drift.b)))) for drift in drifts}
    quotations = {
        Changed(QUOTATION, *sorted((_opening(a.words(quotation.a)), _opening(b.words(quotation.b)))))
        for quotation in match.quotations
        if quotation.state.is_change
    }
    return tuple(sorted(facts | quotations))


def _opening(words: str) -> str:
    """A quotation's words, of a long one the beginning and how they hash."""
    if len(words) <= _REMEMBERED:
        return words
    return f"{words[:_REMEMBERED].rsplit(' ', 1)[0]} … {exact_key(tokenize(words).hashes)}"


def _exchanged(match: Match) -> tuple[Operation, ...]:
    return tuple(step.exchanged() for step in match.operations)


def _pieces(steps: Sequence[Operation], tokens: Tokens, opposite: Tokens) -> tuple[Span, ...]:
    """The tokens of a that a match reuses, as ranges that do not touch.

    A rewritten match may reach over a text's own words from one reused passage to the next, and one changed word
    decides whether it does. So long runs that stand beside little of b, in words that b has not, are left out; and the
    rest of a sentence at either end, where it is more than a few words.
    """
    opposite_hashes = opposite.hashes[steps[0].tokens_b.start : steps[-1].tokens_b.stop]
    pieces: list[Span] = []
    for span, beside in _runs(_inner(steps)):
        if span.start == span.stop or _is_own(tokens.hashes[slice(*span)], beside, opposite_hashes):
            continue
        if pieces and pieces[-1].stop == span.start:
            pieces[-1] = Span(pieces[-1].start, span.stop)
        else:
            pieces.append(span)
    return tuple(pieces)


def _inner(steps: Sequence[Operation]) -> Sequence[Operation]:
    """The steps without a first and a last one in which more than a few words differ: one step is left at least."""
    long = [step.kind != "equal" and max(_size(step.tokens_a), _size(step.tokens_b)) > _FEW for step in steps]
    start, stop = int(long[0]), len(steps) - long[-1]
    return steps[start:stop] if start < stop else steps


def _runs(steps: Sequence[Operation]) -> Iterator[tuple[Span, int]]:
    """The tokens of a by equal runs and by what lies between, with how many of b stand beside.

    An equal word or two between changes is chance.
    """
    for _, group in groupby(steps, key=lambda step: step.kind == "equal" and _size(step.tokens_a) > _CHANCE):
        run = list(group)
        yield Span(run[0].tokens_a.start, run[-1].tokens_a.stop), sum(_size(step.tokens_b) for step in run)


def _is_own(hashes: NDArray[np.uint64], beside: int, opposite_hashes: NDArray[np.uint64]) -> bool:
    if len(hashes) < _LONG or 2 * beside >= len(hashes):
        return False
    return bool(np.isin(np.unique(hashes), opposite_hashes).mean() < _THEIRS)


def _size(span: Span) -> int:
    return span.stop - span.start


def _is_nearly_equal(match: Match) -> bool:
    """Whether a match that does not count keeps most of its words in order: a short sentence, a short quotation, and
    boilerplate, which two texts alone are not known to share with others.
    """  # noqa: D205  # one sentence
    if not match.operations:
        return False
    return match.kept >= SAME_WORDS * match.words


def _together(passages: Sequence[SharedPassage], beside: Sequence[SharedPassage] = ()) -> Reuse:
    """Passages as one: the tokens that they span on each side, and the side that has more of them."""
    whole = _whole(passages)
    seen = _whole([*passages, *beside]) if beside else whole
    drifts = sorted({drift for passage in (*passages, *beside) for drift in passage.drifts})
    return Reuse(_key(whole), len(whole), len(seen), seen.terms, tuple(drifts), whole.starts, tuple(passages))


def _whole(passages: Sequence[SharedPassage]) -> Stretch:
    return _larger([_union([passage.sides[side] for passage in passages]) for side in (0, 1)])


def _union(stretches: Sequence[Stretch]) -> Stretch:
    """The tokens of some stretches of one text in its order, each once, as if they stood together."""
    places = np.concatenate(
        [np.arange(*piece) for stretch in stretches for piece in stretch.pieces] or [np.empty(0, np.int64)]
    )
    hashes = np.concatenate([stretch.hashes for stretch in stretches])
    _, first = np.unique(places, return_index=True)
    starts = min(((stretch.pieces[0], stretch.starts) for stretch in stretches if len(stretch)), default=(None, ""))[1]
    return Stretch((Span(0, len(first)),), hashes[first].astype("<u8").tobytes(), starts)


def _larger(sides: Iterable[Stretch], sign: int = 1) -> Stretch:
    """The side with more tokens; of equal ones that with the smaller key, so that it does not matter which is a."""
    return min(sides, key=lambda side: (-sign * len(side), _key(side), side.starts))


def _key(side: Stretch) -> str:
    return exact_key(side.hashes)


def _place(passage: SharedPassage) -> tuple[tuple[Span, ...], ...]:
    return passage.sides[0].pieces, passage.sides[1].pieces


def _fitting(passages: Sequence[SharedPassage], prefix: str) -> str:
    """The one key that begins so."""
    keys = list(dict.fromkeys(passage.key for passage in passages))
    fitting = [key for key in keys if prefix and key.startswith(prefix.lower())]
    if len(fitting) == 1:
        return fitting[0]
    some = ", ".join((fitting or keys)[:_LISTED]) + (", …" if len(fitting or keys) > _LISTED else "")
    if fitting:
        raise InputError(f"{len(fitting)} passages have a key that begins with {shown(prefix)}: {some}")
    raise InputError(f'no passage of this pair has a key that begins with "{shown(prefix)}"; its keys are {some}')
