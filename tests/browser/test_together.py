"""Two people beside each other in the browser: what the second one sees, and reading the notes back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import DutyKind
from meetings.models import Contribution, Meeting
from meetings.services import Spoken, add_exchange, change_meeting, change_public_note
from review import services
from tests.browser.pages import axe, come_in, focus_is_seen, no_sideways_scroll
from tests.conftest import person
from tests.review.records import minuted


@pytest.fixture
def meeting(transactional_db) -> Meeting:
    return minuted()


@pytest.fixture
def colleague(transactional_db):
    return person("petra@office.example", "Petra Holm", DutyKind.POLICY_OFFICER)


def open_page(page, user, name: str, *keys: int):
    come_in(page, user)
    page.goto(reverse(name, args=keys))
    return page


def test_a_note_that_a_colleague_changed_meanwhile_is_kept_with_mine(meeting, officer, colleague, new_page):
    exchange = Contribution.objects.get(text="added that nights take longer.").exchange
    page = open_page(new_page(), officer, "desk:note", meeting.pk, exchange.pk)
    page.wait_for_selector("form[data-connected]")
    words = page.locator("[name=public_note]")
    words.fill("Mine.")
    change_public_note(exchange, "Theirs.", colleague)
    words.press("Control+Enter")
    form = page.locator("form[data-save]")
    expect(form).to_contain_text("Petra Holm changed the note below entry 2.1.1 at")
    expect(form).to_contain_text("Theirs.")
    expect(words).to_have_value("Mine.")
    axe(page)
    page.get_by_role("button", name="Keep both").click()
    expect(words).to_have_value("Theirs.\n\nMine.")
    words.press("Control+Enter")
    page.wait_for_url("**/items/**")
    exchange.refresh_from_db()
    assert exchange.public_note == "Theirs.\n\nMine."


def test_details_that_a_colleague_changed_meanwhile_are_chosen_one_by_one(
    meeting, officer, colleague, new_page
):
    page = open_page(new_page(), officer, "meetings:details", meeting.pk)
    page.wait_for_selector("form[data-connected]")
    page.get_by_label("Venue").fill("My room")
    page.get_by_label("Summary").fill("My summary.")
    change_meeting(meeting, venue="Their room", by=colleague)
    page.get_by_role("button", name="Save details").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Somebody else changed the details of this meeting"
    )
    expect(page.locator("main")).to_contain_text("Petra Holm changed it on")
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Use theirs: Their room").check()
    page.get_by_role("button", name="Save what you chose").click()
    page.wait_for_url(f"**/meetings/{meeting.pk}/")
    expect(page.locator("main")).not_to_contain_text("We kept what you typed")
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.summary) == ("Their room", "My summary.")


def test_reading_the_notes_back(meeting, officer, new_page):
    services.send_for_approval(meeting, by=officer)
    Contribution.objects.filter(text="added that nights take longer.").update(
        text="added that days take longer, and will report by the end of May.", to_check="Days?"
    )
    add_exchange(meeting.items.last(), [Spoken("comment", "closed the meeting.", lead="The PCC")], by=officer)
    page = open_page(new_page(), officer, "desk:whole", meeting.pk)
    expect(page.locator(".what-is-open")).to_contain_text("Marked to check")
    axe(page)
    no_sideways_scroll(page)
    focus_is_seen(page)
    page.get_by_role("link", name="What changed since the notes were sent").click()
    expect(page.locator(".counted")).to_have_text("1 paragraph changed1 paragraph added")
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("link", name="Paragraph 2.1.1").click()
    expect(page.locator(":target")).to_contain_text("days take longer")
