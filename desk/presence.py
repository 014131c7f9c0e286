"""Who else has a meeting's record open, what they write in, and which entries changed meanwhile."""

import hashlib
import re

from django.db import models
from django.utils import timezone

from accounts.models import User
from desk.models import Presence
from desk.record import Section, Shown
from meetings.models import Meeting
from meetings.outline import Outline

KEY = re.compile(r"(words|item)-([0-9]{1,18})(?:-(?:box|entry))?")


def note(meeting: Meeting, user: User, editing: str) -> None:
    """Remember that somebody is here, and forget those who have gone."""
    Presence.objects.update_or_create(
        meeting=meeting, user=user, defaults={"editing": editing[:60], "seen_at": timezone.now()}
    )


def leave(meeting: Meeting, user: User) -> None:
    """Forget that somebody was here, and all who have been silent for long."""
    gone = models.Q(meeting=meeting, user=user) | ~models.Q(pk__in=Presence.objects.counting().values("pk"))
    Presence.objects.filter(gone).delete()


def others_at(meeting: Meeting, user: User) -> list[Presence]:
    """Everybody else who is here now."""
    return list(Presence.objects.counting().filter(meeting=meeting).exclude(user=user).select_related("user"))


def sentence(others: list[Presence], outline: Outline) -> str:
    """What those who are here do: "Ada is editing 2.1.3. Ben is here."; those who write come first."""
    doing = [(other, _does(other.editing, outline)) for other in others]
    doing.sort(key=lambda one: (not one[1], str(one[0].user)))
    return " ".join(f"{other.user} {does or 'is here'}." for other, does in doing)


def _does(editing: str, outline: Outline) -> str:
    """What somebody does who writes in the form with this key; nothing where its place is not in the record."""
    key = KEY.fullmatch(editing)
    if not key:
        return ""
    kind, pk = key[1], int(key[2])
    if kind == "words":
        number = next(
            (entry.number for entry in outline.every_entry() for one in entry.contributions if one.pk == pk),
            "",
        )
        return f"is editing {number}" if number else ""
    number = next((branch.number for branch in outline.every_branch() if branch.item.pk == pk), "")
    return f"is writing in {number}" if number else ""


def marks_of(section: Section) -> dict[int, str]:
    """A mark for each entry of an item, by its id: equal as long as nothing in it changes."""
    return {shown.entry.exchange.pk: _mark(shown) for shown in section.shown}


def written(marks: dict[int, str]) -> str:
    """Marks as a page carries them: "17:0a1b2c3d4e5f 18:…"."""
    return " ".join(f"{pk}:{mark}" for pk, mark in marks.items())


def _mark(shown: Shown) -> str:
    promises = [(_values(one.action), one.due) for one in shown.promises]
    about = [one.action.label for one in shown.about]
    contributions = [_values(one) for one in shown.entry.contributions]
    seen = (shown.entry.number, _values(shown.entry.exchange), contributions, promises, about)
    return hashlib.blake2b(repr(seen).encode(), digest_size=6).hexdigest()


def _values(row: models.Model) -> list:
    # Its place shows in its number; a new neighbour does not change an entry.
    return [getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "order"]
