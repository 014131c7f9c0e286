"""Who else is here, and what they changed."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import DutyKind
from desk.models import Presence
from desk.presence import marks_of, written
from desk.record import record_of
from meetings import services
from tests.conftest import person, signed_in


@pytest.fixture
def other(db):
    return person("other@office.example", "Una Thorne", DutyKind.POLICY_OFFICER)


@pytest.fixture
def ask(meeting, leadership, officer_client):
    """Ask what is going on, as an open page does."""

    def send(client=officer_client, marks="", **fields):
        address = reverse("desk:now", args=[meeting.pk])
        return client.post(address, {"item": leadership.pk, "marks": marks, **fields}).json()

    return send


def marks(meeting, leadership):
    return written(marks_of(record_of(meeting, is_whole=False).section_of(leadership.pk)))


def test_each_is_told_what_the_other_edits(ask, other, said, leadership):
    ask(signed_in(other), editing=f"words-{said.pk}")
    assert ask()["sentence"] == "Una Thorne is editing 2.1.1."
    ask(signed_in(other), editing=f"item-{leadership.pk}-box")
    assert ask()["sentence"] == "Una Thorne is writing in 2.1."
    ask(signed_in(other))
    assert ask()["sentence"] == "Una Thorne is here."


def test_one_is_not_told_of_oneself(ask, said):
    ask(editing=f"words-{said.pk}")
    assert ask(editing=f"words-{said.pk}")["sentence"] == ""
    assert Presence.objects.count() == 1


def test_who_was_silent_for_a_minute_is_gone(ask, other):
    ask(signed_in(other))
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=61))
    assert ask()["sentence"] == ""


def test_who_leaves_is_gone_at_once(ask, other):
    ask(signed_in(other))
    ask(signed_in(other), leaving="1")
    assert ask()["sentence"] == ""


@pytest.mark.parametrize("key", ["words-999999", "<script>", "words-", "item-0-box", "x" * 500])
def test_a_key_that_means_nothing_says_only_that_somebody_is_here(ask, other, key):
    ask(signed_in(other), editing=key)
    assert ask()["sentence"] == "Una Thorne is here."


def test_words_that_were_deleted_or_are_of_another_meeting_have_no_number(
    ask, other, said, exchange, officer, another_meeting
):
    elsewhere = reverse("desk:now", args=[another_meeting.pk])
    signed_in(other).post(elsewhere, {"editing": f"words-{said.pk}"})
    client = signed_in(officer)
    assert client.post(elsewhere).json()["sentence"] == "Una Thorne is here."
    ask(signed_in(other), editing=f"words-{said.pk}")
    services.remove_exchange(exchange, officer)
    assert ask()["sentence"] == "Una Thorne is here."


def test_what_the_page_shows_already_is_not_sent_again(ask, meeting, leadership, exchange):
    assert ask(marks=marks(meeting, leadership))["html"] == {}


def test_what_changed_is_sent_and_what_is_gone_is_taken_away(
    ask, meeting, leadership, exchange, said, officer, pcc
):
    seen = marks(meeting, leadership)
    spoken = services.Spoken("question", "asked how long.", pcc, lead="The PCC")
    new = services.add_exchange(leadership, [spoken], by=officer)
    told = ask(marks=seen)
    assert [name for name in told["html"] if name.startswith("entry-")] == [f"entry-{new.pk}"]
    assert told["order"] == [f"entry-{exchange.pk}", f"entry-{new.pk}"]
    services.remove_exchange(exchange, officer)
    told = ask(marks=told["marks"])
    assert told["html"][f"entry-{exchange.pk}"] == ""
    assert "asked how long." in told["html"][f"entry-{new.pk}"], "its number changed"


def test_a_page_that_knows_the_record_is_told_of_the_others_alone(ask, other, exchange, said, officer):
    stamp = ask()["stamp"]
    ask(signed_in(other))
    assert ask(stamp=stamp) == {"state": "now", "sentence": "Una Thorne is here."}
    services.change_public_note(exchange, "So in the original.", officer)
    assert f"entry-{exchange.pk}" in ask(stamp=stamp)["html"]


def test_marks_that_make_no_sense_get_every_entry(ask, exchange):
    for nonsense in ["", "x", "1:2 3:4", "{}" * 500]:
        assert f"entry-{exchange.pk}" in ask(marks=nonsense)["html"]


def test_asking_takes_as_many_queries_for_any_record(ask, leadership, exchange, officer, pcc, other):
    def queries():
        with CaptureQueriesContext(connection) as found:
            ask(marks="")
        return len(found)

    ask()
    before = queries()
    for number in range(6):
        spoken = services.Spoken("question", f"asked {number}.", pcc, lead="The PCC")
        services.add_exchange(leadership, [spoken], by=officer)
    ask(signed_in(other))
    assert queries() == before
