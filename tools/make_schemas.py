#!/usr/bin/env python3
"""Bring the published schemas up to the closed lists: verdicts, kinds, marks, facts, and the numbers of a pair.

    python3 tools/make_schemas.py compare/data/report.schema.json compare/data/check.schema.json

What else a schema says is written by hand and stays as it is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from compare.model import QUOTATION
from compare.vocabulary import (
    NUMBERS,
    ChangeKind,
    ExtractionNote,
    Fact,
    HeadPart,
    Kind,
    LookReason,
    Mark,
    Move,
    PlaceUnit,
    QuoteState,
    Relation,
    Verdict,
)  # fmt: skip

LISTS = {
    "verdict": Verdict, "kind": Kind, "marks": Mark, "what": Fact, "relation": Relation, "part": HeadPart,
    "change_kind": ChangeKind, "change_what": [*Fact, *QuoteState, *HeadPart, *Move],
    "why": LookReason, "unit": PlaceUnit, "notes": ExtractionNote,
}  # fmt: skip
"""Keys whose values are words of a closed list, wherever they stand."""


def numbers() -> dict[str, dict[str, str]]:
    """What a schema says of each number of a pair that a comparison holds."""
    return {
        column: {"description": meaning, "$ref": "#/$defs/count" if number.is_count else "#/$defs/share"}
        for number in NUMBERS
        if not number.tally
        for column, meaning in zip(number.columns, number.meanings, strict=True)
    }


def _in_order(names: list[str], columns: list[str]) -> list[str]:
    """The names with all columns where the first of them stands."""
    at = names.index(columns[0])
    return [*names[:at], *columns, *(name for name in names[at:] if name not in columns)]


def mended(schema: Any, key: str = "") -> Any:  # noqa: ANN401  # any JSON
    """A schema with its lists and numbers from the tables."""
    if key == "required" and "jaccard" in schema:
        return _in_order(schema, list(numbers()))
    if isinstance(schema, list):
        return [mended(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    if key in LISTS and "enum" in schema.get("items", schema):
        words = schema.get("items", schema)
        listed = [word.value for word in LISTS[key]]
        words["enum"] = listed + [word for word in words["enum"] if word in {QUOTATION, None} - {*listed}]
    if "jaccard" in schema:
        values = schema | numbers()
        return {name: mended(values[name], name) for name in _in_order(list(schema), list(numbers()))}
    return {name: mended(value, name) for name, value in schema.items()}


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        schema = mended(json.loads(path.read_text("utf-8")))
        path.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", "utf-8")
