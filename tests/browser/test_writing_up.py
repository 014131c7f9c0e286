"""Rough now, written up later, in a browser: typed, worked through by keyboard, taken over from a transcript."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from meetings import services
from meetings.models import Contribution
from tests.browser.minuting import KEPT, box, minute, minuted_item, state
from tests.browser.pages import axe, come_in, focus_is_seen, no_sideways_scroll, tab_to

ROUGH = "cc: 3 courses, more sgts\ncc: figs by xmas"
FORM = "form[data-save^=words-]"
TALK = (
    "WEBVTT\n\n00:00:03.000 --> 00:00:05.000\n<v Imogen Vale>in custody it is different\n\n"
    + "".join(
        f"00:{minute:02}:00.000 --> 00:{minute:02}:30.000\n<v {'Rowan Ashdown' if minute % 2 else 'Imogen Vale'}>"
        f"we spoke of district {minute}, at length\n\n"
        for minute in range(1, 40)
    )
).encode()


def type_roughly(page: Page) -> None:
    page.get_by_label("Rough, to write up later").check()
    for text in ROUGH.split("\n"):
        box(page).focus()
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        expect(state(page)).to_contain_text("Saved at")
        expect(box(page)).to_have_value("")
        expect(box(page)).to_be_focused()


def text_of_the_next(page: Page, rough: str):
    """The text to be written, with the focus in it."""
    expect(page.locator("#rough-line")).to_contain_text(rough)
    expect(page.locator(f"{FORM}[data-connected]")).to_have_count(1)
    text = page.locator(f"{FORM} textarea")
    expect(text).to_be_focused()
    return text


def test_the_list_is_worked_through_by_keyboard(page, live_server, transactional_db, officer):
    minute(page, officer, minuted_item())
    type_roughly(page)
    expect(page.get_by_label("Rough, to write up later")).to_be_checked()
    link = page.get_by_role("link", name="To write up (2)")
    link.press("Enter")
    axe(page)
    no_sideways_scroll(page)
    tab_to(page, page.get_by_role("link", name="Write up the first"))
    page.keyboard.press("Enter")
    text = text_of_the_next(page, "3 courses, more sgts")
    expect(text).to_have_value("3 courses, more sgts")
    axe(page)
    no_sideways_scroll(page)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("said that more sergeants take three courses")
    page.keyboard.press("Control+Enter")
    text_of_the_next(page, "figs by xmas")
    expect(page.get_by_role("status").filter(has_text="1.1 is written up")).to_be_visible()
    keep = page.get_by_role("button", name="Keep the rough line as it is")
    tab_to(page, keep)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Everything is written up")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    text_of_the_next(page, "figs by xmas")
    focus_is_seen(page)
    texts = {one.rough: one.text for one in Contribution.objects.exclude(rough="")}
    assert texts == {
        "3 courses, more sgts": "said that more sergeants take three courses",
        "figs by xmas": "",
    }
    assert page.evaluate(KEPT) == []


def test_half_a_sentence_saves_itself_and_is_still_to_be_written_up(
    page, live_server, transactional_db, officer
):
    item = minuted_item()
    minute(page, officer, item)
    type_roughly(page)
    page.goto(item.meeting.get_absolute_url() + "to-write-up/")
    page.get_by_role("link", name="Write up the first").click()
    text_of_the_next(page, "3 courses, more sgts").fill("said that mo")
    expect(state(page, FORM)).to_contain_text("Saved at")
    words = Contribution.objects.get(rough="3 courses, more sgts")
    assert (words.text, words.to_write_up) == ("said that mo", True)


def test_a_passage_of_a_transcript_is_taken_over_in_one_press(page, live_server, transactional_db, officer):
    item = minuted_item()
    services.add_transcript(item.meeting, TALK, by=officer, op_id=uuid4())
    minute(page, officer, item)
    page.get_by_label("Type what is said").fill("pcc asked")
    page.get_by_role("link", name="Transcripts").press("Enter")
    box = page.get_by_label("Type what is said")
    expect(box).to_be_focused()
    expect(box).to_have_value("pcc asked")
    beside = page.get_by_role("region", name="Transcript Pasted text")
    beside.get_by_role("searchbox").fill("custody")
    page.keyboard.press("Enter")
    expect(beside.locator("mark")).to_have_text("custody")
    expect(beside.get_by_role("searchbox")).to_be_focused()
    axe(page)
    no_sideways_scroll(page)
    beside.get_by_role("button", name="Take over what Imogen Vale said").press("Enter")
    expect(page.locator("#entries .rough")).to_have_text("in custody it is different")
    expect(beside).to_contain_text("Taken over into 1.1")
    expect(box).to_have_value("pcc asked")
    beside.get_by_role("link", name="In its place").press("Enter")
    expect(beside.locator(".passage")).to_have_count(40)
    axe(page)
    beside.get_by_role("link", name="Close").press("Enter")
    expect(beside).to_have_count(0)
    expect(page.get_by_label("Type what is said")).to_have_value("pcc asked")


def test_without_a_script_a_passage_is_taken_over_too(new_page, live_server, transactional_db, officer):
    item = minuted_item()
    services.add_transcript(item.meeting, TALK, by=officer, op_id=uuid4())
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    come_in(page, officer)
    page.goto(item.get_absolute_url())
    page.get_by_role("link", name="Transcripts").click()
    page.get_by_role("searchbox").fill("custody")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take over what Imogen Vale said").click()
    expect(page.locator(".passage")).to_contain_text("Taken over into 1.1")
    no_sideways_scroll(page)
    page.get_by_role("alert").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("deleted")
    assert not Contribution.objects.exclude(rough="").exists()
