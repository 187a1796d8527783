"""Model and road numbers, viruses, aircraft: letters and digits that name a thing; and digits that are no figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.facts.tables import words_of_facts
from compare.facts.values import Code, Stated, stated
from compare.facts.words import gap_at
from compare.model import Fact, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word

_HYPHENS = frozenset({"-", "‐", "‑"})
_DIGITS = re.compile(r"\d{1,4}")
_LONGEST, _LONGEST_HASH = 24, 12
_HASH = re.compile(r"[0-9a-f]+")
_GLUED = re.compile(r"[/@#?&=_:.+~]\Z|[/@&=_~]")
_PHONE_GAP = re.compile(r"[-. /]|\) ?| ?\(|-\(")
_PHONE = range(9, 16)  # digits
_LOCAL = ([3, 4],)


def code(words: Sequence[Word], at: int) -> Stated | None:
    """The code that a word with digits belongs to: LC-40LE830U, F-16, A12, COVID-19."""
    is_named = _is_named(words, at)
    if not _is_mixed(words[at].written) and not is_named:
        return None
    first, stop = at - is_named, at + 1
    while first and words[first].gap in _HYPHENS and _is_part(words[first - 1].written):
        first -= 1
    while gap_at(words, stop) in _HYPHENS and _is_part(words[stop].written):
        stop += 1
    letters = "".join(word.written for word in words[first:stop]).upper()
    if len(letters) > _LONGEST or (len(letters) >= _LONGEST_HASH and _HASH.fullmatch(letters.lower())):
        return None
    return stated(Fact.NUMBER, words, Span(first, stop), Code(letters))


def _is_mixed(written: str) -> bool:
    """Whether letters and digits stand in one word, in capitals or beginning with a letter: 40LE830U, F16."""
    has_both = any(char.isalpha() for char in written) and any(char.isdecimal() for char in written)
    return has_both and written.isalnum()


def _is_named(words: Sequence[Word], at: int) -> bool:
    """Whether a name is glued to plain digits: F-16, COVID-19, and neither mid-1990s nor May-5."""
    if not _DIGITS.fullmatch(words[at].lower) or words[at].gap not in _HYPHENS or not at:
        return False
    before = words[at - 1]
    is_sign = before.written.isupper() or (before.written[0].isupper() and before.lower not in words_of_facts())
    return is_sign and before.written.isalpha()


def _is_part(written: str) -> bool:
    return written.isalnum() and written.isascii() and (written.isupper() or written.isdecimal() or _is_mixed(written))


def no_fact(words: Sequence[Word], at: int) -> int:
    """Where digits end that are no figure, but part of a web address or a telephone number; 0 if they are one."""
    return _address_stop(words, at) or _phone_stop(words, at)


def _address_stop(words: Sequence[Word], at: int) -> int:
    gap = words[at].gap
    if not at or not _GLUED.search(gap) or not gap.isprintable() or " " in gap or words[at - 1].lower[:1].isdigit():
        return 0
    stop = at + 1
    while stop < len(words) and words[stop].gap and not re.search(r"\s", words[stop].gap):
        stop += 1
    return stop


def _phone_stop(words: Sequence[Word], at: int) -> int:
    """Where a telephone number ends that begins here; 0 if none does."""
    stop, lengths, gaps = at, list[int](), list[str]()
    while stop < len(words) and words[stop].lower.isdecimal() and (stop == at or _PHONE_GAP.fullmatch(words[stop].gap)):
        lengths.append(len(words[stop].lower))
        gaps += [words[stop].gap] if stop > at else []
        stop += 1
    is_local = lengths in _LOCAL and gaps == ["-"]
    is_grouped = set(gaps) == {" "} and all(length == 3 for length in lengths[1:])  # noqa: PLR2004  # 4 200 000
    is_long = sum(lengths) in _PHONE and (len(lengths) > 2 or words[at].gap.endswith("+")) and not is_grouped  # noqa: PLR2004
    return stop if is_local or is_long else 0
