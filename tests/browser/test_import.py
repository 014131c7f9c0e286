"""Bringing old notes in, in a browser: nothing of it needs a script."""

import re

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting
from tests.browser.pages import axe, come_in, follow, no_sideways_scroll
from tests.importing.test_page import ODD
from tests.review.records import the_office


@pytest.fixture
def page_of_import(page, officer):
    the_office()
    come_in(page, officer)
    page.goto("/office/import/")
    return page


def test_old_notes_are_pasted_looked_over_and_made_a_draft(page_of_import):
    page = page_of_import
    page.get_by_label("Text of the notes").fill(ODD)
    page.get_by_label("Yes, elsewhere").check()
    follow(page, page.get_by_role("button", name="Read these notes"))
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Leave it as in the original, in doubt").check()
    page.get_by_label("Note for the public").fill("The notes say Friday.")
    page.get_by_role("button", name="Make the draft").click()
    assert page.get_by_role("alert").inner_text().startswith("Success")
    assert Meeting.objects.get().settled_doubts.get().public_note == "The notes say Friday."


def test_a_line_that_a_finding_names_is_one_step_away(page_of_import):
    page = page_of_import
    page.get_by_label("Text of the notes").fill(ODD)
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Read these notes").click()
    page.get_by_role("link", name="Date, line 6").click()
    assert page.locator("#line-6").is_visible()
    assert page.evaluate("document.querySelector(':target').textContent").startswith("Friday 12th March")


def test_a_mistake_is_said_first_and_every_answer_is_kept(page_of_import):
    page = page_of_import
    page.get_by_label("Text of the notes").fill(ODD)
    page.get_by_label("Yes, elsewhere").check()
    page.get_by_role("button", name="Read these notes").click()
    page.get_by_label("Leave it as in the original, in doubt").check()
    page.get_by_label("Title").fill("A better title")
    page.get_by_role("button", name="Make the draft").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.get_by_label("Title").input_value() == "A better title"
    axe(page)
