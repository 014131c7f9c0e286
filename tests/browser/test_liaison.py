"""A liaison's whole way, with the keyboard alone and on a telephone: from signing in to reading what was decided."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import Page, expect

from actions import services
from actions.models import Evidence, State
from tests.actions import files
from tests.actions.conftest import a_meeting, make_office, promise
from tests.browser.pages import NARROW, axe, focus_is_seen, no_sideways_scroll, sign_in, tab_to


def reach(page: Page, role: str, name: str) -> None:
    """Go to a control by Tab and press it."""
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    page.keyboard.press("Enter")


def choose(page: Page, answer: str) -> None:
    """Answer a question of several choices as the keyboard does: Tab to it, arrows to the answer, Space."""
    wanted = page.get_by_label(answer, exact=True)
    group = page.locator(f"[name='{wanted.get_attribute('name')}']")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == wanted.get_attribute("name"):
            break
    for _ in range(group.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    assert wanted.is_checked(), answer


def look(page: Page) -> None:
    axe(page)
    no_sideways_scroll(page)
    focus_is_seen(page)
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")


def test_a_liaison_asks_for_a_date_shows_evidence_and_asks_to_close(
    transactional_db, settings, tmp_path, page, liaison, approver
):
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"
    settings.SECOND_FACTOR = False
    office, today = make_office(), timezone.localdate()
    meeting = a_meeting(office.monthly, today - dt.timedelta(days=30))
    action = promise(meeting, office.cc, due_on=today - dt.timedelta(days=3))
    services.give_references(meeting)
    action.refresh_from_db()
    page.set_viewport_size(NARROW)

    sign_in(page, liaison)
    expect(page.get_by_role("heading", name="Your actions", level=1)).to_be_visible()
    expect(page.get_by_text("1 action waits for you.")).to_be_visible()
    look(page)
    reach(page, "link", f"Answer {action.reference}")
    expect(page.get_by_text("Overdue by 3 days")).to_be_visible()
    look(page)

    # Another date, first without saying which: nothing that was typed is lost.
    reach(page, "link", "Add an update")
    tab_to(page, page.get_by_label("Update", exact=True))
    page.keyboard.type("The analyst is ill until the end of the month")
    choose(page, "Not yet. Ask for another date")
    look(page)
    reach(page, "button", "Save update")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Update", exact=True)).to_have_value(
        "The analyst is ill until the end of the month"
    )
    look(page)
    choose(page, "On another date")
    for part in ("13", "january", str(today.year + 2)):
        page.keyboard.press("Tab")
        page.keyboard.type(part)
    reach(page, "button", "Save update")
    expect(page.get_by_text("It waits for the office’s decision")).to_be_visible()

    services.keep_date(action, by=approver, reason="The figures are needed for the budget")
    page.goto("/office/")
    expect(page.get_by_text("The figures are needed for the budget")).to_be_visible()
    look(page)

    # Done, with a picture that is none, then with one that is.
    reach(page, "link", f"Answer {action.reference}")
    reach(page, "link", "Add an update")
    tab_to(page, page.get_by_label("Update", exact=True))
    page.keyboard.type("The figures were sent")
    choose(page, "Yes. Ask to close this action")
    chosen = page.get_by_label("Evidence (optional)")
    chosen.set_input_files({"name": "figures.png", "mimeType": "image/png", "buffer": b"<svg/>"})
    reach(page, "button", "Save update")
    expect(page.locator(".error-summary")).to_contain_text("“figures.png” is not a PDF")
    expect(page.get_by_label("Update", exact=True)).to_have_value("The figures were sent")
    expect(page.get_by_label("Yes. Ask to close this action")).to_be_checked()
    look(page)
    chosen.set_input_files({"name": "figures.png", "mimeType": "image/png", "buffer": files.png()})
    reach(page, "button", "Save update")
    expect(page.get_by_text("You asked to close this action")).to_be_visible()
    look(page)
    action.refresh_from_db()
    assert (action.state, Evidence.objects.get().name) == (State.PROPOSED, "figures.png")
    with page.expect_download() as saving:
        tab_to(page, page.locator(".evidence").get_by_role("link", name="figures.png"))
        page.keyboard.press("Enter")
    assert saving.value.suggested_filename == "figures.png"

    services.close(action, by=approver, reason="The figures were received")
    page.goto("/office/")
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    expect(page.get_by_text("The figures were received")).to_be_visible()
    look(page)
