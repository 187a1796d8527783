"""How pages are made of templates: what comes from outside is escaped, and what is not given is an error."""

from __future__ import annotations

import jinja2


def environment_of(package: str) -> jinja2.Environment:
    """The templates that stand in a package."""
    return jinja2.Environment(
        autoescape=True,
        loader=jinja2.PackageLoader(package, "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def part_of(environment: jinja2.Environment, name: str) -> str:
    """A file of them as it stands, on a line of its own."""
    assert environment.loader is not None  # noqa: S101 - set where the environment is made
    return "\n" + environment.loader.get_source(environment, name)[0]
