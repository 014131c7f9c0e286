"""What every answer of the house says besides its page: to whom, for how long, with what rights."""

import re

import pytest
from django.conf import settings

from tests.conftest import PASSWORD
from tests.safety.access import read_table
from tests.safety.office import Answer, Office, routes

ROUTES = [route for route, _ in routes()]
OFFICE = [route for route in ROUTES if route.startswith("office/")]
PUBLIC = [route for route in ROUTES if not route.startswith("office/")]
TABLE = read_table()
# Being here, and how often somebody tried to come in, is noted on the way.
NOTED_ON_THE_WAY = {"django_session", "throttle"}


def who_may(route: str, method: str) -> str:
    """Somebody whom the table lets in, else somebody with a duty."""
    rows = [people for (at, thing, how), people in TABLE.items() if at == route and how == method]
    return next((who for who, decided in rows[0].items() if decided in {"200", "in"}), "officer")


def answers(office: Office, route: str) -> list[Answer]:
    """What people get there: the page, the way to sign in, not found, not allowed."""
    addresses = list(office.addresses(route).values())
    asked = [(who_may(route, "GET"), "GET", addresses[0]), ("nobody", "GET", addresses[0])]
    asked += [("officer", "GET", addresses[-1]), ("nobody", "POST", addresses[0])]
    asked += [("officer", "DELETE", addresses[0])]
    return [office.ask(*one) for one in asked]


@pytest.mark.parametrize("route", OFFICE)
def test_an_answer_of_the_office_is_kept_nowhere_and_its_cookies_stay_there(office, route):
    for answer in answers(office, route):
        tells_browsers_what_they_may_do(answer)
        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]
        for cookie in answer.cookies.values():
            assert cookie["path"] == "/office/", cookie
            assert cookie["samesite"] == "Lax", cookie
            # A cookie that is being taken back has no value left to protect.
            assert cookie["httponly"] or not cookie.value, cookie


@pytest.mark.parametrize("route", PUBLIC)
def test_a_public_answer_sets_no_cookie_and_is_the_same_for_everybody(office, route):
    for answer in answers(office, route):
        tells_browsers_what_they_may_do(answer)
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
    address = next(iter(office.addresses(route).values()))
    for_officers, for_all = [office.ask(who, "GET", address) for who in ["officer", "nobody"]]
    assert for_officers.content == for_all.content


def tells_browsers_what_they_may_do(answer: Answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe-|nonce-|data:|\*", policy)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("route", ROUTES)
def test_looking_at_a_page_changes_nothing(office, route):
    address = next(iter(office.addresses(route).values()))
    assert office.ask(who_may(route, "GET"), "GET", address).wrote <= NOTED_ON_THE_WAY


@pytest.mark.parametrize(
    "route",
    [route for (route, thing, _), people in TABLE.items() if thing != "other" and "in" in people.values()],
)
def test_a_form_without_its_token_is_not_taken(office, route):
    address = next(iter(office.addresses(route).values()))
    client = office.client(who_may(route, "POST"), enforce_csrf_checks=True)
    answer = client.post(address, {"text": "Words that somebody typed"})
    assert answer.status_code == 403
    assert "Words that somebody typed" in answer.content.decode()


def test_a_secret_is_not_shown_again_when_a_form_is_not_taken(office):
    client = office.client("nobody", enforce_csrf_checks=True)
    answer = client.post("/office/sign-in/", {"login": "a@office.example", "password": "a quiet otter"})
    assert "a quiet otter" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/no-such-page/", "/office/no-such-page/", "/office", "/meetings"])
def test_what_is_not_there_sets_no_cookie(office, address):
    answer = office.ask("nobody", "GET", address)
    assert not answer.cookies
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("address", ["/", "/office/sign-in/", "/office/"])
def test_a_request_for_another_host_is_refused(office, address):
    answer = office.client("officer").get(address, headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.content.decode()


ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("place", ELSEWHERE)
@pytest.mark.parametrize("address", ["/office/sign-in/", "/office/sign-out/", "/office/account/confirm/"])
def test_nobody_is_led_elsewhere_by_an_address(office, address, place):
    sent = {"login": "officer@office.example", "password": PASSWORD, "next": place}
    for who in ["nobody", "officer"]:
        answer = office.ask(who, "POST", address, sent)
        assert "elsewhere" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")
        assert f'href="{place}' not in office.ask(who, "GET", f"{address}?next={place}").content.decode()


@pytest.mark.parametrize("place", ELSEWHERE)
def test_the_way_back_leads_to_a_page_of_the_office(office, place):
    answer = office.client("nobody").post("/office/meetings/new/", {"title": "x"}, headers={"referer": place})
    assert answer.status_code == 401
    assert "elsewhere" not in answer.content.decode()


def test_the_session_cookie_is_for_the_office_alone_and_no_script_reads_it(office):
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/office/"
    client = office.client("nobody")
    client.get("/office/sign-in/")
    cookies = client.cookies
    assert cookies
    assert all(cookie["httponly"] and cookie["path"] == "/office/" for cookie in cookies.values())
