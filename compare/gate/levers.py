"""What would change what a policy says of a pair: which setting would silence it, which would catch it.

Every rule that speaks must be silenced; any one that is silent may be made to speak.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from compare.model import Bound, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.model import Condition, Evidence, Rule, Verdict

_STEP = 100


def silencing(evidence: Evidence, weakest: Verdict) -> tuple[str, ...]:
    """Settings (`name=value`) with which no rule says `weakest` or a stronger verdict; empty if settings cannot do it.

    A setting that serves several rules is raised as far as the last of them needs.
    """
    needed: dict[str, float] = {}
    for rule in _speaking(evidence, weakest):
        if any(
            condition.setting in needed and needed[condition.setting] > condition.value for condition in rule.conditions
        ):
            continue
        able = [
            (condition.setting, above(condition))
            for condition in rule.conditions
            if condition.setting and above(condition)
        ]
        if not able:
            return ()
        name, limit = able[0]
        needed[name] = max(limit, needed.get(name, 0))
    return tuple(f"{name}={limit:g}" for name, limit in sorted(needed.items()))


def catching(evidence: Evidence, weakest: Verdict) -> tuple[str, ...]:
    """The fewest settings with which a rule says `weakest` or a stronger verdict; empty if settings cannot do it."""
    ways = [_lowered(rule) for rule in evidence.rules if rule.verdict.rank <= weakest.rank]
    return min((way for way in ways if way), key=len, default=())


def _speaking(evidence: Evidence, weakest: Verdict) -> Iterable[Rule]:
    return [rule for rule in evidence.rules if rule.verdict.rank <= weakest.rank and rule.held]


def _lowered(rule: Rule) -> tuple[str, ...]:
    """What a rule's silent conditions need to hold; empty if one of them has no setting, or nothing to hold of."""
    silent = [condition for condition in rule.conditions if not condition.held]
    if any(not condition.setting or not below(condition) for condition in silent):
        return ()
    return tuple(f"{condition.setting}={below(condition):g}" for condition in silent)


def above(condition: Condition) -> float:
    """The smallest round limit that a number misses; 0 if there is none (a share cannot be above 1).

    >>> from compare.model import Condition, Quantity
    >>> above(Condition(Quantity.OWN, 0.314, 0.25)), above(Condition(Quantity.OWN_LONGEST, 44, 40))
    (0.32, 45)
    """
    if condition.bound is not Bound.AT_LEAST:
        return 0
    if condition.quantity.unit is Unit.WORDS:
        return condition.value + 1
    limit = ceil(condition.value * _STEP) / _STEP
    limit = limit if limit > condition.value else (ceil(condition.value * _STEP) + 1) / _STEP
    return limit if limit <= 1 else 0


def below(condition: Condition) -> float:
    """The largest round limit that a number meets; 0 if there is none.

    >>> from compare.model import Condition, Quantity
    >>> below(Condition(Quantity.OWN, 0.214, 0.25)), below(Condition(Quantity.OWN_LONGEST, 31, 40))
    (0.21, 31)
    """
    if condition.bound is not Bound.AT_LEAST:
        return 0
    return condition.value if condition.quantity.unit is Unit.WORDS else floor(condition.value * _STEP) / _STEP
