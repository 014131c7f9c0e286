"""What every request to the office has in common: who may come in, and what its answers say."""

from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from web.answers import signed_out, wants_json
from web.views import typed_in

# Everybody who signs in reaches these, whatever their duties: their own account, its second factor, the way out.
OWN_ACCOUNT = {
    "account",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "qr_code",
}
# Without a second factor, these alone.
SETTING_UP = {"account_logout", "account_reauthenticate", "mfa_activate_totp", "qr_code"}


class SignInFirst(LoginRequiredMiddleware):
    """The office is closed to whoever has not signed in.

    A page is shown after signing in. What was being sent when a session ended is
    answered with 401 and shown, or kept by the script that sent it, so that no text is lost.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        # Who reads a public page is not even looked up: no session, so nothing varies by cookie.
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if wants_json(request):
            return signed_out(f"{reverse('account_login')}?{urlencode({'next': page_of(request)})}")
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        context = {"typed": typed_in(request), "address": page_of(request)}
        return render(request, "accounts/signed_out.html", context, status=401)


def page_of(request) -> str:
    """The page whose form was sent: where the browser says that it was, if that is one of ours."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc == request.get_host() and referrer.path.startswith("/office/"):
        return referrer.path
    return request.path


class DutyFirst:
    """The office is for people with a duty, and each of them has a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user, name = request.user, request.resolver_match.url_name
        if not getattr(view_func, "login_required", True) or not user.is_authenticated:
            return None
        if settings.SECOND_FACTOR and name not in SETTING_UP and not has_second_factor(user):
            return redirect("mfa_activate_totp")
        if name in OWN_ACCOUNT or user.duty_kinds:
            return None
        # The first page after signing in is no refusal; every other page of the office is.
        at_the_door = request.method in {"GET", "HEAD"} and request.path == reverse(
            settings.LOGIN_REDIRECT_URL
        )
        return render(request, "accounts/no_duty.html", status=200 if at_the_door else 403)


def has_second_factor(user) -> bool:
    """Whether signing in asks this user for a code as well; who was signed in already comes with the answer."""
    if hasattr(user, "second_factor"):
        return user.second_factor
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def office_answers(get_response):
    """Keep the office's pages out of every cache: they hold what is not published."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith("/office/"):
            add_never_cache_headers(response)
        return response

    return middleware
