"""Transcripts beside the record: added, read, searched, and passages taken over as rough lines."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import services
from meetings.models import Contribution, Transcript
from meetings.reading.transcripts import LIMIT
from review.compilation import compile_notes
from tests.desk.test_entries import record

TALK = """WEBVTT

00:00:03.000 --> 00:00:05.000
<v Rowan Ashdown>Why are so few trained?</v>

00:00:09.000 --> 00:00:15.000
<v Imogen Vale>Courses were cancelled, we have forty places in custody now.</v>

00:01:00.000 --> 00:01:05.000
<v Speaker 3>They are in <b>Fellbridge</b>.</v>
"""


@pytest.fixture
def transcript(meeting, officer):
    return services.add_transcript(meeting, TALK.encode(), name="talk.vtt", by=officer, op_id=uuid4())


def address(transcript, *more) -> str:
    name = "desk:take_over" if more else "desk:transcript"
    return reverse(name, args=[transcript.meeting_id, transcript.pk, *more])


def adds(client, meeting, *, text="", file=None, op_id=None):
    data = {"text": text, "op_id": op_id or uuid4()} | ({"file": file} if file else {})
    return client.post(reverse("desk:transcripts", args=[meeting.pk]), data)


def upload(content: bytes, name="talk.vtt"):
    return SimpleUploadedFile(name, content)


def takes(client, transcript, number, **given):
    return client.post(address(transcript, number), {"op_id": uuid4()} | given)


# --- Laid there ------------------------------------------------------------------------------------------


def test_a_file_is_laid_beside_the_meeting(officer_client, meeting):
    answer = adds(officer_client, meeting, file=upload(TALK.encode()))
    page = officer_client.get(answer.url).content.decode()
    assert "“talk.vtt” lies beside the record" in page
    assert "0:00:09" in page
    assert "Imogen Vale" in page


def test_text_is_pasted(officer_client, meeting):
    adds(officer_client, meeting, text="CC: yes\nPCC: no")
    assert [one.speaker for one in Transcript.objects.get().read()] == ["CC", "PCC"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Select a file, or paste the transcript"),
        ({"text": "CC: yes", "file": b"CC: yes"}, "Either select a file or paste the transcript, not both"),
        ({"file": b""}, "The transcript is empty."),
        ({"file": b"%PDF-1.7\n1 0 obj"}, "this is no transcript"),
        ({"file": b"CC: a\0b"}, "This is no text."),
        ({"file": b"CC: yes\n" * (LIMIT // 8 + 9)}, "The transcript must be smaller than 5MB"),
        ({"text": "we met and talked"}, "The first line names nobody"),
    ],
)
def test_bad_input_gets_a_sentence_and_stores_nothing(officer_client, meeting, given, sentence):
    file = upload(given["file"], "talk.txt") if "file" in given else None
    answer = adds(officer_client, meeting, text=given.get("text", ""), file=file)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Transcript.with_removed.exists()


def test_what_was_pasted_stays_in_the_form(officer_client, meeting):
    page = adds(officer_client, meeting, text="we met and talked").content.decode()
    assert "we met and talked" in page
    assert "<title>Error: " in page


def test_sent_twice_it_lies_there_once(officer_client, meeting):
    op_id = uuid4()
    for _ in range(2):
        assert adds(officer_client, meeting, text="CC: yes", op_id=op_id).status_code == 302
    assert adds(officer_client, meeting, text="CC: no", op_id=op_id).status_code == 422
    assert Transcript.objects.count() == 1


def test_it_is_removed_and_comes_back(officer_client, transcript, meeting):
    page = officer_client.post(
        reverse("desk:remove_transcript", args=[meeting.pk, transcript.pk]), follow=True
    ).content.decode()
    assert "No transcript lies beside this meeting" in page
    assert "Undo" in page
    assert officer_client.get(address(transcript)).status_code == 404
    officer_client.post(reverse("desk:restore_transcript", args=[meeting.pk, transcript.pk]))
    assert officer_client.get(address(transcript)).status_code == 200


def test_the_original_is_had_as_it_came(officer_client, transcript, meeting):
    answer = officer_client.get(reverse("desk:original_transcript", args=[meeting.pk, transcript.pk]))
    assert answer.getvalue() == TALK.encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="talk.vtt"'


def test_an_item_leads_straight_to_the_only_transcript(officer_client, transcript, meeting, leadership):
    answer = officer_client.get(f"{reverse('desk:transcripts', args=[meeting.pk])}?item={leadership.pk}")
    assert answer.url == f"{leadership.get_absolute_url()}?transcript={transcript.pk}#transcript"


# --- Read and searched -----------------------------------------------------------------------------------


def test_matches_are_marked_and_the_rest_is_left_out(officer_client, transcript):
    page = officer_client.get(f"{address(transcript)}?q=CUSTODY").content.decode()
    assert "1 passage with ‘CUSTODY’" in page
    assert "<mark>custody</mark>" in page
    assert "Why are so few" not in page


def test_nothing_found_says_how_to_go_on(officer_client, transcript):
    page = officer_client.get(f"{address(transcript)}?q=nonsense").content.decode()
    assert "0 passages with ‘nonsense’" in page
    assert "Look for fewer words" in page


def test_markup_in_a_transcript_is_shown_as_text(officer_client, meeting, officer):
    evil = services.add_transcript(
        meeting, b"CC: <script>alert(1)</script> <b>\nA<i: b", by=officer, op_id=uuid4()
    )
    page = officer_client.get(f"{address(evil)}?q=script").content.decode()
    assert "<script>alert" not in page
    assert "&lt;" in page


def test_speakers_are_matched_to_the_attendance(officer_client, transcript):
    page = officer_client.get(address(transcript))
    assert [one.speaker and one.speaker.abbreviation for one in page.context["page"]] == ["PCC", "CC", None]


def test_reading_costs_the_same_for_any_length(officer_client, transcript, meeting, officer, leadership):
    def queries(one) -> int:
        officer_client.get(address(one))
        with CaptureQueriesContext(connection) as captured:
            officer_client.get(address(one))
        return len(captured)

    takes(officer_client, transcript, 1, item=leadership.pk)
    before = queries(transcript)
    long = services.add_transcript(meeting, b"CC: yes\nPCC: no\n" * 500, by=officer, op_id=uuid4())
    assert queries(long) == before


# --- Taken over ------------------------------------------------------------------------------------------


def test_a_passage_becomes_a_rough_line_of_its_speaker(officer_client, transcript, leadership, cc):
    answer = takes(officer_client, transcript, 2, item=leadership.pk)
    assert answer.url == f"{address(transcript)}?item={leadership.pk}#passage-2"
    words = Contribution.objects.get()
    assert (words.speaker, words.lead, words.text, words.to_write_up) == (cc, "The CC", "", True)
    assert words.rough == "Courses were cancelled, we have forty places in custody now."


def test_an_answer_goes_on_with_the_question_before_it(officer_client, transcript, leadership):
    for number in (1, 2):
        takes(officer_client, transcript, number, item=leadership.pk)
    assert [[one[0] for one in entry] for entry in record(leadership)] == [["question", "answer"]]


def test_who_is_not_in_the_attendance_is_asked_once(officer_client, transcript, leadership, cc):
    page = takes(officer_client, transcript, 3, item=leadership.pk)
    assert "Select who said it" in page.content.decode()
    assert not Contribution.objects.exists()
    takes(officer_client, transcript, 3, item=leadership.pk, speaker=cc.pk)
    assert Contribution.objects.get().speaker == cc
    takes(officer_client, transcript, 3, item=leadership.pk)
    assert Contribution.objects.count() == 2


def test_nobody_who_is_named_is_an_answer_too(officer_client, transcript, leadership):
    takes(officer_client, transcript, 3, item=leadership.pk, speaker="nobody")
    words = Contribution.objects.get()
    assert (words.speaker, words.kind, words.rough) == (None, "narrative", "They are in Fellbridge.")


def test_without_an_item_it_is_asked(officer_client, transcript):
    assert "Select an item" in takes(officer_client, transcript, 2).content.decode()


def test_a_part_of_a_passage_is_taken_over(officer_client, transcript, leadership):
    takes(officer_client, transcript, 2, item=leadership.pk, text="we have forty places")
    assert Contribution.objects.get().rough == "we have forty places"


def test_pressed_twice_it_is_taken_over_once(officer_client, transcript, leadership):
    op_id = uuid4()
    for _ in range(2):
        takes(officer_client, transcript, 2, item=leadership.pk, op_id=op_id)
    assert Contribution.objects.count() == 1


def test_the_transcript_shows_what_was_taken_over_and_the_history_from_where(
    officer_client, transcript, leadership, meeting
):
    takes(officer_client, transcript, 2, item=leadership.pk)
    assert "Taken over into" in officer_client.get(address(transcript)).content.decode()
    words = Contribution.objects.get()
    page = officer_client.get(reverse("desk:history", args=[meeting.pk, words.pk])).content.decode()
    assert "Taken over from a transcript, 0:00:09" in page
    assert f"{address(transcript)}?page=1#passage-2" in page


def test_taking_over_is_undone(officer_client, transcript, leadership):
    page = officer_client.get(takes(officer_client, transcript, 2, item=leadership.pk).url)
    undo = page.content.decode().split('banner-body">')[1].split('action="')[1].split('"')[0]
    officer_client.post(undo)
    assert not Contribution.objects.exists()
    assert "Taken over into" not in officer_client.get(address(transcript)).content.decode()


def test_no_word_of_it_is_in_any_notes(officer_client, transcript, leadership, meeting):
    takes(officer_client, transcript, 2, item=leadership.pk)
    for audience in ("office", "public"):
        told = compile_notes(meeting, audience).to_bytes().decode()
        assert "cancelled" not in told
        assert "talk.vtt" not in told


def test_the_approver_reads_and_takes_nothing_over(approver_client, transcript, leadership):
    assert approver_client.get(address(transcript)).status_code == 200
    assert takes(approver_client, transcript, 2, item=leadership.pk).status_code == 403
    assert adds(approver_client, transcript.meeting, text="CC: yes").status_code == 403


def test_nobody_else_sees_it(
    liaison_client, administrator_client, transcript, another_meeting, officer_client
):
    for client in (liaison_client, administrator_client):
        assert client.get(address(transcript)).status_code == 404
    elsewhere = reverse("desk:transcript", args=[another_meeting.pk, transcript.pk])
    assert officer_client.get(elsewhere).status_code == 404
