"""What a person is told of a policy that was chosen from marked pairs. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.gate.tuning import Quality, Rate, Tuned

SHOWN = 10


def tuned_text(found: Tuned, written: str = "") -> str:
    """The policy, how good it is and how that was found out, the named ones beside it, and what to mark next."""
    marks = f"{plural(found.pairs, 'marked pair')}: {found.reuse} reuse, {found.pairs - found.reuse} not."
    parts = [
        [marks],
        [f'fail_on = "{found.policy}"', "", *_quality(found.quality)],
        list(_how(found)),
        ["The named policies, on all marked pairs:", *_named(found)],
        list(_next(found, written)),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _quality(quality: Quality) -> Iterator[str]:
    yield f"  precision  {_rate(quality.precision)} of the pairs that it names are reuse"
    yield f"  recall     {_rate(quality.recall)} of the reuse is named"


def _rate(rate: Rate) -> str:
    if not rate.of:
        return "not known, since it names no pair;"
    low, high = rate.interval
    return f"{percent(rate.share):>5} ({percent(low)} to {percent(high)}; {rate.right} of {rate.of})"


def _how(found: Tuned) -> Iterator[str]:
    yield f"Measured on pairs held back: in {found.parts} parts, each judged by a policy chosen on the others. The true"
    yield "share lies in the interval in 95 cases of 100, for pairs like those that were marked."
    if found.quality.precision.share < found.asked:
        yield f"The precision asked for, {percent(found.asked)}, was not reached there."
    if not found.apart:
        yield "Many pairs share documents, so parts have some in common: on other documents it may be worse."


def _named(found: Tuned) -> Iterator[str]:
    for name, quality in found.named.items():
        yield f"  {name:<8} precision {_rate(quality.precision)}, recall {_rate(quality.recall)}"


def _next(found: Tuned, written: str) -> Iterator[str]:
    if not found.next:
        yield "No unmarked pair divides the policies that are nearly as good: mark pairs of other documents, if any."
        return
    yield "Mark next, the most uncertain first:"
    yield from (f"  {safe(a)} ↔ {safe(b)}" for a, b in found.next[:SHOWN])
    more = len(found.next) - SHOWN
    if more > 0 and not written:
        yield f"  … and {more} more; --next FILE.csv writes all of them"
    if written:
        yield f"All {len(found.next)} written to {safe(written)}."
