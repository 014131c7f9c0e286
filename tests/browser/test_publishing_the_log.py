"""An approver words a reason, reads the action log and publishes it, with the keyboard alone; the public reads it."""

import datetime as dt

from playwright.sync_api import expect

from actions.models import Action
from actions.services import close, propose_completion
from publications.models import Edition
from review import services
from tests.browser.pages import axe, come_in, focus_is_seen, no_sideways_scroll, tab_to
from tests.review.records import minuted

AT = dt.datetime(2025, 9, 26, 12, tzinfo=dt.UTC)
ADDRESSES = ["/actions/", "/actions/2025-2/", "/actions/editions/", "/actions/editions/1/"]


def a_log_to_publish(officer, approver) -> None:
    """Published notes with two actions: one was closed since, of the other its owner says that it is done."""
    meeting = minuted()
    services.approve(meeting, by=approver, at=AT)
    services.publish(meeting, by=officer, at=AT)
    close(meeting.actions.get(), by=approver, reason="The force says that it is done")
    propose_completion(Action.objects.get(recorded_in=meeting), "The lockers are in use", by=officer)


def test_an_approver_publishes_the_action_log_with_the_keyboard_alone(
    page, transactional_db, settings, officer, approver
):
    settings.RENDITIONS = ["article"]
    a_log_to_publish(officer, approver)
    come_in(page, approver)
    page.goto("/office/actions/")
    tab_to(page, page.get_by_role("link", name="Publish the action log"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("its owner asks to close it")).to_be_visible()
    focus_is_seen(page)
    axe(page)
    no_sideways_scroll(page)
    page.reload()
    tab_to(page, page.get_by_role("link", name="Write the reason for the public: 2025/2, closed"))
    page.keyboard.press("Enter")
    words = page.get_by_label("Reason, as the public reads it")
    expect(words).to_have_value("The force says that it is done")
    axe(page)
    tab_to(page, words)
    page.keyboard.press("Control+A")
    page.keyboard.type("The figures for nights are on the website.")
    tab_to(page, page.get_by_role("button", name="Save these words"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Public reason saved")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Publish the action log"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Action log published: edition 1")).to_be_visible()
    expect(page.get_by_text("This is what is published.")).to_be_visible()
    assert Edition.objects.of_log().count() == 1
    the_public_reads_it(page)


def the_public_reads_it(page) -> None:
    for address in ADDRESSES:
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)
    expect(page.get_by_text("The figures for nights are on the website.")).to_be_visible()
    expect(page.get_by_text("The lockers are in use")).to_have_count(0)
