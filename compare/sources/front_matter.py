"""Front matter: the metadata that a text may begin with. Linear in the length of the text."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from compare.wording.escape import valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from yaml.nodes import Node

_LONGEST_FRONT = 32 * 1024
"""Characters of a front matter; a longer one is body text (real ones are below 2,000; YAML is slow)."""
_OPENING = re.compile(r"---[ \t]*+(?:\r\n?|\n)")
_CLOSING = re.compile(r"(?:\r\n?|\n|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*+(?:\r\n?|\n|\Z)")
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_NULL = "tag:yaml.org,2002:null"

_PLAIN_KEY = re.compile(r"[a-z][A-Za-z0-9_.-]*+")
_KEYS = frozenset({
    "alias", "aliases", "author", "authors", "byline", "canonical", "categories", "category", "copyright", "cover",
    "created", "date", "description", "draft", "excerpt", "headline", "id", "image", "keywords", "lang", "language",
    "lastmod", "layout", "licence", "license", "modified", "outlet", "permalink", "pub_date", "pubdate", "publication",
    "publish_date", "publishdate", "published", "published_at", "publisher",
    "section", "series", "slug", "source", "subtitle", "summary", "tag", "tags", "template", "title", "toc", "type",
    "updated", "url", "weight",
})  # fmt: skip
"""Keys that make a mapping metadata, in small letters."""
_HEADED = frozenset({"author", "authors", "categories", "category", "date", "keywords", "slug", "tags", "title"})
"""Those of them that also begin with a capital, as some systems write them. "Source: …" is rather a sentence's."""
_LONGEST_VALUE = 5
"""Words of a value under a key that says nothing; a longer one is prose."""


class FrontMatter(NamedTuple):
    """Where a text's front matter ends (0: there is none), and its scalar values as text."""

    stop: int
    values: Mapping[str, str]


NO_FRONT_MATTER = FrontMatter(0, {})


def front_matter(text: str, names: Iterable[str] = ()) -> FrontMatter:
    r"""The metadata between `---` lines that a text begins with; anything else there is body text.

    A note between rules may be a mapping to YAML, too. Metadata have a key that is known for it, or one of `names`; or
    all their keys are plain words in small letters, with values that are no prose.

    >>> front_matter("---\ntitle: No\ndate: 2024-05-01\n---\nText").values
    {'title': 'No', 'date': '2024-05-01'}
    >>> [front_matter(f"---\n{note}\n---\n").stop for note in ("A line between rules.", "Note: we met on Friday.")]
    [0, 0]
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end() - 1, opening.end() + _LONGEST_FRONT) if opening else None
    if not opening or not closing:
        return NO_FRONT_MATTER
    entries = _mapping(text[opening.end() : closing.start()])
    if not _is_metadata(entries, frozenset(names)):
        return NO_FRONT_MATTER
    return FrontMatter(closing.end(), {key: _scalar(value) for key, value in entries.items()})


def _is_metadata(entries: Mapping[str, Node], names: AbstractSet[str]) -> bool:
    if any(key in _KEYS or key in names or _is_headed(key, value) for key, value in entries.items()):
        return True
    return bool(entries) and all(_PLAIN_KEY.fullmatch(key) and not _is_prose(entries[key]) for key in entries)


def _is_headed(key: str, value: Node) -> bool:
    return key.istitle() and key.lower() in _HEADED and (key == "Title" or not _is_prose(value))


def _is_prose(node: Node) -> bool:
    return node.id == "scalar" and len(node.value.split()) > _LONGEST_VALUE


def _mapping(block: str) -> dict[str, Node]:
    """The entries of the block; none if it is not a YAML mapping.

    Composed and never constructed: no object is made, no alias or merge is expanded, `No` and `007` stay as they are.
    """
    import yaml  # noqa: PLC0415 - .05 s, only where there is a front matter

    try:
        node = yaml.compose(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return {}
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {valid(str(key.value)): value for key, value in node.value if key.id == "scalar"}


def _scalar(node: Node) -> str:
    """A node as one text: a list of scalars is joined by commas, what is deeper is left out."""
    if node.id == "sequence":
        return ", ".join(filter(None, (_scalar(item) for item in node.value if item.id == "scalar")))
    if node.id != "scalar" or node.tag == _NULL:
        return ""
    return _date(node.value) if node.tag == _TIMESTAMP else valid(node.value)


def _date(written: str) -> str:
    """ISO 8601 if it is a date that exists; else as it is written."""
    try:
        return datetime.fromisoformat(written).isoformat() if ":" in written else written
    except ValueError:
        return written
