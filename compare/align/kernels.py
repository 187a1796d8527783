"""The aligner's hot loops: compiled where they were built, else the plain reference (`compare.kernels` says so)."""

from __future__ import annotations

from compare.align.reference import EVIDENCE, SCALE, Ground, Layout, Products, Rows

try:
    from compare.align._native import evidence, products, support
except ImportError:
    from compare.align.reference import evidence, products, support

    COMPILED = False
else:
    COMPILED = True

__all__ = ["COMPILED", "EVIDENCE", "SCALE", "Ground", "Layout", "Products", "Rows", "evidence", "products", "support"]
