"""What `.gitignore` files say, each for its own folder and what is below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.sources.regular import UnreadableError, read_regular

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_LIMIT = 1 << 20


class Rules(NamedTuple):
    """One `.gitignore`: the folder it stands in (relative to the input, ending in `/` or empty) and its patterns."""

    base: str
    spec: GitIgnoreSpec


def rules_in(folder: str, base: str) -> tuple[Rules, ...]:
    """The rules of a folder's own `.gitignore`, or none."""
    try:
        data = read_regular(f"{folder}/.gitignore", _LIMIT, follow=False)
    except UnreadableError:
        return ()
    return (Rules(base, _compiled(data.decode("utf-8", "surrogateescape").splitlines())),)


def ignored(path: str, rules: tuple[Rules, ...]) -> bool:
    """Whether the first of `rules` (innermost first) that speaks of `path` (a folder ends in `/`) leaves it out."""
    for base, spec in rules:
        said = spec.check_file(path[len(base) :]).include
        if said is not None:
            return bool(said)
    return False


def _compiled(lines: list[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where there is a .gitignore

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - as above

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
