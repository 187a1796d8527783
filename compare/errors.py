"""What can go wrong, and the exit code it ends with.

    CompareError                 2   the caller can mend it: one plain line, never a traceback
    ├── InputError               2   a path, a file, a row
    │   └── GivenError           2   in Python: of another type, or without such a column; a TypeError too
    ├── SettingsError            2   an option or a setting
    └── MissingExtraError        2   an optional package is not installed

Anything else that escapes is our bug and ends with 3; an interrupt ends with 130.
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_INPUT = 2
EXIT_BUG = 3
EXIT_INTERRUPTED = 130


class CompareError(Exception):
    """The base of every error that a caller can mend. Its text is one line: what failed, the value, what to do."""

    exit_code = EXIT_INPUT


class InputError(CompareError):
    """A path, a file or a row cannot be used."""


class GivenError(InputError, TypeError):
    """What Python handed over is of another type, or a table has no such column."""


class SettingsError(CompareError):
    """A setting has a value that it cannot have."""


class MissingExtraError(CompareError):
    """An optional package is needed and not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional package: pip install 'compare[{extra}]'")
