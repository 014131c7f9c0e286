"""No link of the house leads to where its reader may not go, or to a place in a page that is not there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.urls import Resolver404
from lxml import html

from tests.safety.office import Office, route_of

DOORS = {
    "nobody": "/",
    "officer": "/office/",
    "approver": "/office/",
    "liaison": "/office/",
    "administrator": "/office/",
}
LEADS_ON = {200, 302}
HERE = "http://testserver"


def kind_of(address: str) -> tuple:
    """Which pattern an address has, and which questions it asks: pages of one kind are looked at once."""
    parts = urlsplit(address)
    try:
        route = route_of(parts.path)
    except Resolver404:
        route = parts.path
    return route, frozenset(part.split("=")[0] for part in parts.query.split("&"))


@dataclass
class Visit:
    """An address, where a link to it stood, and what is there; `page` only where it is a page."""

    source: str
    address: str
    status: int
    page: html.HtmlElement | None


def walk(office: Office, who: str) -> Iterator[Visit]:
    """Follow every kind of link from the door."""
    seen, waiting = set(), [("the door", f"{HERE}{DOORS[who]}")]
    while waiting:
        source, address = waiting.pop(0)
        if (kind := kind_of(address)) in seen:
            continue
        seen.add(kind)
        answer = office.ask(who, "GET", address.removeprefix(HERE).split("#")[0])
        is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        page = html.fromstring(answer.content) if is_page else None
        yield Visit(source, address, answer.status_code, page)
        links = page.xpath("//a/@href") if is_page else [answer.headers.get("Location", "")]
        here = [urljoin(address, link) for link in links]
        waiting += [(address, link) for link in here if link.startswith(f"{HERE}/")]


@pytest.fixture(scope="module", params=DOORS)
def visits(request, office) -> list[Visit]:
    """Everything to which links lead one person, each kind once."""
    return list(walk(office, request.param))


def test_every_link_leads_to_a_page(visits):
    assert len(visits) > 10
    lost = [
        f"{one.address} is {one.status}, linked on {one.source}"
        for one in visits
        if one.status not in LEADS_ON
    ]
    assert lost == []


def test_every_link_within_a_page_leads_to_a_place_that_is_there(visits):
    lost = []
    for visit in [one for one in visits if one.page is not None]:
        links = [unquote(link[1:]) for link in visit.page.xpath("//a/@href[starts-with(., '#')]")]
        lost += [f"{visit.address}#{place}" for place in {*links} - {*visit.page.xpath("//@id")}]
    assert lost == []


def test_no_page_uses_an_id_twice(visits):
    twice = []
    for visit in [one for one in visits if one.page is not None]:
        used = Counter(visit.page.xpath("//@id"))
        twice += [f"{visit.address}#{name}" for name, times in used.items() if times > 1]
    assert twice == []
