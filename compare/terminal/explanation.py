"""What `compare explain` says of a pair: why its verdict, which passages, which policy, and what would change that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.formats.sentences import accept_command, entry_line
from compare.gate.levers import catching, silencing
from compare.gate.policy import COUNTS, FieldClause, numbers, values_of
from compare.model import Level, State, Verdict
from compare.sources.named import is_row
from compare.terminal.passages import line_of
from compare.text.keys import match_key
from compare.text.tokens import tokens_of
from compare.wording.escape import log_safe
from compare.wording.explain import explained, plural
from compare.wording.lineage import lineage_lines
from compare.wording.words import both_report, how_read, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.gate.policy import Policies, Policy, PolicyClause
    from compare.gate.reuse import JudgedPair
    from compare.model import Comparison, Document, Match

_DOES = {Level.FAIL: ("Fails on", "Does not fail on"), Level.WARN: ("Warns on", "Does not warn on")}


def explanation(pair: JudgedPair, policies: Policies, again: tuple[str, ...], *, alone: bool = False) -> str:
    """The whole of it, in paragraphs. `alone`: nothing else was read, so nothing is known to be common.

    `again` is as in `Report`.
    """
    comparison = pair.comparison
    parts = [
        [f"a is {_called(pair.a)}", f"b is {_called(pair.b)}", f"key {pair.reuse.key}"],
        [
            *explained(comparison).splitlines(),
            *lineage_lines(comparison.lineage),
            *(f"{line}." for line in both_report(comparison, pair.a.text)),
            *["These two alone: what is common to many documents is not known."] * alone,
        ],
        list(_passages(pair)),
        [line for level, policy in policies.levels for line in _policy(level, policy, pair)],
        list(_accepted(pair, () if alone else again, named=bool(policies.names(_values(pair))))),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _called(document: Document) -> str:
    """A document's name, and how it was read if that is to be said."""
    return log_safe(document.id) + (f" ({how})" if (how := how_read(document)) else "")


def _passages(pair: JudgedPair) -> Iterator[str]:
    """The passages that count, each with its key: what `--passage` takes."""
    tokens = [tokens_of(document) for document in (pair.a, pair.b)]
    matches = {match_key(match, *tokens): match for match in pair.comparison.matches}
    counted = [(number, passage) for number, passage in enumerate(pair.reuse.passages, 1) if passage.key in matches]
    if counted:
        yield f"Passages that count as reuse, {plural(pair.reuse.words, 'word')} in all:"
    for number, passage in counted:
        about = f"{plural(matches[passage.key].words, 'word')}, {_kind(matches[passage.key], pair)}"
        yield f"  {number}  {passage.key}  {about}: “{log_safe(passage.starts)}…”"


def _kind(match: Match, pair: JudgedPair) -> str:
    """Kind and places of a match."""
    places = [
        f"{side} {line_of(document, span)}"
        for side, document, span in (("a", pair.a, match.a), ("b", pair.b, match.b))
        if not is_row(document)
    ]
    return match.kind.value + (f" ({', '.join(places)})" if places else "")


def _values(pair: JudgedPair) -> dict[str, Any]:
    return values_of(pair.comparison, pair.a, pair.b)


def _policy(level: Level, policy: Policy, pair: JudgedPair) -> Iterator[str]:
    """Whether a policy names the pair, by which numbers and fields, and what would turn that round."""
    comparison, evidence = pair.comparison, pair.comparison.evidence
    holds = bool(policy.holds(_values(pair)))
    because = "; ".join(
        _field(part, pair) if isinstance(part, FieldClause) else _clause(part, comparison) for part in policy.clauses
    )
    yield f"{_DOES[level][not holds]} “{log_safe(policy.text)}”: {because}."
    if policy.weakest is None or evidence is None:
        return
    settings = " ".join(f"--set {setting}" for setting in (silencing if holds else catching)(evidence, policy.weakest))
    what = "silence" if holds else "catch"
    if comparison.verdict is not Verdict.DISTINCT:
        relation = ">" if holds else ">="
        yield f'  would {what} it, with all pairs like it: --{level}-on "verdict {relation} {comparison.verdict}"'
    if settings:
        yield f"  or, which changes the verdicts of other pairs too: {settings}"
    elif comparison.verdict is Verdict.DISTINCT:
        yield f"  no setting would {what} it"


def _field(clause: FieldClause, pair: JudgedPair) -> str:
    """What the metadata say, against the text that is asked for."""
    values = _values(pair)
    sides = " and ".join(f"“{log_safe(values[side])}”" if values[side] else "not known" for side in clause.sides)
    return f"{clause.field} is {sides} (asked: {clause.relation} “{log_safe(clause.text)}”)"


def _clause(clause: PolicyClause, comparison: Comparison) -> str:
    """A number against its limit."""
    if clause.number == "verdict":
        return f"the verdict is {comparison.verdict.value}"
    value = numbers(comparison)[clause.number]
    if clause.number in COUNTS:
        return f"{clause.number} is {value:g} (asked: {clause.relation} {clause.limit:g})"
    return f"{clause.number} is {percent(value)} (asked: {clause.relation} {clause.limit * 100:g} %)"


def _accepted(pair: JudgedPair, again: tuple[str, ...], *, named: bool) -> Iterator[str]:
    judged, comparison = pair.judged, pair.comparison
    if judged.state is State.NEW and not named:
        yield "No entry speaks of it, and none is needed."
    elif judged.state is State.NEW:
        yield f"No entry accepts it. To allow it: {accept_command(comparison.a, comparison.b, again)}"
    else:
        yield f"{judged.state.value}{': ' if judged.why else ''}{log_safe(judged.why)}"
    for entry in judged.entries:
        yield f"  by the entry {entry_line(entry)}, key {entry.key}"
