"""What a build can do."""

from __future__ import annotations

import pytest

from compare import kernels

compiled = pytest.mark.skipif(not kernels.COMPILED, reason="much text, for the plain Python reference")
"""For tests of much text or many processes: without compiled kernels they would take minutes."""
