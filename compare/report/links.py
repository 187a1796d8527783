"""Which pairs have a page of their own, and what its file is called."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from compare.model import Verdict

if TYPE_CHECKING:
    from compare.model import Comparison, Report

BESIDE = r"pair-[0-9a-f]{12}\.html|data-\d{2,}\.js"
"""The names of the files beside the first page, as a regular expression: pages of pairs, and shards of its data."""


def pair_file_name(comparison: Comparison) -> str:
    """The name of a pair's page: a hash of both ids, so that no id can make a bad file name.

    Two pairs of a million have the same name with odds of 1 in 560.
    """
    ids = json.dumps([comparison.a, comparison.b]).encode()
    return f"pair-{hashlib.sha256(ids).hexdigest()[:12]}.html"


def flagged(report: Report) -> list[Comparison]:
    """The pairs that have a page: all above `distinct`, strongest first as the report has them."""
    return [comparison for comparison in report.comparisons if comparison.verdict is not Verdict.DISTINCT]
