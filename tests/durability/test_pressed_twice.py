"""Somebody presses a button twice, as impatient people do: it is done once, and they are told that it is done."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from meetings import services
from meetings.models import Contribution, Exchange
from tests.durability.browsing import form_in
from tests.meetings.conftest import question

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(leadership, pcc, exchange):
    """Two entries: of two people, and of one."""
    return [exchange, services.add_exchange(leadership, [question(pcc, "asked once more.")], by=None)]


PRESSED = {
    "remove_words": ("answer", {}),
    "remove_entry": ("second", {}),
    "join_words": ("answer", {"base_version": 1, "before_version": 1}),
    "join_entry": ("second", {"seen_at": 1}),
    "split_entry": ("answer", {}),
    "flag": ("second", {"note": "The year"}),
    "restore_words": ("answer", {}),
}


@pytest.mark.parametrize("name", PRESSED)
def test_the_second_press_is_answered_as_the_first(officer_client, meeting, entries, name):
    on, fields = PRESSED[name]
    row = {"answer": entries[0].contributions.last(), "second": entries[1]}[on]
    address, form = reverse(f"desk:{name}", args=[meeting.pk, row.pk]), {"op_id": uuid4(), **fields}
    answers = [officer_client.post(address, form).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Exchange.with_removed.count() <= 3
    assert Contribution.with_removed.count() == 3


@pytest.mark.parametrize(
    ("name", "on", "field"),
    [
        ("words", "answer", "text"),
        ("split_words", "answer", "text"),
        ("add_to_entry", "second", "text"),
        ("note", "second", "public_note"),
        ("flag", "second", "note"),
        ("item", "item", "text"),
        ("add_question", "item", "text"),
        ("question", "question", "text"),
    ],
)
def test_what_was_typed_is_shown_when_its_place_is_gone(
    officer_client, officer, meeting, entries, leadership, name, on, field
):
    asked = services.add_question(leadership, "How is it going?", by=officer)
    rows = {
        "answer": entries[0].contributions.last(),
        "second": entries[1],
        "item": leadership,
        "question": asked,
    }
    address = reverse(f"desk:{name}", args=[meeting.pk, rows[on].pk])
    form = opened(officer_client, address) | {field: "All these words."}
    clear_away(leadership, entries, asked, officer)
    answer = officer_client.post(address, form)
    assert answer.status_code in {404, 409}
    assert "All these words." in answer.content.decode()


def opened(client, address: str) -> dict[str, str]:
    """What the form of a page sends; that of a note to check stands on another page."""
    page = client.get(address)
    if page.status_code == 405:
        return {"op_id": str(uuid4())}
    found = html.fromstring(page.content.decode()).xpath("//main//form[.//textarea]")
    return form_in(found[0], address).fields


def clear_away(item, entries, asked, officer) -> None:
    """Take everything off the agenda, as far as it goes, down to the item itself."""
    services.remove_question(asked, officer)
    for entry in entries:
        Contribution.with_removed.filter(exchange=entry).update(removed_at=timezone.now(), removed_by=officer)
        Exchange.with_removed.filter(pk=entry.pk).update(removed_at=timezone.now(), removed_by=officer)
    item.removed_at, item.removed_by = timezone.now(), officer
    item.save()


def test_an_earlier_version_of_what_was_deleted_meanwhile_is_not_brought_back_unseen(
    officer_client, officer, meeting, entries
):
    said = entries[0].contributions.last()
    services.remove_contribution(said, officer)
    address = reverse("desk:restore_version", args=[meeting.pk, said.pk, 1])
    answer = officer_client.post(address, {"op_id": uuid4(), "base_version": 1})
    assert answer.status_code == 409
    assert "deleted this while you were writing" in answer.content.decode()
