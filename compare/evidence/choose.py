"""Which pairs and families of a report are meant by what was typed: names of pages, addresses, or two documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.wording.escape import meant, safe, shown
from compare.wording.explain import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.evidence.joined import Joined

_KEY = re.compile(r"(?:\A|[/#])(?P<key>(?:pair|family)-[0-9a-f]{12})(?:\.html)?(?:[/#?].*)?\Z", re.DOTALL)
_DIGITS = re.compile(r"[0-9a-f]{12}")
_SHOWN = 5
_SIGNS = 120
"""Characters of a wrong name that an error repeats."""


def chosen(report: Joined, words: Iterable[str], sides: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The keys of what is meant, each once, in their order. Raises InputError for one that is not there."""
    keys = [key_of(report, word) for word in words]
    return tuple(dict.fromkeys([*keys, *(key_of_sides(report, *names) for names in sides)]))


def key_of(report: Joined, word: str) -> str:
    """The key of a page, of its address, or of its twelve digits. Raises InputError."""
    named = _KEY.search(word)
    possible = [named["key"]] if named else [f"pair-{word}", f"family-{word}"] if _DIGITS.fullmatch(word) else []
    for key in possible:
        if key in report.keys or key in report.families:
            return key
    hint = "" if possible else "; name it as its page does, pair-0123456789ab, or as --pair A B"
    raise InputError(f"{shown(word[:_SIGNS])}: no pair and no family of this report{hint}")


def key_of_sides(report: Joined, a: str, b: str) -> str:
    """The key of the pair of two documents. Raises InputError."""
    places = {document_named(report, a), document_named(report, b)}
    keys = (key for key, pair in report.keys.items() if {pair.a, pair.b} == places)
    if (key := next(keys, None)) is None:
        raise InputError(f"{shown(a[:_SIGNS])} and {shown(b[:_SIGNS])}: the report has no pair of these two")
    return key


def document_named(report: Joined, name: str) -> int:
    """The number of a document by its id, else by its path, its short name or its title. Raises InputError."""
    wanted = safe(name)
    for names in _names(report):
        places = [place for place, called in enumerate(names) if called == wanted]
        if len(places) > 1:
            raise InputError(f"{shown(name[:_SIGNS])}: several documents of the report are called so; give an id")
        if places:
            return places[0]
    names = [entry.shown.id for entry in report.documents]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    held = f"it holds {plural(len(names), 'article')}: {', '.join(shown(one[:_SIGNS]) for one in names[:_SHOWN])}{more}"
    best = meant(name, names)
    perhaps = f"; did you mean {shown(best[:_SIGNS])}?" if best else ""
    raise InputError(f"{shown(name[:_SIGNS])}: no document of this report; {held}{perhaps}")


def _names(report: Joined) -> Iterable[list[str]]:
    yield [entry.shown.id for entry in report.documents]
    yield [safe(entry.recorded.path) for entry in report.documents]
    yield [entry.shown.name for entry in report.documents]
    yield [entry.shown.called for entry in report.documents]
