"""What changes a meeting and its record: one verb, one transaction, with the person as `by`."""

from meetings.services.agenda import (
    add_item,
    add_question,
    change_item,
    change_question,
    move_item,
    nest_item,
    record_none,
    remove_item,
    remove_question,
    unnest_item,
)
from meetings.services.attendance import add_attendee, change_attendee, lead_for, remove_attendee
from meetings.services.meetings import cancel, change_meeting, hold, plan_meeting
from meetings.services.people import appoint, holder_on, holders_on
from meetings.services.record import (
    Spoken,
    add_contribution,
    add_exchange,
    change_public_note,
    move_contribution,
    move_exchange,
    remove_contribution,
    remove_exchange,
    restore_version,
    save_contribution,
)
from meetings.services.removal import meeting_of, remove_together, restore, what_hangs_on
from meetings.services.saving import Refused, put_in_order, put_last, save_as, swap

__all__ = [
    "Refused",
    "Spoken",
    "add_attendee",
    "add_contribution",
    "add_exchange",
    "add_item",
    "add_question",
    "appoint",
    "cancel",
    "change_attendee",
    "change_item",
    "change_meeting",
    "change_public_note",
    "change_question",
    "hold",
    "holder_on",
    "holders_on",
    "lead_for",
    "meeting_of",
    "move_contribution",
    "move_exchange",
    "move_item",
    "nest_item",
    "plan_meeting",
    "put_in_order",
    "put_last",
    "record_none",
    "remove_attendee",
    "remove_contribution",
    "remove_exchange",
    "remove_item",
    "remove_question",
    "remove_together",
    "restore",
    "restore_version",
    "save_as",
    "save_contribution",
    "swap",
    "unnest_item",
    "what_hangs_on",
]
