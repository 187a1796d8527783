#!/usr/bin/env python3
"""Make `compare/data/settings.schema.json`, the JSON Schema of compare.toml, from the records of the settings.

    python3 tools/make_settings_schema.py compare/data/settings.schema.json

A setting's description is the string under it in the source, so that what an editor shows is what the code says.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from compare.jobs.config import DEFAULTS, MOST_WORKERS, PATHS, Options
from compare.settings import CHOICES, Settings, bounds

TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", tuple: "array"}


def descriptions(record: type) -> dict[str, str]:
    """What stands under each field of a record."""
    body = ast.parse(inspect.getsource(record)).body[0].body  # type: ignore[attr-defined]
    found = {}
    for item, under in pairwise(body):
        match item, under:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
    return found


def limits(key: str, default: object) -> dict[str, Any]:
    """What JSON Schema can say of a key's values."""
    if key in CHOICES:
        return {"enum": list(CHOICES[key])}
    if isinstance(default, bool):
        return {}
    if isinstance(default, int | float):
        least, most = (0, MOST_WORKERS) if hasattr(Options, key) else bounds(key)
        return {"minimum": least, "maximum": most}
    filled = {"pattern": r"\S"} if key in PATHS else {}
    return {"items": {"type": "string", **filled}} if isinstance(default, tuple) else filled


def schema() -> dict[str, Any]:
    """The whole schema."""
    said = descriptions(Options) | descriptions(Settings)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:compare:settings:1",
        "title": "compare.toml",
        "description": "Settings of `compare`: a file compare.toml, or the table [tool.compare] of a pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"description": said[key], "type": TYPES[type(default)], **limits(key, default), "default": default}
            for key, default in DEFAULTS.items()
        },
    }


def text() -> str:
    """The file's text."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), "utf-8")
