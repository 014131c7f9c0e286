"""What every public answer has in common: who we are, and how fresh it is.

A public page follows from what is published, from who we are and from the day; so one tag,
made from the register's last line, the identity and the day, tells whether it has changed.
Nothing that is published is kept in a process: each answer asks the database.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from publications.models import Identity, RegisterEntry

Answer = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Site:
    """Who we are, and how the register stands, at the moment of one request."""

    identity: Identity | None
    checkpoint: str
    changed_at: dt.datetime

    @property
    def tag(self) -> str:
        changed = self.identity.changed_at.isoformat() if self.identity else ""
        return f"{self.checkpoint}|{changed}|{timezone.localdate()}|{build()}"


@cache
def build() -> str:
    """The hash of the templates and views that make the pages: another version of the product, another page."""
    house = settings.BASE_DIR
    files = [
        *house.glob("templates/publications/*"),
        *house.glob("templates/web/*"),
        *house.glob("publications/**/*.py"),
    ]
    digest = hashlib.sha256(settings.SITE_URL.encode())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def site_of(request: HttpRequest) -> Site:
    """The site as it stands, read once for each request, with two queries."""
    if not hasattr(request, "site_now"):
        request.site_now = read_site()
    return request.site_now


def identity_of(request: HttpRequest) -> Identity | None:
    """Who we are, also where nothing is asked of the register: one query for each request."""
    if hasattr(request, "site_now"):
        return request.site_now.identity
    if not hasattr(request, "identity_now"):
        request.identity_now = Identity.current(timezone.localdate())
    return request.identity_now


def read_site() -> Site:
    today = timezone.localdate()
    lines = RegisterEntry.objects.order_by("-seq").values_list("seq", "sha256", "stored_at")
    last = next(iter(lines[:1]), None)
    identity = Identity.current(today)
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    moments = [midnight, *(last[2:] if last else []), *([identity.changed_at] if identity else [])]
    return Site(identity=identity, checkpoint=f"{last[0]}:{last[1]}" if last else "", changed_at=max(moments))


def public_page(view: Answer) -> Answer:
    """A page for everybody: read only, without a cookie, and 304 where the reader has it already."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        site = site_of(request)
        tag = hashlib.sha256(f"{site.tag}|{request.get_full_path()}".encode()).hexdigest()[:32]
        return fresh(request, f'"{tag}"', site.changed_at, lambda: view(request, *args, **kwargs))

    answer.login_required = False
    return answer


def fresh(
    request: HttpRequest, etag: str, changed_at: dt.datetime, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """What `make` makes, or 304 where the reader's copy has this tag."""
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(changed_at.timestamp()),
        # Anybody may keep it, and asks each time whether it still holds: a take-down is seen at once.
        "Cache-Control": "public, max-age=0, must-revalidate",
    }
    probe = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag, int(changed_at.timestamp()), probe)
    if answer is not probe:
        return answer
    response = make()
    if response.status_code == 200:
        for name, value in headers.items():
            response[name] = value
    return response
