"""What was typed under something that is gone is put elsewhere: in the box of another item, not saved before it is seen."""

from uuid import uuid4

import pytest
from django.urls import reverse

from meetings import services
from meetings.models import Contribution


@pytest.fixture
def performance(meeting):
    return meeting.items.get(title="Performance")


@pytest.fixture
def gone(meeting, leadership, officer):
    """An item that was removed from the agenda while somebody typed in it."""
    services.remove_item(leadership, officer)
    return leadership


def test_what_was_typed_in_a_removed_item_can_go_to_any_other(officer_client, gone, performance):
    answer = officer_client.post(
        gone.get_absolute_url(), {"lines": "1", "text": "pcc asked why.", "op_id": uuid4()}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ">pcc asked why.</textarea>" in page
    assert f'formaction="{performance.get_absolute_url()}"' in page
    assert f'formaction="{gone.get_absolute_url()}"' not in page


def test_the_box_of_the_chosen_item_opens_with_it_and_nothing_is_saved(officer_client, gone, performance):
    sent = {"lines": "1", "look": "1", "text": "pcc asked why.", "op_id": uuid4()}
    page = officer_client.post(performance.get_absolute_url(), sent).content.decode()
    assert "pcc asked why.</textarea>" in page
    assert not Contribution.objects.exists()


def test_who_was_selected_stands_before_the_words(officer_client, gone, pcc):
    sent = {"text": "asked why.", "speaker": pcc.pk, "kind": "question", "op_id": uuid4()}
    assert ">PCC asked why.</textarea>" in officer_client.post(gone.get_absolute_url(), sent).content.decode()


@pytest.mark.parametrize("speaker", ["", "abc", "9" * 30, "²"])
def test_a_speaker_that_there_is_not_does_no_harm(officer_client, gone, speaker):
    sent = {"text": "asked why.", "speaker": speaker, "op_id": uuid4()}
    assert ">asked why.</textarea>" in officer_client.post(gone.get_absolute_url(), sent).content.decode()


def test_a_script_is_told_that_the_item_is_gone_and_how_to_place_the_text(officer_client, gone):
    answer = officer_client.post(
        gone.get_absolute_url(),
        {"lines": "1", "text": "pcc asked why.", "op_id": uuid4()},
        headers={"accept": "application/json"},
    )
    assert (answer.status_code, answer.json()["state"]) == (409, "gone")
    assert "Put it in another item" in answer.json()["html"]["conflict"]


def test_words_of_an_entry_that_was_deleted_can_be_put_elsewhere(
    officer_client, officer, meeting, exchange, said, performance
):
    services.remove_exchange(exchange, officer)
    form = {
        "base_version": 1,
        "op_id": uuid4(),
        "kind": "question",
        "speaker": said.speaker_id,
        "text": "asked.",
    }
    for address in [
        reverse("desk:words", args=[meeting.pk, said.pk]),
        reverse("desk:add_to_entry", args=[meeting.pk, exchange.pk]),
    ]:
        page = officer_client.post(address, form).content.decode()
        assert ">PCC asked.</textarea>" in page
        assert f'formaction="{performance.get_absolute_url()}"' in page
        assert "Bring" in page


def test_an_entry_that_is_moved_from_its_panel_stays_open_to_be_moved_further(
    officer_client, meeting, leadership, exchange, pcc
):
    for words in ["Noted.", "Noted too."]:
        last = services.add_exchange(leadership, [services.Spoken("narrative", words)], by=None)
    for seen_at, waiting in [(2, "up"), (1, "entry")]:
        sent = {"direction": "up", "seen_at": seen_at, "more": "1"}
        answer = officer_client.post(reverse("desk:move_entry", args=[meeting.pk, last.pk]), sent)
        assert answer.url == f"{leadership.get_absolute_url()}?more={last.pk}#{waiting}-{last.pk}"


def test_the_side_lists_what_is_open_in_the_whole_meeting(
    officer_client, officer, exchange, said, performance
):
    services.flag(said, "Name of the plan", by=officer, op_id=uuid4())
    page = officer_client.get(performance.get_absolute_url()).content.decode()
    assert 'id="open-checks"' in page
    assert "Name of the plan" in page


def test_a_move_that_is_pressed_twice_moves_one_place(officer_client, meeting, leadership, exchange, pcc):
    for number in range(2):
        services.add_exchange(leadership, [services.Spoken("narrative", f"Noted {number}.")], by=None)
    last = leadership.exchanges.last()
    said = exchange.contributions.last()
    for name, row, seen_at in [("move_entry", last, 2), ("move_words", said, 1)]:
        address = reverse(f"desk:{name}", args=[meeting.pk, row.pk])
        sent = {"direction": "up", "seen_at": seen_at, "op_id": uuid4()}
        assert [officer_client.post(address, sent).status_code for _ in range(2)] == [302, 302]
        assert officer_client.post(address, sent | {"direction": "down"}).status_code == 422
    assert list(leadership.exchanges.all()).index(last) == 1
    assert exchange.contributions.first() == said
