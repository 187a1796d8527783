"""Make `docs/reference/` of what the program itself says: commands from their help, settings and formats from schemas.

    python3 tools/make_reference.py docs/reference

The tests ask that the pages are the ones this makes.
"""

from __future__ import annotations

import json
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compare.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = {
    "report": "`reports/report.json`",
    "check": "`compare check --report json`",
    "evidence": "a pack of evidence",
}
MADE = "Made by `tools/make_reference.py`: do not edit."


def pages() -> dict[str, str]:
    """Each page by its file."""
    return {"commands.md": commands(), "settings.md": settings(), "formats.md": formats()}


def commands() -> str:
    """Every command with its help, and those below it."""
    told = [_command(names, command) for names, command in _commands(main, ())]
    return "\n".join(["# Commands", "", f"As `compare COMMAND --help` says it. {MADE}", "", *told])


def _commands(group: click.Group, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group, info_name=" ".join(("compare", *above)))
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        yield (*above, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*above, name))


def _command(names: tuple[str, ...], command: click.Command) -> str:
    called = " ".join(("compare", *names))
    context = click.Context(command, info_name=called, terminal_width=100, max_content_width=100,
                            help_option_names=["-h", "--help"])  # fmt: skip
    return f"## {called}\n\n```text\n{command.get_help(context)}\n```\n"


def settings() -> str:
    """Every setting with its default."""
    schema = _schema("settings")
    lines = [
        "# Settings",
        "",
        f"{schema['description']} {MADE}",
        "",
        "| setting | default | what it is |",
        "|---|---|---|",
    ]
    for name, told in schema["properties"].items():
        default = json.dumps(told.get("default", ""), ensure_ascii=False)
        lines.append(f"| `{name}` | `{default}` | {_cell(told.get('description', ''))} |")
    return "\n".join([*lines, ""])


def formats() -> str:
    """The fields of each published format, record by record."""
    lines = ["# Formats", "", f"What programs read; [what stays as it is](../compatibility.md). {MADE}", ""]
    for name, where in FORMATS.items():
        schema = _schema(name)
        lines += [
            f"## {schema['title']}",
            "",
            f"{where}; `compare/data/{name}.schema.json`. {schema['description']}",
            "",
        ]
        lines += _record("(the whole)", schema)
        for record, told in sorted(schema.get("$defs", {}).items()):
            lines += _record(record, told) if told.get("properties") else []
    return "\n".join(lines)


def _record(name: str, told: dict[str, Any]) -> list[str]:
    rows = [f"| `{field}` | {_type(value)} | {_cell(value.get('description', ''))} |"
            for field, value in told["properties"].items()]  # fmt: skip
    return [f"### {name}", "", *([told["description"], ""] if told.get("description") and name[0] != "(" else []),
            "| field | type | what it is |", "|---|---|---|", *rows, ""]  # fmt: skip


def _type(told: dict[str, Any]) -> str:
    """A type in a word or two; another record by its name."""
    if "$ref" in told:
        return str(told["$ref"]).rpartition("/")[2]
    if "const" in told:
        return f"`{json.dumps(told['const'])}`"
    kind = told.get("type", "string" if "enum" in told else "any")
    if kind == "array" and isinstance(told.get("items"), dict):
        return f"array of {_type(told['items'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        resources.files("compare.data").joinpath(f"{name}.schema.json").read_text("utf-8")
    )
    return schema


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for file, page in pages().items():
        (folder / file).write_text(page, "utf-8")
