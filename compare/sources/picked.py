"""Some rows of what a Python caller handed over, in the library that they came in.

Nothing is imported for it: a table is known by the methods that it has, as in `given.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.sources.given import table_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]


def picked(source: Any, flags: Flags) -> Any:  # noqa: ANN401  # a table of any library
    """The rows of a flag each that is true, in their order: the same kind of thing as came in.

    pandas, polars, Arrow, NumPy and Hugging Face give their own; a mapping gives one of columns, all else a list.

    >>> picked({"id": [7, 8], "text": ["a", "b"]}, np.array([False, True]))
    {'id': [8], 'text': ['b']}
    >>> picked(("a", "b"), np.array([False, True]))
    ['b']
    """
    if isinstance(source, Mapping):
        return {name: picked(column, flags) for name, column in source.items()}
    for fits, way in _WAYS:
        if fits(source):
            return way(source, flags)
    names = table_names(source)
    if names is not None and hasattr(source, "__getitem__"):
        return {name: picked(source[name], flags) for name in names}
    return list(compress(source, flags.tolist()))


def _has(*names: str) -> Callable[[object], bool]:
    return lambda source: all(hasattr(source, name) for name in names)


def _places(flags: Flags) -> list[int]:
    return [int(place) for place in np.flatnonzero(flags)]


_WAYS: tuple[tuple[Callable[[object], bool], Callable[[Any, Flags], Any]], ...] = (
    (_has("iloc"), lambda source, flags: source.iloc[np.flatnonzero(flags)]),  # pandas, by place whatever the index is
    (_has("to_pylist", "take"), lambda source, flags: source.take(_places(flags))),  # Arrow
    (_has("column_names", "select"), lambda source, flags: source.select(_places(flags))),  # Hugging Face
    (_has("gather_every", "filter"), lambda source, flags: source.filter(flags.tolist())),  # polars
    (lambda source: isinstance(source, np.ndarray), lambda source, flags: source[flags]),
)
"""How each library gives rows by their place; the first that fits is asked."""
