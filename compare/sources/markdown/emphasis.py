"""Which asterisks and underscores of a paragraph are emphasis, as CommonMark 0.31 pairs them. Linear."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import category

from compare.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_Key = tuple[str, bool, int]


@dataclass(slots=True)
class Run:
    """A run of one sign, and what of it is not used up."""

    sign: str
    start: int
    stop: int
    opens: bool
    closes: bool
    length: int
    """As it was written: two runs whose lengths make three are no pair where either could do both."""

    def pairs_with(self, closer: Run) -> bool:
        """Whether emphasis that begins with this run may end with that one."""
        if self.sign != closer.sign:
            return False
        both = self.closes or closer.opens
        return not both or (self.length + closer.length) % 3 > 0 or self.length % 3 == closer.length % 3 == 0


def run_at(text: str, start: int, stop: int) -> Run:
    """The run of a sign that stands there: what it may do hangs on the characters beside it."""
    before, after = text[start - 1 : start] or " ", text[stop : stop + 1] or " "
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if text[start] == "*":
        return Run("*", start, stop, left, right, stop - start)
    opens, closes = left and (not right or _is_sign(before)), right and (not left or _is_sign(after))
    return Run("_", start, stop, opens, closes, stop - start)


def _is_sign(char: str) -> bool:
    return not char.isalnum() and category(char)[0] in "PS"


def paired(runs: Iterable[Run]) -> list[Span]:
    """What of some runs, in order, is emphasis; the rest are plain signs.

    >>> text = "*a* 5*3*"
    >>> [text[a:b] for a, b in paired([run_at(text, at, at + 1) for at in (0, 2, 5, 7)])]
    ['*', '*', '*', '*']
    """
    pairing = _Pairing()
    for run in runs:
        pairing.add(run)
    return pairing.found


@dataclass(slots=True)
class _Pairing:
    found: list[Span] = field(default_factory=list)
    openers: list[Run] = field(default_factory=list)
    floors: dict[_Key, int] = field(default_factory=dict)
    """So many of the openers are known to be no pair for a closer of a kind: none is looked at twice."""

    def add(self, run: Run) -> None:
        """The next run: it ends what it can, and what is left of it may begin something."""
        while run.closes and run.start < run.stop and self._ended(run):
            pass
        if run.opens and run.start < run.stop:
            self.openers.append(run)

    def _ended(self, closer: Run) -> bool:
        key = closer.sign, closer.opens, closer.length % 3
        for place in range(len(self.openers) - 1, self.floors.get(key, 0) - 1, -1):
            if self.openers[place].pairs_with(closer):
                self._pair(place, closer)
                return True
        self.floors[key] = len(self.openers)
        return False

    def _pair(self, place: int, closer: Run) -> None:
        opener = self.openers[place]
        size = min(2, opener.stop - opener.start, closer.stop - closer.start)
        self.found += [Span(opener.stop - size, opener.stop), Span(closer.start, closer.start + size)]
        opener.stop, closer.start = opener.stop - size, closer.start + size
        del self.openers[place + (opener.start < opener.stop) :]
        self.floors = {key: min(floor, len(self.openers)) for key, floor in self.floors.items()}
