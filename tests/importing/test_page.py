"""Bringing old notes in on a page: read, looked over, made."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from importing.models import Source
from meetings.models import Meeting, Person, Role
from tests.importing.test_command import NOTES
from tests.review.records import the_office
from tests.review.test_whole_way import looked_over

pytestmark = pytest.mark.django_db
PAGE, MAKE = "/office/import/", "/office/import/make/"
ODD = NOTES.replace("Tuesday 12th", "Friday 12th")


@pytest.fixture(autouse=True)
def office(db):
    the_office()


def read(client, text: str = NOTES, **answers):
    return client.post(PAGE, {"text": text, "elsewhere": "no"} | answers)


def form_of(response) -> dict[str, str]:
    """The look-over form as it stands on the page, with the answers that are chosen there."""
    html = response.content.decode()
    fields = {name: unescape(value) for name, value in looked_over(html).items()}
    chosen = re.findall(r'name="(finding_\d+)" type="radio" value="([^"]*)" checked', html)
    return fields | dict(chosen)


def made(client, text: str = NOTES, *, elsewhere: str = "no", **answers):
    return client.post(MAKE, form_of(read(client, text, elsewhere=elsewhere)) | answers)


def test_the_addresses_are_those_of_the_office():
    assert (reverse("importing:import"), reverse("importing:make")) == (PAGE, MAKE)


@pytest.mark.parametrize(
    "who", ["approver_client", "administrator_client", "liaison_client", "stranger_client"]
)
def test_only_a_policy_officer_brings_notes_in(who, request):
    client = request.getfixturevalue(who)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"text": NOTES}).status_code == 403
    assert client.post(MAKE).status_code == 403
    assert not Meeting.objects.exists()


def test_what_was_understood_stands_beside_the_text(officer_client):
    html = read(officer_client).content.decode()
    assert '<li id="line-6">Tuesday 12th March 2024, 10 am</li>' in html
    assert "2 people, 2 items" in html
    assert "The CC will send the figures for nights." in html


def test_nothing_is_stored_until_it_is_confirmed(officer_client):
    read(officer_client)
    assert not Meeting.objects.exists()
    assert not Person.objects.exists()


def test_what_was_looked_over_becomes_a_draft(officer_client, officer):
    response = made(officer_client)
    meeting = Meeting.objects.get()
    assert response.headers["Location"] == meeting.get_absolute_url()
    assert meeting.date == dt.date(2024, 3, 12)
    assert Source.objects.get().by == officer


def test_pasted_text_is_kept_with_the_record(officer_client):
    made(officer_client)
    assert bytes(Source.objects.get().content).decode().split() == NOTES.split()


def test_a_file_is_kept_byte_for_byte(officer_client):
    content = NOTES.replace("\n", "\r\n").encode("windows-1252")
    file = SimpleUploadedFile("march.txt", content)
    response = officer_client.post(PAGE, {"text": "", "file": file, "elsewhere": "no"})
    officer_client.post(MAKE, form_of(response))
    assert (Source.objects.get().name, bytes(Source.objects.get().content)) == ("march.txt", content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04zip", "a Word file or another compressed file"),
        (b"\x00\x01" * 900, "The file is not text"),
        (b"Dear all, lunch is at noon.", "does not look like the notes of a meeting"),
        (b"a" * (50 * 1024 * 1024), "larger than 5 MB"),
    ],
    ids=["empty", "word", "binary", "letter", "50 MB"],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_is_stored(officer_client, content, sentence):
    file = SimpleUploadedFile("notes.txt", content)
    response = officer_client.post(PAGE, {"text": "", "file": file, "elsewhere": "no"})
    assert response.status_code == 422
    assert sentence in unescape(response.content.decode())
    assert not Meeting.objects.exists()


def test_neither_text_nor_file_says_what_to_do(officer_client):
    response = read(officer_client, "")
    assert response.status_code == 422
    assert "Paste the text of the notes, or select a file" in response.content.decode()


def test_text_and_file_at_once_keeps_the_text_and_asks_which(officer_client):
    response = read(officer_client, file=SimpleUploadedFile("march.txt", NOTES.encode()))
    assert "Either paste the text or select a file" in response.content.decode()
    assert "nineteen minutes" in response.content.decode()


def test_what_was_typed_is_kept_when_it_cannot_be_read(officer_client):
    assert "lunch is at noon" in read(officer_client, "Dear all, lunch is at noon.").content.decode()


def test_text_with_markup_is_shown_as_text(officer_client):
    html = read(officer_client, NOTES.replace("Marl Hall", "<script>alert(1)</script>")).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_day_that_is_not_its_date_can_be_settled_by_another_date(officer_client):
    made(officer_client, ODD, finding_0="2024-03-15")
    assert Meeting.objects.get().date == dt.date(2024, 3, 15)


def test_a_date_that_is_confirmed_stands_without_the_wrong_day(officer_client):
    made(officer_client, ODD, finding_0="right")
    meeting = Meeting.objects.get()
    assert (meeting.date, meeting.date_as_written) == (dt.date(2024, 3, 12), "")


def test_a_record_that_was_published_elsewhere_can_keep_its_doubt_with_a_note(officer_client):
    made(officer_client, ODD, elsewhere="yes", finding_0="original", note_0="The notes say Friday.")
    doubt = Meeting.objects.get().settled_doubts.get()
    assert (doubt.code, doubt.where, doubt.public_note) == ("weekday", "date", "The notes say Friday.")


def test_words_that_were_published_elsewhere_are_not_taken_for_a_slip(officer_client):
    read_as = {"elsewhere": "yes"}
    assert (
        "the day of the week in the notes is wrong"
        not in read(officer_client, ODD, **read_as).content.decode()
    )
    made(officer_client, ODD, finding_0="2024-03-15", **read_as)
    assert "Friday" in Meeting.objects.get().date_as_written


def test_an_officer_is_asked_whether_the_notes_were_published_before(officer_client):
    response = officer_client.post(PAGE, {"text": NOTES})
    assert response.content.decode().count("Select whether these notes were published before") == 2


def test_a_doubt_without_its_note_asks_for_it_and_keeps_every_answer(officer_client):
    response = made(officer_client, ODD, elsewhere="yes", finding_0="original", title="A better title")
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Enter the note for the public") == 2
    assert "A better title" in html
    assert not Meeting.objects.exists()


def test_a_doubt_cannot_be_kept_in_a_record_that_is_new(officer_client):
    assert "Leave it as in the original" not in read(officer_client, ODD).content.decode()
    assert made(officer_client, ODD, finding_0="original").status_code == 422


def test_what_was_misread_is_put_right(officer_client):
    made(officer_client, title="Assurance Meeting", type="Public meeting", chair="CC", owner_a1="PCC")
    meeting = Meeting.objects.get()
    assert (meeting.name, meeting.type.name) == ("Assurance Meeting", "Public meeting")
    assert meeting.attendances.get(chair=True).abbreviation == "CC"
    assert meeting.actions.get().owner.abbreviation == "PCC"


def test_an_owner_who_was_not_there_is_chosen_from_the_offices_posts(officer_client):
    Role.objects.create(title="Head of Custody", body="force")
    made(officer_client, owner_a1="Head of Custody")
    assert Meeting.objects.get().actions.get().owner.title == "Head of Custody"


def test_the_same_text_is_not_made_twice_and_the_first_is_linked(officer_client):
    made(officer_client)
    address = Meeting.objects.get().get_absolute_url()
    html = read(officer_client).content.decode()
    assert f'This text was brought in before: <a href="{address}">' in html
    assert made(officer_client).status_code == 409
    assert Meeting.objects.count() == 1


def test_a_form_that_lost_its_text_says_so(officer_client):
    html = officer_client.post(MAKE, {}).content.decode()
    assert "The text did not arrive" in html
    assert f'action="{PAGE}"' in html
    spoilt = form_of(read(officer_client)) | {"kept": "not base64!"}
    response = officer_client.post(MAKE, spoilt)
    assert response.status_code == 422
    assert "The text did not arrive whole" in response.content.decode()


def test_a_text_that_unpacks_to_more_than_the_limit_is_refused(officer_client):
    from importing.forms import packed

    bomb = form_of(read(officer_client)) | {"kept": packed(b"a" * 50_000_000)}
    response = officer_client.post(MAKE, bomb)
    assert "larger than 5 MB" in response.content.decode()


def test_people_and_posts_that_the_office_knows_are_not_made_again(officer_client):
    role = Role.objects.create(title="Chief Constable", abbreviation="CC", body="force")
    made(officer_client)
    made(officer_client, NOTES.replace("12th March", "16th April").replace("March", "April"))
    assert Meeting.objects.count() == 2
    assert Role.objects.filter(title="Chief Constable").get() == role
    assert Person.objects.count() == 2
