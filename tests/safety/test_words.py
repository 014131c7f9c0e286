"""Whatever somebody types is shown harmlessly or refused in words, and no address is too odd for an answer."""

from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote

import pytest
from django.http import HttpResponse

from tests.safety.access import read_table
from tests.safety.hostile import HOSTILE, MARKUP, Form, forms_of, harm_in
from tests.safety.office import Answer, Office, content_of, route_of, routes

TABLE = read_table()
PAGES = [
    (route, who)
    for (route, thing, method), people in TABLE.items()
    if method == "GET" and thing != "other"
    for who in [next((who for who, decided in people.items() if decided == "200"), None)]
    if who
]
OFFICE = [(route, who) for route, who in PAGES if route.startswith("office/")]
# A file that is made for its reader takes no forms.
FORMS = [(route, who) for route, who in OFFICE if "." not in route]
# What our addresses ask after the "?".
ASKED = [
    "q",
    "page",
    "year",
    "type",
    "theme",
    "state",
    "status",
    "sort",
    "owner",
    "timing",
    "saved",
    "as",
    "after",
]
ASKED += ["text", "next"]
IN_WORDS = ("There is a problem", "error-summary")


def page_of(office: Office, route: str, who: str) -> Answer:
    return office.ask(who, "GET", next(iter(office.addresses(route).values())))


def every_form(office: Office, route: str, who: str) -> list[Form]:
    answer = page_of(office, route, who)
    if "html" not in answer.headers.get("Content-Type", ""):
        return []
    return forms_in(answer.content, next(iter(office.addresses(route).values())))


@cache
def forms_in(page: bytes, address: str) -> list[Form]:
    return list(of_each_kind(forms_of(page, address)))


def of_each_kind(forms: Iterable[Form]) -> Iterator[Form]:
    """The first of those that are sent to the same pattern with the same fields: a page has one for each row."""
    seen = set()
    for form in forms:
        kind = (route_of(form.address.split("?")[0]), frozenset(form.words), frozenset(form.chosen))
        if kind not in seen:
            seen.add(kind)
            yield form


def forms_for_words(office: Office, route: str, who: str) -> list[Form]:
    return [form for form in every_form(office, route, who) if form.words]


@pytest.mark.parametrize(("route", "who"), FORMS)
def test_whatever_is_typed_into_a_form_is_harmless_or_refused_in_words(office, route, who):
    for form in forms_for_words(office, route, who):
        for kind, words in HOSTILE.items():
            office.send(who, form.address, form.filled(words), look=lambda page, kind=kind: check(page, kind))


@pytest.mark.parametrize(("route", "who"), FORMS)
def test_a_choice_that_was_never_offered_gets_an_answer(office, route, who):
    for form in every_form(office, route, who):
        for name in form.chosen:
            for value in ["a word", "\x00", "9" * 30]:
                sent = form.words | form.chosen | {name: [value]}
                office.send(who, form.address, sent, lambda page: check(page, "choice"), follow=False)


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
    for value in ["%00", "%ff", quote(MARKUP), "9" * 40]:
        answer = office.ask(who, "GET", f"{address}?" + "&".join(f"{name}={value}" for name in ASKED))
        assert answer.status_code < 500, value
        if "html" in answer.headers.get("Content-Type", ""):
            assert harm_in(answer.content) == []


@pytest.mark.parametrize("route", [route for route, _ in routes() if "<int:" in route])
def test_a_number_of_any_length_is_only_not_found(office, route):
    parts = dict.fromkeys(["pk", "meeting_pk", "number"], "9" * 30)
    address = office.addresses(route, **parts)["own"]
    for who in ["officer", "approver", "administrator"]:
        for method in ["GET", "POST"]:
            assert office.ask(who, method, address).status_code in {403, 404, 405}


@pytest.mark.parametrize("route", [route for route, _ in routes() if "<slug:" in route])
def test_a_name_of_any_length_is_only_not_found(office, route):
    address = office.addresses(route, slug="x" * 3000, key="x" * 3000)["own"]
    who, method = ("officer", "POST") if route.startswith("office/") else ("nobody", "GET")
    assert office.ask(who, method, address).status_code == 404
