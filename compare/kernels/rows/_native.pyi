# Types of the compiled kernel; reference.py says what it returns.
from compare.kernels.rows.reference import PlainRows

def plain_rows(block: bytes, names: tuple[bytes, ...], limit: int) -> PlainRows: ...
