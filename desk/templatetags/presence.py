"""Who else is here, on the page of an item: `{% load presence %}{% others meeting section %}`."""

from django import template

from desk.presence import marks_of, written
from desk.record import Section
from meetings.models import Meeting

register = template.Library()


@register.inclusion_tag("desk/_others.html")
def others(meeting: Meeting, section: Section) -> dict:
    """The line in which `here.js` tells of the others, and what it has to know of the entries on the page."""
    return {"meeting": meeting, "item": section.item, "marks": written(marks_of(section))}
