"""The whole way with the keyboard alone: notes are brought in, settled, approved, published and read."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests.browser.pages import axe, tab_to
from tests.conftest import PASSWORD

MADE_UP = Path(__file__).with_name("notes.txt")
REAL = Path(__file__).parents[4] / "shared" / "notes" / "monthly-assurance-meeting-2020-09.txt"
IS_REAL = pytest.mark.skipif(not REAL.exists(), reason=f"the real notes are not here: {REAL}")


@pytest.mark.parametrize("source", [MADE_UP, pytest.param(REAL, marks=IS_REAL)], ids=["made up", "real"])
def test_notes_go_from_a_text_to_the_public_by_the_keyboard_alone(window_of, source):
    officer, approver, public = window_of("nobody"), window_of("nobody"), window_of("nobody")
    come_in_by_keyboard(officer, "officer@office.example")
    meeting = bring_in(officer, source.read_text())
    check = f"/office/meetings/{meeting.pk}/check/"
    officer.goto(check)
    press(officer, "Send for approval")
    come_in_by_keyboard(approver, "approver@office.example")
    approver.goto(check)
    press(approver, "Approve these notes")
    expect(approver.get_by_role("alert")).to_contain_text("Approved")
    officer.goto(check)
    press(officer, "Publish these notes")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Notes published")
    link = officer.get_by_role("link", name="View the public page")
    tab_to(officer, link)
    public.goto(f"{link.get_attribute('href').split('#')[0]}#2.1.2")
    paragraph = public.locator("[id='2.1.2']")
    expect(paragraph).to_be_in_viewport()
    expect(paragraph.get_by_text("You were sent to this paragraph")).to_be_visible()
    expect(public.get_by_text("None.").first).to_be_visible()
    axe(public)


def come_in_by_keyboard(page: Page, email: str) -> None:
    page.goto("/office/sign-in/")
    tab_to(page, page.get_by_label("E-mail"))
    page.keyboard.type(email)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def press(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name)
    tab_to(page, button)
    page.keyboard.press("Enter")


def bring_in(page: Page, text: str) -> Meeting:
    """Paste a text, leave what does not add up as in the original, and make the draft."""
    before = set(Meeting.objects.values_list("pk", flat=True))
    page.goto("/office/import/")
    tab_to(page, page.get_by_label("Text of the notes"))
    page.keyboard.insert_text(text)
    tab_to(page, page.get_by_label("No", exact=True))
    page.keyboard.press("ArrowDown")
    press(page, "Read these notes")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look over what was understood")
    for finding in page.locator(".finding").all():
        leave_in_doubt(page, finding)
    press(page, "Make the draft")
    expect(page.get_by_role("alert")).to_contain_text("is a draft now")
    return Meeting.objects.exclude(pk__in=before).get()


def leave_in_doubt(page: Page, finding) -> None:
    """Choose "Leave it as in the original, in doubt" with the arrows, and say so to the public."""
    doubt = finding.get_by_label("Leave it as in the original, in doubt")
    tab_to(page, finding.locator("input:checked"))
    while not doubt.is_checked():
        page.keyboard.press("ArrowUp")
    tab_to(page, finding.get_by_label("Note for the public"))
    page.keyboard.type("So in the original.")
