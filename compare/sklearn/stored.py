"""Estimators as JSON, and back: their parameters, and the texts that they were fitted on. Never pickle."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import msgspec

from compare.errors import CompareError, InputError
from compare.index.schema import HASHES
from compare.settings import Settings

SCHEMA = "compare-estimator/1"
_SETTINGS = "settings"
_CLASSES: dict[str, type[Stored]] = {}


class Stored:
    """An estimator that `to_json` writes and `from_json` reads. A new one is known by its class's name."""

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401  # whatever a base takes
        super().__init_subclass__(**options)
        if not cls.__name__.startswith("_"):  # what only others are made of
            _CLASSES.setdefault(cls.__name__, cls)

    def to_json(self) -> str:
        """The estimator as JSON: its parameters, and if it is fitted the texts it was fitted on. The same bytes always.

        `from_json` fits it again on them, with the same labels. Signatures and fingerprints are of a version of the
        hashes, `hashes`, which is written too.
        """
        parameters: dict[str, Any] = self.get_params(deep=False)  # type: ignore[attr-defined]  # of BaseEstimator
        settings = parameters.get(_SETTINGS)
        if isinstance(settings, Settings):
            parameters[_SETTINGS] = asdict(settings)
        record = {
            "schema": SCHEMA, "estimator": type(self).__name__, "hashes": HASHES, "parameters": parameters,
            "texts": getattr(self, "texts_", None),
        }  # fmt: skip
        return msgspec.json.encode(record, order="sorted").decode()


class _Record(msgspec.Struct, forbid_unknown_fields=True):
    schema: str
    estimator: str
    hashes: int
    parameters: dict[str, Any]
    texts: list[str] | None


def from_json(text: str | bytes) -> Any:  # noqa: ANN401  # one of several classes
    """The estimator that `to_json` wrote, fitted again on its texts if it was fitted.

    >>> from compare.sklearn import MinHashVectorizer
    >>> from_json(MinHashVectorizer(permutations=64).to_json())
    MinHashVectorizer(permutations=64)

    Raises:
        InputError: it is none, or of another version; one plain line.
    """
    try:
        record = msgspec.json.decode(text, type=_Record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no estimator of compare: {str(error).splitlines()[0][:200]}") from None
    if record.schema != SCHEMA or record.hashes != HASHES:
        what = f"{record.schema[:40]!r}, hashes {record.hashes}"
        raise InputError(f"an estimator of {what}; this version reads {SCHEMA!r}, hashes {HASHES}: make it anew")
    estimator = _made(record)
    return estimator if record.texts is None else estimator.fit(record.texts)


def _made(record: _Record) -> Any:  # noqa: ANN401  # as above
    kind = _CLASSES.get(record.estimator)
    if kind is None:
        raise InputError(f"no estimator is called {record.estimator[:40]!r}; they are {', '.join(sorted(_CLASSES))}")
    parameters = record.parameters
    try:
        if isinstance(stored := parameters.get(_SETTINGS), dict):
            known = {field.name for field in fields(Settings)}
            if unknown := sorted(stored.keys() - known):
                raise InputError(f"a setting is called {unknown[0][:40]!r}; there is none")
            parameters = parameters | {_SETTINGS: Settings(**stored)}
        return kind(**parameters)
    except CompareError:
        raise
    except TypeError:
        raise InputError(f"a parameter that {record.estimator} has not; it was written by another version") from None
