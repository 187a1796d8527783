#!/usr/bin/env python3
"""Make `docs/api.md` from the docstrings of what `compare.__all__` names, so that the page says what the code says.

    python3 tools/make_api.py docs/api.md

The tests ask that the page is the one this makes.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

START = """# From Python

Made from the docstrings by `tools/make_api.py`; the examples are run by the tests. Everything here is typed. What the
words mean stands in the [glossary](glossary.md).

```python
>>> from pathlib import Path
>>> import compare
>>> from compare import Document, Index, Settings, check, deduplicate, pair, repeats, run
```
"""
FUNCTIONS = ("pair", "run", "check", "deduplicate", "repeats")


def page() -> str:
    """The whole page."""
    classes = sorted(set(compare.__all__) - set(FUNCTIONS))
    return "\n".join([START, *map(section, FUNCTIONS), *map(section, classes)])


def section(name: str) -> str:
    """What the page says of one name."""
    value = getattr(compare, name)
    if inspect.isclass(value):
        return "\n".join([f"## {name}\n", prose(value), *members(value)])
    return f"## {name}\n\n```text\n{signature(name, value)}\n```\n\n{prose(value)}\n"


def signature(name: str, value: object) -> str:
    """How a function is called, a parameter a line where it is long."""
    parameters = inspect.signature(value)  # type: ignore[arg-type]
    line = plain(f"{name}{parameters}")
    if len(line) <= 100:  # noqa: PLR2004
        return line
    shown = [plain(str(parameter)) for parameter in parameters.parameters.values()]
    named_only = next((at for at, one in enumerate(parameters.parameters.values()) if one.kind is one.KEYWORD_ONLY), -1)
    if named_only >= 0:
        shown.insert(named_only, "*")
    return f"{name}(\n" + "".join(f"    {line},\n" for line in shown) + f") -> {parameters.return_annotation}"


def plain(text: str) -> str:
    """Annotations without the quotes that they have as strings; defaults keep theirs."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)


def prose(value: object) -> str:
    """A docstring as Markdown: examples and what is raised are blocks of their own."""
    text = inspect.getdoc(value) or ""
    text = re.sub(r"(?ms)^(>>> .*?)(?=\n\n|\Z)", r"```python\n\1\n```", text)
    return re.sub(r"(?m)^Raises:\n((?:    .*(?:\n|\Z))+)", lambda found: f"Raises\n{bullets(found[1])}", text) + "\n"


def bullets(block: str) -> str:
    """The lines of `Raises:`, an error a bullet."""
    lines = [line[4:] for line in block.rstrip("\n").split("\n")]
    heads = (line.partition(":") for line in lines)
    return "\n" + "\n".join(f"- `{name}`:{rest}" if name[:1] != " " else name + rest for name, _, rest in heads)


def members(kind: type) -> Iterator[str]:
    """The fields of a record, the members of a closed list, then properties and methods: a bullet each."""
    if issubclass(kind, Enum):
        yield from (f"- `{member.name}` = `{member.value}`: {getattr(member, 'means', '')}" for member in kind)
    elif dataclasses.is_dataclass(kind):
        notes = documented(kind)
        for field in dataclasses.fields(kind):
            about = notes.get(field.name, "")
            yield f"- `{field.name}: {field.type}`" + (f": {about}" if about else "")
    for name, value in vars(kind).items():
        bare = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if name.startswith("_") or not (inspect.isfunction(bare) or isinstance(bare, property)):
            continue
        called = name if isinstance(bare, property) else plain(f"{name}{inspect.signature(bare)}")
        first = (inspect.getdoc(bare) or "").split("\n\n")[0].replace("\n", " ")
        yield f"- `{called}`: {first}"
    yield ""


def documented(kind: type) -> dict[str, str]:
    """What stands under each field of a record in the source."""
    found = re.findall(r'(?m)^    (\w+): [^\n]*\n    """(.*?)"""', inspect.getsource(kind), re.DOTALL)
    return {name: " ".join(text.split()) for name, text in found}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
