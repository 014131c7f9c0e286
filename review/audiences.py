"""Who may read which field of the record: the one list that compilation follows.

Every field of every model of the record stands here once. What is not named for
`everybody`, or for the public's action `log`, is the office's alone, and a test fails
for a field without a place.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """The fields of one model by who reads them in the Notes."""

    everybody: str = ""
    log: str = ""  # in the public's action log, and in no Notes
    office: str = ""  # in the office's Notes only
    nowhere: str = ""  # in no Notes: it stays on the office's pages

    def named(self) -> list[str]:
        return f"{self.everybody} {self.log} {self.office} {self.nowhere}".split()


# A person's `name` is for everybody only where their attendance says "by name"; see `review.people`.
AUDIENCES = {
    "meetings.Meeting": Audience(
        everybody="""uid type title status held date date_as_written chair_as_written
            minutes_as_written start end venue period summary
            next_type next_subject next_date next_date_as_written next_as_written next_start next_venue
            published_elsewhere originally_published""",
        office="original_source",
        nowhere="office_note numbered_at",
    ),
    "meetings.MeetingType": Audience(
        everybody="name", nowhere="held venue start speaker_style shares_actions_with"
    ),
    "meetings.UsualItem": Audience(nowhere="type parent title kind order"),
    "meetings.UsualPerson": Audience(nowhere="type role chair minute_taker order"),
    "meetings.Attendance": Audience(
        everybody="""meeting role order name role_title abbreviation body presence present_for
            chair minute_taker""",
        nowhere="person printed publish_as",
    ),
    "meetings.Role": Audience(everybody="title", log="abbreviation", nowhere="body publish_as"),
    "meetings.RoleContact": Audience(nowhere="role line email"),
    "meetings.Person": Audience(nowhere="name email user"),
    "meetings.Appointment": Audience(nowhere="role person kind starts ends"),
    "meetings.Plan": Audience(nowhere="title starts ends"),
    "meetings.Priority": Audience(nowhere="plan title order"),
    "meetings.Theme": Audience(everybody="name", nowhere="priorities"),
    "meetings.AgendaItem": Audience(
        everybody="meeting parent order number label title kind themes none",
        nowhere="scope lines_of_enquiry",
    ),
    "meetings.PreparedQuestion": Audience(nowhere="item order text asked"),
    "meetings.Exchange": Audience(everybody="item order number public_note"),
    "meetings.Contribution": Audience(
        everybody="exchange order kind speaker nobody_named lead text paragraph",
        nowhere="uid version to_check commitment rough to_write_up",
    ),
    "meetings.Revision": Audience(nowhere="subject version text details by at op_id"),
    "meetings.Transcript": Audience(nowhere="meeting name content passages speakers by at"),
    "meetings.ShortForm": Audience(nowhere="owner short full"),
    "meetings.SettledDoubt": Audience(everybody="meeting where sentence public_note", nowhere="code by at"),
    "actions.Action": Audience(
        everybody="""meeting item after origin_text origin_uid recorded_in order heading reference ours
            text owner supporting due_on due_next first_due_on first_due_next times_moved state""",
        # The successor's reference, where the public knows it.
        log="superseded_by",
        # Whom it was transferred to, everybody reads with the event that says so.
        nowhere="transferred_to uid version origin_date due_agreed_on sent_at given_in_error",
    ),
    # That an action is late and not called `overdue` is worked out of the kinds of its events, and of what meetings
    # agreed on it that nobody confirmed or dropped (`actions.waiting`): everybody reads the yes or no, and never what.
    "actions.ActionEvent": Audience(
        everybody="action kind on to_state from_due_on from_due_next to_due_on to_due_next to_body",
        office="text",
        nowhere="meeting from_state from_text from_owner to_owner joined other by at",
    ),
    "actions.PublicReason": Audience(log="event text", nowhere="by at"),
    "actions.CarriedAction": Audience(
        everybody="action meeting outcome exchanges",
        nowhere="reason due_on due_next confirmed dropped_at dropped_by dropped_why by at",
    ),
    "actions.CarriedSet": Audience(nowhere="meeting at"),
    "actions.ReferencePattern": Audience(nowhere="pattern digits by at"),
    "actions.ReferenceSeries": Audience(nowhere="series last"),
    "actions.MessageRules": Audience(nowhere="remind_before repeat_after reply_days reply_once paused_until"),
    "actions.RoleMessages": Audience(nowhere="role to_holder paused_until"),
    "actions.Message": Audience(
        nowhere="""action role reader kind day event told_until state subject words held_until facts
            going_at"""
    ),
    "actions.Delivery": Audience(
        nowhere="""uid message line supports address state attempts try_at claim claimed_at sent_at perhaps_twice
            problem reply_hash reply_until reply_revoked_at reply_revoked_by"""
    ),
    "actions.Reply": Audience(nowhere="event delivery at"),
    "actions.DigestChoice": Audience(nowhere="user often"),
    # Of the office and its owner alone, whatever is decided on it.
    "actions.Evidence": Audience(
        nowhere="action event name kind size sha256 stored_as body by at why_removed swept_at"
    ),
    "actions.CalendarAddress": Audience(nowhere="user token_sha256 made_at"),
    "importing.Source": Audience(nowhere="meeting name content sha256 findings by at"),
}
