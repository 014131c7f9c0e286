"""How allauth behaves in an office: nobody signs themselves up, and what it says is in our words."""

import datetime as dt
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse
from django.utils import timezone

from accounts import letters
from web.dates import clock

WRONG_CODE = (
    "The code is not right. Enter the 6 numbers that your app shows now, or one of your recovery codes"
)
# The longest time that a throttled person waits: the window of ACCOUNT_RATE_LIMITS["login_failed"].
THROTTLED_FOR = dt.timedelta(minutes=5)


class OfficeAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, and belong to one e-mail address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off. Ask an administrator",
        "email_password_mismatch": "Check your e-mail address and password. One of them is not right",
        "enter_current_password": "Your current password is not right. Enter it again",
        "incorrect_password": "The password is not right. Enter it again",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one",
    }

    def is_open_for_signup(self, request):
        return False

    def populate_username(self, request, user):
        """There are no user names: people sign in with their e-mail address."""

    def validation_error(self, code, *args):
        if code in {"too_many_login_attempts", "rate_limited"}:
            self.error_messages = self.error_messages | {code: wait_a_while()}
        return super().validation_error(code, *args)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failed attempts count per account *and* address: who guesses locks out themselves, not the account's owner."""
        return (
            f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"
        )

    def set_password(self, user, password):
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, app):
        """Whoever typed their password a few minutes ago need not type it again."""
        records = get_authentication_records(self.request, self.request.user)
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > since for record in records)

    def get_reset_password_from_key_url(self, key):
        """The link names the site as settings do: a request may come with a forged Host."""
        uid, _, token = key.partition("-")
        return letters.password_address(uid, token)

    def send_password_reset_mail(self, user, email, context):
        letters.send_password_link(user, context["password_reset_url"])

    def get_password_change_redirect_url(self, request):
        return reverse("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: an authenticator app, and recovery codes for when it is lost."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Set up your authenticator app first",
    }


def wait_a_while() -> str:
    """What a throttled person is told: when to try again."""
    again = timezone.now() + THROTTLED_FOR + dt.timedelta(minutes=1)
    return f"There were too many attempts. Try again after {clock(again)}, or set a new password"
