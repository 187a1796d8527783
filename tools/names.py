#!/usr/bin/env python3
"""Count the locals of `compare/` that say nothing of what they hold, and fail where they are more than 5 %.

    python3 tools/names.py               # each room's share
    python3 tools/names.py --list ROOM   # file:line name of those in one room (`align`, `ending.py`)

A local is a name that a function, a lambda or a comprehension binds: a parameter, or the target of an assignment, a
`for`, a `with`, an `except`, a walrus, a pattern. A scope counts a name once, and `self`, `cls` and `_` never. Only the
bare word is empty: `found_pairs` says what was found.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 0.05
EMPTY = frozenset(
    "found one said told done held other here there mine theirs known thing stuff data tmp res val".split()  # noqa: SIM905
)
UNCHOSEN = frozenset({"self", "cls", "_"})
"""Names that a convention gives."""
WORST = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Scope = Function | Comprehension | ast.ClassDef


class Local(NamedTuple):
    """A name, where its scope binds it first."""

    line: int
    name: str


def locals_of(source: str) -> list[Local]:
    """The locals of all functions, lambdas and comprehensions, in the order of the file."""
    scopes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, Function | Comprehension))
    return sorted(local for scope in scopes for local in _bound_in(scope))


def _bound_in(scope: Function | Comprehension) -> list[Local]:
    first: dict[str, int] = {}
    outer = set(UNCHOSEN)
    for node in _nodes(scope):
        if isinstance(node, ast.Global | ast.Nonlocal):
            outer.update(node.names)
        for name in _names(node):
            line = getattr(node, "lineno", scope.lineno)
            first[name] = min(first.get(name, line), line)
    return [Local(line, name) for name, line in first.items() if name not in outer]


def _nodes(scope: Function | Comprehension) -> Iterator[ast.AST]:
    """What binds names in a scope: its parameters, and its body without the scopes inside it but for their walruses."""
    if isinstance(scope, Comprehension):
        for generator in scope.generators:
            yield from ast.walk(generator.target)
        return
    yield from ast.walk(scope.args)
    waiting: list[ast.AST] = [scope.body] if isinstance(scope, ast.Lambda) else list(scope.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Comprehension):
            yield from _walruses(node)
        elif not isinstance(node, Scope):
            yield node
            waiting += ast.iter_child_nodes(node)


def _walruses(comprehension: Comprehension) -> Iterator[ast.Name]:
    """A walrus in a comprehension binds in the function around it."""
    return (node.target for node in ast.walk(comprehension) if isinstance(node, ast.NamedExpr))


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return [name]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return [name]
        case ast.MatchMapping(rest=str(name)):
            return [name]
    return []


def empty(names: Sequence[Local]) -> list[Local]:
    r"""Those that say nothing.

    >>> empty(locals_of("def f(found, found_pairs):\n    one = found"))
    [Local(line=1, name='found'), Local(line=2, name='one')]
    """
    return [local for local in names if local.name in EMPTY]


def row(title: str, files: Sequence[Sequence[Local]]) -> str:
    """The count of some files, in a line."""
    bare, total = sum(len(empty(names)) for names in files), sum(map(len, files))
    return f"{title:<20}{bare:>6,} of {total:>6,}{bare / max(total, 1):>8.1%}"


def main(arguments: Sequence[str], package: Path) -> int:
    """Print the counts; 1 where the share of all is above 5 %."""
    files = {path.relative_to(package): locals_of(path.read_text("utf-8")) for path in sorted(package.rglob("*.py"))}
    rooms = defaultdict(dict)
    for path, names in files.items():
        rooms[path.parts[0]][path] = names
    if arguments[:1] == ["--list"]:
        for path, names in rooms[arguments[1]].items():
            print(*(f"{package.name}/{path}:{line} {name}" for line, name in empty(names)), sep="\n")
        return 0
    for room, inside in rooms.items():
        print(row(room, list(inside.values())))
    print(row("all", list(files.values())))
    if sum(map(len, map(empty, files.values()))) <= MOST * sum(map(len, files.values())):
        return 0
    print(f"More than {MOST:.0%} of the locals say nothing of what they hold; the worst files:")
    for path in sorted(files, key=lambda path: -len(empty(files[path])))[:WORST]:
        print(row(str(path), [files[path]]))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent.parent / "compare"))
