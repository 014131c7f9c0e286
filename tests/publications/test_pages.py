"""Public pages: useful, fresh, without a cookie, and silent about what is not published."""

import datetime as dt
import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import get_resolver, reverse

from publications.models import Identity, PublishedAction, PublishedTheme
from tests.factories_log import AS_AT, published_log, some_log
from tests.factories_notes import first_published_elsewhere, office, published, some_notes

pytestmark = pytest.mark.django_db

WORDS = {"slug": "2024-09-19-monthly-assurance-meeting", "number": 1, "format": "json"}


@pytest.fixture
def meeting(identity):
    """A meeting that was corrected once, an old one that another site published first, and an action log."""
    published(first_published_elsewhere(reference="2020/1", carried="2019/4"))
    notes = some_notes()
    published(notes)
    notes.items[0].exchanges[0].contributions[0].text = "asked whether the review had been finished."
    published_log()
    return published(notes, change="Paragraph 1.1 now says which review was meant.").meeting


def public_addresses() -> list[str]:
    """Every public address, as the URLconf has them, with what the fixture published."""
    found = []
    for name, (forms, *_) in get_resolver().namespace_dict["publications"][1].reverse_dict.items():
        if not isinstance(name, str):
            continue
        words = WORDS | {"slug": slug_for(name)}
        found.append(
            reverse(f"publications:{name}", kwargs={key: words[key] for key in forms[0][1] if key in words})
        )
    return sorted(found)


def slug_for(name: str) -> str:
    if name.startswith("theme"):
        return PublishedTheme.objects.first().slug
    return PublishedAction.objects.first().slug if name == "action" else WORDS["slug"]


def test_there_are_as_many_addresses_as_we_think(meeting):
    assert len(public_addresses()) >= 35


def test_every_public_address_answers(client, meeting):
    answers = {address: client.get(address).status_code for address in public_addresses()}
    expected_missing = {address for address in answers if address.endswith(("notes.xml", ".pdf"))}
    assert {address for address, status in answers.items() if status != 200} == expected_missing


def test_no_public_answer_sets_a_cookie(client, meeting):
    for address in [*public_addresses(), "/meetings/nothing-here/", "/nothing/"]:
        answer = client.get(address)
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address
        assert b"csrfmiddlewaretoken" not in answer.content, address


def test_somebody_with_a_session_gets_the_same_page(client, officer_client, meeting):
    for address in public_addresses():
        if not address.startswith("/health"):
            assert officer_client.get(address).content == client.get(address).content, address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_public_addresses_are_only_read(client, meeting, method):
    for address in public_addresses():
        assert getattr(client, method)(address).status_code == 405, address


def test_a_head_request_is_answered(client, meeting):
    answer = client.head(meeting.get_absolute_url())
    assert answer.status_code == 200
    assert answer.content == b""


def test_a_reader_who_has_the_page_is_told_so(client, meeting):
    for address in public_addresses():
        first = client.get(address)
        if first.status_code != 200 or address == "/health/":
            continue
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, address
        assert again.content == b""
        assert not first["ETag"].startswith("W/")
        assert first["Last-Modified"]
        assert "must-revalidate" in first["Cache-Control"]


def test_a_new_publication_changes_every_tag_of_a_page(client, meeting):
    before = client.get(meeting.get_absolute_url())["ETag"]
    published(some_notes(reference="2024/40"))
    assert client.get(meeting.get_absolute_url())["ETag"] != before


def test_the_tag_of_the_data_is_its_hash(client, meeting):
    answer = client.get(f"{meeting.get_absolute_url()}notes.json")
    edition = meeting.editions.get(number=2)
    assert answer["ETag"] == f'"{edition.sha256}"'
    assert answer.content == bytes(edition.notes)


def test_a_new_name_of_the_office_changes_the_page(client, meeting, identity):
    before = client.get("/")
    identity.office_name = "Mayor of Marlshire"
    identity.save()
    after = client.get("/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Mayor of Marlshire" in after.content.decode()


def test_what_never_existed_and_what_is_a_draft_are_the_same_404(client, meeting, officer):
    """A draft has no address here at all; what it would have looks like any other."""
    pages = [f"/meetings/{slug}/" for slug in ("2024-10-24-monthly-assurance-meeting", "never-existed", "x")]
    pages += [
        f"/meetings/never-existed/{rest}" for rest in ("agenda/", "editions/", "editions/1/", "notes.xml")
    ]
    assert len({client.get(page).content for page in pages}) == 1
    assert {client.get(page).status_code for page in pages} == {404}


def test_the_404_of_a_missing_action_and_theme_tell_nothing(client, meeting):
    for section in ("actions", "themes"):
        assert client.get(f"/{section}/a/").content == client.get(f"/{section}/b/").content


def test_the_meeting_page_takes_three_queries(client, meeting, django_assert_max_num_queries):
    client.get(meeting.get_absolute_url())
    with django_assert_max_num_queries(3):
        client.get(meeting.get_absolute_url())


def test_a_page_that_the_reader_has_takes_two_queries(client, meeting, django_assert_max_num_queries):
    tag = client.get(meeting.get_absolute_url())["ETag"]
    with django_assert_max_num_queries(2):
        client.get(meeting.get_absolute_url(), headers={"If-None-Match": tag})


LISTS = [
    "/",
    "/meetings/",
    "/meetings.csv",
    "/meetings.ics",
    "/actions/",
    "/actions/2024-17/",
    "/actions/editions/",
    "/actions/editions/1/",
    "/actions.json",
    "/themes/",
    "/themes/rural-crime/",
    "/themes/rural-crime.csv",
    "/search/?q=rural",
    "/feed.atom",
    "/register/",
    "/register.json",
    "/sitemap.xml",
]


def queries_of(client, address, capture) -> int:
    with capture() as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_no_list_asks_more_of_the_database_when_there_is_ten_times_as_much(identity, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        client.get("/")
        return {
            address: queries_of(client, address, lambda: CaptureQueriesContext(connection))
            for address in LISTS
        }

    def publish(numbers):
        for number in numbers:
            published(some_notes(reference=f"2024/{number}", carried=f"2023/{number}"))
            published_log(some_log(AS_AT + dt.timedelta(days=number)))

    publish(range(100, 102))
    few = count()
    publish(range(200, 218))
    assert count() == few


def test_the_old_edition_stays_readable_and_says_that_it_is_old(client, meeting):
    page = client.get(f"{meeting.get_absolute_url()}editions/1/").content.decode()
    assert "This is edition 1" in page
    assert "whether the custody review had been finished" in page


def test_the_current_page_tells_what_was_corrected(client, meeting):
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Paragraph 1.1 now says which review was meant." in page
    assert "whether the review had been finished" in page


def test_the_meeting_page_leads_to_its_neighbours(client, meeting):
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "/meetings/2020-09-24-monthly-assurance-meeting/" in page


def test_an_earlier_page_shows_what_became_of_its_action(client, identity):
    first = some_notes(reference="2024/30")
    slug = published(first).meeting.slug
    later = some_notes(date=first.meeting.date.replace(month=11), reference="2024/31", carried="2024/30")
    later.actions[0].state = "closed"
    published(later)
    page = client.get(f"/meetings/{slug}/").content.decode()
    assert re.search(r"2024/30.*?Closed, 19 November 2024", page, re.DOTALL)


def test_the_agenda_page_says_plainly_that_there_is_none(client, meeting):
    page = client.get(f"{meeting.get_absolute_url()}agenda/").content.decode()
    assert "No agenda has been published for this meeting." in page


def test_xml_is_not_there_and_the_page_says_what_is(client, meeting):
    answer = client.get(f"{meeting.get_absolute_url()}notes.xml")
    assert answer.status_code == 404
    assert "notes.json" in answer.content.decode()


def test_an_action_says_when_it_was_last_published(client, meeting):
    page = client.get("/actions/2024-17/").content.decode()
    assert "as last published, 4 November 2024" in " ".join(page.split())


def test_nothing_is_published_yet(client):
    for address in (
        "/",
        "/meetings/",
        "/actions/",
        "/themes/",
        "/register/",
        "/search/?q=x",
        "/feed.atom",
        "/meetings.ics",
    ):
        assert client.get(address).status_code == 200


def test_a_site_without_an_identity_still_works(client):
    meeting = published().meeting
    assert client.get(meeting.get_absolute_url()).status_code == 200


DATES = [
    r"\d(?:st|nd|rd|th)\b\s+(?:of\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)",
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d+(?:st|nd|rd|th)\b",
    r"\d{1,2}:\d{2}\s?(?:AM|PM|hrs)",
    r"\b0\d/\d\d/\d{4}",
]


def test_dates_and_times_are_written_as_people_say_them(client, meeting):
    for address in public_addresses():
        answer = client.get(address)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = re.sub(r"<q>.*?</q>", "", answer.content.decode(), flags=re.DOTALL)
        for pattern in DATES:
            assert not re.search(pattern, page), (address, pattern)


def test_no_page_names_an_office_or_a_post_that_is_not_ours(client):
    office(
        office_name="Marlshire Policing Board",
        office_short_name="Policing Board",
        commissioner_title="Lead Member",
        force_name="Marlshire Constabulary",
    )
    for name in (
        "home",
        "meetings",
        "actions",
        "themes",
        "search",
        "register",
        "about",
        "accessibility",
        "privacy",
        "cookies",
    ):
        page = client.get(reverse(f"publications:{name}")).content.decode()
        assert not re.search(r"\bPCC\b|Crime Commissioner|Marlshire Police\b", page), name


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2019, 12, 31), "First office"),
        (dt.date(2020, 1, 1), "First office"),
        (dt.date(2024, 5, 8), "First office"),
        (dt.date(2024, 5, 9), "Second office"),
        (dt.date(2031, 1, 1), "Third office"),
    ],
)
def test_who_we_are_follows_the_day_and_begins_with_the_first(db, day, name):
    for began, called in [
        (dt.date(2024, 5, 9), "Second office"),
        (dt.date(2020, 1, 1), "First office"),
        (dt.date(2030, 1, 1), "Third office"),
    ]:
        Identity.objects.create(
            starts=began, office_name=called, commissioner_title="PCC", force_name="The force"
        )
    assert Identity.current(day).office_name == name


def test_nobody_is_nobody_on_any_day(db):
    assert Identity.current(dt.date(2024, 5, 9)) is None


def test_the_stylesheet_has_the_colour_of_the_office_and_readable_ink(client, identity):
    identity.accent_colour = "#ffdd00"
    identity.save()
    sheet = client.get("/identity.css")
    assert sheet.content.decode().strip() == ":root { --accent: #ffdd00; --accent-ink: #16191c; }"
    assert sheet["Content-Type"].startswith("text/css")


def test_health_asks_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/health/").status_code == 200


def test_the_sitemap_names_every_page(client, meeting):
    sitemap = client.get("/sitemap.xml").content.decode()
    for path in ("/", meeting.get_absolute_url(), "/actions/2024-17/", "/themes/rural-crime/"):
        assert f"<loc>{django_settings.SITE_URL}{path}</loc>" in sitemap


def test_the_office_does_not_show_in_a_stranger_s_headers(meeting):
    answer = Client().get(meeting.get_absolute_url())
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "nonce" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
