"""A transcript that lies open beside the record of an item: read, searched, taken over from, closed."""

from uuid import uuid4

import pytest
from django.urls import reverse

from meetings import services
from meetings.models import Contribution, Theme
from tests.desk.test_box import typed
from tests.desk.test_transcripts import TALK, takes

JSON = {"Accept": "application/json"}


@pytest.fixture
def transcript(meeting, officer):
    return services.add_transcript(meeting, TALK.encode(), name="talk.vtt", by=officer, op_id=uuid4())


@pytest.fixture
def page(officer_client, leadership, transcript):
    """The item with the transcript beside it."""

    def get(**query):
        asked = {"transcript": transcript.pk} | query
        return officer_client.get(leadership.get_absolute_url(), asked).content.decode()

    return get


def test_it_lies_beside_the_box_with_who_spoke_and_when(page):
    shown = page()
    assert 'id="box"' in shown
    for words in ["talk.vtt", "0:00:09", "Imogen Vale", "Why are so few trained?"]:
        assert words in shown


def test_it_is_searched_beside_the_record(page):
    shown = page(q="custody")
    assert "1 passage with ‘custody’" in shown
    assert "<mark>custody</mark>" in shown
    assert "Why are so few" not in shown


def test_it_is_closed_with_one_press(page, leadership):
    assert f'<a href="{leadership.get_absolute_url()}#box">Close<' in page()


def test_a_script_gets_the_transcript_alone(officer_client, leadership, transcript):
    query = {"transcript": transcript.pk, "q": "custody"}
    answer = officer_client.get(leadership.get_absolute_url(), query, headers=JSON).json()
    assert list(answer["html"]) == ["transcript"]
    assert "<mark>custody</mark>" in answer["html"]["transcript"]


@pytest.mark.parametrize("strange", ["0", "x", "9" * 30, "-1"])
def test_one_that_is_not_there_leaves_the_page_as_it_is(officer_client, leadership, strange):
    answer = officer_client.get(leadership.get_absolute_url(), {"transcript": strange})
    assert answer.status_code == 200
    assert 'id="transcript"' not in answer.content.decode()


def test_that_of_another_meeting_does_not_open(officer_client, another_meeting, transcript):
    item = services.add_item(another_meeting, title="Elsewhere", by=None)
    shown = officer_client.get(item.get_absolute_url(), {"transcript": transcript.pk}).content.decode()
    assert 'id="transcript"' not in shown


def test_whoever_takes_over_returns_to_the_same_place(officer_client, transcript, leadership, cc):
    answer = takes(officer_client, transcript, 2, item=leadership.pk, beside=1, q="custody", page=1)
    assert (
        answer.url == f"{leadership.get_absolute_url()}?transcript={transcript.pk}&q=custody&page=1#passage-2"
    )
    shown = officer_client.get(answer.url).content.decode()
    assert "Taken over into entry" in shown
    assert Contribution.objects.get().speaker == cc


def test_taken_over_in_place_the_entry_and_the_passage_show_it(officer_client, transcript, leadership):
    def take():
        address = reverse("desk:take_over", args=[transcript.meeting_id, transcript.pk, 2])
        data = {"op_id": uuid4(), "item": leadership.pk, "beside": 1, "q": "custody"}
        return officer_client.post(address, data, headers=JSON).json()

    answer = take()
    words = Contribution.objects.get()
    assert answer["sentence"].startswith("Taken over into entry")
    assert "forty places" in answer["html"][f"entry-{words.exchange_id}"]
    assert "Taken over into" in answer["html"]["passage-2"]
    assert "<mark>custody</mark>" in answer["html"]["passage-2"]
    assert 'name="op_id"' in answer["html"]["take-over-id"]


def test_who_is_not_known_is_asked_on_a_page_which_leads_back(officer_client, transcript, leadership):
    address = reverse("desk:take_over", args=[transcript.meeting_id, transcript.pk, 3])
    data = {"op_id": uuid4(), "item": leadership.pk, "beside": 1}
    assert officer_client.post(address, data, headers=JSON).json()["state"] == "mistakes"
    asked = officer_client.post(address, data).content.decode()
    assert "Select who said it" in asked
    assert f"{leadership.get_absolute_url()}?transcript={transcript.pk}#passage-3" in asked


def test_it_stays_open_after_saving_without_a_script(officer_client, transcript, leadership):
    address = f"{leadership.get_absolute_url()}?transcript={transcript.pk}"
    assert f"transcript={transcript.pk}#box" in officer_client.post(address, typed("pcc asked why")).url
    entry = {"text": "said so", "speaker": "", "kind": "", "op_id": uuid4()}
    assert f"transcript={transcript.pk}#id_speaker" in officer_client.post(address, entry).url


def test_who_only_reads_takes_nothing_over(approver_client, transcript, leadership):
    shown = approver_client.get(leadership.get_absolute_url(), {"transcript": transcript.pk}).content.decode()
    assert "0:00:09" in shown
    assert "Take over" not in shown


def test_an_open_transcript_takes_one_query_more(page, leadership, django_assert_max_num_queries):
    leadership.themes.add(Theme.objects.create(name="Custody"))
    services.add_question(leadership, "How many?", by=None)
    with django_assert_max_num_queries(13):
        page()
