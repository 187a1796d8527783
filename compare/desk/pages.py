"""The desk's own pages: where texts come in, the inbox, and what a program may ask."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.desk.api import OPENAPI
from compare.desk.corrected import entries
from compare.report.html import GENERATOR, policy
from compare.report.rendering import environment_of, part_of
from compare.terminal.corrections import sentence_of
from compare.wording.corrections import CORRECTIONS
from compare.wording.desk import DESK

if TYPE_CHECKING:
    import jinja2

    from compare.desk.desk import Desk
    from compare.model import Corrected


def desk_page(desk: Desk, *, has_inbox: bool) -> str:
    """The page at which one works."""
    script = part_of(_environment(), "desk.js")
    archives = [path.name for path in desk.ground.indexes]
    told = json.dumps(DESK["said"]).translate({ord("<"): "\\u003c"})
    return _render(
        "desk.html", script=script, archives=archives, has_inbox=has_inbox,
        told=Markup(told),  # noqa: S704  # our own words, as JSON without <
    )  # fmt: skip


def api_page() -> str:
    """What a program may ask, to read."""
    return _render("api.html", script="", operations=_operations(), kinds=_kinds())


def corrections_page(corrected: Corrected) -> str:
    """What was corrected between two versions, and who in the archives has which words."""
    sentence = sentence_of(corrected, asked=True)
    return _render(
        "corrections.html", script="", sentence_told=sentence, entries=entries(corrected), held=CORRECTIONS,
    )  # fmt: skip


def _operations() -> list[tuple[str, str, str]]:
    """Method, address and what it does."""
    paths: dict[str, Any] = OPENAPI["paths"]
    return [(verb.upper(), path, told["summary"]) for path, verbs in paths.items() for verb, told in verbs.items()]


def _kinds() -> list[tuple[str, str, list[tuple[str, bool]]]]:
    """Each kind of body: what it is, and its fields, with whether they are needed."""
    schemas: dict[str, Any] = OPENAPI["components"]["schemas"]
    return [
        (
            name,
            schema.get("description", ""),
            [(field, field in schema.get("required", ())) for field in schema.get("properties", {})],
        )
        for name, schema in schemas.items()
    ]


def _render(template: str, *, script: str, **values: object) -> str:
    style = part_of(_report(), "style.css") + part_of(_report(), "app.css") + part_of(_environment(), "desk.css")
    common = {
        "style": Markup(style),  # noqa: S704  # our own files, here and below
        "script": Markup(script),  # noqa: S704
        "policy": policy(style, script, is_live=True),
        "generator": GENERATOR,
        "says": DESK,
    }
    return _environment().get_template(template).render(**common, **values)


@cache
def _environment() -> jinja2.Environment:
    return environment_of("compare.desk")


@cache
def _report() -> jinja2.Environment:
    return environment_of("compare.report")
