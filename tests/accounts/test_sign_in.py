"""Signing in and out, forgotten passwords, and when a session ends."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import services
from tests.conftest import PASSWORD

SIGN_IN = "/office/sign-in/"
DETAILS = {"login": "officer@office.example", "password": PASSWORD}


def sign_in(client, **details):
    return client.post(SIGN_IN, DETAILS | details)


def is_signed_in(client) -> bool:
    return client.get("/office/account/").status_code == 200


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_user_signs_in_with_their_address_and_password(client, officer):
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


def test_capitals_in_an_address_make_no_difference(client, officer):
    sign_in(client, login="Officer@Office.Example")
    assert is_signed_in(client)


def test_whoever_was_sent_to_sign_in_comes_back_to_the_same_page(client, officer):
    refused = client.get("/office/account/password/?why=because")
    assert refused.url.startswith(SIGN_IN)
    assert client.post(refused.url, DETAILS).url == "/office/account/password/?why=because"


def test_nobody_is_sent_to_another_site_after_signing_in(client, officer):
    assert client.post(f"{SIGN_IN}?next=https://elsewhere.example/", DETAILS).url == "/office/"


def test_a_wrong_password_is_told_without_telling_which_was_wrong(client, officer):
    wrong = words_of(sign_in(client, password="no idea at all"))
    unknown = words_of(sign_in(client, login="nobody@office.example"))
    sentence = "Check your e-mail address and password. One of them is not right"
    assert sentence in wrong
    assert sentence in unknown


@pytest.mark.parametrize("typed", ["", "\0", "<script>", "a" * 10_000, "‮@office.example"])
def test_odd_addresses_are_refused_in_words(client, officer, typed):
    answer = sign_in(client, login=typed)
    assert answer.status_code == 200
    assert "There is a problem" in words_of(answer)
    assert "<script>" not in answer.content.decode()


def test_a_password_with_a_hidden_character_is_refused_in_words(client, officer):
    assert "hidden character" in words_of(sign_in(client, password="a\0b"))


def test_somebody_who_guesses_is_told_when_to_try_again(client, officer):
    for _ in range(5):
        sign_in(client, password="a guess")
    answer = words_of(sign_in(client))
    assert re.search(r"There were too many attempts. Try again after \d+(:\d\d)?[ap]m", answer)
    assert not is_signed_in(client)


def test_guessing_does_not_lock_the_account_of_its_owner(client, officer):
    for _ in range(6):
        sign_in(client, password="a guess")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(elsewhere)
    assert is_signed_in(elsewhere)


def test_one_address_that_tries_many_accounts_is_stopped(client, officer):
    for number in range(21):
        sign_in(client, login=f"person{number}@office.example")
    assert "too many attempts" in words_of(sign_in(client))


def test_a_flood_of_requests_is_answered_with_a_page_that_explains(client, officer):
    answers = [sign_in(client, login="not an address") for _ in range(61)]
    assert answers[-1].status_code == 429
    assert "wait one minute" in words_of(answers[-1])


def test_signing_out_ends_the_session(officer_client):
    officer_client.post("/office/sign-out/")
    assert not is_signed_in(officer_client)


def test_opening_the_address_of_signing_out_asks_first(officer_client):
    assert "Stay signed in" in words_of(officer_client.get("/office/sign-out/"))
    assert is_signed_in(officer_client)


@pytest.mark.parametrize("path", ["signup/", "sign-up/", "login/", "email/"])
def test_nobody_signs_themselves_up(client, path):
    assert client.get(f"/office/sign-in/{path}").status_code == 404


# --- When a session ends -----------------------------------------------------------------------------


def test_a_disabled_user_is_out_at_once(officer, officer_client, administrator):
    services.disable(officer, by=administrator)
    assert not is_signed_in(officer_client)


def test_a_disabled_user_who_signs_in_reads_why_not(client, officer, administrator):
    services.disable(officer, by=administrator)
    answer = client.post(SIGN_IN, DETAILS, follow=True)
    assert "Your account is switched off" in words_of(answer)


def test_a_new_password_ends_every_session(officer, officer_client):
    elsewhere = Client()
    elsewhere.force_login(officer)
    new = "three quiet lanterns"
    changed = officer_client.post(
        "/office/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert changed.status_code == 302
    assert not is_signed_in(officer_client)
    assert not is_signed_in(elsewhere)


def test_a_changed_second_factor_ends_the_other_sessions(officer, officer_client):
    services.end_sessions(officer)
    assert not is_signed_in(officer_client)


def test_a_page_that_is_asked_for_without_a_session_leads_to_signing_in(client, db):
    answer = client.get("/office/account/")
    assert answer.status_code == 302
    assert answer.url == f"{SIGN_IN}?next=/office/account/"


def test_what_was_typed_when_a_session_ended_is_shown_to_be_copied(client, db):
    answer = client.post(
        "/office/settings/people/add/",
        {"name": "Half a thought <b>", "password1": "never shown", "csrfmiddlewaretoken": "x"},
        HTTP_REFERER="http://testserver/office/settings/people/",
    )
    assert answer.status_code == 401
    assert "Half a thought &lt;b&gt;" in words_of(answer)
    assert "never shown" not in words_of(answer)
    assert "?next=/office/settings/people/" in words_of(answer)


def test_answers_of_the_office_are_kept_nowhere(officer_client, client):
    for answer in [
        officer_client.get("/office/account/"),
        client.get(SIGN_IN),
        client.get("/office/account/"),
    ]:
        assert "no-store" in answer["Cache-Control"]


# --- Forgotten passwords -----------------------------------------------------------------------------


def ask_for_a_link(client, address="officer@office.example", **headers) -> str:
    client.post("/office/sign-in/forgotten/", {"email": address}, **headers)
    return re.search(r"\S+/new-password/\S+", mail.outbox[-1].body)[0] if mail.outbox else ""


def test_a_forgotten_password_is_set_anew_by_a_link(client, officer, settings):
    link = ask_for_a_link(client)
    assert link.startswith(settings.SITE_URL)
    form = client.get(link.removeprefix(settings.SITE_URL), follow=True)
    assert "Set a password" in words_of(form)
    new = "three quiet lanterns"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    sign_in(client, password=new)
    assert is_signed_in(client)


def test_a_link_works_once(client, officer, settings):
    link = ask_for_a_link(client).removeprefix(settings.SITE_URL)
    form = client.get(link, follow=True)
    new = "three quiet lanterns"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert "This link no longer works" in words_of(Client().get(link, follow=True))


def test_a_link_names_our_site_whatever_the_request_says(client, officer, settings):
    settings.ALLOWED_HOSTS = ["*"]
    link = ask_for_a_link(client, HTTP_HOST="evil.example")
    assert link.startswith(settings.SITE_URL)
    assert "evil.example" not in mail.outbox[-1].body


def test_nobody_learns_whether_an_address_has_an_account(client, officer):
    known = client.post("/office/sign-in/forgotten/", {"email": "officer@office.example"}, follow=True)
    unknown = client.post("/office/sign-in/forgotten/", {"email": "nobody@office.example"}, follow=True)
    assert known.content == unknown.content
    assert [letter.to for letter in mail.outbox] == [["officer@office.example"]]


def test_a_weak_password_is_refused_in_words(client, officer, settings):
    form = client.get(ask_for_a_link(client).removeprefix(settings.SITE_URL), follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": "password", "password2": "password"})
    assert "too short" in words_of(answer)


@pytest.mark.parametrize("link", ["zz/zz-zz", "99999999999999999/set-password", "1/set-password"])
def test_a_made_up_link_opens_nothing(client, officer, link):
    answer = client.get(f"/office/sign-in/new-password/{link}/")
    assert "This link no longer works" in words_of(answer)


def test_the_name_of_each_address_is_the_one_that_allauth_looks_for():
    assert reverse("account_login") == SIGN_IN
    assert reverse("account_logout") == "/office/sign-out/"
