"""Taking minutes: what is typed is stored as it was said, and read as old notes are read."""

from uuid import uuid4

import pytest
from django.urls import reverse

from desk.views.entries import _may_move
from meetings import services
from meetings.models import Contribution, Exchange
from tests.meetings.pages import filled_form


def typed(text, **others):
    return {"text": text, "speaker": "", "kind": "", "op_id": uuid4(), **others}


def add(client, item, text, **others):
    return client.post(item.get_absolute_url(), typed(text, **others))


def record(item):
    return [
        [
            (one.kind, one.speaker and one.speaker.abbreviation, one.lead, one.text)
            for one in exchange.contributions.all()
        ]
        for exchange in item.exchanges.all()
    ]


def test_a_speaker_and_words_make_an_entry(officer_client, leadership, pcc):
    add(officer_client, leadership, "asked how the force gets assurance.", speaker=pcc.pk)
    assert record(leadership) == [[("question", "PCC", "The PCC", "asked how the force gets assurance.")]]


def test_an_answer_joins_the_question_before_it(officer_client, leadership, pcc, cc):
    add(officer_client, leadership, "asked why.", speaker=pcc.pk)
    add(officer_client, leadership, "replied that it was the weather.", speaker=cc.pk)
    assert [len(entry) for entry in record(leadership)] == [2]


def test_a_new_question_starts_a_new_entry(officer_client, leadership, pcc, exchange):
    add(officer_client, leadership, "asked how long it would take.", speaker=pcc.pk)
    assert [len(entry) for entry in record(leadership)] == [2, 1]


def test_the_typist_decides_where_it_belongs(officer_client, leadership, cc, exchange):
    add(officer_client, leadership, "replied that more was to come.", speaker=cc.pk, place="starts")
    assert [len(entry) for entry in record(leadership)] == [2, 1]


def test_what_the_typist_says_goes_before_the_reading(officer_client, leadership, cc):
    add(officer_client, leadership, "asked whether it mattered.", speaker=cc.pk, kind="comment")
    assert record(leadership)[0][0][0] == "comment"


def test_a_passive_answer_is_an_answer_of_nobody_named(officer_client, leadership, pcc):
    add(officer_client, leadership, "asked when and was told that it was in hand.", speaker=pcc.pk)
    assert record(leadership) == [
        [
            ("question", "PCC", "The PCC", "asked when"),
            ("answer", None, "", "and was told that it was in hand."),
        ]
    ]
    assert Contribution.objects.last().nobody_named


def test_who_speaks_is_read_from_the_words(officer_client, leadership):
    add(officer_client, leadership, "The PCC asked why. The CC said that it was the weather.")
    assert [one[:3] for one in record(leadership)[0]] == [
        ("question", "PCC", "The PCC"),
        ("answer", "CC", "The CC"),
    ]


def test_a_note_without_a_speaker_is_narrative(officer_client, leadership):
    add(officer_client, leadership, "A report had been provided before the meeting.")
    assert record(leadership) == [[("narrative", None, "", "A report had been provided before the meeting.")]]


def test_each_line_is_a_paragraph_of_its_own(officer_client, leadership, pcc):
    add(officer_client, leadership, "asked why.\n\nA second thought followed.", speaker=pcc.pk)
    assert [one[1:] for one in record(leadership)[0]] == [
        ("PCC", "The PCC", "asked why."),
        ("PCC", "", "A second thought followed."),
    ]


def test_the_page_says_how_an_entry_was_read(officer_client, leadership, pcc):
    answer = officer_client.post(
        leadership.get_absolute_url(),
        typed("asked when and was told that it was in hand.", speaker=pcc.pk),
        follow=True,
    )
    assert "Entry 2.1.1 saved." in answer.content.decode()
    assert "Read as: PCC asked, nobody named answered" in answer.content.decode()


def test_an_entry_sent_twice_is_stored_once(officer_client, leadership, pcc):
    data = typed("asked why.", speaker=pcc.pk)
    for _ in range(2):
        assert officer_client.post(leadership.get_absolute_url(), data).status_code == 302
    assert Exchange.objects.count() == 1


def test_the_same_operation_with_other_words_is_shown_and_not_stored(officer_client, leadership, pcc):
    data = typed("asked why.", speaker=pcc.pk)
    officer_client.post(leadership.get_absolute_url(), data)
    answer = officer_client.post(leadership.get_absolute_url(), data | {"text": "asked how."})
    assert answer.status_code == 422
    assert "asked how." in answer.content.decode()
    assert Exchange.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Enter what was said"),
        ({"text": "   \n "}, "Enter what was said"),
        ({"text": "replied that.", "kind": "answer"}, "Select who answered, or Nobody named"),
        ({"text": "asked why.", "kind": "question"}, "Select who asked"),
        ({"text": "asked\x00 why."}, "hidden character"),
        ({"text": "x" * 200_001}, "200,000 characters or less"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_typed_is_lost(
    officer_client, leadership, given, sentence
):
    answer = officer_client.post(leadership.get_absolute_url(), typed("") | given)
    page = answer.content.decode()
    assert sentence in page
    assert "<title>Error: " in page
    assert given["text"].strip("\x00").strip()[:50] in page
    assert not Exchange.objects.exists()


def test_the_name_of_who_was_chosen_is_not_typed_for_what_they_said(officer_client, leadership, pcc):
    assert "Enter what PCC said" in add(officer_client, leadership, "pcc", speaker=pcc.pk).content.decode()
    add(officer_client, leadership, "pcc asked why.", speaker=pcc.pk)
    assert record(leadership) == [[("question", "PCC", "The PCC", "asked why.")]]


def test_a_speaker_and_nobody_named_are_not_both(officer_client, leadership, cc):
    answer = add(officer_client, leadership, "replied.", speaker=cc.pk, nobody_named="on")
    assert "not both" in answer.content.decode()


def test_a_speaker_of_another_meeting_is_no_choice(officer_client, leadership, another_meeting):
    stranger = another_meeting.attendances.first()
    answer = add(officer_client, leadership, "asked why.", speaker=stranger.pk)
    assert "Select the speaker again" in answer.content.decode()
    assert not Exchange.objects.exists()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> & more", "\u202eright to left", "🙂 and é", "x" * 100_000]
)
def test_hostile_words_are_kept_and_shown_harmlessly(officer_client, leadership, text):
    add(officer_client, leadership, text)
    page = officer_client.get(leadership.get_absolute_url()).content.decode()
    assert Contribution.objects.get().text == text
    assert "<script>alert" not in page


def test_an_item_that_was_removed_meanwhile_keeps_what_was_typed(officer_client, officer, leadership):
    services.remove_item(leadership, officer)
    answer = add(officer_client, leadership, "asked why.")
    assert answer.status_code == 409
    assert "asked why." in answer.content.decode()


def test_an_answer_is_added_to_its_entry(officer_client, meeting, leadership, exchange, cc):
    address = reverse("desk:add_to_entry", args=[meeting.pk, exchange.pk])
    assert officer_client.get(address).status_code == 200
    officer_client.post(address, typed("added that it was in hand.", speaker=cc.pk))
    assert [len(entry) for entry in record(leadership)] == [3]


def test_an_entry_that_was_deleted_meanwhile_keeps_what_was_typed(officer_client, officer, meeting, exchange):
    services.remove_exchange(exchange, officer)
    answer = officer_client.post(
        reverse("desk:add_to_entry", args=[meeting.pk, exchange.pk]), typed("added more.")
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "added more." in page
    assert "Bring the entry back" in page


def test_what_was_added_to_an_entry_stays_added_when_it_is_sent_again_after_the_entry_is_gone(
    officer_client, officer, meeting, leadership, exchange, cc
):
    address = reverse("desk:add_to_entry", args=[meeting.pk, exchange.pk])
    sent = typed("added that it was in hand.", speaker=cc.pk)
    officer_client.post(address, sent)
    services.remove_exchange(exchange, officer)
    again = officer_client.post(address, sent, follow=True)
    assert again.status_code == 200
    assert "What you wrote was added before" in again.content.decode()
    assert Contribution.with_removed.filter(exchange=exchange).count() == 3


def test_an_entry_has_nowhere_to_move_once_its_item_is_empty(officer, exchange):
    services.remove_exchange(exchange, officer)
    assert not _may_move(exchange, "up")
    assert not _may_move(exchange, "down")


def test_entries_move_and_say_where_they_are_now(officer_client, meeting, leadership, exchange, pcc):
    add(officer_client, leadership, "asked how.", speaker=pcc.pk)
    last = leadership.exchanges.last()
    answer = officer_client.post(
        reverse("desk:move_entry", args=[meeting.pk, last.pk]), {"direction": "up", "seen_at": 1}, follow=True
    )
    assert "Entry 2.1.2 moved up. It is now entry 2.1.1" in answer.content.decode()
    assert leadership.exchanges.first() == last


def test_a_deleted_entry_comes_back_by_undo_with_its_number(officer_client, meeting, leadership, exchange):
    answer = officer_client.post(reverse("desk:remove_entry", args=[meeting.pk, exchange.pk]), follow=True)
    assert "Entry 2.1.1 deleted" in answer.content.decode()
    undo = reverse("desk:restore_entry", args=[meeting.pk, exchange.pk])
    assert f'action="{undo}"' in answer.content.decode()
    answer = officer_client.post(undo, follow=True)
    assert "Entry 2.1.1 is back" in answer.content.decode()
    assert list(leadership.exchanges.all()) == [exchange]


def test_none_is_recorded_with_one_press_and_taken_back(officer_client, meeting, leadership):
    address = reverse("desk:none", args=[meeting.pk, leadership.pk])
    assert "minuted as None" in officer_client.post(address, {"none": "1"}, follow=True).content.decode()
    leadership.refresh_from_db()
    assert leadership.none
    officer_client.post(address)  # the banner's Undo
    leadership.refresh_from_db()
    assert not leadership.none


def test_a_public_note_is_added_below_an_entry(officer_client, meeting, exchange):
    address = reverse("desk:note", args=[meeting.pk, exchange.pk])
    officer_client.post(
        address, filled_form(officer_client, address) | {"public_note": "The original says Tuesday."}
    )
    exchange.refresh_from_db()
    assert exchange.public_note == "The original says Tuesday."


def test_prepared_questions_are_added_changed_ticked_and_deleted(officer_client, meeting, leadership):
    address = reverse("desk:add_question", args=[meeting.pk, leadership.pk])
    officer_client.post(address, filled_form(officer_client, address) | {"text": "How many?"})
    question = leadership.prepared_questions.get()
    address = reverse("desk:question", args=[meeting.pk, question.pk])
    officer_client.post(address, filled_form(officer_client, address) | {"text": "How many, and why?"})
    officer_client.post(reverse("desk:tick_question", args=[meeting.pk, question.pk]), {"asked": "1"})
    question.refresh_from_db()
    assert (question.text, question.asked) == ("How many, and why?", True)
    officer_client.post(reverse("desk:remove_question", args=[meeting.pk, question.pk]))
    assert not leadership.prepared_questions.exists()
    officer_client.post(reverse("desk:restore_question", args=[meeting.pk, question.pk]))
    assert leadership.prepared_questions.exists()
