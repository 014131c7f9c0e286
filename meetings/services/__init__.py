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
from meetings.services.arranging import (
    join_contributions,
    join_exchange,
    move_contribution_to,
    move_exchange_to,
    split_contribution,
    split_exchange,
)
from meetings.services.attendance import add_attendee, change_attendee, lead_for, remove_attendee
from meetings.services.attributing import change_speakers, checked, flag
from meetings.services.meetings import cancel, change_meeting, hold, plan_meeting
from meetings.services.people import appoint, holder_on, holders_on
from meetings.services.rearranging import remembered_of, undo
from meetings.services.record import (
    add_contribution,
    add_contributions,
    add_exchange,
    change_public_note,
    move_contribution,
    move_exchange,
    remove_contribution,
    remove_exchange,
)
from meetings.services.removal import meeting_of, remove_together, restore, what_hangs_on
from meetings.services.saving import Refused, put_in_order, put_last, save_as, swap, wait_for_turn
from meetings.services.spoken import Spoken
from meetings.services.transcripts import add_transcript, remember_speaker, remove_transcript
from meetings.services.wording import restore_version, save_contribution

__all__ = [
    "Refused",
    "Spoken",
    "add_attendee",
    "add_contribution",
    "add_contributions",
    "add_exchange",
    "add_item",
    "add_question",
    "add_transcript",
    "appoint",
    "cancel",
    "change_attendee",
    "change_item",
    "change_meeting",
    "change_public_note",
    "change_question",
    "change_speakers",
    "checked",
    "flag",
    "hold",
    "holder_on",
    "holders_on",
    "join_contributions",
    "join_exchange",
    "lead_for",
    "meeting_of",
    "move_contribution",
    "move_contribution_to",
    "move_exchange",
    "move_exchange_to",
    "move_item",
    "nest_item",
    "plan_meeting",
    "put_in_order",
    "put_last",
    "record_none",
    "remember_speaker",
    "remembered_of",
    "remove_attendee",
    "remove_contribution",
    "remove_exchange",
    "remove_item",
    "remove_question",
    "remove_together",
    "remove_transcript",
    "restore",
    "restore_version",
    "save_as",
    "save_contribution",
    "split_contribution",
    "split_exchange",
    "swap",
    "undo",
    "unnest_item",
    "wait_for_turn",
    "what_hangs_on",
]
