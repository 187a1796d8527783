"""Chromium for the tests of the report's pages: started once a file, its page left and the report opened each time."""

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


@pytest.fixture(scope="module")
def shared(browser: Browser, seeds_report: Path) -> Iterator[Reader]:
    """One page for all that look at the report of `seeds/`: a new one takes longer than opening the report."""
    yield from reading(browser, seeds_report)


@pytest.fixture
def reader(shared: Reader) -> Reader:
    shared.afresh()
    return shared
