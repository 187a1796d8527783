"""Data frames with what `dedup` says of each row: pandas, polars, Arrow, Hugging Face, DuckDB in, the same out.

>>> from compare.frames import deduplicate
>>> deduplicate({"id": [7, 8], "text": ["A pact was signed.", "a PACT was signed"]})["kept_for"]
[None, 7]

Nothing else of compare imports it, and it imports a library only when it is given one of its objects.
"""

from compare.frames.marked import deduplicate

__all__ = ["deduplicate"]
