"""One text against an index: which documents it shares text with, and how."""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from compare.gate.policy import strength
from compare.jobs.gather import neighbours
from compare.model import Comparison, Document, Queried, Verdict
from compare.origin.described import described
from compare.pipeline.engines.choose import opened
from compare.pipeline.matching import Scope
from compare.pipeline.plan import compare_some
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from compare.settings import Settings

_ADDRESS = re.compile(r"https?://[^/]+/[^/?#]")
_OWN = "own_versions"
MOST = 100
"""Sources that are aligned: 3 ms each."""


def query(document: Document, indexes: Sequence[Path], root: Path, settings: Settings) -> Queried:
    """The documents of some indexes that share text with this one: names are from `root`.

    What words alone propose is aligned: a text rewritten without twelve words in a row that stayed is not found. The
    document itself, if an index holds it by its name or its address, is not a source, and that is told. Cost: its
    candidates', not the index's.

    Raises:
        InputError: an index cannot be read, or was built with other settings.
    """
    sources: dict[str, Document] = {}
    left_out = Counter[str]()
    proposed: list[tuple[str, str]] = []
    total = 0
    for index in indexes:
        near = neighbours(os.fspath(index), [body(document)], {document.id, *sources}, root, settings)
        left_out[_OWN] += near.absent if not sources else 0
        sources |= {source.id: source for source in near.documents}
        total += near.total
        left_out.update(near.left_out)
        proposed += [(document.id, name) for _, name in near.pairs]
    own = {name for name, source in sources.items() if _is_of_address(source, document.url)}
    sources = {name: source for name, source in sources.items() if name not in own}
    left_out[_OWN] += len(own)
    proposed = [pair for pair in proposed if pair[1] not in own]
    worth = partial(_is_worth_it, passage=settings.proposing_run)
    scope = Scope(frozenset({document.id}), worth, total + 1, MOST, proposed=tuple(proposed))
    with opened(settings, workers=1) as engine:
        compared = compare_some([document, *sources.values()], scope, settings, engine)
    left_out.update(compared.left_out)
    left_out["sources_not_aligned"] = left_out.pop("pairs_not_aligned", 0)
    named = [pair for pair in compared.comparisons if pair.verdict is not Verdict.DISTINCT]
    named.sort(key=lambda pair: (pair.verdict.rank, -share(pair, document.id), pair.opposite(document.id)))
    return Queried(
        document, tuple(named),
        {name: described(sources[name]) for name in sorted(pair.opposite(document.id) for pair in named)},
        total - len(own), left_out, settings.proposing_run,
    )  # fmt: skip


def _is_of_address(source: Document, url: str) -> bool:
    """Whether it was published at an address that is more than a site's."""
    return source.url == url and bool(_ADDRESS.match(url))


def _is_worth_it(values: Mapping[str, Any], passage: int) -> Any:  # noqa: ANN401  # a column of truth values
    """Which sources are aligned: those with a verdict, or with so many words in a row that are not common."""
    return (values["verdict"] > strength(Verdict.DISTINCT.rank)) | (values["own_longest"] >= passage)


def share(pair: Comparison, name: str) -> float:
    """The share of a document that stands in the other one: reused, or contained if that is more."""
    shares = (pair.reused_a, pair.containment_a) if pair.a == name else (pair.reused_b, pair.containment_b)
    return max(shares)
