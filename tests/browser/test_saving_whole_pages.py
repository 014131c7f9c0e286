"""Forms that post a whole page: their text stays on the device until the next page says that it arrived."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.minuting import answer_with, kept, minuted_item, stored
from tests.browser.pages import OFF_THE_NETWORK, sign_in
from tests.conftest import PASSWORD

ANSWER = "replied that it was the weather."


@pytest.fixture
def item(transactional_db):
    return minuted_item()


@pytest.fixture
def adding(item):
    return reverse("desk:add_to_entry", args=[item.meeting_id, item.exchanges.get().pk])


@pytest.fixture
def page(new_page, officer, adding):
    page = new_page()
    OFF_THE_NETWORK.add(page)
    sign_in(page, officer)
    return open_form(page, adding)


def open_form(page: Page, adding: str) -> Page:
    page.goto(adding)
    expect(page.locator("form[data-keep][data-connected]")).to_have_count(1)
    return page


def words(page: Page):
    return page.get_by_label("What was said")


def answer_it(page: Page) -> None:
    page.get_by_label("Speaker", exact=True).select_option(label="CC – Imogen Vale")
    words(page).fill(ANSWER)


def sign_in_here(page: Page, officer) -> None:
    page.locator("[name=login]").fill(officer.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def test_what_was_typed_comes_back_with_what_was_chosen(page, adding):
    answer_it(page)
    open_form(page, adding)
    expect(words(page)).to_have_value(ANSWER)
    expect(page.get_by_label("Speaker", exact=True).locator("option:checked")).to_have_text(
        "CC – Imogen Vale"
    )
    expect(page.locator(".kept-note")).to_contain_text("We kept what you typed at ")


def test_what_arrived_is_forgotten(page, adding, item):
    answer_it(page)
    words(page).press("Control+Enter")
    page.wait_for_url(f"**{item.get_absolute_url()}*")
    expect(page.locator("#entries")).to_contain_text(ANSWER)
    page.wait_for_function("() => document.querySelector('meta[name=acknowledged]')")
    open_form(page, adding)
    expect(words(page)).to_have_value("")
    assert kept(page) == []


def test_a_fault_of_the_server_loses_nothing_and_a_second_try_has_one_effect(page, adding, item):
    answer_it(page)
    answer_with(page, f"**{adding}", status=500, body="<h1>Server Error</h1>", content_type="text/html")
    words(page).press("Control+Enter")
    expect(page.get_by_role("heading")).to_have_text("Server Error")
    page.unroute(f"**{adding}")
    open_form(page, adding)
    expect(words(page)).to_have_value(ANSWER)
    words(page).press("Control+Enter")
    page.wait_for_url(f"**{item.get_absolute_url()}*")
    assert stored(item) == ["asked why.", ANSWER]


def test_a_session_that_ended_loses_nothing(page, adding, officer):
    answer_it(page)
    Session.objects.all().delete()
    words(page).press("Control+Enter")
    page.get_by_role("link", name="Sign in and go back to the page").click()
    sign_in_here(page, officer)
    expect(page).to_have_title(re.compile("Add to entry 1.1"))
    expect(words(page)).to_have_value(ANSWER)


# Another page has the store to itself for as long as it goes on asking for something.
SLOW_DEVICE = """() => new Promise((isBusy) => {
    const until = Date.now() + 600;
    indexedDB.open("assurance").onsuccess = ({target}) => {
        const store = target.result.transaction("typed", "readwrite").objectStore("typed");
        const ask = () => {
            store.count().onsuccess = () => { isBusy(); if (Date.now() < until) ask(); };
        };
        ask();
    };
})"""


def test_a_device_that_writes_slowly_loses_nothing(page, adding, officer):
    other = page.context.new_page()
    OFF_THE_NETWORK.add(other)
    other.goto(adding)
    Session.objects.all().delete()
    other.evaluate(SLOW_DEVICE)
    answer_it(page)
    words(page).press("Control+Enter")
    page.get_by_role("link", name="Sign in and go back to the page").click()
    sign_in_here(page, officer)
    expect(page).to_have_title(re.compile("Add to entry 1.1"))
    expect(words(page)).to_have_value(ANSWER)


def test_a_mistake_that_is_left_alone_comes_back(page, adding):
    page.get_by_label("Answered").check()
    words(page).fill(ANSWER)
    words(page).press("Control+Enter")
    expect(page.locator(".error-summary")).to_contain_text("Select who answered")
    open_form(page, adding)
    expect(words(page)).to_have_value(ANSWER)


def present_for(page: Page):
    return page.get_by_label("Present for, such as items 2 to 4: Imogen Vale")


def test_what_somebody_was_present_for_stays_until_it_is_saved(page, item):
    page.goto(item.get_absolute_url())
    page.locator("#here summary").filter(has_text="Imogen Vale").click()
    present_for(page).fill("items 2 to 4")
    page.wait_for_timeout(200)
    page.reload()
    expect(present_for(page)).to_have_value("items 2 to 4")
    expect(present_for(page)).to_be_visible()
    present_for(page).press("Enter")
    expect(page.locator("#here summary").filter(has_text="items 2 to 4")).to_have_count(1)
    page.wait_for_timeout(200)
    assert kept(page) == []
    assert item.meeting.attendances.get(abbreviation="CC").present_for == "items 2 to 4"


def test_a_mistake_without_a_word_leaves_nothing_behind(page, adding, item):
    page.get_by_label("Answered").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.goto(item.get_absolute_url())
    expect(page.locator(".kept-elsewhere")).to_have_count(0)
    assert kept(page) == []


def test_another_page_tells_what_was_typed_and_about_what(page, item):
    answer_it(page)
    page.wait_for_timeout(200)
    page.goto(item.meeting.get_absolute_url())
    told = page.locator(".kept-elsewhere li")
    expect(told.get_by_role("link")).to_have_text(f"{item.title}: Add to entry 1.1")
    expect(told.locator("summary")).to_have_text(ANSWER)
