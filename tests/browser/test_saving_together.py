"""Two people who minute the same meeting at once: nobody's text is overwritten, and nobody is disturbed."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import DutyKind
from meetings import services
from tests.browser.minuting import (
    EDITOR,
    asked,
    box,
    edit,
    kept,
    minute,
    minuted_item,
    state,
    stored,
    versions,
)
from tests.browser.pages import axe, no_sideways_scroll
from tests.conftest import person

WITHIN_15_SECONDS = {"timeout": 15_000}


@pytest.fixture
def item(transactional_db):
    return minuted_item()


@pytest.fixture
def said(item):
    return item.exchanges.get().contributions.get()


@pytest.fixture
def pages(item, officer, new_page):
    """The pages of two officers."""
    other = person("other@office.example", "Una Thorne", DutyKind.POLICY_OFFICER)
    return minute(new_page(), officer, item), minute(new_page(), other, item)


@pytest.fixture
def clash(pages, said):
    """Both have changed the same words, and the second is told."""
    mine, theirs = pages
    words = edit(mine, said)
    edit(theirs, said).fill("asked the first.")
    theirs.keyboard.press("Control+Enter")
    expect(theirs.locator(EDITOR)).to_have_count(0)
    words.fill("asked the second.")
    expect(state(mine, EDITOR)).to_have_text(
        re.compile(r"Una Thorne changed entry 1\.1 at .+\. Your text is still here\.")
    )
    expect(state(mine, EDITOR)).to_have_attribute("role", "alert")
    return mine


def test_both_texts_are_on_the_page_and_nothing_is_overwritten(clash, item):
    words = clash.locator(EDITOR).locator("textarea")
    expect(words).to_have_value("asked the second.")
    for text in ["asked the first.", "asked why."]:
        expect(clash.locator(EDITOR)).to_contain_text(text)
    words.press_sequentially(" And more.")
    clash.wait_for_timeout(2500)
    expect(words).to_have_value("asked the second. And more.")
    assert stored(item) == ["asked the first."]
    assert kept(clash) == ["asked the second. And more."]
    axe(clash)
    no_sideways_scroll(clash)


def test_my_text_is_used(clash, said):
    clash.get_by_role("button", name="Use my text").click()
    expect(clash.locator(EDITOR)).to_have_count(0)
    assert versions(said) == ["asked why.", "asked the first.", "asked the second."]


def test_their_text_is_used(clash, item):
    clash.get_by_role("button", name="Use their text").click()
    expect(clash.locator(EDITOR)).to_have_count(0)
    expect(clash.locator("#entries")).to_contain_text("asked the first.")
    assert stored(item) == ["asked the first."]
    assert kept(clash) == []


def test_both_are_kept(clash, item):
    clash.get_by_role("button", name="Keep both").click()
    words = clash.locator(EDITOR).locator("textarea")
    expect(words).to_be_focused()
    expect(words).to_have_value("asked the first. asked the second.")
    words.press("Control+Enter")
    expect(clash.locator(EDITOR)).to_have_count(0)
    assert stored(item) == ["asked the first. asked the second."]


def test_what_nobody_chose_yet_survives_a_reload(clash, item):
    clash.reload()
    expect(clash.locator(EDITOR).locator("textarea")).to_have_value("asked the second.")
    clash.locator(EDITOR).locator("textarea").press("Control+Enter")
    expect(clash.get_by_role("button", name="Use my text")).to_be_visible()
    assert stored(item) == ["asked the first."]


def test_each_sees_within_15_seconds_what_the_other_edits(pages, said):
    first, second = pages
    edit(second, said)
    expect(first.locator("#others")).to_have_text("Una Thorne is editing 1.1.", **WITHIN_15_SECONDS)
    second.close()
    expect(first.locator("#others")).to_have_text("", **WITHIN_15_SECONDS)


def test_new_entries_of_others_appear_without_disturbing(pages, item, officer):
    first, second = pages
    words = box(first)
    words.fill("PCC asked how")
    words.press("Home")
    box(second).fill("PCC asked where.")
    second.keyboard.press("Control+Enter")
    expect(first.locator("#entries article")).to_have_count(2, **WITHIN_15_SECONDS)
    expect(words).to_be_focused()
    expect(words).to_have_value("PCC asked how")
    assert words.evaluate("one => one.selectionStart") == 0


def test_an_entry_in_which_one_writes_waits_for_its_turn(pages, item, said, officer):
    first, _ = pages
    words = edit(first, said)
    words.press_sequentially(" And when.")
    # Also while its writer looks elsewhere.
    first.get_by_role("heading", level=1).click()
    other = asked(item, "asked where.")
    services.move_exchange(other.exchange, "up", officer)
    expect(first.locator("#entries article")).to_have_count(2, **WITHIN_15_SECONDS)
    expect(words).to_have_value("asked why. And when.")
    words.press("Control+Enter")
    expect(first.locator(EDITOR)).to_have_count(0)
    expect(first.locator(f"#entry-{said.exchange_id}")).to_contain_text("1.2")
    expect(first.locator("#entries article").first).to_contain_text("asked where.", **WITHIN_15_SECONDS)
