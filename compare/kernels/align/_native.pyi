# Types of the compiled kernels; compare/align/reference.py says what each returns.
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from compare.kernels.align.grams import Grams
from compare.kernels.align.reference import Bag, Forest, Ground, Layout, Products, SentenceWords

I64: TypeAlias = NDArray[np.int64]
F64: TypeAlias = NDArray[np.float64]

def products(a: Grams, b: Grams, sizes: tuple[int, int], isf: I64, damped: I64) -> Products: ...
def support(a: SentenceWords, b: SentenceWords, weights: I64, width: int) -> I64: ...
def evidence(a: Layout, b: Layout, ground: Ground, boxes: I64) -> I64: ...
def leaves(forest: Forest, table: F64) -> F64: ...
def agreement(a: Bag, b: Bag, rare: float) -> F64: ...
