"""Matters arising: each earlier action has a box of its own for what was reported and what was agreed."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import CarriedAction, Outcome
from actions.services import add_action, carried_into
from meetings import services


@pytest.fixture
def action(meeting, leadership, chief_constable):
    """Promised in September."""
    return make_action(meeting, leadership, chief_constable)


def make_action(meeting, item, owner, text="Report back on the plan"):
    return add_action(meeting=meeting, item=item, text=text, owner=owner, by=None, op_id=uuid4())


@pytest.fixture
def october(another_meeting):
    return services.hold(another_meeting, by=None) or another_meeting


@pytest.fixture
def arising(october):
    return october.items.get(title="Matters arising")


@pytest.fixture
def tell(officer_client, arising, action):
    def send(about=action, headers=None, **typed):
        address = reverse("desk:told", args=[arising.meeting_id, arising.pk, about.pk])
        data = {"reported": "", "outcome": "", "op_id": uuid4()} | typed
        return officer_client.post(address, data, headers=headers or {})

    return send


def told(action):
    return CarriedAction.objects.get(action=action)


def words(exchange):
    return [
        (one.kind, one.speaker and one.speaker.abbreviation, one.text) for one in exchange.contributions.all()
    ]


def test_a_report_becomes_an_entry_that_tells_of_the_action(tell, action, arising):
    assert tell(reported="reported that the plan is done.", outcome="closed").status_code == 302
    (entry,) = arising.exchanges.all()
    assert words(entry) == [("comment", "CC", "reported that the plan is done.")]
    assert told(action).outcome == Outcome.CLOSED
    assert list(told(action).exchanges.all()) == [entry]


def test_who_is_named_reports_and_not_the_owner(tell, arising):
    tell(reported="The PCC said that she had seen it.", outcome="reported")
    assert words(arising.exchanges.get())[0][1] == "PCC"


def test_proposing_to_close_closes_nothing(tell, action):
    tell(reported="reported that the plan is done.", outcome="closed")
    action.refresh_from_db()
    assert action.is_open


def test_another_date_stands_in_the_record(tell, action, arising):
    date = {"due_on_day": "28", "due_on_month": "jan", "due_on_year": "2027"}
    tell(reported="reported that it takes longer.", outcome="new_date", **date)
    assert words(arising.exchanges.get())[-1] == ("decision", None, "It is now due on 28 January 2027.")
    assert told(action).outcome == Outcome.NEW_DATE
    action.refresh_from_db()
    assert action.due_on is None


def test_what_is_told_later_joins_what_was_told_before(tell, action, arising):
    tell(reported="reported that it was so.", outcome="reported")
    tell(reported="added that it was not.", outcome="returned")
    assert told(action).outcome == Outcome.RETURNED
    assert list(told(action).exchanges.all()) == list(arising.exchanges.all())
    assert arising.exchanges.count() == 2


def test_telling_sent_twice_is_one_entry(tell, arising):
    typed = {"reported": "reported that it was so.", "outcome": "reported", "op_id": uuid4()}
    assert [tell(**typed).status_code for _ in range(2)] == [302, 302]
    assert arising.exchanges.count() == 1


def test_the_same_operation_with_other_words_is_shown_and_not_stored(tell, arising):
    typed = {"reported": "reported that it was so.", "outcome": "reported", "op_id": uuid4()}
    tell(**typed)
    answer = tell(**typed | {"reported": "reported otherwise."})
    assert answer.status_code == 422
    assert "reported otherwise." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Select what was agreed"),
        ({"outcome": "reported"}, "Enter what was reported"),
        ({"outcome": "not_reached", "reported": "x"}, "something was reported, so it was reached"),
        ({"outcome": "new_date"}, "Enter the new due date"),
        (
            {"outcome": "new_date", "due_on_day": "1", "due_on_month": "1", "due_on_year": "2026"},
            "New due date must be after 22 October 2026 when the meeting was held",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(tell, action, typed, sentence):
    shown = tell(**{"reported": "reported that it was so."} | typed if "outcome" not in typed else typed)
    assert shown.status_code == 200
    assert sentence in shown.content.decode()
    assert not CarriedAction.objects.filter(action=action).exists()


def test_a_script_gets_the_tag_the_entry_and_how_many_are_left(tell, action, arising):
    answer = tell(
        reported="reported that it was so.", outcome="reported", headers={"Accept": "application/json"}
    ).json()
    entry = arising.exchanges.get()
    assert answer["state"] == "saved"
    assert {f"action-{action.pk}-outcome", "not-reached", f"entry-{entry.pk}"} <= {*answer["html"]}
    assert "Reported on" in answer["html"][f"action-{action.pk}-outcome"]


def test_a_script_is_told_what_is_wrong(tell):
    answer = tell(headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["errors"]["outcome"] == ["Select what was agreed"]


def test_an_action_that_is_not_spoken_of_here_is_not_found(tell, meeting, leadership, arising):
    ours = make_action(arising.meeting, arising, None)
    assert tell(about=ours, outcome="closed").status_code == 404


def test_the_page_has_a_box_for_each_and_one_press_for_the_rest(
    officer_client, meeting, leadership, arising, tell, action, chief_constable
):
    make_action(meeting, leadership, chief_constable, "Another thing")
    tell(reported="reported that it was so.", outcome="reported")
    page = officer_client.get(arising.get_absolute_url()).content.decode()
    assert page.count('class="told"') == 2
    assert "Record the other 1 as not reached" in page


def test_many_earlier_actions_take_no_more_queries(
    officer_client, meeting, leadership, arising, chief_constable, django_assert_max_num_queries
):
    for number in range(2):
        make_action(meeting, leadership, chief_constable, f"Thing {number}")
    with CaptureQueriesContext(connection) as before:
        officer_client.get(arising.get_absolute_url())
    for number in range(12):
        make_action(meeting, leadership, chief_constable, f"More {number}")
    assert carried_into(arising.meeting).count() == 14
    with django_assert_max_num_queries(len(before)):
        officer_client.get(arising.get_absolute_url())


def test_an_approver_reads_and_records_nothing(approver_client, arising, action):
    page = approver_client.get(arising.get_absolute_url()).content.decode()
    assert "Report back on the plan" in page
    assert 'class="told"' not in page
    address = reverse("desk:told", args=[arising.meeting_id, arising.pk, action.pk])
    assert approver_client.post(address, {"outcome": "closed"}).status_code == 403
