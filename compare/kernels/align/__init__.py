"""The aligner's hot loops: compiled where they were built, else the plain reference (`compare.kernels` says so)."""

from __future__ import annotations

from compare.ending import is_memory
from compare.kernels.align.reference import (
    EVIDENCE,
    SCALE,
    Agreement,
    Bag,
    Forest,
    Ground,
    Layout,
    Products,
    SentenceWords,
)

try:
    from compare.kernels.align._native import agreement, evidence, leaves, products, support
except ImportError as error:
    if is_memory(error):  # the plain ones would go on, and take for ever
        raise MemoryError from error
    from compare.kernels.align.reference import agreement, evidence, leaves, products, support

    COMPILED = False
else:
    COMPILED = True

__all__ = [
    "COMPILED", "EVIDENCE", "SCALE", "Agreement", "Bag", "Forest", "Ground", "Layout", "Products", "SentenceWords",
    "agreement", "evidence", "leaves", "products", "support",
]  # fmt: skip
