"""Every page of the house, for everybody who may read it: accessible, on a narrow screen, with the focus in sight.

Generated from the URLconf and from the table of who may do what.
"""

import pytest
from lxml import html

from tests.browser.pages import axe, focus_is_seen, no_sideways_scroll
from tests.safety.access import read_table
from tests.safety.office import Office

READERS = {
    route: [who for who, decided in people.items() if decided == "200"]
    for (route, thing, method), people in read_table().items()
    if method == "GET" and thing != "other" and "200" in people.values()
}


def readers_to_look_for(office: Office, route: str, address: str) -> list[str]:
    """Those for whom the page looks different; what is made of the same elements needs no second look."""
    people = READERS[route] if route.startswith("office/") else ["nobody"]
    shapes = {}
    for who in people:
        answer = office.ask(who, "GET", address)
        # Some addresses are files or documents for programs, whoever asks.
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        shapes.setdefault(shape_of(answer.content), who)
    return list(shapes.values())


def shape_of(page: bytes) -> frozenset[tuple]:
    """What a page is made of: its elements with their classes, wherever they stand."""
    return frozenset((element.tag, element.get("class")) for element in html.fromstring(page).iter())


@pytest.mark.parametrize("route", READERS)
def test_a_page_can_be_used_by_everybody_who_may_read_it(tab_of, office, route):
    address = next(iter(office.addresses(route).values()))
    for who in readers_to_look_for(office, route, address):
        page = tab_of(who)
        assert page.goto(address).status == 200
        axe(page)
        no_sideways_scroll(page)
        focus_is_seen(page)
