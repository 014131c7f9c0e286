"""Deciding and reporting on actions in a browser, with the keyboard alone, and the log on paper."""

import datetime as dt
import io
import re

import pikepdf
import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from actions import services
from actions.models import State
from tests.actions.conftest import a_meeting, make_office, promise
from tests.browser.pages import axe, come_in, focus_is_seen, no_sideways_scroll, tab_to


@pytest.fixture
def twelve(transactional_db, officer):
    """Twelve open actions of every timing; the first asks to be closed."""
    office, today = make_office(), timezone.localdate()
    meeting = a_meeting(office.monthly, today - dt.timedelta(days=30))
    a_meeting(office.monthly, today + dt.timedelta(days=5))
    for number in range(12):
        promise(
            meeting,
            office.cc if number % 2 else office.acc,
            text=f"provide an update on the reasons for the number of people being detained in area {number}",
            due_on=None if number > 9 else today + dt.timedelta(days=number * 4 - 12),
        )
    actions = services.give_references(meeting)
    services.propose_completion(actions[0], "The report was sent to the office on Monday", by=officer)
    for action in actions[1:4]:
        services.record_update(action, "Half of it is done, and the rest follows", by=officer)
    return actions


def in_grey(page) -> Image.Image:
    """The whole page as a picture without any colour, as somebody who sees none reads it."""
    return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")


def greys_of(tag, picture: Image.Image, scale: int) -> tuple[int, int]:
    """The ground of a tag and the words on it, from 0 (black) to 255 (white); its border is left out."""
    box = tag.bounding_box()
    left, top = box["x"] + 2, box["y"] + 2
    edges = (left, top, box["x"] + box["width"] - 2, box["y"] + box["height"] - 2)
    counts = picture.crop([round(edge * scale) for edge in edges]).histogram()
    ground = max(range(256), key=counts.__getitem__)
    # A few dozen points are ink; fewer are the soft edges of letters.
    inks = [grey for grey, count in enumerate(counts) if count >= 20]
    return ground, max(inks, key=lambda grey: contrast(grey, ground))


def contrast(one: int, other: int) -> float:
    """The contrast of two greys as WCAG 2.2 reckons it, from 1 to 21."""
    dark, light = sorted(
        value / 12.92 if (value := grey / 255) <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for grey in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_colour_what_is_overdue_is_still_told_from_what_is_due(new_page, approver, twelve, scheme):
    page = new_page(device_scale_factor=2, color_scheme=scheme)
    come_in(page, approver)
    page.goto("/office/actions/")
    picture = in_grey(page)
    overdue = page.locator(".log-table .tag", has_text=re.compile("^Overdue by"))
    due = page.locator(".log-table .tag", has_text=re.compile("^Due "))
    late = [greys_of(tag, picture, 2) for tag in overdue.all()]
    coming = [greys_of(tag, picture, 2) for tag in due.all()]
    assert late
    assert coming
    assert all(contrast(ground, words) >= 4.5 for ground, words in late + coming)
    # What has to be told apart without reading: as much as WCAG asks of the parts of a control.
    assert all(contrast(one, other) >= 3 for one, _ in late for other, _ in coming)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_an_approver_closes_an_action_with_the_keyboard_alone_and_undoes_it(page, approver, twelve):
    first = twelve[0]
    come_in(page, approver)
    page.goto("/office/actions/")
    tab_to(page, page.get_by_role("link", name=f"Review {first.reference}", exact=True))
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Your decision")).to_be_visible()
    tab_to(page, page.get_by_label("Close this action. I have what I asked for"))
    press(page, "Space", "Tab")
    page.keyboard.type("Report received")
    tab_to(page, page.get_by_role("button", name="Save decision"))
    press(page, "Enter")
    expect(page.get_by_text(f"Action {first.reference} closed").first).to_be_visible()
    first.refresh_from_db()
    assert first.state == State.CLOSED
    tab_to(page, page.get_by_role("button", name="Undo"))
    press(page, "Enter")
    expect(page.get_by_text(f"Action {first.reference} opened again").first).to_be_visible()


def test_a_commissioner_works_through_the_list_with_the_keyboard_alone(page, approver, twelve):
    come_in(page, approver)
    page.goto("/office/actions/")
    focus_is_seen(page)
    axe(page)
    no_sideways_scroll(page)
    page.reload()
    tab_to(page, page.locator("summary", has_text="Filter actions"))
    press(page, "Enter")
    tab_to(page, page.get_by_label("Owner"))
    page.keyboard.type("Chief")
    tab_to(page, page.get_by_role("button", name="Apply filters"))
    axe(page)
    press(page, "Enter")
    expect(page.get_by_role("link", name="Remove filter: Owner: Chief Constable")).to_be_visible()
    expect(page.get_by_text("With this filter, 6 actions are open")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Sort by last update"))
    press(page, "Enter")
    expect(page).to_have_title(re.compile("filtered, sorted by last update"))
    tab_to(page, page.get_by_role("link", name="Review 2026").first)
    press(page, "Enter")
    expect(page.get_by_text("1 of 6")).to_be_visible()
    for place in ("2 of 6", "3 of 6"):
        tab_to(page, page.get_by_label("Close this action. I have what I asked for"))
        press(page, "ArrowDown")
        tab_to(page, page.get_by_role("button", name="Save decision"))
        press(page, "Enter")
        expect(page.get_by_text(place)).to_be_visible()
        expect(page.locator(".banner")).to_contain_text("kept open")
    axe(page)
    no_sideways_scroll(page)
    page.reload()
    tab_to(page, page.get_by_role("link", name="Back to outstanding actions"))
    press(page, "Enter")
    tab_to(page, page.get_by_role("link", name="Remove filter: Owner: Chief Constable"))
    press(page, "Enter")
    expect(page.get_by_text("12 actions are open")).to_be_visible()


def test_the_calendar_address_and_the_pictures_are_for_everybodys_eyes(page, approver, twelve):
    come_in(page, approver)
    page.goto("/office/actions/pictures/")
    axe(page)
    no_sideways_scroll(page)
    page.goto("/office/account/")
    tab_to(page, page.get_by_role("link", name="Change calendar address"))
    press(page, "Enter")
    tab_to(page, page.get_by_role("button", name="Make an address"))
    press(page, "Enter")
    expect(page.locator("#calendar-address")).to_contain_text(".ics")
    axe(page)
    no_sideways_scroll(page)


def test_a_new_date_is_asked_for_under_its_answer(page, approver, twelve):
    come_in(page, approver)
    page.goto(twelve[1].get_absolute_url())
    page.get_by_label("Change the due date").check()
    page.get_by_label("On another date").check()
    page.get_by_label("Day", exact=True).fill("13")
    page.get_by_label("Month", exact=True).fill("jan")
    page.get_by_label("Year", exact=True).fill("2099")
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Reason, or what you need").fill("More time was agreed")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("moved once")).to_be_visible()
    twelve[1].refresh_from_db()
    assert twelve[1].due_on == dt.date(2099, 1, 13)


def test_a_mistake_leads_to_its_question_and_keeps_what_was_typed(page, approver, twelve):
    come_in(page, approver)
    page.goto(twelve[0].get_absolute_url())
    page.get_by_label("Reason, or what you need").fill("Because it is done")
    page.get_by_role("button", name="Save decision").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary").get_by_role("link", name="Select what you want to do").click()
    expect(page.get_by_label("Close this action. I have what I asked for")).to_be_focused()
    expect(page.get_by_label("Reason, or what you need")).to_have_value("Because it is done")
    axe(page)


def test_twelve_actions_print_on_one_side_of_paper(page, approver, twelve):
    come_in(page, approver)
    page.goto("/office/actions/")
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        (side,) = paper.pages
        width, height = (float(edge) for edge in side.mediabox[2:])
    assert width > height


def test_what_is_late_is_said_in_words_and_not_by_colour_alone(page, approver, twelve):
    come_in(page, approver)
    page.emulate_media(forced_colors="active")
    page.goto("/office/actions/")
    for words in ("Overdue by 4 days", "Due today", "Due in 4 days", "No due date"):
        expect(page.locator(".tag").get_by_text(words, exact=True).first).to_be_visible()
