"""Asking for another date: the owner proposes one, and an approver agrees or lets the date stand."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from actions import services
from actions.models import ASKED, ENDED, EventKind, State
from tests.actions.conftest import NOVEMBER, OCTOBER, promise
from tests.meetings.pages import words_of

AT = dt.datetime(2026, 10, 6, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def asked(liaison, action):
    """The Chief Constable's office asks for 25 November instead of 28 October."""
    return services.propose_date(action, "The analyst is ill", due_on=NOVEMBER, by=liaison, at=AT)


def test_what_was_asked_for_is_open_until_it_is_answered():
    assert not ASKED & ENDED


def test_asking_for_another_date_moves_nothing(action, asked):
    action.refresh_from_db()
    assert (action.state, action.due_on, action.times_moved) == (State.DATE_PROPOSED, OCTOBER, 0)
    assert (asked.from_due_on, asked.to_due_on) == (OCTOBER, NOVEMBER)
    assert services.state_on(action, AT.date()).due_on == OCTOBER


def test_an_approver_agrees_to_the_date(approver, action, asked):
    services.move_due(action, due_on=asked.to_due_on, by=approver, reason="Agreed", at=AT)
    action.refresh_from_db()
    assert (action.state, action.due_on, action.times_moved) == (State.OPEN, NOVEMBER, 1)


def test_an_approver_lets_the_date_stand_and_says_why(approver, action, asked):
    with pytest.raises(services.NotPossible, match="Enter why the date stays as it is"):
        services.keep_date(action, by=approver, reason="", at=AT)
    services.keep_date(action, by=approver, reason="It was moved twice already", at=AT)
    action.refresh_from_db()
    assert (action.state, action.due_on) == (State.RETURNED, OCTOBER)


@pytest.mark.parametrize("who", ["officer", "liaison"])
def test_only_an_approver_answers(request, action, asked, who):
    with pytest.raises(PermissionDenied):
        services.keep_date(action, by=request.getfixturevalue(who), reason="No")


def test_a_date_that_nobody_asked_for_is_not_refused(approver, action):
    with pytest.raises(services.Overtaken):
        services.keep_date(action, by=approver, reason="No")


def test_asking_again_replaces_what_was_asked(liaison, approver, action, asked):
    later = services.propose_date(action, "It takes longer", due_next=True, by=liaison, at=AT)
    assert (later.to_due_on, later.to_due_next) == (None, True)


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [
        (AT.date(), "Proposed date must be in the future"),
        (OCTOBER, "This is the due date that it has. Select another one"),
        (None, "Select when it should be due"),
    ],
)
def test_a_date_that_cannot_be_asked_for_is_refused_in_words(liaison, action, due_on, sentence):
    with pytest.raises(services.NotPossible) as refused:
        services.propose_date(action, "Because", due_on=due_on, by=liaison, at=AT)
    assert refused.value.sentence == sentence
    assert not action.events.filter(kind=EventKind.DATE_PROPOSED).exists()


def test_another_body_asks_for_nothing(liaison, office, september):
    other = promise(september, office.pcc)
    services.give_references(september)
    with pytest.raises(PermissionDenied):
        services.propose_date(other, "Ours too?", due_on=dt.date(2027, 1, 13), by=liaison, at=AT)


# --- On the page of the action ----------------------------------------------------------------------


@pytest.fixture
def to_decide(approver_client, action, asked):
    """Answer the form on the action's page."""
    action.refresh_from_db()

    def decide(**answers):
        page = approver_client.get(action.get_absolute_url()).context["form"]
        typed = {"kind": "", "text": "Because", "seen": page["seen"].value()} | answers
        return approver_client.post(reverse("actions:decide", args=[action.pk]), typed, follow=True)

    return decide


def test_the_page_asks_about_the_date_first(approver_client, action, asked):
    page = words_of(approver_client.get(action.get_absolute_url()))
    assert "Agree to the date that is asked for, Wednesday 25 November 2026" in page
    assert "Do not agree. The due date stays as it is" in page
    assert "Asks for another date: 25 November 2026" in page
    assert "Awaiting decision" in page


def test_agreeing_on_the_page_moves_the_date(action, asked, to_decide, liaison):
    later = timezone.localdate() + dt.timedelta(days=99)
    services.propose_date(action, "It takes longer", due_on=later, by=liaison)
    assert "has a new due date" in words_of(to_decide(kind="agree"))
    action.refresh_from_db()
    assert (action.due_on, action.state) == (later, State.OPEN)


def test_not_agreeing_on_the_page_leaves_the_date(action, asked, to_decide):
    assert "Enter why the date stays as it is" in words_of(to_decide(kind="date_kept", text=""))
    assert "stays due when it was" in words_of(to_decide(kind="date_kept", text="Twice is enough"))
    action.refresh_from_db()
    assert (action.due_on, action.state) == (OCTOBER, State.RETURNED)


def test_without_a_proposal_nothing_is_asked_about_it(approver_client, action):
    page = words_of(approver_client.get(action.get_absolute_url()))
    assert "Agree to the date" not in page
