# Types of the compiled kernels; compare/align/reference.py says what each returns.
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from compare.align.grams import Grams
from compare.align.reference import Layout, Products, Rows

I64: TypeAlias = NDArray[np.int64]
I32: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.uint8]

def products(a: Grams, b: Grams, sizes: tuple[int, int], isf: I64, damped: I64) -> Products: ...
def support(a: Rows, b: Rows, weights: I64, width: int) -> I64: ...
def evidence(
    a: Layout, b: Layout, weights: I64, content: Flags, cells: tuple[I32, Flags], boxes: I64, runs: I64
) -> I64: ...
