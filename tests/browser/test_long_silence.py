"""Long after it was typed: an hour without a network, a night with the lid closed, three days. The page's clock jumps."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.minuting import (
    EDITOR,
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

DRAFT = "PCC asked how long."
HOUR = 60 * 60 * 1000


@pytest.fixture
def item(transactional_db):
    return minuted_item()


@pytest.fixture
def said(item):
    return item.exchanges.get().contributions.get()


@pytest.fixture
def page(item, officer, new_page) -> Page:
    page = new_page()
    page.clock.install()
    return minute(page, officer, item)


def test_an_hour_without_a_network_loses_nothing(page, item, said):
    box(page).fill(DRAFT)
    words = edit(page, said)
    page.context.set_offline(True)
    for minutes in range(0, 60, 15):
        words.press("Control+End")
        words.press_sequentially(f" {minutes}")
        page.clock.fast_forward(HOUR // 4)
        expect(state(page, EDITOR)).to_contain_text("Not saved. You are offline. Keep typing")
    assert versions(said) == ["asked why."]
    page.context.set_offline(False)
    expect(state(page, EDITOR)).to_contain_text("Saved at ")
    assert versions(said)[-1] == "asked why. 0 15 30 45"
    assert kept(page) == [DRAFT]
    box(page).press("Control+Enter")
    expect(page.locator("#entries article")).to_have_count(2)
    assert stored(item)[-1] == "asked how long."
    assert kept(page) == []


def test_a_laptop_that_slept_goes_on_where_it_stopped(page, item, said):
    words = edit(page, said)
    page.context.set_offline(True)
    words.fill("asked why, and when.")
    box(page).fill(DRAFT)
    # Its clock stands still with it, and jumps when it wakes, before there is a network again.
    page.clock.fast_forward(9 * HOUR)
    expect(state(page, EDITOR)).to_contain_text("Not saved. You are offline.")
    page.context.set_offline(False)
    expect(state(page, EDITOR)).to_contain_text("Saved at ")
    assert versions(said)[-1] == "asked why, and when."
    expect(box(page)).to_have_value(DRAFT)
    assert kept(page) == [DRAFT]


def test_after_three_days_it_is_gone_from_the_device(page, item):
    box(page).fill(DRAFT)
    for hours, text in [(71, DRAFT), (2, "")]:
        page.clock.fast_forward(hours * HOUR)
        page.reload()
        is_ready(page)
        expect(box(page)).to_have_value(text)
    assert kept(page) == []
