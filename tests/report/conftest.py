"""Chromium for the tests of the report's pages: started once a file, the report of `seeds/` opened afresh each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import Reader, launched, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture
def reader(browser: Browser, seeds_report: Path) -> Iterator[Reader]:
    yield from reading(browser, seeds_report)
