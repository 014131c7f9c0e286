"""A whole record is typed by keyboard alone, with fewer keys than a plain editor takes for the same text.

What is typed is made at run time from the real notes of the shared folder; no word of them is here.
"""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from actions.services import add_earlier_action
from importing.layout import read_notes
from importing.services import make_record
from meetings.models import Meeting, ShortForm
from meetings.services import add_attendee, add_item
from publications.notes import Item, Notes
from review.compilation import compile_notes
from tests.browser.pages import come_in
from tests.desk.keystrokes import SAVE, dictionary, in_small_letters, keystrokes, published, shortened, typed
from tests.importing.test_sample import SAMPLE
from tests.review.records import the_office

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not SAMPLE.exists(), reason=f"the real notes are not here: {SAMPLE}"),
]
TO_THE_NEXT_ITEM = 5  # as many times Tab, at most, before Enter


def imported() -> tuple[Meeting, Notes]:
    """The record that is made of the real notes, and its Notes."""
    identity = the_office()
    text = SAMPLE.read_text()
    read = read_notes(text, office=identity.office_name, force=identity.force_name)
    meeting = make_record(read.notes, by=None)
    return meeting, compile_notes(meeting, "office")


def emptied(meeting: Meeting) -> Meeting:
    """A meeting of the same people and agenda, to which the same earlier action comes back, and nothing minuted."""
    empty = Meeting.objects.create(type=meeting.type, date=meeting.date, status=meeting.status)
    for one in meeting.attendances.all():
        add_attendee(
            empty,
            person=one.person,
            role=one.role,
            role_title=one.role_title,
            abbreviation=one.abbreviation,
            body=one.body,
            chair=one.chair,
            by=None,
        )
    items = {}
    for item in meeting.items.order_by("parent__order", "order"):
        parent = items.get(item.parent_id)
        items[item.pk] = add_item(empty, title=item.title, kind=item.kind, parent=parent, by=None)
    for action in meeting.actions_brought_in.all():
        add_earlier_action(
            recorded_in=empty,
            item=items[action.item_id],
            text=action.text,
            owner=action.owner,
            origin_text=action.origin_text,
            heading=action.heading,
            by=None,
            op_id=uuid4(),
        )
    return empty


def lines_for(item: Item, notes: Notes) -> list[str]:
    """What is typed for an item, one text for each press of Ctrl and Enter."""
    shorts = {person.key: person.abbreviation for person in notes.people if person.abbreviation}
    if item.none:
        return ["none"]
    texts = [typed(exchange, shorts) for exchange in item.exchanges]
    carried = [action for action in notes.actions if action.carried_from and action.place.item == item.number]
    if carried:
        # Everything of this item is about the one action that came back to it.
        texts = ["new action 1:\n" + "\n\n".join(texts)]
    for action in notes.actions:
        if action.place.item == item.number and not action.carried_from:
            owner = action.owners[0].lower()
            wording = in_small_letters(action.text.removeprefix(f"The {action.owners[0]} "), shorts.values())
            texts[-1] += f"\naction {owner}: {wording}"
    return texts


def compared(notes: Notes) -> list:
    """What two records of the same meeting have in common: all that was said, promised and spoken of."""
    numbers = {action.key: place for place, action in enumerate(notes.actions)}
    said = [
        (
            item.number,
            item.title,
            item.none,
            [
                (exchange.number, [numbers[key] for key in exchange.about], exchange.contributions)
                for exchange in item.exchanges
            ],
        )
        for item in notes.every_item()
    ]
    promised = [
        (
            action.text,
            action.owners,
            action.due,
            action.place,
            action.carried_from and action.carried_from.text,
        )
        for action in notes.actions
    ]
    return [said, promised]


def type_item(page: Page, item: Item, texts: list[str]) -> int:
    """Type what belongs to an item, and come to the next one; returns how many keys that took."""
    count = 0
    for text in texts:
        expect(page.locator("#box")).to_be_focused()
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        expect(page.locator("form.box [data-save-state]")).to_contain_text("Saved at")
        expect(page.locator("#box")).to_have_value("")
        count += keystrokes(text) + SAVE
    return count


def go_on(page: Page) -> int:
    """Go to the next item by Tab and Enter; returns how many keys that took."""
    for presses in range(1, TO_THE_NEXT_ITEM + 1):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim().startsWith('Next item')"):
            page.keyboard.press("Enter")
            return presses + 1
    raise AssertionError("the next item is not within a few presses of Tab")


@pytest.mark.parametrize(("size", "at_most"), [(0, 1.0), (50, 0.85)], ids=["as it is", "with short forms"])
def test_the_whole_sample_is_typed_by_keyboard_with_fewer_keys_than_in_a_plain_editor(
    page, officer, capsys, size, at_most
):
    source, notes = imported()
    meeting = emptied(source)
    forms = short_forms_for(notes, size)
    ShortForm.objects.bulk_create(
        ShortForm(short=short, full=full, owner=officer) for short, full in forms.items()
    )
    come_in(page, officer)
    page.goto(f"{meeting.items.first().get_absolute_url()}#box")
    count = 0
    items = [item for item in notes.every_item() if item.kind != "next_meeting"]
    for item in items:
        expect(page.locator("h1")).to_contain_text(item.title)
        expect(page.locator("form.box[data-connected]")).to_have_count(1)
        count += type_item(page, item, [shortened(text, forms) for text in lines_for(item, notes)])
        count += go_on(page)
    assert compared(compile_notes(meeting, "office")) == compared(notes)

    editor = keystrokes_in_an_editor(notes)
    with capsys.disabled():
        print(  # noqa: T201  (a figure to record)
            f"\nkeys with {size} short forms: {count} at the box, {editor} in a plain editor: {count / editor:.3f}"
        )
    assert count / editor < at_most


def keystrokes_in_an_editor(notes: Notes) -> int:
    """The same text as it is published, without headings: exchanges, new actions, None."""
    arose = [action.text for action in notes.actions if not action.carried_from]
    texts = [published(item.exchanges) for item in notes.every_item() if item.exchanges]
    texts += arose + ["None" for item in notes.every_item() if item.none]
    return keystrokes("\n".join(texts))


def short_forms_for(notes: Notes, size: int) -> dict[str, str]:
    """The dictionary that saves most in this record."""
    everything = "\n".join(text for item in notes.every_item() for text in lines_for(item, notes))
    return dictionary(everything, size, [person.abbreviation or "" for person in notes.people])
