"""One's own account, and the users of the office."""

from functools import wraps
from io import BytesIO

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathFillImage

from accounts import permissions, services
from accounts.forms import DutyForm, NewUserForm, UserForm
from accounts.middleware import has_second_factor
from accounts.models import Duty, User
from web import banners
from web.history import changes


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, what they may do, and how they sign in."""
    context = {
        "duties": request.user.duties.all(),
        "today": timezone.localdate(),
        "has_second_factor": has_second_factor(request.user),
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Tell a page that is open for long who is signed in, for how many seconds, and a token for its forms.

    POST stays signed in for as long as if one had just signed in.
    """
    if request.method == "POST":
        request.session.modified = True
        left = request.session.get_expiry_age()
    else:
        stored = request.session.model.objects.get(pk=request.session.session_key)
        left = int((stored.expire_date - timezone.now()).total_seconds())
    return JsonResponse({"user": str(request.user.pk), "left": left, "token": get_token(request)})


@require_safe
def qr_code(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up, as a picture for the camera of a telephone."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404("Nothing is being set up")
    address = get_adapter().build_totp_url(request.user, secret)
    picture = BytesIO()
    # On white in every colour scheme, or a camera reads nothing.
    qrcode.make(address, image_factory=SvgPathFillImage).save(picture)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def for_administrators(view):
    """Users and duties are for administrators alone, to read and to change."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not permissions.can_manage_users(request.user):
            raise PermissionDenied("Only an administrator looks after users and duties.")
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_administrators
def users(request: HttpRequest) -> HttpResponse:
    everybody = users_with_second_factor().prefetch_related(
        Prefetch("duties", Duty.objects.in_force(timezone.localdate()), to_attr="duties_in_force")
    )
    return render(request, "accounts/users.html", {"users": everybody})


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add_user(request: HttpRequest) -> HttpResponse:
    form = NewUserForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        new = services.add_user(**form.cleaned_data, by=request.user)
        services.send_password_link(new, by=request.user)
        messages.success(request, f"{new.name} added. A link to set a password is on its way to {new.email}")
        return redirect(new)
    return render(request, "accounts/add_user.html", {"form": form})


@require_safe
@for_administrators
def user(request: HttpRequest, pk: int) -> HttpResponse:
    return show_user(request, get_user(pk))


def show_user(request: HttpRequest, shown: User, problem: str = "") -> HttpResponse:
    """A user's page, perhaps with what stands in the way of what was just asked."""
    context = {
        "shown": shown,
        "duties": shown.duties.all(),
        "today": timezone.localdate(),
        "problems": [problem] if problem else [],
        "changes": changes(
            User.history.filter(id=shown.pk), Duty.history.filter(user=shown), silent={"user"}
        ),
    }
    return render(request, "accounts/user.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def change_user(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_user(pk)
    form = UserForm(request.POST if request.method == "POST" else None, instance=get_user(pk))
    if form.is_bound and form.is_valid():
        services.change_user(shown, **form.cleaned_data, by=request.user)
        messages.success(request, f"{shown.name} saved")
        return redirect(shown)
    return render(request, "accounts/change_user.html", {"form": form, "shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def give_duty(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_user(pk)
    form = DutyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        duty = services.give_duty(shown, **form.cleaned_data, by=request.user)
        messages.success(request, f"{shown.name} has the duty {duty}")
        return redirect(shown)
    return render(request, "accounts/give_duty.html", {"form": form, "shown": shown})


@require_POST
@for_administrators
def take_duty(request: HttpRequest, pk: int, duty_pk: int) -> HttpResponse:
    shown = get_user(pk)
    duty = get_object_or_404(shown.duties, pk=duty_pk)
    try:
        services.take_duty(duty, by=request.user)
    except services.CannotChange as refusal:
        return show_user(request, shown, refusal.sentence)
    undo = reverse("accounts:give_back", args=[pk, duty_pk])
    banners.success(request, f"{shown.name} no longer has the duty {duty}", undo=undo)
    return redirect(shown)


@require_POST
@for_administrators
def give_back(request: HttpRequest, pk: int, duty_pk: int) -> HttpResponse:
    shown = get_user(pk)
    duty = services.give_back(shown, duty_pk, by=request.user)
    if duty is None:
        raise Http404("Never had")
    messages.success(request, f"{shown.name} has the duty {duty} again")
    return redirect(shown)


@require_POST
@for_administrators
def send_password_link(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_user(pk)
    services.send_password_link(shown, by=request.user)
    messages.success(request, f"A link to set a password is on its way to {shown.email}")
    return redirect(shown)


@require_POST
@for_administrators
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_user(pk)
    try:
        services.disable(shown, by=request.user)
    except services.CannotChange as refusal:
        return show_user(request, get_user(pk), refusal.sentence)
    undo = reverse("accounts:enable", args=[pk])
    banners.success(request, f"{shown.name} can no longer sign in and is signed out everywhere", undo=undo)
    return redirect(shown)


@require_POST
@for_administrators
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    shown = services.enable(get_user(pk), by=request.user)
    messages.success(request, f"{shown.name} can sign in again")
    return redirect(shown)


@require_POST
@for_administrators
def forget_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_user(pk)
    services.forget_second_factor(shown, by=request.user)
    messages.success(request, f"{shown.name} sets up a new authenticator app when they next sign in")
    return redirect(shown)


def users_with_second_factor():
    """Users who know whether they have a second factor: `second_factor`."""
    app = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.annotate(second_factor=Exists(app))


def get_user(pk: int) -> User:
    return get_object_or_404(users_with_second_factor(), pk=pk)
