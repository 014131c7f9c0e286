"""The action log at the gate: what the public may read of it, what stays in the office, and one press for exactly that."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.models import ASKED, Action, EventKind, State
from actions.services import (
    add_action,
    close,
    give_reference,
    move_due,
    propose_completion,
    propose_date,
    record_outcome,
    record_update,
    reopen,
    retain,
    return_to_owner,
)
from actions.services.publicly import say_publicly
from meetings.models import Meeting
from publications.models import Edition, PublishedAction, PublishedMention, RegisterEntry
from publications.notes import DueOn
from publications.states import in_public_words
from review import services
from review.action_log import PUBLIC_STATES, TOLD, compile_log
from review.models import Snapshot
from review.publishing_log import publish_log
from review.services import NotReady, digest_of
from tests.at_once import at_once
from tests.conftest import signed_in
from tests.review.records import DAY, minuted

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 9, 26, 12, tzinfo=dt.UTC)
PAGE = "/office/actions/publish/"


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def meeting(officer, approver) -> Meeting:
    """A meeting whose notes are out, with two actions: one from before, one that arose there."""
    meeting = minuted()
    services.approve(meeting, by=approver, at=AT)
    services.publish(meeting, by=officer, at=AT)
    return meeting


@pytest.fixture
def action(meeting) -> Action:
    """The one that arose there; its date has passed."""
    found = meeting.actions.get()
    Action.objects.filter(pk=found.pk).update(due_on=dt.date(2025, 10, 1), due_next=False)
    found.refresh_from_db()
    return found


def told(action: Action, chosen=()):
    log = compile_log(timezone.localdate(), chosen).log
    return next((one for one in log.actions if one.reference == action.reference), None)


def held(action: Action) -> str:
    return " ".join(one.sentence for one in compile_log(timezone.localdate()).held if one.action == action)


def another(meeting, text="The CC will report on nights.", *, sent=True) -> Action:
    item = meeting.items.get(title="Waiting times")
    owner = meeting.actions.first().owner
    action = add_action(meeting=meeting, item=item, text=text, owner=owner, by=None, op_id=uuid4())
    give_reference(action)
    Action.objects.filter(pk=action.pk).update(sent_at=AT if sent else None)
    action.refresh_from_db()
    return action


def publish(approver, chosen=(), **facts) -> Edition:
    seen = digest_of(compile_log(timezone.localdate(), chosen).log)
    return publish_log(by=approver, seen=seen, chosen=chosen, **facts)


# What is in it


def test_every_state_has_a_place_for_the_public_or_none():
    assert PUBLIC_STATES.keys() | ASKED == set(State)
    assert {in_public_words(word).split(",")[0].split(":")[0] for word in PUBLIC_STATES.values()} == {
        "Open",
        "Closed",
    }


def test_it_tells_of_the_actions_that_notes_told_of(meeting):
    references = {one.reference for one in compile_log(timezone.localdate()).log.actions}
    assert references == set(PublishedAction.objects.values_list("reference", flat=True))


def test_what_was_sent_and_is_new_is_told_only_when_it_is_chosen(meeting):
    new = another(meeting)
    assert told(new) is None
    assert new in compile_log(timezone.localdate()).offered
    assert told(new, [new.pk]).text == "The CC will report on nights."


def test_what_was_never_sent_cannot_even_be_chosen(meeting):
    new = another(meeting, sent=False)
    assert told(new, [new.pk]) is None
    assert new not in compile_log(timezone.localdate()).offered


def test_once_told_it_stays_in_the_log(meeting, approver):
    new = another(meeting)
    publish(approver, [new.pk])
    assert told(new) is not None


def test_the_meeting_is_named_only_where_its_notes_are_out(meeting):
    draft = minuted(DAY + dt.timedelta(days=60), title="A meeting that nobody knows of")
    new = another(draft)
    assert told(new, [new.pk]).origin is None
    assert told(new, [new.pk]).agreed is None
    assert told(meeting.actions.first()).origin.text == "Monthly Assurance Meeting, 24 September 2025"


def test_owners_are_roles_and_never_people(action):
    assert told(action).owners == ["Chief Constable (CC)", "Assistant Chief Constable (ACC)"]


def test_a_decision_is_told_without_the_reason_that_stays_in_the_office(action, approver):
    close(action, by=approver, reason="The force says it is done")
    (event,) = told(action).events
    assert (event.what, event.reason) == ("closed", None)


def test_a_decision_is_told_with_the_reason_that_was_written_for_the_public(action, approver):
    decided = close(action, by=approver, reason="The force says it is done")
    say_publicly(decided, "The figures were published.", by=approver)
    assert told(action).events[0].reason == "The figures were published."


def test_only_an_approver_writes_a_reason_for_the_public(action, approver, officer):
    decided = close(action, by=approver, reason="Done")
    with pytest.raises(PermissionDenied):
        say_publicly(decided, "Done.", by=officer)


def test_nothing_but_decisions_is_told(action, officer, approver):
    record_update(action, "We have begun.", by=officer)
    propose_date(action, "It needs longer.", due_on=dt.date(2030, 1, 1), by=officer)
    return_to_owner(action, by=approver, reason="More, please")
    assert [event.what for event in told(action).events] == ["returned"]
    assert set(TOLD.values()) <= {
        "closed",
        "reopened",
        "returned",
        "retained",
        "withdrawn",
        "superseded",
        "transferred",
        "due_moved",
    }


def test_another_date_is_told_with_the_first_one(action, approver):
    move_due(action, due_on=dt.date(2031, 5, 1), by=approver, reason="Agreed")
    assert told(action).due == DueOn(date=dt.date(2031, 5, 1))
    assert told(action).moved == 1
    assert told(action).overdue is False


# Overdue


def test_overdue_is_said_while_nothing_waits(action):
    assert told(action).overdue


@pytest.mark.parametrize(
    "report",
    [
        lambda action, by: record_update(action, "We have begun.", by=by),
        lambda action, by: propose_completion(action, "It is done.", by=by),
        lambda action, by: propose_date(action, "Longer.", due_on=dt.date(2030, 1, 1), by=by),
    ],
    ids=["update", "completion", "date"],
)
def test_overdue_is_not_said_while_something_waits_in_the_office(action, officer, report):
    report(action, officer)
    assert told(action).overdue is False
    assert told(action).state == "open"
    assert "overdue, and that is not said" in held(action)


def test_overdue_is_said_again_once_it_was_answered(action, officer, approver):
    record_update(action, "We have begun.", by=officer)
    return_to_owner(action, by=approver, reason="That is not enough")
    assert told(action).overdue
    assert held(action) == ""


def test_what_was_agreed_at_a_meeting_and_is_not_confirmed_counts_as_waiting(action, meeting, officer):
    later = minuted(DAY + dt.timedelta(days=28))
    record_outcome(action, later, "closed", by=officer)
    assert told(action).overdue is False
    assert told(action).state == "open"
    assert "waits to be confirmed" in held(action)


def test_what_its_owner_asks_for_changes_nothing_that_the_public_reads(action, officer, approver):
    retain(action, by=approver)
    before = told(action)
    propose_completion(action, "It is done.", by=officer)
    after = told(action)
    assert (before.state, after.state) == ("retained", "retained")
    assert before.events == after.events


def test_closed_and_opened_again_is_open(action, approver):
    close(action, by=approver, reason="Done")
    reopen(action, by=approver, reason="Not done")
    assert told(action).state == "open"
    assert [event.what for event in told(action).events] == ["closed", "reopened"]


def test_what_notes_tell_as_closed_already_is_not_repeated(meeting, officer, approver):
    action = meeting.actions.get()
    close(action, by=approver, reason="Done", on=DAY + dt.timedelta(days=1))
    PublishedMention.objects.filter(action__reference=action.reference).update(state="closed")
    assert told(action) is None
    assert compile_log(timezone.localdate()).untold == 1
    say_publicly(action.events.get(kind=EventKind.CLOSED), "The figures are out.", by=approver)
    assert told(action).state == "closed"


# The gate


def test_one_press_publishes_exactly_what_was_read(action, approver, today):
    log = compile_log(today).log
    edition = publish(approver)
    assert bytes(edition.notes) == log.to_bytes()
    approved = Snapshot.objects.get(meeting=None)
    assert (approved.sha256, approved.by) == (edition.sha256, approver)
    assert RegisterEntry.objects.last().edition == edition
    assert PublishedAction.objects.get(reference=action.reference).public_state == "Open and overdue"


def test_what_changed_after_it_was_read_is_not_published(action, approver, officer):
    seen = digest_of(compile_log(timezone.localdate()).log)
    propose_completion(action, "It is done.", by=officer)
    with pytest.raises(NotReady, match="changed after you opened"):
        publish_log(by=approver, seen=seen)
    assert not Edition.objects.of_log().exists()
    assert not Snapshot.objects.filter(meeting=None).exists()


def test_what_changes_while_the_paper_is_made_is_not_published(action, approver, officer, monkeypatch):
    from review import publishing_log

    seen, make = digest_of(compile_log(timezone.localdate()).log), publishing_log.make

    def make_slowly(*args, **facts):
        record_update(action, "Something came in.", by=officer)
        return make(*args, **facts)

    monkeypatch.setattr(publishing_log, "make", make_slowly)
    with pytest.raises(NotReady, match="changed after you opened"):
        publish_log(by=approver, seen=seen)
    assert not Edition.objects.of_log().exists()


def test_pressing_twice_makes_one_edition(action, approver):
    seen = digest_of(compile_log(timezone.localdate()).log)
    first, second = publish_log(by=approver, seen=seen), publish_log(by=approver, seen=seen)
    assert first == second
    assert Snapshot.objects.filter(meeting=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_edition(action, approver):
    seen = digest_of(compile_log(timezone.localdate()).log)
    first, second = at_once(*[lambda: publish_log(by=approver, seen=seen)] * 2)
    assert first == second
    assert RegisterEntry.objects.filter(edition__kind="actions").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_comes_in_at_the_same_moment_is_published_wholly_or_not_at_all(action, approver, officer):
    seen = digest_of(compile_log(timezone.localdate()).log)
    edition, _ = at_once(
        lambda: publish_log(by=approver, seen=seen),
        lambda: record_update(action, "Something came in.", by=officer),
    )
    assert isinstance(edition, NotReady) or edition.sha256 == seen
    assert Edition.objects.of_log().count() == isinstance(edition, Edition)


def test_a_log_that_puts_something_right_says_what_and_the_first_one_stays(action, approver, client):
    publish(approver)
    close(action, by=approver, reason="Done")
    second = publish(approver, change="2025/1 was called overdue in error.")
    assert second.number == 2
    assert "2025/1 was called overdue in error." in client.get("/actions/editions/2/").content.decode()
    assert client.get("/actions/editions/1/").status_code == 200


@pytest.mark.parametrize("who", ["officer", "liaison", "administrator"])
def test_only_an_approver_publishes_it(action, request, who):
    with pytest.raises(PermissionDenied):
        publish_log(by=request.getfixturevalue(who), seen=digest_of(compile_log(timezone.localdate()).log))


def test_a_name_that_the_public_does_not_learn_is_in_the_way(action, approver):
    decided = close(action, by=approver, reason="Done")
    say_publicly(decided, "Quentin Vetch sent the figures.", by=approver)
    with pytest.raises(NotReady, match="Quentin Vetch"):
        publish(approver)


# The page


def test_the_page_tells_what_changes_and_what_is_held_back(action, approver, officer):
    close(meeting_action(action), by=approver, reason="The force says so")
    record_update(action, "We have begun.", by=officer)
    page = text_of(signed_in(approver).get(PAGE))
    assert "Closed" in page
    assert "an update waits to be read" in page
    assert "Publish the action log" in page


def meeting_action(action) -> Action:
    return Action.objects.exclude(pk=action.pk).get(recorded_in=action.meeting)


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_office_reads_the_page_and_only_an_approver_has_the_button(action, officer_client, client):
    assert "An approver publishes the action log" in text_of(officer_client.get(PAGE))
    assert client.get(PAGE).status_code == 302


def test_the_approver_publishes_in_one_press(action, approver_client, client):
    form = approver_client.get(PAGE).context["form"]
    answer = approver_client.post(f"{PAGE}now/", {"seen": form.initial["seen"]}, follow=True)
    assert "Action log published: edition 1" in text_of(answer)
    assert "This is what is published" in text_of(answer)
    assert "Open and overdue on" in client.get("/actions/editions/1/").content.decode()


def test_whoever_presses_on_an_old_page_is_told_and_keeps_what_they_typed(action, approver, officer):
    publish(approver)
    return_to_owner(action, by=approver, reason="More, please")
    browser = signed_in(approver)
    seen = browser.get(PAGE).context["form"].initial["seen"]
    record_update(action, "Something came in.", by=officer)
    answer = browser.post(f"{PAGE}now/", {"seen": seen, "change": "It was wrong."})
    assert answer.status_code == 409
    assert "It was wrong." in answer.content.decode()
    assert browser.post(f"{PAGE}now/", {"seen": answer.context["form"].initial["seen"]}).status_code == 302


def test_a_form_that_does_not_say_what_was_read_publishes_nothing(action, approver_client):
    assert approver_client.post(f"{PAGE}now/", {"change": "x"}).status_code == 422
    assert not Edition.objects.of_log().exists()


def test_a_new_action_is_chosen_on_the_page(meeting, approver_client, client):
    new = another(meeting)
    page = approver_client.get(PAGE, {"tell": new.pk})
    assert "New" in text_of(page)
    form = page.context["form"]
    approver_client.post(f"{PAGE}now/", {"seen": form.initial["seen"], "tell": [new.pk]})
    assert new.text in client.get("/actions/").content.decode()


def test_the_reason_is_offered_and_has_to_be_saved(action, approver, approver_client):
    decided = close(action, by=approver, reason="The force says it is done")
    address = f"{PAGE}reasons/{decided.pk}/"
    page = approver_client.get(address)
    assert "The force says it is done" in text_of(page)
    assert told(action).events[0].reason is None
    base = page.context["form"]["base_version"].value()
    sent = {"text": "The force says it is done", "base_version": base, "op_id": str(uuid4())}
    approver_client.post(address, sent)
    assert told(action).events[0].reason == "The force says it is done"


def test_the_words_for_the_public_can_be_written_with_the_decision(action, approver_client):
    seen = action.events.latest("pk").pk
    answers = {
        "kind": "closed",
        "text": "The force says so",
        "public_text": "The figures are out.",
        "seen": seen,
    }
    approver_client.post(f"{action.get_absolute_url()}decide/", answers)
    (event,) = told(action).events
    assert (event.what, event.reason) == ("closed", "The figures are out.")


def test_a_decision_without_words_for_the_public_has_none(action, approver_client):
    seen = action.events.latest("pk").pk
    answers = {"kind": "closed", "text": "The force says so", "public_text": "", "seen": seen}
    approver_client.post(f"{action.get_absolute_url()}decide/", answers)
    assert told(action).events[0].reason is None
    assert "None yet" in text_of(approver_client.get(PAGE))


def test_two_approvers_who_word_a_reason_at_once_both_keep_their_text(action, approver, approver_client):
    decided = close(action, by=approver, reason="Done")
    address = f"{PAGE}reasons/{decided.pk}/"
    base = approver_client.get(address).context["form"]["base_version"].value()
    say_publicly(decided, "Other words.", by=approver)
    answer = approver_client.post(address, {"text": "Mine.", "base_version": base, "op_id": str(uuid4())})
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()
    assert "Other words." in answer.content.decode()


def test_what_is_no_decision_has_no_reason_for_the_public(action, officer, approver_client):
    update = record_update(action, "We have begun.", by=officer)
    assert approver_client.get(f"{PAGE}reasons/{update.pk}/").status_code == 404


def test_the_preview_is_the_article_that_will_be_stored(action, approver, approver_client):
    shown = approver_client.get(f"{PAGE}preview/").content.decode()
    stored = bytes(publish(approver).renditions.get(format="article").content).decode()
    for row in stored.splitlines():
        assert row in shown or "Published" in row, row


def test_the_page_asks_no_more_for_many_actions_than_for_few(meeting, approver, approver_client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert approver_client.get(PAGE).status_code == 200
        return len(captured)

    new = [another(meeting)]
    publish(approver, [one.pk for one in new])
    close(new[0], by=approver, reason="Done")
    few = queries()
    more = [another(meeting, f"The CC will do {number}.") for number in range(8)]
    publish(approver, [one.pk for one in more[:6]])
    for one in more[:5]:
        say_publicly(close(one, by=approver, reason="Done"), "It is out.", by=approver)
    assert queries() <= few
    assert few <= 25


def test_nothing_published_leaves_the_log_empty_and_unpublishable(approver, db):
    minuted()
    with pytest.raises(NotReady, match="no action"):
        publish(approver)
