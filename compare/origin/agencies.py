"""Agencies, syndicates, release services and outlets by the names that texts call them by: `data/agencies.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Source, Span, Supplier
from compare.origin.tables import Finder, finder, listed_words, pattern, phrases, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_AROUND = "()[]{}/|–—-−‐*_#.,:;·•\"'“”„«»‘’ \t\u00a0©"
_YEAR = re.compile(r"(?:19|20)\d\d")


class Mention(NamedTuple):
    """Where a text names one."""

    source: Source
    span: Span


@cache
def _listed() -> tuple[tuple[str, Source, bool], ...]:
    """Every name, whom it means, and whether it is known only where it stands alone."""
    tables = tomllib.loads(files("compare.data").joinpath("agencies.toml").read_text("utf-8"))
    names = [
        (name.strip(), Source(title, kind))
        for kind in Supplier
        for title, written in tables[kind.value].items()
        for name in written.split("|")
    ]
    return tuple((name.strip("()"), source, name.startswith("(")) for name, source in names)


@cache
def _alone() -> dict[str, Source]:
    """Names as they stand alone, in small letters too: "(dpa)", "(afp)"."""
    table: dict[str, Source] = {}
    for name, source, _ in _listed():
        table.setdefault(name, source)
        table.setdefault(name.upper(), source)
        if source.kind is not Supplier.OUTLET:
            table.setdefault(name.lower(), source)
    return table


@cache
def _in_sentences() -> tuple[Finder, dict[str, Source]]:
    """What finds every name that is known amid other words, and whom it means."""
    table = {name: source for name, source, is_short in _listed() if not is_short} | {"AP": _alone()["AP"]}
    return finder([*table]), table


def mentions(text: str, start: int = 0, stop: int | None = None) -> Iterator[Mention]:
    """Everybody whom a piece of text names, in order. Linear.

    >>> [mention.source.name for mention in mentions("Fox News and the Associated Press contributed.")]
    ['Fox News', 'Associated Press']
    """
    names, table = _in_sentences()
    for name in names.finditer(text, start, len(text) if stop is None else stop):
        yield Mention(table[name[0]], Span(*name.span()))


def mentions_of(source: Source, text: str) -> Iterator[tuple[int, int]]:
    """Where a text names somebody, in order."""
    return (hit.span() for hit in _names_of(source).finditer(text))


@cache
def _names_of(source: Source) -> Finder:
    return finder([name for name, named, is_short in _listed() if named == source and not is_short])


def may_name(text: str) -> bool:
    """Whether a short text may name somebody: if not, nothing else need be asked of it."""
    return not _telling().isdisjoint(words_of(text))


@cache
def _telling() -> frozenset[str]:
    return frozenset(finder([name for name, _, _ in _listed()]).phrases)


def alone(text: str) -> tuple[Source, ...]:
    """Whom a short text names if it says nothing else: "(Reuters)", "dpa/AFP", "© 2020 AP"; else nobody.

    >>> [source.name for source in alone("(dpa/AFP)")], alone("Reuters photo")
    (['dpa', 'AFP'], ())
    """
    if not may_name(text):
        return ()
    bare = _YEAR.sub("", pattern("rights").sub("", text)).strip(_AROUND)
    if source := _known(bare):
        return (source,)
    parts = parted(bare)
    sources = [_known(part) for part in parts]
    are_all = all(source or _is_desk(part) for source, part in zip(sources, parts, strict=True))
    return tuple(source for source in sources if source) if are_all else ()


def parted(text: str) -> list[str]:
    """The parts of a list: what stands between signs, and words such as "and"."""
    return _joins().split(text)


@cache
def _joins() -> re.Pattern[str]:
    words = "|".join(re.escape(phrase) for phrase in phrases("joins") if phrase[0].isalpha())
    return re.compile(rf"[/,;|+&、]|(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _is_desk(part: str) -> bool:
    """Whether it is a sign for a desk or a person: "dpa/lby", "afp/rtr"."""
    return part.strip().islower() and len(part.strip()) <= 5  # noqa: PLR2004  # letters of such a sign


def _known(name: str) -> Source | None:
    bare = name.strip(_AROUND)
    article, _, rest = bare.partition(" ")
    return _alone().get(bare) or (_alone().get(rest) if article.lower() in listed_words("articles") else None)


@cache
def source_of(name: str) -> Source | None:
    """Whom the name of a source in a record means: "CNN (Web News)" is CNN; None if nobody is known by it.

    >>> source_of("New York Times - News").name, source_of("Eastshore Mail")
    ('The New York Times', None)
    """
    if source := _known(name):
        return source
    first = next(mentions(name), None)
    return first.source if first and first.span.start <= len("The ") else None
