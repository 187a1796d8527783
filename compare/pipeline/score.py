"""Exact scores of pairs, and the verdict that follows from them. Columns in, columns out: one row a pair.

The rules stand in two tables, `BY_WORDS` and `BY_ALIGNMENT`: what decides is also what `Comparison.explain` tells.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import numpy as np

from compare import kernels
from compare.model import Bound, Condition, Quantity, Rule, Verdict
from compare.pipeline.saved import check_fit, values_of
from compare.text.letters import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Out, Part
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    Tokens = NDArray[np.uint32] | NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Integers = NDArray[np.signedinteger]
    F64 = NDArray[np.float64]
    Flags = NDArray[np.bool_]

SCATTERED = 0.9
"""Share of what is shared that the longest run may have where noise parts the words: scans with up to 20 % of the
characters misread have .69 at the most. Of 466,000 candidates of a corpus of 100,000 texts 99.6 % have more."""
FAR_LONGER = 8
"""Times as long as the other that a text is, from which it is worth a turn of the pair and of the order of pairs."""
KEPT_WITHIN = 10
"""Times as long as a text that one may be which keeps its words: there, unlike articles keep .35 at the most."""
KEPT_WITHIN_BROKEN = 3
"""The same where too few runs of words are shared (`kept_floor`): small alphabets, such as figures, agree by chance."""
KEPT_WITHIN_LIMIT = 1 << 30
"""Product of two texts' tokens above which one is not asked whether it keeps the other's words: 20 ms."""
KEPT_LIMIT = 1 << 36
"""Product of two texts' tokens above which the longest common subsequence is not computed and counts as 0: 1 s."""

_CONTAINED = Verdict.CONTAINED.rank


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The counts of m pairs: each an integer[m], or [m, 2] with a column a side. Shingles are distinct ones."""

    shared: Integers
    own_shared: Integers
    longest: Integers
    """Tokens of the longest verbatim run; 0 if no shingle is shared."""
    own_longest: Integers
    """The same, over shingles that are not common."""
    kept: Integers
    """Tokens in the longest common subsequence; 0 where it was not asked for (see `kept_matters`)."""
    letters: F64
    """Likeness of the letters; 0 below `near_letters`, and where it was not asked for (see `letters_matter`)."""
    tokens: Integers
    shingles: Integers
    own: Integers
    """Shingles that are not common."""

    @classmethod
    def of(cls, table: Integers, kept: Integers, tokens: I64) -> Overlaps:
        """From what `shared_counts` returns."""
        shared, own_shared, longest, own_longest = table[:, :4].T
        letters = np.zeros(len(table), np.float64)
        return cls(shared, own_shared, longest, own_longest, kept, letters, tokens, table[:, 4:6], table[:, 6:])

    def __len__(self) -> int:
        return len(self.shared)

    def put(self, out: Out) -> None:
        """Put out all of them."""
        columns = [getattr(self, item.name) for item in fields(self) if item.name != "letters"]
        counts = [column if column.ndim > 1 else column[:, None] for column in columns]
        out.append("counts", np.concatenate(counts, axis=1, dtype=np.int32, casting="same_kind").ravel())
        out.append("letters", self.letters)

    @classmethod
    def together(cls, parts: Sequence[Part]) -> Overlaps:
        """Those of all parts. Raises InputError."""
        counts, letters = values_of(parts, "counts", np.int32), values_of(parts, "letters", np.float64)
        check_fit(len(counts) == 11 * len(letters))
        counts = counts.reshape(-1, 11)
        shared, own_shared, longest, own_longest, kept = counts[:, :5].T
        sides = counts[:, 5:7], counts[:, 7:9], counts[:, 9:]
        return cls(shared, own_shared, longest, own_longest, kept, letters, *sides)

    def rows(self, chosen: NDArray[np.integer] | slice) -> Overlaps:
        """The counts of some of the pairs."""
        return Overlaps(*(getattr(self, item.name)[chosen] for item in fields(self)))

    def joined(self, more: Overlaps) -> Overlaps:
        """These pairs, then `more`."""
        both = ([getattr(part, item.name) for part in (self, more)] for item in fields(self))
        return Overlaps(*map(np.concatenate, both))

    def picked(self, more: Overlaps, rows: I64) -> Overlaps:
        """Some of these pairs and of `more`, numbered behind them. No more than one column is twice in memory."""
        both = ([getattr(part, item.name) for part in (self, more)] for item in fields(self))
        return Overlaps(*(np.concatenate(column)[rows] for column in both))

    def swapped(self, swap: Flags) -> Overlaps:
        """The counts with the sides changed where `swap` says so."""
        if not swap.any():
            return self
        sides = (np.where(swap[:, None], side[:, ::-1], side) for side in (self.tokens, self.shingles, self.own))
        counts = self.shared, self.own_shared, self.longest, self.own_longest, self.kept, self.letters
        return Overlaps(*counts, *sides)

    @property
    def jaccard(self) -> F64:
        """|A∩B| / |A∪B|."""
        return _share(self.shared, self.shingles.sum(axis=1) - self.shared)

    @property
    def containment(self) -> F64:
        """|A∩B| / |A| and |A∩B| / |B|: float64[m, 2]."""
        return _share(self.shared[:, None], self.shingles)

    @property
    def own_containment(self) -> F64:
        """The same without common shingles; 0 for a text of common shingles alone."""
        return _share(self.own_shared[:, None], self.own)

    @property
    def kept_share(self) -> F64:
        """Share of each side's tokens in the longest common subsequence: float64[m, 2]."""
        return _share(self.kept[:, None], self.tokens)

    def kept_within(self, settings: Settings) -> F64:
        """The same of a text that may be contained in the other: float64[m, 2]; 0 where that is not asked."""
        return np.where(_may_stand_within(self, settings)[:, None], self.kept_share, 0)


def _share(part: Integers, whole: Integers) -> F64:
    return np.asarray(part / np.maximum(whole, 1), np.float64)


def shared_counts(tokens: Tokens, offsets: I64, pairs: I64, common: U64, settings: Settings) -> I32:
    """Shared and own shared shingles, longest and longest own run in tokens, shingles and own ones of each side.

    int32[m, 8], exact, linear. `tokens` are the token hashes of some texts, flat, or the low halves of them; `pairs`
    int64[m, 2] numbers the texts; `common` is ascending.
    """
    table = _overlaps(tokens, offsets, pairs, common, settings.shingle)
    # n shingles in a row are n + shingle − 1 tokens; a shorter text is one shingle of all its tokens.
    short = np.minimum(np.diff(offsets)[pairs].min(axis=1, initial=1 << 62), settings.shingle)
    for run in (table[:, 2], table[:, 3]):
        run[run > 0] += (short - 1)[run > 0]
    return table


def _overlaps(tokens: Tokens, offsets: I64, pairs: I64, common: U64, shingle: int) -> I32:
    """What the kernel counts, with far longer texts on the left: it reads the right one of every pair anew.

    Else a digest of everything is read as often as there are documents.
    """
    lengths = np.diff(offsets)[pairs]
    turned = lengths[:, 1] > FAR_LONGER * lengths[:, 0]
    if not turned.any():
        return kernels.overlaps(tokens, offsets, np.ascontiguousarray(pairs), common, shingle)
    pairs = np.where(turned[:, None], pairs[:, ::-1], pairs)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    table = np.empty((len(pairs), 8), np.int32)
    table[order] = kernels.overlaps(tokens, offsets, np.ascontiguousarray(pairs[order]), common, shingle)
    table[turned, 4:] = table[turned][:, [5, 4, 7, 6]]
    return table


def kept_counts(tokens: Tokens, offsets: I64, pairs: I64) -> I64:
    """Tokens in the longest common subsequence of each pair: int64[m]. Bit-parallel, n·m/64 (Hyyrö 2004).

    Tokens are told apart by the low halves of their hashes, as in shingles.
    """
    halves = tokens.astype(np.uint32, copy=False).astype(np.uint64)
    return np.asarray(kernels.kept(halves, offsets, np.ascontiguousarray(pairs)), np.int64)


def kept_bounded(lengths: Integers) -> Flags:
    """Whether the longest common subsequence of texts of these lengths (integer[m, 2]) is computed at all."""
    return np.asarray(lengths.prod(axis=1, dtype=np.float64) <= KEPT_LIMIT)


def _may_stand_within(overlaps: Overlaps, settings: Settings) -> Flags:
    """Whether what one text keeps of another can be no chance, and is counted in bounded time.

    The shorter one has some words, and the longer one has not so many that it holds any words in any order.
    """
    return _where(_is_scattered(overlaps, settings), overlaps, lambda few: _fits_within(few, settings))


def _fits_within(overlaps: Overlaps, settings: Settings) -> Flags:
    short, long = np.minimum(*overlaps.tokens.T), np.maximum(*overlaps.tokens.T)
    enough = overlaps.own_containment.max(axis=1) >= settings.kept_floor
    broken = overlaps.own_shared == overlaps.shared  # what is shared is not common, however little it is
    fitting = long <= np.where(enough, KEPT_WITHIN, broken * KEPT_WITHIN_BROKEN) * short
    bounded = overlaps.tokens.prod(axis=1, dtype=np.float64) <= KEPT_WITHIN_LIMIT
    return np.asarray((short >= settings.contained_kept_tokens) & fitting & bounded)


def _where(flags: Flags, overlaps: Overlaps, holds: Callable[[Overlaps], Flags]) -> Flags:
    """Which of the pairs with a flag hold something that costs more to ask."""
    rows = np.flatnonzero(flags)
    result = np.zeros(len(flags), bool)
    result[rows] = holds(overlaps.rows(rows))
    return result


def kept_matters(overlaps: Overlaps, settings: Settings) -> Flags:
    """Whether the tokens kept in order can decide: enough own text in common, fitting lengths, work bounded."""
    short, long = np.minimum(*overlaps.tokens.T), np.maximum(*overlaps.tokens.T)
    alike = _where(short >= settings.near_kept * long, overlaps, lambda few: _has_enough(few, settings))
    within = _may_stand_within(overlaps, settings)
    return _where(alike | within, overlaps, lambda few: ~_is_settled(few, settings))


def _has_enough(overlaps: Overlaps, settings: Settings) -> Flags:
    own = overlaps.own_containment.max(axis=1)
    return np.asarray((own >= settings.kept_floor) & kept_bounded(overlaps.tokens))


def _is_settled(overlaps: Overlaps, settings: Settings) -> Flags:
    own = overlaps.own_containment.min(axis=1)
    return np.asarray(is_near(overlaps, settings) & (own >= settings.near_containment))


def letters_matter(overlaps: Overlaps, settings: Settings) -> Flags:
    """Whether the letters can decide: words are shared all over the texts or none is, and they are no duplicates.

    Where all that is shared is common, it decides nothing, as everywhere.
    """
    may_tell = _letters_may_tell(overlaps, settings)
    return _where(may_tell, overlaps, lambda few: np.asarray(_ranks_by_words(few, settings) > _CONTAINED))


def _letters_may_tell(overlaps: Overlaps, settings: Settings) -> Flags:
    alike = 2 * np.minimum(*overlaps.tokens.T) >= np.maximum(*overlaps.tokens.T)
    own = (overlaps.own_shared > 0) | (overlaps.shared == 0)
    return np.asarray(own & alike & _is_scattered(overlaps, settings))


def _is_scattered(overlaps: Overlaps, settings: Settings) -> Flags:
    """Whether what is shared is no passage, but many short runs: something stands between them all over the text."""
    spanned = overlaps.shared + settings.shingle - 1
    return np.asarray((overlaps.longest <= SCATTERED * spanned) | (overlaps.longest < settings.proposing_run))


def _ranks_by_words(overlaps: Overlaps, settings: Settings) -> NDArray[np.int8]:
    return verdicts(overlaps, np.zeros(len(overlaps), bool), settings)


def measure(tokens: U64, offsets: I64, pairs: I64, common: U64, settings: Settings) -> Overlaps:
    """All counts of some pairs of a few texts in memory; `kept` for every pair within bounds."""
    table = shared_counts(tokens, offsets, pairs, common, settings).astype(np.int64)
    lengths = np.diff(offsets)[pairs]
    kept = np.zeros(len(pairs), np.int64)
    bounded = np.flatnonzero(kept_bounded(lengths))
    kept[bounded] = kept_counts(tokens, offsets, pairs[bounded])
    return Overlaps.of(table, kept, lengths)


def with_letters(overlaps: Overlaps, a: str, b: str, settings: Settings) -> Overlaps:
    """The counts of one pair with `letters` filled in, from both texts as they are read.

    Where it can decide; and where near-duplicates are one by their words, for show: it would say so without them.
    """
    asked = _letters_may_tell(overlaps, settings) & (_ranks_by_words(overlaps, settings) != _CONTAINED)
    if max(len(a), len(b)) > settings.letters_longest or overlaps.letters[0] or not asked[0]:
        return overlaps
    return replace(overlaps, letters=np.array([likeness(a, b, settings.near_letters)]))


def with_kept(overlaps: Overlaps, a: U64, b: U64) -> Overlaps:
    """The counts of one pair with `kept` filled in for show, from the token hashes of both texts, within bounds."""
    if len(a) * len(b) > KEPT_LIMIT:
        return overlaps
    offsets = np.array([0, len(a), len(a) + len(b)], np.int64)
    return replace(overlaps, kept=kept_counts(np.concatenate([a, b]), offsets, np.array([[0, 1]], np.int64)))


def is_near(overlaps: Overlaps, settings: Settings) -> Flags:
    """Whether both containments say near-duplicate, whatever is common."""
    return np.asarray(overlaps.containment.min(axis=1) >= settings.near_containment)


def hidden_by_common(overlaps: Overlaps, settings: Settings) -> Flags:
    """Which pairs may be duplicates if what is common were not: it is weighed again when its holders fall."""
    plain = overlaps.containment
    short, long = np.minimum(*overlaps.tokens.T), np.maximum(*overlaps.tokens.T)
    alike = (short >= settings.near_kept * long) & (plain.max(axis=1) >= settings.kept_floor)
    share = min(settings.contained, settings.near_containment)
    return np.asarray((overlaps.own_shared < overlaps.shared) & (alike | (plain.max(axis=1) >= share)))


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition of a rule, before it is asked of a pair. `limit` is a setting's name or a number."""

    quantity: Quantity
    limit: str | float
    bound: Bound = Bound.AT_LEAST

    def limit_in(self, settings: Settings) -> Any:  # noqa: ANN401  # a setting, a share or a count
        """The number that `limit` stands for."""
        return getattr(settings, self.limit) if isinstance(self.limit, str) else self.limit


Table = tuple[tuple[Verdict, tuple[Clause, ...]], ...]

_NEAR = Clause(Quantity.CONTAINMENT, "near_containment")
_PASSAGES = Clause(Quantity.MATCHES_KEPT, "derived_kept"), Clause(Quantity.LONGEST_MATCH, "derived_passage")

BY_WORDS: Table = (
    (Verdict.IDENTICAL, (Clause(Quantity.SAME, 1),)),
    (Verdict.NEAR_DUPLICATE, (_NEAR, Clause(Quantity.OWN_BOTH, "derived_own"))),
    (Verdict.NEAR_DUPLICATE, (_NEAR, Clause(Quantity.OWN_SHINGLES, 0, Bound.AT_MOST))),
    (Verdict.NEAR_DUPLICATE, (Clause(Quantity.KEPT, "near_kept"), Clause(Quantity.OWN, "kept_floor"))),
    (Verdict.NEAR_DUPLICATE, (Clause(Quantity.LETTERS, "near_letters"),)),
    (Verdict.CONTAINED, (Clause(Quantity.WITHIN, "contained"), Clause(Quantity.OWN_WORDS, "contained_tokens"))),
    (Verdict.CONTAINED, (Clause(Quantity.KEPT_WITHIN, "contained_kept"),)),
    (Verdict.DERIVED, (Clause(Quantity.OWN, "derived_own"), Clause(Quantity.OWN_WORDS, "derived_tokens"))),
    (Verdict.DERIVED, (Clause(Quantity.OWN_LONGEST, "derived_longest"),)),
)
"""What tokens and shingles alone say, from the strongest verdict down; each row is enough."""

BY_ALIGNMENT: Table = (
    (Verdict.DERIVED, (*_PASSAGES, Clause(Quantity.REWRITTEN, 0.5, Bound.AT_MOST))),
    (Verdict.REWRITTEN, (*_PASSAGES, Clause(Quantity.REWRITTEN, 0.5, Bound.MORE_THAN))),
    (Verdict.SAME_STORY, (Clause(Quantity.SAME_EVENT, "same_story"),)),
)
"""What the matches and the facts in common say: `derived` at the most."""

_OF_A_SIDE = {
    Quantity.CONTAINMENT: np.minimum, Quantity.OWN_BOTH: np.minimum, Quantity.KEPT: np.minimum,
    Quantity.WITHIN: np.maximum, Quantity.OWN: np.maximum, Quantity.KEPT_WITHIN: np.maximum,
}  # fmt: skip
"""Quantities that either side has: the smaller or the larger one is weighed."""


def _sides(overlaps: Overlaps, settings: Settings) -> dict[Quantity, F64]:
    """Those of both sides: float64[m, 2]."""
    plain, own = overlaps.containment, overlaps.own_containment
    return {
        Quantity.CONTAINMENT: plain,
        Quantity.OWN_BOTH: own,
        Quantity.KEPT: overlaps.kept_share,
        Quantity.KEPT_WITHIN: overlaps.kept_within(settings),
        Quantity.WITHIN: np.minimum(plain, own),
        Quantity.OWN: own,
    }


def _weighed(overlaps: Overlaps, sides: Mapping[Quantity, F64], settings: Settings) -> dict[Quantity, Any]:
    """The quantities of `BY_WORDS` as columns, all but `same`."""
    counts = {
        Quantity.OWN_SHINGLES: np.maximum(*overlaps.own.T),
        Quantity.OWN_WORDS: np.where(overlaps.own_shared > 0, overlaps.own_shared + settings.shingle - 1, 0),
        Quantity.OWN_LONGEST: overlaps.own_longest,
        Quantity.LETTERS: overlaps.letters,
    }
    return counts | {quantity: _OF_A_SIDE[quantity](*both.T) for quantity, both in sides.items()}


def verdicts(overlaps: Overlaps, identical: Flags, settings: Settings) -> NDArray[np.int8]:
    """The rank of each pair's verdict by tokens and shingles alone: `identical` to `derived`, else `distinct`.

    `identical` says which pairs have equal tokens and equal surfaces. The strongest rule that holds decides:
    `run`, `dedup`, `diff` and `pair` all ask here, so they never disagree.
    """
    values = _weighed(overlaps, _sides(overlaps, settings), settings) | {Quantity.SAME: identical}
    ranks = np.full(len(overlaps), Verdict.DISTINCT.rank, np.int8)
    for verdict, clauses in reversed(BY_WORDS):
        each = (clause.bound.holds(values[clause.quantity], clause.limit_in(settings)) for clause in clauses)
        ranks[reduce(and_, each)] = verdict.rank
    return ranks


def falls_to(overlaps: Overlaps, settings: Settings) -> Flags:
    """Whether each side (bool[m, 2]) may be dropped for the other: nearly all of it is there.

    Own containment at or above the limit for near-duplicates, or as many tokens kept, or letters as much alike; or the
    words of a contained text kept. A text of common shingles alone goes by its plain containment. A container never
    falls to its part: little of it is in the part.
    """
    plain_only = overlaps.own == 0
    own = np.where(plain_only, overlaps.containment, overlaps.own_containment)
    enough_own = overlaps.own_containment.max(axis=1) >= settings.kept_floor
    kept = (overlaps.kept_share.min(axis=1) >= settings.near_kept) & enough_own
    within = overlaps.kept_within(settings) >= settings.contained_kept
    alike = kept | (overlaps.letters >= settings.near_letters)
    return np.asarray((own >= settings.near_containment) | alike[:, None] | within)


@dataclass(frozen=True, slots=True)
class Aligned:
    """What the alignment of one pair adds to its scores."""

    reused: float
    """Share of the shorter text in matches that count as reuse."""
    kept: float
    """Share of the shorter text that these matches keep in order."""
    longest_reuse: int
    """Tokens of the longest of them, on its shorter side."""
    rewritten: float
    """Share of the shorter text in rewritten ones."""
    same_event: float = 0.0
    """How likely the facts in common make one event."""


def promoted(verdict: Verdict, aligned: Aligned, settings: Settings) -> Verdict:
    """The verdict after alignment, which may promote a weaker pair and never demotes one.

    Two reports of one event match in many places; only a text made from another keeps its words in order.

    >>> from compare.settings import Settings
    >>> promoted(Verdict.DISTINCT, Aligned(0.9, 0.3, 80, 0.9, 0.9), Settings())
    <Verdict.SAME_STORY: 'same-story'>
    >>> promoted(Verdict.DISTINCT, Aligned(0.9, 0.5, 80, 0.9, 0.9), Settings())
    <Verdict.REWRITTEN: 'rewritten'>
    """
    holding = (rule.verdict for rule in rules_by_alignment(aligned, settings) if rule.held)
    return min(verdict, next(holding, Verdict.DISTINCT), key=lambda candidate: candidate.rank)


def rules_by_words(overlaps: Overlaps, settings: Settings, *, identical: bool) -> tuple[Rule, ...]:
    """The rules of `verdicts` for the first pair of `overlaps`, with its numbers."""
    sides = _sides(overlaps, settings)
    values = {quantity: column[0].item() for quantity, column in _weighed(overlaps, sides, settings).items()}
    owners = {quantity: "a" if both[0, 0] == values[quantity] else "b" for quantity, both in sides.items()}
    return _asked(BY_WORDS, values | {Quantity.SAME: int(identical)}, owners, settings)


def rules_by_alignment(aligned: Aligned, settings: Settings) -> tuple[Rule, ...]:
    """The rules of `promoted`, with the numbers of a pair."""
    values = {
        Quantity.MATCHES_KEPT: aligned.kept,
        Quantity.LONGEST_MATCH: aligned.longest_reuse,
        Quantity.REWRITTEN: aligned.rewritten / (aligned.reused or 1),
        Quantity.SAME_EVENT: aligned.same_event,
    }
    return _asked(BY_ALIGNMENT, values, {}, settings)


def _asked(
    table: Table, values: Mapping[Quantity, float], owners: Mapping[Quantity, str], settings: Settings
) -> tuple[Rule, ...]:
    return tuple(
        Rule(verdict, tuple(
            Condition(
                clause.quantity, values[clause.quantity], clause.limit_in(settings), clause.bound,
                owners.get(clause.quantity, ""), clause.limit if isinstance(clause.limit, str) else "",
            )
            for clause in clauses
        ))
        for verdict, clauses in table
    )  # fmt: skip
