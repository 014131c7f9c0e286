"""Recording actions and putting them right."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from actions import services
from actions.models import Action, EventKind
from meetings.texts import Conflict
from tests.actions.conftest import NOVEMBER, OCTOBER, SEPTEMBER, a_meeting, promise


def test_a_new_action_is_provisional(new_action):
    assert new_action.reference is None
    assert new_action.label == "New action 1"


def test_sent_twice_it_is_one_action(officer, office, september):
    again = uuid4()
    first, second = (promise(september, office.cc, by=officer, op_id=again) for _ in range(2))
    assert first == second
    assert Action.objects.count() == 1


@pytest.mark.parametrize("who", ["approver", "liaison", "administrator", "stranger"])
def test_only_officers_record_actions(request, office, september, who):
    with pytest.raises(PermissionDenied):
        promise(september, office.cc, by=request.getfixturevalue(who))


def test_an_action_needs_words(office, september, officer):
    with pytest.raises(services.NotPossible, match="Enter the action"):
        promise(september, office.cc, text=" ", by=officer)


def test_a_provisional_action_is_put_right_without_events(officer, office, new_action):
    services.assign(new_action, office.acc, [office.cc], by=officer)
    services.set_due(new_action, due_on=NOVEMBER, by=officer)
    services.reword(new_action, "send a report", base_version=1, op_id=uuid4(), by=officer)
    new_action.refresh_from_db()
    assert (new_action.owner, new_action.due_on, new_action.first_due_on) == (office.acc, NOVEMBER, NOVEMBER)
    assert new_action.text == "send a report"
    assert new_action.events.count() == 0


def test_once_it_has_a_reference_each_change_is_an_event(officer, office, action):
    services.reword(action, "send a report", base_version=1, op_id=uuid4(), by=officer, why="Clearer")
    services.assign(action, office.acc, by=officer, why="Moved to another post")
    reworded, reassigned = action.events.order_by("pk")[1:]
    assert (reworded.kind, reworded.from_text) == (EventKind.REWORDED, "provide an update on response times")
    assert (reassigned.from_owner, reassigned.to_owner) == (office.cc, office.acc)


def test_a_wording_that_is_sent_twice_is_one_event(officer, action):
    again = uuid4()
    for _ in range(2):
        services.reword(action, "send a report", base_version=1, op_id=again, by=officer)
    assert action.events.filter(kind=EventKind.REWORDED).count() == 1


def test_two_who_change_the_wording_both_keep_their_words(officer, action):
    services.reword(action, "send a report", base_version=1, op_id=uuid4(), by=officer)
    with pytest.raises(Conflict) as conflict:
        services.reword(action, "give a talk", base_version=1, op_id=uuid4(), by=officer)
    assert conflict.value.theirs.text == "send a report"


def test_officers_set_a_first_due_date_and_move_none(officer, office, september):
    undated = promise(september, office.cc)
    services.give_references(september)
    services.set_due(undated, due_next=True, by=officer)
    with pytest.raises(services.NotPossible, match="Only an approver"):
        services.set_due(undated, due_on=NOVEMBER, by=officer)
    undated.refresh_from_db()
    assert (undated.due_next, undated.first_due_next, undated.times_moved) == (True, True, 0)


def test_a_provisional_action_is_removed_and_brought_back(officer, new_action):
    services.remove_action(new_action, by=officer)
    assert not Action.objects.exists()
    services.restore_action(new_action, by=officer)
    assert Action.objects.get() == new_action


def test_an_action_with_a_reference_stays(officer, action):
    with pytest.raises(services.NotPossible, match="2026/1 has its reference and stays"):
        services.remove_action(action, by=officer)


def test_references_count_up_in_the_year_of_the_meeting(office, september):
    for _ in range(3):
        promise(september, office.cc)
    january = a_meeting(office.monthly, dt.date(2027, 1, 20))
    promise(january, office.cc)
    given = [
        action.reference for meeting in (september, january) for action in services.give_references(meeting)
    ]
    assert given == ["2026/1", "2026/2", "2026/3", "2027/1"]


def test_a_reference_is_kept_when_references_are_given_again(office, september, action):
    promise(september, office.acc)
    assert [one.reference for one in services.give_references(september)] == ["2026/1", "2026/2"]


def test_a_reference_that_old_notes_brought_is_passed_over(office, september):
    promise(september, office.cc, reference="2026/1")
    promise(september, office.cc)
    assert [one.reference for one in services.give_references(september)] == ["2026/1", "2026/2"]


def test_an_earlier_action_is_numbered_in_the_year_that_its_origin_names(office, september):
    item = september.items.get()
    earlier = services.add_earlier_action(
        recorded_in=september,
        item=item,
        text="revisit the benefits of the programme",
        owner=office.pcc,
        origin_text="September 2025 meeting",
        by=None,
        op_id=uuid4(),
    )
    promise(september, office.cc)
    assert [one.reference for one in services.give_references(september)] == ["2025/1", "2026/1"]
    earlier.refresh_from_db()
    assert earlier.events.get().on == SEPTEMBER


def test_references_that_we_give_to_what_was_published_elsewhere_are_ours(office):
    meeting = a_meeting(office.monthly, OCTOBER)
    meeting.published_elsewhere = True
    meeting.save()
    promise(meeting, office.cc)
    services.give_references(meeting)
    assert Action.objects.get().ours


def test_an_action_belongs_to_an_item_of_its_meeting(office, september, october):
    with pytest.raises(services.NotPossible):
        services.add_action(
            meeting=october, item=september.items.get(), text="send", owner=office.cc, by=None, op_id=uuid4()
        )


def test_a_first_due_date_that_has_passed_is_refused_in_words(officer, office, september):
    undated = promise(september, office.cc)
    services.give_reference(undated)
    at = dt.datetime(2026, 11, 2, 10, 0, tzinfo=dt.UTC)
    with pytest.raises(services.NotPossible, match="Due date must be today or in the future"):
        services.set_due(undated, due_on=OCTOBER, by=officer, at=at)
    services.set_due(undated, due_on=at.date(), by=officer, at=at)


def test_a_due_date_before_the_meeting_is_refused_by_whoever_sets_it(officer, new_action):
    with pytest.raises(
        services.NotPossible, match="same as or after 24 September 2026 when the meeting was held"
    ):
        services.set_due(new_action, due_on=SEPTEMBER - dt.timedelta(days=1), by=officer)


def test_an_earlier_action_may_be_late_already_but_not_before_its_own_meeting(officer, office, september):
    def bring_in(due_on):
        return services.add_earlier_action(
            recorded_in=september,
            item=september.items.get(),
            text="revisit the benefits of the programme",
            owner=office.pcc,
            origin_text="June 2026 meeting",
            origin_date=dt.date(2026, 6, 18),
            due_on=due_on,
            by=officer,
            op_id=uuid4(),
        )

    assert bring_in(dt.date(2026, 7, 30)).due_on == dt.date(2026, 7, 30)
    with pytest.raises(services.NotPossible, match="same as or after 18 June 2026"):
        bring_in(dt.date(2026, 6, 1))


def test_once_it_has_a_reference_who_helps_is_in_its_history(officer, office, action):
    services.assign(action, office.cc, [office.acc], by=officer)
    services.assign(action, office.cc, [office.pcc], by=officer)
    services.assign(action, office.cc, [office.pcc], by=officer)
    told = action.events.filter(kind=EventKind.HELPERS).order_by("pk").values_list("text", flat=True)
    assert list(told) == [
        "Helping now: Assistant Chief Constable.",
        "Helping now: Police and Crime Commissioner. No longer: Assistant Chief Constable.",
    ]
