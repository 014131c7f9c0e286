"""The whole way through: real notes in, a published record out."""

import io
import json
import re

import pikepdf
import pytest
from django.urls import reverse

from importing.models import Source
from meetings.models import Meeting
from publications.models import Edition
from tests.importing.test_sample import SAMPLE
from tests.review.records import the_office
from tests.review.test_pages import press

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SAMPLE.exists(), reason=f"the real notes are not here: {SAMPLE}"),
]


@pytest.fixture
def with_paper(settings):
    settings.RENDITIONS = ["article", "pdf"]


def hidden_fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def looked_over(html: str) -> dict[str, str]:
    """The form as the page shows it, ready to be sent back."""
    fields = hidden_fields(html)
    for name, value in re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', html):
        fields[name] = value
    for select in re.findall(r"<select.*?</select>", html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', select)
        fields[re.search(r'name="(\w+)"', select)[1]] = chosen[1] if chosen else ""
    return fields


def test_real_notes_are_imported_settled_approved_published_and_read(
    officer_client, approver_client, client, with_paper
):
    the_office()
    meeting = imported(officer_client)
    press(officer_client, meeting, "send")
    press(approver_client, meeting, "approve")
    press(officer_client, meeting, "publish")
    public_address = Edition.objects.get().meeting.get_absolute_url()
    words = "Acknowledging numbers are very small"

    page = client.get(public_address).content.decode()
    assert 'id="2.3.2"' in page
    assert words in page
    assert "in doubt: the notes say Tuesday" in page

    document = json.loads(client.get(f"{public_address}notes.json").content)
    assert len(document["people"]) == 6
    assert document["meeting"]["original"]["published"] == "2020-10-12"
    assert {action["ours"] for action in document["actions"]} == {True}

    paper = b"".join(client.get(f"{public_address}notes.pdf"))
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert len(pdf.pages) > 2
        assert len(pdf.attachments) == 1


def imported(officer_client) -> Meeting:
    """The real notes through the import page, as published elsewhere, with their doubt settled."""
    with SAMPLE.open("rb") as file:
        day = {"published_on_day": "12", "published_on_month": "10", "published_on_year": "2020"}
        html = officer_client.post(
            reverse("importing:import"), {"file": file, "text": "", "elsewhere": "yes"} | day
        ).content.decode()
    answers = looked_over(html) | {"finding_0": "original", "note_0": "in doubt: the notes say Tuesday"}
    response = officer_client.post(reverse("importing:make"), answers)
    meeting = Meeting.objects.get()
    assert response.headers["Location"] == meeting.get_absolute_url()
    assert bytes(Source.objects.get().content) == SAMPLE.read_bytes()
    return meeting
