"""A Chromium with a profile that outlives it, so that it can be killed and opened again."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page, Playwright

from tests.browser.conftest import SWITCHES, find_chromium

PATIENCE = 60


class Chromium:
    """One person's browser. `page` is the window that opens with it."""

    def __init__(self, playwright: Playwright, profile: Path):
        self.playwright, self.profile = playwright, profile
        self.process, self.browser, self.page = None, None, None

    def start(self, cookie: dict) -> Page:
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                find_chromium(),
                "--headless",
                f"--user-data-dir={self.profile}",
                "--remote-debugging-port=0",
                *SWITCHES,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{first_line(port)}")
        context = self.browser.contexts[0]
        context.add_cookies([cookie])
        self.page = context.new_page()
        return self.page

    def kill(self) -> None:
        """End every one of its processes at once; nothing is told to the page, and nothing is written any more."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def put_away(self) -> None:
        """Let go of what was killed."""
        with suppress(Error):
            self.browser.close()


def first_line(file: Path) -> str:
    """What the browser writes once it listens: its port."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError):
            if lines := file.read_text().splitlines():
                return lines[0]
        time.sleep(0.02)
    raise AssertionError("Chromium did not start")
