"""Saving while one types: it disturbs nobody, and says nothing that is not so."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings import services
from tests.browser.minuting import (
    EDITOR,
    answer_with,
    box,
    cut,
    edit,
    is_ready,
    kept,
    minute,
    minuted_item,
    state,
    stored,
    versions,
)
from tests.browser.pages import axe, no_sideways_scroll

SAVED = re.compile(r"Saved at \d{1,2}(:\d\d)?[ap]m|Saved at mid")
WORDS = "**/words/*/"
SIGN_IN_PAGE = {"status": 200, "content_type": "text/html", "body": "<title>Sign in</title>"}
FAULTS = {
    "500": {"status": 500, "content_type": "text/html", "body": "<h1>Server Error</h1>"},
    "502": {"status": 502, "content_type": "text/html", "body": "<h1>Bad Gateway</h1>"},
    "sign-in page": SIGN_IN_PAGE,
    "half an answer": {"status": 200, "content_type": "application/json", "body": '{"state": "sav'},
    "another answer": {"status": 200, "content_type": "application/json", "body": '{"state": "fine"}'},
    "saved, says an error": {"status": 500, "content_type": "application/json", "body": '{"state": "saved"}'},
}


@pytest.fixture
def item(transactional_db):
    return minuted_item()


@pytest.fixture
def said(item):
    return item.exchanges.get().contributions.get()


def test_autosave_touches_neither_text_nor_cursor_nor_focus(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    words = edit(page, said)
    words.press("Home")
    with page.expect_response(WORDS):
        page.keyboard.type("asked how ", delay=60)
    with page.expect_response(WORDS):
        page.keyboard.type("the force gets assurance and ", delay=60)
    page.keyboard.type("then ", delay=60)
    expect(words).to_be_focused()
    expect(words).to_have_value("asked how the force gets assurance and then asked why.")
    assert words.evaluate("one => [one.selectionStart, one.selectionEnd]") == [44, 44]
    expect(state(page, EDITOR)).to_have_text(SAVED)
    assert len(versions(said)) >= 3


def test_long_typing_is_saved_without_a_pause(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    edit(page, said)
    with page.expect_response(WORDS, timeout=12_000):
        page.keyboard.type(" Word after word." * 11, delay=50)


def test_words_are_edited_where_they_stand_by_keyboard_alone(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    link = page.locator(f"#words-{said.pk}").get_by_role("link", name="Edit")
    link.focus()
    page.keyboard.press("Enter")
    words = page.locator(EDITOR).locator("textarea")
    expect(words).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.type(" And when.")
    page.keyboard.press("Escape")
    expect(words).to_have_value("asked why. And when.")
    axe(page)
    no_sideways_scroll(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator(EDITOR)).to_have_count(0)
    expect(link).to_be_focused()
    assert stored(item) == ["asked why. And when."]
    assert kept(page) == []


def test_a_double_click_on_a_word_goes_on_there(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    page.locator(f"#words-{said.pk} .words").dblclick(position={"x": 3, "y": 8})
    words = page.locator(f"form[data-save=words-{said.pk}] textarea")
    expect(words).to_be_focused()
    words.press("End")
    page.locator(f"form[data-save=words-{said.pk}] [data-cancel]").click()
    page.locator(f"#words-{said.pk} .words").evaluate(
        "one => getSelection().setBaseAndExtent(one.lastChild, 7, one.lastChild, 10)"
    )
    page.locator(f"#words-{said.pk} .words").dispatch_event("dblclick")
    expect(words).to_be_focused()
    assert words.evaluate("one => one.value.slice(one.selectionStart)") == "why."


def test_cancelling_leaves_the_words_as_they_were_and_finds_the_link_again(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    words = edit(page, said)
    with page.expect_response(WORDS):
        words.fill("asked something else.")
    page.locator(EDITOR).get_by_role("link", name="Cancel").click()
    expect(page.locator(EDITOR)).to_have_count(0)
    expect(page.locator(f"#words-{said.pk}").get_by_role("link", name="Edit")).to_be_focused()
    assert stored(item) == ["asked why."]
    assert "asked something else." in versions(said)
    assert kept(page) == []


def test_a_new_entry_shows_above_and_the_box_is_ready_for_the_next(item, officer, new_page):
    page = minute(new_page(), officer, item)
    box(page).fill("PCC asked how long.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#entries article")).to_have_count(2)
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    assert kept(page) == []
    page.keyboard.type("PCC asked for how much.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#entries article")).to_have_count(3)


def test_what_is_typed_while_an_entry_is_saved_stays_in_the_box(item, officer, new_page):
    page = minute(new_page(), officer, item)
    page.route("**/items/*/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    box(page).fill("PCC asked how long.")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("PCC asked where")
    expect(page.locator("#entries article")).to_have_count(2)
    expect(box(page)).to_have_value("PCC asked where")
    assert kept(page) == ["PCC asked where"]
    page.keyboard.type(" and when.")
    expect(box(page)).to_have_value("PCC asked where and when.")


def test_save_pressed_twice_keeps_what_is_typed_after_it_in_the_box(item, officer, new_page):
    page = minute(new_page(), officer, item)
    page.route("**/items/*/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    box(page).fill("cc responded at last.")
    box(page).press("Control+Enter")
    box(page).press("Control+Enter")
    page.keyboard.type("\npcc asked half a")
    expect(page.locator("#entries article")).to_have_count(1)
    expect(page.locator("#read-as")).to_contain_text("CC answered")
    page.wait_for_timeout(800)  # a second request would have gone out by now
    expect(box(page)).to_have_value("pcc asked half a")
    assert stored(item) == ["asked why.", "responded at last."]


def test_offline_and_back(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    words = edit(page, said)
    page.context.set_offline(True)
    words.press_sequentially(" And when.")
    expect(state(page, EDITOR)).to_contain_text(
        "Not saved. You are offline. Keep typing: your text is kept on this device "
        "and will be saved when you reconnect."
    )
    assert stored(item) == ["asked why."]
    words.press_sequentially(" And where.")
    page.context.set_offline(False)
    expect(state(page, EDITOR)).to_have_text("Back online. Everything is saved.")
    page.reload()
    expect(page.locator("#entries")).to_contain_text("asked why. And when. And where.")


def test_an_entry_sent_offline_is_saved_once_when_the_network_is_back(item, officer, new_page):
    page = minute(new_page(), officer, item)
    page.context.set_offline(True)
    box(page).fill("PCC asked how long.")
    for _ in range(3):
        page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("Not saved. You are offline.")
    expect(box(page)).to_have_value("PCC asked how long.")
    page.context.set_offline(False)
    expect(page.locator("#entries article")).to_have_count(2)
    expect(box(page)).to_have_value("")
    assert len(stored(item)) == 2


@pytest.mark.parametrize("fault", FAULTS)
def test_saved_is_never_said_upon_a_fault_and_the_text_gets_there_later(item, said, officer, new_page, fault):
    page = minute(new_page(), officer, item)
    answer_with(page, WORDS, **FAULTS[fault])
    edit(page, said).press_sequentially(" And when.")
    expect(state(page, EDITOR)).to_contain_text("Not saved.")
    expect(state(page, EDITOR)).to_have_attribute("role", "alert")
    expect(page.locator(EDITOR)).not_to_contain_text("Saved at")
    assert kept(page) == ["asked why. And when."]
    page.unroute(WORDS)
    expect(state(page, EDITOR)).to_have_text(SAVED)
    assert stored(item) == ["asked why. And when."]
    assert kept(page) == []


def test_a_request_that_never_left_is_sent_again(item, officer, new_page):
    page = minute(new_page(), officer, item)
    page.route("**/items/*/", lambda route: route.abort())
    box(page).fill("PCC asked how long.")
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("Not saved. The server cannot be reached.")
    page.unroute("**/items/*/")
    expect(page.locator("#entries article")).to_have_count(2)
    assert len(stored(item)) == 2


def test_an_entry_whose_answer_was_lost_is_there_once(item, officer, new_page):
    page = minute(new_page(), officer, item)
    cut(page, "**/items/*/")
    box(page).fill("PCC asked how long.")
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("Not saved.")
    assert len(stored(item)) == 2
    page.unroute("**/items/*/")
    expect(box(page)).to_have_value("")
    expect(page.locator("#entries article")).to_have_count(2)
    assert len(stored(item)) == 2


def test_what_is_added_below_an_entry_whose_answer_was_lost_stays(item, officer, new_page):
    page = minute(new_page(), officer, item)
    cut(page, "**/items/*/")
    box(page).fill("PCC asked how long.")
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("Not saved.")
    page.keyboard.type("\nPCC asked where.")
    page.unroute("**/items/*/")
    expect(box(page)).to_have_value("PCC asked where.")
    assert len(stored(item)) == 2
    page.keyboard.press("Control+Enter")
    expect(page.locator("#entries article")).to_have_count(3)


def test_words_whose_answer_was_lost_and_that_were_changed_since_are_both_kept(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    words = edit(page, said)
    cut(page, WORDS)
    words.fill("asked first.")
    expect(state(page, EDITOR)).to_contain_text("Not saved.")
    words.fill("asked second.")
    page.unroute(WORDS)
    expect(state(page, EDITOR)).to_have_text(SAVED)
    page.keyboard.press("Control+Enter")
    expect(page.locator(EDITOR)).to_have_count(0)
    assert versions(said) == ["asked why.", "asked first.", "asked second."]


def test_a_mistake_is_told_beside_the_words_and_in_the_summary(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    edit(page, said).fill("")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Enter what was said")
    expect(page.locator(f"{EDITOR} .error-message")).to_have_text("Enter what was said")
    assert page.title().startswith("Error: ")
    axe(page)
    page.locator(".error-summary a").click()
    page.keyboard.type("asked who.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(EDITOR)).to_have_count(0)
    assert not page.title().startswith("Error: ")
    assert stored(item) == ["asked who."]


# While the form of some words is on its way, the entry around them is drawn anew.
DRAWN_ANEW = """() => {
    const ask = window.fetch;
    window.fetch = (address, options) => {
        const entry = document.querySelector("article[id^=entry-]");
        if (String(address).includes("/words/")) entry.outerHTML = entry.outerHTML;
        return ask(address, options);
    };
}"""


def test_words_open_for_editing_also_when_somebody_adds_to_their_entry(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    page.evaluate(DRAWN_ANEW)
    expect(edit(page, said)).to_be_focused()


def test_words_that_were_deleted_meanwhile_are_brought_back(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    services.add_contribution(said.exchange, services.Spoken("narrative", "There was a pause."), by=None)
    words = edit(page, said)
    services.remove_contribution(said, officer)
    words.fill("asked why, and when.")
    expect(state(page, EDITOR)).to_contain_text(
        "deleted this while you were writing. Your text is still here."
    )
    expect(words).to_have_value("asked why, and when.")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(EDITOR)).to_have_count(0)
    assert sorted(stored(item)) == ["There was a pause.", "asked why, and when."]


def test_words_that_were_deleted_meanwhile_are_put_in_the_box(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    words = edit(page, said)
    services.remove_exchange(said.exchange, officer)
    words.fill("asked why, and when.")
    page.get_by_role("button", name="Put it in the box below").click()
    expect(box(page)).to_have_value("asked why, and when.")
    expect(box(page)).to_be_focused()
    page.reload()
    is_ready(page)
    expect(box(page)).to_have_value("asked why, and when.")


def test_the_page_of_its_own_saves_without_being_drawn_again_and_leads_back(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    address = reverse("desk:words", args=[item.meeting_id, said.pk])
    for words, button in [("asked when.", "Save"), ("asked nothing.", "Cancel")]:
        page.goto(address)
        expect(page.locator("form[data-save][data-connected]")).to_have_count(1)
        page.get_by_label("What was said").fill(words)
        page.get_by_text(button, exact=True).click()
        page.wait_for_url(f"**{item.get_absolute_url()}#entry-{said.exchange_id}")
        assert kept(page) == []
    assert stored(item) == ["asked when."]
