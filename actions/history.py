"""The history of one action, the newest first: what happened, when, by whom, from what to what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from actions.models import REPORTS, Action, ActionEvent, CarriedAction, EventKind, Evidence, Outcome
from meetings.models import Meeting
from web.dates import day

# So many meetings in a row that did not reach it are told in one.
MANY = 3
# What `of_event` reads of an event that came by a reply address.
BY_REPLY = ("reply__delivery__message__role", "reply__delivery__supports")


@dataclass
class Entry:
    """One thing that happened."""

    title: str
    at: dt.datetime
    by: User | None
    on: dt.date | None = None  # the day on which it counts, where that is another
    at_meeting: str = ""
    change: str = ""  # from what to what
    before: str = ""  # the wording that was replaced
    text: str = ""
    is_quoted: bool = False
    via: str = ""  # what it came by, where that was no account
    is_passing: bool = False  # a meeting did not reach it, and that is all
    told_in_one: list["Entry"] = field(default_factory=list)  # the same at several meetings in a row


def history_of(action: Action, *, is_office: bool) -> list[Entry]:
    """Everything that happened to an action; a liaison reads nothing of what was drafted or said in meetings."""
    related = ["by", "meeting__type", "from_owner", "to_owner", "other", *BY_REPLY]
    events = list(action.events.select_related(*related))
    entries = [of_event(event) for event in events]
    if is_office:
        agreed = min((event.at for event in events), default=None)
        entries += _of_drafting(action, agreed)
        told = action.carried.exclude(outcome="").select_related("by", "meeting__type", "dropped_by")
        entries += [_of_outcome(one) for one in told]
        entries += [_of_dropping(one) for one in told if one.dropped_at]
        merged = action.events_elsewhere.select_related("by", "action")
        entries += [_of_merging(event) for event in merged]
        entries += of_evidence(Evidence.history.filter(action_id=action.pk))
    return list(_told_in_one(sorted(entries, key=lambda entry: entry.at, reverse=True)))


def _told_in_one(entries: Iterable[Entry]) -> Iterable[Entry]:
    """The same entries, where many meetings in a row did not reach the action as one that holds them."""
    for is_passing, run in groupby(entries, key=lambda entry: entry.is_passing):
        told = list(run)
        if is_passing and len(told) >= MANY:
            title = f"Not reached at {len(told)} meetings, and carried forward"
            yield Entry(title, told[0].at, None, told_in_one=told)
        else:
            yield from told


def of_event(event: ActionEvent) -> Entry:
    return Entry(
        title=event.get_kind_display(),
        at=event.at,
        by=event.by,
        on=event.on if event.on != timezone.localdate(event.at) else None,
        at_meeting=_called(event.meeting),
        change=_change(event),
        before=event.from_text,
        text=event.text,
        is_quoted=event.kind in REPORTS,
        via=_via(event),
    )


def _via(event: ActionEvent) -> str:
    """The e-mail to which somebody without an account answered."""
    reply = getattr(event, "reply", None)
    if reply is None:
        return ""
    return f"an answer to the e-mail to {reply.delivery} ({reply.delivery.role.title}), not by an account"


def _of_outcome(told: CarriedAction) -> Entry:
    return Entry(
        told.get_outcome_display(),
        told.at,
        told.by,
        at_meeting=_called(told.meeting),
        text=told.reason,
        is_passing=told.outcome == Outcome.NOT_REACHED and not told.reason,
    )


def _of_dropping(told: CarriedAction) -> Entry:
    """What was recorded as agreed, and shall not take effect."""
    return Entry(
        f"Not decided: {told.get_outcome_display().lower()}",
        told.dropped_at,
        told.dropped_by,
        at_meeting=_called(told.meeting),
        text=told.dropped_why,
    )


def _of_merging(event: ActionEvent) -> Entry:
    """Another action ended here: this one took its place."""
    return Entry(f"Takes the place of {event.action.called}", event.at, event.by, text=event.text)


def _of_drafting(action: Action, agreed: dt.datetime | None) -> list[Entry]:
    """How it was worded before it was sent; what came later is an event."""
    versions = list(action.revisions().order_by("version"))
    return [
        Entry(
            "Recorded" if previous is None else "Wording changed before it was sent",
            version.at,
            version.by,
            before=previous.text if previous else "",
        )
        for previous, version in zip([None, *versions], versions, strict=False)
        if agreed is None or version.at < agreed
    ]


def of_evidence(changes: QuerySet) -> list[Entry]:
    """Each file that was added, removed or brought back, by the history of these rows of evidence."""
    entries, removed = [], {}
    for row in changes.select_related("by", "history_user").order_by("history_id"):
        was, is_now = removed.get(row.id), row.removed_at is not None
        removed[row.id] = is_now
        if was is None:
            entries.append(Entry("Evidence added", row.at, row.by, text=row.name))
        elif is_now and not was:
            why = f"{row.name}. {row.why_removed}"
            entries.append(Entry("Evidence removed", row.removed_at, row.history_user, text=why))
        elif was and not is_now:
            entries.append(Entry("Evidence brought back", row.history_date, row.history_user, text=row.name))
    return entries


def _change(event: ActionEvent) -> str:
    if event.kind in {EventKind.DUE_SET, EventKind.DUE_MOVED, EventKind.DATE_PROPOSED}:
        before, after = _due(event.from_due_on, event.from_due_next), _due(event.to_due_on, event.to_due_next)
        return f"From {before} to {after}"
    if event.kind == EventKind.SUPERSEDED and event.other:
        return f"{event.other.name} takes its place"
    if event.to_body:
        return f"To {event.to_body}"
    if event.kind == EventKind.REASSIGNED:
        return f"From {event.from_owner or 'nobody'} to {event.to_owner or 'nobody'}"
    return ""


def _due(on: dt.date | None, at_next: bool) -> str:
    return "the next meeting" if at_next else day(on) if on else "no date"


def _called(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    return f"{meeting.name}, {day(meeting.date)}" if meeting.date else meeting.name
