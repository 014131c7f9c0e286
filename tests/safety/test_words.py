"""Whatever somebody types is shown harmlessly or refused in words, and no address is too odd for an answer."""

from urllib.parse import quote

import pytest
from django.http import HttpResponse

from tests.safety.access import read_table
from tests.safety.hostile import HOSTILE, MARKUP, Form, forms_of, harm_in
from tests.safety.office import Office, content_of, routes

TABLE = read_table()
PAGES = [
    (route, who)
    for (route, thing, method), people in TABLE.items()
    if method == "GET" and thing != "other"
    for who in [next((who for who, decided in people.items() if decided == "200"), None)]
    if who
]
OFFICE = [(route, who) for route, who in PAGES if route.startswith("office/")]
IN_WORDS = ("There is a problem", "error-summary")


def page_of(office: Office, route: str, who: str) -> HttpResponse:
    return office.ask(who, "GET", next(iter(office.addresses(route).values())))


def all_forms(office: Office, route: str, who: str) -> list[Form]:
    answer = page_of(office, route, who)
    if "html" not in answer.headers.get("Content-Type", ""):
        return []
    address = next(iter(office.addresses(route).values()))
    return [form for form in forms_of(content_of(answer), address) if form.words]


@pytest.mark.parametrize(("route", "who"), OFFICE)
def test_whatever_is_typed_into_a_form_is_harmless_or_refused_in_words(office, route, who):
    for form in all_forms(office, route, who):
        for kind, words in HOSTILE.items():
            office.send(who, form.address, form.filled(words), look=lambda page, kind=kind: check(page, kind))
        for name in form.words:
            office.send(
                who, form.address, form.filled(MARKUP, only=name), look=lambda page: check(page, "markup")
            )


def check(page: HttpResponse, kind: str) -> None:
    """The answer is a page, not a fault; what was typed does not run; NUL is not stored."""
    assert page.status_code < 500, (kind, page.request["PATH_INFO"])
    content = content_of(page)
    if "html" in page.headers.get("Content-Type", ""):
        assert harm_in(content) == []
    if kind == "NUL" and page.status_code == 200 and not page.redirect_chain:
        assert any(words in content.decode() for words in IN_WORDS)


@pytest.mark.parametrize(("route", "who"), PAGES)
def test_whatever_stands_in_an_address_gets_an_answer(office, route, who):
    address = next(iter(office.addresses(route).values()))
    names = [
        "q",
        "page",
        "year",
        "type",
        "theme",
        "state",
        "sort",
        "saved",
        "as",
        "after",
        "text",
        "status",
        "owner",
        "timing",
        "next",
    ]
    for value in ["\x00", MARKUP, "-1", "9" * 40, "٣", "\ud83d", ""]:
        odd = quote(value, errors="surrogatepass")
        answer = office.ask(who, "GET", f"{address}?" + "&".join(f"{name}={odd}" for name in names))
        assert answer.status_code < 500, value
        if "html" in answer.headers.get("Content-Type", ""):
            assert harm_in(content_of(answer)) == []


@pytest.mark.parametrize("route", [route for route, _ in routes() if "<int:" in route])
def test_a_number_of_any_length_is_only_not_found(office, route):
    parts = dict.fromkeys(["pk", "meeting_pk", "number"], "9" * 30)
    address = office.addresses(route, **parts)["own"]
    for who in ["officer", "approver", "administrator"]:
        for method in ["GET", "POST"]:
            assert office.ask(who, method, address).status_code in {403, 404, 405}


@pytest.mark.parametrize("route", [route for route, _ in routes() if "<slug:" in route])
def test_a_name_of_any_length_is_only_not_found(office, route):
    address = office.addresses(route, slug="x" * 3000)["own"]
    assert office.ask("nobody", "GET", address).status_code == 404
