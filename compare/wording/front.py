"""What the front page, a family's page and the page of events say, as data; `{slots}` as in `wording/page.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Template = str | dict[str, str]


def _many(singular: str, plural: str) -> dict[str, str]:
    return {"one": singular, "other": plural}


FRONT: dict[str, Template] = {
    "title": "Stories",
    "needed": _many("{count} story needs a look", "{count} stories need a look"),
    "nothing_needed": "No story needs a look",
    "accepted": _many("; {count} was accepted", "; {count} were accepted"),
    "rest": _many("; {count} shares text and needs none", "; {count} share text and need none"),
    "read": _many("{count} article read", "{count} articles read"),
    "alone": _many("{count} in no story", "{count} in no story"),
    "events": _many("{count} event reported by several", "{count} events reported by several"),
    "skipped": _many("{count} input skipped", "{count} inputs skipped"),
    "legend": "Each bar is the text of a version, by what it is of the version before it:",
    "own_words": _many("Its {count} word: {kinds}", "Its {count} words: {kinds}"),
    "verbatim": "word for word",
    "edited": "in edited phrases",
    "reworded": "reworded",
    "aside": "house style or quoted by both",
    "new": "new",
    "filters": "Find a story",
    "search": "Search",
    "searched": "headline, outlet, author, name",
    "order": "Order",
    "by_look": "needs a look first",
    "by_size": "most versions",
    "by_newest": "newest",
    "by_outlet": "outlet",
    "outlet": "Outlet",
    "agency": "Agency",
    "relation": "From whom",
    "change": "Changed",
    "any": "any",
    "show_accepted": "show what was accepted",
    "list": "Stories that share text",
    "none_found": "No two articles were found that share text which counts as reuse.",
    "none_left": "No story is left by this search.",
    "all_accepted": "All stories were accepted.",
    "shown": "{number} of {all}",
    "more": "Show {count} more",
    "more_versions": _many("and {count} more version", "and {count} more versions"),
    "more_changes": _many("and {count} more change", "and {count} more changes"),
    "first": "had it first",
    "undated": "no date",
    "timeline": "Versions by date: {versions}",
    "mark": "{name}, {day}",
    "points": "{label}: {points} points",
    "was_accepted": "accepted",
    "alone_found": _many("{count} article in no story:", "{count} articles in no story:"),
}
FAMILY: dict[str, Template] = {
    "not_found": "This story is not in the report.",
    "back": "All stories",
    "tree": "Who has it from whom",
    "tree_note": (
        "Each version stands below the one that most of its words stand in: the older above, as dates and texts say; "
        "where these are not sure, an agency, or the one that holds most."
    ),
    "says_so": "says so itself",
    "root": _many("{count} word", "{count} words"),
    "share": "{share} of its text",
    "changed_here": "What each has of the one before it, and what it changed",
    "versions": "Versions",
    "name_head": "Outlet",
    "day_head": "Date",
    "title_head": "Headline",
    "words_head": "Words",
    "nearest_head": "Next to",
    "changes_head": "What changed",
    "heat": "Where the versions part",
    "heat_note": (
        "The text of {name}, sentence by sentence: the darker, the fewer versions have it; one that has it with other "
        "words counts half. Choose a sentence to see what became of it in each."
    ),
    "kept": "{number} of {all} keep it word for word",
    "kept_changed": "{number} of {all} keep it word for word, {changed} with changes",
    "kept_short": "{number}/{all}",
    "kept_short_changed": "{number}/{all}, {changed} changed",
    "variants": "This sentence in each version",
    "same": "word for word",
    "changed": "changed",
    "gone": "not there",
    "export": "Save the table (CSV)",
    "file": "{key}.csv",
    "evidence": "Evidence…",
    "events": "Reported by others too",
}
EVENTS: dict[str, Template] = {
    "title": "Events",
    "lead": _many(
        "{count} event was reported by several articles; those that share text are a story.",
        "{count} events were reported by several articles; those that share text are a story.",
    ),
    "none": "No event was found that several articles report without one having it from the other.",
    "articles": _many("{count} article", "{count} articles"),
    "facts": "They have in common: {facts}",
    "some_facts": "Some have in common: {facts}",
    "some": " ({number} of {all})",
    "story": "story",
    "search": "Search",
    "shown": "{number} of {all}",
    "side_by_side": "Side by side",
}
