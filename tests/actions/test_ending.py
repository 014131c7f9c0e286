"""How an action ends that is neither done nor wanted as it is; and how it is opened again."""

import pytest
from django.urls import reverse

from actions import services
from actions.models import Action, EventKind, State
from meetings.models import Person
from meetings.services import appoint
from tests.actions.conftest import OCTOBER, promise
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(office, september, action):
    """2026/2, which may take the place of 2026/1."""
    made = promise(september, office.acc, text="report once a year on response times")
    services.give_reference(made)
    return made


def end(client, action, kind, **typed):
    seen = action.events.latest("pk").pk
    data = {"kind": kind, "text": "", "seen": seen} | typed
    return client.post(reverse("actions:end", args=[action.pk]), data, follow=True)


def test_another_action_takes_its_place_and_both_pages_say_so(approver_client, action, other):
    page = end(approver_client, action, "superseded", other=other.pk).content.decode()
    assert "Action 2026/1 superseded" in page
    action.refresh_from_db()
    assert (action.state, action.superseded_by) == (State.SUPERSEDED, other)
    pages = [approver_client.get(one.get_absolute_url()).content.decode() for one in (action, other)]
    assert "takes its place" in pages[0]
    assert "Takes the place of action" in pages[1]


def test_which_action_takes_its_place_has_to_be_said(approver_client, action, other):
    page = end(approver_client, action, "superseded").content.decode()
    assert "Select which action takes its place" in page
    action.refresh_from_db()
    assert action.is_open


def test_an_action_that_has_ended_takes_nobodys_place(approver, action, other):
    services.close(other, by=approver, reason="Done")
    with pytest.raises(services.NotPossible, match="Action 2026/2 is closed"):
        services.supersede(action, other, by=approver)


def test_an_action_does_not_take_its_own_place(approver, action):
    with pytest.raises(services.NotPossible):
        services.supersede(action, action, by=approver)


def test_opened_again_it_is_nobodys_predecessor(approver, action, other):
    services.supersede(action, other, by=approver)
    services.reopen(action, by=approver, reason="They are two things after all")
    action.refresh_from_db()
    assert (action.state, action.superseded_by) == (State.OPEN, None)


def test_one_that_was_given_in_error_stays_as_not_used_and_its_reference_with_it(
    approver_client, office, september, action
):
    page = end(approver_client, action, "not_used", text="It was minuted twice").content.decode()
    assert "Action 2026/1 marked as not used" in page
    action.refresh_from_db()
    assert (action.state, action.standing, action.reference) == (State.WITHDRAWN, "Not used", "2026/1")
    assert services.give_reference(promise(september, office.cc)) == "2026/2"
    assert "Not used" in approver_client.get(action.get_absolute_url()).content.decode()


TAKES_OVER = "Marlshire Combined Authority"


def test_an_action_is_transferred_to_the_body_that_takes_the_work_over(approver_client, action):
    answer = end(approver_client, action, "transferred", to_body=TAKES_OVER, text="The office ends in May")
    action.refresh_from_db()
    assert (action.state, action.standing) == (State.TRANSFERRED, f"Transferred to {TAKES_OVER}")
    event = action.events.latest("pk")
    assert (event.to_body, event.text) == (TAKES_OVER, "The office ends in May")
    page = answer.content.decode() + approver_client.get(action.get_absolute_url()).content.decode()
    assert f"To {TAKES_OVER}" in page


def test_which_body_takes_it_over_has_to_be_said(approver_client, approver, action):
    page = end(approver_client, action, "transferred", to_body=" ", text="The office ends").content.decode()
    assert "Enter which body takes this action over" in page
    with pytest.raises(services.NotPossible, match="which body"):
        services.transfer(action, " ", by=approver, reason="The office ends")
    action.refresh_from_db()
    assert action.is_open


def test_opened_again_nobody_has_taken_it_over(approver, action):
    services.transfer(action, TAKES_OVER, by=approver, reason="The office ends")
    services.reopen(action, by=approver, reason="It stays with us")
    action.refresh_from_db()
    assert (action.state, action.transferred_to) == (State.OPEN, "")
    assert action.events.get(kind=EventKind.TRANSFERRED).to_body == TAKES_OVER


def test_a_body_typed_for_another_ending_is_not_kept(approver_client, action):
    end(approver_client, action, "withdrawn", to_body=TAKES_OVER, text="Not wanted")
    action.refresh_from_db()
    assert (action.state, action.transferred_to) == (State.WITHDRAWN, "")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("withdrawn", "Enter a reason for withdrawing this action"),
        ("not_used", "Enter why this action is not used"),
        ("transferred", "Enter which body takes this action over"),
    ],
)
def test_every_ending_says_what_it_wants(approver_client, action, kind, sentence):
    assert sentence in end(approver_client, action, kind).content.decode()


def test_an_ending_is_undone_at_one_press(approver_client, action, other):
    end(approver_client, action, "superseded", other=other.pk)
    event = action.events.latest("pk")
    approver_client.post(reverse("actions:undo", args=[action.pk, event.pk]))
    action.refresh_from_db()
    assert action.state == State.OPEN


def test_an_officer_ends_nothing(officer_client, action):
    assert officer_client.get(reverse("actions:end", args=[action.pk])).status_code == 403


def test_the_page_names_who_owed_it_when_it_was_agreed(approver_client, office, action):
    appoint(office.cc, Person.objects.create(name="Rufus Marlowe"), starts=OCTOBER, by=None)
    page = approver_client.get(action.get_absolute_url()).content.decode()
    assert "When it was agreed: Chief Constable (Imogen Vale)" in page


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_two_the_other_way_round_leave_one_of_them_open(approver, action, other):
    pks = [(action.pk, other.pk), (other.pk, action.pk)]

    def merge(one, into):
        return lambda: services.supersede(
            Action.objects.get(pk=one), Action.objects.get(pk=into), by=approver
        )

    results = at_once(*[merge(*pair) for pair in pks])
    assert sum(isinstance(one, services.NotPossible) for one in results) == 1
    assert Action.objects.open().count() == 1
    (ended,) = Action.objects.filter(state=State.SUPERSEDED)
    assert ended.events.filter(kind=EventKind.SUPERSEDED).count() == 1
