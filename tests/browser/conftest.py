"""A real browser before a real server.

`page` is a fresh Chromium window on the live server, as the public sees it; a test that leaves an error
in its console, a script that was refused or a file that was not found, fails. `pages.py` has what tests do with it.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import BEING_LOOKED_AT, OFF_THE_NETWORK

HERE = Path(__file__).parent
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

IN_BRITAIN = {"locale": "en-GB", "timezone_id": "Europe/London"}


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Chromium without a window does half the work.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


def find_chromium() -> str:
    names = [os.environ.get("CHROMIUM"), *NAMES]
    return next((path for name in names if name and (path := shutil.which(name))), "")


@pytest.fixture(scope="session")
def chromium(playwright):
    """One browser for all tests; each test has windows of its own."""
    path = find_chromium()
    if not path:
        pytest.fail("Chromium is missing; `make setup` with --tests installs it (bin/setup --tests).")
    browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
    yield browser
    browser.close()


def watch(page: Page, faults: list[str]) -> None:
    """Note what goes wrong on a page behind the reader's back."""

    def on_console(message):
        if page in BEING_LOOKED_AT or (page in OFF_THE_NETWORK and "net::ERR_" in message.text):
            return
        # A page that is meant to be a 404 says so here as well; files are watched below.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            faults.append(f"{page.url}: {message.text}")

    def on_response(response):
        if response.status >= 400 and response.request.resource_type in {
            "stylesheet",
            "script",
            "image",
            "font",
        }:
            faults.append(f"{page.url}: {response.url} answered {response.status}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("response", on_response)


@pytest.fixture
def address(live_server) -> str:
    """Where the server of a test is."""
    return live_server.url


@pytest.fixture
def new_page(chromium: Browser, address):
    """Make windows that share nothing: `new_page()`, or with Playwright's options for a context."""
    contexts, faults = [], []

    def make(**options) -> Page:
        context = chromium.new_context(**{"base_url": address} | IN_BRITAIN | options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, faults)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(new_page) -> Page:
    return new_page()
