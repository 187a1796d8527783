"""One pair of the gate's input: compared as a check compares it, and held against what is accepted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.gate.policy import read_policy
from compare.gate.reuse import JudgedPair
from compare.jobs.accepted_file import accepted_entries
from compare.jobs.gather import Gate, Input, read_input
from compare.pipeline.plan import compare_pair
from compare.sources.named import Names, parted
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.model import Comparison
    from compare.settings import Settings

    Progress = Callable[[str, int], None]

from compare.jobs.check import compare_input, is_file, judge

ANY_PAIR = read_policy("shared >= 0")
WORTH_A_LOOK = read_policy("own >= 10 % or longest >= 12")


def pair_named(names: tuple[str, str], gate: Gate, settings: Settings) -> JudgedPair:
    """Two documents of the gate's input, in the order of their names, compared as a check compares them.

    Raises:
        InputError: one of them is not there, or as `check_paths` does.
    """
    gathered = read_input(replace(gate, changed_from=""), settings)
    asked = frozenset(found_name(name, gathered, gate) for name in names)
    if len(asked) == 1:
        raise InputError(f"{shown(names[0])} and {shown(names[1])} are one document")
    two = replace(gathered, checked=asked)
    compared = compare_input(two, replace(gate, fail_on=ANY_PAIR, warn_on=None), settings)
    pairs = [comparison for comparison in compared.comparisons if {comparison.a, comparison.b} == asked]
    return judged_pairs(pairs or [_unproposed(two, settings)], gathered, gate)[0]


def pairs_by_key(prefix: str, gate: Gate, settings: Settings) -> list[JudgedPair]:
    """The pairs one of whose keys begins so: see `keys_of`. Raises InputError as `check_paths` does."""
    gathered = read_input(replace(gate, changed_from=""), settings)
    compared = compare_input(gathered, replace(gate, fail_on=WORTH_A_LOOK, warn_on=None), settings)
    pairs = judged_pairs(compared.comparisons, gathered, gate)
    return [pair for pair in pairs if any(key.startswith(prefix) for key in keys_of(pair))]


def keys_of(pair: JudgedPair) -> set[str]:
    """The keys that a pair is known by: of all its reuse, of each passage, of the entries that speak of it."""
    return {pair.reuse.key, *(part.key for part in pair.reuse.passages), *(part.key for part in pair.judged.entries)}


def judged_pairs(comparisons: Sequence[Comparison], gathered: Input, gate: Gate) -> list[JudgedPair]:
    """Comparisons with what each reuses, and what the entries say of it."""
    entries = accepted_entries(gate.accepted, needed=gate.accepted_is_named)
    judgement = judge(comparisons, gathered.documents, entries, gate.root, gate.today)
    rows = zip(comparisons, judgement.reuses, judgement.allowed.pairs, strict=True)
    return [
        JudgedPair(comparison, gathered.documents[comparison.a], gathered.documents[comparison.b], reuse, judged)
        for comparison, reuse, judged in rows
    ]


def found_name(given: str, gathered: Input, gate: Gate) -> str:
    """The name of a document that is given by its name, or by its path from the current folder.

    Raises InputError where no document has it.
    """
    path, row = parted(given, lambda path: is_file(path) or is_file(gate.root / path))
    names = [name for name in (given, Names(gate.root).of(path) + row) if name in gathered.documents]
    if not names:
        among = f"no such document among the {len(gathered.documents)} that were read"
        raise InputError(f"{shown(given)}: {among}; name what holds it with --in or --against")
    return names[0]


def _unproposed(two: Input, settings: Settings) -> Comparison:
    """The pair of a collection that nothing proposes: it shares next to nothing, and is compared alone."""
    a, b = (two.documents[name] for name in sorted(two.checked))
    return compare_pair(a, b, settings)
