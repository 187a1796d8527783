"""Amounts: a figure with its scale, unit, sign and hedge; and figures that belong together."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from compare.facts.clock import clock
from compare.facts.dates import date
from compare.facts.figures import Figure, figure, with_fraction
from compare.facts.measures import is_measured, signs
from compare.facts.spelled import spelled
from compare.facts.tables import added, hedges, hedges_after, letters, phrases, scales, times
from compare.facts.units import unit_before, unit_behind, unit_words
from compare.facts.values import Hedge, Number, Range, Stated, Unit
from compare.facts.words import gap_at, lower_at
from compare.model import Fact, Span
from compare.text.language import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.facts.words import Word

_MINUS = re.compile(r"[\s(\[][-−–][^\w\s]?\Z|\A−\Z")
_AT_START = re.compile(r"[-−–][^\w\s]?\Z")
_ABOUT = re.compile(r"[~≈∼]")
_JOINED = re.compile(r"[-–—‒−/:]\W?")
_SCALES = 3  # words of a scale: a hundred thousand million
_LINKS = 2  # words between a fraction and what it is of: half of a million
_LED = 4  # words before a row in which "between" stands
_PARTS = 4  # figures that belong together
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_MOST = 10**6  # of "one in so many"
_METRE = "m"
_MILLION = Decimal(10**6)


class _Amount(NamedTuple):
    """A number, the words that it takes, and the span of its figure and scale."""

    number: Number
    words: Span
    span: Span
    is_digits: bool


def number(words: Sequence[Word], at: int) -> Stated | None:
    """A figure in digits or words with its scale and its unit, or several that belong together."""
    amount = _amount(words, at)
    if amount is None:
        return None
    amounts = _joined(words, amount)
    first, last = amounts[0], amounts[-1]
    taken, span = Span(first.words.start, last.words.stop), Span(first.span.start, last.span.stop)
    value = Range(_alike([part.number for part in amounts])) if len(amounts) > 1 else first.number
    return Stated(Fact.NUMBER, Span(words[taken.start].token, words[taken.stop - 1].token + 1), span, value)


def _amount(words: Sequence[Word], at: int) -> _Amount | None:
    plain = figure(words, at) or _spelled(words, at)
    if plain is None:
        return None
    money, first = unit_before(words, at)
    if plain.suffix and not (plain.suffix in scales() or plain.suffix in signs() or money):
        return None
    plain = _out_of(words, plain)
    whole, scale, scaled = _scaled(words, plain, money=money is not None)
    if plain.is_alone and scaled == at:
        return None
    unit, stop = _unit(words, plain, money, scaled)
    whole = _signed(words, at, Span(first, stop), whole)
    hedge = Hedge.OPEN if plain.is_alone and _is_open(words, at, scaled) else _hedge(words, first, stop)
    is_year = plain.is_plain and _is_year(plain)
    result = Number(
        whole.values, _bases(plain, whole), scale, unit, hedge, whole.step, plain.is_ordinal, is_year and unit is None
    )
    span = Span(_sign_start(words[at]), words[scaled - 1].stop)
    return _Amount(result, Span(first, stop), span, words[at].lower[0].isdigit())


def _sign_start(word: Word) -> int:
    """Where the minus before a figure stands, with the currency between them, or the figure itself."""
    minus = _minus(word)
    return word.start - len(word.gap) + (minus.start() + (minus[0][0] in " \n\t([")) if minus else word.start


def _spelled(words: Sequence[Word], at: int) -> Figure | None:
    plain = spelled(words, at)
    return plain and (plain if plain.is_ordinal or plain.is_alone else with_fraction(words, plain))


def _bases(plain: Figure, whole: Figure) -> frozenset[Decimal]:
    """The figure before its scale, with the sign of the whole."""
    negative = all(value < 0 for value in whole.values)
    return frozenset(-value if negative else value for value in plain.values)


def _is_year(plain: Figure) -> bool:
    return all(_FIRST_YEAR <= value <= _LAST_YEAR for value in plain.values)


def _is_open(words: Sequence[Word], at: int, stop: int) -> bool:
    is_many = lower_at(words, at - 1) in listed("numbers", "many")
    return is_many or any(word.lower in _open() for word in words[at:stop])


# --- scales --------------------------------------------------------------------------------------------------------


def _scaled(words: Sequence[Word], plain: Figure, *, money: bool) -> tuple[Figure, Span | None, int]:
    """The figure times its scales, what "and a half" adds before or behind them, the scale's span, where all ends."""
    values, step, stop = plain.values, plain.step, plain.stop
    if plain.suffix:
        return _by_letter(words, plain, money=money)
    if extra := added().at(words, stop):
        values = frozenset(value + extra[0] * _magnitude(value) for value in values)
        step, stop = Decimal("0.1"), extra[1]
    place = _past_links(words, stop) if plain.is_share else stop
    product, end = _scale(words, place, money=money, alone=plain.is_alone)
    if end == place:
        return plain._replace(values=values, step=step), None, stop
    values = frozenset(value * product for value in values)
    span = Span(words[place].start, words[end - 1].stop)
    if extra := added().at(words, end):
        values, step, end = frozenset(value + extra[0] * product for value in values), Decimal("0.1"), extra[1]
    return plain._replace(values=values, step=step * product), span, end


def _magnitude(value: Decimal) -> Decimal:
    """The thousands or millions that a number in one word holds: of مليونان, two million, a million."""
    return max((scale for scale in (_MILLION, Decimal(1000)) if value >= scale), default=Decimal(1))


def _by_letter(words: Sequence[Word], plain: Figure, *, money: bool) -> tuple[Figure, Span | None, int]:
    """1.5m: a scale behind a currency, else a unit, or either."""
    last = words[plain.stop - 1]
    by_letter = letters().get(plain.suffix)
    scale = by_letter if money and by_letter else scales().get(plain.suffix)
    span = Span(last.stop - len(plain.suffix), last.stop)
    if scale:
        values = frozenset(value * scale for value in plain.values)
        return plain._replace(values=values, step=plain.step * scale), span, plain.stop
    if by_letter and plain.suffix == _METRE:
        either = plain.values | {value * by_letter for value in plain.values}
        return plain._replace(values=either), span, plain.stop
    return plain, None, plain.stop


def _scale(words: Sequence[Word], at: int, *, money: bool, alone: bool) -> tuple[Decimal, int]:
    """The product of the scales that stand here, behind a figure or alone, and where they end."""
    product, stop = Decimal(1), at
    while stop < len(words) and stop - at <= _SCALES:
        is_open = stop > at and words[stop].lower in listed("numbers", "links") and words[stop - 1].lower in _open()
        place = stop + 1 if is_open else stop  # tens of thousands
        lower = lower_at(words, place)
        scale = scales().get(lower) or (letters().get(lower) if money else None)
        is_parted = place < len(words) and not (alone and place == at) and words[place].gap.strip() not in {"", "-"}
        if not scale or (lower == "k" and not money) or is_parted:
            break
        product, stop = product * scale, place + 1
    return product, stop


def _open() -> frozenset[str]:
    return listed("numbers", "open")


def _past_links(words: Sequence[Word], at: int) -> int:
    """Past "of a", where a scale or a unit follows."""
    for place in range(at, at + _LINKS + 1):
        lower = lower_at(words, place)
        if lower in scales() or unit_words(words, place)[0]:
            return place
        if lower not in listed("numbers", "links"):
            break
    return at


# --- units, signs, hedges ------------------------------------------------------------------------------------------


def _unit(words: Sequence[Word], plain: Figure, money: Unit | None, stop: int) -> tuple[Unit | None, int]:
    if money:
        return money, stop
    last = words[stop - 1]
    if plain.suffix in signs():
        return Unit(*signs()[plain.suffix], Span(last.stop - len(plain.suffix), last.stop)), stop
    if plain.is_share and stop == plain.stop:
        unit, end = unit_words(words, _past_links(words, stop))
        return (unit, end) if unit else (Unit("share", "whole", Span(last.start, last.stop)), stop)
    unit, end = unit_behind(words, stop)
    if unit is None and stop > plain.stop and lower_at(words, stop) in listed("numbers", "links"):
        unit, end = unit_words(words, stop + 1)  # millones de euros
    return (unit, end) if unit else (None, stop)


def _signed(words: Sequence[Word], at: int, taken: Span, whole: Figure) -> Figure:
    if any(_is_minus(words[place]) for place in {at, taken.start}) or _is_said_minus(words, taken):
        return whole._replace(values=frozenset(-value for value in whole.values))
    return whole


def _is_said_minus(words: Sequence[Word], taken: Span) -> bool:
    """Whether "minus" stands before an amount, and not "plus or minus", or "below zero" behind it."""
    if phrases("minus_behind").at(words, taken.stop):
        return True
    return bool(phrases("minus").before(words, taken.start)) and not hedges().before(words, taken.start)


def _is_minus(word: Word) -> bool:
    return _minus(word) is not None


def _minus(word: Word) -> re.Match[str] | None:
    """The minus in what stands before a word, at the start of a text too."""
    if word.gap in {" ", ""}:
        return None
    return _MINUS.search(word.gap) or (_AT_START.match(word.gap) if word.start == len(word.gap) else None)


def _hedge(words: Sequence[Word], first: int, stop: int) -> Hedge:
    if words[first].gap != " " and _ABOUT.search(words[first].gap):
        return Hedge.ABOUT
    place = first - 1 if lower_at(words, first - 1) in listed("numbers", "articles") else first
    if before := hedges().before(words, first) or hedges().before(words, place):
        return before[0]
    if words[stop - 1].after.startswith("+"):
        return Hedge.OVER
    behind = hedges_after().at(words, stop)
    return behind[0] if behind else Hedge.NONE


# --- figures that belong together ----------------------------------------------------------------------------------


def _out_of(words: Sequence[Word], top: Figure) -> Figure:
    """One in four."""
    link = phrases("out_of").at(words, top.stop)
    if (
        not link
        or link[1] >= len(words)
        or words[top.stop].gap not in {" ", "-", "\n", ""}
        or top.is_ordinal
        or top.suffix
    ):
        return top
    bottom = figure(words, link[1]) or spelled(words, link[1])
    if bottom is None or bottom.is_ordinal or bottom.suffix or bottom.is_share or bottom.is_alone:
        return top
    low, high = max(top.values), max(bottom.values)
    is_year = bottom.is_plain and _is_year(bottom)
    if not 0 < low < high <= _MOST or low != int(low) or is_year or unit_behind(words, bottom.stop)[0]:
        return top
    return Figure(frozenset({low / high}), bottom.stop, Decimal("0.01"), is_share=True)


def _joined(words: Sequence[Word], first: _Amount) -> list[_Amount]:
    """The amounts that belong to one: 10 to 15, between 10 and 15, 10–15, 2-1, 9/11, 3 of 8."""
    amounts = [first]
    while len(amounts) < _PARTS:
        last = amounts[-1]
        place = _past_sign(words, last) or _past_word(words, first, last)
        part = _amount(words, place) if place and not _is_time(words, place) else None
        if part is None or part.words.start < last.words.stop or part.number.is_ordinal or _are_two(last, part):
            break
        amounts.append(part)
    return amounts


def _are_two(last: _Amount, part: _Amount) -> bool:
    """Whether a difference in points stands before a level: cut by half a point to 4 percent."""
    difference, level = last.number.unit, part.number.unit
    if not difference or not level or difference.key == level.key:
        return False
    return not is_measured(difference)


def _is_time(words: Sequence[Word], at: int) -> bool:
    return words[at].gap != ":" and bool(clock(words, at) or date(words, at))


def _past_sign(words: Sequence[Word], last: _Amount) -> int:
    """Where the next figure of a row begins that a sign joins to the last one; 0 if there is none."""
    stop, gap = last.words.stop, gap_at(words, last.words.stop)
    if gap is None or not last.is_digits or last.number.is_ordinal or not _JOINED.fullmatch(gap):
        return 0
    is_bare = last.number.unit is None and last.number.scale is None
    return stop if words[stop].lower[0].isdigit() and (is_bare or gap[0] not in "/:") else 0


def _past_word(words: Sequence[Word], first: _Amount, last: _Amount) -> int:
    """The same for a word: "to", "of", and "and" behind "between"."""
    stop, number = last.words.stop, last.number
    if stop >= len(words) or number.is_ordinal or number.is_year or words[last.words.start].lower in times():
        return 0
    joint = phrases("to").at(words, stop)
    if not joint and words[stop].lower in listed("numbers", "and"):
        led = words[max(0, first.words.start - _LED) : first.words.start]
        joint = (True, stop + 1) if any(word.lower in listed("numbers", "between") for word in led) else None
    if not joint and last is first and number.unit is None and last.is_digits:
        joint = phrases("of").at(words, stop)
        joint = joint if joint and lower_at(words, joint[1])[:1].isdigit() else None
    follows = joint is not None and joint[1] < len(words) and not words[joint[1]].gap.strip(" -$€£\n")
    return joint[1] if joint and follows else 0


def _alike(parts: list[Number]) -> tuple[Number, ...]:
    """Figures of a row, with the scale and the unit of the last one where they have none: 10 to 15 million."""
    last = parts[-1]
    unit = last.unit or parts[0].unit
    ratio = max(last.values) / max(last.base) if last.scale and max(last.base) else Decimal(1)
    return tuple(
        part._replace(
            unit=part.unit or unit,
            values=part.values if part.scale or part is last else frozenset(value * ratio for value in part.values),
        )
        for part in parts
    )
