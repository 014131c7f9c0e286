"""Answering an e-mail without an account: one page about one action, for whoever has its address."""

from uuid import uuid4

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from actions.messages import replies
from actions.messages.forms import ReplyForm
from actions.messages.wording import due_in_words
from actions.models import Action
from actions.services import NotPossible
from actions.timing import Diary
from web.operations import OperationReused
from web.views import typed_in

SENT_BEFORE = "This was sent before with other words, and those are kept. Send this too, if it is new"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an e-mail was about, and take an update to it. Nothing else of the office is here."""
    # Answers alone are counted: looking at a forged address costs nothing and tells nothing.
    if not ratelimit.consume(request, action="reply", key=token):
        return page(request, "wait", status=429, typed=typed_in(request))
    try:
        return answered(request, token) if request.method == "POST" else asked(request, token, ReplyForm())
    except replies.NoSuchAddress:
        return page(request, "ended", status=404, typed=typed_in(request))


def answered(request: HttpRequest, token: str) -> HttpResponse:
    """Take what was typed, or show it again with what is wrong."""
    form = ReplyForm(request.POST)
    if "op_id" in form.errors:
        return asked(request, token, with_text(form, ""), "This form was damaged on its way. Send it again")
    if not form.is_valid():
        return asked(request, token, form)
    words = form.cleaned_data
    try:
        event = replies.receive(token, words["text"], op_id=words["op_id"])
    except OperationReused:
        return asked(request, token, with_text(form, words["text"]), SENT_BEFORE)
    except NotPossible as refused:
        return asked(request, token, with_text(form, words["text"]), refused.sentence)
    return page(request, "received", action=event.action, event=event)


def with_text(form: ReplyForm, text: str) -> ReplyForm:
    """The form anew, with what was typed and an id of its own."""
    return ReplyForm(initial={"text": text or form.data.get("text", ""), "op_id": uuid4()})


def asked(request: HttpRequest, token: str, form: ReplyForm, problem: str = "") -> HttpResponse:
    action: Action = replies.delivery_of(token).message.action
    context = {
        "action": action,
        "due": due_in_words(action, Diary.read().due(action).day),
        "form": form,
        "problems": [problem] if problem else [],
    }
    return page(request, "page", status=422 if problem else 200, **context)


def page(request: HttpRequest, name: str, *, status: int = 200, **context) -> HttpResponse:
    """A page that no search engine keeps; that no cache does, holds for all of the office."""
    response = render(request, f"actions/reply/{name}.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
