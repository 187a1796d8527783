"""Policies: expressions over what is known of a pair, read by a small grammar and never run as code.

    policy     = all ("or" all)*
    all        = one ("and" one)*
    one        = "not" one | "(" policy ")" | name | comparison
    name       = "exact" | "near" | "passage" | "none"
    comparison = number relation limit | "verdict" relation verdict | field ("==" | "!=") text
    relation   = ">=" | ">" | "<=" | "<" | "==" | "!="

A limit is a decimal number, or one with a per cent sign. Verdicts are ordered: `verdict >= derived` is `derived` or
stronger. A field is `license` or `outlet` as the documents' metadata say it, and a text stands in quotation marks:
`license == "own"` is so of both documents, `license != "own"` of all other pairs, those of unknown licence too.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from math import isinf
from typing import TYPE_CHECKING, Any

from compare.errors import SettingsError
from compare.model import VERDICTS, Level, Verdict
from compare.vocabulary import NUMBERS, numbers_of
from compare.wording.escape import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from compare.model import Comparison, Document

NAMED = {
    "exact": "verdict >= identical",
    "near": "verdict >= contained",
    "passage": "verdict >= derived",
    "none": "shared < 0",
}
"""Policies that go by a name."""
SHARES = tuple(name for number in NUMBERS if not number.is_count for name in number.names)
COUNTS = tuple(name for number in NUMBERS if number.is_count for name in number.names)
FIELDS = tuple(f"{name}{side}" for name in ("license", "outlet") for side in ("", "_a", "_b"))
"""What the metadata of the documents say: of both, or of one side."""
BY_WORDS = frozenset({"verdict", *(name for number in NUMBERS if number.is_of_words for name in number.names)})
"""What is known of a pair before its passages are aligned."""
_STRENGTH = {verdict: len(VERDICTS) - verdict.rank for verdict in VERDICTS}
_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_QUOTES = "\"'“"
_SIGNS = re.compile(
    r"\s*(\"[^\"]*\"|'[^']*'|“[^”]*”|>=|<=|==|!=|[<>()]|[0-9]+(?:\.[0-9]+)?\s?%?|\.[0-9]+\s?%?|[A-Za-z_][A-Za-z_-]*)"
)
_SLIPS = {"=>": ">=", "=<": "<=", "=": "=="}
_LONGEST = 2000
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A number against its limit."""

    number: str
    relation: str
    limit: float

    def holds(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a truth value, or a column of them
        """Whether it holds of a pair, or of each of some columns."""
        return _RELATIONS[self.relation](values[self.number], self.limit)

    def by_words(self) -> bool:
        """Whether alignment changes nothing about it: it promotes to `derived` at the most."""
        return self.number in BY_WORDS and (self.number != "verdict" or self.limit >= _STRENGTH[Verdict.CONTAINED])


@dataclass(frozen=True, slots=True)
class FieldClause:
    """What the metadata say, against a text: case and white space aside."""

    field: str
    relation: str
    text: str

    @property
    def sides(self) -> tuple[str, ...]:
        """The fields that it asks: those of both documents where it names no side."""
        return (self.field,) if self.field[-2:] in {"_a", "_b"} else (f"{self.field}_a", f"{self.field}_b")

    def holds(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a truth value, or a column of them
        """Whether it holds of a pair, or of each of some columns."""
        equal = True
        for side in self.sides:
            equal = equal & (values[side] == _plain(self.text))
        return equal ^ (self.relation == "!=")

    def by_words(self) -> bool:
        """No alignment changes what metadata say."""
        return True


@dataclass(frozen=True, slots=True)
class Joined:
    """Several conditions joined by `and` or `or`; alone and turned round by `not`."""

    word: str
    parts: tuple[Tree, ...]

    def holds(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # likewise
        """Whether it holds of a pair, or of each of some columns."""
        found = self.parts[0].holds(values)
        for part in self.parts[1:]:
            found = (found & part.holds(values)) if self.word == "and" else (found | part.holds(values))
        return found ^ True if self.word == "not" else found

    def by_words(self) -> bool:
        """Whether alignment changes nothing about it."""
        return all(part.by_words() for part in self.parts)


Tree = PolicyClause | FieldClause | Joined


@dataclass(frozen=True, slots=True)
class Policy:
    """What a pair must be to be a finding."""

    text: str
    """As it was written."""
    tree: Tree

    @property
    def by_words(self) -> bool:
        """Whether tokens and shingles alone decide."""
        return self.tree.by_words()

    @property
    def weakest(self) -> Verdict | None:
        """The weakest verdict that it names, where it is a verdict or stronger and nothing else."""
        tree = self.tree
        if isinstance(tree, PolicyClause) and (tree.number, tree.relation) == ("verdict", ">="):
            return VERDICTS[len(VERDICTS) - int(tree.limit)]
        return None

    @property
    def clauses(self) -> tuple[PolicyClause | FieldClause, ...]:
        """Its conditions from left to right."""
        return tuple(_clauses(self.tree))

    def holds(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # likewise
        """Whether it names a pair; of columns, each pair. `values` are those of `values_of`."""
        return self.tree.holds(values)


@dataclass(frozen=True, slots=True)
class Policies:
    """What fails a check, and what it warns of."""

    fail_on: Policy
    warn_on: Policy | None = None

    @property
    def levels(self) -> tuple[tuple[Level, Policy], ...]:
        """Each policy with its level, the stronger first."""
        warning = ((Level.WARN, self.warn_on),) if self.warn_on else ()
        return (Level.FAIL, self.fail_on), *warning

    def names(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a truth value, or a column of them
        """Whether one of them names a pair: see `Policy.holds`."""
        failing = self.fail_on.holds(values)
        return failing | self.warn_on.holds(values) if self.warn_on else failing

    @property
    def by_words(self) -> bool:
        """Whether tokens and shingles alone decide both."""
        return all(policy.by_words for _, policy in self.levels)

    def level(self, values: Mapping[str, Any]) -> Level | None:
        """What a pair is to them; None if neither names it."""
        return next((level for level, policy in self.levels if policy.holds(values)), None)

    def of(self, level: Level) -> Policy:
        """The policy of a level."""
        return self.warn_on if level is Level.WARN and self.warn_on else self.fail_on


def _clauses(tree: Tree) -> Iterator[PolicyClause | FieldClause]:
    if not isinstance(tree, Joined):
        yield tree
        return
    for part in tree.parts:
        yield from _clauses(part)


def read_policy(text: str) -> Policy:
    """The policy that a text says. Linear.

    Raises:
        SettingsError: it is not one; the message says where, and what may have been meant.

    >>> policy = read_policy("near or longest >= 60")
    >>> policy.by_words, read_policy("reused > 20 %").by_words
    (True, False)
    """
    if len(text) > _LONGEST:
        raise SettingsError(f"a policy of {len(text)} characters; at most {_LONGEST} are read")
    return Policy(text.strip(), _Reader(text).whole())


def numbers(comparison: Comparison) -> dict[str, float]:
    """What policies may ask of a comparison, by name: the shares in [0, 1], the counts, `verdict` as its strength."""
    return {"verdict": _STRENGTH[comparison.verdict], **dict(numbers_of(comparison))}


def metadata(a: Document, b: Document) -> dict[str, str]:
    """What policies may ask of the metadata of a pair's documents, by field: empty where they say nothing.

    >>> from compare.model import Document
    >>> metadata(Document("a", "", license=" Own"), Document("b", "", source="Wire"))["license_a"]
    'own'
    """
    return {
        "license_a": _plain(a.license), "license_b": _plain(b.license),
        "outlet_a": _plain(a.source), "outlet_b": _plain(b.source),
    }  # fmt: skip


def values_of(comparison: Comparison, a: Document, b: Document) -> dict[str, Any]:
    """All that policies may ask of a pair: its numbers, and the metadata of its documents."""
    return {**numbers(comparison), **metadata(a, b)}


def _plain(text: str) -> str:
    """A value of a field without regard to case and white space."""
    return " ".join(text.casefold().split())


def strength(rank: Any) -> Any:  # noqa: ANN401  # a number or a column
    """The verdict's number in `numbers`, from its rank."""
    return len(VERDICTS) - rank


class _Reader:
    """Reads one policy from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.signs = list(_signs(text))
        self.at = 0
        self.depth = 0

    def whole(self) -> Tree:
        if not self.signs:
            raise SettingsError(f"a policy is empty; name one of {', '.join(NAMED)}, or write one")
        tree = self.either()
        if self.at < len(self.signs):
            raise self.wrong("“and”, “or” or the end")
        return tree

    def either(self) -> Tree:
        return self.row("or", self.both)

    def both(self) -> Tree:
        return self.row("and", self.one)

    def row(self, word: str, part: Callable[[], Tree]) -> Tree:
        parts = [part()]
        while self.next() == word:
            self.at += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def one(self) -> Tree:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise SettingsError(f"policy {_short(self.text)}: more than {_DEEPEST} levels deep")
        try:
            return self.inner()
        finally:
            self.depth -= 1

    def inner(self) -> Tree:
        sign = self.take("a number, “verdict” or the name of a policy")
        if sign == "not":
            return Joined("not", (self.one(),))
        if sign == "(":
            inside = self.either()
            if self.next() != ")":
                raise self.wrong("“)”")
            self.at += 1
            return inside
        if sign in NAMED and self.next() not in _RELATIONS:
            return _Reader(NAMED[sign]).whole()
        return self.clause(sign)

    def clause(self, number: str) -> PolicyClause | FieldClause:
        if (field := number.replace("licence", "license")) in FIELDS:
            return self.field(field)
        if number not in {"verdict", *SHARES, *COUNTS}:
            raise SettingsError(f"policy {_short(self.text)}: {_meant(number)}")
        relation = self.relation(_RELATIONS, "one of " + " ".join(_RELATIONS))
        return PolicyClause(number, relation, self.limit(number))

    def relation(self, allowed: Collection[str], wanted: str) -> str:
        sign = self.take(wanted)
        if sign not in allowed:
            self.at -= 1
            raise self.wrong(wanted)
        return sign

    def field(self, field: str) -> FieldClause:
        relation = self.relation(("==", "!="), "== or !=")
        text = self.take("a text in quotation marks")
        if text[0] not in _QUOTES:
            self.at -= 1
            raise self.wrong(f'a text in quotation marks, as in {field} != "own",')
        return FieldClause(field, relation, text[1:-1])

    def limit(self, number: str) -> float:
        sign = self.take("a verdict" if number == "verdict" else "a number")
        if number == "verdict":
            if sign not in _STRENGTH:
                raise SettingsError(f"policy {_short(self.text)}: {sign} is no verdict; they are {', '.join(VERDICTS)}")
            return _STRENGTH[Verdict(sign)]
        if sign[0] not in "0123456789.":  # nor "nan", nor "inf": nothing is above them
            self.at -= 1
            raise self.wrong("a number")
        value = float(sign.rstrip("%")) / (100 if sign.endswith("%") else 1)
        if isinf(value) or (number in COUNTS and sign.endswith("%")):
            raise SettingsError(f"policy {_short(self.text)}: {number} is a count, not {_short(sign)}")
        if number in SHARES and value > 1:
            meant = f"; did you mean {sign} %?" if not sign.endswith("%") and value <= 100 else ""  # noqa: PLR2004
            raise SettingsError(f"policy {_short(self.text)}: {number} is a share between 0 and 1, not {sign}{meant}")
        return value

    def next(self) -> str:
        return self.signs[self.at] if self.at < len(self.signs) else ""

    def take(self, wanted: str) -> str:
        if self.at >= len(self.signs):
            raise self.wrong(wanted)
        self.at += 1
        return self.signs[self.at - 1]

    def wrong(self, wanted: str) -> SettingsError:
        found = f"“{self.next()}”" if self.next() else "the end"
        return SettingsError(f"policy {_short(self.text)}: {found} where {wanted} should stand")


def _signs(text: str) -> Iterator[str]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _SIGNS.match(text, at)
        if not found:
            raise SettingsError(f"policy {_short(text)}: {_unread(text[at:].strip())}")
        at = found.end()
        yield found[1] if found[1][0] in _QUOTES else found[1].replace(" ", "")


def _unread(text: str) -> str:
    """What is wrong with a text that does not begin with a sign."""
    for slip, sign in _SLIPS.items():
        if text.startswith(slip):
            return f"{slip} has no meaning here; write {sign}"
    return f"{text[:1]!r} has no meaning here"


def _short(text: str) -> str:
    return ascii(text if len(text) <= 80 else text[:79] + "…") if not text.isprintable() else f"“{text.strip()[:80]}”"  # noqa: PLR2004


def _meant(word: str) -> str:
    close = meant(word, ["verdict", *FIELDS, *SHARES, *COUNTS, *NAMED, *VERDICTS])
    hint = f"the policies are {', '.join(NAMED)}"
    if close:
        hint = f"did you mean verdict >= {close}?" if close in _STRENGTH else f"did you mean {close}?"
    return f"no number or policy is called {word[:40]}; {hint}"
