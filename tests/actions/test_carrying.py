"""Which actions come back to which meeting, and what is recorded there."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from actions import services
from actions.models import Outcome
from meetings.services import Spoken, add_exchange, cancel
from tests.actions.conftest import NOVEMBER, OCTOBER, SEPTEMBER, a_meeting, promise

AT = dt.datetime(2026, 10, 6, 10, 0, tzinfo=dt.UTC)


def earlier(meeting, office):
    return services.add_earlier_action(
        recorded_in=meeting,
        item=meeting.items.get(),
        text="revisit the benefits",
        owner=office.pcc,
        origin_text="September 2025 meeting",
        by=None,
        op_id=uuid4(),
    )


def test_an_open_action_comes_back_to_every_later_meeting(office, action, october):
    november = a_meeting(office.monthly, NOVEMBER)
    assert [list(services.carried_into(one)) for one in (october, november)] == [[action], [action]]


def test_it_does_not_come_back_to_its_own_meeting_or_an_earlier_one(office, action):
    august = a_meeting(office.monthly, dt.date(2026, 8, 20))
    assert not services.carried_into(action.meeting).exists()
    assert not services.carried_into(august).exists()


def test_it_comes_back_to_the_types_that_share_and_to_no_other(office, action):
    assert list(services.carried_into(a_meeting(office.thematic, OCTOBER))) == [action]
    assert not services.carried_into(a_meeting(office.public, OCTOBER)).exists()


def test_meetings_of_one_day_are_told_apart_by_their_start(office):
    morning = a_meeting(office.monthly, SEPTEMBER, start=dt.time(9))
    afternoon = a_meeting(office.thematic, SEPTEMBER, start=dt.time(14))
    early, late = promise(morning, office.cc), promise(afternoon, office.cc)
    assert list(services.carried_into(afternoon)) == [early]
    assert list(services.carried_into(morning)) == []
    assert list(services.carried_into(a_meeting(office.monthly, OCTOBER))) == [early, late]


def test_what_is_closed_before_a_meeting_does_not_come_back(approver, action, october):
    services.close(action, by=approver, reason="Done", at=AT)
    assert not services.carried_into(october).exists()


def test_what_is_closed_on_the_day_was_still_spoken_of(approver, action, october):
    at = dt.datetime(2026, 10, 28, 17, 0, tzinfo=dt.UTC)
    services.close(action, by=approver, reason="Agreed", meeting=october, at=at)
    assert list(services.carried_into(october)) == [action]


def test_what_is_opened_again_comes_back(approver, action, october):
    services.close(action, by=approver, reason="Done", at=AT)
    services.reopen(action, by=approver, reason="It was not", at=AT + dt.timedelta(days=1))
    assert list(services.carried_into(october)) == [action]


def test_a_cancelled_meeting_passes_its_actions_on(office, action, october):
    cancel(october, None)
    assert list(services.carried_into(a_meeting(office.monthly, NOVEMBER))) == [action]
    assert not services.carried_into(october).exists()


def test_an_earlier_action_is_in_the_record_that_brought_it_in_and_later_ones(office, september, october):
    brought_in = earlier(october, office)
    november = a_meeting(office.monthly, NOVEMBER)
    assert [list(services.carried_into(one)) for one in (september, october, november)] == [
        [],
        [brought_in],
        [brought_in],
    ]


def test_a_removed_action_comes_back_to_no_meeting(officer, new_action, october):
    services.remove_action(new_action, by=officer)
    assert not services.carried_into(october).exists()


def test_the_set_that_was_stored_with_the_numbers_stays(office, approver, action, october):
    at = dt.datetime(2026, 10, 29, 9, 0, tzinfo=dt.UTC)
    services.give_references(october, at)
    services.close(action, by=approver, reason="Agreed in August", on=dt.date(2026, 8, 1), at=at)
    promise(action.meeting, office.acc)
    services.give_references(october, at)
    assert list(services.carried_into(october)) == [action]


def test_an_earlier_action_that_is_added_after_the_numbers_joins_the_set(office, october):
    services.give_references(october)
    brought_in = earlier(october, office)
    assert list(services.carried_into(october)) == [brought_in]


def test_a_meeting_records_what_it_did_with_an_action(officer, action, october):
    exchange = add_exchange(
        october.items.get(), [Spoken("narrative", "A report was read.")], by=officer, op_id=uuid4()
    )
    services.record_outcome(action, october, Outcome.REPORTED, exchanges=[exchange], by=officer)
    services.record_outcome(action, october, Outcome.CLOSED, exchanges=[exchange], by=officer)
    told = october.carried_actions.get()
    assert (told.outcome, list(told.exchanges.all())) == (Outcome.CLOSED, [exchange])


def test_what_was_agreed_closes_nothing_before_an_approver_does(officer, action, october):
    services.record_outcome(action, october, Outcome.CLOSED, by=officer)
    action.refresh_from_db()
    assert action.is_open


def test_whatever_the_meeting_did_not_come_to_is_carried_forward_in_one_step(
    officer, office, september, october
):
    closed, read, first, second = (promise(september, office.cc) for _ in range(4))
    services.record_outcome(closed, october, Outcome.CLOSED, by=officer)
    exchange = add_exchange(october.items.get(), [Spoken("narrative", "Read.")], by=officer, op_id=uuid4())
    october.carried_actions.create(action=read, outcome="", by=officer, at=AT).exchanges.add(exchange)
    assert services.record_rest_not_reached(october, by=officer) == 2
    told = {one.action: one.outcome for one in october.carried_actions.all()}
    assert told == {
        closed: Outcome.CLOSED,
        read: "",
        first: Outcome.NOT_REACHED,
        second: Outcome.NOT_REACHED,
    }


def test_an_outcome_is_for_an_action_that_was_carried_there(officer, office, action):
    with pytest.raises(services.NotPossible, match="was not carried into this meeting"):
        services.record_outcome(action, a_meeting(office.public, OCTOBER), Outcome.REPORTED, by=officer)


@pytest.mark.parametrize("who", ["approver", "liaison", "administrator", "stranger"])
def test_only_officers_record_outcomes(request, action, october, who):
    with pytest.raises(PermissionDenied):
        services.record_outcome(action, october, Outcome.REPORTED, by=request.getfixturevalue(who))


def test_the_question_costs_the_same_for_many_actions(office, september, october, django_assert_num_queries):
    list(services.carried_into(october))
    for count in (1, 10):
        for _ in range(count):
            promise(september, office.cc)
        with django_assert_num_queries(3):
            list(services.carried_into(october))
