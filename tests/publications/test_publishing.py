"""Publishing: exactly the approved bytes, once, in one piece, in the register."""

import datetime as dt
import hashlib
import json
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from publications import register, services
from publications.models import (
    Edition,
    PublishedAction,
    PublishedDate,
    PublishedExchange,
    PublishedMeeting,
    PublishedMention,
    PublishedPage,
    PublishedTheme,
    RegisterEntry,
)
from publications.notes import read
from publications.services import CannotPublish, publish, rebuild_public
from tests.factories_notes import first_published_elsewhere, published, some_notes

pytestmark = pytest.mark.django_db


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def correction(notes, words: str = "asked again."):
    corrected = notes.model_copy(deep=True)
    corrected.items[0].exchanges[0].contributions[0].text = words
    return corrected


def test_what_is_stored_is_what_was_approved(identity):
    content = some_notes().to_bytes()
    edition = publish(content, sha256=sha256(content))
    assert bytes(Edition.objects.get(pk=edition.pk).notes) == content


def test_other_bytes_than_the_approved_ones_are_refused():
    content = some_notes().to_bytes()
    with pytest.raises(CannotPublish, match="not what was approved"):
        publish(content, sha256=sha256(b"something else"))
    assert not Edition.objects.exists()


def test_a_record_without_its_date_is_refused():
    notes = some_notes()
    notes.meeting.date = None
    with pytest.raises(CannotPublish, match="no date"):
        published(notes)


def test_an_action_without_reference_or_owner_is_refused():
    notes = some_notes()
    notes.actions[0].reference, notes.actions[1].owners = None, []
    with pytest.raises(CannotPublish) as refusal:
        published(notes)
    assert len(refusal.value.blockers) == 2


def test_an_old_record_may_keep_its_gaps_in_doubt():
    notes = first_published_elsewhere()
    notes.actions[1].owners = []
    assert published(notes).number == 1


def test_bytes_that_are_not_canonical_are_refused():
    content = json.dumps(json.loads(some_notes().to_bytes()), indent=1).encode()
    with pytest.raises(CannotPublish, match="canonical"):
        publish(content, sha256=sha256(content))


def test_a_correction_is_the_next_edition_and_the_first_stays(identity):
    notes = some_notes()
    first, second = published(notes), published(correction(notes), change="A word")
    assert (first.number, second.number) == (1, 2)
    assert Edition.objects.filter(meeting=first.meeting).count() == 2


def test_publishing_the_same_again_is_the_same_edition():
    notes = some_notes()
    assert published(notes) == published(notes)
    assert RegisterEntry.objects.count() == 1


def test_the_address_is_made_of_date_and_type():
    assert (
        published(some_notes(date=dt.date(2020, 9, 24))).meeting.slug
        == "2020-09-24-monthly-assurance-meeting"
    )


def test_a_second_meeting_of_that_day_gets_the_next_address():
    day = dt.date(2020, 9, 24)
    slugs = [published(some_notes(date=day, reference=f"2020/{n}")).meeting.slug for n in (1, 2, 3)]
    assert [slug.removeprefix("2020-09-24-monthly-assurance-meeting") for slug in slugs] == ["", "-2", "-3"]


def test_the_address_stays_when_the_date_moves():
    notes = some_notes()
    slug = published(notes).meeting.slug
    notes.meeting.date += dt.timedelta(days=1)
    assert published(notes).meeting.slug == slug


def test_the_register_adds_up():
    notes = some_notes()
    published(notes), published(correction(notes)), published()
    assert register.faults() == []
    call_command("check_register")
    assert [entry.seq for entry in RegisterEntry.objects.all()] == [1, 2, 3]


def test_each_line_of_the_register_holds_the_hash_of_the_one_before():
    published(), published()
    first, second = RegisterEntry.objects.all()
    assert json.loads(bytes(first.leaf))["previous"] == "0" * 64
    assert json.loads(bytes(second.leaf))["previous"] == first.sha256


def test_the_register_shows_what_was_tampered_with():
    from publications import triggers

    edition = published()
    triggers.remove(connection)
    Edition.objects.filter(pk=edition.pk).update(notes=b"{}")
    triggers.install(connection)
    assert any("not those that were published" in fault for fault in register.faults())
    with pytest.raises(CommandError, match="not those that were published"):
        call_command("check_register")


def test_a_line_of_the_register_holds_no_name_and_no_words():
    edition = published()
    leaf = bytes(edition.register_entry.leaf).decode()
    words = {person.name for person in some_notes().people if person.name} | {"Monthly", "Marlshire", "rural"}
    assert not [word for word in words if word in leaf]


def test_the_article_is_the_same_when_it_is_made_again(identity):
    from publications.line import line_of
    from publications.render import article

    edition = published()
    notes = read(bytes(edition.notes))
    assert article(notes, line_of(edition)) == bytes(edition.renditions.get(format="article").content)


def projections() -> list:
    """Everything that lists read, without the keys that a database gives."""
    return [
        sorted(
            PublishedExchange.objects.values_list(
                "edition", "position", "number", "item_title", "text", "asks"
            )
        ),
        sorted(PublishedTheme.objects.values_list("slug", "name", "editions", "exchanges__number")),
        sorted(
            PublishedAction.objects.values_list("slug", "text", "state", "as_of", "edition", "first_edition")
        ),
        sorted(PublishedMention.objects.values_list("action__slug", "edition", "state", "outcome")),
        sorted(PublishedDate.objects.values_list("edition", "announced", "date", "name")),
        sorted(PublishedPage.objects.values_list("meeting", "article"), key=str),
        [page.facts for page in PublishedPage.objects.order_by("meeting")],
    ]


def several_publications() -> None:
    july = some_notes(date=dt.date(2024, 7, 18), reference="2024/9", carried="2024/3")
    published(july)
    september = some_notes(date=dt.date(2024, 9, 19))
    published(september)
    published(
        some_notes(date=dt.date(2024, 8, 15), type="Thematic Meeting", reference="2024/11", carried="2024/9")
    )
    published(correction(september), change="A word")


def test_rebuilding_gives_what_publishing_left():
    several_publications()
    before = projections()
    assert rebuild_public() == 3
    assert projections() == before


def test_an_action_is_what_the_latest_date_says_of_it():
    early = some_notes(date=dt.date(2024, 7, 18), reference="2024/9", carried="2024/3")
    late = some_notes(date=dt.date(2024, 9, 19), carried="2024/9")
    late.actions[0].state = "closed"
    published(late), published(early)
    action = PublishedAction.objects.get(reference="2024/9")
    assert action.public_state == "Closed"
    assert action.first_edition.date == dt.date(2024, 7, 18)


def test_an_action_that_a_correction_no_longer_names_is_gone():
    notes = some_notes()
    published(notes)
    published(notes.model_copy(update={"actions": notes.actions[:1]}))
    assert not PublishedAction.objects.filter(reference="2024/17").exists()


def test_overdue_is_judged_on_the_day_of_what_was_published():
    published()
    late = PublishedAction.objects.get(reference="2024/9")
    in_time = PublishedAction.objects.get(reference="2024/17")
    assert late.public_state == "Open and overdue"
    assert in_time.public_state == "Open"


@pytest.mark.parametrize(
    ("said", "state"),
    [(None, "Open and overdue"), (True, "Open and overdue"), (False, "Open")],
    ids=["older notes, by the dates", "nothing waited", "something waited"],
)
def test_overdue_is_not_said_of_what_was_waiting_in_the_office(client, identity, said, state):
    notes = some_notes()
    notes.actions[0].overdue = said
    published(notes)
    assert PublishedAction.objects.get(reference="2024/9").public_state == state
    listed = client.get("/actions.json?state=overdue").json()["items"]
    assert bool(listed) == (state == "Open and overdue")


def test_notes_cannot_call_overdue_what_was_not_due():
    notes = some_notes()
    notes.actions[1].overdue = True
    published(notes)
    assert PublishedAction.objects.get(reference="2024/17").public_state == "Open"


def test_a_withheld_action_is_its_reference_and_the_reason(client, identity):
    notes = some_notes()
    notes.actions[1].withheld = "operational policing"
    slug = published(notes).meeting.slug
    pages = [
        client.get(page).content.decode()
        for page in ("/actions/2024-17/", "/actions.json", f"/meetings/{slug}/")
    ]
    assert not any("farm machinery" in page for page in pages)
    assert not any("23 Oct" in page or "2024-10-23" in page for page in pages[:2])
    assert "operational policing" in pages[0]


def test_nothing_is_stored_when_the_last_step_fails(monkeypatch):
    def fail(*args):
        raise RuntimeError("the power went")

    monkeypatch.setattr(services.projections, "follow", fail)
    with pytest.raises(RuntimeError):
        published()
    assert not PublishedMeeting.objects.exists()
    assert not RegisterEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_the_same_at_once_make_one_edition(settings):
    notes, editions = some_notes(), []
    together = threading.Barrier(2)

    def one():
        made = services.make(notes.to_bytes(), sha256=sha256(notes.to_bytes()))
        together.wait()
        editions.append(services.store(made).pk)
        connection.close()

    both = [threading.Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(editions) == 2
    assert len(set(editions)) == 1
    assert RegisterEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_comes_first_and_the_other_is_told():
    notes, outcomes = some_notes(), []
    published(notes)
    together = threading.Barrier(2)

    def one(words):
        content = correction(notes, words).to_bytes()
        made = services.make(content, sha256=sha256(content))
        together.wait()
        try:
            outcomes.append(services.store(made).number)
        except services.PublishedMeanwhile as refusal:
            outcomes.append(str(refusal))
        connection.close()

    both = [threading.Thread(target=one, args=[words]) for words in ("asked this.", "asked that.")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert 2 in outcomes
    assert any("Publish again" in str(outcome) for outcome in outcomes)
    assert register.faults() == []
