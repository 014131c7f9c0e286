"""The one box in a browser: what is asked, looked over, corrected and put back, by keyboard and in place."""

from playwright.sync_api import Page, expect

from meetings.models import Contribution, Exchange, ShortForm
from tests.browser.minuting import KEPT, box, minute, minuted_item, state
from tests.browser.pages import axe, come_in, focus_is_seen, no_sideways_scroll, tab_to


def type_and_save(page: Page, text: str) -> None:
    box(page).focus()
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")


def is_saved(page: Page) -> None:
    expect(state(page)).to_contain_text("Saved at")
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()
    expect(page.locator("#unclear")).to_be_empty()


def test_somebody_unknown_is_chosen_by_keyboard_and_the_rest_is_kept_as_typed(
    page, live_server, transactional_db, officer
):
    minute(page, officer, minuted_item())
    type_and_save(page, "pcc asked when\nxyz said soon")
    question = page.locator("#unclear fieldset")
    expect(question).to_contain_text("Select who XYZ is")
    axe(page)
    no_sideways_scroll(page)
    assert not Contribution.objects.filter(text="asked when").exists()
    tab_to(page, question.locator("input").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    is_saved(page)
    assert Contribution.objects.get(text="said soon").speaker.abbreviation == "CC"
    assert page.evaluate(KEPT) == []


def test_a_page_of_notes_is_looked_over_and_kept_and_leaves_nothing_on_the_device(
    page, live_server, transactional_db, officer
):
    minute(page, officer, minuted_item())
    type_and_save(page, "\n\n".join(f"pcc asked about {place}" for place in range(5)))
    expect(page.locator("#unclear")).to_contain_text("Nothing is saved yet")
    axe(page)
    assert Exchange.objects.count() == 1
    page.keyboard.press("Control+Enter")
    is_saved(page)
    assert Exchange.objects.count() == 6
    expect(page.locator("#entries article")).to_have_count(6)
    assert page.evaluate(KEPT) == []


def test_one_press_corrects_who_spoke_without_leaving_the_page(page, live_server, transactional_db, officer):
    minute(page, officer, minuted_item())
    type_and_save(page, "pcc said that it rains")
    is_saved(page)
    axe(page)
    page.locator("#read-as").get_by_role("button", name="CC said: said that it rains", exact=True).press(
        "Enter"
    )
    expect(page.locator("#read-as")).to_contain_text("CC commented")
    expect(page.locator("#entries")).to_contain_text("The CC said that it rains")
    assert Contribution.objects.get(text="said that it rains").version == 2


def test_a_short_form_is_added_on_the_page_written_out_and_put_back(
    page, live_server, transactional_db, officer
):
    minute(page, officer, minuted_item())
    page.get_by_text("Add a short form", exact=True).press("Enter")
    page.locator("#short-form-short").fill("mh")
    page.locator("#short-form-full").fill("mental health")
    page.locator("#short-form-full").press("Enter")
    expect(state(page, "form[data-save=short-form]")).to_contain_text("Saved at")
    assert ShortForm.objects.get().owner == officer
    type_and_save(page, "pcc asked about mh")
    is_saved(page)
    expect(page.locator("#entries")).to_contain_text("asked about mental health")
    page.locator("#read-as").get_by_role("button", name="Put mh back").press("Enter")
    expect(page.locator("#entries")).not_to_contain_text("mental health")
    assert Contribution.objects.get(text="asked about mh").version == 2


def test_short_forms_are_listed_for_everybody_to_read(page, live_server, transactional_db, officer):
    ShortForm.objects.create(short="mh", full="mental health", owner=officer)
    ShortForm.objects.create(short="dv", full="domestic violence")
    come_in(page, officer)
    page.goto("/office/short-forms/")
    axe(page)
    no_sideways_scroll(page)
    focus_is_seen(page)
