"""When actions are due, for the calendar of one person: who, when and where to look, and not a word of any discussion.

A calendar program knows no sign-in, so a secret address stands for the person. It opens what they may see
on the day it is read: without a duty, or switched off, it opens nothing.
"""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event, vDuration

from accounts.models import User
from actions import permissions
from actions.log import Row, read_log, tell
from actions.models import Action, CalendarAddress
from actions.timing import Diary
from web.dates import short_day

# How often a calendar program looks again, where it asks.
EVERY = dt.timedelta(hours=4)


@transaction.atomic
def make_address(user: User) -> str:
    """A new secret for this person's calendar, told this once; the one before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    kept = {"token_sha256": digest(token), "made_at": timezone.now()}
    CalendarAddress.objects.update_or_create(user=user, defaults=kept)
    return token


def stop(user: User) -> None:
    """Take the address away without another."""
    CalendarAddress.objects.filter(user=user).delete()


def reader_of(token: str) -> User | None:
    """Whose calendar this opens; None where it opens nothing."""
    found = CalendarAddress.objects.select_related("user").filter(token_sha256=digest(token)).first()
    if found is None or not found.user.is_active or not permissions.can_read(found.user):
        return None
    return found.user


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def calendar_of(user: User) -> bytes:
    """One event for each open action that has a date."""
    log = read_log(Action.objects.visible_to(user).open(), Diary.read(), is_office=user.is_office)
    made = Calendar()
    made.add("prodid", "-//Assurance//actions//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Actions due")
    made.add("refresh-interval", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(EVERY))
    for row in tell(row for row in log.rows if row.due.day):
        made.add_component(event(row))
    return made.to_ical()


def event(row: Row) -> Event:
    """The whole day on which it is due; the same action is the same event whenever its date moves."""
    made, action = Event(), row.action
    made.add("uid", f"{action.uid}@actions")
    made.add("dtstamp", row.facts.updated_at or timezone.now())
    made.add("dtstart", row.due.day)
    made.add("dtend", row.due.day + dt.timedelta(days=1))
    made.add("summary", f"Due: {called(action)}{f' ({action.owner.key})' if action.owner else ''}")
    made.add("url", settings.SITE_URL + action.get_absolute_url())
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT")
    return made


def called(action: Action) -> str:
    if action.reference or not action.source.date:
        return action.called
    return f"{action.called} of {short_day(action.source.date)}"
