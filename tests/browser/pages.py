"""What tests do with a page in the browser."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.conftest import PASSWORD, signed_in

WCAG_22_AA = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
# Axe adds styles of its own while it looks, and what the page's policy says to that is no fault of the page.
BEING_LOOKED_AT: set[Page] = set()
NARROW = {"width": 320, "height": 640}

STICKING_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(element => element.outerHTML.slice(0, 120))"""


def sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    """Sign in as people do, by the form."""
    page.goto("/office/sign-in/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("[name=password]")).to_have_count(0)


def come_in(page: Page, user: User) -> None:
    """Be signed in already, where signing in is not what the test is about."""
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "path": session["path"], "domain": "localhost"}
    page.context.add_cookies([cookie])


def axe(page: Page) -> None:
    """The page breaks no rule of WCAG 2.2, levels A and AA, that a machine can check, light or dark."""
    check(page, WCAG_22_AA)
    page.emulate_media(color_scheme="dark")
    check(page, CONTRAST)
    page.emulate_media(color_scheme="light")


def check(page: Page, rules: dict) -> None:
    BEING_LOOKED_AT.add(page)
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    BEING_LOOKED_AT.discard(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def no_sideways_scroll(page: Page) -> None:
    """On a screen 320 pixels wide, everything is read by scrolling down alone."""
    usual = page.viewport_size
    page.set_viewport_size(NARROW)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    sticking_out = page.evaluate(STICKING_OUT) if wide > 0 else []
    page.set_viewport_size(usual)
    assert wide <= 0, f"{page.url} is {wide} pixels too wide: {sticking_out[:5]}"
