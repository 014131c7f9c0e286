"""The second factor: asked of everybody with a duty, and of nobody in the sample office."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from accounts import services
from tests.accounts.test_sign_in import DETAILS, SIGN_IN, is_signed_in, words_of

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SET_UP = "/office/account/second-factor/set-up/"


@pytest.fixture
def real_office(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def app(officer):
    """The officer's authenticator app is set up."""
    return TOTP.activate(officer, SECRET)


def code_of(secret: str = SECRET) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def test_the_sample_office_asks_for_no_second_factor(officer_client):
    assert is_signed_in(officer_client)


def test_without_a_second_factor_every_page_leads_to_setting_it_up(real_office, officer_client):
    for path in ["/office/", "/office/account/", "/office/settings/", "/office/meetings/new/"]:
        assert officer_client.get(path).url == SET_UP


def test_a_user_sets_up_an_app_right_after_signing_in(real_office, client, officer):
    client.post(SIGN_IN, DETAILS)
    page = client.get(SET_UP)
    secret = re.search(r"<code>(\w+)</code>", words_of(page))[1]
    picture = client.get("/office/account/second-factor/code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    saved = client.post(SET_UP, {"code": code_of(secret)})
    assert saved.url == "/office/account/recovery-codes/"
    assert len(re.findall(r"<li><code>", words_of(client.get(saved.url)))) == 10
    assert is_signed_in(client)


def test_setting_up_ends_the_sessions_elsewhere(client, officer):
    elsewhere = Client()
    elsewhere.force_login(officer)
    client.post(SIGN_IN, DETAILS)
    secret = re.search(r"<code>(\w+)</code>", words_of(client.get(SET_UP)))[1]
    client.post(SET_UP, {"code": code_of(secret)})
    # A test runs in a transaction that never ends, and the other sessions end after it.
    services.end_sessions(officer)
    assert not is_signed_in(elsewhere)


def test_there_is_no_picture_when_nothing_is_being_set_up(officer_client):
    assert officer_client.get("/office/account/second-factor/code.svg").status_code == 404


def test_a_wrong_code_sets_up_nothing(client, officer):
    client.post(SIGN_IN, DETAILS)
    client.get(SET_UP)
    assert "The code is not right" in words_of(client.post(SET_UP, {"code": "000000"}))
    assert not Authenticator.objects.exists()


def test_signing_in_asks_for_the_code(real_office, client, app):
    first = client.post(SIGN_IN, DETAILS)
    assert first.url == "/office/sign-in/code/"
    assert not is_signed_in(client)
    client.post("/office/sign-in/code/", {"code": code_of()})
    assert is_signed_in(client)


def test_a_wrong_code_is_told_in_words(client, app):
    client.post(SIGN_IN, DETAILS)
    assert "The code is not right" in words_of(client.post("/office/sign-in/code/", {"code": "12345"}))


def test_codes_cannot_be_guessed_for_ever(client, app):
    client.post(SIGN_IN, DETAILS)
    for _ in range(5):
        client.post("/office/sign-in/code/", {"code": "000000"})
    assert "too many attempts" in words_of(client.post("/office/sign-in/code/", {"code": code_of()}))


def test_whoever_signs_in_with_a_code_comes_back_to_the_page_they_asked_for(client, app):
    client.post(f"{SIGN_IN}?next=/office/account/", DETAILS)
    assert client.post("/office/sign-in/code/", {"code": code_of()}).url == "/office/account/"


def test_whoever_has_not_just_typed_their_password_confirms_it_first(officer_client):
    asked = officer_client.get(SET_UP)
    assert asked.url.startswith("/office/account/confirm/")
    confirmed = officer_client.post(asked.url, {"password": DETAILS["password"]})
    assert confirmed.url == SET_UP


def test_an_administrator_lets_a_user_set_up_a_new_app(real_office, app, officer, administrator, client):
    services.forget_second_factor(officer, by=administrator)
    client.post(SIGN_IN, DETAILS)
    assert client.get("/office/").url == SET_UP


def test_a_new_password_is_no_way_round_the_second_factor(real_office, client, app, officer):
    officer.set_password("three quiet lanterns")
    officer.save()
    client.post(SIGN_IN, DETAILS | {"password": "three quiet lanterns"})
    assert not is_signed_in(client)
