"""What a person is told of a test set that leaked: an item a line, and what was not looked for. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.sources.tables.rows import is_unread
from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.words import number, percent, skipped_lines

if TYPE_CHECKING:
    from compare.pipeline.leaks import LeakedItem, Leaks

SHOWN = 20
SHOWN_SKIPPED = 5


def leaks_text(leaks: Leaks, output: str = "") -> str:
    """How many items are contaminated, the first of them, and what this misses; where all of it was written."""
    count = len(leaks.leaked)
    state = "is" if count <= 1 else "are"
    items, documents = plural(leaks.items, "item"), plural(leaks.documents, "document")
    parts = [
        [f"{number(count) if count else 'None'} of {items} {state} contaminated by {documents}."],
        [_line(item) for item in leaks.leaked[:SHOWN]],
        [f"… and {plural(count - SHOWN, 'more item')}"] if count > SHOWN else [],
        missed(leaks),
        _skipped(leaks),
        [f"Written to {safe(output)}."] if output else [],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _line(item: LeakedItem) -> str:
    words = f"{percent(item.share):>4} of {plural(item.words, 'word')}, {number(item.longest)} in a row"
    where = f"{safe(item.train)} ({safe(item.train_place)}, characters {item.train_start}–{item.train_stop})"
    more = f", {number(item.documents - 1)} more" if item.documents > 1 else ""
    return f"  {safe(item.id)} ({safe(item.place)}): {words}, in {where}{more}"


def missed(leaks: Leaks) -> list[str]:
    """What was not looked for."""
    whole = f", or all of an item of {leaks.least} to {leaks.words - 1}" if leaks.least < leaks.words else ""
    looked = f"Looked for: {plural(leaks.words, 'word')} in a row{whole}. Not found: what was reworded or translated"
    lines = [f"{looked}, and passages with fewer words in a row."]
    if leaks.too_short:
        lines.append(
            f"Too short to be looked for, with fewer than {leaks.least} words: {plural(leaks.too_short, 'item')}."
        )
    if leaks.templates:
        runs = plural(leaks.templates, "run")
        lines.append(f"Left out since very many items hold them, as a template: {runs} of words.")
    return lines


def _skipped(leaks: Leaks) -> list[str]:
    lines = skipped_lines(sorted(leaks.skipped, key=lambda skip: not skip.lost))
    more = len(lines) - SHOWN_SKIPPED
    return [
        *(f"Skipped {line}" for line in lines[:SHOWN_SKIPPED]),
        *([f"… and {number(more)} more"] if more > 0 else []),
    ]


def unread_items(leaks: Leaks) -> str:
    """Why the job ends with 2 though all else was compared: one plain line, empty if everything was read."""
    unread = [skip for skip in leaks.skipped if is_unread(skip)]
    if not unread:
        return ""
    first = f"{safe(unread[0].path)}: {safe(unread[0].reason)}"
    more = f" (and {number(len(unread) - 1)} more)" if len(unread) > 1 else ""
    return f"{number(len(unread))} not read, so not compared: {first}{more}; --allow-unread goes by what was read"
