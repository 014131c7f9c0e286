"""What tests do with a page in the browser."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from tests.conftest import PASSWORD, signed_in

WCAG_22_AA = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
# Axe adds styles of its own while it looks, and what the page's policy says to that is no fault of the page.
BEING_LOOKED_AT: set[Page] = set()
# Pages whose test takes the network away, which the browser notes in its console.
OFF_THE_NETWORK: set[Page] = set()
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


def follow(page: Page, control: Locator) -> None:
    """Press a link or a button that leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        control.click()


def axe(page: Page) -> None:
    """The page breaks no rule of WCAG 2.2, levels A and AA, that a machine can check, light or dark."""
    check(page, WCAG_22_AA)
    page.emulate_media(color_scheme="dark")
    check(page, CONTRAST)
    page.emulate_media(color_scheme="light")


IS_HERE = "typeof axe === 'object'"


def check(page: Page, rules: dict) -> None:
    BEING_LOOKED_AT.add(page)
    # Half a megabyte of script, which a page that is looked at twice has already.
    looking = Axe("null") if page.evaluate(IS_HERE) else Axe()
    found = looking.run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
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


# Each control in turn takes the focus as it does by Tab; those that do not show it, or are covered, are named.
OUT_OF_SIGHT = """() => {
    const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: false});
    const rings = element => {
        const look = getComputedStyle(element);
        return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
    };
    const marks = element => rings(element)
        || [...(element.labels || [])].some(rings)
        || (element.nextElementSibling && rings(element.nextElementSibling));
    const covered = element => {
        const boxes = [...element.getClientRects()].filter(box => box.width > 0 && box.height > 0);
        return boxes.every(box => {
            // The browser brings the cursor of a tall box into view, not all of the box.
            const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
            const [x, y] = [box.left + box.width / 2, (top + bottom) / 2];
            const seen = document.elementFromPoint(x, y);
            return !seen || !(element.contains(seen) || seen.contains(element)
                || [...(element.labels || [])].some(label => label.contains(seen)));
        });
    };
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
        .filter(element => element.type !== "hidden" && !element.disabled && shown(element))
        .filter(element => {
            element.focus();
            return document.activeElement !== element || !marks(element) || covered(element);
        })
        .map(element => element.outerHTML.slice(0, 120));
}"""


def focus_is_seen(page: Page) -> None:
    """Whatever takes the focus shows it, and nothing covers it."""
    page.keyboard.press("Tab")
    hidden = page.evaluate(OUT_OF_SIGHT)
    assert hidden == [], f"{page.url}: the focus is not seen on {hidden[:5]}"


def tab_to(page: Page, target: Locator, presses: int = 150) -> None:
    """Go to a control by Tab alone, as somebody without a mouse does."""
    for _ in range(presses):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} on {page.url} is not reached by Tab")
