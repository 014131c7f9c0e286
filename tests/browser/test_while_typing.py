"""The details of a meeting are saved while somebody types, and what is chosen when they say so."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import DutyKind
from meetings.models import Meeting
from tests.browser.minuting import kept, minuted_item
from tests.browser.pages import axe, come_in, no_sideways_scroll
from tests.conftest import person

FORM = "form[data-save^=details]"
CLOCK = r"\d+(:\d+)?[ap]m|midday|midnight"


@pytest.fixture
def meeting(transactional_db) -> Meeting:
    return minuted_item().meeting


@pytest.fixture
def open_details(meeting, new_page):
    """Somebody's window with the details of the meeting."""

    def open_them(user) -> Page:
        page = new_page()
        come_in(page, user)
        page.goto(reverse("meetings:details", args=[meeting.pk]))
        expect(page.locator(f"{FORM}[data-connected]")).to_have_count(1)
        return page

    return open_them


def state(page: Page):
    return page.locator(FORM).locator(".save-state")


def stored(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_what_is_written_is_saved_and_what_is_chosen_waits_for_the_button(open_details, meeting, officer):
    page = open_details(officer)
    page.locator("#id_summary").fill("Custody was spoken of.")
    expect(state(page)).to_have_text(re.compile(f"^Saved at ({CLOCK})$"))
    assert kept(page) == []
    page.get_by_label("In writing").check()
    page.locator("#id_summary").fill("Custody was spoken of at length.")
    expect(state(page)).to_contain_text("but for what you chose: that is saved with the button.")
    assert (stored(meeting).summary, stored(meeting).held) == (
        "Custody was spoken of at length.",
        meeting.held,
    )
    axe(page)
    no_sideways_scroll(page)
    page.reload()
    expect(page.get_by_label("In writing")).to_be_checked()
    page.get_by_role("button", name="Save details").click()
    page.wait_for_url(f"**{meeting.get_absolute_url()}")
    assert stored(meeting).held == "writing"
    page.wait_for_function("() => document.querySelector('meta[name=acknowledged]')")
    assert kept(page) == []


def test_two_who_type_into_the_same_detail_choose_which_to_keep(open_details, meeting, officer):
    theirs = open_details(person("other@office.example", "Una Thorne", DutyKind.POLICY_OFFICER))
    mine = open_details(officer)
    theirs.locator("#id_summary").fill("Theirs.")
    expect(state(theirs)).to_contain_text("Saved at ")
    mine.get_by_label("Period").fill("Quarter 2")
    mine.locator("#id_summary").fill("Mine.")
    expect(state(mine)).to_contain_text("Una Thorne changed the details of this meeting at ")
    expect(mine.locator("#id_summary")).to_have_value("Mine.")
    axe(mine)
    mine.get_by_role("button", name="Choose which to keep").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text(
        "Somebody else changed the details of this meeting"
    )
    expect(mine.locator("form[data-connected]")).to_have_count(1)
    expect(mine.locator(".kept-elsewhere")).to_have_count(0)
    mine.get_by_role("button", name="Save what you chose").click()
    mine.wait_for_url(f"**{meeting.get_absolute_url()}")
    assert (stored(meeting).summary, stored(meeting).period) == ("Mine.", "Quarter 2")
    mine.wait_for_function("() => document.querySelector('meta[name=acknowledged]')")
    assert kept(mine) == []
