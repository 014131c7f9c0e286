"""Reading the notes back: the draft on paper, and what changed since they were sent."""

import io
import subprocess

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.services import add_earlier_action
from meetings.models import Contribution, Meeting
from meetings.services import Spoken, add_exchange, add_item, change_meeting
from review import services
from review.draft import draft_paper
from review.models import Snapshot
from tests.review.records import minuted

pytestmark = pytest.mark.django_db


def page(client, meeting: Meeting) -> str:
    return client.get(reverse("review:compare", args=[meeting.pk])).content.decode()


def words_on(paper: bytes, tmp_path) -> list[str]:
    """The text of each page."""
    file = tmp_path / "draft.pdf"
    file.write_bytes(paper)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return text.stdout.split("\f")[:-1]


@pytest.fixture
def long_meeting(meeting) -> Meeting:
    """One whose notes take several pages."""
    item = add_item(meeting, title="Performance", by=None)
    for number in range(25):
        add_exchange(
            item, [Spoken("comment", f"said {number}, " + "and so on, " * 30, lead="The CC")], by=None
        )
    return meeting


def test_every_page_of_the_draft_says_that_it_is_not_published(long_meeting, tmp_path):
    pages = words_on(draft_paper(long_meeting), tmp_path)
    assert len(pages) > 2
    assert all("Draft, not published" in one for one in pages)


def test_the_draft_carries_nothing_of_a_publication(meeting, tmp_path, settings):
    paper = draft_paper(meeting)
    text = "\n".join(words_on(paper, tmp_path))
    assert not any(words in text.lower() for words in ["edition", "register", "http", "attached"])
    with pikepdf.open(io.BytesIO(paper)) as opened:
        assert list(opened.attachments) == []
        assert str(opened.docinfo["/Title"]).startswith("Draft, not published: ")
    assert settings.SITE_URL.encode() not in paper


def test_the_draft_is_readable_by_those_who_do_not_see_it(meeting):
    import page as checker

    for profile in (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_3A):
        assert checker.validate_pdf_bytes(draft_paper(meeting), profile=profile).failures == []


def test_what_is_open_is_said_where_it_stands_and_at_the_end(meeting, tmp_path):
    Contribution.objects.filter(text__startswith="said that the median").update(to_check="Nineteen?")
    text = "\n".join(words_on(draft_paper(meeting), tmp_path))
    assert text.count("2.1.1 is marked to check: Nineteen?") == 2
    assert "1 thing is still open" in text


def test_earlier_actions_that_nobody_spoke_of_are_one_line(meeting, officer, tmp_path):
    from uuid import uuid4

    item = meeting.items.first()
    for number in range(12):
        add_earlier_action(
            recorded_in=meeting,
            item=item,
            text=f"Promise {number}",
            owner=None,
            origin_text="May meeting",
            reference=f"2025/{number + 1}",
            by=None,
            op_id=uuid4(),
        )
    text = " ".join("\n".join(words_on(draft_paper(meeting), tmp_path)).split())
    assert "12 earlier actions have no outcome yet: 2025/1, 2025/2," in text
    assert "Promise 3" not in text.split("Still open on")[0]


def test_a_draft_without_a_date_can_be_printed(meeting, officer_client):
    change_meeting(meeting, date=None, by=None)
    response = officer_client.get(reverse("review:draft", args=[meeting.pk]))
    assert response.content.startswith(b"%PDF")
    assert "draft-without-a-date.pdf" in response.headers["Content-Disposition"]


def test_the_draft_is_kept_by_no_cache(meeting, officer_client):
    response = officer_client.get(reverse("review:draft", args=[meeting.pk]))
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"] == "application/pdf"


def test_what_is_sent_is_kept_as_the_office_reads_it(meeting, officer):
    services.send_for_approval(meeting, by=officer)
    sent = services.last_sent(meeting)
    assert (sent.purpose, sent.audience, sent.by) == ("sent", "office", officer)
    assert b"Quentin Vetch" in bytes(sent.notes)


def test_each_sending_keeps_a_version_and_the_last_one_counts(meeting, officer):
    services.send_for_approval(meeting, by=officer)
    services.reopen_draft(meeting, by=officer)
    change_meeting(meeting, venue="Elsewhere", by=officer)
    services.send_for_approval(meeting, by=officer)
    assert Snapshot.objects.filter(purpose="sent").count() == 2
    assert b"Elsewhere" in bytes(services.last_sent(meeting).notes)


def test_before_anything_was_sent_there_is_nothing_to_compare(meeting, officer_client):
    assert "have not been sent to anybody yet" in page(officer_client, meeting)


def test_a_draft_that_was_not_changed_since_says_so(meeting, officer, officer_client):
    services.send_for_approval(meeting, by=officer)
    html = page(officer_client, meeting)
    assert "The draft says what was sent." in html
    assert "Olive Farrow" in html


def test_changed_words_are_marked_and_said(meeting, officer, officer_client):
    services.send_for_approval(meeting, by=officer)
    one = Contribution.objects.get(text="added that nights take longer.")
    Contribution.objects.filter(pk=one.pk).update(text="added that <b>days</b> take longer.")
    html = page(officer_client, meeting)
    assert "1 paragraph changed" in html
    assert '[taken out: </span>nights <span class="visually-hidden">]</span></del>' in html
    assert "&lt;b&gt;days&lt;/b&gt;" in html
    assert f'#entry-{one.exchange_id}">Paragraph 2.1.1</a>' in html


def test_the_whole_page_and_the_check_page_lead_there(meeting, officer, officer_client):
    services.send_for_approval(meeting, by=officer)
    address = reverse("review:compare", args=[meeting.pk])
    for name in ("desk:whole", "review:check"):
        html = officer_client.get(reverse(name, args=[meeting.pk])).content.decode()
        assert f'href="{address}"' in html
        assert reverse("review:draft", args=[meeting.pk]) in html


def test_the_queries_do_not_grow_with_the_record(meeting, officer, officer_client, long_meeting):
    few, many = minuted(), long_meeting
    for one in (few, many):
        services.send_for_approval(one, by=officer)
        change_meeting(one, venue="Elsewhere", by=officer)
    Contribution.objects.filter(text__startswith="said 1").update(text="said nothing of the kind")
    assert queries(officer_client, few) == queries(officer_client, many)


def queries(client, meeting: Meeting) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, meeting)
    return len(captured)
