"""What the desk says: on its own pages, and in the form of decisions on a pair's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.wording.explain import plural
from compare.wording.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.model import Comparison, Queried, Report

    Template = str | dict[str, str]

DECIDE: dict[str, Template] = {
    "note": "Note",
    "expires": "Until (may be left empty)",
    "by": "Your name",
    "accept": "Accept",
    "ignore": "Ignore",
    "flag": "Flag",
    "note_it": "Only note it",
    "undo": "Take the last decision back",
    "was_accept": "accepted by {by}, {at}",
    "was_ignore": "ignored by {by}, {at}",
    "was_flag": "flagged by {by}, {at}",
    "was_note": "noted by {by}, {at}",
    "no_reason": "Choose why it is allowed.",
    "pack": "Evidence, as one file to hand on",
    "cover": "What to say of it",
    "save": "Save",
    "again": "Look again",
    "unreachable": "The desk does not answer: nothing was kept.",
}
DESK: dict[str, dict[str, str]] = {
    "page": {
        "title": "Desk",
        "skip": "Skip to the draft",
        "against": "Drafts are held against",
        "no_archive": "No archive: two texts can be held against each other.",
        "api": "For programs",
        "texts": "Texts",
        "headline": "Headline",
        "draft": "Draft: type, paste, or drop a file here",
        "file": "File",
        "second": "Against another text, not the archive",
        "headline_b": "Headline of the other text",
        "text_b": "The other text: type, paste, or drop a file here",
        "ask": "Compare",
        "empty": "Clear",
        "inbox": "Inbox",
        "answer": "What was found",
        "nothing": "Nothing was asked yet.",
        "stories": "Stories",
        "new": "What is new in it",
        "whole": "In a window of its own",
        "corrections": "Corrections",
        "redline": "Tracked changes (DOCX)",
    },
    "corrections": {
        "title": "What was corrected, and who has which words",
        "note": (
            "The other text is the older version. Found by words in the same statement: who says it in other words "
            "isn’t named."
        ),
    },
    "said": {
        "asking": "Comparing…",
        "reading": "Reading…",
        "unreachable": "The desk does not answer: it was closed.",
        "look": "Look",
        "add": "Add to the archive",
        "finish": "Done",
        "reopen": "Open again",
        "done": "done",
        "added": "added to the archive",
        "count": "{count} of {all} to look at",
    },
    "api": {
        "title": "The desk, for programs",
        "lead": (
            "Addresses stand behind that of the desk, with its word. Bodies are JSON, of a file its bytes; an error is "
            'one line, as {"error": …}.'
        ),
        "method": "Method",
        "address": "Address",
        "what": "What it does",
        "kinds": "Bodies",
        "required": "(needed)",
    },
}
"""Of the desk's pages, by place; `said` is what its script says."""


def told_of(report: Report, draft: str, queried: Queried | None) -> str:
    """What was found, in a sentence."""
    reuse = [pair for pair in report.comparisons if pair.verdict.is_reuse]
    if queried is None:
        if not reuse:
            return "No reuse was found between the two texts."
        return f"The two texts share text: {_most(reuse, draft)} of the first matches the second."
    among = f"among {plural(queried.total, 'article')}"
    if not reuse:
        return f"No source was found {among}."
    return f"{plural(len(reuse), 'source')} {among}; of the draft up to {_most(reuse, draft)} matches one of them."


def _most(reuse: Iterable[Comparison], draft: str) -> str:
    return percent(max(pair.reused_a if pair.a == draft else pair.reused_b for pair in reuse))
