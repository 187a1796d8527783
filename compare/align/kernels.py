"""The aligner's hot loops: compiled where they were built, else the plain reference (`compare.kernels` says so)."""

from __future__ import annotations

from compare.align.reference import EVIDENCE, SCALE, Layout, Products, Rows

try:
    from compare.align._native import evidence, products, support
except ImportError:
    from compare.align.reference import evidence, products, support

__all__ = ["EVIDENCE", "SCALE", "Layout", "Products", "Rows", "evidence", "products", "support"]
