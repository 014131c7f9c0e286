"""What rearranging has in common: done once, by one after the other, and undone in one step.

Every operation has an id: sent again it is done once. What it changed is remembered with that id,
so that `undo` puts it back, as long as nobody has changed the same since.
"""

from collections.abc import Callable
from uuid import UUID, uuid5

from django.db import models, transaction

from accounts.models import User
from meetings import permissions
from meetings.models import Contribution, Exchange, Meeting
from meetings.services.layout import put_back
from meetings.services.saving import Refused, wait_for_turn
from meetings.services.spoken import Spoken
from meetings.services.wording import save_contribution
from web.models import OneTimeOperation
from web.operations import digest_of, once

GONE = "This was deleted meanwhile, so nothing was changed."
MOVED = "Somebody else moved this meanwhile, so nothing was changed. Look at its new place first."


@transaction.atomic
def undo(
    meeting: Meeting, op_id: UUID, *, by: User, along: Callable[[dict], object] = lambda places: None
) -> dict:
    """Put back what an operation rearranged; once. Returns what is remembered of it, `Refused` when that cannot be.

    `along` puts back what the floors above remembered with it.
    """
    permissions.require_editing(by, meeting)
    wait_for_turn(meeting.pk)
    memory = remembered_of(meeting, op_id)
    if memory is None:
        raise Refused("This was done too long ago to be undone in one step.")

    def back() -> dict:
        along(memory["along"])
        put_back(memory, op_id=op_id, by=by)
        return {}

    once(uuid5(op_id, "undo"), digest_of(what="undo", op_id=op_id), back)
    return memory


def remembered_of(meeting: Meeting, op_id: UUID) -> dict | None:
    """What is remembered of an operation that rearranged something in this meeting."""
    done = OneTimeOperation.objects.filter(op_id=op_id).first()
    is_ours = done and isinstance(done.answer, dict) and done.answer.get("rearranged") == meeting.pk
    return done.answer if is_ours else None


def rearranged(
    meeting: Meeting, what: str, asked: dict, op_id: UUID, by: User, do: Callable[[], dict]
) -> int:
    """Do it once and remember it; returns what is to be shown of it."""
    digest = digest_of(what=what, by=by.pk, **asked)
    return once(op_id, digest, lambda: {"rearranged": meeting.pk, **do()})["shown"]


def meeting_to_edit(exchange: Exchange, by: User) -> Meeting:
    """The meeting, whose record nobody else rearranges until the transaction ends."""
    meeting = exchange.item.meeting
    permissions.require_editing(by, meeting)
    wait_for_turn(meeting.pk)
    return meeting


def require_one_meeting(meeting: Meeting, pk: int) -> None:
    """Nothing moves from one meeting to another: a caller that mixes them up has a fault."""
    if pk != meeting.pk:
        raise ValueError("this is of another meeting")


def locked(model: type[models.Model], row: models.Model) -> models.Model:
    """The row as it is now, nobody else's until the transaction ends."""
    current = model.with_removed.select_for_update().get(pk=row.pk)
    if current.removed_at:
        raise Refused(GONE)
    return current


def fresh(contribution: Contribution) -> Contribution:
    """What somebody said, as it stands now in the exchange where it stands now."""
    row = locked(Contribution, contribution)
    row.exchange = Exchange.with_removed.select_related("item__meeting").get(pk=row.exchange_id)
    return row


def require_seen(is_so: bool) -> None:
    if not is_so:
        raise Refused(MOVED)


def save_words(
    row: Contribution, spoken: Spoken, base: int, op_id: UUID, by: User, came_from: dict | None = None
) -> None:
    """Save what was said anew, as a part of what is rearranged."""
    save_contribution(row, spoken, base_version=base, op_id=op_id, by=by, came_from=came_from)
