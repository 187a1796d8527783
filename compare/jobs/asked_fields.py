"""Fields that `dedup` is asked to go by, and that no document may have: what there is instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.errors import SettingsError
from compare.pipeline.policy import POLICIES
from compare.sources.fields import Fields, Reading
from compare.sources.tables.names import first_names
from compare.sources.tables.rows import listing
from compare.sources.walk import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.jobs.dedup import Corpus
    from compare.settings import Settings

_SLIPS = 1
"""Letters by which a word is a policy's name misspelt, and hardly a field's own."""


def check_id(ids: Sequence[str], corpus: Corpus, settings: Settings) -> None:
    """Refuse a field for the id that was asked for and that no row has. Raises SettingsError."""
    name = corpus.fields.id
    if name in {"", Fields().id}:
        return
    files = {file.id for file in plan(corpus.inputs).files}
    if all(id_.rpartition(":")[0] in files for id_ in ids):  # as rows without an id are called
        there = _there(corpus, settings)
        raise SettingsError(f"--id {name!r}: no row has that field{there}; --id '' names rows by file and line")


def check_value(valued: bool, corpus: Corpus, settings: Settings) -> None:  # noqa: FBT001  # what is checked
    """Refuse a field to keep by that no document has. Raises SettingsError."""
    if corpus.fields.extra and not valued:
        there = _there(corpus, settings)
        raise SettingsError(
            f"--keep {corpus.fields.extra!r}: no document has that field{there}; or {', '.join(POLICIES)}"
        )


def check_keep(corpus: Corpus, settings: Settings) -> None:
    """Refuse a misspelt policy before all is read, unless the first table has such a field. Raises SettingsError."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # where a field is named

    word = corpus.fields.extra
    near = [name for name in POLICIES if OSA.distance(word.casefold(), name, score_cutoff=_SLIPS) <= _SLIPS]
    if word and near and word not in first_names(corpus.inputs, Reading(settings, corpus.fields, digest=False)):
        raise SettingsError(f"--keep {word!r}: did you mean {near[0]}? The first table has no field of that name")


def _there(corpus: Corpus, settings: Settings) -> str:
    names = first_names(corpus.inputs, Reading(settings, corpus.fields, digest=False))
    return f" among {listing(names)}" if names else ""
