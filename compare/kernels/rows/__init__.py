"""Plain rows of JSON lines: compiled where it was built, else none is (`compare.kernels` says so)."""

from __future__ import annotations

from compare.ending import is_memory
from compare.kernels.rows.reference import BLANK, CLOSE, PLAIN, SUSPECT, PlainRows

try:
    from compare.kernels.rows._native import plain_rows
except ImportError as error:
    if is_memory(error):  # the plain one would go on, and take longer
        raise MemoryError from error
    from compare.kernels.rows.reference import plain_rows

    COMPILED = False
else:
    COMPILED = True

__all__ = ["BLANK", "CLOSE", "COMPILED", "PLAIN", "SUSPECT", "PlainRows", "plain_rows"]
