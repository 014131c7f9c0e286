"""The approver's whole way with the keyboard alone: the list, several decisions, and what was agreed at meetings."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actions import services
from actions.models import Outcome, State
from tests.actions.conftest import a_meeting, make_office, promise
from tests.browser.pages import axe, come_in, no_sideways_scroll, tab_to

FIRST_ANSWER = "Close this action. I have what I asked for"


@pytest.fixture
def waiting(transactional_db, officer):
    """Two whose owners ask to close them, and two on which a meeting agreed."""
    office, today = make_office(), timezone.localdate()
    first, second = (a_meeting(office.monthly, today - dt.timedelta(days=days)) for days in (60, 9))
    for number in range(4):
        promise(
            first,
            office.cc,
            text=f"provide an update on the number of people detained in area {number}",
            due_on=today + dt.timedelta(days=number - 5),
        )
    actions = services.send_actions(first, officer)
    for action in actions[:2]:
        services.propose_completion(action, "The report was sent on Monday", by=officer)
    for action, outcome in zip(actions[2:], (Outcome.CLOSED, Outcome.NEW_DATE), strict=True):
        services.record_outcome(action, second, outcome, by=officer)
    return actions


def choose(page, label):
    tab_to(page, page.get_by_label(label))
    page.keyboard.press("Space")


def pick(page, label):
    """One of the answers to what to do: Tab comes to the first, the arrows go on."""
    tab_to(page, page.get_by_label(FIRST_ANSWER))
    page.keyboard.press("Space")
    for _ in range(6):
        if page.get_by_label(label).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{label} is not reached by the arrows")


def write(page, label, words):
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def press(page, name, role="button"):
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    page.keyboard.press("Enter")


def test_an_approver_decides_on_everything_that_waits_with_the_keyboard_alone(page, approver, waiting):
    closed, returned, agreed, moved = waiting
    come_in(page, approver)
    page.goto("/office/actions/")
    expect(page.get_by_role("heading", name="Waiting for your decision (4)")).to_be_visible()
    axe(page)
    press(page, f"Review {closed.reference}", "link")
    pick(page, FIRST_ANSWER)
    write(page, "Reason, or what you need", "Report received")
    press(page, "Save decision")
    # The next one that waits comes by itself.
    expect(page.get_by_text(f"Action {closed.reference} closed").first).to_be_visible()
    expect(page.locator("p.caption", has_text=f"Action {returned.reference}")).to_be_visible()
    axe(page)
    pick(page, "Ask for more information")
    write(page, "Reason, or what you need", "The figures for nights")
    press(page, "Save decision")
    expect(
        page.get_by_text(f"Action {returned.reference} returned for more information").first
    ).to_be_visible()

    page.goto("/office/actions/")
    press(page, re.compile(r"Confirm it ?: action \d+.3"), "link")
    expect(page.get_by_role("heading", name="Agreed at meetings")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    choose(page, f"Close: action {agreed.reference}")
    choose(page, f"Change the date: action {moved.reference}")
    press(page, "Confirm what is ticked")
    # Nobody recorded to which day: it is asked for, and what was ticked stays ticked.
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    press(page, f"Enter the new due date of action {moved.reference}", "link")
    for part in ("13", "jan", "2099"):
        page.keyboard.type(part)
        page.keyboard.press("Tab")
    press(page, "Confirm what is ticked")
    expect(page.get_by_text("2 decisions confirmed").first).to_be_visible()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()

    for action in waiting:
        action.refresh_from_db()
    assert [one.state for one in waiting] == [State.CLOSED, State.RETURNED, State.CLOSED, State.OPEN]
    assert moved.due_on == dt.date(2099, 1, 13)
