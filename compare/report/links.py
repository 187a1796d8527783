"""Which pairs have a page of their own, and what its file is called."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from compare.model import Verdict

if TYPE_CHECKING:
    from compare.families.telling import Telling
    from compare.model import Comparison, Report

PRINTED = 50
"""Pages of single pairs that are written; of any other pair `compare evidence` makes one."""
BESIDE = r"pair-[0-9a-f]{12}\.html|data-\d{2,}\.js"
"""The names of the files beside the first page, as a regular expression: pages of pairs, and shards of its data."""


def pair_file_name(comparison: Comparison) -> str:
    """The name of a pair's page: a hash of both ids, so that no id can make a bad file name.

    Two pairs of a million have the same name with odds of 1 in 560.
    """
    ids = json.dumps([comparison.a, comparison.b]).encode()
    return f"pair-{hashlib.sha256(ids).hexdigest()[:12]}.html"


def flagged(report: Report) -> list[Comparison]:
    """The pairs that the first page shows: all above `distinct`, strongest first as the report has them."""
    return [comparison for comparison in report.comparisons if comparison.verdict is not Verdict.DISTINCT]


def printed(telling: Telling) -> list[Comparison]:
    """The pairs that have a page of their own: what somebody must look at, the first `PRINTED` of them.

    Those that the families tell come first, in their order; a pair that reports one event, or is accepted, has none.
    """
    report = telling.report
    families = [family for family, look in telling.ranked() if look.is_open]
    told = [telling.pair_of(version.id, version.nearest) for family in families for version in family.versions]
    every = [telling.pairs[ids] for family in families for ids in family.pairs]
    wanted = {(pair.a, pair.b): pair for pair in (*told, *every) if pair}
    states = {ids: report.judged[ids].state for ids in wanted if ids in report.judged}
    asked = [pair for ids, pair in wanted.items() if ids not in states or states[ids].is_open]
    return asked[:PRINTED]
