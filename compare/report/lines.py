"""JSON for programs that people look into: a line for each entry of a list that stands at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping


def in_lines(record: Mapping[str, object]) -> str:
    r"""A record as JSON, each key of it on a line, and each entry of its lists.

    >>> in_lines({"tool": {"name": "compare"}, "pairs": [{"a": 1}, {"a": 2}], "skipped": []})
    '{"tool":{"name":"compare"},\n"pairs":[\n{"a":1},\n{"a":2}\n],\n"skipped":[]}\n'
    """
    lines = ",\n".join(f"{_json(key)}:{_listed(value)}" for key, value in record.items())
    return f"{{{lines}}}\n"


def _listed(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_json, value)) + "\n]"
    return _json(value)


def _json(value: object) -> str:
    return msgspec.json.encode(value, enc_hook=str).decode()
