"""Fixtures of the journeys: one browser and one world for each file."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.stage import FLAGS, World, world as build_world
from tripoint.base.embedded_postgres import Servers

# What is waited for comes later on a busy machine; nothing waits longer than it must.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Generator[Browser]:
    """The browser; each journey opens a page of its own.

    It ends with the file: while it runs, this thread has a running event loop, in which other tests cannot begin one.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def world(database: Servers) -> Generator[World]:
    """The invented world of one file of journeys."""
    with build_world(database) as world:
        yield world
