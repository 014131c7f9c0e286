"""Users and their duties, which administrators look after."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import Duty, DutyKind, User
from tests.accounts.test_sign_in import words_of
from tests.conftest import person


def address(name, user, *more):
    return reverse(f"accounts:{name}", args=[user.pk, *more])


NEW = {"name": "Nia Crewe", "email": "Nia@Office.Example", "body": "office", "kinds": ["policy_officer"]}


def test_an_administrator_adds_a_user_who_gets_a_link_to_set_a_password(
    administrator_client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        administrator_client.post("/office/settings/users/new/", NEW)
    nia = User.objects.get(email="nia@office.example")
    assert nia.is_policy_officer
    assert not nia.has_usable_password()
    assert mail.outbox[0].to == ["nia@office.example"]
    assert "/office/sign-in/new-password/" in mail.outbox[0].body


def test_the_name_in_a_letter_is_written_as_it_is(administrator_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        administrator_client.post("/office/settings/users/new/", NEW | {"name": "Nia O'Crewe & Co"})
    assert mail.outbox[0].body.startswith("Hello Nia O'Crewe & Co,")


def test_two_users_cannot_have_one_address(administrator_client, officer):
    answer = administrator_client.post(
        "/office/settings/users/new/", NEW | {"email": "OFFICER@office.example"}
    )
    assert "Somebody signs in with this e-mail address already" in words_of(answer)


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 201])
def test_a_name_that_cannot_be_kept_is_refused_in_words(administrator_client, name):
    answer = administrator_client.post("/office/settings/users/new/", NEW | {"name": name})
    assert answer.status_code == 200
    assert "There is a problem" in words_of(answer)
    assert not User.objects.filter(email="nia@office.example").exists()


def test_markup_in_a_name_is_shown_as_text(administrator_client, officer):
    services.change_user(officer, name="<b>Bold</b> ‮", email=officer.email, body="office", by=None)
    for path in ["/office/settings/users/", officer.get_absolute_url()]:
        assert "&lt;b&gt;Bold&lt;/b&gt;" in words_of(administrator_client.get(path))


@pytest.mark.parametrize("who", ["officer_client", "approver_client", "liaison_client"])
def test_users_are_for_administrators_alone(request, who, officer):
    visitor = request.getfixturevalue(who)
    for path in ["/office/settings/users/", "/office/settings/users/new/", officer.get_absolute_url()]:
        answer = visitor.get(path)
        assert answer.status_code == 403
        assert "Only an administrator looks after users" in words_of(answer)


def test_services_refuse_those_who_do_not_manage_users(officer, approver):
    with pytest.raises(PermissionDenied):
        services.give_duty(officer, DutyKind.APPROVER, by=officer)
    with pytest.raises(PermissionDenied):
        services.disable(approver, by=officer)
    with pytest.raises(PermissionDenied):
        services.send_password_link(approver, by=officer)


def test_a_user_that_does_not_exist_is_not_found(administrator_client):
    assert administrator_client.get("/office/settings/users/9999999/").status_code == 404


def test_a_duty_is_given_from_one_day_to_another(administrator_client, officer):
    administrator_client.post(
        address("give_duty", officer),
        {
            "kind": "approver",
            "starts_day": "1",
            "starts_month": "jan",
            "starts_year": "2020",
            "ends_day": "31",
            "ends_month": "1",
            "ends_year": "2020",
        },
    )
    duty = officer.duties.get(kind=DutyKind.APPROVER)
    assert (duty.starts, duty.ends) == (dt.date(2020, 1, 1), dt.date(2020, 1, 31))
    assert not User.objects.get(pk=officer.pk).is_approver


def test_a_duty_that_ends_before_it_begins_is_refused_in_words(administrator_client, officer):
    days = {
        "starts_day": "2",
        "starts_month": "1",
        "starts_year": "2020",
        "ends_day": "1",
        "ends_month": "1",
        "ends_year": "2020",
    }
    answer = administrator_client.post(address("give_duty", officer), {"kind": "approver"} | days)
    assert "Last day must be the same as or after the first day" in words_of(answer)


def test_a_duty_is_taken_and_given_back_by_undo(administrator_client, officer):
    duty = officer.duties.get()
    page = administrator_client.post(address("take_duty", officer, duty.pk), follow=True)
    undo = address("give_back", officer, duty.pk)
    assert f'action="{undo}"' in words_of(page)
    assert not officer.duties.exists()
    administrator_client.post(undo)
    assert officer.duties.get().kind == DutyKind.POLICY_OFFICER


def test_a_duty_that_was_never_had_is_not_given_back(administrator_client, officer, approver):
    assert administrator_client.post(address("give_back", officer, 999_999)).status_code == 404


def test_the_last_administrator_stays(administrator_client, administrator):
    duty = administrator.duties.get()
    answer = administrator_client.post(address("take_duty", administrator, duty.pk))
    assert answer.status_code == 409
    assert "Somebody has to look after users" in words_of(answer)
    assert administrator.duties.filter(pk=duty.pk).exists()


def test_nobody_switches_off_their_own_account(administrator_client, administrator):
    answer = administrator_client.post(address("disable", administrator))
    assert "You cannot switch off your own account" in words_of(answer)
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_user_is_switched_off_and_on(administrator_client, officer):
    page = administrator_client.post(address("disable", officer), follow=True)
    assert "can no longer sign in" in words_of(page)
    administrator_client.post(address("enable", officer))
    officer.refresh_from_db()
    assert officer.is_active


def test_the_old_address_of_a_user_no_longer_signs_in(administrator, officer, client):
    services.change_user(officer, name="Olive", email="olive@office.example", body="office", by=administrator)
    client.post("/office/sign-in/", {"login": "officer@office.example", "password": "seven quiet otters"})
    assert client.get("/office/account/").status_code == 302


def test_the_page_of_a_user_says_who_changed_what(administrator_client, administrator, officer):
    services.change_user(officer, name="Olive Ash", email=officer.email, body="office", by=administrator)
    page = words_of(administrator_client.get(officer.get_absolute_url()))
    assert "Name: from “Olive Farrow” to “Olive Ash”" in page
    assert "by Agnes Dole" in page


def test_signing_in_leaves_no_line_in_a_users_history(officer, client):
    client.post("/office/sign-in/", {"login": officer.email, "password": "seven quiet otters"})
    assert officer.history.count() == 1


def test_no_password_is_kept_in_a_history(officer):
    assert not hasattr(officer.history.first(), "password")


@pytest.mark.parametrize("verb", ["disable", "enable", "send_password_link", "forget_second_factor"])
def test_what_changes_a_user_is_asked_for_by_a_button(administrator_client, officer, verb):
    assert administrator_client.get(address(verb, officer)).status_code == 405


def test_the_list_of_users_asks_no_more_of_the_database_when_it_is_long(
    administrator_client, django_assert_num_queries, officer, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as few:
        administrator_client.get("/office/settings/users/")
    for number in range(20):
        person(f"person{number}@office.example", f"Person {number}", DutyKind.LIAISON)
    with django_assert_num_queries(len(few.captured_queries)):
        administrator_client.get("/office/settings/users/")


# --- Without a duty ----------------------------------------------------------------------------------


def test_a_user_without_a_duty_reads_whom_to_ask(stranger_client):
    answer = stranger_client.get("/office/")
    assert answer.status_code == 200
    assert "You have no duty yet" in words_of(answer)


def test_a_user_without_a_duty_opens_nothing_else(stranger_client, officer):
    for path in ["/office/settings/", "/office/settings/users/", "/office/meetings/new/"]:
        answer = stranger_client.get(path)
        assert answer.status_code == 403
        assert "You have no duty yet" in words_of(answer)


def test_a_user_without_a_duty_has_an_account(stranger_client):
    assert "Sam Nobody" in words_of(stranger_client.get("/office/account/"))


def test_a_duty_that_has_ended_is_none(officer):
    Duty.objects.update(ends=timezone.localdate() - dt.timedelta(days=1))
    client = Client()
    client.force_login(officer)
    assert "You have no duty yet" in words_of(client.get("/office/"))
