"""What of the actions stands in the way of a meeting's notes."""

from actions import services
from actions.checks import checks
from actions.models import Outcome
from tests.actions.conftest import NOVEMBER, SEPTEMBER, a_meeting, promise


def found(meeting) -> dict[str, str]:
    return {check.code: check.severity for check in checks(meeting)}


def test_a_sound_action_is_in_nobodys_way(new_action):
    assert found(new_action.meeting) == {}


def test_an_action_without_owner_blocks(september):
    promise(september, None)
    (check,) = checks(september)
    assert (check.code, check.severity) == ("action_without_owner", "blocker")
    assert check.sentence == "Select who owns new action 1: “provide an update on response times”."
    assert check.url.endswith("/owner/")


def test_an_action_without_wording_blocks(new_action):
    type(new_action).objects.filter(pk=new_action.pk).update(text=" ")
    assert found(new_action.meeting) == {"action_without_words": "blocker"}


def test_a_due_date_before_the_meeting_blocks(office, september):
    promise(september, office.cc, due_on=SEPTEMBER.replace(day=1))
    (check,) = checks(september)
    assert check.severity == "blocker"
    assert "must be the same as or after 24 September 2026 when the meeting was held" in check.sentence


def test_due_next_without_a_next_meeting_is_remarked(office, september):
    promise(september, office.cc, due_next=True)
    assert found(september) == {"action_due_next_without_date": "remark"}


def test_a_carried_action_without_outcome_blocks(officer, action, october):
    assert found(october) == {"carried_action_without_outcome": "blocker"}
    services.record_outcome(action, october, Outcome.NOT_REACHED, by=officer)
    assert found(october) == {}


def test_a_record_that_was_published_elsewhere_may_be_silent_on_a_carried_action(october, action):
    october.published_elsewhere = True
    october.save()
    assert found(october) == {"carried_action_without_outcome": "doubt"}


def test_each_thing_in_the_way_has_a_code_of_its_own(office, september, action):
    november = a_meeting(office.monthly, NOVEMBER)
    promise(november, None, due_on=SEPTEMBER)
    promise(november, office.cc, due_next=True)
    blank = promise(november, office.cc)
    type(blank).objects.filter(pk=blank.pk).update(text="")
    assert set(found(november)) == {
        "action_without_owner",
        "action_without_words",
        "action_due_before_meeting",
        "action_due_next_without_date",
        "carried_action_without_outcome",
    }


def test_the_places_that_checks_name_differ(office, september):
    for _ in range(3):
        promise(september, None)
    places = [check.where for check in checks(september)]
    assert len(set(places)) == 3


def test_checks_cost_the_same_for_many_actions(office, september, october, django_assert_num_queries):
    for count in (1, 10):
        for _ in range(count):
            promise(september, office.cc, due_next=True)
            promise(october, None, due_next=True)
        october = type(october).objects.select_related("type").get(pk=october.pk)
        with django_assert_num_queries(7):
            checks(october)
