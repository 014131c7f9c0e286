"""A word of its own in every confidential field, then every public address in every format: none is found."""

import datetime as dt
import html
import io
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from urllib.parse import unquote
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from actions.models import Action, CarriedAction, EventKind, Evidence
from actions.services import (
    add_action,
    decide,
    give_reference,
    propose_completion,
    propose_date,
    record_update,
)
from actions.services.publicly import say_publicly
from following import urls as following
from importing.models import Source
from meetings.models import Meeting, Person, Plan, Priority, RoleContact, Theme
from meetings.models.people import PublishAs
from meetings.services import (
    Spoken,
    add_contribution,
    add_exchange,
    add_item,
    add_question,
    add_transcript,
    change_item,
    change_meeting,
    remove_contribution,
    remove_exchange,
    remove_item,
    save_contribution,
)
from publications import urls as publications
from publications.models import Edition, PublishedAction, PublishedMeeting, PublishedTheme
from review import services
from review.action_log import compile_log
from review.publishing_log import publish_log
from tests.review.records import DAY, attends, minuted, planned, role

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 9, 26, 12, tzinfo=dt.UTC)
# Everybody may read this, so the search for words finds it where it looks.
SAID = "how long people wait to be booked in"
SAID_OF_IT = "The figures for nights are on the website"
LATER = dt.date(2041, 3, 7)


class Canaries:
    """Words that nobody but the office may read, and where each was put."""

    def __init__(self):
        self.places: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        word = f"zyx{len(self.places):03}canary"
        self.places[word] = place
        return word

    def found_in(self, text: str) -> set[str]:
        lowered = text.casefold()
        return {place for word, place in self.places.items() if word in lowered}


@pytest.fixture
def canary() -> Canaries:
    return Canaries()


@pytest.fixture
def published(canary, officer, approver, settings) -> Meeting:
    """A published meeting with a word in each place that the public must not read."""
    settings.RENDITIONS = ["article", "pdf"]
    meeting = minuted()
    _private_facts(meeting, canary, officer)
    _private_people(meeting, canary)
    _private_record(meeting, canary, officer)
    services.approve(meeting, by=approver, at=AT)
    _private_actions(meeting, canary, officer, approver)
    _after_approval(meeting, canary, officer)
    services.publish(meeting, by=officer, at=AT)
    _draft(canary, officer)
    _log(meeting, canary, officer, approver)
    return meeting


def _private_facts(meeting: Meeting, canary: Canaries, officer) -> None:
    change_meeting(meeting, office_note=canary("note for the office"), by=officer)
    Source.objects.create(
        meeting=meeting,
        name=canary("name of the source file"),
        content=canary("words of the source").encode(),
        findings=[{"sentence": canary("finding of the reader")}],
        at=AT,
    )
    Meeting.objects.filter(pk=meeting.pk).update(original_source=canary("name of the original"))
    item = meeting.items.first()
    change_item(item, scope=canary("scope"), lines_of_enquiry=canary("lines of enquiry"), by=officer)
    add_question(item, canary("prepared question"), by=officer)
    plan = Plan.objects.create(title=canary("plan"), starts=DAY)
    Theme.objects.get(name="Custody").priorities.add(
        Priority.objects.create(plan=plan, title=canary("priority"))
    )
    Theme.objects.create(name=canary("theme that was never published"))


def _private_people(meeting: Meeting, canary: Canaries) -> None:
    Person.objects.filter(name="Rufus Marlowe").update(email=f"{canary('address of a person')}@force.example")
    RoleContact.objects.create(
        role=role("Chief Constable"), email=f"{canary('address of a role')}@force.example"
    )
    by_role = role("Custody Sergeant", "CS", publish_as=PublishAs.ROLE)
    counted = role("Observer", publish_as=PublishAs.COUNTED)
    speaker = attends(meeting, f"Ada {canary('surname of somebody published by role')}", by_role)
    attends(meeting, f"Ben {canary('surname of somebody counted')}", counted)
    said = Spoken("comment", "agreed.", speaker, lead=speaker.printed)
    add_exchange(meeting.items.first(), [said], by=None)


def _private_record(meeting: Meeting, canary: Canaries, officer) -> None:
    item = meeting.items.get(title="Waiting times")
    removed = add_exchange(item, [Spoken("comment", canary("removed exchange"))], by=officer)
    remove_exchange(removed, officer)
    remove_item(add_item(meeting, title=canary("removed item"), by=officer), officer)
    kept = item.exchanges.first()
    remove_contribution(
        add_contribution(kept, Spoken("comment", canary("removed contribution")), by=officer), officer
    )
    _rough_lines(meeting, kept, canary, officer)
    reworded = add_contribution(kept, Spoken("comment", canary("earlier wording")), by=officer)
    save(reworded, officer, text="was put differently.")


def _rough_lines(meeting: Meeting, exchange, canary: Canaries, officer) -> None:
    """What was typed in haste and written up since, and the transcript that lay beside it."""
    rough = add_contribution(exchange, Spoken("comment", canary("rough line")).as_rough(), by=officer)
    save(rough, officer, text="was written up.", rough=rough.rough, to_write_up=False)
    talk = f"{canary('speaker of a transcript')}: {canary('words of a transcript')}".encode()
    add_transcript(meeting, talk, name=canary("name of a transcript"), by=officer, op_id=uuid4())


def save(contribution, officer, **changes) -> None:
    spoken = replace(Spoken.of(contribution), **changes)
    save_contribution(contribution, spoken, base_version=contribution.version, op_id=uuid4(), by=officer)


def _private_actions(meeting: Meeting, canary: Canaries, officer, approver) -> None:
    action = meeting.actions.get()
    record_update(action, canary("update of an action"), by=officer, on=DAY, at=AT)
    propose_completion(action, canary("proposal of completion"), by=officer, on=DAY, at=AT)
    decide(action, EventKind.RETURNED, by=approver, reason=canary("reason of a decision"), on=DAY, at=AT)


def _after_approval(meeting: Meeting, canary: Canaries, officer) -> None:
    item = meeting.items.get(title="Waiting times")
    add_exchange(item, [Spoken("comment", canary("added after approval"))], by=officer)
    contribution = item.exchanges.first().contributions.first()
    save(contribution, officer, to_check=canary("to check"))
    change_meeting(meeting, venue=canary("venue after approval"), by=officer)


def _draft(canary: Canaries, officer) -> None:
    """Another meeting, which nobody has approved."""
    meeting = planned(
        DAY + dt.timedelta(days=28), title=canary("title of a draft"), venue=canary("venue of a draft")
    )
    cc = attends(meeting, canary("person of a draft"), role(canary("role of a draft")))
    item = add_item(meeting, title=canary("item of a draft"), by=officer)
    said = Spoken("comment", canary("text of a draft"), cc, lead=canary("lead of a draft"))
    add_exchange(item, [said], by=officer, public_note=canary("note of a draft"))
    text = canary("action of a draft")
    add_action(meeting=meeting, item=item, text=text, owner=cc.role, by=officer, op_id=uuid4())
    services.send_for_approval(meeting, by=officer)


def _log(meeting: Meeting, canary: Canaries, officer, approver) -> None:
    """An action log, with what the office knows of its actions when it is published, and what comes after."""
    arose, earlier = meeting.actions.get(), Action.objects.get(recorded_in=meeting)
    closed = decide(arose, EventKind.CLOSED, by=approver, reason=canary("reason that stays in the office"))
    say_publicly(closed, SAID_OF_IT, by=approver)
    moved = decide(
        earlier, EventKind.DUE_MOVED, by=approver, reason=canary("reason of a new date"), due_on=LATER
    )
    update = record_update(earlier, canary("update that waits"), by=officer)
    told = CarriedAction.objects.filter(action=earlier)
    told.update(outcome="closed", reason=canary("reason that was spoken"))
    told.update(dropped_why=canary("why a spoken decision was dropped"))
    Evidence.objects.create(
        action=earlier, event=update, name=canary("name of an evidence file"), size=1, kind="pdf", at=AT
    )
    new = add_action(
        meeting=meeting,
        item=meeting.items.first(),
        text=canary("action that was sent and not chosen"),
        owner=earlier.owner,
        by=officer,
        op_id=uuid4(),
    )
    give_reference(new)
    Action.objects.filter(pk=new.pk).update(sent_at=AT)
    seen = services.digest_of(compile_log(timezone.localdate()).log)
    publish_log(by=approver, seen=seen)
    say_publicly(moved, canary("reason that was not published yet"), by=approver)
    propose_date(earlier, canary("proposal of a date"), due_on=LATER + dt.timedelta(days=9), by=officer)


def every_pattern(patterns) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from every_pattern(one.url_patterns)
        else:
            yield one


def public_addresses() -> Iterator[str]:
    """Every public pattern with every value that is published, guessed for a draft, or nonsense."""
    draft = Meeting.objects.exclude(uid__in=PublishedMeeting.objects.values("meeting")).get()
    guessed = [
        f"{draft.date}-{draft.title}",
        f"{draft.date}-monthly-assurance-meeting",
        "2025-3",
        "no-such-thing",
    ]
    slugs = [*PublishedMeeting.objects.values_list("slug", flat=True)]
    slugs += [*PublishedTheme.objects.values_list("slug", flat=True)]
    slugs += [*PublishedAction.objects.values_list("slug", flat=True)]
    values = {"slug": slugs + guessed, "number": ["1", "2"], "format": ["csv", "json", "atom"]}
    for pattern in every_pattern([*publications.urlpatterns, *following.urlpatterns]):
        route = str(pattern.pattern)
        names = list(pattern.pattern.converters)
        for chosen in product(*(values[name] for name in names)):
            address = route
            for name, value in zip(names, chosen, strict=True):
                start, end = address.index("<"), address.index(">")
                assert name in address[start:end]
                address = address[:start] + value + address[end + 1 :]
            yield f"/{address}"
    yield from (
        "/search/?q=zyx",
        "/search.json?q=zyx",
        "/search/?q=canary",
        "/meetings/?type=zyx&year=2025",
        "/nothing/",
    )


def readings_of(response) -> Iterator[str]:
    """An answer as everything that somebody could make of it: headers, raw, unescaped, decoded, paper as text."""
    content = response.getvalue()
    yield str(dict(response.headers))
    raw = content.decode("utf-8", "replace")
    yield from (raw, html.unescape(raw), unquote(raw))
    kind = response.headers.get("Content-Type", "")
    if "json" in kind:
        yield json.dumps(json.loads(content), ensure_ascii=False)
    if "pdf" in kind:
        yield from readings_of_paper(content)


def readings_of_paper(content: bytes) -> Iterator[str]:
    yield subprocess.run(
        ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield str(dict(pdf.docinfo))
        yield str(pdf.open_metadata())
        for attached in pdf.attachments.values():
            yield attached.get_file().read_bytes().decode()
        plain = io.BytesIO()
        pdf.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
        yield plain.getvalue().decode("latin-1")


def test_no_confidential_word_is_found_at_any_public_address(published, canary):
    client = Client()
    read, leaks = {}, []
    for address in public_addresses():
        response = client.get(address)
        read.setdefault(response.headers.get("Content-Type", "").split(";")[0], []).append(address)
        for text in readings_of(response):
            leaks += [(address, place) for place in canary.found_in(text)]
    assert sorted(set(leaks)) == []
    assert {
        "text/html",
        "application/json",
        "application/pdf",
        "application/atom+xml",
        "text/calendar",
    } <= set(read)


def test_the_search_for_words_finds_what_everybody_may_read(published):
    """Otherwise the test above would find nothing because it cannot read."""
    address = Edition.objects.get(kind="notes").meeting.get_absolute_url()
    log = Edition.objects.of_log().get().get_absolute_url()
    found = [(f"{address}{format}", SAID) for format in ("", "notes.json", "notes.pdf")]
    found += [(f"{log}{format}", SAID_OF_IT) for format in ("", "actions.json", "actions.pdf")]
    for page, words in [*found, ("/actions/2025-2/", SAID_OF_IT)]:
        readings = readings_of(Client().get(page))
        assert any(words in " ".join(text.split()) for text in readings), page
