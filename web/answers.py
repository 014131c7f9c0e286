"""What a form is answered when a script sent it: JSON, so that nothing on the page has to be drawn again.

A script says `Accept: application/json`; everybody else gets pages. Each answer has its
`state`, in which the script shows how things stand, and a `sentence` to be read. `html` maps
the ids of elements to fresh markup for them; "" takes an element off the page.
"""

from collections.abc import Collection, Mapping
from uuid import uuid4

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from web.dates import clock

SIGN_IN_AGAIN = "Sign in again to save your last entry. We have kept what you typed."
FORM_EXPIRED = "This page was open too long. We have kept what you typed."


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a browser for a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def saved(
    sentence: str,
    *,
    version: int | str | None = None,
    go: HttpResponseRedirect | str | None = None,
    html: Mapping[str, str] | None = None,
    fields: Mapping[str, list[str]] | None = None,
    took: Collection[str] | None = None,
) -> JsonResponse:
    """What was sent is stored: the one answer upon which a browser forgets its own copy.

    `version` is what the next save starts from, `go` the page to show now, if not this one, `fields` what is
    stored under these names, where that may differ from what was sent, `took` the names that were saved, if not all.
    """
    return JsonResponse(
        {
            "state": "saved",
            "at": clock(timezone.now()),
            "version": version,
            "sentence": sentence,
            "go": getattr(go, "url", go),
            "html": dict(html or {}),
            "fields": dict(fields or {}),
            "took": took and list(took),
            "op_id": str(uuid4()),
        }
    )


def mistakes(form: BaseForm, *, html: Mapping[str, str] | None = None) -> JsonResponse:
    """What was typed has mistakes: each field's sentences, and the summary that leads to them."""
    errors = {name or "": [str(one) for one in sentences] for name, sentences in form.errors.items()}
    summary = render_to_string("web/_form_errors.html", {"form": form})
    first = next((sentences[0] for sentences in errors.values() if sentences), "")
    fragments = {"error-summary": summary, **(html or {})}
    return _refusal(400, "mistakes", first, errors=errors, html=fragments)


def damaged(sentence: str) -> JsonResponse:
    """The form lost on its way what no person fills in."""
    return _refusal(400, "damaged", sentence)


def signed_out(sign_in: str) -> JsonResponse:
    """The session has ended; `sign_in` is the address that leads back to the same page."""
    return _refusal(401, "signed out", SIGN_IN_AGAIN, sign_in=sign_in)


def form_expired() -> JsonResponse:
    """The form's token is not of this session; a fresh one is to be had, and then the same again."""
    return _refusal(403, "form expired", FORM_EXPIRED)


def changed(sentence: str, *, version: int | str, html: Mapping[str, str]) -> JsonResponse:
    """Somebody saved another version meanwhile: `version` is theirs, `html` shows both texts."""
    return _refusal(409, "changed", sentence, version=version, html=dict(html))


def gone(sentence: str, *, html: Mapping[str, str] | None = None) -> JsonResponse:
    """What was being written in was removed meanwhile; the text stays, to be placed elsewhere."""
    return _refusal(409, "gone", sentence, html=dict(html or {}))


def refused(sentence: str, *, status: int = 409, html: Mapping[str, str] | None = None) -> JsonResponse:
    """A rule forbids it; the sentence says which."""
    return _refusal(status, "refused", sentence, html=dict(html or {}))


def used_before(sentence: str) -> JsonResponse:
    """This operation was done already, with other words."""
    return _refusal(422, "used before", sentence)


def no_base(sentence: str) -> JsonResponse:
    """The form does not say which version it started from."""
    return _refusal(428, "no base", sentence)


def fragment(html: Mapping[str, str], *, version: int | None = None) -> JsonResponse:
    """Markup for the page that is open, for whoever only looks."""
    return JsonResponse({"state": "shown", "version": version, "html": dict(html)})


BY_STATUS = {409: "refused", 422: "used before", 428: "no base", 400: "damaged"}


def by_status(status: int, sentence: str) -> JsonResponse:
    """The answer for a refusal that is known by its status alone."""
    return _refusal(status, BY_STATUS.get(status, "refused"), sentence)


def _refusal(status: int, state: str, sentence: str, **more) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence, **more}, status=status)
