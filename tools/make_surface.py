"""Record what a version promises: commands with their options, exit codes, Python names, fields of published formats.

    python tools/make_surface.py tests/recorded/0.1.json

The promise is docs/compatibility.md; `tests/test_compatibility.py` holds each recorded version against the sources.
"""

from __future__ import annotations

import inspect
import json
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import compare
from compare import errors
from compare.cli import main
from compare.jobs.findings import CLUSTER_COLUMNS, PAIR_COLUMNS
from compare.settings import Settings

FORMATS = ("report", "check", "evidence", "settings")


def surface() -> dict[str, Any]:
    """All of it, as JSON holds it."""
    return {
        "commands": {name: _parameters(name) for name in main.list_commands(_context())},
        "exits": {name: value for name, value in vars(errors).items() if name.startswith("EXIT_")},
        "names": {name: _arguments(getattr(compare, name)) for name in compare.__all__},
        "columns": {"pairs.csv": PAIR_COLUMNS, "clusters.csv": CLUSTER_COLUMNS},
        "settings": sorted(Settings().as_dict()),
        "formats": {name: _format(name) for name in FORMATS},
    }


def _context() -> Any:  # noqa: ANN401  # click's
    return main.make_context("compare", ["config"], resilient_parsing=True)


def _parameters(name: str) -> list[str]:
    """The options of a command, and of those below it with their names."""
    command = main.get_command(_context(), name)
    below = getattr(command, "commands", {})
    return sorted({*_options(command), *(f"{one} {option}" for one in below for option in _options(below[one]))})


def _options(command: Any) -> list[str]:  # noqa: ANN401  # click's
    options = [one for one in command.params if one.param_type_name == "option"]
    return [spelled for option in options for spelled in (*option.opts, *option.secondary_opts)]


def _arguments(value: Any) -> list[str]:  # noqa: ANN401  # whatever has a name
    """The names of what it is called with; of an enumeration its values."""
    if hasattr(value, "__members__"):
        return [member.value for member in value]
    return [] if inspect.isclass(value) and issubclass(value, Exception) else [*inspect.signature(value).parameters]


def _format(name: str) -> dict[str, Any]:
    """Its identifier, and the fields of each of its records with their types."""
    schema = json.loads(resources.files("compare.data").joinpath(f"{name}.schema.json").read_text("utf-8"))
    records = {"": schema, **schema.get("$defs", {})}
    return {"id": schema.get("$id", ""), "records": {record: _fields(told) for record, told in sorted(records.items())}}


def _fields(record: dict[str, Any]) -> dict[str, str]:
    properties = record.get("properties", {})
    return {name: json.dumps(told.get("type", told.get("$ref", ""))) for name, told in properties.items()}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(surface(), indent=1, sort_keys=True) + "\n", "utf-8")
