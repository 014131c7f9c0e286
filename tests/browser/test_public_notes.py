"""Published notes in the browser: paragraphs can be sent, and read on any screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import axe, no_sideways_scroll
from tests.factories_notes import first_published_elsewhere, office, published, some_notes


@pytest.fixture
def meeting(transactional_db, settings):
    settings.RENDITIONS = ["article"]
    office()
    published(first_published_elsewhere(reference="2020/1", carried="2019/4"))
    notes = some_notes()
    published(notes)
    notes.items[0].exchanges[0].contributions[0].text = "asked whether the review had been finished."
    return published(
        notes, change="Paragraph 1.1 now says which review was meant."
    ).meeting.get_absolute_url()


def test_a_link_to_a_paragraph_brings_it_into_view_and_says_so(page, meeting):
    page.goto(f"{meeting}#2.1.2")
    paragraph = page.locator("[id='2.1.2']")
    expect(paragraph).to_be_in_viewport()
    expect(paragraph.get_by_text("You were sent to this paragraph")).to_be_visible()
    expect(page.locator("[id='2.1.1']").get_by_text("You were sent to this paragraph")).to_be_hidden()


def test_a_link_to_an_action_says_so_too(page, meeting):
    page.goto(f"{meeting}#action-2024-17")
    expect(page.locator("#action-2024-17").get_by_text("You were sent to this action")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notes_can_be_read_by_everybody_on_any_screen(new_page, meeting, scheme):
    page = new_page(color_scheme=scheme)
    for address in (meeting, f"{meeting}editions/1/", "/meetings/2020-09-24-monthly-assurance-meeting/"):
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)


def test_notes_can_be_read_without_any_script(new_page, meeting):
    page = new_page(java_script_enabled=False)
    page.goto(meeting)
    expect(page.get_by_role("heading", level=1)).to_have_text("Monthly Assurance Meeting: 19 September 2024")
    expect(page.get_by_text("Print this page")).to_be_hidden()


def test_search_from_the_notes_stays_in_the_notes(page, meeting):
    page.goto(meeting)
    page.get_by_label("Search these notes").fill("hedgerow cameras")
    page.get_by_label("Search these notes").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 result for ‘hedgerow cameras’")
    expect(page.locator("mark")).to_have_count(2)


@pytest.mark.parametrize(
    "place",
    [
        "/",
        "/meetings/",
        "/actions/",
        "/actions/2024-17/",
        "/themes/rural-crime/",
        "/search/?q=rural",
        "/register/",
        "/follow/",
        "/tell/",
        "/accessibility/",
        "/cookies/",
    ],
)
def test_every_public_page_passes_the_rules_and_fits(page, meeting, place):
    page.goto(place)
    axe(page)
    no_sideways_scroll(page)
