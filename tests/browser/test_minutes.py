"""Taking minutes in a browser: by the keyboard alone, without scripts, and by two people at once."""

import datetime as dt
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from accounts.models import Body
from actions.services import add_action
from meetings import services
from meetings.models import Meeting, MeetingType, Person, Role
from meetings.models.people import PublishAs
from publications.notes import ItemKind
from tests.browser.pages import axe, come_in, focus_is_seen, no_sideways_scroll


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


def minute(page, user, item):
    """Open the page of an item, with its scripts at work."""
    come_in(page, user)
    page.goto(item.get_absolute_url())
    expect(page.locator("form.box[data-connected]")).to_have_count(1)
    return page


def entries(page):
    return page.locator("#entries > article")


def structured(page):
    """The form in which speaker and kind are chosen, opened by the keyboard."""
    form = page.locator(".structured form")
    if not form.is_visible():
        page.get_by_text("Choose speaker and kind").focus()
        page.keyboard.press("Enter")
    return form


def say(page, speaker, words):
    form = structured(page)
    form.get_by_label("Speaker", exact=True).select_option(label=speaker)
    form.get_by_label("What was said").fill(words)
    form.get_by_role("button", name="Save and add next").click()
    expect(page.locator("#entries")).to_contain_text(words)


def test_an_entry_is_made_by_the_keyboard_alone(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    form = structured(page)
    form.get_by_label("Speaker", exact=True).focus()
    page.keyboard.press("p")
    page.keyboard.press("Tab")
    page.keyboard.type("asked how the force gets assurance.")
    page.keyboard.press("Control+Enter")
    expect(entries(page)).to_contain_text(["asked how the force gets assurance."])
    expect(form.get_by_label("Speaker", exact=True)).to_be_focused()
    expect(form.get_by_label("What was said")).to_have_value("")
    assert record(leadership) == [["asked how the force gets assurance."]]


def test_the_box_takes_an_exchange_by_the_keyboard_alone(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    box = page.locator("#box")
    box.focus()
    page.keyboard.type("pcc asked why.\ncc replied that it was the weather.")
    page.keyboard.press("Control+Enter")
    expect(entries(page)).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    assert record(leadership) == [["asked why.", "replied that it was the weather."]]


def test_letters_and_signs_do_nothing_by_themselves(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    before, address = page.content(), page.url
    page.evaluate("document.activeElement.blur()")
    for key in "abcdefghijklmnopqrstuvwxyz0123456789?/.":
        page.keyboard.press(key)
    assert (page.content(), page.url) == (before, address)


@pytest.mark.parametrize("control", ["#box", "#id_text"])
def test_tab_leaves_the_text_and_escape_does_not_clear_it(leadership, officer, new_page, control):
    page = minute(new_page(), officer, leadership)
    structured(page)
    text = page.locator(control)
    text.fill("asked why.")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(text).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text).to_be_focused()
    expect(text).to_have_value("asked why.")


def test_minutes_are_taken_without_scripts(leadership, officer, new_page):
    page = new_page(java_script_enabled=False)
    come_in(page, officer)
    page.goto(leadership.get_absolute_url())
    # Once opened, the form is open on the page that follows each save.
    page.get_by_text("Choose speaker and kind").click()
    for speaker, words in [
        ("PCC – Rowan Ashdown", "asked why."),
        ("CC – Imogen Vale", "replied that it was the weather."),
        ("PCC – Rowan Ashdown", "asked how long."),
    ]:
        page.get_by_label("Speaker", exact=True).select_option(label=speaker)
        page.get_by_label("What was said").fill(words)
        page.get_by_role("button", name="Save and add next").click()
        expect(page.get_by_label("Speaker", exact=True)).to_be_focused()
    assert record(leadership) == [["asked why.", "replied that it was the weather."], ["asked how long."]]
    page.get_by_text("More for 1.2").click()
    page.get_by_role("button", name="Move up 1.2").click()
    assert record(leadership)[0] == ["asked how long."]
    number = page.locator("#entries .exchange-number").first.get_attribute("href")
    page.get_by_role("button", name="Delete entry 1.1").click()
    assert len(record(leadership)) == 1
    page.get_by_role("button", name="Undo").click()
    assert record(leadership)[0] == ["asked how long."]
    assert page.locator("#entries .exchange-number").first.get_attribute("href") == number
    page.get_by_role("link", name="Edit question 1 of 1.1").click()
    page.get_by_label("What was said").fill("asked for how long.")
    page.get_by_role("button", name="Save", exact=True).click()
    assert record(leadership)[0] == ["asked for how long."]


def test_none_takes_one_press(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    page.get_by_role("button", name="Record None for this item").press("Enter")
    expect(page.get_by_role("button", name="Do not record None")).to_be_visible()
    expect(page.locator(".desk-record .none")).to_have_text("None.")


def test_who_leaves_is_told_in_two_presses_and_what_is_typed_stays(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    page.locator("#box").fill("half a sentence")
    address = page.url
    page.locator("#here summary", has_text="Imogen Vale").press("Enter")
    page.locator("#here [open]").get_by_role("button", name="Leaves now").press("Enter")
    expect(page.locator("#here")).to_contain_text("until item 1")
    expect(page.locator("#box")).to_have_value("half a sentence")
    assert page.url == address


def test_a_person_who_joins_is_added_from_the_item(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    page.get_by_text("Add a person").click()
    page.locator("#join-name").fill("Petra Lindqvist")
    page.locator("#join-abbreviation").fill("HE")
    page.get_by_role("button", name="Add this person").click()
    expect(page.locator("#here")).to_contain_text("HE Petra Lindqvist")
    expect(page.locator("#box")).to_be_focused()


def test_what_sounds_like_a_commitment_is_asked_about_in_one_line(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    say(page, "CC – Imogen Vale", "said that she will provide the figures at the next meeting.")
    asked = page.locator(".commitment")
    expect(asked).to_contain_text("This sounds like a commitment.")
    asked.get_by_role("button", name="Not an action").press("Enter")
    expect(asked).to_have_count(0)
    page.reload()
    expect(asked).to_have_count(0)


def test_what_was_said_is_made_an_action(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    say(page, "CC – Imogen Vale", "said that she will provide the figures at the next meeting.")
    page.locator(".commitment").get_by_role("link", name="Make this an action").press("Enter")
    expect(page.get_by_label("Action", exact=True)).to_have_value("provide the figures at the next meeting")
    expect(page.get_by_label("At the next meeting")).to_be_checked()
    page.get_by_role("button", name="Save action").click()
    expect(page.locator("#entries .action-text")).to_have_text("provide the figures at the next meeting")
    expect(page.locator("#box")).to_be_focused()


def test_the_next_item_is_one_press_away_and_the_box_waits_there(leadership, officer, new_page):
    services.add_item(leadership.meeting, title="Performance", by=None)
    page = minute(new_page(), officer, leadership)
    page.get_by_role("link", name="Next item: 2 Performance").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Performance")
    expect(page.locator("#box")).to_be_focused()


def talk(item, number):
    """Exchanges of usual length: two or three lines each on a laptop."""
    pcc, cc = (item.meeting.attendances.get(abbreviation=short) for short in ("PCC", "CC"))
    for place in range(number):
        said = [
            services.Spoken(
                "question",
                f"asked how many people had waited for a bed in week {place}.",
                pcc,
                lead="The PCC",
            ),
            services.Spoken(
                "answer",
                "responded that it was fewer than in the summer, and that the new team at the hospital had made"
                " much of the difference.",
                cc,
                lead="The CC",
            ),
        ]
        services.add_exchange(item, said, by=None)


WHOLLY_SEEN = """() => [...document.querySelectorAll("#entries > article")].filter(entry => {
    const box = entry.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}).length"""


def test_more_opens_in_its_place_and_what_is_typed_stays(leadership, officer, new_page):
    talk(leadership, 2)
    page = minute(new_page(), officer, leadership)
    page.locator("#box").fill("half a sentence")
    page.get_by_role("link", name="More for 1.1").press("Enter")
    expect(page.get_by_role("link", name="Add an answer to 1.1")).to_be_focused()
    expect(page.locator("#box")).to_have_value("half a sentence")
    page.locator(".more-close").press("Enter")
    expect(page.get_by_role("link", name="More for 1.1")).to_be_focused()
    expect(page.locator(".more-panel")).to_have_count(0)


def test_the_box_stays_where_it_is_while_the_record_grows(leadership, officer, new_page):
    talk(leadership, 8)
    page = new_page(viewport={"width": 1280, "height": 800})
    minute(page, officer, leadership)
    page.goto(f"{leadership.get_absolute_url()}#box")
    expect(page.locator("form.box[data-connected]")).to_have_count(1)
    before = page.locator("#box").bounding_box()["y"]
    page.keyboard.type("pcc asked why.")
    page.keyboard.press("Control+Enter")
    expect(entries(page)).to_have_count(9)
    assert abs(page.locator("#box").bounding_box()["y"] - before) < 2


def test_a_small_laptop_and_a_tablet_show_six_exchanges_and_the_box(leadership, officer, new_page):
    talk(leadership, 12)
    page = new_page(viewport={"width": 768, "height": 1024})
    come_in(page, officer)
    for width, height in [(768, 1024), (1280, 800)]:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{leadership.get_absolute_url()}#box")
        page.reload()
        expect(page.locator("#box")).to_be_in_viewport(ratio=1)
        save = page.locator("form.box").get_by_role("button", name="Save", exact=True)
        expect(save).to_be_in_viewport(ratio=1)
        assert page.evaluate(WHOLLY_SEEN) >= 6
    expect(page.locator("#here-title")).to_be_in_viewport()


@pytest.mark.parametrize("width", [768, 320])
def test_the_page_fits_a_tablet_and_a_telephone(leadership, officer, new_page, width):
    talk(leadership, 2)
    page = new_page(viewport={"width": width, "height": 1024})
    minute(page, officer, leadership)
    structured(page)
    page.locator("#here summary").first.click()
    page.get_by_text("Add a person").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    focus_is_seen(page)


def test_the_page_is_accessible_in_every_state(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    axe(page)
    say(page, "CC – Imogen Vale", "said that she will provide the figures at the next meeting.")
    page.locator("#here summary").first.click()
    page.get_by_text("Add a person").click()
    axe(page)
    page.get_by_text("More for 1.1").click()
    expect(page.locator(".more-panel")).to_be_visible()
    page.get_by_role("link", name="Edit comment 1 of 1.1").click()
    expect(page.locator(".editing textarea")).to_be_focused()
    axe(page)


def test_what_became_of_an_earlier_action_is_saved_in_its_own_box(leadership, officer, new_page):
    cc = leadership.meeting.attendances.get(abbreviation="CC")
    for text in ["Report on beds", "Report on cars"]:
        add_action(
            meeting=leadership.meeting, item=leadership, text=text, owner=cc.role, by=None, op_id=uuid4()
        )
    october = services.plan_meeting(type=leadership.meeting.type, date=dt.date(2026, 10, 22), by=None)
    services.hold(october, by=None)
    arising = services.add_item(
        october, title="Matters arising", kind=ItemKind.MATTERS_ARISING.value, by=None
    )
    page = minute(new_page(), officer, arising)
    box = page.locator(".carried", has_text="Report on beds")
    box.get_by_label("What was reported").fill("The beds are counted.")
    box.get_by_label("Proposed to close").check()
    box.get_by_role("button", name="Save what was agreed").press("Enter")
    expect(box.locator(".outcome")).to_contain_text("Agreed to close")
    expect(page.locator("#entries")).to_contain_text("The beds are counted.")
    expect(page.get_by_role("button", name="Record the other 1 as not reached")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)


def test_a_name_of_any_length_breaks(leadership, officer, new_page):
    cc = leadership.meeting.attendances.get(abbreviation="CC")
    services.change_attendee(cc, name="W" * 174, by=None)
    officer.name = "M" * 174
    officer.save()
    no_sideways_scroll(minute(new_page(), officer, leadership))


def test_an_answer_of_nobody_is_asked_about_and_the_text_stays(leadership, officer, new_page):
    page = minute(new_page(), officer, leadership)
    form = structured(page)
    form.get_by_label("Answered").check()
    form.get_by_label("What was said").fill("replied that it was in hand.")
    form.get_by_role("button", name="Save and add next").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Select who answered, or Nobody named")
    assert page.title().startswith("Error: ")
    expect(form.get_by_label("What was said")).to_have_value("replied that it was in hand.")
    axe(page)
    no_sideways_scroll(page)


def test_two_people_who_edit_the_same_words_without_scripts_both_keep_theirs(leadership, officer, new_page):
    first, second = new_page(java_script_enabled=False), new_page(java_script_enabled=False)
    talk(leadership, 1)
    for page in [first, second]:
        come_in(page, officer)
        page.goto(leadership.get_absolute_url())
        page.get_by_role("link", name="Edit question 1 of 1.1").click()
    first.get_by_label("What was said").fill("asked the first.")
    first.get_by_role("button", name="Save", exact=True).click()
    second.get_by_label("What was said").fill("asked the second.")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Somebody else changed entry 1.1")
    for words in ["asked the first.", "asked the second.", "asked how many people"]:
        expect(second.locator(".versions")).to_contain_text(words)
    assert record(leadership)[0][0] == "asked the first."
    second.get_by_role("button", name="Keep both").click()
    assert record(leadership)[0][0] == "asked the first. asked the second."
