"""Following and telling: the pages lead to what there is, and ask for nothing."""

import re

import pytest

from tests.factories_notes import office, published

pytestmark = pytest.mark.django_db


def test_everything_to_follow_is_there(client, settings):
    settings.RENDITIONS = ["article"]
    published()
    page = client.get("/follow/").content.decode()
    addresses = re.findall(r'href="(/[^"]*\.(?:atom|ics))"', page)
    assert len(addresses) >= 4
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_office_s_contact_is_where_mistakes_are_told(client):
    office(email="mistakes@office.example")
    assert "mistakes@office.example" in client.get("/tell/").content.decode()


@pytest.mark.parametrize("address", ["/follow/", "/tell/"])
def test_nothing_is_received(client, address):
    assert client.post(address).status_code == 405
    answer = client.get(address)
    assert not answer.cookies
    assert "<form" not in answer.content.decode()
