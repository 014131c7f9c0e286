"""Every page that somebody can reach by following links, in a browser, over the sample office.

A page counts once for each address pattern and visitor, with and without a query.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import Resolver404, resolve

from accounts.models import User
from tests.browser.pages import axe, come_in, no_sideways_scroll

VISITORS = {
    "the public": None,
    "the policy officer": "officer@office.example",
    "the approver": "approver@office.example",
    "the force liaison": "liaison@force.example",
    "the administrator": "admin@office.example",
}
DOORS = {"the public": "/"}
NO_PAGE = re.compile(r"\.(pdf|json|xml|csv|atom|ics|txt|css|xlsx)$")
LINKS = """() => [...document.querySelectorAll("a[href]")].map(link => link.href)"""
SHAPE = """() => [...new Set([...document.querySelectorAll("*")].map(
    element => element.tagName + "." + element.className))].sort().join(" ")"""


def pattern_of(path: str) -> str | None:
    """The name of the address pattern that answers there."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def walk(page, door: str):
    """Open each page once for each address pattern, as it is reached from the door; yield the pattern and the answer."""
    seen, waiting = set(), [door]
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        kind = (pattern_of(parts.path), bool(parts.query))
        if kind in seen or NO_PAGE.search(parts.path):
            continue
        seen.add(kind)
        answer = page.goto(address)
        yield kind[0], answer
        here = urlsplit(page.url)
        links = [link.split("#")[0] for link in page.evaluate(LINKS)]
        waiting += [link for link in links if urlsplit(link).netloc == here.netloc]


@pytest.fixture
def sample_office(transactional_db, settings):
    settings.RENDITIONS = ["article"]  # no page shows a PDF, and making them is most of the work
    call_command("sample_office", verbosity=0)


def test_every_page_that_links_lead_to_is_accessible_and_fits_a_narrow_screen(sample_office, new_page):
    faults, shapes = [], set()
    for visitor, email in VISITORS.items():
        page = new_page()
        if email:
            come_in(page, User.objects.get(email=email))
        for kind, answer in walk(page, DOORS.get(visitor, "/office/")):
            if answer.status != 200:
                faults.append(f"{visitor}: {page.url} answered {answer.status}")
            # What is made of the same elements as for somebody before needs no second look.
            elif (shape := (kind, page.evaluate(SHAPE))) not in shapes:
                shapes.add(shape)
                faults += [f"{visitor}: {fault}" for fault in faults_of(page)]
    assert not faults, "\n\n".join(faults)


def faults_of(page) -> list[str]:
    """What keeps people out of the page that is open, in sentences."""
    faults = []
    for check in [axe, no_sideways_scroll]:
        try:
            check(page)
        except AssertionError as error:
            faults.append(str(error))
    return faults
