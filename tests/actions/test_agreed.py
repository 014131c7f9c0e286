"""Decisions are spoken: recorded by an officer, in force once an approver confirms them, each with its reason."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import services
from actions.models import CarriedAction, EventKind, Outcome, State
from meetings import services as meeting_services
from meetings.services import cancel
from tests.actions.conftest import a_meeting, promise
from tests.at_once import at_once

AGREED = "/office/actions/agreed/"


@pytest.fixture
def held(office):
    """Two meetings of the past: what was promised at the first was spoken of at the second."""
    today = timezone.localdate()
    first, second = (a_meeting(office.monthly, today - dt.timedelta(days=days)) for days in (40, 10))
    return first, second


@pytest.fixture
def make_action(office, held):
    def make(text="provide an update on response times", **fields):
        made = promise(held[0], office.cc, text=text, **fields)
        services.give_reference(made)
        return made

    return make


@pytest.fixture
def tell(officer, held):
    """Record what the second meeting agreed."""

    def tell(action, outcome, **said):
        return services.record_outcome(action, held[1], outcome, by=officer, **said)

    return tell


def answers(client, *told, **typed):
    """What the page's form sends when these are ticked."""
    data = {"op_id": "5f3f6f80-0000-4000-8000-000000000001"}
    for row in client.get(AGREED).context["rows"]:
        for field in row.form:
            value = field.value()
            if isinstance(value, dt.date):
                parts = zip(("day", "month", "year"), (value.day, value.month, value.year), strict=True)
                data |= {f"{field.html_name}_{part}": number for part, number in parts}
            elif value is not None and field.name != "tick":
                data[field.html_name] = value
    for one in told:
        data[f"agreed-{one.pk}-tick"] = "on"
    return data | typed


def test_what_was_agreed_waits_and_changes_nothing(make_action, tell):
    action = make_action()
    told = tell(action, Outcome.CLOSED)
    action.refresh_from_db()
    assert action.state == State.OPEN
    assert list(services.waiting_to_be_confirmed()) == [told]


def test_confirming_decides_in_the_approvers_name_and_counts_from_the_meeting(
    approver, make_action, tell, held
):
    action = make_action()
    event = services.confirm_spoken(tell(action, Outcome.CLOSED), by=approver, reason="Report received")
    action.refresh_from_db()
    assert action.state == State.CLOSED
    assert (event.by, event.on, event.meeting) == (approver, held[1].date, held[1])
    assert not services.waiting_to_be_confirmed().exists()


def test_a_new_date_that_was_spoken_is_the_one_that_is_confirmed(approver, make_action, tell):
    action = make_action()
    day = timezone.localdate() + dt.timedelta(days=50)
    told = tell(action, Outcome.NEW_DATE, due_on=day, reason="The auditor is late")
    services.confirm_spoken(told, by=approver, reason=told.reason, due_on=told.due_on)
    action.refresh_from_db()
    assert (action.due_on, action.times_moved) == (day, 1)


@pytest.mark.parametrize("who", ["officer", "liaison", "administrator", "stranger"])
def test_nobody_but_an_approver_confirms_or_drops(request, who, make_action, tell):
    told = tell(make_action(), Outcome.CLOSED)
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        services.confirm_spoken(told, by=by, reason="So")
    with pytest.raises(PermissionDenied):
        services.drop_spoken(told, by=by, why="So")
    assert list(services.waiting_to_be_confirmed()) == [told]


def test_one_that_is_dropped_stays_in_the_history_with_its_reason(
    approver, approver_client, make_action, tell
):
    action = make_action()
    services.drop_spoken(tell(action, Outcome.CLOSED), by=approver, why="I asked for the figures first")
    assert not services.waiting_to_be_confirmed().exists()
    page = approver_client.get(action.get_absolute_url()).content.decode()
    assert "I asked for the figures first" in page


def test_what_was_dropped_waits_again_when_another_outcome_is_recorded(approver, make_action, tell):
    action = make_action()
    services.drop_spoken(tell(action, Outcome.CLOSED), by=approver, why="No")
    told = tell(action, Outcome.RETAINED)
    assert list(services.waiting_to_be_confirmed()) == [told]


def test_what_was_confirmed_cannot_be_recorded_otherwise(approver, make_action, tell):
    action = make_action()
    services.confirm_spoken(tell(action, Outcome.RETAINED), by=approver, reason="Watch it")
    with pytest.raises(services.NotPossible, match="Adam Prentice confirmed “retained as a watching brief”"):
        tell(action, Outcome.CLOSED)


def test_more_paragraphs_may_tell_of_what_was_confirmed(approver, make_action, tell):
    action = make_action()
    told = tell(action, Outcome.RETAINED, reason="Watch it")
    services.confirm_spoken(told, by=approver, reason="Watch it")
    again = tell(action, Outcome.RETAINED)
    assert (again.pk, again.reason, again.confirmed is not None) == (told.pk, "Watch it", True)


def test_a_decision_on_the_action_itself_answers_what_was_agreed(approver, make_action, tell):
    action = make_action()
    tell(action, Outcome.CLOSED)
    services.return_to_owner(action, by=approver, reason="Not yet")
    assert not services.waiting_to_be_confirmed().exists()


def test_a_cancelled_meeting_agreed_nothing(officer, make_action, tell, held):
    tell(make_action(), Outcome.CLOSED)
    cancel(held[1], officer)
    assert not services.waiting_to_be_confirmed().exists()


def test_what_is_ticked_takes_effect_and_the_rest_goes_on_waiting(approver_client, make_action, tell):
    closed, kept = make_action(), make_action("share the review of custody")
    first, second = tell(closed, Outcome.CLOSED), tell(kept, Outcome.RETAINED)
    page = approver_client.post(AGREED, answers(approver_client, first), follow=True).content.decode()
    assert f"Action {closed.reference} closed" in page
    closed.refresh_from_db()
    assert closed.state == State.CLOSED
    assert closed.events.get(kind=EventKind.CLOSED).text == services.AS_AGREED
    assert list(services.waiting_to_be_confirmed()) == [second]


def test_a_whole_list_is_confirmed_in_one_press(approver_client, make_action, tell):
    told = [tell(make_action(f"send paper {number}"), Outcome.CLOSED) for number in range(3)]
    page = approver_client.post(AGREED, answers(approver_client, *told), follow=True).content.decode()
    assert "3 decisions confirmed" in page


def test_a_date_that_nobody_recorded_is_asked_for_and_nothing_is_decided(approver_client, make_action, tell):
    action = make_action()
    told = tell(action, Outcome.NEW_DATE)
    page = approver_client.post(AGREED, answers(approver_client, told)).content.decode()
    assert f"Enter the new due date of action {action.reference}" in page
    assert action.events.count() == 1


def test_ticking_nothing_is_said_in_words(approver_client, make_action, tell):
    told = tell(make_action(), Outcome.CLOSED)
    page = approver_client.post(AGREED, answers(approver_client)).content.decode()
    assert f'<a href="#id_agreed-{told.pk}-tick">Tick what takes effect</a>' in page
    assert page.count("Tick what takes effect") == 2


@pytest.mark.parametrize(
    ("who", "words"), [("approver", "Confirm it"), ("officer", "It waits for an approver")]
)
def test_the_page_of_the_action_tells_what_was_agreed(client, request, make_action, tell, who, words):
    action = make_action()
    told = tell(action, Outcome.CLOSED)
    client.force_login(request.getfixturevalue(who))
    page = client.get(action.get_absolute_url()).content.decode()
    assert "Agreed to close at" in page
    assert f'<a href="{AGREED}#agreed-{told.pk}">{words}</a>' in page


def test_the_owner_reads_nothing_of_what_was_agreed_before_it_is_in_force(client, make_action, tell, liaison):
    action = make_action()
    tell(action, Outcome.CLOSED)
    client.force_login(liaison)
    page = client.get(action.get_absolute_url())
    assert page.status_code == 200
    assert "Agreed to close" not in page.content.decode()


def test_somebody_who_was_first_is_named_and_the_others_take_effect(
    approver, officer, approver_client, make_action, tell
):
    one, other = make_action(), make_action("share the review")
    told = [tell(one, Outcome.CLOSED), tell(other, Outcome.CLOSED)]
    typed = answers(approver_client, *told)
    services.record_update(one, "One more thing", by=officer)
    answer = approver_client.post(AGREED, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"Action {one.reference}: Olive Farrow added an update on " in page
    assert f"Action {other.reference} closed" in page
    one.refresh_from_db()
    assert one.is_open


def test_one_is_dropped_on_its_own_page(approver_client, make_action, tell):
    told = tell(make_action(), Outcome.CLOSED)
    address = reverse("actions:drop", args=[told.pk])
    assert "Enter a reason for dropping this" in approver_client.post(address, {}).content.decode()
    approver_client.post(address, {"why": "It was not agreed"})
    told.refresh_from_db()
    assert told.dropped_why == "It was not agreed"


def test_an_officer_reads_the_list_and_the_force_does_not(officer_client, liaison_client, make_action, tell):
    tell(make_action(), Outcome.CLOSED)
    page = officer_client.get(AGREED).content.decode()
    assert "An approver confirms them" in page
    assert "Confirm what is ticked" not in page
    assert officer_client.post(AGREED, {}).status_code == 403
    assert liaison_client.get(AGREED).status_code == 404


def test_what_has_no_reference_yet_says_what_to_do_first(approver_client, office, held, tell):
    tell(promise(held[0], office.cc), Outcome.CLOSED)
    assert "It has no reference yet" in approver_client.get(AGREED).content.decode()


def test_a_reason_and_a_date_are_recorded_with_what_was_agreed(officer_client, make_action, held):
    action = make_action()
    item = held[1].items.get()
    day = timezone.localdate() + dt.timedelta(days=20)
    asking = reverse("actions:outcome", args=[held[1].pk, item.pk, action.pk])
    typed = {"outcome": "new_date", "reason": "The auditor is late"} | parts_of(day)
    officer_client.post(asking, opened(officer_client, asking) | typed)
    told = CarriedAction.objects.get()
    assert (told.outcome, told.due_on, told.reason) == ("new_date", day, "The auditor is late")


def test_a_new_date_before_the_meeting_is_refused_in_words(officer_client, make_action, held):
    action = make_action()
    asking = reverse("actions:outcome", args=[held[1].pk, held[1].items.get().pk, action.pk])
    typed = {"outcome": "new_date"} | parts_of(held[1].date)
    page = officer_client.post(asking, opened(officer_client, asking) | typed).content.decode()
    assert "New due date must be after " in page
    assert not CarriedAction.objects.exists()


def test_of_two_who_record_at_once_the_second_is_shown_both(officer_client, officer, make_action, tell, held):
    action = make_action()
    asking = reverse("actions:outcome", args=[held[1].pk, held[1].items.get().pk, action.pk])
    form = opened(officer_client, asking)
    tell(action, Outcome.CLOSED, reason="Two papers were sent")
    answer = officer_client.post(asking, form | {"outcome": "returned", "reason": "A paper is missing"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert officer.name in page
    assert "Two papers were sent" in page
    assert "A paper is missing" in page
    assert CarriedAction.objects.get().reason == "Two papers were sent"


def parts_of(day: dt.date) -> dict:
    return {f"due_on_{part}": getattr(day, part) for part in ("day", "month", "year")}


def opened(client, address: str) -> dict:
    """What the form of a page carries."""
    form = client.get(address).context["form"]
    return {name: str(form[name].value()) for name in ("base_version", "op_id")}


def test_whoever_confirms_reads_all_that_was_said_of_it(approver_client, make_action, tell, held):
    said = "The figures were sent to the office in March, " + "and again with a correction in June, " * 5
    item = meeting_services.add_item(held[1], title="Matters arising", by=None)
    spoken = [meeting_services.Spoken("comment", f"{said}as asked.")]
    told = meeting_services.add_exchange(item, spoken, by=None)
    tell(make_action(), Outcome.CLOSED, exchanges=[told])
    assert approver_client.get(AGREED).context["rows"][0].words == [f"{said}as asked."]
    assert "in June, as asked." in approver_client.get(AGREED).content.decode()


def test_the_list_asks_as_often_for_twenty_as_for_two(approver_client, make_action, tell):
    for number in range(2):
        tell(make_action(f"send paper {number}"), Outcome.CLOSED)
    before = queries_of(approver_client)
    for number in range(18):
        tell(make_action(f"send map {number}"), Outcome.NEW_DATE)
    assert queries_of(approver_client) == before


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(AGREED)
    return len(queries)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_decides_and_the_other_is_told(approver, make_action, tell):
    action = make_action()
    told = tell(action, Outcome.RETAINED)
    results = at_once(
        *[
            lambda: services.confirm_spoken(
                CarriedAction.objects.get(pk=told.pk), by=approver, reason="Watch it"
            )
        ]
        * 2
    )
    (late,) = [one for one in results if isinstance(one, services.Overtaken)]
    assert late.sentence.startswith("Adam Prentice kept this action open on ")
    assert action.events.filter(kind=EventKind.RETAINED).count() == 1
