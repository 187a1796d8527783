"""What a pipeline hands to an estimator of texts, as texts that are read as everywhere in compare."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from compare.errors import GivenError
from compare.model import Document
from compare.sources.damage import mended
from compare.sources.given import refuse_table
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BATCH = 1024


def checked_texts(texts: Iterable[str]) -> Iterator[str]:
    """The texts one by one; of a column of pandas, polars, NumPy, Arrow or Hugging Face, its values.

    Raises GivenError for one text or a table in place of a column, and for what is no text; the message says which.

    >>> list(checked_texts(("a", "b")))
    ['a', 'b']
    """
    if isinstance(texts, str | bytes):
        raise GivenError(f"many texts are wanted, not one {type(texts).__name__}; put it in a list")
    refuse_table(texts)
    for number, text in enumerate(texts):
        plain = text.as_py() if hasattr(text, "as_py") else text  # Arrow's own scalars
        if not isinstance(plain, str):
            raise GivenError(f"a text is wanted, not {type(plain).__name__} (item {number}); give one column of texts")
        yield str(plain)


def readable_batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts as they are read, with what is damaged mended as `dedup` mends it, so many at a time."""
    each = (body(mended(Document("", text))) for text in checked_texts(texts))
    while batch := list(islice(each, _BATCH)):
        yield batch
