"""What happens to an action, and who may make it happen."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from actions import services
from actions.models import DECISIONS, EVENTS, EventKind, State
from actions.services.gate import VERBS
from tests.actions.conftest import NOVEMBER, OCTOBER, SEPTEMBER, promise

AT = dt.datetime(2026, 10, 6, 10, 0, tzinfo=dt.UTC)
NOT_APPROVERS = ["officer", "liaison", "administrator", "stranger"]


def test_every_event_has_its_rule_and_its_words():
    assert set(EVENTS) == set(EventKind)
    assert set(VERBS) == set(EventKind)


def test_every_event_leads_to_a_state_that_is_known():
    assert {to for _, to in EVENTS.values() if to} | {State.OPEN} <= set(State)


@pytest.mark.parametrize("kind", sorted(DECISIONS))
@pytest.mark.parametrize("who", NOT_APPROVERS)
def test_only_an_approver_decides(request, action, who, kind):
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        services.decide(action, kind, by=by, reason="Because")
    assert action.events.count() == 1


@pytest.mark.parametrize("kind", sorted(DECISIONS))
def test_the_system_decides_nothing(action, kind):
    with pytest.raises(PermissionDenied):
        services.decide(action, kind, by=None, reason="Because")


def test_an_approver_closes_an_action_with_a_reason(approver, action):
    event = services.close(action, by=approver, reason="The report was received", at=AT)
    action.refresh_from_db()
    assert action.state == State.CLOSED
    assert (event.from_state, event.to_state, event.by, event.at) == (State.OPEN, State.CLOSED, approver, AT)
    assert event.text == "The report was received"


def test_closing_without_a_reason_is_asked_for_in_words(approver, action):
    with pytest.raises(services.NotPossible) as refused:
        services.close(action, by=approver, reason="  ")
    assert refused.value.sentence == "Enter a reason for closing this action"


def test_the_second_to_close_is_told_who_was_first_and_when(approver, action):
    services.close(action, by=approver, reason="Done", at=AT)
    with pytest.raises(services.Overtaken) as late:
        services.close(action, by=approver, reason="Done too")
    assert late.value.sentence.startswith("Adam Prentice closed this action on 6 October 2026 at 11am.")


def test_an_approver_who_did_not_see_the_newest_event_decides_again(approver, officer, action):
    seen = action.events.latest("pk").pk
    services.record_update(action, "The report will be late", by=officer)
    with pytest.raises(services.Overtaken) as late:
        services.close(action, by=approver, reason="Done", seen=seen)
    assert late.value.sentence.startswith("Olive Farrow added an update on ")
    action.refresh_from_db()
    assert action.is_open


def test_a_proposal_closes_nothing(liaison, action):
    services.propose_completion(action, "Report sent", by=liaison)
    action.refresh_from_db()
    assert action.state == State.PROPOSED
    assert action.is_open


def test_a_liaison_of_another_body_reports_nothing(liaison, office, september):
    other = promise(september, office.pcc)
    services.give_references(september)
    with pytest.raises(PermissionDenied):
        services.record_update(other, "Ours too?", by=liaison)


def test_what_is_provisional_has_no_updates(officer, new_action):
    with pytest.raises(services.NotPossible):
        services.record_update(new_action, "Early news", by=officer)


def test_a_new_date_keeps_the_first_and_counts(approver, action):
    services.move_due(action, due_on=NOVEMBER, by=approver, reason="More time was agreed", at=AT)
    action.refresh_from_db()
    assert (action.due_on, action.first_due_on, action.times_moved) == (NOVEMBER, OCTOBER, 1)
    event = action.events.latest("pk")
    assert (event.from_due_on, event.to_due_on) == (OCTOBER, NOVEMBER)


def test_a_new_date_answers_a_proposal(approver, officer, action):
    services.propose_completion(action, "Sent", by=officer, at=AT)
    services.move_due(action, due_on=NOVEMBER, by=approver, reason="Not yet", at=AT)
    action.refresh_from_db()
    assert action.state == State.OPEN


def test_a_new_date_must_be_in_the_future(approver, action):
    with pytest.raises(services.NotPossible, match="New due date must be in the future"):
        services.move_due(action, due_on=AT.date(), by=approver, reason="Hm", at=AT)


def test_a_decision_may_be_dated_by_its_meeting_but_not_in_the_future(approver, action, october):
    with pytest.raises(services.NotPossible, match="today or in the past"):
        services.close(action, by=approver, reason="Agreed", meeting=october, at=AT)


def test_how_it_stood_on_a_day_is_known_later(approver, officer, action):
    later = AT + dt.timedelta(days=10)
    services.propose_completion(action, "Sent", by=officer, at=AT)
    services.move_due(action, due_on=NOVEMBER, by=approver, reason="Not yet", at=later)
    services.close(action, by=approver, reason="Done", at=later + dt.timedelta(days=1))
    before, between = (services.state_on(action, day) for day in (SEPTEMBER, AT.date()))
    after, now = (
        services.state_on(action, day) for day in (later.date(), later.date() + dt.timedelta(days=1))
    )
    assert [one.state for one in (before, between, after, now)] == [
        State.OPEN,
        State.PROPOSED,
        State.OPEN,
        State.CLOSED,
    ]
    assert [one.due_on for one in (before, between, after)] == [OCTOBER, OCTOBER, NOVEMBER]
    assert [one.times_moved for one in (between, now)] == [0, 1]


def test_a_decision_dated_back_counts_from_that_day(approver, officer, action):
    services.propose_completion(action, "Sent", by=officer, at=AT)
    day = AT.date() - dt.timedelta(days=2)
    services.close(action, by=approver, reason="Agreed before", on=day, at=AT)
    assert services.state_on(action, day).state == State.CLOSED
    assert services.state_on(action, day - dt.timedelta(days=1)).state == State.OPEN


def test_what_was_closed_is_opened_again_by_an_approver(approver, action):
    services.close(action, by=approver, reason="Done")
    services.reopen(action, by=approver, reason="It was not")
    action.refresh_from_db()
    assert action.state == State.OPEN
