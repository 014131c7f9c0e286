"""What the device keeps: for whom, how long, and how it comes back."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import DutyKind
from meetings import services
from tests.browser.minuting import (
    EDITOR,
    answer_with,
    box,
    edit,
    is_ready,
    kept,
    minute,
    minuted_item,
    state,
    stored,
    versions,
)
from tests.browser.pages import OFF_THE_NETWORK, axe, no_sideways_scroll, sign_in
from tests.conftest import PASSWORD, person

DRAFT = "PCC asked how long."


@pytest.fixture
def item(transactional_db):
    return minuted_item()


@pytest.fixture
def said(item):
    return item.exchanges.get().contributions.get()


@pytest.fixture
def other_officer(transactional_db):
    return person("other@office.example", "Una Thorne", DutyKind.POLICY_OFFICER)


def minute_signed_in(page: Page, user, item):
    """Open the page of an item, after signing in as people do."""
    sign_in(page, user)
    page.goto(item.get_absolute_url())
    OFF_THE_NETWORK.add(page)
    return is_ready(page)


def note(page: Page):
    return page.locator(".kept-note")


def test_a_reload_brings_back_what_was_typed_into_the_box(item, officer, new_page):
    page = minute(new_page(), officer, item)
    box(page).fill(DRAFT)
    page.reload()
    is_ready(page)
    expect(box(page)).to_have_value(DRAFT)
    expect(note(page)).to_contain_text("We kept what you typed at ")
    axe(page)
    no_sideways_scroll(page)
    box(page).press("Control+Enter")
    expect(page.locator("#entries article")).to_have_count(2)
    expect(note(page)).to_have_count(0)
    page.reload()
    is_ready(page)
    expect(box(page)).to_have_value("")


def test_a_closed_tab_loses_nothing(item, officer, new_page):
    page = minute(new_page(), officer, item)
    box(page).press_sequentially(DRAFT, delay=40)
    page.wait_for_timeout(200)
    context = page.context
    page.close()
    page = minute(context.new_page(), officer, item)
    expect(box(page)).to_have_value(DRAFT)
    assert kept(page) == [DRAFT]


def test_two_open_tabs_keep_their_own_text(item, officer, new_page):
    first = minute(new_page(), officer, item)
    box(first).fill("PCC asked the first.")
    second = minute(first.context.new_page(), officer, item)
    expect(box(second)).to_have_value("")
    box(second).fill("PCC asked the second.")
    assert sorted(kept(first)) == ["PCC asked the first.", "PCC asked the second."]
    first.reload()
    is_ready(first)
    expect(box(first)).to_have_value("PCC asked the first.")


def test_words_that_were_being_edited_open_again_with_their_text(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    words = edit(page, said)
    answer_with(page, "**/words/*/", status=502, body="")
    words.fill("asked why, and when.")
    page.reload()
    words = page.locator(EDITOR).locator("textarea")
    expect(words).to_have_value("asked why, and when.")
    expect(page.locator(EDITOR)).to_contain_text("We kept what you typed at ")
    page.unroute("**/words/*/")
    words.press("Control+Enter")
    expect(page.locator(EDITOR)).to_have_count(0)
    assert versions(said) == ["asked why.", "asked why, and when."]


def test_without_a_network_nobody_is_led_away_from_the_page(item, said, officer, new_page):
    page = minute(new_page(), officer, item)
    page.context.set_offline(True)
    page.locator(f"#words-{said.pk}").get_by_role("link", name="Edit").click()
    expect(page.locator(f"#words-{said.pk}")).to_contain_text("You are offline.")
    expect(box(page)).to_be_visible()


def test_what_was_kept_can_be_discarded_and_put_back(item, officer, new_page):
    page = minute(new_page(), officer, item)
    box(page).fill(DRAFT)
    page.reload()
    is_ready(page)
    note(page).get_by_role("button", name="Discard it").click()
    expect(box(page)).to_have_value("")
    note(page).get_by_role("button", name="Put it back").click()
    expect(box(page)).to_have_value(DRAFT)
    note(page).get_by_role("button", name="Discard it").click()
    page.reload()
    is_ready(page)
    expect(box(page)).to_have_value("")
    assert kept(page) == []


def test_after_signing_in_again_the_text_is_in_the_box(item, officer, new_page):
    page = minute_signed_in(new_page(), officer, item)
    box(page).fill(DRAFT)
    Session.objects.all().delete()
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("Sign in again to save your last entry. We have kept what you typed.")
    state(page).get_by_role("link", name="Sign in").click()
    page.locator("[name=login]").fill(officer.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page).to_have_title(re.compile("Leadership"))
    is_ready(page)
    expect(box(page)).to_have_value(DRAFT)
    box(page).press("Control+Enter")
    expect(page.locator("#entries article")).to_have_count(2)
    assert len(stored(item)) == 2


def test_signing_in_again_elsewhere_lets_the_open_page_save(item, officer, new_page):
    page = minute_signed_in(new_page(), officer, item)
    box(page).fill(DRAFT)
    Session.objects.all().delete()
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("Sign in again")
    other = page.context.new_page()
    sign_in(other, officer)
    page.bring_to_front()
    expect(page.locator("#entries article")).to_have_count(2, timeout=20_000)
    expect(box(page)).to_have_value("")


def test_a_form_that_expired_gets_a_fresh_token_and_is_saved(item, officer, new_page):
    page = minute(new_page(), officer, item)
    page.context.clear_cookies(name="csrftoken")
    box(page).fill(DRAFT)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#entries article")).to_have_count(2)
    assert len(stored(item)) == 2


def test_nothing_is_saved_as_somebody_else(item, officer, other_officer, new_page):
    page = minute(new_page(), officer, item)
    page.context.clear_cookies()
    sign_in(page.context.new_page(), other_officer)
    box(page).fill(DRAFT)
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("Not saved. Somebody else is signed in here now.")
    assert len(stored(item)) == 1
    assert kept(page) == [DRAFT]


def test_signing_out_asks_once_and_then_clears_the_device(item, officer, new_page):
    page = minute(new_page(), officer, item)
    box(page).fill(DRAFT)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".session-notice")).to_contain_text("is not saved. Save it first")
    expect(box(page)).to_have_value(DRAFT)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("[name=password]")).to_have_count(1)
    assert kept(page) == []


def test_nobody_else_on_the_device_sees_it(item, officer, other_officer, new_page):
    page = minute(new_page(), officer, item)
    box(page).fill(DRAFT)
    page.context.clear_cookies()
    page.goto("about:blank")
    sign_in(page, other_officer)
    page.goto(item.get_absolute_url())
    is_ready(page)
    expect(box(page)).to_have_value("")
    assert "how long" not in page.content()
    assert kept(page) == [DRAFT]


def test_text_that_waits_on_another_page_is_told_of(item, officer, new_page):
    page = minute(new_page(), officer, item)
    box(page).fill(DRAFT)
    page.goto("/office/meetings/")
    told = page.get_by_role("region", name="Text that is not saved")
    expect(told).to_contain_text(DRAFT)
    axe(page)
    no_sideways_scroll(page)
    told.get_by_role("link").click()
    is_ready(page)
    expect(box(page)).to_have_value(DRAFT)


def test_text_in_an_item_that_was_removed_can_be_placed_elsewhere(item, officer, new_page):
    page = minute(new_page(), officer, item)
    empty = services.add_item(item.meeting, title="Budget", kind="other", by=None)
    page.goto(empty.get_absolute_url())
    is_ready(page)
    box(page).fill(DRAFT)
    services.remove_item(empty, officer)
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_contain_text("This item was removed from the agenda while you were writing.")
    expect(box(page)).to_have_value(DRAFT)
    page.goto(item.get_absolute_url())
    is_ready(page)
    told = page.get_by_role("region", name="Text that is not saved")
    told.locator("summary").click()
    expect(told.locator("textarea")).to_have_value(DRAFT)


def test_the_end_of_a_session_is_told_and_put_off(item, officer, new_page):
    page = new_page()
    page.clock.install()
    minute(page, officer, item)
    Session.objects.update(expire_date=timezone.now() + dt.timedelta(minutes=4, seconds=50))
    page.clock.run_for(6000)
    notice = page.locator(".session-notice")
    expect(notice).to_contain_text("You will be signed out in 5 minutes.")
    axe(page)
    notice.get_by_role("button", name="Stay signed in").click()
    expect(notice).to_have_count(0)
    assert Session.objects.get().expire_date > timezone.now() + dt.timedelta(hours=11)


def test_a_browser_that_keeps_nothing_promises_nothing(item, officer, new_page):
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    minute(page, officer, item)
    page.context.set_offline(True)
    box(page).fill(DRAFT)
    page.keyboard.press("Control+Enter")
    expect(state(page)).to_have_text(
        "Not saved. You are offline. Keep this page open: your text cannot be kept on this device."
    )
    page.context.set_offline(False)
    expect(page.locator("#entries article")).to_have_count(2)
