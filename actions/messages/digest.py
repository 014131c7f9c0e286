"""The e-mail about all outstanding actions: counts and links, none of what was said."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty, DutyKind, User
from actions.log import WAITING, Log, read_log
from actions.messages import wording
from actions.models import Action, DigestChoice, Message, MessageKind
from actions.timing import Diary, Timing
from publications.models import Identity

FROM_HOUR = 8
# A weekly digest that could not go on Monday goes on Tuesday; later, the next one is near.
LATE = {DigestChoice.Often.WEEKLY: 1, DigestChoice.Often.DAILY: 0}
GROUPS = {WAITING: "Waiting for your decision", **dict(Timing.choices)}


def due_digests(now: dt.datetime) -> list[Message]:
    """The digests that are due at this moment, not stored yet; none where nothing is open."""
    readers = list(_readers(now))
    stored = set(
        Message.objects.filter(kind=MessageKind.DIGEST, reader__in=[user for user, _ in readers]).values_list(
            "reader", "day"
        )
    )
    wanted = [(user, day) for user, day in readers if (user.pk, day) not in stored]
    if not wanted:
        return []
    diary = Diary.read(timezone.localdate(now))
    log = read_log(Action.objects.open(), diary, is_office=True)
    facts = facts_of(log, Identity.current(diary.today))
    return [_digest(user, day, facts, now) for user, day in wanted] if log.rows else []


def _readers(now: dt.datetime) -> Iterator[tuple[User, dt.date]]:
    """Each approver who wants it now, with the day for which it is."""
    local = timezone.localtime(now)
    approvers = User.objects.filter(is_active=True)
    on_duty = approvers.filter(pk__in=_on_duty(local.date())).select_related("digest_choice").order_by("pk")
    for user in on_duty:
        choice = getattr(user, "digest_choice", None) or DigestChoice()
        if (day := day_of(choice.often, local)) is not None:
            yield user, day


def _on_duty(today: dt.date):
    return Duty.objects.in_force(today).filter(kind=DutyKind.APPROVER).values("user")


def day_of(often: str, local: dt.datetime) -> dt.date | None:
    """The day whose digest is due at this local time; None when none is."""
    if often == DigestChoice.Often.NEVER:
        return None
    today = local.date()
    back = today.weekday() if often == DigestChoice.Often.WEEKLY else 0
    day = today - dt.timedelta(days=back)
    if today.weekday() > 4 or back > LATE[often] or (back == 0 and local.hour < FROM_HOUR):
        return None
    return day


def facts_of(log: Log, identity: Identity | None) -> dict[str, Any]:
    """The counts of the page of outstanding actions, and where each group is."""
    page = f"{settings.SITE_URL}{reverse('actions:list')}"
    totals = Counter(row.group for row in log.open_rows)
    timings = {timing: count for count, timing in log.timings()}
    return {
        "open": len(log.open_rows),
        "overdue": timings.get(Timing.OVERDUE, 0),
        "waiting": log.waiting,
        "groups": [
            {"words": words, "count": totals[key], "page": f"{page}#group-{key}"}
            for key, words in GROUPS.items()
            if totals[key]
        ],
        "page": page,
        "how_often": f"{settings.SITE_URL}{reverse('actions:digest')}",
        **wording.sender(identity),
    }


def subject_of(facts: dict[str, Any]) -> str:
    """Outstanding actions: 2 overdue, 3 waiting for your decision"""
    return (
        f"Outstanding actions: {facts['overdue'] or 'none'} overdue,"
        f" {facts['waiting'] or 'none'} waiting for your decision"
    )


def _digest(user: User, day: dt.date, facts: dict[str, Any], now: dt.datetime) -> Message:
    return Message(
        reader=user,
        kind=MessageKind.DIGEST,
        day=day,
        state=Message.State.GOING,
        subject=subject_of(facts),
        facts=facts | {"to": [user.email], "copy": []},
        going_at=now,
    )
