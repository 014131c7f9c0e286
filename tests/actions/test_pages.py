"""The pages on which actions are recorded, reported on and decided."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions import services
from actions.history import history_of
from actions.models import Action, EventKind, Outcome, State
from meetings.services import Spoken, add_exchange
from tests.actions.conftest import NOVEMBER, OCTOBER, SEPTEMBER, a_meeting, promise
from tests.meetings.pages import filled_form

NASTY = "<b>bold</b> ‮right to left‬ 🙂 " + "long " * 900


def page_of(action, name="action", *args):
    return reverse(f"actions:{name}", args=[action.pk, *args])


def at_item(name, item, *args):
    return reverse(f"actions:{name}", args=[item.meeting_id, item.pk, *args])


def answers(office, **changed):
    return {"text": "send a report", "owner": office.cc.pk, "due": "none", "op_id": uuid4()} | changed


def decision(action, **changed):
    return {"kind": "closed", "text": "Report received", "seen": action.events.latest("pk").pk} | changed


@pytest.fixture
def item(september):
    return september.items.get()


# --- Recording --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ({"due": "next"}, (None, True)),
        ({"due": "weeks"}, (dt.date(2026, 10, 22), False)),
        ({"due": "months"}, (dt.date(2027, 3, 24), False)),
        (
            {"due": "date", "due_on_day": "25", "due_on_month": "nov", "due_on_year": "2026"},
            (NOVEMBER, False),
        ),
        ({"due": "none"}, (None, False)),
    ],
)
def test_an_officer_adds_an_action_where_it_was_promised(officer_client, office, item, due, expected):
    response = officer_client.post(at_item("add", item), answers(office, **due))
    action = Action.objects.get()
    assert response["Location"].split("#")[0] == item.get_absolute_url()
    assert (action.item, action.owner, action.text) == (item, office.cc, "send a report")
    assert (action.due_on, action.due_next) == expected


def test_the_days_of_the_choices_are_said(officer_client, item, october):
    page = officer_client.get(at_item("add", item)).content.decode()
    for words in (
        "At the next meeting, Wednesday 28 October 2026",
        "In 4 weeks, Thursday 22 October 2026",
        "In 6 months, Wednesday 24 March 2027",
    ):
        assert words in page


def test_an_action_stands_after_the_exchange_in_which_it_was_promised(officer, officer_client, office, item):
    exchange = add_exchange(item, [Spoken("narrative", "It was promised.")], by=officer, op_id=uuid4())
    officer_client.post(f"{at_item('add', item)}?after={exchange.pk}", answers(office))
    assert Action.objects.get().after == exchange


def test_an_exchange_of_another_meeting_is_not_found(officer, officer_client, office, item, october):
    elsewhere = add_exchange(october.items.get(), [Spoken("narrative", "Other.")], by=officer, op_id=uuid4())
    assert (
        officer_client.post(f"{at_item('add', item)}?after={elsewhere.pk}", answers(office)).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": " "}, "Enter the action"),
        ({"text": "a\x00b"}, "Action has a hidden character that cannot be kept"),
        ({"text": "x" * 5001}, "Action must be 5,000 characters or less"),
        ({"owner": ""}, "Select who owns this action"),
        ({"due": ""}, "Select when it is due"),
        ({"due": "date"}, "Enter the due date"),
        (
            {"due": "date", "due_on_day": "31", "due_on_month": "2", "due_on_year": "2027"},
            "Due date must be a real date",
        ),
        (
            {"due": "date", "due_on_day": "1", "due_on_month": "9", "due_on_year": "2026"},
            "Due date must be the same as or after 24 September 2026 when the meeting was held",
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(officer_client, office, item, changed, sentence):
    response = officer_client.post(at_item("add", item), answers(office, **changed))
    page = response.content.decode()
    assert sentence in page
    assert "<title>Error: Add an action" in page
    assert "text" in changed or "send a report" in page
    assert not Action.objects.exists()


def test_a_form_that_is_sent_twice_adds_one_action(officer_client, office, item):
    typed = answers(office)
    for _ in range(2):
        officer_client.post(at_item("add", item), typed)
    assert Action.objects.count() == 1


def test_the_same_form_with_other_words_is_refused_and_kept(officer_client, office, item):
    typed = answers(office)
    officer_client.post(at_item("add", item), typed)
    page = officer_client.post(at_item("add", item), typed | {"text": "other words"}).content.decode()
    assert "This was sent before with other words." in page
    assert "other words" in page


def test_any_text_is_shown_harmlessly(officer_client, office, item):
    officer_client.post(at_item("add", item), answers(office, text=NASTY))
    page = officer_client.get(page_of(Action.objects.get())).content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold" not in page


def test_an_earlier_action_is_added_with_its_origin_as_text(officer_client, office, item):
    typed = answers(office, origin_text="September 2025 meeting")
    officer_client.post(at_item("add_earlier", item), typed)
    action = Action.objects.get()
    assert (action.recorded_in, action.origin_text, action.meeting) == (
        item.meeting,
        "September 2025 meeting",
        None,
    )


def test_a_reference_that_is_taken_is_refused_in_words(officer_client, office, item, action):
    typed = answers(office, origin_text="September 2025 meeting", reference="2026/1")
    page = officer_client.post(at_item("add_earlier", item), typed).content.decode()
    assert "Reference 2026/1 belongs to another action" in page


def test_a_new_action_is_removed_and_undone(officer_client, new_action):
    page = officer_client.post(page_of(new_action, "remove"), follow=True).content.decode()
    assert "New action 1 removed" in page
    assert page_of(new_action, "restore") in page
    assert officer_client.get(page_of(new_action)).status_code == 404
    officer_client.post(page_of(new_action, "restore"))
    assert officer_client.get(page_of(new_action)).status_code == 200


def test_an_action_with_a_reference_is_not_removed(officer_client, action):
    response = officer_client.post(page_of(action, "remove"))
    assert response.status_code == 409
    assert "has its reference and stays" in response.content.decode()


def change(client, path: str, **answers):
    """Open a form, answer differently and send it."""
    return client.post(path, filled_form(client, path) | answers)


def test_another_owner_whom_a_colleague_named_meanwhile_stays(officer, officer_client, office, action):
    path = page_of(action, "owner")
    form = filled_form(officer_client, path)
    services.assign(action, office.acc, by=officer)
    officer_client.post(path, form | {"supporting": [office.pcc.pk]})
    action.refresh_from_db()
    assert (action.owner, list(action.supporting.all())) == (office.acc, [office.pcc])


def test_a_due_date_that_two_people_set_is_shown_in_both_versions(officer, officer_client, office, september):
    undated = promise(september, office.cc)
    path = page_of(undated, "due")
    form = filled_form(officer_client, path)
    services.set_due(undated, due_next=True, by=officer)
    answer = officer_client.post(path, form | {"due": "weeks"})
    assert answer.status_code == 409
    assert "At the next meeting" in answer.content.decode()
    undated.refresh_from_db()
    assert undated.due_next


def test_an_officer_changes_the_owner(officer_client, office, action):
    change(officer_client, page_of(action, "owner"), owner=office.acc.pk, why="A new post")
    page = officer_client.get(page_of(action)).content.decode()
    assert "From Chief Constable (CC) to Assistant Chief Constable (ACC)" in page


def test_an_officer_sets_the_first_due_date_only(officer_client, office, september):
    undated = promise(september, office.cc)
    services.give_references(september)
    change(officer_client, page_of(undated, "due"), due="next")
    page = change(officer_client, page_of(undated, "due"), due="weeks").content.decode()
    assert "This action has a due date. Only an approver changes it" in page
    undated.refresh_from_db()
    assert undated.due_next


def test_a_wording_is_changed_upon_the_version_that_was_seen(officer_client, action):
    typed = {"text": "send a report", "op_id": uuid4(), "base_version": 1}
    officer_client.post(page_of(action, "wording"), typed)
    page = officer_client.get(page_of(action)).content.decode()
    assert "Before: “provide an update on response times”" in page


def test_two_who_reword_see_both_texts(officer, officer_client, action):
    services.reword(action, "their words", base_version=1, op_id=uuid4(), by=officer)
    typed = {"text": "my words", "op_id": uuid4(), "base_version": 1}
    response = officer_client.post(page_of(action, "wording"), typed)
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("their words", "my words", "provide an update on response times"):
        assert words in page
    assert officer_client.post(page_of(action, "wording"), typed | {"base_version": 2}).status_code == 302


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"keep-text": "mine"}, "my words"),
        ({"keep-text": "theirs"}, "their words"),
        ({"keep-text": "both", "both-text": "their words, and my words"}, "their words, and my words"),
    ],
)
def test_who_was_later_uses_theirs_or_the_other_s_wording_or_both(
    officer, officer_client, action, chosen, kept
):
    services.reword(action, "their words", base_version=1, op_id=uuid4(), by=officer)
    typed = {"text": "my words", "op_id": uuid4(), "base_version": 1}
    page = officer_client.post(page_of(action, "wording"), typed).context
    again = dict(page["posted"]) | {"base_version": page["base_version"], "op_id": page["op_id"]}
    assert officer_client.post(page_of(action, "wording"), again | chosen).status_code == 302
    action.refresh_from_db()
    assert action.text == kept


def test_a_script_that_rewords_too_late_gets_their_wording_and_their_version(officer, officer_client, action):
    services.reword(action, "their words", base_version=1, op_id=uuid4(), by=officer)
    typed = {"text": "my words", "op_id": uuid4(), "base_version": 1}
    answer = officer_client.post(page_of(action, "wording"), typed, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["state"], answer.json()["version"]) == (409, "changed", 2)
    assert "their words" in answer.json()["html"]["conflict"]


def test_an_action_that_was_removed_while_somebody_reworded_it_keeps_their_text(
    officer, officer_client, action
):
    action.reference = None
    action.save()
    services.remove_action(action, by=officer)
    typed = {"text": "my words", "op_id": uuid4(), "base_version": 1}
    answer = officer_client.post(page_of(action, "wording"), typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "removed this action while you were writing" in page
    assert "my words" in page
    assert "Bring the action back" in page


def test_an_update_that_was_sent_before_with_other_words_is_refused_and_kept(officer_client, action):
    typed = {"text": "Half of it is done", "kind": "update", "op_id": uuid4()}
    officer_client.post(page_of(action, "report"), typed)
    answer = officer_client.post(page_of(action, "report"), typed | {"text": "All of it"})
    assert answer.status_code == 422
    assert "All of it" in answer.content.decode()


@pytest.mark.parametrize(("text", "state"), [("Half of it is done", "saved"), ("", "mistakes")])
def test_a_script_that_sends_an_update_is_answered_in_json(officer_client, action, text, state):
    typed = {"text": text, "kind": "update", "op_id": uuid4()}
    answer = officer_client.post(page_of(action, "report"), typed, HTTP_ACCEPT="application/json")
    assert answer.json()["state"] == state


def test_a_wording_without_its_base_is_never_taken_for_current(officer_client, action):
    response = officer_client.post(page_of(action, "wording"), {"text": "my words", "op_id": uuid4()})
    assert response.status_code == 428
    assert "my words" in response.content.decode()


def test_an_operation_with_other_words_is_refused(officer_client, action):
    typed = {"text": "my words", "op_id": uuid4(), "base_version": 1}
    officer_client.post(page_of(action, "wording"), typed)
    response = officer_client.post(page_of(action, "wording"), typed | {"text": "other words"})
    assert response.status_code == 422
    assert "other words" in response.content.decode()


# --- Reporting --------------------------------------------------------------------------------------


def test_an_officer_records_what_they_were_told_and_when(officer_client, action):
    typed = {"text": "Report sent", "kind": "proposed", "op_id": uuid4()}
    day = {"on_day": "24", "on_month": "9", "on_year": "2026"}
    officer_client.post(page_of(action, "report"), typed | day)
    event = action.events.latest("pk")
    assert (event.kind, event.on, event.text) == (EventKind.PROPOSED, SEPTEMBER, "Report sent")


def test_a_liaison_adds_an_update_once(liaison_client, liaison, action):
    typed = {"text": "Half of it is done", "kind": "update", "op_id": uuid4()}
    for _ in range(2):
        liaison_client.post(page_of(action, "report"), typed)
    assert action.events.get(kind=EventKind.UPDATE).by == liaison


def test_a_liaison_asks_to_close_and_closes_nothing(liaison_client, action):
    liaison_client.post(page_of(action, "report"), {"text": "All done", "kind": "proposed", "op_id": uuid4()})
    page = liaison_client.get(page_of(action)).content.decode()
    assert "Waiting for the office’s decision" in page
    assert "Your decision" not in page


def test_a_second_proposal_is_told_of_the_first(officer, officer_client, action):
    services.propose_completion(action, "Sent", by=officer)
    typed = {"text": "All done", "kind": "proposed", "op_id": uuid4()}
    page = officer_client.post(page_of(action, "report"), typed).content.decode()
    assert "Olive Farrow asked to close this action on " in page
    assert "All done" in page


def test_a_liaison_reads_nothing_of_drafts_and_meetings(officer, liaison_client, office, september, october):
    action = promise(september, office.cc, text="first wording", by=officer)
    services.reword(action, "second wording", base_version=1, op_id=uuid4(), by=officer)
    services.give_references(september)
    services.record_outcome(action, october, Outcome.CLOSED, by=officer)
    page = liaison_client.get(page_of(action)).content.decode()
    assert "second wording" in page
    for secret in ("first wording", "Agreed to close", "Response times", "/office/meetings/"):
        assert secret not in page.replace('href="/office/meetings/"', "")


# --- Deciding ---------------------------------------------------------------------------------------


def test_an_approver_closes_and_undoes(approver_client, action):
    page = approver_client.post(page_of(action, "decide"), decision(action), follow=True).content.decode()
    assert "Action 2026/1 closed" in page
    closing = action.events.latest("pk")
    assert page_of(action, "undo", closing.pk) in page
    approver_client.post(page_of(action, "undo", closing.pk))
    action.refresh_from_db()
    assert action.state == State.OPEN


def test_a_closing_is_not_undone_over_what_happened_since(approver, approver_client, action):
    closing = services.close(action, by=approver, reason="Done")
    services.reopen(action, by=approver, reason="Not done")
    services.close(action, by=approver, reason="Done now")
    assert approver_client.post(page_of(action, "undo", closing.pk)).status_code == 409
    action.refresh_from_db()
    assert action.state == State.CLOSED


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Select what you want to do"),
        ({"text": ""}, "Enter a reason for closing this action"),
        ({"kind": "returned", "text": ""}, "Enter what you need"),
        ({"kind": "due_moved"}, "Select when it is due"),
        (
            {
                "kind": "due_moved",
                "due": "date",
                "due_on_day": "13",
                "due_on_month": "1",
                "due_on_year": "2020",
            },
            "New due date must be in the future",
        ),
        (
            {
                "kind": "due_moved",
                "due": "date",
                "due_on_day": "28",
                "due_on_month": "10",
                "due_on_year": "2099",
                "text": "",
            },
            "Enter a reason for changing the due date",
        ),
    ],
)
def test_a_decision_that_is_not_complete_is_asked_for_again(approver_client, action, changed, sentence):
    page = approver_client.post(page_of(action, "decide"), decision(action, **changed)).content.decode()
    assert sentence in page
    assert "<title>Error: Action 2026/1" in page
    assert "When is it due now?" in page
    assert action.events.count() == 1


def test_a_new_due_date_is_told_in_history_and_list(approver_client, action):
    day = {"due": "date", "due_on_day": "28", "due_on_month": "1", "due_on_year": "2099"}
    approver_client.post(page_of(action, "decide"), decision(action, kind="due_moved", **day))
    page = approver_client.get(page_of(action)).content.decode()
    assert "From 28 October 2026 to 28 January 2099" in page
    assert "First due 28 October 2026, moved once" in page
    assert "moved once" in approver_client.get(reverse("actions:list")).content.decode()


def test_the_second_of_two_approvers_is_told_who_was_first(approver, approver_client, action):
    late = decision(action)
    services.retain(action, by=approver)
    response = approver_client.post(page_of(action, "decide"), late)
    assert response.status_code == 409
    assert "Adam Prentice kept this action open on " in response.content.decode()
    action.refresh_from_db()
    assert action.state == State.RETAINED


def test_what_is_closed_is_opened_again_with_a_reason(approver, approver_client, action):
    services.close(action, by=approver, reason="Done")
    page = approver_client.post(page_of(action, "reopen"), {"text": ""}).content.decode()
    assert "Enter a reason for opening this action again" in page
    typed = {"text": "It was not done", "seen": action.events.latest("pk").pk}
    approver_client.post(page_of(action, "reopen"), typed)
    action.refresh_from_db()
    assert action.is_open


def test_pressing_twice_decides_once_and_says_the_same(approver_client, action):
    form = approver_client.get(page_of(action)).context["form"]
    typed = {"kind": "closed", "text": "Done", "seen": form["seen"].value(), "op_id": form["op_id"].value()}
    for _ in range(2):
        page = approver_client.post(page_of(action, "decide"), typed, follow=True)
        assert f"{action.name} closed" in page.content.decode()
    assert action.events.filter(kind="closed").count() == 1


def test_what_was_sent_before_with_another_answer_is_a_decision_of_its_own(approver_client, action):
    form = approver_client.get(page_of(action)).context["form"]
    typed = {"text": "Done", "seen": form["seen"].value(), "op_id": form["op_id"].value()}
    approver_client.post(page_of(action, "decide"), typed | {"kind": "closed"})
    late = approver_client.post(page_of(action, "decide"), typed | {"kind": "retained"})
    assert late.status_code == 409
    assert "closed this action on" in late.content.decode()


@pytest.mark.parametrize("name", ["decide", "end"])
def test_a_decision_that_does_not_say_what_was_seen_is_not_taken(approver_client, action, name):
    kind = {"decide": "closed", "end": "withdrawn"}[name]
    page = approver_client.post(page_of(action, name), {"kind": kind, "text": "Done"}).content.decode()
    assert "This form was damaged on its way. Open the page again, then send it" in page
    action.refresh_from_db()
    assert action.state == State.OPEN


# --- Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["officer_client", "liaison_client"])
@pytest.mark.parametrize("name", ["decide", "reopen"])
def test_others_read_but_do_not_decide(request, action, who, name):
    client = request.getfixturevalue(who)
    assert client.post(page_of(action, name), decision(action)).status_code == 403
    assert "Your decision" not in client.get(page_of(action)).content.decode()


@pytest.mark.parametrize("who", ["approver_client", "liaison_client"])
@pytest.mark.parametrize("name", ["owner", "due", "wording"])
def test_others_read_but_do_not_change(request, action, who, name):
    client = request.getfixturevalue(who)
    assert client.get(page_of(action, name)).status_code == 403
    assert page_of(action, name) not in client.get(page_of(action)).content.decode()


@pytest.mark.parametrize("name", ["action", "owner", "due", "wording", "report"])
@pytest.mark.parametrize("who", ["administrator_client"])
def test_an_administrator_finds_no_action(request, action, who, name):
    assert request.getfixturevalue(who).get(page_of(action, name)).status_code == 404


def test_a_liaison_finds_nothing_of_another_body_or_unsent(liaison_client, office, september):
    theirs, new = promise(september, office.pcc), promise(september, office.cc)
    services.give_reference(theirs)
    for action in (theirs, new):
        assert liaison_client.get(page_of(action)).status_code == 404
        assert (
            liaison_client.post(page_of(action, "report"), {"text": "x", "kind": "update"}).status_code == 404
        )


@pytest.mark.parametrize("name", ["add", "add_earlier"])
def test_a_liaison_finds_no_place_to_add(liaison_client, item, name):
    assert liaison_client.get(at_item(name, item)).status_code == 404


@pytest.mark.parametrize("name", ["add", "add_earlier"])
def test_an_approver_adds_nothing(approver_client, item, name):
    assert approver_client.get(at_item(name, item)).status_code == 403


# --- Carried ----------------------------------------------------------------------------------------


def test_an_officer_records_what_the_meeting_did(officer, officer_client, action, october):
    item = october.items.get()
    exchange = add_exchange(item, [Spoken("narrative", "A report was read.")], by=officer, op_id=uuid4())
    asking = at_item("outcome", item, action.pk)
    typed = {"outcome": "closed", "exchanges": [exchange.pk]}
    response = officer_client.post(asking, opened(officer_client, asking) | typed)
    told = october.carried_actions.get()
    assert response["Location"] == f"{item.get_absolute_url()}#action-{action.pk}"
    assert (told.outcome, list(told.exchanges.all())) == (Outcome.CLOSED, [exchange])


def opened(client, address: str) -> dict:
    """What the form of a page carries."""
    form = client.get(address).context["form"]
    return {name: str(form[name].value()) for name in ("base_version", "op_id")}


def test_an_officer_carries_the_rest_forward(officer_client, action, october):
    item = october.items.get()
    response = officer_client.post(at_item("not_reached", item), follow=True)
    assert "1 action is recorded as not reached and carried forward" in response.content.decode()
    assert october.carried_actions.get().outcome == Outcome.NOT_REACHED
    assert "as not reached</button>" not in response.content.decode()


def test_an_outcome_has_to_be_chosen(officer_client, action, october):
    asking = at_item("outcome", october.items.get(), action.pk)
    page = officer_client.post(asking, opened(officer_client, asking)).content.decode()
    assert "Select what the meeting did with it" in page


def test_an_action_that_was_not_carried_there_is_not_found(officer_client, action, september):
    assert officer_client.get(at_item("outcome", september.items.get(), action.pk)).status_code == 404


def test_one_action_costs_the_same_however_much_happened(approver_client, officer, action):
    def queries():
        services.record_update(action, "News", by=officer)
        with CaptureQueriesContext(connection) as counted:
            approver_client.get(page_of(action))
        return len(counted)

    few = [queries() for _ in range(2)][-1]
    assert [queries() for _ in range(10)][-1] == few


def pass_over(action, meeting) -> None:
    """The meeting did not reach it."""
    services.record_outcome(action, meeting, Outcome.NOT_REACHED, by=None)


def test_many_meetings_in_a_row_that_did_not_reach_an_action_are_one_line_of_its_history(
    office, action, approver_client
):
    days = [OCTOBER + dt.timedelta(weeks=week) for week in range(4)]
    for day in days:
        pass_over(action, a_meeting(office.monthly, day))
    page = approver_client.get(page_of(action)).content.decode()
    assert "Not reached at 4 meetings, and carried forward" in page
    assert page.count("Not reached, carried forward") == 0
    for day in days:
        assert f"<li>Monthly Assurance Meeting, {day.day} {day:%B %Y}</li>" in page


def test_what_happened_between_such_meetings_keeps_its_place(office, action, october, officer):
    for week in range(5):
        pass_over(action, a_meeting(office.thematic, OCTOBER + dt.timedelta(weeks=week)))
        if week == 2:
            services.record_update(action, "We have begun.", by=officer)
    titles = [entry.title for entry in history_of(action, is_office=True)]
    assert titles[:4] == [
        "Not reached, carried forward",
        "Not reached, carried forward",
        "Update received",
        "Not reached at 3 meetings, and carried forward",
    ]
