"""Sending a meeting's actions to their owners, in one press for all that can go."""

from dataclasses import dataclass
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import permissions, services
from actions.messages import tell_owners
from actions.messages.plan import Letter
from actions.messages.recipients import Recipients, addressed
from actions.models import Action, MessageKind
from actions.timing import Diary, Due
from meetings.models import Appointment, Meeting
from meetings.services import holders_on
from web import banners
from web.operations import OperationReused, digest_of, once, op_id_of


@dataclass(frozen=True)
class Line:
    """An action on the page: to whom it goes, when it is due, and what is missing."""

    action: Action
    due: Due
    holder: Appointment | None
    recipients: Recipients | None
    missing: list[str]

    @property
    def is_vacant(self) -> bool:
        return self.holder is None or self.holder.person is None

    @property
    def is_without_address(self) -> bool:
        """Whether no e-mail can go: the owner finds it in their list alone."""
        return self.action.owner is not None and not self.recipients


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, meeting_pk: int) -> HttpResponse:
    """What goes to whom, and what is missing; one press sends all that can go."""
    visible = Meeting.objects.visible_to(request.user).select_related("type")
    meeting = get_object_or_404(visible, pk=meeting_pk)
    if request.method != "POST":
        return show_sending(request, meeting)
    if not permissions.can_minute(request.user):
        raise PermissionDenied("Only a policy officer sends actions to their owners.")
    try:
        sent = sent_by(request, meeting)
    except services.NotPossible as refused:
        return show_sending(request, meeting, problem=refused.sentence, status=409)
    except OperationReused as reused:
        return show_sending(request, meeting, problem=str(reused), status=422)
    if not sent:
        return show_sending(request, meeting, problem="There is nothing that can be sent", status=409)
    tell_owners(sent)
    banners.success(request, f"{told(sent)} sent to {'its owner' if len(sent) == 1 else 'their owners'}")
    return redirect(reverse("actions:send", args=[meeting.pk]))


def sent_by(request: HttpRequest, meeting: Meeting) -> list[Action]:
    """What this press sends; pressed twice, what the first press sent."""
    seen, by = request.POST.get("seen", ""), request.user

    def send_all() -> list[int]:
        return [action.pk for action in services.send_actions(meeting, by, seen=seen)]

    digest = digest_of(what="send actions", meeting=meeting.pk, seen=seen, by=by.pk)
    pks = once(op_id_of(request) or uuid4(), digest, send_all)
    return list(Action.objects.filter(pk__in=pks).in_reading_order())


def show_sending(
    request: HttpRequest, meeting: Meeting, *, problem: str = "", status: int = 200
) -> HttpResponse:
    waiting = services.to_send(meeting)
    sent = Action.objects.recorded_with(meeting).exclude(sent_at=None).in_reading_order()
    sent = list(sent.select_related("owner", "meeting", "recorded_in"))
    lines = lines_of([(one.action, one.missing) for one in waiting])
    context = {
        "meeting": meeting,
        "going": [line for line in lines if not line.missing],
        "staying": [line for line in lines if line.missing],
        "sent": lines_of([(action, []) for action in sent]),
        "seen": services.digest_of_sending(waiting),
        "op_id": uuid4(),
        "not_yet": services.why_not_yet(meeting),
        "may_send": permissions.can_minute(request.user),
        "problems": [problem] if problem else [],
    }
    return render(request, "actions/send.html", context, status=status)


def lines_of(actions: list[tuple[Action, list[str]]]) -> list[Line]:
    """The same number of queries for many actions as for one."""
    today = timezone.localdate()
    diary = Diary.read(today)
    owned = [action for action, _ in actions if action.owner]
    prefetch_related_objects(owned, "supporting")
    letters = [
        Letter(one, MessageKind.SENT, today, one.owner, helpers=list(one.supporting.all())) for one in owned
    ]
    holders = holders_on({action.owner for action in owned}, today)
    recipients = {letter.action.pk: to for letter, to in zip(letters, addressed(letters, today), strict=True)}
    return [
        Line(
            action,
            diary.due(action),
            holders.get(action.owner_id),
            recipients.get(action.pk),
            missing,
        )
        for action, missing in actions
    ]


def told(sent: list[Action]) -> str:
    return f"{sent[0].name} is" if len(sent) == 1 else f"{len(sent)} actions are"
