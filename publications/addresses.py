"""The addresses under which published things are found; each follows from the thing itself.

So the article can link to a theme or an action without asking the database, and two
spellings of one theme share a page.
"""

import hashlib

from django.utils.text import slugify

from publications.notes import Notes


def slug_of(words: str, length: int) -> str:
    """The words as part of an address; where no letter is left, a name made from their hash."""
    slug = slugify(words)[:length].strip("-")
    return slug or hashlib.sha256(words.encode()).hexdigest()[:12]


def slug_for(notes: Notes) -> str:
    """The address that a meeting's notes ask for: 2020-09-24-monthly-assurance-meeting."""
    return f"{notes.meeting.date.isoformat()}-{slug_of(notes.meeting.type, 80)}"


def theme_slug(name: str) -> str:
    return slug_of(name, 100)


def action_slug(reference: str) -> str:
    """2020/17 is found at 2020-17."""
    return slug_of(reference.replace("/", "-"), 50)


def action_place(reference: str) -> str:
    """The id of an action on the page of the notes."""
    return f"action-{action_slug(reference)}"
