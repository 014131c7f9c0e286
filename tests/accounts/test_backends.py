"""Who is signed in comes with their duties and second factor, at once."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils import timezone

from accounts.middleware import has_second_factor
from accounts.models import Duty, DutyKind


def signed_in(client) -> HttpRequest:
    """A request of whoever is signed in."""
    request = HttpRequest()
    request.session = client.session
    request.session.get("")  # it is read before
    return request


def test_one_question_tells_who_is_signed_in_and_what_they_may_do(
    officer_client, officer, django_assert_num_queries
):
    yesterday = timezone.localdate() - dt.timedelta(1)
    Duty.objects.create(user=officer, kind=DutyKind.APPROVER)
    Duty.objects.create(user=officer, kind=DutyKind.ADMINISTRATOR, ends=yesterday)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=officer, type=kind, data={})
    request = signed_in(officer_client)
    with django_assert_num_queries(1):
        user = get_user(request)
        assert user.duty_kinds == {DutyKind.POLICY_OFFICER, DutyKind.APPROVER}
        assert has_second_factor(user)


def test_recovery_codes_alone_are_no_second_factor(officer_client, officer):
    Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_second_factor(get_user(signed_in(officer_client)))


def test_who_may_not_sign_in_any_more_is_not_signed_in(officer_client, officer):
    officer.is_active = False
    officer.save()
    assert get_user(signed_in(officer_client)).is_anonymous


def test_who_has_no_duty_is_signed_in_all_the_same(officer_client, officer):
    officer.duties.all().delete()
    assert get_user(signed_in(officer_client)).duty_kinds == frozenset()
