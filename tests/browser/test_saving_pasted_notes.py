"""What is pasted and what is explained at the gate stays on the device until a draft or the record has it."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from meetings.services import change_meeting
from tests.browser.minuting import kept
from tests.browser.pages import OFF_THE_NETWORK, come_in, follow
from tests.importing.test_page import ODD
from tests.review.records import minuted, the_office

A_MEGABYTE = ODD + "\n" + "and nothing else was said. " * 38_000
NOTE = "The notes say Friday."
NO_ROOM = """IDBObjectStore.prototype.put = () => {
    throw new DOMException("The disk is full", "QuotaExceededError");
};"""


@pytest.fixture
def page(new_page, officer):
    page = new_page()
    OFF_THE_NETWORK.add(page)
    come_in(page, officer)
    return page


def open_import(page: Page) -> None:
    page.goto("/office/import/")
    is_ready(page)


def is_ready(page: Page) -> None:
    expect(page.locator("form[data-keep][data-connected]")).to_have_count(1)


def pasted(page: Page):
    return page.get_by_label("Text of the notes")


def look_over(page: Page) -> None:
    follow(page, page.get_by_role("button", name="Read these notes"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Look over what was understood")
    is_ready(page)


def test_a_pasted_text_and_the_reasons_beside_it_come_back_until_they_are_a_draft(page):
    the_office()
    open_import(page)
    pasted(page).fill(ODD)
    page.get_by_label("Yes, elsewhere").check()
    open_import(page)
    expect(pasted(page)).to_have_value(ODD)
    expect(page.locator(".kept-note")).to_contain_text("We kept what you typed at ")
    look_over(page)
    expect(page.locator(".kept-elsewhere")).to_have_count(0)
    page.get_by_label("Leave it as in the original, in doubt").check()
    page.get_by_label("Note for the public").fill(NOTE)
    open_import(page)
    look_over(page)
    expect(page.get_by_label("Note for the public")).to_have_value(NOTE)
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_function("() => document.querySelector('meta[name=acknowledged]')")
    assert Meeting.objects.get().settled_doubts.get().public_note == NOTE
    open_import(page)
    expect(pasted(page)).to_have_value("")
    assert kept(page) == []


def test_a_text_of_a_megabyte_is_kept_and_one_without_room_is_told_of(page):
    open_import(page)
    pasted(page).fill(A_MEGABYTE)
    open_import(page)
    assert pasted(page).input_value() == A_MEGABYTE
    page.add_init_script(NO_ROOM)
    open_import(page)
    pasted(page).press("Control+End")
    pasted(page).press("x")
    told = page.get_by_role("status").filter(has_text="Keep this page open")
    expect(told).to_have_text("Keep this page open: your text cannot be kept on this device.")
    expect(told).to_be_in_viewport()


def test_the_reason_for_a_doubt_stays_until_it_is_settled(page):
    wrong_day = {"published_elsewhere": True, "date_as_written": "Friday 12th March"}
    meeting = change_meeting(minuted(dt.date(2024, 3, 12)), by=None, **wrong_day)
    check = reverse("review:check", args=[meeting.pk])
    page.goto(check)
    is_ready(page)
    page.get_by_text("It is so in the original").click()
    page.get_by_label("Note for the public").fill(NOTE)
    page.goto(check)
    expect(page.get_by_label("Note for the public")).to_have_value(NOTE)
    expect(page.get_by_label("Note for the public")).to_be_visible()
    page.get_by_role("button", name="Leave it as in the original, in doubt").click()
    page.wait_for_function("() => document.querySelector('meta[name=acknowledged]')")
    page.wait_for_timeout(200)
    assert (kept(page), meeting.settled_doubts.get().public_note) == ([], NOTE)
