"""The letters that accounts send: a link to set a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User


def password_address(uid: str, token: str) -> str:
    """The full address at which the holder of this token sets a password."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    return f"{settings.SITE_URL}{path}"


def new_password_address(user: User) -> str:
    """A fresh address for this user; it works once, for as long as PASSWORD_RESET_TIMEOUT says."""
    return password_address(user_pk_to_url_str(user), default_token_generator.make_token(user))


def send_password_link(user: User, address: str) -> None:
    """Send a user the address at which they set a password: their first one, or a new one."""
    context = {
        "user": user,
        "address": address,
        "is_first": not user.has_usable_password(),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        "sign_in": f"{settings.SITE_URL}{reverse('account_login')}",
    }
    subject = "Set your password" if context["is_first"] else "Set a new password"
    send_mail(subject, render_to_string("accounts/letters/password.txt", context), None, [user.email])
