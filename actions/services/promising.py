"""Recording what was promised, and putting it right: wording, owner, first due date."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.models import Action, CarriedAction, EventKind
from actions.services.carrying import is_stored
from actions.services.gate import NotPossible, happen
from actions.services.references import is_taken
from meetings import texts
from meetings.models import AgendaItem, Exchange, Meeting, Revision, Role
from meetings.services import remove_together, save_as
from web.dates import day
from web.operations import digest_of, once


def add_action(
    *,
    meeting: Meeting,
    item: AgendaItem,
    after: Exchange | None = None,
    text: str,
    owner: Role | None,
    supporting: Iterable[Role] = (),
    due_on: dt.date | None = None,
    due_next: bool = False,
    heading: str = "",
    reference: str | None = None,
    short_forms: Iterable[tuple[str, str, int]] = (),
    by: User | None,
    op_id: UUID,
    at: dt.datetime | None = None,
) -> Action:
    """Record what somebody promised under an item, after an exchange; sent again, it is still one action.

    It is provisional until it is given a reference; `reference` is one that a source printed, `short_forms`
    were written out in the text.
    """
    _require_minuting(by)
    _require_place(meeting, item, after)
    fields = {"meeting": meeting, "item": item, "after": after, "heading": heading, "reference": reference}
    return _begin(fields, text, owner, supporting, due_on, due_next, short_forms, by=by, op_id=op_id, at=at)


def add_earlier_action(
    *,
    recorded_in: Meeting,
    item: AgendaItem | None,
    after: Exchange | None = None,
    text: str,
    owner: Role | None,
    origin_text: str,
    origin_date: dt.date | None = None,
    origin_uid: UUID | None = None,
    supporting: Iterable[Role] = (),
    due_on: dt.date | None = None,
    due_next: bool = False,
    heading: str = "",
    reference: str | None = None,
    by: User | None,
    op_id: UUID,
    at: dt.datetime | None = None,
) -> Action:
    """Record an action of a meeting that is not here; `recorded_in` is the first one that speaks of it."""
    _require_minuting(by)
    if item:
        _require_place(recorded_in, item, after)
    if not origin_text.strip():
        raise NotPossible("Enter which meeting it is from", "origin_text")
    if problem := _before_it_arose(origin_date, due_on):
        raise NotPossible(problem, "due_on")
    fields = {
        "recorded_in": recorded_in,
        "item": item,
        "after": after,
        "origin_text": origin_text,
        "origin_date": origin_date,
        "origin_uid": origin_uid,
        "heading": heading,
        "reference": reference,
    }
    return _begin(fields, text, owner, supporting, due_on, due_next, by=by, op_id=op_id, at=at)


@transaction.atomic
def reword(
    action: Action,
    text: str,
    *,
    base_version: int | None,
    op_id: UUID,
    by: User | None,
    why: str = "",
    at: dt.datetime | None = None,
    short_forms: Iterable[tuple[str, str, int]] = (),
    autosaved: bool = False,
) -> Revision:
    """Save another wording upon the version that its writer saw; once it has a reference, that is an event.

    `short_forms` are still written out in it. `autosaved` says in the history that the writer had not finished;
    nothing unfinished becomes an event. Raises what `meetings.texts.save` raises, besides `NotPossible`
    and `PermissionDenied`.
    """
    _require_minuting(by)
    if not text.strip():
        raise NotPossible("Enter the action", "text")
    at = at or timezone.now()
    is_retry = Revision.objects.filter(op_id=op_id).exists()
    before = Action.with_removed.select_for_update().get(pk=action.pk)
    if autosaved and before.reference and not is_retry:
        raise NotPossible("This action has its reference now, so its wording is changed with Save wording")
    details = _details(short_forms) | ({"autosaved": True} if autosaved else {})
    revision = texts.save(
        action, text=text, base_version=base_version, op_id=op_id, by=by, at=at, details=details
    )
    if before.reference and before.text != text and not is_retry:
        happen(before, EventKind.REWORDED, by=by, text=why, at=at, wording=before.text)
    return revision


@transaction.atomic
def assign(
    action: Action,
    owner: Role,
    supporting: Iterable[Role] = (),
    *,
    by: User | None,
    why: str = "",
    at: dt.datetime | None = None,
) -> None:
    """Say who owes it and who helps; once it has a reference, each change is an event."""
    _require_minuting(by)
    row = Action.objects.select_for_update().get(pk=action.pk)
    if row.owner_id != owner.pk:
        _change(action, row, EventKind.REASSIGNED, {"owner": owner}, by=by, why=why, at=at)
    _let_help(action, row, [role for role in supporting if role != owner], by=by, at=at)


@transaction.atomic
def set_due(
    action: Action,
    *,
    due_on: dt.date | None = None,
    due_next: bool = False,
    by: User | None,
    at: dt.datetime | None = None,
) -> None:
    """Give it its first due date. While it is provisional this may be put right; later only an approver moves it."""
    _require_minuting(by)
    row = Action.objects.select_for_update().get(pk=action.pk)
    if (row.due_on, row.due_next) == (due_on, due_next):
        return
    if row.reference and (row.due_on or row.due_next):
        raise NotPossible("This action has a due date. Only an approver changes it", "due")
    at = at or timezone.now()
    _require_sensible_due(row, due_on, timezone.localdate(at))
    changes = {"due_on": due_on, "due_next": due_next, "first_due_on": due_on, "first_due_next": due_next}
    if row.reference:
        changes["due_agreed_on"] = timezone.localdate(at)
    _change(action, row, EventKind.DUE_SET, changes, by=by, at=at)


@transaction.atomic
def remove_action(action: Action, *, by: User, at: dt.datetime | None = None) -> None:
    """Take away an action that is still provisional; one with a reference can only be withdrawn."""
    _require_minuting(by)
    row = Action.objects.select_for_update().get(pk=action.pk)
    if row.reference:
        raise NotPossible(f"Action {row.reference} has its reference and stays. An approver can withdraw it.")
    remove_together([row], by=by, at=at)


@transaction.atomic
def restore_action(action: Action, *, by: User) -> Action:
    """Undo a removal; an action that is back already is well too."""
    _require_minuting(by)
    row = Action.with_removed.select_for_update().get(pk=action.pk)
    row.removed_at = row.removed_by = None
    save_as(row, by, fields=["removed_at", "removed_by"])
    return row


def problem_with_due(meeting: Meeting, due_on: dt.date | None) -> str | None:
    """What is wrong with a due date that is agreed at this meeting, if something is."""
    return _before_it_arose(meeting.date, due_on)


def _before_it_arose(arose: dt.date | None, due_on: dt.date | None) -> str | None:
    if due_on and arose and due_on < arose:
        return f"Due date must be the same as or after {day(arose)} when the meeting was held"
    return None


def _require_sensible_due(row: Action, due_on: dt.date | None, today: dt.date):
    """What a record says may have passed by now; a date that is set later may not."""
    arose = row.meeting.date if row.meeting else row.origin_date
    if problem := _before_it_arose(arose, due_on):
        raise NotPossible(problem, "due_on")
    if row.reference and due_on and due_on < today:
        raise NotPossible("Due date must be today or in the future", "due_on")


def _begin(
    fields: dict[str, Any],
    text: str,
    owner: Role | None,
    supporting: Iterable[Role],
    due_on: dt.date | None,
    due_next: bool,
    short_forms: Iterable[tuple[str, str, int]] = (),
    *,
    by: User | None,
    op_id: UUID,
    at: dt.datetime | None,
) -> Action:
    if not text.strip():
        raise NotPossible("Enter the action", "text")
    supporting = [role for role in supporting if role != owner]

    def store() -> int:
        _require_free(fields["reference"])
        action = Action(text=text, owner=owner, due_on=due_on, due_next=due_next, **fields)
        action.first_due_on, action.first_due_next = due_on, due_next
        action.order = _next_order(action.source)
        save_as(action, by)
        action.supporting.set(supporting)
        texts.begin(action, op_id=op_id, by=by, at=at, details=_details(short_forms))
        _join_stored_set(action, by, at)
        return action.pk

    asked = digest_of(
        **{name: str(value) for name, value in fields.items()},
        places=[
            getattr(fields.get(name), "pk", None) for name in ("meeting", "recorded_in", "item", "after")
        ],
        text=text,
        owner=owner and owner.pk,
        supporting=[role.pk for role in supporting],
        due=[due_on, due_next],
        by=by and by.pk,
    )
    return Action.with_removed.get(pk=once(op_id, asked, store))


def _details(short_forms: Iterable[tuple[str, str, int]]) -> dict[str, Any]:
    """What the history keeps beside a wording."""
    written_out = [list(one) for one in short_forms]
    return {"field": "wording"} | ({"short_forms": written_out} if written_out else {})


def _let_help(action: Action, row: Action, helpers: list[Role], *, by: User | None, at: dt.datetime | None):
    """Set who helps; once it has a reference, that is an event too."""
    before = set(row.supporting.all())
    if row.reference and before != set(helpers):
        now = ", ".join(role.title for role in helpers) or "nobody"
        gone = ", ".join(sorted(role.title for role in before - set(helpers)))
        words = f"Helping now: {now}." + (f" No longer: {gone}." if gone else "")
        event = happen(action, EventKind.HELPERS, by=by, text=words, at=at)
        event.joined.set(set(helpers) - before)
    action.supporting.set(helpers)


def _change(
    action: Action,
    row: Action,
    kind: EventKind,
    changes: dict[str, Any],
    *,
    by: User | None,
    why: str = "",
    at=None,
):
    """An event when it has a reference; before that, only the office's own history knows."""
    if row.reference:
        happen(action, kind, by=by, text=why, at=at, **changes)
        return
    for name, value in changes.items():
        setattr(row, name, value)
        setattr(action, name, value)
    save_as(row, by, fields=list(changes))


def _join_stored_set(action: Action, by: User | None, at: dt.datetime | None):
    """An earlier action that is added once the carried actions of that meeting are stored, is one of them."""
    if action.recorded_in and is_stored(action.recorded_in):
        CarriedAction.objects.create(
            action=action, meeting=action.recorded_in, by=by, at=at or timezone.now()
        )


def _next_order(meeting: Meeting) -> int:
    """Counts what was removed too, so that two actions of a record are never called by the same number."""
    Meeting.with_removed.select_for_update().get(pk=meeting.pk)
    recorded = Action.with_removed.recorded_with(meeting)
    return (recorded.aggregate(highest=Max("order"))["highest"] or 0) + 1


def _require_minuting(by: User | None):
    if by is not None and not permissions.can_minute(by):
        raise PermissionDenied("Only a policy officer records actions and changes them.")


def _require_place(meeting: Meeting, item: AgendaItem, after: Exchange | None):
    if item.meeting_id != meeting.pk or (after and after.item_id != item.pk):
        raise NotPossible("The place that was named is not in this meeting")


def _require_free(reference: str | None):
    if reference and is_taken(reference):
        raise NotPossible(f"Reference {reference} belongs to another action", "reference")
