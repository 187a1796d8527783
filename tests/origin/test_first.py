from __future__ import annotations

from dataclasses import replace

import pytest

from compare.model import Document
from compare.origin.first import first_of


def dated(day: str, origin: str = "field") -> Document:
    return Document(day, "", published=day, published_from=origin)


@pytest.mark.parametrize(
    ("a", "b", "side"),
    [
        ("2020-01-05", "2020-01-07", "a"),
        ("2020-01-07", "2020-01-05T23:00", "b"),
        ("2020-01-05", "2020-01-06", ""),
        ("2020-01-05T09:00", "2020-01-06T21:00", ""),
        ("2020-01-05T00:00+00:00", "2020-01-06T00:00+00:00", ""),
        ("2020-01", "2020-02-01", ""),
        ("2020-01-05", "2020-01-05", ""),
        ("2020-01-05", "2020-01-05T08:00", ""),
        ("2020-01-05T09:00", "2020-01-05T08:00", ""),
        ("2020-01-05T09:00+00:00", "2020-01-05T08:00+00:00", "b"),
        ("2020-01-05T09:00+02:00", "2020-01-05T08:00+00:00", "a"),
        ("2020-01", "2020-01-07", ""),
        ("2020-01", "2020-02-07", "a"),
        ("2021", "2020-02-07", "b"),
        ("2020-01-05", "", ""),
        ("Tuesday", "2020-01-05", ""),
    ],
)
def test_the_earlier_side_is_told_only_where_both_dates_say_so(a: str, b: str, side: str) -> None:
    assert first_of(dated(a), dated(b)).side == side
    assert first_of(dated(b), dated(a)).side == {"a": "b", "b": "a", "": ""}[side]


def test_the_date_of_an_update_decides_nothing() -> None:
    assert first_of(dated("2020-01-05", "update line"), dated("2020-01-07")).side == ""
    assert "2020-01-05 (field) is before" in first_of(dated("2020-01-05"), replace(dated("2020-01-07"))).why
