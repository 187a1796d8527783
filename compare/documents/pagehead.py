"""What a page says of its article: JSON-LD first, then OpenGraph and the like, then its head; and its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from compare.documents.extracted import stated
from compare.vocabulary import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.documents.extracted import Stated

_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting",
    "LiveBlogPosting", "Report", "SocialMediaPosting", "ScholarlyArticle", "TechArticle",
})  # fmt: skip
_OPEN_GRAPH = {
    "og:title": "title", "og:site_name": "source", "og:url": "url", "article:published_time": "date",
    "og:article:published_time": "date", "og:locale": "language",
}  # fmt: skip
_HEAD = {
    "author": "author", "parsely-title": "title", "parsely-author": "author", "parsely-pub-date": "date",
    "sailthru.title": "title", "sailthru.author": "author", "sailthru.date": "date", "dc.title": "title",
    "dc.creator": "author", "dc.date": "date", "dc.publisher": "source", "dcterms.date": "date",
    "dcterms.created": "date",
    "citation_title": "title", "pubdate": "date", "date": "date", "publish-date": "date",
    "citation_publication_date": "date", "application-name": "source",
}  # fmt: skip
_LONGEST = 1 << 20
_DEPTH = 6
_MOST = 200


def page_values(tree: Any) -> dict[str, Stated]:  # noqa: ANN401  # the library's tree
    """Title, author, date, outlet, address and language, each from the best place that says it."""
    values: dict[str, Stated] = {}
    for found in (
        stated(_linked_data(tree), Provenance.LINKED_DATA),
        stated(_named(tree, "property", _OPEN_GRAPH) | _named(tree, "name", _OPEN_GRAPH), Provenance.OPEN_GRAPH),
        stated(_named(tree, "name", _HEAD) | _head(tree), Provenance.PAGE_HEAD),
    ):
        values = found | values
    return values


def heading_of(tree: Any) -> str:  # noqa: ANN401  # likewise
    """The text of the heading of the first rank, if there is one alone."""
    headings = [" ".join(found.text.split()) for found in tree.body.query_selector_all("h1")]
    filled = [heading for heading in headings if heading]
    return filled[0] if len(filled) == 1 else ""


# --- the head ------------------------------------------------------------------------------------------------------


def _named(tree: Any, key: str, names: dict[str, str]) -> dict[str, str]:  # noqa: ANN401  # likewise
    """What the `meta` elements of these names say; of two the first."""
    found: dict[str, str] = {}
    for element in tree.document.query_selector_all(f"meta[{key}]"):
        name = names.get((element.getattr(key) or "").strip().lower(), "")
        if name and (content := element.getattr("content")):
            found.setdefault(name, content)
    return {name: value.replace("_", "-") if name == "language" else value for name, value in found.items()}


def _head(tree: Any) -> dict[str, str]:  # noqa: ANN401  # likewise
    link = tree.document.query_selector("link[rel=canonical]")
    root = tree.document.query_selector("html")
    return {
        "title": tree.title or "",
        "url": (link.getattr("href") or "") if link else "",
        "language": (root.getattr("lang") or "") if root else "",
    }


# --- JSON-LD -------------------------------------------------------------------------------------------------------


def _linked_data(tree: Any) -> dict[str, str]:  # noqa: ANN401  # likewise
    """What the first article of the page's JSON-LD says, if there are not several with other headlines."""
    scripts = tree.document.query_selector_all('script[type="application/ld+json"]')
    articles = [item for script in list(scripts)[:_MOST] for item in _articles(_decoded(script.text))]
    if len({_text(item.get("headline")) for item in articles}) != 1:
        return {}
    item = articles[0]
    return {
        "title": _text(item.get("headline")),
        "author": ", ".join(dict.fromkeys(_names(item.get("author")))),
        "date": _text(item.get("datePublished")),
        "source": ", ".join(_names(item.get("publisher"))),
        "url": _text(item.get("url")) or _address(item.get("mainEntityOfPage")),
        "language": _text(item.get("inLanguage")),
    }


def _decoded(text: str) -> object:
    try:
        return msgspec.json.decode(text[:_LONGEST].strip())
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None


def _articles(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The articles in some JSON, which may stand in a list or in a graph."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[:_MOST]:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        if _ARTICLES & set(_texts(value.get("@type"))):
            yield value
        yield from _articles(value.get("@graph"), depth + 1)


def _texts(value: object) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _text(value: object) -> str:
    return next(iter(_texts(value)), "")


def _names(value: object) -> list[str]:
    """The names of people or houses, which stand as texts or as objects with a name; addresses are none."""
    values = value if isinstance(value, list) else [value]
    names = [_text(item.get("name")) if isinstance(item, dict) else _text(item) for item in values[:_MOST]]
    return [name for name in names if name and "://" not in name]


def _address(value: object) -> str:
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)
