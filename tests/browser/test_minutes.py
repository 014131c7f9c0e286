"""Taking minutes in a browser: by the keyboard alone, without scripts, and by two people at once."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from accounts.models import Body
from meetings import services
from meetings.models import Meeting, MeetingType, Person, Role
from meetings.models.people import PublishAs
from publications.notes import ItemKind
from tests.browser.pages import axe, come_in, no_sideways_scroll


@pytest.fixture
def leadership(transactional_db):
    """An item of a meeting of two people, with nothing recorded yet."""
    kind = MeetingType.objects.create(name="Monthly Assurance Meeting")
    meeting = services.plan_meeting(type=kind, date=dt.date(2026, 9, 24), by=None)
    for title, short, body, name in [
        ("Police and Crime Commissioner", "PCC", Body.OFFICE, "Rowan Ashdown"),
        ("Chief Constable", "CC", Body.FORCE, "Imogen Vale"),
    ]:
        role = Role.objects.create(title=title, abbreviation=short, body=body, publish_as=PublishAs.NAME)
        person = Person.objects.create(name=name)
        services.add_attendee(
            meeting, person=person, role=role, abbreviation=short, chair=short == "PCC", by=None
        )
    services.hold(Meeting.objects.get(pk=meeting.pk), by=None)
    return services.add_item(meeting, title="Leadership", kind=ItemKind.HOLDING_TO_ACCOUNT.value, by=None)


def record(item):
    return [[one.text for one in exchange.contributions.all()] for exchange in item.exchanges.all()]


def choose(page):
    """Open the form in which speaker and kind are chosen, beside the box."""
    page.get_by_text("Choose speaker and kind").click()


def say(page, speaker, words):
    if not page.get_by_label("Speaker", exact=True).is_visible():
        choose(page)
    page.get_by_label("Speaker", exact=True).select_option(label=speaker)
    page.get_by_label("What was said").fill(words)
    page.get_by_role("button", name="Save and add next").click()


def test_an_entry_is_made_by_the_keyboard_alone(leadership, officer, new_page):
    page = new_page()
    come_in(page, officer)
    page.goto(leadership.get_absolute_url())
    page.get_by_label("Speaker", exact=True).focus()
    page.keyboard.press("p")
    page.keyboard.press("Tab")
    page.keyboard.type("asked how the force gets assurance.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Entry 1.1 saved.")
    expect(page.get_by_label("Speaker", exact=True)).to_be_focused()
    expect(page.get_by_label("What was said")).to_have_value("")
    assert record(leadership) == [["asked how the force gets assurance."]]


def test_letters_and_signs_do_nothing_by_themselves(leadership, officer, new_page):
    page = new_page()
    come_in(page, officer)
    page.goto(leadership.get_absolute_url())
    before = page.content()
    page.evaluate("document.activeElement.blur()")
    for key in "abcdefghijklmnopqrstuvwxyz0123456789?/.":
        page.keyboard.press(key)
    assert page.content() == before


def test_tab_leaves_the_text_and_escape_does_not_clear_it(leadership, officer, new_page):
    page = new_page()
    come_in(page, officer)
    page.goto(leadership.get_absolute_url())
    box = page.get_by_label("What was said")
    box.fill("asked why.")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(box).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(box).to_be_focused()
    expect(box).to_have_value("asked why.")


def test_minutes_are_taken_without_scripts(leadership, officer, new_page):
    page = new_page(java_script_enabled=False)
    come_in(page, officer)
    page.goto(leadership.get_absolute_url())
    say(page, "PCC – Rowan Ashdown", "asked why.")
    say(page, "CC – Imogen Vale", "replied that it was the weather.")
    say(page, "PCC – Rowan Ashdown", "asked how long.")
    assert record(leadership) == [["asked why.", "replied that it was the weather."], ["asked how long."]]
    page.get_by_text("More for 1.2").click()
    page.get_by_role("button", name="Move up 1.2").click()
    assert record(leadership)[0] == ["asked how long."]
    page.get_by_text("More for 1.1").click()
    page.get_by_role("button", name="Delete entry 1.1").click()
    assert len(record(leadership)) == 1
    page.get_by_role("button", name="Undo").click()
    assert record(leadership)[0] == ["asked how long."]
    page.get_by_role("link", name="Edit question 1 of 1.1").click()
    page.get_by_label("What was said").fill("asked for how long.")
    page.get_by_role("button", name="Save", exact=True).click()
    assert record(leadership)[0] == ["asked for how long."]


def test_an_answer_of_nobody_is_asked_about_and_the_text_stays(leadership, officer, new_page):
    page = new_page()
    come_in(page, officer)
    page.goto(leadership.get_absolute_url())
    page.get_by_label("Answered").check()
    page.get_by_label("What was said").fill("replied that it was in hand.")
    page.get_by_role("button", name="Save and add next").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Select who answered, or Nobody named")
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("What was said")).to_have_value("replied that it was in hand.")
    axe(page)
    no_sideways_scroll(page)


def test_two_people_who_edit_the_same_words_both_keep_theirs(leadership, officer, new_page):
    first, second = new_page(), new_page()
    for page in [first, second]:
        come_in(page, officer)
        page.goto(leadership.get_absolute_url())
    say(first, "PCC – Rowan Ashdown", "asked why.")
    second.reload()
    for page in [first, second]:
        page.get_by_role("link", name="Edit question 1 of 1.1").click()
    first.get_by_label("What was said").fill("asked the first.")
    first.get_by_role("button", name="Save", exact=True).click()
    second.get_by_label("What was said").fill("asked the second.")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Somebody else changed entry 1.1")
    for words in ["asked the first.", "asked the second.", "asked why."]:
        expect(second.locator(".versions")).to_contain_text(words)
    axe(second)
    no_sideways_scroll(second)
    assert record(leadership) == [["asked the first."]]
    second.get_by_role("button", name="Keep both").click()
    assert record(leadership) == [["asked the first. asked the second."]]
