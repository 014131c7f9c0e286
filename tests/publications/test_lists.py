"""Lists: filters, search, and what can be taken away."""

import csv
import datetime as dt
import io
import json

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from publications.exports import safe_cell
from publications.search import marked, words_in
from tests.factories_notes import published, some_notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(identity):
    for date, type, reference in [
        (dt.date(2023, 5, 18), "Monthly Assurance Meeting", "2023/5"),
        (dt.date(2024, 3, 21), "Thematic Meeting", "2024/3"),
        (dt.date(2024, 9, 19), "Monthly Assurance Meeting", "2024/17"),
    ]:
        notes = some_notes(date=date, type=type, reference=reference, carried=f"{date.year - 1}/1")
        notes.items[1].themes = ["Rural crime"] if date.year == 2024 else ["Custody"]
        published(notes)


def slugs(client, query: str = "") -> list[str]:
    return [
        item["url"].rstrip("/").split("/")[-1]
        for item in client.get(f"/meetings.json{query}").json()["items"]
    ]


def test_meetings_come_with_the_newest_first(client, several):
    assert [slug[:10] for slug in slugs(client)] == ["2024-09-19", "2024-03-21", "2023-05-18"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?year=2024", 2),
        ("?type=Thematic+Meeting", 1),
        ("?theme=custody", 1),
        ("?year=2024&theme=custody", 0),
    ],
)
def test_meetings_can_be_filtered(client, several, query, count):
    assert len(slugs(client, query)) == count
    assert f"{count} meeting" in client.get(f"/meetings/{query}").content.decode() or count == 0


@pytest.mark.parametrize(
    "query", ["?year=x", "?year=99999", "?theme=%00", "?type=' OR 1=1", "?page=zzz", "?page=-3"]
)
def test_a_filter_that_makes_no_sense_is_passed_over(client, several, query):
    assert client.get(f"/meetings/{query}").status_code == 200
    assert len(slugs(client, query)) == 3


def test_what_is_filtered_by_can_be_taken_away_again(client, several):
    page = client.get("/meetings/?year=2024&theme=rural-crime").content.decode()
    assert 'href="/meetings/?theme=rural-crime"' in page
    assert "Year: 2024" in page


def test_a_long_list_has_pages(client, identity):
    for number in range(26):
        published(some_notes(reference=f"2024/{100 + number}", carried=f"2023/{100 + number}"))
    first, second = (
        client.get("/meetings/").content.decode(),
        client.get("/meetings/?page=2").content.decode(),
    )
    assert "(page 1 of 2)" in first
    assert "2024-09-19-monthly-assurance-meeting/" in second


def test_actions_can_be_filtered(client, several):
    overdue = client.get("/actions.json?state=overdue").json()["items"]
    assert {action["status"] for action in overdue} == {"Open and overdue"}
    assert client.get("/actions.json?state=closed").json()["items"] == []


def test_the_counts_of_actions_are_those_of_the_list(client, several):
    page = " ".join(client.get("/actions/").content.decode().split())
    total = len(client.get("/actions.json").json()["items"])
    assert f"{total} actions are open" in page


def test_every_word_has_to_occur(client, several):
    found = client.get("/search.json?q=hedgerow+cameras").json()["items"]
    assert len(found) == 3
    assert client.get("/search.json?q=hedgerow+submarine").json()["items"] == []


def test_search_finds_parts_of_words_in_any_case(client, several):
    assert client.get("/search.json?q=HEDGE").json()["items"]


def test_found_words_are_marked_in_the_whole_exchange(client, several):
    page = client.get("/search/?q=cameras").content.decode()
    assert "<mark>cameras</mark>" in page
    assert "asked what had been learned" in page
    assert "3 results for ‘cameras’" in page


def test_search_can_stay_in_one_meeting(client, several):
    found = client.get("/search.json?q=cameras&meeting=2024-03-21-thematic-meeting").json()["items"]
    assert [item["date"] for item in found] == ["2024-03-21"]


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", "%", "_", "\x00", "'", "\\", "a" * 5000, "‮", "(", "👍"]
)
def test_any_question_is_harmless(client, several, question):
    answer = client.get("/search/", {"q": question})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_wildcard_is_a_letter_like_any_other(client, several):
    assert client.get("/search.json", {"q": "%"}).json()["items"] == []


@given(st.text(max_size=40), st.text(max_size=200))
def test_marking_loses_no_letter(question, text):
    words = words_in(question)
    if words:
        paragraphs = marked(text, words)
        assert ["".join(piece.text for piece in pieces) for pieces in paragraphs] == [
            p for p in text.split("\n") if p
        ]


@given(st.text(max_size=30))
def test_no_cell_is_taken_for_a_formula(text):
    assert not safe_cell(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_formula_in_an_action_stays_words(client, identity):
    notes = some_notes()
    notes.actions[0].text = "=HYPERLINK(1)"
    published(notes)
    rows = list(csv.DictReader(io.StringIO(client.get("/actions.csv").content.decode("utf-8-sig"))))
    assert "'=HYPERLINK(1)" in [row["text"] for row in rows]


def test_an_empty_list_still_has_its_header(client, db):
    assert client.get("/actions.csv").content.decode("utf-8-sig").startswith("reference,text,owner")


def feed(client, address: str) -> lxml.etree._Element:
    return lxml.etree.fromstring(
        client.get(address).content, lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    )


ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize(
    "address",
    [
        "/feed.atom",
        "/meetings.atom",
        "/actions.atom",
        "/themes/rural-crime/feed.atom",
        "/search.atom?q=rural",
    ],
)
def test_a_feed_has_what_readers_need(client, several, address):
    root = feed(client, address)
    assert root.xpath("a:title/text()", namespaces=ATOM)
    assert root.xpath("a:id/text()", namespaces=ATOM)
    assert root.xpath("a:updated/text()", namespaces=ATOM)
    assert all(link.startswith("http") for link in root.xpath("a:entry/a:link/@href", namespaces=ATOM))


def test_the_feed_tells_of_corrections_and_the_checkpoint(client, identity):
    notes = some_notes()
    published(notes)
    notes.items[0].title = "Earlier matters"
    published(notes, change="The first item has its right name.")
    text = client.get("/feed.atom").content.decode()
    assert "The first item has its right name." in text
    assert client.get("/register.json").json()["checkpoint"] in text


def test_markup_in_a_feed_stays_words(client, identity):
    notes = some_notes(type='<b>&"x')
    published(notes)
    assert '<b>&"x' in feed(client, "/feed.atom").xpath("a:entry/a:title/text()", namespaces=ATOM)[0]


def test_the_calendar_is_valid_and_says_each_day_once(client, several):
    calendar = Calendar.from_ical(client.get("/meetings.ics").content)
    assert calendar.errors == []
    days = [
        event.start.date() if isinstance(event.start, dt.datetime) else event.start
        for event in calendar.events
    ]
    assert len(days) == len(set(days)) == 6


def test_the_calendar_holds_nothing_that_was_said(client, several):
    calendar = client.get("/meetings.ics").content.decode()
    assert "hedgerow" not in calendar
    assert "Sarkar" not in calendar


def test_the_register_can_be_checked_from_what_it_exports(client, several):
    import hashlib

    rows = client.get("/register.json").json()["items"]
    previous = "0" * 64
    for row in rows:
        leaf = json.loads(row["leaf"])
        assert hashlib.sha256(row["leaf"].encode()).hexdigest() == row["sha256"]
        assert leaf["previous"] == previous
        for name in ("notes", "article"):
            assert (
                hashlib.sha256(f"{row['salt']}:{name}:{row[name]}".encode()).hexdigest()
                == leaf["commitments"][name]
            )
        previous = row["sha256"]


def test_the_schema_describes_what_is_stored(client, several):
    schema = client.get("/schema/notes-1.json").json()
    stored = json.loads(client.get("/meetings/2024-09-19-monthly-assurance-meeting/notes.json").content)
    assert set(schema["required"]) <= set(stored)
    assert set(stored) <= set(schema["properties"])
    assert set(stored["meeting"]) <= set(schema["$defs"]["MeetingFacts"]["properties"])
    assert {"chair_as_written", "minutes_as_written"} <= set(stored["meeting"])
    assert set(stored["actions"][0]) <= set(schema["$defs"]["Action"]["properties"])
    assert "overdue" in stored["actions"][0]
    assert "to" in schema["$defs"]["ActionEvent"]["properties"]
