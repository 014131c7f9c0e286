"""Banners, the components page, and what is said when something is wrong."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from lxml import html

from web import banners


@pytest.fixture
def request_with_messages():
    request = RequestFactory().get("/office/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def banner(request):
    context = {"messages": get_messages(request)}
    return html.fromstring(render_to_string("web/_messages.html", context, request))


def test_what_was_done_can_be_undone_from_its_banner(request_with_messages):
    banners.success(request_with_messages, "Entry 2.1.2 deleted", undo="/office/undo/7/")
    shown = banner(request_with_messages)
    (form,) = shown.iter("form")
    assert form.get("action") == "/office/undo/7/"
    assert form.get("method") == "post"
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")
    assert "Entry 2.1.2 deleted" in shown.text_content()


def test_what_cannot_be_undone_offers_no_button(request_with_messages):
    banners.success(request_with_messages, "Notes sent")
    assert not banner(request_with_messages).xpath("//button")


def test_a_banner_shows_names_and_not_their_markup(request_with_messages):
    banners.success(request_with_messages, "<b>Custody</b> deleted", undo="/office/undo/7/")
    assert not banner(request_with_messages).xpath("//b")


def test_the_components_page_draws_a_form_with_and_without_mistakes(officer_client):
    page = html.fromstring(officer_client.get("/office/components/").content)
    assert len(page.find_class("error-summary")) == 1
    assert len(page.xpath("//form[@novalidate]")) == 2


def test_the_components_page_is_the_offices_own(client):
    assert client.get("/office/components/").status_code == 302


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_an_error_page_explains_and_leads_on(name):
    page = html.fromstring(render_to_string(name))
    (heading,) = page.iter("h1")
    assert heading.text_content()
    assert page.xpath("//main//a/@href")


def test_no_page_has_styles_or_scripts_of_its_own(officer_client):
    page = html.fromstring(officer_client.get("/office/components/").content)
    assert not page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")


@pytest.mark.django_db
def test_an_old_page_gives_back_what_was_typed(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    answer = client.post(
        "/office/components/", {"text": "asked <b>how</b>", "password": "secret", "op_id": "7"}
    )
    page = html.fromstring(answer.content)
    assert answer.status_code == 403
    assert [area.text.strip() for area in page.iter("textarea")] == ["asked <b>how</b>"]
