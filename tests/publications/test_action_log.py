"""Between two notes: an edition of the action log says what became of the actions, and is as fixed as notes are."""

import datetime as dt
import hashlib
import io
import json
import re
import subprocess

import page
import pikepdf
import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, transaction

from publications import pdf, register
from publications.action_log import LoggedEvent, json_schema, read_any
from publications.models import Edition, PublishedAction, PublishedMention, PublishedPage, RegisterEntry
from publications.notes import DueOn
from publications.render import article
from publications.services import CannotPublish, publish, rebuild_public
from publications.states import ENDED, in_public_words
from tests.factories_log import AS_AT, logged, published_log, some_log
from tests.factories_notes import published, some_notes
from tests.publications.test_article import HOSTILE
from tests.publications.test_paper import LINE, failures

pytestmark = pytest.mark.django_db


def state_of(reference: str) -> str:
    return PublishedAction.objects.get(reference=reference).public_state


def test_what_is_stored_is_what_was_approved(identity):
    log = some_log()
    edition = published_log(log)
    assert bytes(Edition.objects.get(pk=edition.pk).notes) == log.to_bytes()
    assert read_any(log.to_bytes()) == log


def test_other_bytes_than_the_approved_ones_are_refused():
    with pytest.raises(CannotPublish, match="not what was approved"):
        publish(some_log().to_bytes(), sha256=hashlib.sha256(b"something else").hexdigest())
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("actions", "sentence"),
    [
        ([], "no action"),
        ([logged(), logged()], "twice"),
        ([logged(owners=[])], "no owner"),
        ([logged(overdue=True)], "has not passed"),
        ([logged(overdue=True, due=None)], "has not passed"),
        ([logged(overdue=True, due=DueOn(date=dt.date(2024, 1, 1)), state="closed")], "has not passed"),
    ],
)
def test_a_log_that_says_what_cannot_be_is_refused(actions, sentence):
    with pytest.raises(CannotPublish, match=sentence):
        published_log(some_log(actions=actions))


def test_the_log_never_tells_what_published_notes_withhold():
    notes = some_notes()
    notes.actions[1].withheld = "operational policing"
    published(notes)
    with pytest.raises(CannotPublish, match="2024/17 is withheld"):
        published_log()
    assert not Edition.objects.of_log().exists()


def test_bytes_that_are_not_canonical_are_refused():
    content = json.dumps(json.loads(some_log().to_bytes()), indent=1).encode()
    with pytest.raises(CannotPublish, match="canonical"):
        publish(content, sha256=hashlib.sha256(content).hexdigest())


def test_each_log_is_the_next_edition_and_the_first_stays(client, identity):
    first, second = published_log(), published_log(some_log(AS_AT + dt.timedelta(days=30)))
    assert (first.number, second.number) == (1, 2)
    old = client.get("/actions/editions/1/").content.decode()
    assert "Read the current edition, number 2, as at 4 December 2024" in old
    assert "Read the current edition" not in client.get("/actions/editions/2/").content.decode()


def test_publishing_the_same_again_is_the_same_edition():
    assert published_log() == published_log()
    assert RegisterEntry.objects.count() == 1


def test_it_has_its_line_in_the_register():
    published()
    published_log()
    assert register.faults() == []
    call_command("check_register")
    leaf = json.loads(bytes(RegisterEntry.objects.last().leaf))
    assert (leaf["kind"], leaf["meeting"], leaf["edition"]) == ("actions", None, 1)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_nobody_changes_it(verb):
    editions = Edition.objects.filter(pk=published_log().pk)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        editions.update(change="other words") if verb == "update" else editions._raw_delete("default")


def test_nobody_puts_another_one_in_its_place():
    edition = Edition.objects.get(pk=published_log().pk)
    edition.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        edition.save(force_insert=True)


def test_the_system_check_finds_everything_guarded():
    published_log()
    assert checks.run_checks(tags=[checks.Tags.database], databases=["default"]) == []


def test_an_action_is_what_the_latest_date_says_of_it():
    published(some_notes())
    assert state_of("2024/17") == "Open"
    published_log(some_log(actions=[logged(state="closed")]))
    assert state_of("2024/17") == "Closed"
    published(some_notes(date=AS_AT + dt.timedelta(days=10), reference="2024/18", carried="2024/17"))
    assert state_of("2024/17").startswith("Open")


def test_notes_that_come_out_later_of_an_earlier_day_change_nothing():
    published_log(some_log(actions=[logged(state="closed")]))
    published(some_notes())
    assert state_of("2024/17") == "Closed"


def test_whom_an_action_was_transferred_to_is_told_wherever_its_state_is(client, identity):
    body = "Marlshire Combined Authority"
    event = LoggedEvent(on=AS_AT, what="transferred", to=body, reason="The office ends in May")
    edition = published_log(some_log(actions=[logged(state="transferred", events=[event])]))
    assert state_of("2024/17") == f"Closed: transferred to {body}"
    page = client.get(edition.get_absolute_url()).content.decode()
    assert f"Closed: transferred to {body}" in page
    assert f"Transferred to {body}, on 4 November 2024: The office ends in May" in page


def test_overdue_is_what_the_log_says_and_not_what_the_date_would():
    past = DueOn(date=AS_AT - dt.timedelta(days=20))
    published_log(some_log(actions=[logged(due=past), logged("2024/18", due=past, overdue=True)]))
    assert state_of("2024/17") == "Open"
    assert state_of("2024/18") == "Open and overdue"


def test_overdue_is_always_said_with_its_day(client, identity):
    published_log()
    for address in ("/actions/editions/1/", "/actions/2024-9/", "/actions/"):
        text = " ".join(client.get(address).content.decode().split())
        assert (
            "Open and overdue on 4 November 2024" in text
            or 'Open and overdue</span> <span class="quiet">as last published, 4 November 2024' in text
        ), address


def test_the_page_of_an_action_gives_the_public_reason(client, identity):
    published(some_notes(reference="2024/5"))
    published_log()
    text = client.get("/actions/2024-5/").content.decode()
    assert "Closed on 4 November 2024: The hours are on the website" in text
    assert "/actions/editions/1/#action-2024-5" in text
    assert 'id="action-2024-5"' in client.get("/actions/editions/1/").content.decode()


def test_the_page_of_the_meeting_says_it_too(client, identity):
    slug = published(some_notes(reference="2024/5")).meeting.slug
    published_log()
    text = client.get(f"/meetings/{slug}/").content.decode()
    assert "Closed, 4 November 2024" in text


def projections() -> list:
    return [
        list(
            PublishedAction.objects.order_by("slug").values_list(
                "slug", "state", "overdue", "as_of", "edition"
            )
        ),
        sorted(
            PublishedMention.objects.values_list("action__slug", "edition", "state", "outcome", "position")
        ),
        [page.facts for page in PublishedPage.objects.order_by("meeting")],
    ]


def test_rebuilding_gives_what_publishing_left():
    published(some_notes())
    published_log()
    published_log(some_log(AS_AT + dt.timedelta(days=30), actions=[logged(state="closed")]))
    before = projections()
    assert rebuild_public() == 2
    assert projections() == before


def test_a_later_log_that_leaves_an_action_out_takes_it_from_the_lists():
    published_log()
    published_log(some_log(AS_AT + dt.timedelta(days=30), actions=[logged()]))
    assert list(PublishedAction.objects.values_list("reference", flat=True)) == ["2024/17"]


def test_the_list_gives_no_day_of_agreement_where_only_a_log_tells_of_an_action(client, identity):
    published(some_notes())
    published_log(some_log(actions=[logged(), logged("2024/90")]))
    agreed = {row["reference"]: row["agreed"] for row in client.get("/actions.json").json()["items"]}
    assert (agreed["2024/17"], agreed["2024/90"]) == ("2024-09-19", None)


def test_feed_and_sitemap_know_it(client, identity):
    published_log()
    feed, sitemap = (client.get(address).content.decode() for address in ("/feed.atom", "/sitemap.xml"))
    assert "Action log, 4 November 2024" in feed
    assert "/actions/editions/1/</loc>" in sitemap
    assert "/actions/editions/</loc>" in sitemap


def test_the_register_and_its_exports_lead_to_it(client, identity):
    published_log()
    for address in ("/register/", "/register.json"):
        assert "/actions/editions/1/" in client.get(address).content.decode()


def test_the_data_names_nothing_that_its_published_schema_does_not(client, identity):
    published_log()
    schema = json.loads(client.get("/schema/actions-1.json").content)
    data = json.loads(client.get("/actions/editions/1/actions.json").content)
    assert schema == json_schema()
    assert data.keys() == schema["properties"].keys()
    parts = schema["$defs"]
    for action in data["actions"]:
        assert action.keys() == parts["LoggedAction"]["properties"].keys()
        assert all(event.keys() == parts["LoggedEvent"]["properties"].keys() for event in action["events"])


def test_without_a_log_the_page_of_its_editions_says_so(client, identity):
    assert "No action log has been published yet" in client.get("/actions/editions/").content.decode()
    assert client.get("/actions/editions/1/").status_code == 404


@pytest.mark.parametrize("state", ["open", "retained", *sorted(ENDED)])
def test_every_state_has_its_public_word(state):
    assert in_public_words(state).split(",")[0].split(":")[0] in {"Open", "Closed"}


def hostile_log():
    text = " ".join(HOSTILE)
    return some_log(actions=[logged(text=text, owners=[text])])


def test_whatever_the_words_are_the_article_holds_no_markup_of_theirs():
    made = article(hostile_log(), LINE).decode()
    assert "<script" not in made
    assert "<img" not in made


@pytest.fixture(scope="module")
def paper() -> bytes:
    log = some_log()
    return pdf.pdf(log, LINE, log.to_bytes())


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_the_paper_is_accessible_and_archivable(paper, profile):
    assert failures(paper, profile) == []


def test_the_paper_holds_the_document(paper):
    with pikepdf.open(io.BytesIO(paper)) as made:
        assert list(made.attachments) == ["actions.json"]
        assert made.attachments["actions.json"].get_file().read_bytes() == some_log().to_bytes()


def test_the_paper_is_the_same_whenever_it_is_made(paper):
    log = some_log()
    assert pdf.pdf(log, LINE, log.to_bytes()) == paper


def test_a_word_that_is_wider_than_its_column_stays_in_it():
    log = some_log(actions=[logged(text="Averylongword" * 12)])
    made = pdf.pdf(log, LINE, log.to_bytes())
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=made, capture_output=True, check=True)
    words = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<', found.stdout.decode())
    owner_begins = 330  # points from the left edge
    assert [right for right, word in words if "ylong" in word and float(right) > owner_begins] == []
    assert "Averylong" in str(words)
