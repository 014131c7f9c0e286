"""Planning with the keyboard alone: the agenda, the list of people, the second factor."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from meetings import services
from meetings.models import MeetingType, Person
from tests.browser.pages import axe, come_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db, live_server):
    """A meeting with three items and one person."""
    kind = MeetingType.objects.create(name="Monthly Assurance Meeting")
    meeting = services.plan_meeting(type=kind, date=dt.date(2026, 9, 24), by=None)
    for title in ["Matters arising", "Custody", "Next meeting"]:
        services.add_item(meeting, title=title, by=None)
    services.add_attendee(meeting, person=Person.objects.create(name="Ada Quill"), abbreviation="AQ", by=None)
    return meeting


@pytest.fixture
def window(page, officer, office):
    come_in(page, officer)
    return page


def test_items_are_reordered_with_the_keyboard_alone(window, office):
    window.goto(f"/office/meetings/{office.pk}/agenda/")
    window.get_by_role("button", name="Move up Next meeting").focus()
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("“Next meeting” moved up. It is now item 2")
    expect(window.get_by_role("button", name="Move up Next meeting")).to_be_focused()
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("It is now item 1")
    expect(window.get_by_role("button", name="Move down Next meeting")).to_be_focused()


def test_a_removed_item_comes_back_by_undo(window, office):
    window.goto(f"/office/meetings/{office.pk}/agenda/")
    window.get_by_role("button", name="Remove Custody").press("Enter")
    expect(window.get_by_role("alert")).to_contain_text("“Custody” removed")
    window.get_by_role("button", name="Undo").press("Enter")
    expect(window.get_by_role("link", name="Custody", exact=True)).to_be_visible()


def test_what_somebody_was_present_for_is_asked_when_they_came_for_part(window, office):
    window.goto(f"/office/meetings/{office.pk}/attendance/")
    box = window.get_by_label("Present for (optional)")
    expect(box).to_be_hidden()
    window.get_by_label("Present for part").check()
    box.fill("items 2 to 3")
    box.press("Enter")
    expect(window.get_by_role("alert")).to_contain_text("Attendance saved")
    expect(window.get_by_label("Present for (optional)")).to_have_value("items 2 to 3")


def test_the_second_factor_is_set_up_from_a_picture(window, settings):
    settings.SECOND_FACTOR = True
    window.goto("/office/account/second-factor/set-up/")
    if window.get_by_label("Password").count():
        window.get_by_label("Password").fill("seven quiet otters")
        window.keyboard.press("Enter")
    picture = window.get_by_role("img")
    expect(picture).to_be_visible()
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    axe(window)
