"""What is claimed of facts and quotations, and whether it is true: planted changes, mere notation, real articles.

    python bench/facts.py DATA [--suite planted ...] [--part test] [--limit 100] [--misses FILE] [--show new]

DATA holds newsroom-dev.jsonl.xz ({"id", "source", "date", "text", …} a line; from ramybaly/Article-Bias-Prediction on
GitHub) and onestop-dev.jsonl, as bench/README.md says. Articles are in two parts by a checksum of their ids: develop on
`--part dev`, report `test`. All chance hangs on names, so a run repeats.

Suites: `planted` (one fact changed in a copy), `notation` (nothing changed), `languages` (lines of seven others),
`quotations` (one changed in a copy), `rewrites` (OneStop: as they are, by labels, and with a change planted),
`newsroom` (everything told in a run over the folder, by labels), `gate` (accepted copies that are changed later).
`--show` prints what was told of real pairs, with its sentences; `--misses` writes examples.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import foreign
import notation
import planting
import quoting
from articles import PARTS, in_chance_order, newsroom
from articles import chance as chance_of
from asking import (
    Asked,
    Outcome,
    ask_fact,
    ask_gate,
    ask_nothing_changed,
    ask_quotation,
    ask_same_marks,
    in_words_of_the_product,
    lifted,
)
from measure import machine, table
from real import newsroom_tables, rewrite_tables
from work import each

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles import Article

SUITES = ("planted", "notation", "languages", "quotations", "gate", "rewrites", "newsroom")
TOLD_BAR, FALSE_BAR = 0.95, 0.02
EXAMPLES = 5


def planted_jobs(articles: list[Article], kind: str, limit: int, *, lift: bool) -> list[Asked]:
    """Up to `limit` articles with a change of a kind, whole copies or with the passage lifted into other articles."""
    jobs: list[Asked] = []
    ordered = in_chance_order(articles, kind)
    for number, article in enumerate(ordered):
        plant = planting.KINDS[kind](article.text, chance_of(kind, article.id))
        if plant and lift:
            hosts = (ordered[number - 1].text, ordered[number - 2].text)
            plant = lifted(plant, hosts)
        if plant:
            jobs.append(Asked(kind, article.id, plant))
        if len(jobs) == limit:
            break
    return jobs


def told(outcomes: Sequence[Outcome]) -> object:
    """The share that is told."""
    return sum(outcome.told for outcome in outcomes) / len(outcomes) if outcomes else "–"


def planted_tables(options: argparse.Namespace, articles: list[Article]) -> list[Outcome]:
    """Told by kind: whole copies, lifted passages; words that the product's files hold, and others."""
    rows, everything = [], []
    for kind in planting.KINDS:
        sides = [planted_jobs(articles, kind, options.limit, lift=lift) for lift in (False, True)]
        whole, part = (each(ask_fact, jobs, options.workers) for jobs in sides)
        rows.append(planted_row(kind, whole, part))
        everything += [*whole, *part]
    print("One fact changed in a copy: told at its place (both places, where two facts changed).\n")
    head = "bar, copies, told, lifted, told, of what is in a match, listed words, other words, false elsewhere"
    table(["planted", *head.split(", ")], rows)
    return everything


def planted_row(kind: str, whole: list[Outcome], lifted_ones: list[Outcome]) -> list[object]:
    """A kind's bar, what was told in whole copies and in lifted passages, and of both together some parts."""
    both = [*whole, *lifted_ones]
    listed = [outcome for outcome in both if in_words_of_the_product(outcome.asked)]
    parts = [[one for one in both if one.aligned], listed, [one for one in both if one not in listed]]
    elsewhere = f"{sum(outcome.elsewhere for outcome in both)} in {len(both)}"
    bar = f"≥ {TOLD_BAR}" if kind in planting.BARRED else "–"
    return [kind, bar, len(whole), told(whole), len(lifted_ones), told(lifted_ones), *map(told, parts), elsewhere]


def notation_tables(options: argparse.Namespace, articles: list[Article]) -> list[Outcome]:
    """Articles with a false drift, by notation."""
    rows, everything = [], []
    for kind in (*notation.ONE_SIDED, *notation.TWO_SIDED):
        outcomes = each(ask_nothing_changed, notation_jobs(articles, kind, options.limit), options.workers)
        wrong = sum(outcome.elsewhere > 0 for outcome in outcomes)
        drifts = sum(outcome.elsewhere for outcome in outcomes)
        bar = f"≤ {FALSE_BAR}" if kind in notation.BARRED else "–"
        rows.append([kind, bar, len(outcomes), wrong / len(outcomes) if outcomes else "–", drifts])
        everything += outcomes
    print("The same facts in other notation, all over a copy: articles with a false drift.\n")
    table(["notation", "bar", "articles", "with a false one", "false drifts"], rows)
    return everything


def notation_jobs(articles: list[Article], kind: str, limit: int) -> list[Asked]:
    """Up to `limit` articles that the notation changes."""
    jobs: list[Asked] = []
    for article in in_chance_order(articles, kind):
        luck = chance_of(kind, article.id)
        if kind in notation.ONE_SIDED:
            a, b = article.text, notation.ONE_SIDED[kind](article.text, luck)
        else:
            a, b = notation.TWO_SIDED[kind](article.text, luck)
        if a != b and len(jobs) < limit:
            jobs.append(Asked(kind, article.id, planting.Plant(a, b, (), ())))
    return jobs


def language_tables(options: argparse.Namespace, _: list[Article]) -> list[Outcome]:
    """Lines of other languages: changed facts told, the same in other notation not; all of them in any part."""
    everything = each(_ask_line, foreign.lines(), options.workers)
    rows = []
    for code in foreign.AROUND:
        own = [one for one in everything if one.asked.article == code]
        changes, same = ([one for one in own if (one.asked.kind == foreign.SAME) is same] for same in (False, True))
        missed = ", ".join(dict.fromkeys(one.asked.kind for one in changes if not one.told)) or "–"
        rows.append([code, len(changes), told(changes), missed, len(same), sum(not one.told for one in same)])
    print("Lines of other languages amid a paragraph: changed facts told; the same facts in other notation.\n")
    table(["language", "changed", "told", "missed", "same", "false ones"], rows)
    return everything


def _ask_line(line: tuple[str, str, planting.Plant]) -> Outcome:
    code, kind, plant = line
    return (ask_nothing_changed if kind == foreign.SAME else ask_fact)(Asked(kind, code, plant))


def quotation_tables(options: argparse.Namespace, articles: list[Article]) -> list[Outcome]:
    """Told by what was done to the quotation, with dates and without; marks of another kind."""
    rows, everything = [], []
    for kind, make in quoting.KINDS.items():
        plants = ((one, make(one.text, chance_of(kind, one.id))) for one in in_chance_order(articles, kind))
        jobs = [Asked(kind, one.id, plant) for one, plant in plants if plant][: options.limit]
        for dated in (True, False):
            outcomes = each(partial(ask_quotation, dated=dated), jobs, options.workers)
            quiet = sum(outcome.quietly for outcome in outcomes) / max(1, len(outcomes))
            false = f"{sum(outcome.elsewhere for outcome in outcomes)} in {len(outcomes)}"
            rows.append(
                [kind, "dates" if dated else "no dates", f"≥ {TOLD_BAR}", len(outcomes), told(outcomes), quiet, false]
            )
            everything += outcomes
    print("A whole article copied, one quotation changed: told at its place; told, or told quietly (`marks differ`).\n")
    table(["quotation", "metadata", "bar", "copies", "told", "or quietly", "false, elsewhere"], rows)
    return everything + same_marks(options, articles)


def same_marks(options: argparse.Namespace, articles: list[Article]) -> list[Outcome]:
    """Articles of which something is told though their marks are only of another kind."""
    rows, everything = [], []
    for kind, make in quoting.SAME.items():
        copies = (
            (one, make(one.text, chance_of(kind)))
            for one in in_chance_order(articles, kind)
            if quoting.quotations(one.text)
        )
        jobs = [Asked(kind, one.id, planting.Plant(one.text, copy, (), ())) for one, copy in copies][: options.limit]
        outcomes = each(ask_same_marks, jobs, options.workers)
        rows.append([kind, len(outcomes), sum(outcome.elsewhere > 0 for outcome in outcomes) / max(1, len(outcomes))])
        everything += outcomes
    print("The same quotations in marks of another kind: articles with a false drift, `unquoted` or `altered`.\n")
    table(["marks", "articles", "with a false one"], rows)
    return everything


def gate_table(options: argparse.Namespace, articles: list[Article]) -> list[Outcome]:
    """Accepted copies that are changed afterwards: how many are opened again, whole copies and lifted passages."""
    rows, everything = [], []
    for kind in planting.BARRED:
        row: list[object] = [kind]
        for lift in (False, True):
            outcomes = each(ask_gate, planted_jobs(articles, kind, options.limit, lift=lift), options.workers)
            row += [len(outcomes), told(outcomes)]
            everything += outcomes
        rows.append(row)
    for kind in ("altered", "other speaker"):
        plants = (
            (one, quoting.KINDS[kind](one.text, chance_of(kind, one.id))) for one in in_chance_order(articles, kind)
        )
        jobs = [Asked(kind, one.id, plant) for one, plant in plants if plant][: options.limit]
        outcomes = each(ask_gate, jobs, options.workers)
        rows.append([kind, len(outcomes), told(outcomes), "–", "–"])
        everything += outcomes
    print("A copy is accepted, then one fact or quotation of it is changed: opened again.\n")
    table(["changed", "copies", "opened", "lifted", "opened"], rows)
    return everything


def write_misses(path: str, outcomes: Iterable[Outcome]) -> None:
    """The first examples of each kind that went wrong."""
    kinds: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.miss:
            kinds.setdefault(outcome.asked.kind, []).append(outcome.miss)
    pieces = [
        f"# {kind} ({len(misses)} went wrong)\n\n" + "\n\n".join(misses[:EXAMPLES]) for kind, misses in kinds.items()
    ]
    Path(path).write_text("\n\n".join(pieces) + "\n", "utf-8")


TABLES = {
    "planted": planted_tables,
    "notation": notation_tables,
    "languages": language_tables,
    "quotations": quotation_tables,
    "gate": gate_table,
}


def main() -> None:
    """Ask every suite that was named, and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--suite", nargs="+", choices=SUITES, default=SUITES)
    parser.add_argument("--part", choices=(*PARTS, "all"), default="test")
    parser.add_argument("--limit", type=int, default=100, help="articles of each kind")
    parser.add_argument("--misses", metavar="FILE", help="write examples of what went wrong")
    parser.add_argument(
        "--show", choices=("all", "new"), help="print what real pairs are told: all, or without a label"
    )
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(f"Part `{options.part}`. {machine()}\n")
    articles = newsroom(options.folder, options.part)
    outcomes: list[Outcome] = []
    for suite, tables in TABLES.items():
        if suite in options.suite:
            outcomes += tables(options, articles)
    if "rewrites" in options.suite:
        outcomes += rewrite_tables(options)
    if "newsroom" in options.suite:
        newsroom_tables(options)
    if options.misses:
        write_misses(options.misses, outcomes)


if __name__ == "__main__":
    main()
