"""`compare config`: the settings that hold here, and where each came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from compare.cli.options import configured, files, set_option
from compare.jobs.config import DEFAULTS
from compare.wording.escape import shown, utf8_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDEST = 48  # characters of a line up to which comments stand under each other


@click.command("config")
@click.argument("path", default="", metavar="[PATH]", shell_complete=files)
@click.option("--origin", is_flag=True, help="Say where each value came from.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of compare.toml instead.")
@set_option
def command(path: str, *, origin: bool, schema: bool, changes: tuple[str, ...]) -> None:
    """Print the settings that hold for PATH (for the current folder, if not given).

    They come from, the stronger one last: the defaults; `compare.toml`, or [tool.compare] in `pyproject.toml`, the
    nearest to PATH up to its repository; variables such as COMPARE_SHINGLE; options and --set. What is printed can be
    saved as compare.toml in the current folder.
    """
    if schema:
        click.echo(published_schema(), nl=False)
        return
    chosen = configured((path,), changes)
    click.echo(toml({key: chosen.value(key) for key in DEFAULTS}, chosen.origins if origin else {}), nl=False)


def published_schema() -> str:
    """The JSON Schema of compare.toml, as it is shipped."""
    from importlib import resources  # noqa: PLC0415  # for this option alone

    return resources.files("compare.data").joinpath("settings.schema.json").read_text("utf-8")


def toml(values: Mapping[str, object], origins: Mapping[str, str]) -> str:
    """Settings as TOML, one a line; with origins, each with its own as a comment.

    >>> print(toml({"shingle": 4, "paths": ("a b",)}, {"shingle": "compare.toml"}), end="")
    shingle = 4      # compare.toml
    paths = ["a b"]
    """
    lines = {key: f"{key} = {_literal(value)}" for key, value in values.items()}
    wide = max((len(line) for line in lines.values() if len(line) <= _WIDEST), default=0)
    noted = {key: f"{line:{wide}}  # {shown(origins[key])}" for key, line in lines.items() if key in origins}
    return "".join(f"{line}\n" for line in (lines | noted).values())


def _literal(value: object) -> str:
    """A value as TOML writes it."""
    from compare.wording.escape import quoted  # noqa: PLC0415  # for this command alone

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return repr(value) if isinstance(value, int | float) else quoted(utf8_name(str(value)))
