"""The newsroom's report as a pack of evidence reads it, with a family."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsroom import newsroom

from compare.evidence.joined import joined
from compare.evidence.stored import recorded_report, shown_report
from compare.model import Bar, Family, Report, Version
from compare.report.html import app_page
from compare.report.links import pair_file_name
from compare.report.record import as_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.evidence.joined import Joined

FAMILY = "family-0123456789ab"


def with_family(report: Report) -> Report:
    """The newsroom's report with one family: the daily's text and the wire's, around the wire's."""
    daily, again, _, wire = (document.id for document in report.documents)
    pairs = tuple((pair.a, pair.b) for pair in report.comparisons[:2])
    first, second = Version(wire), Version(daily, wire, Bar(150, 60, 20, 10, 13, 47), Bar(203, 60, 20, 10, 13, 100))
    return replace(report, families=(Family(FAMILY, wire, wire, (first, second, Version(again)), pairs),))


def reread(report: Report) -> Joined:
    """A report as its files hold it."""
    return joined(shown_report(app_page(report).encode(), ()), recorded_report(as_json(report).encode()))


def derived_key() -> str:
    return pair_file_name(newsroom().comparisons[1]).removesuffix(".html")


def renamed(report: Report, change: Callable[[str], str]) -> Report:
    """The report with other ids of its documents, and only pairs beside them."""
    documents = tuple(replace(document, id=change(document.id)) for document in report.documents)
    pairs = tuple(replace(pair, a=change(pair.a), b=change(pair.b)) for pair in report.comparisons)
    return Report(documents, pairs, (), (), (), {}, report.settings, {})
