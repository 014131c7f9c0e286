"""Rearranging the record in a browser: by the keyboard alone, without scripts, and with Undo where one is."""

import pytest
from playwright.sync_api import expect

from meetings import services
from meetings.models import Attendance
from tests.browser.pages import axe, come_in, follow, no_sideways_scroll
from tests.browser.test_minutes import leadership, record  # noqa: F401


@pytest.fixture
def minuted(leadership):  # noqa: F811
    """Two entries: a question with its answer, and another question."""
    pcc, cc = Attendance.objects.get(abbreviation="PCC"), Attendance.objects.get(abbreviation="CC")
    asked = [
        ("question", "asked why.", pcc),
        ("answer", "said that it rained. It had not rained before.", cc),
    ]
    for said in [asked, [("question", "asked how long.", pcc)]]:
        spoken = [services.Spoken(kind, text, who, lead=who.printed) for kind, text, who in said]
        services.add_exchange(leadership, spoken, by=None)
    return leadership


@pytest.fixture
def page_of_item(minuted, officer, new_page):
    """The item's page, with scripts or without."""

    def open_it(**options):
        page = new_page(**options)
        come_in(page, officer)
        page.goto(minuted.get_absolute_url())
        return page

    return open_it


def press(page, control):
    """Reach a control with Tab, and press it."""
    control.focus()
    page.keyboard.press("Enter")


def test_an_entry_is_joined_and_taken_apart_by_the_keyboard_alone(minuted, page_of_item):
    page, before = page_of_item(), record(minuted)
    press(page, page.get_by_role("link", name="More for 1.2"))
    press(page, page.get_by_role("button", name="Join 1.2 with the entry before"))
    expect(page.get_by_role("alert")).to_contain_text("Entry 1.2 joined with entry 1.1")
    expect(page.get_by_role("alert")).to_be_focused()
    assert len(record(minuted)) == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Undone")
    assert record(minuted) == before


def test_what_somebody_said_is_split_at_the_cursor(minuted, page_of_item):
    page = page_of_item()
    page.get_by_role("link", name="More for 1.1").click()
    page.get_by_role("link", name="Split, join or move its parts").click()
    page.get_by_role("link", name="Split in two").last.click()
    box = page.get_by_label("What was said")
    box.press("Control+Home")
    for _ in range(len("said that it rained. ")):
        box.press("ArrowRight")
    page.get_by_role("button", name="Split at the cursor").click()
    expect(box).to_be_focused()
    box.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Split in entry 1.1")
    assert record(minuted)[0][1:] == ["said that it rained.", "It had not rained before."]


def test_the_record_is_rearranged_without_scripts(minuted, page_of_item):
    page, before = page_of_item(java_script_enabled=False), record(minuted)
    page.get_by_role("link", name="More for 1.1").click()
    page.get_by_role("link", name="Split, join or move its parts").click()
    page.get_by_role("button", name="Start a new entry here").click()
    assert record(minuted) == [["asked why."], [before[0][1]], ["asked how long."]]
    page.get_by_role("button", name="Undo").click()
    assert record(minuted) == before
    page.get_by_role("link", name="More for 1.2").click()
    page.get_by_label("What has to be checked?").fill("The number of days")
    page.get_by_role("button", name="To check").click()
    expect(page.locator(".exchange").last).to_contain_text("The number of days")
    page.get_by_role("link", name="Check them one by one").click()
    page.get_by_role("button", name="Checked").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is marked to be checked")


def test_the_pages_of_rearranging_have_no_barriers(minuted, page_of_item):
    page = page_of_item(viewport={"width": 320, "height": 800})
    page.get_by_role("link", name="More for 1.1").click()
    expect(page.locator(".more-panel")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    follow(page, page.get_by_role("link", name="Split, join or move its parts"))
    parts = page.url
    for link in ["Split in two", "Move to another entry", "Change who spoke", "Move 1.1 to another item"]:
        page.goto(parts)
        axe(page)
        no_sideways_scroll(page)
        follow(page, page.get_by_role("link", name=link).first)
        axe(page)
        no_sideways_scroll(page)
