"""A comparison's evidence as plain English: which rule fired, which did not, each number against its limit.

Every number comes from `Evidence`; nothing is judged here. A number is rounded only as far as it stays on its side of
the limit, of 0 and of 1. The sides are called a and b.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from compare.model import VERDICTS, Bound, Kind, Quantity, Unit, Verdict
from compare.vocabulary import NO_MATCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.model import Comparison, Condition, Evidence, Rule

_DIGITS = 12
_UNASKED = frozenset({Quantity.KEPT_WITHIN, Quantity.LETTERS})
"""Quantities that are 0 where nobody asked for them."""


def explained(found: Comparison) -> str:
    """The verdict's rules, the stronger verdicts with what they missed, and the matches: a line each.

    >>> import compare
    >>> text = "The ferry left the old harbour at nine with forty passengers and a lorry of apples."
    >>> print(explained(compare.pair(text, text.upper())))
    identical: both texts have the same 16 words, whatever their case, white space and kinds of quotation mark.
    Alignment: 1 match counted as reuse, 100 % of a and 100 % of b.
    """
    evidence = found.evidence
    if evidence is None:
        return f"{found.verdict}: no evidence was kept."
    if not min(evidence.words_a, evidence.words_b):
        return f"{found.verdict}: {'; '.join(_short(evidence))}."
    return "\n".join([*_fired(found, evidence), *_missed(found, evidence), *_matches(found, evidence)])


def _fired(found: Comparison, evidence: Evidence) -> list[str]:
    """The rules that say the verdict, or all that says `distinct`."""
    if found.verdict is Verdict.DISTINCT:
        weakest = [rule.conditions for rule in evidence.rules if rule.verdict is Verdict.SAME_STORY]
        missing = _phrases((condition for conditions in weakest for condition in conditions), found, evidence)
        agreeing = [f"what agrees is {part}" for part in _aside(evidence)]
        alike = f"the TF-IDF cosine is {_rounded(found.cosine, 0, 1, 2)}, which decides nothing"
        return [f"{found.verdict}: {'; '.join([*_short(evidence), *agreeing, *missing, alike, *_nearest(evidence)])}."]
    rules = [rule for rule in evidence.rules if rule.verdict is found.verdict and rule.held]
    said = [_listed([*_phrases(rule.conditions, found, evidence), *_named(found, rule)]) for rule in rules]
    return [f"{'Also' if number else found.verdict}: {phrase}." for number, phrase in enumerate(said)]


def _named(found: Comparison, rule: Rule) -> list[str]:
    """How many facts show that both report one event."""
    count = len(found.facts_in_common) if rule.verdict is Verdict.SAME_STORY else 0
    return [f"{plural(count, 'specific fact stands', 'specific facts stand')} in both"] * bool(count)


def _nearest(evidence: Evidence) -> list[str]:
    """How far the two most alike sentences are from a match."""
    best, limit = evidence.nearest or (0.0, 0.0)
    if not 0 < best < limit:
        return []
    return [
        f"the two most alike sentences have a cosine of {_rounded(best, limit, 1, 2)} (a match begins at {limit:g})"
    ]


def _missed(found: Comparison, evidence: Evidence) -> list[str]:
    """Each stronger verdict with its conditions that do not hold; with nothing new to say, beside the one before."""
    lines: list[tuple[str, list[str]]] = []
    for verdict in VERDICTS[: min(found.verdict.rank, Verdict.SAME_STORY.rank)]:
        rules = [rule for rule in evidence.rules if rule.verdict is verdict]
        failed = (condition for rule in rules for condition in rule.conditions if not condition.held)
        phrases = _phrases(failed, found, evidence)
        if lines and set(phrases) <= set(lines[-1][1]):
            lines[-1] = (f"{lines[-1][0]} or {verdict}", lines[-1][1])
        else:
            lines.append((verdict.value, phrases))
    return [f"Not {names}: {'; '.join(phrases)}." for names, phrases in lines]


def _matches(found: Comparison, evidence: Evidence) -> Iterator[str]:
    """What the alignment found, unless that is nothing, and what counts for nothing."""
    related = sum(match.kind is Kind.RELATED for match in found.matches)
    reuse = f"{plural(evidence.counted, 'match', 'matches')} counted as reuse, "
    shares = f"{_share(found.reused_a)} of a and {_share(found.reused_b)} of b"
    parts = [reuse + shares if evidence.counted else NO_MATCH]
    parts += [f"{plural(related, 'related match', 'related matches')}, not counted"] * bool(related)
    parts += [f"left out: {part}" for part in _aside(evidence)] + _nearest(evidence)
    if found.verdict is not Verdict.DISTINCT:
        yield f"Alignment: {'; '.join(parts)}."
    if evidence.common:
        shingles = f"{evidence.common:,} of {plural(found.shared, 'shared shingle')}"
        yield f"Common to many documents, and so nobody's own: {shingles}."


def _short(evidence: Evidence) -> list[str]:
    """What is to be said of a text with fewer words than a shingle."""
    words = {"a": evidence.words_a, "b": evidence.words_b}
    if not any(words.values()):
        return ["neither text has a word"]
    than = f", fewer than a shingle of {evidence.shingle}"
    few = [(side, count) for side, count in words.items() if count < evidence.shingle]
    return [f"{side} has {plural(count, 'word') + than if count else 'no word'}" for side, count in few]


def _aside(evidence: Evidence) -> list[str]:
    """The words in matches that do not count as reuse."""
    boilerplate = f"{plural(evidence.boilerplate, 'word')} of boilerplate"
    quoted = f"{plural(evidence.quoted, 'word')} quoted on both sides"
    return [boilerplate] * bool(evidence.boilerplate) + [quoted] * bool(evidence.quoted)


# --- one condition -------------------------------------------------------------------------------------------------


def _phrases(conditions: Iterable[Condition], found: Comparison, evidence: Evidence) -> list[str]:
    """What the conditions say, each thing once, against the highest of its limits."""
    asked: dict[str, Condition] = {}
    for condition in conditions:
        phrase = _phrase(condition, found, evidence)
        if phrase and (phrase not in asked or condition.limit > asked[phrase].limit):
            asked[phrase] = condition
    return [phrase + _needed(condition, evidence) for phrase, condition in asked.items()]


def _phrase(condition: Condition, found: Comparison, evidence: Evidence) -> str:
    """What a condition says, without its limit; nothing of a case that is not at hand."""
    if condition.quantity is Quantity.OWN_SHINGLES and not condition.held:
        return ""
    if condition.quantity in _UNASKED and not condition.value:
        return ""
    if condition.quantity is Quantity.KEPT and evidence.unmeasured:
        return "the texts are too long to count the words that they keep in order"
    template = condition.quantity.nothing if _is_none(condition, evidence) else condition.quantity.says
    common = evidence.common or (found.own_a, found.own_b) != (found.containment_a, found.containment_b)
    return template.format(
        n=_value(condition),
        side=condition.side,
        other="b" if condition.side == "a" else "a",
        k=evidence.shingle,
        own="own " if common else "",
        counted=", common ones counted or not" if common else "",
        words=plural(evidence.words_a, "word"),
        differ="the words are the same, but not every sign or accent" if _same_words(found) else "the texts differ",
    )


def _is_none(condition: Condition, evidence: Evidence) -> bool:
    if condition.quantity.is_of_matches:
        return not evidence.counted
    return bool(condition.quantity.nothing) and not condition.value


def _same_words(found: Comparison) -> bool:
    return min(found.kept_a, found.kept_b) >= 1


def _needed(condition: Condition, evidence: Evidence) -> str:
    """The limit in brackets, where there is something to hold against it."""
    if condition.quantity.is_some_or_none or _is_none(condition, evidence):
        return ""
    relation = "" if condition.bound is Bound.AT_LEAST else f"{condition.bound} "
    if condition.quantity.unit is Unit.WORDS:
        return f" (needed: {relation}{condition.limit:,})"
    if condition.quantity.unit is Unit.COSINE:
        return f" (needed: {relation}{condition.limit:g})"
    return f" (needed: {relation}{condition.limit * 100:g} %)"


def _value(condition: Condition) -> str:
    if condition.quantity.unit is Unit.MATCHES:
        return f"{int(condition.value):,}"
    if condition.quantity.unit is Unit.WORDS:
        return plural(int(condition.value), "word")
    if condition.quantity.unit is Unit.COSINE:
        return _rounded(condition.value, condition.limit, 1, 2)
    return _share(condition.value, condition.limit)


def _share(value: float, limit: float = 0) -> str:
    """A share in [0, 1], in per cent.

    >>> _share(0.974), _share(0.9996), _share(0.6496, 0.65), _share(0.65, 0.65), _share(0.125), _share(1)
    ('97 %', '99.96 %', '64.96 %', '65 %', '13 %', '100 %')
    """
    return f"{_rounded(value, limit, 100, 0)} %"


def _rounded(value: float, limit: float, scale: int, digits: int) -> str:
    """The value in units of 1/scale, with as few digits as keep it on its side of the limit, of 0 and of 1."""
    text = f"{_half_up(value * scale * 10**digits) / 10**digits:.{digits}f}"
    same = all(_order(float(text) / scale, mark) == _order(value, mark) for mark in (0, limit, 1))
    return text if same or digits >= _DIGITS else _rounded(value, limit, scale, digits + 1)


def _half_up(number: float) -> int:
    """The nearest whole number, a half up: as `words.percent` rounds, where a format would round a half to even."""
    return floor(number + 0.5)


def _order(value: float, mark: float) -> int:
    return (value > mark) - (value < mark)


def _listed(phrases: list[str]) -> str:
    """All of them, as one clause.

    >>> _listed(["one"]), _listed(["one", "two", "three"])
    ('one', 'one, two, and three')
    """
    return ", and ".join([", ".join(phrases[:-1])] * (len(phrases) > 1) + phrases[-1:])


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "pair"), plural(0, "pair"), plural(2, "copy", "copies")
    ('1 pair', '0 pairs', '2 copies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
