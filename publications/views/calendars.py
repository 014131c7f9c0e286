"""The days of meetings, for people's own calendars."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event

from publications.models import PublishedDate
from publications.site import public_page, site_of
from web.dates import local

USUAL_LENGTH = dt.timedelta(hours=2)


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Meetings that were held and those that were announced; what was said in them stays on the pages."""
    identity = site_of(request).identity
    made = Calendar()
    made.add("prodid", "-//Assurance//meetings//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Meetings: {identity.office_name}" if identity else "Meetings")
    for day in days():
        made.add_component(event(day))
    made.add_missing_timezones()
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


def days() -> list[PublishedDate]:
    """Each day once: an announced meeting gives way to the notes of a meeting on that day."""
    found = list(
        PublishedDate.objects.select_related("edition__meeting").defer("edition__notes", "edition__line")
    )
    held = {day.date for day in found if not day.announced}
    announced = {
        (day.date, day.start, day.name): day for day in found if day.announced and day.date not in held
    }
    return [*(day for day in found if not day.announced), *announced.values()]


def event(day: PublishedDate) -> Event:
    made = Event()
    meeting = day.edition.meeting
    made.add("uid", f"{meeting.meeting}{'-next' if day.announced else ''}@meetings")
    made.add("dtstamp", day.edition.published_at.astimezone(dt.UTC))
    made.add("summary", f"{day.name}: {day.subject}" if day.subject else day.name)
    if day.venue:
        made.add("location", day.venue)
    made.add("url", settings.SITE_URL + meeting.get_absolute_url())
    if day.start is None:
        made.add("dtstart", day.date)
        return made
    zone = local(day.edition.published_at).tzinfo
    start = dt.datetime.combine(day.date, day.start, tzinfo=zone)
    end = dt.datetime.combine(day.date, day.end, tzinfo=zone) if day.end else start + USUAL_LENGTH
    made.add("dtstart", start)
    made.add("dtend", end)
    return made
