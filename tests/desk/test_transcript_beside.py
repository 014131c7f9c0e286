"""A transcript that lies open beside the record of an item: read, searched, taken over from, closed."""

import re
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


def test_an_open_transcript_takes_two_queries_more(page, leadership, django_assert_max_num_queries):
    leadership.themes.add(Theme.objects.create(name="Custody"))
    services.add_question(leadership, "How many?", by=None)
    with django_assert_max_num_queries(14):
        assert "Last time on Custody" in page()


def test_without_a_script_more_and_edit_lead_back_to_the_open_transcript(
    officer_client, page, leadership, exchange, transcript
):
    kept, words = f"transcript={transcript.pk}&amp;q=custody", exchange.contributions.first()
    shown = page(q="custody")
    assert f'href="?more={exchange.pk}&amp;{kept}#more-{exchange.pk}"' in shown
    opened = page(q="custody", more=exchange.pk)
    assert f'href="{leadership.get_absolute_url()}?{kept}#entry-{exchange.pk}">Close' in opened
    edit = f"{reverse('desk:words', args=[leadership.meeting_id, words.pk])}?{kept}"
    assert f'href="{edit}">Edit' in shown
    form = officer_client.get(edit.replace("&amp;", "&")).content.decode()
    assert f'href="{leadership.get_absolute_url()}?{kept}#entry-{exchange.pk}"' in form
    assert f'action="{edit}"' in form


def test_saved_without_a_script_the_transcript_is_still_open(
    officer_client, leadership, exchange, transcript
):
    words = exchange.contributions.first()
    address = f"{reverse('desk:words', args=[leadership.meeting_id, words.pk])}?transcript={transcript.pk}"
    data = {
        "text": "asked when it ends.",
        "kind": "question",
        "speaker": words.speaker_id,
        "lead": words.lead,
        "paragraph": "on",
        "base_version": words.version,
        "op_id": uuid4(),
    }
    saved = officer_client.post(address, data)
    assert saved.url == f"{leadership.get_absolute_url()}?transcript={transcript.pk}#entry-{exchange.pk}"


def test_what_was_taken_over_in_place_is_undone_with_one_press(officer_client, transcript, leadership):
    address = reverse("desk:take_over", args=[transcript.meeting_id, transcript.pk, 2])
    data = {"op_id": uuid4(), "item": leadership.pk, "beside": 1}
    told = officer_client.post(address, data, headers=JSON).json()["html"]["read-as"]
    undo = re.search(r'action="([^"]+)"', told)[1]
    back = officer_client.post(undo)
    assert back.url == f"{leadership.get_absolute_url()}?transcript={transcript.pk}"
    assert not Contribution.objects.exists()
