"""Two people who act at the same moment, on real connections: one outcome, nothing lost."""

from uuid import uuid4

import pytest

from actions import services
from actions.models import Action, EventKind, State
from meetings.models import Meeting
from tests.actions.conftest import OCTOBER, a_meeting, promise
from tests.at_once import at_once
from tests.conftest import DutyKind, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def delegate(db):
    return person("delegate@office.example", "Dina Cole", DutyKind.APPROVER)


def with_fresh(action, service, **details):
    """Do this with a row of its own, as another request would have."""
    return lambda: service(Action.objects.get(pk=action.pk), **details)


@pytest.mark.parametrize("turn", range(5))
def test_of_two_who_close_at_once_one_wins_and_the_other_is_told(approver, delegate, action, turn):
    results = at_once(
        with_fresh(action, services.close, by=approver, reason="Mine"),
        with_fresh(action, services.close, by=delegate, reason="Mine"),
    )
    (winner,) = [one for one in results if not isinstance(one, Exception)]
    (late,) = [one for one in results if isinstance(one, services.Overtaken)]
    assert late.sentence.startswith(f"{winner.by.name} closed this action on ")
    assert action.events.filter(kind=EventKind.CLOSED).count() == 1


@pytest.mark.parametrize("turn", range(5))
def test_two_who_decide_otherwise_upon_the_same_page_do_not_both_count(approver, delegate, action, turn):
    seen = action.events.latest("pk").pk
    results = at_once(
        with_fresh(action, services.close, by=approver, reason="Done", seen=seen),
        with_fresh(action, services.retain, by=delegate, seen=seen),
    )
    assert sum(isinstance(one, services.Overtaken) for one in results) == 1
    assert action.events.count() == 2


def test_an_owner_who_reports_while_it_is_closed_loses_nothing(approver, delegate, liaison, action):
    results = at_once(
        with_fresh(action, services.close, by=approver, reason="Done"),
        with_fresh(action, services.close, by=delegate, reason="Done"),
        with_fresh(action, services.record_update, text="One more thing", by=liaison),
    )
    action.refresh_from_db()
    assert action.state == State.CLOSED
    told = [one for one in results if isinstance(one, services.Overtaken)]
    kept = [one for one in results if not isinstance(one, Exception)]
    assert len(told) + len(kept) == 3
    assert action.events.count() == 1 + len(kept)


def test_dates_that_are_moved_at_once_are_all_counted(approver, action, office):
    dates = [OCTOBER.replace(year=2099, day=day) for day in (1, 2, 3)]
    at_once(
        *[with_fresh(action, services.move_due, due_on=day, by=approver, reason="Later") for day in dates]
    )
    action.refresh_from_db()
    assert action.times_moved == 3 == action.events.filter(kind=EventKind.DUE_MOVED).count()


def test_meetings_that_are_numbered_at_once_share_no_reference(office):
    meetings = [a_meeting(office.monthly, OCTOBER), a_meeting(office.public, OCTOBER)]
    for meeting in meetings:
        for _ in range(3):
            promise(meeting, office.cc)
    pks = [meeting.pk for meeting in meetings]
    at_once(*[lambda pk=pk: services.give_references(Meeting.objects.get(pk=pk)) for pk in pks * 2])
    references = Action.objects.values_list("reference", flat=True)
    assert sorted(references) == [f"2026/{number}" for number in range(1, 7)]


def test_one_new_action_that_arrives_several_times_at_once_is_one(officer, office, september):
    op_id = uuid4()
    results = at_once(*[lambda: promise(september, office.cc, by=officer, op_id=op_id)] * 4)
    assert len({result.pk for result in results}) == 1


def test_actions_that_are_added_at_once_have_names_of_their_own(officer, office, september):
    at_once(*[lambda: promise(september, office.cc, by=officer)] * 4)
    assert sorted(Action.objects.values_list("order", flat=True)) == [1, 2, 3, 4]


DECIDING = ["close", "return_to_owner", "retain", "move_due"]


@pytest.mark.parametrize("turn", range(8))
def test_two_approvers_and_an_owner_at_once_make_one_outcome_and_lose_nothing(
    approver, delegate, liaison, action, turn
):
    """Whoever is late is told who was first and when; what was told before stays told."""
    first, second = DECIDING[turn % 4], DECIDING[(turn // 2 + 1) % 4]
    owners = services.propose_completion if turn % 2 else services.record_update
    seen = action.events.latest("pk").pk

    def decide(name, by):
        due = {"due_on": OCTOBER.replace(year=2099)} if name == "move_due" else {}
        return with_fresh(action, getattr(services, name), by=by, reason="So", seen=seen, **due)

    results = at_once(
        decide(first, approver), decide(second, delegate), with_fresh(action, owners, text="News", by=liaison)
    )
    late = [one for one in results if isinstance(one, services.Overtaken)]
    kept = [one for one in results if not isinstance(one, Exception)]
    assert len(late) + len(kept) == 3
    assert all(one.event.by.name in one.sentence and " on " in one.sentence for one in late)
    events = list(action.events.order_by("pk"))
    assert {event.pk for event in events[1:]} == {event.pk for event in kept}
    assert sum(event.by in {approver, delegate} for event in events) <= 1
    states = [event.to_state for event in events]
    assert [event.from_state for event in events[1:]] == states[:-1]
    action.refresh_from_db()
    assert action.state == states[-1]


def test_two_officers_who_send_at_once_send_each_action_once(officer, office, september):
    for _ in range(3):
        promise(september, office.cc)
    results = at_once(*[lambda: services.send_actions(Meeting.objects.get(pk=september.pk), officer)] * 2)
    assert sorted(len(one) for one in results) == [0, 3]
    sent = Action.objects.prefetch_related("events")
    assert sorted(one.reference for one in sent) == ["2026/1", "2026/2", "2026/3"]
    assert all(one.events.filter(kind=EventKind.SENT).count() == 1 for one in sent)
