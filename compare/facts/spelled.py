"""Figures in words: numbers, ordinals, fractions, Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from compare.facts.figures import Figure
from compare.facts.tables import (
    fractions,
    fractions_after_article,
    han,
    han_places,
    hedges,
    numbers,
    ordinals,
    phrases,
    romans,
    scales,
)
from compare.facts.words import gap_at, lower_at
from compare.text.language import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word

_TEN, _HUNDRED, _THOUSAND = Decimal(10), Decimal(100), Decimal(1000)
_JOINED = re.compile(r"[-‐‑]?\s?|\s")
"""What stands between two parts of a number: a blank, a hyphen, a hyphen at a line's end."""
_HALF = Decimal("0.5")
_SHARE_STEP = Decimal("0.1")
_WAN = 10_000
_HUNDREDTHS = Decimal("0.01")


def spelled(words: Sequence[Word], at: int) -> Figure | None:
    """The figure in words that begins at a word."""
    lower = words[at].lower
    if share := fractions().at(words, at) or _after_article(words, at):
        return Figure(frozenset({share[0]}), share[1], _SHARE_STEP, is_share=share[0] < 1)
    if lower in han() or lower in han_places() or lower in listed("numbers", "ordinal_before"):
        return None if phrases("minus").at(words, at) else _han(words, at)
    if lower in ordinals() or (lower in romans() and words[at].written[:2].isupper()):
        return _ordinal(words, at)
    return _in_words(words, at) or _half_more(words, at) or _scale_alone(lower, at)


def _ordinal(words: Sequence[Word], at: int) -> Figure:
    """Third, XIX, التاسع عشر."""
    lower = words[at].lower
    value = ordinals().get(lower) or Decimal(romans()[lower])
    is_teen = value < 10 and lower_at(words, at + 1) in listed("numbers", "teen")  # noqa: PLR2004
    return Figure(frozenset({value + 10 * is_teen}), at + 1 + is_teen, is_ordinal=True)


def _half_more(words: Sequence[Word], at: int) -> Figure | None:
    """साढ़े तीन, "half more than three"."""
    value = numbers().get(lower_at(words, at + 1)) if words[at].lower in listed("numbers", "half_more") else None
    return None if value is None else Figure(frozenset({value + _HALF}), at + 2, _SHARE_STEP)


def _scale_alone(lower: str, at: int) -> Figure | None:
    is_scale = lower in scales() and len(lower) > 1
    return Figure(frozenset({Decimal(1)}), at, is_alone=True) if is_scale else None


def _after_article(words: Sequence[Word], at: int) -> tuple[Decimal, int] | None:
    """A fraction such as "a quarter of", "nearly a third of", and not "the second quarter of"."""
    share = fractions_after_article().at(words, at)
    before = lower_at(words, at - 1)
    if share and (before in listed("numbers", "articles") or hedges().before(words, at)):
        return share
    return None


def _in_words(words: Sequence[Word], at: int) -> Figure | None:
    """Twenty-three, two hundred and five, mil doscientos, two thousand and ten; a last scale is the caller's."""
    parts = _parts(words, at)
    if not parts or (len(parts) == 1 and parts[0].stop == at):
        return None
    if len(parts) > 1:
        return Figure(frozenset({sum((part.value * part.scale for part in parts), Decimal(0))}), parts[-1].end)
    total, stop = parts[0].value, parts[0].stop
    if ordinal := _ordinal_end(words, stop, total):
        return ordinal
    return Figure(frozenset({total}), stop, Decimal(1) if total == int(total) else _SHARE_STEP)


class _Part(NamedTuple):
    """A number below a thousand and its scale, and where each ends."""

    value: Decimal
    stop: int
    scale: Decimal
    end: int


def _parts(words: Sequence[Word], at: int) -> list[_Part]:
    """The parts of a number in words, each smaller than one of the scale before it."""
    parts: list[_Part] = []
    place = at
    while part := _part(words, place, is_first=place == at):
        if parts and part.value * part.scale >= parts[-1].scale:
            break
        parts.append(part)
        place = _past_and(words, part.end)
        if part.scale == 1 or not _is_joined(words, part.end) or not _is_joined(words, place):
            break
    return parts


def _part(words: Sequence[Word], at: int, *, is_first: bool) -> _Part | None:
    lower = lower_at(words, at)
    value, stop = _group(words, at) if _begins_group(words, at) else (Decimal(1), at)
    scale = scales().get(lower_at(words, stop), Decimal(1))
    if scale < _THOUSAND or (stop > at and not _is_joined(words, stop)):
        return _Part(value, stop, Decimal(1), stop) if stop > at else None
    if stop == at and (not is_first or lower in listed("numbers", "open")):
        return None
    return _Part(value, stop, scale, stop + 1)


def _begins_group(words: Sequence[Word], at: int) -> bool:
    """Whether a number below a thousand begins here, with a hundred perhaps: "ciento veinte"."""
    lower = lower_at(words, at)
    if lower in numbers():
        return True
    following = lower_at(words, _past_and(words, at + 1))
    if lower in listed("numbers", "hundred"):
        return following in listed("numbers", "behind_hundred")
    is_hundred = scales().get(lower) == _HUNDRED and lower not in listed("numbers", "open")
    return is_hundred and _following(words, _past_and(words, at + 1), _HUNDRED) > 0


def _group(words: Sequence[Word], at: int) -> tuple[Decimal, int]:
    """A number below a thousand in words, and where it ends."""
    total, stop = numbers().get(words[at].lower, _HUNDRED), at + 1
    while stop < len(words) and _is_joined(words, stop):
        place = _past_and(words, stop)
        value = _following(words, place, total)
        if total < _HUNDRED and _is_hundred(words, stop):
            total, stop = total * _HUNDRED, stop + 1
        elif value:
            total, stop = total + value, place + 1
        else:
            break
    return total, stop


def _is_hundred(words: Sequence[Word], at: int) -> bool:
    if words[at].lower in listed("numbers", "hundred"):
        return words[at - 1].lower in listed("numbers", "before_hundred")
    return scales().get(words[at].lower) == _HUNDRED


def _past_and(words: Sequence[Word], at: int) -> int:
    return at + 1 if lower_at(words, at) in listed("numbers", "and") and _is_joined(words, at) else at


def _following(words: Sequence[Word], at: int, total: Decimal) -> Decimal:
    """What a number word adds to the one before it; 0 if it is another number's."""
    lower = lower_at(words, at)
    value = numbers().get(lower, Decimal(0))
    if not _is_joined(words, at):
        return Decimal(0)
    if total == 4 and value == 20 and "-" in words[at].gap:  # noqa: PLR2004  # quatre-vingt
        return value * 4 - total
    if 0 < value < _room(total, hyphen="-" in words[at].gap) and value == int(value):
        return value
    if total < _TEN and lower in listed("numbers", "teen"):
        return _TEN
    prefix = next((sign for sign in listed("numbers", "and_before_tens") if lower.startswith(sign)), "")
    joined = numbers().get(lower.removeprefix(prefix), Decimal(0)) if prefix else Decimal(0)
    is_tens = total < _TEN and joined >= 2 * _TEN and joined % _TEN == 0
    return joined if is_tens or joined < _room(total, hyphen=False) else Decimal(0)


def _room(total: Decimal, *, hyphen: bool) -> int:
    """Below what a following number word is a part of this number: 20 has room for 3, 200 for 35, 60 for "dix"."""
    if total == 0 or total >= _THOUSAND:
        return 0
    if total % 100 == 0:
        return 100
    tens = total % 100
    if tens in {60, 80}:
        return 20
    return 10 if tens % 10 == 0 and (tens > 10 or hyphen) else 0  # noqa: PLR2004  # dix-sept


def _is_joined(words: Sequence[Word], at: int) -> bool:
    gap = gap_at(words, at)
    return gap is not None and bool(_JOINED.fullmatch(gap))


def _ordinal_end(words: Sequence[Word], at: int, total: Decimal) -> Figure | None:
    """Twenty-first, hundred and first."""
    place = _past_and(words, at)
    value = ordinals().get(lower_at(words, place), Decimal(0))
    if not value or not _is_joined(words, place) or value >= _room(total, hyphen=False) or total % 10:
        return None
    return Figure(frozenset({total + value}), place + 1, is_ordinal=True)


# --- Chinese -------------------------------------------------------------------------------------------------------


def _han(words: Sequence[Word], at: int) -> Figure | None:
    """四百二十万, 第三, 四分之一, 百分之五."""
    is_ordinal = words[at].lower in listed("numbers", "ordinal_before")
    value, stop = han_or_digits(words, at + is_ordinal)
    if stop == at + is_ordinal:
        return None
    parts = [sign for sign in listed("numbers", "parts_of") if _spells(words, stop, sign)]
    if parts and value:
        top, end = han_or_digits(words, stop + len(parts[0]))
        if end > stop + len(parts[0]):
            return Figure(frozenset({top / value}), end, _HUNDREDTHS, is_share=True)
    return Figure(frozenset({value}), stop, is_ordinal=is_ordinal)


def _spells(words: Sequence[Word], at: int, text: str) -> bool:
    return "".join(word.lower for word in words[at : at + len(text)]) == text


def han_or_digits(words: Sequence[Word], at: int) -> tuple[Decimal, int]:
    """The value of a run of Chinese numerals, or of plain digits, and where it ends."""
    if lower_at(words, at).isdecimal():
        return Decimal(words[at].lower), at + 1
    total = section = digit = 0
    stop = at
    while stop < len(words) and (stop == at or not words[stop].gap):
        char = words[stop].lower
        scale = han_places().get(char, 0)
        if char in han():
            digit = digit * 10 + han()[char]
        elif scale >= _WAN:
            total, section, digit = (total + section + digit or 1) * scale, 0, 0
        elif scale:
            section, digit = section + (digit or 1) * scale, 0
        else:
            break
        stop += 1
    return Decimal(total + section + digit), stop
