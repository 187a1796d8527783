"""Runs the code of a notebook in this process, and says what each cell prints: no kernel, no server."""

from __future__ import annotations

import ast
import io
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def outputs_of(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each cell of code with what it prints, and the value of its last line if it has one, as Jupyter shows both."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            yield cell, printed("".join(cell["source"]), names)


def printed(source: str, names: dict[str, Any]) -> str:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(io.StringIO()) as out:
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102  # our own notebooks
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307  # likewise
            if value is not None:
                print(repr(value))  # noqa: T201  # into `out`
    return out.getvalue()


def recorded(cell: dict[str, Any]) -> str:
    """What stands under a cell."""
    texts = (part["text"] if "text" in part else part["data"]["text/plain"] for part in cell["outputs"])
    return "".join("".join(text) for text in texts).rstrip("\n") + "\n" * bool(cell["outputs"])
