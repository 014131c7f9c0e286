"""The gate's pages: what is in the way, the preview, approving, publishing, and what happens next."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Meeting
from meetings.services import Spoken, add_exchange, add_item, change_meeting
from publications.models import Edition, Rendition
from review import services
from review.models import Stage

pytestmark = pytest.mark.django_db
PAGES = ["check", "preview", "published"]
STEPS = ["send", "approve", "reopen", "publish", "settle"]


def address(name: str, meeting: Meeting) -> str:
    return reverse(f"review:{name}", args=[meeting.pk])


def page(client, meeting: Meeting, name: str = "check") -> str:
    return client.get(address(name, meeting)).content.decode()


def seen_in(html: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', html)[1]


def press(client, meeting: Meeting, step: str):
    """Press the button of a step on the check page, as somebody who has just read it."""
    data = {"seen": seen_in(page(client, meeting))} if step in {"approve", "publish"} else {}
    return client.post(address(step, meeting), data, follow=True)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["administrator_client", "liaison_client"])
def test_who_does_not_read_the_unpublished_record_finds_nothing(meeting, name, who, request):
    assert request.getfixturevalue(who).get(address(name, meeting)).status_code == 404


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["administrator_client", "liaison_client"])
def test_nor_can_they_take_a_step(meeting, step, who, request):
    assert request.getfixturevalue(who).post(address(step, meeting)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_who_has_no_duty_is_told_so(meeting, name, stranger_client):
    assert stranger_client.get(address(name, meeting)).status_code == 403


@pytest.mark.parametrize("name", PAGES + STEPS)
def test_the_public_is_sent_to_sign_in(meeting, client, name):
    assert "/office/sign-in/" in client.get(address(name, meeting)).headers["Location"]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_by_post_alone(meeting, officer_client, step):
    assert officer_client.get(address(step, meeting)).status_code == 405


def test_each_thing_in_the_way_leads_to_where_it_is_mended(meeting, officer_client):
    meeting.attendances.update(chair=False)
    html = page(officer_client, meeting)
    url = reverse("meetings:attendance", args=[meeting.pk])
    assert f'<a href="{url}">Say who chaired the meeting.</a>' in html
    assert "In the way (1)" in html


def test_an_officer_is_not_offered_to_approve(meeting, officer_client):
    html = page(officer_client, meeting)
    assert "Send for approval" in html
    assert "Approve these notes" not in html


def test_an_officer_who_approves_all_the_same_is_told_who_may(meeting, officer_client):
    response = officer_client.post(address("approve", meeting), {"seen": "x"})
    assert response.status_code == 403


def test_an_approver_is_not_offered_to_approve_while_something_is_in_the_way(meeting, approver_client):
    meeting.attendances.update(chair=False)
    assert "Approve these notes" not in page(approver_client, meeting)


def test_approving_what_is_not_ready_says_why_and_keeps_the_page(meeting, approver_client):
    html = page(approver_client, meeting)
    meeting.attendances.update(chair=False)
    response = approver_client.post(address("approve", meeting), {"seen": seen_in(html)})
    assert response.status_code == 409
    assert "There is a problem" in response.content.decode()
    assert "<title>Error: " in response.content.decode()


def test_approving_without_having_read_says_what_to_do(meeting, approver_client):
    response = approver_client.post(address("approve", meeting))
    assert response.status_code == 422
    assert "Open the check page again" in response.content.decode()


def test_the_notes_go_from_draft_to_the_public(meeting, officer_client, approver_client):
    press(officer_client, meeting, "send")
    press(approver_client, meeting, "approve")
    html = press(officer_client, meeting, "publish").content.decode()
    assert "Notes published" in html
    assert "What happens next" in html
    assert services.preparation_of(meeting).stage == Stage.PUBLISHED


def test_the_confirmation_can_be_bookmarked_and_leads_to_the_public_page(
    meeting, officer_client, approver_client
):
    press(approver_client, meeting, "approve")
    press(officer_client, meeting, "publish")
    edition = Edition.objects.get()
    assert f'href="{edition.meeting.get_absolute_url()}"' in page(officer_client, meeting, "published")


def test_before_publication_there_is_nothing_to_confirm(meeting, officer_client):
    response = officer_client.get(address("published", meeting))
    assert response.headers["Location"] == address("check", meeting)


def test_a_second_press_on_publish_is_harmless(meeting, officer_client, approver_client):
    press(approver_client, meeting, "approve")
    seen = seen_in(page(officer_client, meeting))
    for _ in range(2):
        response = officer_client.post(address("publish", meeting), {"seen": seen})
        assert response.headers["Location"] == address("published", meeting)
    assert Edition.objects.count() == 1


def test_notes_can_be_taken_back_until_they_are_published(meeting, officer_client, approver_client):
    press(approver_client, meeting, "approve")
    assert "The notes are a draft again" in press(officer_client, meeting, "reopen").content.decode()
    press(approver_client, meeting, "approve")
    press(officer_client, meeting, "publish")
    assert "Take back to draft" not in page(officer_client, meeting)


def test_the_preview_holds_the_very_bytes_that_are_published(
    meeting, officer_client, approver_client, settings
):
    press(approver_client, meeting, "approve")
    before = page(officer_client, meeting, "preview")
    press(officer_client, meeting, "publish")
    article = bytes(Rendition.objects.get(format="article").content).decode()
    assert article in before
    assert article in page(officer_client, meeting, "preview")


def test_the_preview_of_a_draft_hides_what_the_public_does_not_see(meeting, officer_client):
    html = page(officer_client, meeting, "preview")
    assert "Rufus Marlowe" in html
    assert "Quentin Vetch" not in html
    assert "Not approved yet" in html


def test_what_changed_since_approval_is_told(meeting, officer_client, approver_client):
    press(approver_client, meeting, "approve")
    assert "The record says what was approved." in page(officer_client, meeting)
    add_exchange(meeting.items.first(), [Spoken("comment", "said <b>more</b>.")], by=None)
    html = page(officer_client, meeting)
    assert "Changes since approval (1)" in html
    assert "said &lt;b&gt;more&lt;/b&gt;." in html


def test_a_draft_without_a_date_can_be_previewed(meeting, officer_client):
    change_meeting(meeting, date=None, by=None)
    assert "Waiting times" in page(officer_client, meeting, "preview")


@pytest.fixture
def old_meeting(meeting) -> Meeting:
    """Published elsewhere before, with a day of the week that is not its date's."""
    return change_meeting(
        meeting, by=None, published_elsewhere=True, date_as_written="Tuesday 24th September"
    )


SETTLED = {"code": "weekday", "where": "date", "public_note": "The notes say Tuesday. It was a Wednesday."}


def test_a_doubt_of_an_old_record_is_settled_and_taken_back(old_meeting, officer_client):
    html = officer_client.post(address("settle", old_meeting), SETTLED, follow=True).content.decode()
    assert "Left as in the original, in doubt" in html
    assert "In the way (0)" in html
    undo = re.search(r'action="(/office/meetings/\d+/check/settled/\d+/)"', html)[1]
    assert "In the way (1)" in officer_client.post(undo, follow=True).content.decode()


def test_settling_without_a_note_asks_for_it_beside_the_doubt(old_meeting, officer_client):
    response = officer_client.post(address("settle", old_meeting), SETTLED | {"public_note": ""})
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Enter the note for the public") == 2
    assert re.search(r'<a href="#(\w+)">Enter the note for the public', html)[1] in re.findall(
        r'id="(\w+)"', html
    )


def test_a_new_record_offers_no_doubts(meeting, officer_client):
    change_meeting(meeting, by=None, date_as_written="Tuesday 24th September")
    assert "It is so in the original" not in page(officer_client, meeting)


def test_an_approver_reads_the_doubts_and_settles_none(old_meeting, approver_client):
    assert approver_client.post(address("settle", old_meeting), SETTLED).status_code == 403


def test_the_settled_doubt_of_another_meeting_is_not_there(old_meeting, meeting, officer, officer_client):
    assert officer_client.post(reverse("review:unsettle", args=[meeting.pk, 999])).status_code == 404


def test_the_queries_of_the_check_page_do_not_grow_with_the_record(meeting, officer_client):
    few = queries(officer_client, meeting)
    for number in range(10):
        item = add_item(meeting, title=f"Item {number}", by=None)
        for _ in range(3):
            add_exchange(item, [Spoken("comment", "said so.")], by=None)
    assert queries(officer_client, meeting) == few


def queries(client, meeting: Meeting) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address("check", meeting))
    return len(captured)
