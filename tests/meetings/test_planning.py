"""Planning a meeting: what it starts with, and what stays as it was that day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from meetings import services
from meetings.models import Appointment, Meeting, MeetingType, Person


def test_a_new_meeting_starts_with_the_usual_agenda(meeting):
    titles = [(item.title, item.parent and item.parent.title) for item in meeting.items.order_by("pk")]
    assert titles == [
        ("Matters arising", None),
        ("Holding to account", None),
        ("Next meeting", None),
        ("Leadership", "Holding to account"),
        ("Performance", "Holding to account"),
    ]


def test_a_new_meeting_invites_those_who_hold_the_usual_posts(meeting):
    invited = [(one.abbreviation, one.name, one.printed, one.chair) for one in meeting.attendances.all()]
    assert invited == [("PCC", "Rowan Ashdown", "The PCC", True), ("CC", "Imogen Vale", "The CC", False)]


def test_an_acting_chief_constable_is_printed_with_the_rank(meeting_type, chief_constable):
    acting = Person.objects.create(name="Theo Lark")
    services.appoint(
        chief_constable, acting, starts=dt.date(2026, 10, 1), kind=Appointment.Kind.ACTING, by=None
    )
    meeting = services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=None)
    theo = meeting.attendances.get(person=acting)
    assert (theo.abbreviation, theo.role_title, theo.printed) == (
        "A/CC",
        "Acting Chief Constable",
        "The A/CC",
    )


def test_a_vacant_post_invites_nobody(meeting_type, chief_constable):
    services.appoint(chief_constable, None, starts=dt.date(2026, 10, 1), by=None)
    meeting = services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=None)
    assert [one.abbreviation for one in meeting.attendances.all()] == ["PCC"]


def test_a_new_post_holder_changes_nothing_at_earlier_meetings(meeting, cc, chief_constable):
    services.appoint(
        chief_constable, Person.objects.create(name="Bea Noon"), starts=dt.date(2026, 1, 1), by=None
    )
    cc.refresh_from_db()
    assert cc.name == "Imogen Vale"


def test_the_earlier_appointment_ends_the_day_before(chief_constable):
    services.appoint(
        chief_constable, Person.objects.create(name="Bea Noon"), starts=dt.date(2026, 1, 1), by=None
    )
    assert services.holder_on(chief_constable, dt.date(2025, 12, 31)).person.name == "Imogen Vale"
    assert services.holder_on(chief_constable, dt.date(2026, 1, 1)).person.name == "Bea Noon"


def test_only_a_policy_officer_plans(meeting_type, officer, approver, administrator, liaison):
    services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=officer)
    for other in [approver, administrator, liaison]:
        with pytest.raises(PermissionDenied):
            services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=other)


def test_the_history_of_a_meeting_says_who_changed_what(meeting, officer):
    services.change_meeting(meeting, venue="Town hall", by=officer)
    newest = meeting.history.first()
    assert (newest.history_user, newest.venue) == (officer, "Town hall")


def test_two_people_who_change_different_facts_both_keep_theirs(meeting, officer):
    seen_by_another = Meeting.objects.get(pk=meeting.pk)
    services.change_meeting(meeting, venue="Town hall", by=officer)
    services.change_meeting(seen_by_another, period="August 2026", by=officer)
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.period) == ("Town hall", "August 2026")


def test_a_meeting_does_not_end_before_it_starts(meeting):
    with pytest.raises(services.Refused, match="after the start"):
        services.change_meeting(meeting, end=dt.time(9), by=None)


def test_a_meeting_is_not_held_before_its_day(meeting_type):
    meeting = services.plan_meeting(type=meeting_type, date=dt.date(2999, 1, 1), by=None)
    with pytest.raises(services.Refused, match="1 January 2999"):
        services.hold(meeting, by=None)


def test_speakers_are_printed_in_the_style_of_the_type(cc):
    styles = MeetingType.SpeakerStyle
    printed = [services.lead_for(cc, style) for style in styles]
    assert printed == ["The CC", "CC", "CC:", "Imogen Vale"]


def test_a_person_without_a_short_name_is_printed_by_post(cc):
    cc.abbreviation = ""
    assert services.lead_for(cc, MeetingType.SpeakerStyle.THE_ABBREVIATION) == "The Chief Constable"


def test_a_person_published_by_role_is_never_printed_by_name(cc):
    cc.publish_as = "role"
    assert services.lead_for(cc, MeetingType.SpeakerStyle.NAME) == "The CC"
