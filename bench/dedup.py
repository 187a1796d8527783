"""`compare dedup` beside its peers, as whole processes run in turn: CPU, memory, precision, recall.

    python bench/dedup.py CORPUS_DIR [--runs 3] [--facts] [--peers rensa-words,rensa-5,gaoya,datasketch]

CORPUS_DIR holds docs.jsonl and gold.jsonl (see bench/README.md).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from gold import REUSE, Gold, Pair, found, precision, read_gold, read_pairs, recall, verdicts
from measure import COMPARE, Cost, child, corpus_file, machine, middle, table

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS = "compare"
ALL = "compare-all"
"""The same with `--pairs all`, which is what recall of partial reuse is counted on."""
FACTS = "compare-facts"
"""The same with `--facts`: what a pair of texts costs whose facts are compared."""
OWN = {OURS: (), ALL: ("--pairs", "all"), FACTS: ("--facts",)}
PEERS = {
    "rensa-words": ("rensa_pairs.py", "words"),
    "rensa-sets": ("rensa_pairs.py", "sets"),
    "rensa-5": ("rensa_pairs.py", "grams"),
    "rensa-5-sets": ("rensa_pairs.py", "gram-sets"),
    "gaoya": ("gaoya_pairs.py",),
    "datasketch": ("datasketch_pairs.py",),
}
Found = dict[str, dict["Pair", str]]


def command(tool: str, corpus: str, out: Path) -> list[str]:
    """How a tool is started so that it writes `out/pairs.csv`."""
    if tool in OWN:
        return [*COMPARE, "dedup", corpus, "--output", str(out), *OWN[tool]]
    script, *recipe = PEERS[tool]
    return [sys.executable, str(Path(__file__).parent / "peers" / script), *recipe, corpus, str(out / "pairs.csv")]


def run_all(tools: list[str], corpus: str, runs: int, folder: Path) -> dict[str, list[Cost]]:
    """Every tool once, then every tool again: a slow minute of the machine falls on all."""
    costs: dict[str, list[Cost]] = {tool: [] for tool in tools}
    for number in range(runs):
        for tool in tools:
            out = folder / f"{tool}-{number}"
            out.mkdir()
            costs[tool].append(child(command(tool, corpus, out), {"OPENBLAS_NUM_THREADS": "1"}))
            print(f"run {number + 1}: {tool} {costs[tool][-1].cpu:.2f} s", file=sys.stderr)
    return costs


def print_costs(costs: Mapping[str, list[Cost]], pairs: Found, gold: Gold) -> None:
    """One row a tool; the ratio is of each run to ours of the same turn, its median."""
    shares = {tool: recall(found(pairs[tool]), gold) for tool in costs}
    classes = list(next(iter(shares.values())))
    rows: list[list[object]] = []
    for tool, listed in costs.items():
        cost = middle(listed)
        own = costs.get(OURS, listed)
        ratio = middle(Cost(a.cpu / b.cpu, 0) for a, b in zip(listed, own, strict=True)).cpu if OURS in costs else "–"
        counted = found(pairs[tool])
        head = [tool, cost.cpu, f"{cost.peak:.0f}", ratio, len(counted), f"{precision(counted, gold):.4f}"]
        rows.append(head + [f"{shares[tool][kind]:.3f}" for kind in classes])
    table(["tool", "CPU s", "MB", "× ours", "pairs", "precision", *classes], rows)


def print_facts(costs: Mapping[str, list[Cost]], summary: Path) -> None:
    """What the facts of one pair cost: the median of each turn's difference, over the pairs that were compared."""
    compared = json.loads(summary.read_text("utf-8"))["facts"]["compared"]
    more = middle(Cost(a.cpu - b.cpu, 0) for a, b in zip(costs[FACTS], costs[OURS], strict=True)).cpu
    print(f"Facts of a pair that falls: {1000 * more / max(compared, 1):.2f} ms ({compared:,} pairs).\n")


def print_verdicts(pairs: Mapping[Pair, str], gold: Gold) -> None:
    """What our verdicts call the links of each class, and how precise each verdict is."""
    counted = verdicts(pairs, gold)
    present = Counter(pairs.values())
    columns = [*REUSE, *sorted(set(present) - set(REUSE)), "none"]
    print("What each class of edit is called (links):\n")
    table(["class", *columns], ([kind, *(row[name] for name in columns)] for kind, row in counted.items()))
    print("Precision of each verdict:\n")
    by_verdict = {name: [pair for pair, verdict in pairs.items() if verdict == name] for name in columns[:-1]}
    table(
        ["verdict", "pairs", "of one family", "share"],
        ([name, len(held), sum(map(gold.right, held)), precision(dict.fromkeys(held, name), gold)]
         for name, held in by_verdict.items()),
    )  # fmt: skip


def main() -> None:
    """Run, then score: what is read for scoring must not stand in the children's peak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", default="rensa-words,rensa-5,gaoya,datasketch", help=", ".join(PEERS))
    parser.add_argument("--only-peers", action="store_true", help="leave compare out")
    parser.add_argument("--facts", action="store_true", help="compare with --facts as well, and its cost a pair")
    options = parser.parse_args()
    peers = [name for name in options.peers.split(",") if name]
    if unknown := set(peers) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    tools = peers if options.only_peers else [OURS, ALL, *[FACTS] * options.facts, *peers]
    with tempfile.TemporaryDirectory(prefix="compare-bench-") as name:
        costs = run_all(tools, corpus_file(options.corpus), options.runs, Path(name))
        if FACTS in tools:
            print_facts(costs, Path(name) / f"{FACTS}-0" / "summary.json")
        pairs = {tool: read_pairs(Path(name) / f"{tool}-0" / "pairs.csv") for tool in tools}
    gold = read_gold(options.corpus)
    print(f"{options.corpus}: {options.runs} runs in turn, median CPU, largest peak. {machine()}\n")
    print_costs(costs, pairs, gold)
    if ALL in pairs:
        print_verdicts(pairs[ALL], gold)


if __name__ == "__main__":
    main()
